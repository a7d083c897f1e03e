"""The letter of an action before it is sent: the very one, on the page or as the file that would be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from complaint_rules.safe_contact import SEES
from putright.casework import fields, preview, writing
from putright.casework.act import NeedsMore, NotDone, Refused, Verb
from putright.interfaces.staff.actions.letter import CHECK
from putright.interfaces.staff.actions.needs import needed
from putright.interfaces.staff.actions.sending import in_words, what_stood_in_the_way
from putright.interfaces.staff.letters.serving import WORD, in_the_browser
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile
from putright.record.letters import letterheads, web, word
from putright.record.letters.from_record import KINDS
from putright.record.letters.queries import address_is_sensitive

AS_PDF = "pdf"
"""The button that gives the letter as the file that sending would keep, and sends nothing."""
AS_WORD = "word"
"""The button that gives the letter for Word, in the landlord's look, and sends nothing."""
LOOKS = frozenset({CHECK, AS_PDF, AS_WORD})


@dataclass(frozen=True, slots=True)
class Seen:
    """The letter as the page shows it; where there is none yet, `says` why, and `lacks` what must be there first."""

    letter: writing.Shown | None = None
    says: str = ""
    lacks: tuple[str, ...] = ()
    careful: bool = False  # they have said what is safe: their address is on no page

    @property
    def html(self) -> SafeString | str:
        """The letter itself, under a heading of the page."""
        if self.letter is None:
            return ""
        document = self.letter.document
        return web.html(replace(document, to_lines=()) if self.careful else document, level=3)


def look(act: Verb, file: CaseFile, staff: Staff, form: Any, given: Mapping[str, Any]) -> Seen:
    """The letter of a valid form, or why it cannot be shown. What a field can mend is said beside it."""
    by = staff.actor(act.name, file.complaint.procedure)
    try:
        cleaned = fields.clean(act.function, dict(given))
        seen = preview.letter(act, file, by, form.at, cleaned)
    except Refused as refused:
        return Seen(says=_NOT_YET, lacks=tuple(in_words(each) for each in refused.judgement.refused))
    except NeedsMore as more:
        lacking = (needed(file.complaint, act.name, name, form) for name in more.judgement.needs)
        return Seen(says=_NOT_YET, lacks=tuple(lacking))
    except (fields.FieldProblem, NotDone) as problem:
        what_stood_in_the_way(form, act.name, problem)
        return Seen(says="Put right what is said above, and the letter is shown here.")
    if seen.letter is None or seen.leaving is None:
        return Seen(says=_no_letter(seen))
    return Seen(seen.letter, careful=address_is_sensitive(seen.leaving.person))


_NOT_YET = "The letter is shown here once these are put right."


def _no_letter(seen: preview.Seen) -> str:
    if seen.leaving is None:
        return "We know nobody to write to, or no way is chosen: no letter is written."
    return "A letter is written only where it goes by letter or by email. This way, you tell them yourself."


def buttons(verb: str) -> list[dict[str, str]]:
    """The buttons that show the letter, on the page of an action that sends one."""
    if verb not in KINDS:
        return []
    return [
        {"text": "Check the letter", "name": "do", "value": CHECK},
        {"text": "See it as PDF", "name": "do", "value": AS_PDF},
        {"text": "Download for Word", "name": "do", "value": AS_WORD},
    ]


def as_file(request: HttpRequest, file: CaseFile, staff: Staff, seen: Seen) -> HttpResponse | None:
    """The file that sending would keep, where it is asked for; None where there is no letter to see.

    The file holds the address: where that is one they said is safe, only those may open it who may open that.
    """
    do, letter = request.POST.get("do"), seen.letter
    if letter is None or do not in (AS_PDF, AS_WORD) or (seen.careful and not SEES & set(staff.roles)):
        return None
    name = f"{file.case.reference} not sent"
    if do == AS_WORD:
        look = letterheads.look_of(file.case.landlord_id)
        return in_the_browser(word.word(letter.document, look), WORD, name)
    return in_the_browser(letter.content, letter.media_type, name)
