"""Nothing leaves by a way that is not safe: every action and notice there is, every way, every address known.

Later parts extend this file. A new action of `notices.TELLS` is tried by itself once READY says how a case comes to
where it can be done; a new notice of `notices.NOTICES` needs nothing. What may leave is written down here by hand, so
that the rule is not asked whether the rule is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from django.db import transaction

from complaint_rules import safe_contact as rules
from complaint_rules.events import Actor
from complaint_rules.safe_contact import WAYS
from putright.casework import fields, leaving, notices, posting, telling, verb
from putright.casework.act import NeedsMore, Refused, Stopped
from putright.casework.leaving import DidNotLeave, leave
from putright.record.cases.models import Case
from putright.record.correspondence import stops
from putright.record.correspondence.models import Outgoing, Stop
from putright.record.journal.models import Entry
from putright.record.letters import records
from putright.record.letters.models import Letter
from putright.record.people import safe_contact
from putright.record.people.models import Authority, Home, Living, Need, Person

pytestmark = pytest.mark.django_db

SAFE_NUMBER = "07700 900555"
HELD = {"telephone": "07700 900123", "email": "amira@example.org", "address": "14 Sedge Court"}
CLAIMED = "claimed@example.org"
KARLS = {"telephone": "07700 900666", "email": "karl@example.org", "address": "14 Sedge Court"}
ADDRESSES: dict[str, tuple[str, ...]] = {
    "telephone": (SAFE_NUMBER, "+44 7700 900555", HELD["telephone"], KARLS["telephone"]),
    "email": (HELD["email"], CLAIMED, KARLS["email"], "who@example.org"),
    "address": (HELD["address"], "1 Elsewhere"),
}
"""Every address known: hers, those she said are safe or not, his, one that was claimed, one of nobody."""
EVERY_ADDRESS = tuple(dict.fromkeys(each for some in ADDRESSES.values() for each in some))
KIND = {
    "telephone": "telephone",
    "text": "telephone",
    "email": "email",
    "letter": "address",
    "visit": "address",
}
EVERY_WAY = ("", *WAYS, "their_contact")

# How a case comes to where each action can be done, and what the action is given


def received(cast: Cast) -> Case:
    return cast.fresh(cast.receive("2026-11-30T09:30", representative=representative_of(cast)))


def open_case(cast: Cast) -> Case:
    return cast.open(representative=representative_of(cast))


def service_request(cast: Cast) -> Case:
    case = received(cast)
    cast.do("treat_as_service_request", case, reason="A first request.", resident_agrees=True)
    return cast.fresh(case)


def requested(cast: Cast) -> Case:
    case = open_case(cast)
    given = fields.clean(verb("respond").function, {"decisions": DECISIONS})
    cast.do("respond", case, by="investigator", at="2026-11-25T10:00", **given)
    cast.do("request_escalation", case, at="2026-11-26T10:00")
    return cast.fresh(case)


def hazard(cast: Cast) -> Case:
    case = open_case(cast)
    cast.do("report_hazard", case, at="2026-11-27T10:00", kind="significant", aware_at=case_day(cast))
    cast.do("hazard_investigated", case, at="2026-11-30T10:00", outcome="Mould on two walls.")
    return cast.fresh(case)


def case_day(cast: Cast) -> Any:
    return cast.clock.now - timedelta(days=4)


DECISIONS = [{"point": number, "decision": "not_upheld", "reasons": "It was done."} for number in (1, 2)]
REFUSAL = {"ground": "other", "reasons": "It is not ours.", "ombudsman_right_given": True}

READY: dict[str, tuple[Callable[[Cast], Case], dict[str, Any]]] = {
    "treat_as_service_request": (received, {"reason": "A first request.", "resident_agrees": True}),
    "answer_service_request": (service_request, {"answer": "A fitter comes on Friday."}),
    "offer_complaint": (service_request, {"answer": "declines"}),
    "refuse_complaint": (received, REFUSAL),
    "acknowledge": (received, {"definition": "Damp left untreated."}),
    "ask_to_clarify": (open_case, {"question": "Which room?"}),
    "update": (open_case, {"summary": "The surveyor has been."}),
    "extend": (
        open_case,
        {"until": "2026-12-10", "reason": "The surveyor is ill.", "ombudsman_details_given": True},
    ),
    "share_findings": (open_case, {"with": "resident"}),
    "outcome_call": (open_case, {"reached": True}),
    "respond": (open_case, {"decisions": DECISIONS}),
    "escalate": (requested, {"definition": "Both points."}),
    "decline_escalation": (requested, REFUSAL),
    "restrict_contact": (
        open_case,
        {"reasons": "Forty calls a day.", "review_on": "2027-01-04", "equality_considered": True},
    ),
    "send_survey": (open_case, {}),
    "hazard_summary_sent": (hazard, {}),
}
TELLING = sorted(notices.TELLS)
NOTICED = sorted({*notices.NOTICES, "a_reminder_of_the_test"})


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice of this test alone, so that the way out of notices is tried even while there are none."""
    monkeypatch.setitem(notices.NOTICES, "a_reminder_of_the_test", "A reminder")


