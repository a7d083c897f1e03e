"""The pages of the procedure: its versions, the text, the check against the Code, and the five days."""

from __future__ import annotations

import re
import uuid
from datetime import date
from html import unescape
from typing import Any

import pytest
from cast import MEMBERS, Cast

READERS = {"officer", "colleague", "board_member", "auditor", "administrator"}
GOOD = 'name: tern-valley\ntitle: Complaints policy\nedition: "2024"\n'
BAD = "name: tern-valley\ntargets:\n  aknowledge: 5 working days\nsurvey_answers: [\n"


def page_of(cast: Cast, address: str, who: str = "administrator", status: int = 200) -> str:
    answer = cast.client(who).get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return unescape(answer.content.decode())


def words_of(page: str) -> str:
    """What is read of a page, on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def send(cast: Cast, address: str, who: str = "administrator", **given: Any) -> Any:
    given = {"key": str(uuid.uuid4())} | given
    return cast.client(who).post(address, given, follow=True)


def on(day: date, name: str = "on") -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def newest(cast: Cast) -> Any:
    from putright.record.landlords.models import ProcedureVersion

    return ProcedureVersion.objects.filter(landlord=cast.landlord).order_by("number").last()


def begin(cast: Cast, source: str = "version:1", **given: Any) -> Any:
    answer = send(cast, "/procedure/new/", source=source, **(on(date(2026, 12, 1), "drafted_on") | given))
    assert answer.status_code == 200
    return newest(cast)


def write(cast: Cast, version: Any, text: str, **given: Any) -> Any:
    version.refresh_from_db()
    given = {"read_at": version.entry, "text": text} | given
    return send(cast, f"/procedure/{version.number}/text/", **given)


def approved(cast: Cast, text: str = GOOD, **given: Any) -> Any:
    version = begin(cast)
    write(cast, version, text)
    answer = step(cast, version, "approve", body="Board", **given)
    assert answer.status_code == 200
    version.refresh_from_db()
    assert version.approved_on, words_of(answer.content.decode())
    return version


def step(cast: Cast, version: Any, name: str, day: date = date(2026, 12, 1), **given: Any) -> Any:
    version.refresh_from_db()
    given = {"read_at": version.entry, **on(day)} | given
    return send(cast, f"/procedure/{version.number}/{name}/", **given)


# The list


def test_the_list_holds_every_version_with_its_days_and_its_live_cases(cast: Cast) -> None:
    cast.open()
    closed = cast.receive("2026-11-02T10:00")
    cast.do("withdraw", closed, reason="Asked for by the resident.")
    words = words_of(page_of(cast, "/procedure/"))
    assert "Version 1 In force – – – Wed 1 Jan 2020 – 1" in words


def test_a_landlord_without_a_procedure_is_offered_the_code(cast: Cast) -> None:
    from putright.record.landlords.models import ProcedureVersion

    ProcedureVersion.objects.all().delete()
    page = page_of(cast, "/procedure/")
    assert "No procedure yet." in page
    assert 'href="/procedure/new/?from=code%3A2024"' in page
    assert "The Code's own" in page
    assert "No procedure yet." in page_of(cast, "/procedure/", "auditor")


def test_the_live_cases_of_a_version_are_one_press_away(cast: Cast) -> None:
    case = cast.open()
    assert 'href="/procedure/1/cases/">1<' in page_of(cast, "/procedure/")
    assert case.reference in page_of(cast, "/procedure/1/cases/")
    begin(cast)
    assert "No live case" in page_of(cast, "/procedure/2/cases/")


# Who may


@pytest.mark.parametrize("member", MEMBERS)
def test_who_reads_the_procedure(cast: Cast, member: str) -> None:
    begin(cast)
    status = 200 if member in READERS else 403
    for address in (
        "/procedure/",
        "/procedure/1/",
        "/procedure/2/",
        "/procedure/2/text/",
        "/procedure/1/cases/",
    ):
        assert cast.client(member).get(address).status_code == status, address
    assert ('href="/procedure/"' in page_of(cast, "/", member)) is (member in READERS)


@pytest.mark.parametrize("member", sorted(set(MEMBERS) - {"administrator"}))
def test_only_an_administrator_changes_it(cast: Cast, member: str) -> None:
    from putright.record.journal.models import Entry

    version = begin(cast)
    before = Entry.objects.count()
    for address in ("/procedure/new/", "/procedure/2/approve/", "/procedure/2/publish/"):
        assert cast.client(member).get(address).status_code == 403, address
    assert send(cast, "/procedure/new/", member, source="code:2024").status_code == 403
    assert send(cast, "/procedure/2/text/", member, text="name: mine").status_code == 403
    assert send(cast, "/procedure/2/approve/", member, body="Me", **on(date(2026, 12, 1))).status_code == 403
    version.refresh_from_db()
    assert version.approved_on is None
    assert Entry.objects.count() == before
    if member in READERS:
        page = page_of(cast, "/procedure/2/", member) + page_of(cast, "/procedure/2/text/", member)
        assert "<textarea" not in page
        assert "/approve/" not in page


def test_another_landlords_version_is_as_if_it_were_not(cast: Cast) -> None:
    from putright.record.accounts.models import Membership

    begin(cast)
    Membership.objects.filter(user=cast.stranger).update(roles=["administrator"])
    for part in ("", "text/", "cases/", "approve/", "text/1/"):
        assert cast.client("stranger").get(f"/procedure/2/{part}").status_code == 404, part
    assert send(cast, "/procedure/2/text/", "stranger", text="name: mine").status_code == 404
    answer = send(cast, "/procedure/2/approve/", "stranger", body="Me", **on(date(2026, 12, 1)))
    assert answer.status_code == 404
    # Their own list is theirs; our draft is not a place to begin from.
    assert "Version 2" not in page_of(cast, "/procedure/", "stranger")
    assert send(cast, "/procedure/new/", "stranger", source="version:2").status_code == 200
    assert "Choose one from the list" in unescape(
        send(cast, "/procedure/new/", "stranger", source="version:2").content.decode()
    )


def test_without_signing_in_every_page_asks_who_it_is(cast: Cast) -> None:
    begin(cast)
    for part in ("", "new/", "2/", "2/text/", "2/text/1/", "2/cases/", "2/approve/"):
        answer = cast.client().get(f"/procedure/{part}")
        assert answer.status_code == 302, part
        assert answer["Location"].startswith("/sign-in")


@pytest.mark.parametrize("number", ["0", "99", "99999999999999999999999"])
def test_a_number_that_no_version_has(cast: Cast, number: str) -> None:
    for part in ("", "text/", "cases/", "approve/", "text/1/"):
        assert cast.client("administrator").get(f"/procedure/{number}/{part}").status_code == 404
    assert cast.client("administrator").get(f"/procedure/1/text/{number}/").status_code == 404
    assert cast.client("administrator").get("/procedure/1/abolish/").status_code == 404


# Starting


def test_a_draft_begins_from_the_code(cast: Cast) -> None:
    version = begin(cast, "code:2024")
    assert 'edition: "2024"' in version.document
    page = words_of(page_of(cast, "/procedure/2/"))
    assert "0 breached" not in page
    assert "Breached (" not in page
    assert "Draft begun" in page
    assert "from the 2024 Code" in page


@pytest.mark.parametrize(
    "name", ["frontline-2021", "nottingham-city-homes", "pivotal", "redditch", "womens-pioneer"]
)
def test_a_draft_begins_from_a_profile(cast: Cast, name: str) -> None:
    from putright.record.landlords import documents, profiles

    version = begin(cast, f"profile:{name}")
    theirs = documents.without(profiles.path(name).read_text(encoding="utf-8"), "dates").splitlines()
    differ = [ours for ours, line in zip(version.document.splitlines(), theirs, strict=True) if ours != line]
    assert differ[0] == "name: tern-valley"
    assert differ[1:] in ([], ['landlord: "Tern Valley Homes"'])
    page = page_of(cast, f"/procedure/{version.number}/?edition=2022")
    assert "Breached (" in page or "Cannot tell (" in page


def test_nothing_else_is_a_place_to_begin_from(cast: Cast) -> None:
    for source in ("", "version:9", "version:x", "profile:../../settings", "code:1999", "x"):
        answer = send(cast, "/procedure/new/", source=source, **on(date(2026, 12, 1), "drafted_on"))
        assert "There is a problem" in answer.content.decode(), source
    assert newest(cast).number == 1


def test_a_draft_sent_twice_is_one_draft(cast: Cast) -> None:
    key = str(uuid.uuid4())
    begin(cast, key=key)
    begin(cast, key=key)
    assert newest(cast).number == 2


def test_a_draft_cannot_be_of_tomorrow(cast: Cast) -> None:
    answer = send(cast, "/procedure/new/", source="code:2024", **on(date(2026, 12, 2), "drafted_on"))
    assert "The day must be today or earlier." in unescape(answer.content.decode())


# The text


def test_a_text_that_cannot_be_read_is_saved_as_it_was_typed(cast: Cast) -> None:
    version = begin(cast)
    page = unescape(write(cast, version, BAD).content.decode())
    version.refresh_from_db()
    assert version.document == BAD
    assert "Saved at 10:00." in page
    assert "The text cannot be read yet" in page
    assert re.search(r'href="#+line-\d+">Line \d+</a>', page)
    assert 'id="line-4"' in page
    assert "Nothing is checked" in words_of(page_of(cast, "/procedure/2/"))
    answer = step(cast, version, "approve", body="Board")
    assert answer.status_code == 409
    version.refresh_from_db()
    assert version.approved_on is None


def test_an_error_names_the_line_and_what_was_expected(cast: Cast) -> None:
    version = begin(cast)
    page = unescape(
        write(cast, version, "name: tern\ntargets:\n  aknowledge: 5 working days\n").content.decode()
    )
    assert "Line 3" in page
    assert "Did you mean acknowledge?" in page


def test_a_text_that_can_be_read_is_checked(cast: Cast) -> None:
    version = begin(cast)
    text = (
        GOOD
        + "stages: [Informal stage, Stage 1, Stage 2]\ntargets:\n  respond: 15 working days from receipt\n"
    )
    page = unescape(write(cast, version, text, then="check").content.decode())
    assert "Breached (" in page
    assert 'href="/procedure/2/text/#line-4"' in page
    assert "6.3" in words_of(page)


def test_line_ends_of_a_browser_do_not_change_a_text(cast: Cast) -> None:
    version = begin(cast)
    write(cast, version, GOOD.replace("\n", "\r\n"))
    version.refresh_from_db()
    assert version.document == GOOD


def test_the_first_line_may_be_empty(cast: Cast) -> None:
    version = begin(cast)
    write(cast, version, "\n\n" + GOOD)
    version.refresh_from_db()
    assert version.document == "\n\n" + GOOD
    assert re.search(r"<textarea[^>]*>\n\n\nname", page_of(cast, "/procedure/2/text/"))


def test_html_in_a_text_is_text(cast: Cast) -> None:
    version = begin(cast)
    evil = 'name: tern\ntitle: "<script>alert(1)</script>"\nexclusions: ["<img src=x onerror=alert(1)>"]\n'
    write(cast, version, evil)
    step(cast, version, "approve", body="<b>Board</b>")
    for address in ("/procedure/", "/procedure/2/", "/procedure/2/text/", "/procedure/2/cases/"):
        page = cast.client("administrator").get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>Board" not in page
    version.refresh_from_db()
    entry = version.entry - 1
    page = cast.client("administrator").get(f"/procedure/2/text/{entry}/").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_five_megabytes_are_refused_and_kept_on_the_page(cast: Cast) -> None:
    version = begin(cast)
    before = version.document
    answer = write(cast, version, "name: tern # " + "x" * 5_000_000)
    page = answer.content.decode()
    assert "The text has 5,000,013 characters. The most is 50,000." in page
    assert "x" * 5_000_000 in page
    version.refresh_from_db()
    assert version.document == before
    more = write(cast, version, "x" * 6_000_000)
    assert more.status_code == 400
    version.refresh_from_db()
    assert version.document == before


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\t", "- a\n- b", "{", "[[[[", "&a [*a]", "name: !!python/object:os.system x", "%YAML 9", "---\n---",
        "a: &x 1\nb: *x", "name: 12", "name: tern\nstages: 7\ntargets: [1]\nchannels: {a: b}", "\x07", "<html>",
        "name: tern\ndates: {published: 0001-01-01, in_force: 9999-12-31}", "‮", "name: tern\nedition: 1999",
        "name: tern\nconvention: backwards", "name: tern\nclosure_days: [yesterday]", "'", '"\\ud800"',
    ],
)  # fmt: skip
def test_nonsense_never_breaks_a_page(cast: Cast, text: str) -> None:
    version = begin(cast)
    assert write(cast, version, text).status_code == 200
    version.refresh_from_db()
    assert version.document == text
    page_of(cast, "/procedure/2/")
    page_of(cast, "/procedure/2/?edition=2020")
    page_of(cast, "/procedure/2/approve/")
    page_of(cast, "/procedure/")


def test_a_character_that_no_text_holds_is_told_and_the_rest_kept(cast: Cast) -> None:
    version = begin(cast)
    page = unescape(write(cast, version, "name: tern\x00 # mine").content.decode())
    assert "a character in it that text does not hold" in page
    assert "# mine" in page


def test_an_edition_that_is_none_is_passed_over(cast: Cast) -> None:
    for query in ("?edition=1999", "?edition=", "?edition=2024&edition=x", "?x=1"):
        assert "selected>2024 Code" in page_of(cast, f"/procedure/1/{query}"), query


# Two at once


def test_the_second_of_two_is_told_and_both_texts_are_kept(cast: Cast) -> None:
    version = begin(cast)
    read_at = version.entry
    write(cast, version, GOOD + "governing_body: Board\n")
    answer = send(cast, "/procedure/2/text/", text=GOOD + "governing_body: Committee\n", read_at=read_at)
    assert answer.status_code == 409
    page = unescape(answer.content.decode())
    assert "Adam Stone changed this version at 10:00: text changed." in page
    assert "governing_body: Committee" in re.search(r"<textarea.*?</textarea>", page, re.S)[0]
    assert re.search(r'class="pr-lines__theirs">.*?governing_body: Board', page)
    version.refresh_from_db()
    assert "Board" in version.document
    # Having read both, the second may still save theirs; the first's stays in the history.
    again = re.search(r'name="read_at" value="(\d+)"', page)[1]
    send(cast, "/procedure/2/text/", text=GOOD + "governing_body: Committee\n", read_at=again)
    version.refresh_from_db()
    assert "Committee" in version.document
    assert "governing_body: Board" in page_of(cast, f"/procedure/2/text/{again}/")


def test_a_version_approved_while_somebody_typed_keeps_its_text_and_theirs_becomes_a_draft(
    cast: Cast,
) -> None:
    version = begin(cast)
    write(cast, version, GOOD)
    version.refresh_from_db()
    read_at = version.entry
    step(cast, version, "approve", body="Board")
    typed = GOOD + "governing_body: Committee\n"
    answer = send(cast, "/procedure/2/text/", text=typed, read_at=read_at)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "was approved meanwhile" in page
    assert "Committee" in page
    assert "Save draft" not in page
    again = re.search(r'name="read_at" value="(\d+)"', page)[1]
    assert send(cast, "/procedure/2/text/", text=typed, read_at=again).status_code == 409
    send(cast, "/procedure/2/text/", text=typed, read_at=again, then="new_draft")
    assert newest(cast).number == 3
    assert newest(cast).document == typed
    version.refresh_from_db()
    assert version.document == GOOD


def test_nobody_approves_a_text_they_have_not_read(cast: Cast) -> None:
    version = begin(cast)
    write(cast, version, GOOD)
    version.refresh_from_db()
    read_at = version.entry
    write(cast, version, GOOD + "governing_body: Board\n")
    answer = step(cast, version, "approve", body="Board", read_at=read_at)
    assert answer.status_code == 409
    assert "Someone else changed this first" in answer.content.decode()
    version.refresh_from_db()
    assert version.approved_on is None


# Its days


def test_from_draft_to_published(cast: Cast) -> None:
    version = approved(cast)
    step(cast, version, "brief")
    step(cast, version, "in-force")
    step(cast, version, "publish")
    page = page_of(cast, "/procedure/2/")
    words = words_of(page)
    assert "Complaints policy , version 2: in force" in words
    for each in (
        "Drafted Tuesday 1 December",
        "Approved Tuesday 1 December , by Board",
        "Staff briefed Tuesday 1 December",
        "In force Tuesday 1 December",
        "Published Tuesday 1 December",
    ):
        assert each in words
    assert "pr-late" not in page


def test_what_has_not_been_approved_is_neither_briefed_nor_in_force_nor_published(cast: Cast) -> None:
    version = begin(cast)
    for name in ("brief", "in-force", "publish"):
        answer = step(cast, version, name)
        assert answer.status_code == 409
        assert "It has not been approved yet." in words_of(answer.content.decode())
    version.refresh_from_db()
    assert (version.briefed_on, version.in_force_on, version.published_on) == (None, None, None)
    words = words_of(page_of(cast, "/procedure/2/"))
    assert "Put in force It has not been approved yet. Approve it" in words


def test_an_approved_text_stays(cast: Cast) -> None:
    version = approved(cast)
    assert "<textarea" not in page_of(cast, "/procedure/2/text/")
    answer = write(cast, version, "name: other")
    assert answer.status_code == 409
    assert "Start a new draft" in words_of(answer.content.decode())
    version.refresh_from_db()
    assert version.document == GOOD


@pytest.mark.parametrize(
    ("name", "day", "says"),
    [
        ("approve", date(2026, 12, 2), "The day it was approved must be today or earlier."),
        ("approve", date(2026, 11, 30), "It was drafted on Tuesday 1 December 2026."),
        ("brief", date(2026, 12, 2), "The day it was briefed must be today or earlier."),
        ("publish", date(2026, 11, 30), "It was approved on Tuesday 1 December 2026."),
        ("in-force", date(2026, 11, 30), "It was approved on Tuesday 1 December 2026."),
    ],
)
def test_days_come_in_their_order(cast: Cast, name: str, day: date, says: str) -> None:
    version = begin(cast) if name == "approve" else approved(cast)
    if name == "approve":
        write(cast, version, GOOD)
    page = unescape(step(cast, version, name, day, body="Board").content.decode())
    assert says in page
    assert "There is a problem" in page


def test_approval_names_a_body(cast: Cast) -> None:
    version = begin(cast)
    write(cast, version, GOOD)
    assert "Enter the body that approved it." in step(cast, version, "approve", body=" ").content.decode()


def test_a_day_that_has_passed_is_refused_where_a_case_has_come_since(cast: Cast) -> None:
    cast.clock.set("2026-11-10T09:00")
    version = begin(cast, **on(date(2026, 11, 10), "drafted_on"))
    write(cast, version, GOOD)
    step(cast, version, "approve", date(2026, 11, 10), body="Board")
    cast.clock.set("2026-12-01T10:00")
    cast.open()
    page = unescape(step(cast, version, "in-force", date(2026, 11, 12)).content.decode())
    assert "A case was received on Monday 16 November 2026 and keeps the version it began under." in page
    step(cast, version, "in-force", date(2026, 11, 17))
    version.refresh_from_db()
    assert version.in_force_on == date(2026, 11, 17)


def test_new_cases_take_what_is_in_force_and_live_ones_keep_theirs(cast: Cast) -> None:
    old = cast.open()
    version = approved(cast)
    step(cast, version, "in-force", date(2026, 12, 7))
    today = cast.receive()
    cast.clock.set("2026-12-07T00:30")
    new = cast.receive()
    assert [cast.fresh(each).procedure.number for each in (old, today, new)] == [1, 1, 2]


def test_a_day_still_to_come_may_be_moved_and_one_that_has_come_may_not(cast: Cast) -> None:
    version = approved(cast)
    step(cast, version, "in-force", date(2026, 12, 7))
    assert "Approved, in force later" in page_of(cast, "/procedure/")
    step(cast, version, "in-force", date(2026, 12, 14))
    version.refresh_from_db()
    assert version.in_force_on == date(2026, 12, 14)
    cast.clock.set("2026-12-14T10:00")
    assert step(cast, version, "in-force", date(2026, 12, 21)).status_code == 409
    assert step(cast, version, "approve", date(2026, 12, 14), body="Board").status_code == 409


def test_two_versions_do_not_come_into_force_on_one_day(cast: Cast) -> None:
    step(cast, approved(cast), "in-force")
    version = approved(cast)
    page = unescape(step(cast, version, "in-force").content.decode())
    assert "Version 2 comes into force that day. Give another day." in page


@pytest.mark.parametrize(
    ("planned", "published", "says"),
    [
        ("2026-11-23", date(2026, 12, 1), "6 working days late"),
        ("2026-12-01", date(2026, 12, 1), ""),
        ("2026-12-02", date(2026, 12, 1), ""),
        (None, date(2026, 12, 1), ""),
    ],
)
def test_late_publication_is_told_where_the_text_gives_a_day(
    cast: Cast, planned: str | None, published: date, says: str
) -> None:
    version = approved(cast, GOOD + (f"dates: {{published: {planned}}}\n" if planned else ""))
    step(cast, version, "publish", published)
    page = page_of(cast, "/procedure/2/")
    assert ("pr-late" in page) is bool(says)
    assert says in words_of(page)


def test_publication_that_is_owed_is_told_before_it_is_done(cast: Cast) -> None:
    approved(cast, GOOD + "dates: {published: 2026-11-30}\n")
    assert "Published not yet, 1 working day late" in words_of(page_of(cast, "/procedure/2/")).replace(
        " ,", ","
    )


# How days are counted


def test_counting_days_another_way_needs_a_reason_and_shows(cast: Cast) -> None:
    version = begin(cast)
    write(cast, version, GOOD + "convention: same_day\n")
    assert "Why are days counted another way?" in page_of(cast, "/procedure/2/approve/")
    answer = step(cast, version, "approve", body="Board")
    assert "Give the reason for counting days another way." in answer.content.decode()
    step(cast, version, "approve", body="Board", convention_reason="As our corporate policy does.")
    words = words_of(page_of(cast, "/procedure/2/"))
    assert "Days are counted another way." in words
    assert "As our corporate policy does." in words
    step(cast, version, "in-force")
    assert "Days are counted another way." in words_of(page_of(cast, "/procedure/"))


def test_counting_as_before_needs_no_reason(cast: Cast) -> None:
    version = begin(cast)
    write(cast, version, GOOD + "convention: next_working_day\n")
    assert "Why are days counted" not in page_of(cast, "/procedure/2/approve/")


def test_going_back_to_the_usual_way_needs_a_reason_too(cast: Cast) -> None:
    version = begin(cast)
    write(cast, version, GOOD + "convention: same_day\n")
    step(cast, version, "approve", body="Board", convention_reason="As before.")
    step(cast, version, "in-force")
    cast.clock.set("2026-12-02T10:00")
    later = begin(cast)
    write(cast, later, GOOD)
    answer = step(cast, later, "approve", date(2026, 12, 2), body="Board")
    assert "Give the reason for counting days another way." in answer.content.decode()


# Moving a case


def test_a_case_is_moved_only_to_a_version_that_has_come_into_force(cast: Cast) -> None:
    case = cast.open()
    version = approved(cast)
    address = f"/cases/{case.reference}/move_to_procedure/"
    assert "There is no other version of our procedure" in page_of(cast, address, "officer")
    from putright.casework.act import Impossible

    with pytest.raises(Impossible, match=r"Version 2 .* not come into force"):
        cast.do("move_to_procedure", case, version=2, reason="x")
    step(cast, version, "in-force")
    page = page_of(cast, address, "officer")
    assert "Version 2, in force from Tuesday 1 December" in page
    cast.do("move_to_procedure", case, version=2, reason="Agreed with the resident.")
    assert cast.fresh(case).procedure == version
