"""Rights: whose cases, and which words of them, nobody finds and nobody is shown. Tried on the page itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from cast import MEMBERS, Cast
from django.utils import timezone

import putright.casework
from putright.evidence.search import index, pieces
from putright.record.cases.models import Case

SECRET = "Quokka"
SOME_ROLES = ("officer", "reviewer", "contact_staff", "auditor", "administrator")


def page(cast: Cast, text: str, who: str = "officer", **more: str) -> str:
    answer = cast.client(who).get("/search/", {"q": text, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def references(page: str) -> list[str]:
    return re.findall(r'<h3 class="pr-hit__title"><a class="govuk-link" href="/cases/([^/]+)/"', page)


def everything_searched(case: Any) -> str:
    """All that search reads of a case, as one text."""
    told = pieces.of_cases(case.landlord_id, [case.pk])[case.pk]
    return "\n".join(piece.text for piece in told.pieces)


def nobody_finds(cast: Cast, case: Any, secret: str = SECRET) -> None:
    """Not by the secret; and nobody who finds the case by something else is shown it."""
    index.sweep()
    assert secret not in everything_searched(case)
    for who in SOME_ROLES:
        assert references(page(cast, secret, who)) == [], who
        shown = page(cast, "bedroom", who)
        assert references(shown) == [case.reference], who
        assert secret not in shown, who


# Whose


def test_cases_and_people_of_another_landlord_are_never_found(cast: Cast) -> None:
    case = cast.open()
    theirs = cast.receive(landlord=cast.other_landlord, account=f"{SECRET} in the bedroom", points=["x"])
    index.sweep()
    assert references(page(cast, "bedroom")) == [case.reference]
    assert references(page(cast, "bedroom", "stranger")) == [theirs.reference]
    for text in (
        SECRET,
        theirs.reference.lower() + " " + SECRET,
        f"zzz or {SECRET}",
        f"l{cast.other_landlord.pk}",
    ):
        assert references(page(cast, text)) == []
    for text in ("Amira", "Sedge", "amira@example.org"):
        found = page(cast, text, "stranger")
        assert references(found) == []
        assert "Sedge Court" not in found
        assert "Yusuf" not in found


def test_a_reference_of_another_landlord_goes_nowhere(cast: Cast) -> None:
    case = cast.open()
    index.sweep()
    Case.objects.filter(pk=case.pk).update(reference="XX-26-0001")
    index.sweep()
    assert cast.client("stranger").get("/search/?q=XX-26-0001").status_code == 200
    assert cast.client("officer").get("/search/?q=xx-26-0001")["Location"] == "/cases/XX-26-0001/"


def test_nobody_who_is_not_signed_in_searches(cast: Cast) -> None:
    answer = cast.client().get("/search/?q=damp")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=/search/")


@pytest.mark.parametrize("member", MEMBERS)
def test_every_role_that_reads_cases_finds_them(cast: Cast, member: str) -> None:
    case = cast.open()
    index.sweep()
    assert references(page(cast, "bedroom", member)) == [case.reference]


def test_a_search_is_only_ever_read(cast: Cast) -> None:
    assert cast.client("officer").post("/search/", {"q": "damp"}).status_code == 405


# Which words


def test_what_is_safe_for_somebody_is_never_found(cast: Cast) -> None:
    from putright.record.people.models import ClaimedDetail, SafeContact

    case = cast.open()
    SafeContact.objects.create(
        landlord=cast.landlord,
        person=cast.resident,
        allowed=[{"way": "letter", "to": f"{SECRET} House"}],
        not_to=[f"{SECRET}@example.org"],
        code_word=SECRET,
        note=f"{SECRET} must not know.",
        since=timezone.localdate(),
    )
    ClaimedDetail.objects.create(
        landlord=cast.landlord, person=cast.resident, kind="address", value=f"{SECRET} Street",
        came_by="email", came_at=timezone.now(),
    )  # fmt: skip
    nobody_finds(cast, case)


def test_where_somebody_under_safe_contact_is_is_not_found_or_shown(cast: Cast) -> None:
    from putright.record.people.models import SafeContact

    case = cast.open()
    index.sweep()
    assert references(page(cast, "sedge court")) == [case.reference]
    held = SafeContact.objects.create(
        landlord=cast.landlord, person=cast.resident, allowed=[], since=timezone.localdate()
    )
    index.sweep()
    for text in ("sedge", "amira@example.org"):
        found = page(cast, text)
        assert references(found) == []
        assert "Amira" not in found.split("<main")[1]
    found = page(cast, "Yusuf")
    assert references(found) == [case.reference]
    assert "Sedge" not in found.split("<main")[1]
    held.ended_on = timezone.localdate()
    held.save()
    index.sweep()
    assert references(page(cast, "sedge court")) == [case.reference]
    assert "Sedge Court" in page(cast, "Yusuf")


def test_needs_and_adjustments_are_never_found(cast: Cast) -> None:
    from putright.record.people.models import Need

    case = cast.open(needs=[f"Has {SECRET}"], adjustments=[f"No {SECRET}"])
    cast.do("record_needs", case, needs=[f"Also {SECRET}"], adjustments=[])
    Need.objects.create(
        landlord=cast.landlord, person=cast.resident, words=f"{SECRET} illness", since=timezone.localdate()
    )
    nobody_finds(cast, cast.fresh(case))


def test_legal_advice_is_never_found_not_even_mended(cast: Cast) -> None:
    case = cast.open()
    advice = cast.do("record_advice", case, advice=f"Settle, says {SECRET}.", adviser=f"{SECRET} LLP").entry
    attach(case, f"{SECRET} wrote this.", advice.number, f"{SECRET}.pdf")
    cast.do("correct", case, entry=advice.number, reason="Name.", fields={"advice": f"Fight, says {SECRET}."})
    nobody_finds(cast, case)


def test_a_draft_is_never_found_and_the_answer_that_was_sent_is(cast: Cast) -> None:
    from putright.casework.fields import PointDecided

    case = cast.open()
    cast.do("draft_response", case, "investigator", text=f"We think {SECRET}.", letter=f"Dear {SECRET}")
    attach(case, f"{SECRET} draft", case.entries + 1, "draft.docx")
    cast.do("check_response", case, "quality_checker", passed=True, remarks=f"{SECRET} is unkind.")
    nobody_finds(cast, case)
    decisions = [
        PointDecided(1, "upheld", "The ocelot was right."),
        PointDecided(2, "not_upheld", "We came."),
    ]
    cast.do("respond", case, "investigator", decisions=decisions)
    index.sweep()
    assert references(page(cast, "ocelot")) == [case.reference]
    nobody_finds(cast, case)


def test_what_was_struck_out_is_not_found_and_what_was_corrected_is_found_as_it_now_stands(
    cast: Cast,
) -> None:
    case = cast.open()
    wrong = cast.do(
        "record_contact", case, direction="in", channel="telephone", with_=SECRET, summary=f"Of {SECRET}."
    ).entry
    attach(case, SECRET, wrong.number, "wrong.txt")
    other = cast.do(
        "record_contact", case, direction="in", channel="telephone", with_="Amira", summary=f"Said {SECRET}."
    ).entry
    cast.do("correct", case, entry=wrong.number, reason=f"It was about {SECRET}.", strike=True)
    cast.do("correct", case, entry=other.number, reason="Misheard.", fields={"summary": "Said ocelot."})
    nobody_finds(cast, case)
    assert references(page(cast, "ocelot")) == [case.reference]


def test_restrictions_of_contact_and_interests_are_never_found(cast: Cast) -> None:
    case = cast.open()
    cast.do(
        "restrict_contact",
        case,
        reasons=f"Shouts {SECRET}.",
        review_on=timezone.localdate().replace(year=2027),
        equality_considered=True,
    )
    cast.do("declare_interest", case, staff=str(cast.reviewer.pk), interest=f"Married to {SECRET}.")
    nobody_finds(cast, case)


def attach(case: Any, words: str, entry: int, name: str) -> None:
    from putright.record.correspondence.models import Attachment

    Attachment.objects.create(
        landlord=case.landlord, case=case, entry=entry, name=name, kind="text/plain", size=1,
        digest="0" * 64, stored_as=f"{case.pk}-{entry}-{name}", words=words, added_at=timezone.now(),
    )  # fmt: skip


# Kinds of words are let in by name


def names_kept() -> dict[str, str]:
    """The names under which actions keep words, and the module of each; what is not written out is left out."""
    found = {}
    for path in sorted(Path(putright.casework.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            if node.func.attr in ("keep", "keep_all"):
                first = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value.partition(".")[0]] = path.name
    return found


def test_it_is_settled_for_every_kind_of_words_whether_they_are_searched() -> None:
    kept = names_kept()
    assert len(kept) > 20
    settled = pieces.SEARCHED | pieces.NEVER_SEARCHED
    unsettled = {name: module for name, module in kept.items() if name and name not in settled}
    assert unsettled == {}, "put each into SEARCHED or NEVER_SEARCHED of putright/evidence/search/pieces.py"
    assert not pieces.SEARCHED & pieces.NEVER_SEARCHED


def test_a_kind_of_words_that_nobody_has_settled_is_not_searched(cast: Cast) -> None:
    from putright.record.journal.models import Text

    case = cast.open()
    Text.objects.create(
        landlord=cast.landlord.pk, case=case.pk, entry_number=1, name="new_kind", text=SECRET, salt="x"
    )
    index.all_behind()
    nobody_finds(cast, case)