def test_every_action_that_tells_something_is_tried_here() -> None:
    assert set(READY) == notices.TELLS, "say in READY how a case comes to where the new action can be done"


# Who it is about


def representative_of(cast: Cast) -> Person:
    found, _ = Person.objects.get_or_create(
        landlord=cast.landlord, name="Rosa Hale", defaults={"email": "rosa@example.org"}
    )
    return found


def a_home_with_karl(cast: Cast) -> Person:
    """Karl lives at the home too, holds the tenancy with her, and is the one she fears."""
    karl = Person.objects.create(landlord=cast.landlord, name="Karl Yusuf", **KARLS)
    home, _ = Home.objects.get_or_create(
        landlord=cast.landlord, key="14 sedge court", defaults={"address": "14 Sedge Court"}
    )
    for person in (cast.resident, karl):
        Living.objects.create(
            landlord=cast.landlord,
            person=person,
            home=home,
            lives_there_as="joint_tenant",
            since=date(2020, 1, 1),
        )
    return karl


def she_says_what_is_safe(cast: Cast, **said: Any) -> Person:
    """One number, between nine and three; nothing to Karl; and somebody has written in with a new address of hers."""
    karl = a_home_with_karl(cast)
    said = {
        "allowed": [{"way": "telephone", "to": SAFE_NUMBER, "from": "09:00", "until": "15:00"}],
        "not_people": [karl],
        "code_word": "heronsong",
        "note": "He reads her post.",
    } | said
    safe_contact.set_safe_contact(cast.resident, by=cast.actor("officer"), at=cast.clock.now, **said)
    somebody_claims_an_address(cast)
    return karl


def somebody_claims_an_address(cast: Cast) -> None:
    by = cast.actor("officer")
    safe_contact.claim_detail(cast.resident, "email", CLAIMED, "email", by=by, at=cast.clock.now)


# Trying everything


@dataclass(frozen=True)
class Try:
    """One thing trying to leave: what, which way, to which address, and to whom."""

    name: str
    way: str
    to: str
    whom: str = "resident"


@dataclass(frozen=True)
class Came:
    """What came of it."""

    left: bool
    asked_for_a_way: bool = False
    stop: Stop | None = None
    journalled: bool = False


def everything(name: str) -> Iterator[Try]:
    """Every way, to every address that it could go to, to one that it could not, and to none."""
    for way in EVERY_WAY:
        of_its_kind = ADDRESSES.get(KIND.get(way, ""), ())
        for to in ("", *of_its_kind, next(each for each in EVERY_ADDRESS if each not in of_its_kind)):
            yield Try(name, way, to)


def what_came_of(cast: Cast, case: Case, each: Try) -> Came:
    """Try it, look, and take it all back."""
    with transaction.atomic():
        before = Entry.objects.filter(case=case.pk).count()
        stood = set(stops.waiting(cast.landlord.pk).values_list("pk", flat=True))
        left, asked = _try(cast, case, each)
        kept_and_waiting(case, each, left)
        new = [s for s in stops.waiting(cast.landlord.pk).select_related("handler") if s.pk not in stood]
        entries = list(Entry.objects.filter(case=case.pk).order_by("number"))[before:]
        transaction.set_rollback(True)
    noted = [entry.verb for entry in entries] == ["refused"]
    assert left or asked or noted, f"{each}: something else was written: {entries}"
    return Came(left, asked, new[0] if new else None, noted)


