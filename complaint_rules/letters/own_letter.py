"""A letter of the landlord's own wording before it goes: what it must hold, and whether anything in it says so."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from complaint_rules.editions import FOLDER
from complaint_rules.letters.contents import Element, elements
from complaint_rules.letters.draft import Checked
from complaint_rules.letters.flags import Remark
from complaint_rules.letters.words import Known, Reading, lacking


def check_own_letter(
    text: str,
    kind: str,
    stage: int | None,
    edition: str,
    *,
    stage_names: Iterable[str] = (),
    upheld: bool | None = None,
    offered: bool | None = None,
    outstanding: bool | None = None,
    agreed: bool | None = None,
    folder: Path = FOLDER,
) -> Checked:
    """What such a letter holds, and what nothing in it could fairly be taken to say: for a second look, never a stop.

    The arguments are those of `check_words`, whose verdict it foretells; here the elements that are only
    worth a second look count too. A letter in another language holds nothing that anybody here can tell.
    UnknownEdition or UnknownLetter where there is no such letter.
    """
    reading = Reading(text, Known(stage, tuple(stage_names), upheld, offered, outstanding, agreed))
    if not reading.can_be_read:
        says = "This letter is not in English, so nobody has checked what it holds."
        return Checked((), (Remark("language", "language", says),), ())
    needed = [each for each in elements(edition, kind, stage, folder) if reading.requires(each)]
    missing = lacking(reading, needed)
    return Checked((), tuple(map(_unsaid, missing)), tuple(each for each in needed if each not in missing))


def _unsaid(element: Element) -> Remark:
    return Remark(element.key, element.provision, f"Nothing in the letter seems to say {element.label}.")