def kept_and_waiting(case: Case, each: Try, left: bool) -> None:
    """No letter is kept and nothing waits in the outbox unless it left; and then it goes that way, to its person."""
    letters, waiting = Letter.objects.filter(case=case), Outgoing.objects.filter(case=case)
    if not left:
        assert not letters.exists(), f"{each}: a letter is kept"
        assert not waiting.exists(), f"{each}: something waits in the outbox"
    for letter in letters:
        assert letter.outgoing in waiting, f"{each}: a letter that nobody sends"
    for row in waiting:
        whom = case.representative if each.whom == "representative" else case.resident
        assert (row.way, row.person, row.state) == (each.way, whom, "waiting"), str(each)
        assert not each.to or rules.same(KIND[row.way], row.to, each.to), str(each)


def _try(cast: Cast, case: Case, each: Try) -> tuple[bool, bool]:
    try:
        if each.name in notices.NOTICES:
            person = case.representative if each.whom == "representative" else case.resident
            assert person is not None
            by = Actor("system")
            leave(
                each.name,
                person,
                way=each.way,
                to=each.to,
                at=cast.clock.now,
                by=by,
                case=case,
                whom=each.whom,
            )
        else:
            _act(cast, case, each)
    except NeedsMore as need:
        return False, need.judgement.needs == ["way"]
    except (Stopped, DidNotLeave):
        return False, False
    return True, False


def _act(cast: Cast, case: Case, each: Try) -> None:
    _, given = READY[each.name]
    told = {"way": each.way or None, "sent_to": each.to or None, "whom": each.whom}
    if "with" in given:
        told = told | {"with": each.whom}
    action = verb(each.name)
    cleaned = fields.clean(action.function, {**given, **told})
    action(case, by=cast.actor("officer"), at=cast.clock.now, **cleaned)


def scene(cast: Cast, name: str) -> Case:
    prepare = READY[name][0] if name in READY else open_case
    return prepare(cast)


def nothing_leaves_but(cast: Cast, case: Case, tries: Iterator[Try], may: Callable[[Try], bool]) -> int:
    """Whatever may not leave does not, and stands on somebody's list. How many were tried."""
    tried = 0
    for each in tries:
        came = what_came_of(cast, case, each)
        tried += 1
        assert came.left == may(each), f"{each}: {'left' if came.left else 'did not leave'}"
        if not came.left and not came.asked_for_a_way:
            assert came.stop is not None, f"{each}: on nobody's list"
            stands_on_a_list(cast, case, came.stop)
    return tried


def stands_on_a_list(cast: Cast, case: Case, stop: Stop) -> None:
    person = stop.person
    assert person in (case.resident, case.representative)
    if case.handler is not None:
        assert stop.handler == case.handler
    assert stop.says and not any(secret in stop.says for secret in (*EVERY_ADDRESS, "heronsong", "He reads"))


# One resident who has said what is safe


def said_on_the_spot(name: str) -> bool:
    return name in notices.ON_THE_SPOT or name in notices.NOTICES


def only_the_safe_number(each: Try) -> bool:
    on_the_spot = each.way == "their_contact" and not each.to and said_on_the_spot(each.name)
    rung = each.way == "telephone" or (each.name == "outcome_call" and not each.way)
    return on_the_spot or (rung and each.to in ("", SAFE_NUMBER, "+44 7700 900555"))


@pytest.mark.parametrize("name", TELLING + NOTICED)
def test_to_somebody_who_has_said_what_is_safe_only_that_leaves(cast: Cast, name: str) -> None:
    case = scene(cast, name)
    she_says_what_is_safe(cast)
    tried = nothing_leaves_but(cast, case, everything(name), only_the_safe_number)
    assert tried > 3 * len(EVERY_WAY)


@pytest.mark.parametrize("name", TELLING + NOTICED)
def test_outside_the_safe_hours_nothing_leaves_at_all(cast: Cast, name: str) -> None:
    case = scene(cast, name)
    she_says_what_is_safe(cast)
    cast.clock.set("2026-12-01T20:00")
    tries = (Try(name, way, to) for way in EVERY_WAY for to in ("", SAFE_NUMBER))

    def may(each: Try) -> bool:
        return each.way == "their_contact" and not each.to and said_on_the_spot(name)

    nothing_leaves_but(cast, case, tries, may)


@pytest.mark.parametrize("name", TELLING + NOTICED)
def test_where_no_way_is_safe_nothing_leaves_at_all(cast: Cast, name: str) -> None:
    case = scene(cast, name)
    she_says_what_is_safe(cast, allowed=[])
    tries = (Try(name, way, to) for way in ("", *WAYS) for to in ("", HELD["email"]))
    nothing_leaves_but(cast, case, tries, lambda each: False)


SAFE_ADDRESS = "3 Mill Row, Tern Valley"


@pytest.mark.parametrize("name", TELLING)
def test_what_is_kept_and_waits_is_for_the_safe_address_alone(cast: Cast, name: str) -> None:
    case = scene(cast, name)
    she_says_what_is_safe(cast, allowed=[{"way": "letter", "to": SAFE_ADDRESS}])
    for to in ("", SAFE_ADDRESS, *EVERY_ADDRESS):
        with transaction.atomic():
            left, _ = _try(cast, case, Try(name, "letter", to))
            rows = list(Outgoing.objects.filter(case=case))
            assert left or not rows
            assert all(row.to == SAFE_ADDRESS and row.person == cast.resident for row in rows)
            for letter in Letter.objects.filter(case=case):
                assert letter.document is not None
                told = str(letter.document)
                assert "3 Mill Row" in told
                assert not any(other in told for other in EVERY_ADDRESS)
                content = records.content_of(letter)
                assert hashlib.sha256(content).hexdigest() == letter.digest
            transaction.set_rollback(True)


@pytest.mark.parametrize("what_changed", ["said", "barred", "moved", "other_person"])
def test_what_waits_is_not_printed_once_it_is_not_safe_any_more(cast: Cast, what_changed: str) -> None:
    case = open_case(cast)
    cast.do("update", case, summary="The surveyor has been.", way="letter")
    if what_changed == "said":
        she_says_what_is_safe(cast)
    elif what_changed == "barred":
        she_says_what_is_safe(cast, allowed=[{"way": "letter", "to": SAFE_ADDRESS}], not_to=[HELD["address"]])
    elif what_changed == "moved":
        Person.objects.filter(pk=cast.resident.pk).update(address="1 Elsewhere")
    else:
        Case.objects.filter(pk=case.pk).update(resident=a_home_with_karl(cast))
    waiting = Outgoing.objects.select_related("case", "person").filter(case=case)
    asked = posting.ready(list(waiting), cast.actor("officer"), cast.clock.now)
    assert [each.answer.allowed for each in asked] == [False]
    assert Outgoing.objects.get(case=case).state == "stopped"
    stop = stops.waiting(cast.landlord.pk).get(case=case)
    assert not any(secret in stop.says for secret in EVERY_ADDRESS)
    assert Entry.objects.filter(case=case.pk).latest("number").verb == "refused"


# Nobody has said what is safe


@pytest.mark.parametrize("name", TELLING)
def test_an_address_that_is_claimed_unknown_or_a_joint_tenants_is_never_used(cast: Cast, name: str) -> None:
    case = scene(cast, name)
    a_home_with_karl(cast)
    somebody_claims_an_address(cast)

    def may(each: Try) -> bool:
        if not each.to:
            return each.way != "their_contact" or said_on_the_spot(name)
        kind = KIND.get(each.way or ("telephone" if name == "outcome_call" else ""))
        return kind is not None and each.to == HELD[kind]

    nothing_leaves_but(cast, case, everything(name), may)


@pytest.mark.parametrize("name", TELLING + NOTICED)
def test_to_somebody_who_is_told_by_telephone_only_nothing_else_leaves(cast: Cast, name: str) -> None:
    case = scene(cast, name)
    Need.objects.create(
        landlord=cast.landlord, person=cast.resident, adjustment="telephone_only", since=date(2026, 1, 1)
    )
    tries = (Try(name, way, "") for way in WAYS)
    nothing_leaves_but(cast, case, tries, lambda each: each.way == "telephone")


# Whoever acts for them

ENDED: dict[str, dict[str, Any]] = {
    "expired": {"written": True, "expires_on": date(2026, 11, 30)},
    "ended": {"written": True, "ended_on": date(2026, 11, 30)},
    "spoken": {"written": False},
    "for another case": {"written": True, "scope": "TV-25-0001 only"},
    "to come": {"written": True, "since": date(2026, 12, 2)},
}


@pytest.mark.parametrize("how", ENDED)
@pytest.mark.parametrize("name", TELLING + NOTICED)
def test_a_representative_without_live_written_authority_is_told_nothing(
    cast: Cast, name: str, how: str
) -> None:
    case = scene(cast, name)
    given = {
        "since": date(2026, 1, 1),
        "resident": cast.resident,
        "representative": representative_of(cast),
    } | ENDED[how]
    Authority.objects.create(landlord=cast.landlord, **given)
    cast.do("record_authority", case, representative=f"p{representative_of(cast).pk}", given=True)
    tries = (Try(name, way, "", "representative") for way in ("", "email", "letter"))
    nothing_leaves_but(cast, cast.fresh(case), tries, lambda each: False)


@pytest.mark.parametrize("name", TELLING)
def test_a_representative_with_live_written_authority_is_told(cast: Cast, name: str) -> None:
    case = scene(cast, name)
    she_says_what_is_safe(cast)
    rosa = representative_of(cast)
    Authority.objects.create(
        landlord=cast.landlord,
        resident=cast.resident,
        representative=rosa,
        written=True,
        since=date(2026, 1, 1),
    )
    cast.do("record_authority", case, representative=f"p{rosa.pk}", given=True)
    fresh = cast.fresh(case)
    assert what_came_of(cast, fresh, Try(name, "email", "rosa@example.org", "representative")).left
    assert not what_came_of(cast, fresh, Try(name, "email", HELD["email"], "representative")).left


@pytest.mark.parametrize("name", TELLING)
def test_the_one_she_fears_is_told_nothing_though_they_show_her_written_word(cast: Cast, name: str) -> None:
    case = scene(cast, name)
    rosa = representative_of(cast)
    she_says_what_is_safe(cast, not_people=[rosa])
    Authority.objects.create(
        landlord=cast.landlord,
        resident=cast.resident,
        representative=rosa,
        written=True,
        since=date(2026, 1, 1),
    )
    cast.do("record_authority", case, representative=f"p{rosa.pk}", given=True)
    tries = (Try(name, way, "", "representative") for way in EVERY_WAY)
    nothing_leaves_but(cast, cast.fresh(case), tries, lambda each: False)


def test_a_joint_tenant_is_not_told_of_a_case_that_is_not_theirs(cast: Cast) -> None:
    case = open_case(cast)
    karl = a_home_with_karl(cast)
    with pytest.raises(DidNotLeave):
        leave("a_reminder_of_the_test", karl, way="email", at=cast.clock.now, by=Actor("system"), case=case)
    assert stops.waiting(cast.landlord.pk).get().person == karl


# What has gone already


def test_a_contact_by_a_way_that_is_not_safe_is_kept_and_stands_on_a_list(cast: Cast) -> None:
    case = open_case(cast)
    she_says_what_is_safe(cast)
    told = {"direction": "out", "with_": "Amira Yusuf", "summary": "Left a letter."}
    outcome = cast.do("record_contact", case, channel="letter", **told)
    assert [each.ref for each in outcome.warnings] == ["safe_contact"]
    assert stops.waiting(cast.landlord.pk).get().verb == "record_contact"
    cast.do("record_contact", case, channel="telephone", **told)
    cast.do("record_contact", case, channel="letter", **(told | {"direction": "in"}))
    cast.do("record_contact", case, channel="mp", **told)
    assert stops.waiting(cast.landlord.pk).count() == 1


# The lists


def test_a_stop_stands_on_the_handlers_list_and_once_however_often_it_is_tried(cast: Cast) -> None:
    case = open_case(cast)
    she_says_what_is_safe(cast)
    for _ in range(3):
        with pytest.raises(Stopped):
            cast.do("update", case, summary="News.", way="letter")
    found = stops.waiting(cast.landlord.pk).get()
    assert (found.handler, found.way, found.verb) == (cast.investigator, "letter", "update")
    refused = Entry.objects.filter(case=case.pk, verb="refused")
    assert [entry.data for entry in refused] == [{"verb": "update", "refs": ["safe_contact"]}] * 3


def test_without_a_handler_it_stands_on_the_list_of_every_complaints_officer(cast: Cast) -> None:
    case = received(cast)
    she_says_what_is_safe(cast)
    with pytest.raises(Stopped):
        cast.do("acknowledge", case, definition="Damp.", way="letter")
    for name, count in (("officer", 1), ("colleague", 1), ("investigator", 0)):
        user, role = cast.users[name], cast.roles[name]
        assert stops.on_list_of(cast.landlord.pk, user, [role]).count() == count


def test_a_handler_who_has_left_leaves_it_to_the_officers(cast: Cast) -> None:
    case = open_case(cast)
    she_says_what_is_safe(cast)
    cast.investigator.is_active = False
    cast.investigator.save()
    with pytest.raises(Stopped):
        cast.do("update", case, summary="News.", way="email")
    assert stops.waiting(cast.landlord.pk).get().handler is None


def test_once_it_is_told_by_a_safe_way_it_is_off_the_list(cast: Cast) -> None:
    case = open_case(cast)
    she_says_what_is_safe(cast)
    with pytest.raises(Stopped):
        cast.do("update", case, summary="News.", way="email")
    outcome = cast.do("update", case, summary="News.", way="telephone")
    settled = Stop.objects.get()
    assert (settled.settled_by, settled.settled_how) == (cast.officer, "Told by telephone instead.")
    assert outcome.entry.data["told"] == {"way": "telephone"}


def test_a_role_that_may_not_do_it_learns_nothing_of_what_is_safe_and_stops_nothing(cast: Cast) -> None:
    case = open_case(cast)
    she_says_what_is_safe(cast)
    with pytest.raises(Refused) as refused:
        cast.do("update", case, by="board_member", summary="News.", way="email")
    assert [each.ref for each in refused.value.judgement.refused] == ["role"]
    assert not Stop.objects.exists()


def test_the_stop_outlives_what_rolled_back(committed_cast: Cast) -> None:
    cast = committed_cast
    case = open_case(cast)
    she_says_what_is_safe(cast)
    with pytest.raises(Stopped):
        cast.do("respond", case, decisions=[], way="letter")
    assert Stop.objects.get().way == "letter"
    assert Entry.objects.filter(case=case.pk, verb="respond").count() == 0


# A test of the test


@pytest.mark.parametrize("name", ["acknowledge", "respond", "a_reminder_of_the_test"])
def test_it_goes_red_when_the_gate_is_off(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    case = scene(cast, name)
    she_says_what_is_safe(cast)
    monkeypatch.setattr(telling, "ask", lambda *given: None)
    monkeypatch.setattr(leaving, "_answer", lambda *given: telling.rules.Answer(True))
    with pytest.raises(AssertionError, match=": left"):
        nothing_leaves_but(cast, case, everything(name), only_the_safe_number)


def test_it_goes_red_when_nobody_has_a_list(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = scene(cast, "update")
    she_says_what_is_safe(cast)
    monkeypatch.setattr(stops, "stop", lambda *given: None)
    with pytest.raises(AssertionError, match="on nobody's list"):
        nothing_leaves_but(cast, case, everything("update"), only_the_safe_number)
