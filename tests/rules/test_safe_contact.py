"""What may reach somebody: deny by default once anything is said, and nothing is let go by a further fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from complaint_rules import safe_contact
from complaint_rules.safe_contact import (
    REASONS,
    WAYS,
    Answer,
    Detail,
    Facts,
    Instruction,
    Mandate,
    SafeWay,
    Sending,
    as_representative,
    format_of,
    may_be_same,
    may_leave,
    may_speak_for,
    next_safe_moment,
    same,
    way_as_kept,
)

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 12, 1, 12, tzinfo=LONDON)
HELD = (
    Detail("telephone", "07700 900123"),
    Detail("email", "amira@example.org"),
    Detail("address", "14 Sedge Court, Ternbridge"),
)
NOBODY_SAID = Facts(held=HELD)
CALLS = SafeWay("telephone", "07700 900555", time(9), time(15))
SAID = Facts(instruction=Instruction((CALLS,), not_to=("shared@example.org",)), held=HELD)


def ask(facts: Facts, way: str, to: str = "", at: datetime = NOON, voicemail: bool = False) -> Answer:
    return may_leave(facts, Sending(way, at, to, voicemail))


# Where nobody has said anything


@pytest.mark.parametrize("way", WAYS)
def test_where_nobody_has_said_anything_every_way_is_open(way: str) -> None:
    assert ask(NOBODY_SAID, way).allowed
    assert ask(Facts(), way).allowed


def test_the_way_need_not_be_chosen_then() -> None:
    assert ask(NOBODY_SAID, "").allowed


def test_an_address_is_never_used_without_saying_which_way() -> None:
    assert ask(NOBODY_SAID, "", to="anybody@example.org").why == "way_needed"


def test_it_goes_to_the_detail_that_we_hold() -> None:
    assert ask(NOBODY_SAID, "email").to == "amira@example.org"
    assert ask(NOBODY_SAID, "email", to=" AMIRA@example.org ").allowed


def test_a_new_address_is_not_believed_and_an_unknown_one_is_not_used() -> None:
    claimed = replace(NOBODY_SAID, claimed=(Detail("email", "new@example.org"),))
    assert ask(claimed, "email", to="new@example.org").why == "claimed"
    assert ask(claimed, "email").to == "amira@example.org"
    assert ask(NOBODY_SAID, "email", to="stranger@example.org").why == "not_held"


def test_a_claim_alone_is_no_address() -> None:
    only_claimed = Facts(claimed=(Detail("telephone", "07700 900999"),))
    assert ask(only_claimed, "text").why == "claimed"
    assert ask(only_claimed, "email").allowed, "nothing is claimed of that kind"


def test_a_joint_tenants_address_is_not_theirs() -> None:
    shared = replace(NOBODY_SAID, shared=(Detail("email", "karl@example.org"),))
    assert ask(shared, "email", to="Karl@Example.org").why == "not_theirs"


def test_a_home_that_they_have_left_is_not_written_to() -> None:
    moved = replace(NOBODY_SAID, left=("14 Sedge Court, Ternbridge",))
    assert [ask(moved, way).why for way in ("letter", "visit")] == ["moved", "moved"]
    assert ask(moved, "email").allowed


@pytest.mark.parametrize(
    ("adjustment", "blocked"),
    [
        ("telephone_only", {"text", "email", "letter", "portal", "visit"}),
        ("no_telephone", {"telephone"}),
        ("sign_language", {"telephone"}),
        ("interpreter", set()),
        ("text_relay", set()),
        ("large_print", set()),
        ("more_time", set()),
        ("face_to_face", set()),
        ("other", set()),
    ],
)
def test_an_adjustment_blocks_what_would_not_reach_them(adjustment: str, blocked: set[str]) -> None:
    facts = replace(NOBODY_SAID, adjustments=frozenset({adjustment}))
    stopped = {way: ask(facts, way) for way in WAYS if not ask(facts, way).allowed}
    assert set(stopped) == blocked
    assert all(each.why == adjustment and each.ref == "adjustment" for each in stopped.values())


def test_sign_language_with_text_relay_may_be_rung() -> None:
    facts = replace(NOBODY_SAID, adjustments=frozenset({"sign_language", "text_relay"}))
    answer = ask(facts, "telephone")
    assert answer.allowed
    assert "Ring by text relay." in answer.advice


def test_what_to_mind_is_said_where_it_matters() -> None:
    facts = replace(NOBODY_SAID, adjustments=frozenset({"interpreter", "braille"}))
    assert any("interpreter" in each for each in ask(facts, "telephone").advice)
    assert ask(facts, "letter").advice == ("Send it in braille.",)


@pytest.mark.parametrize(
    ("agreed", "wanted"),
    [
        ([], "standard"),
        (["telephone_only", "more_time"], "standard"),
        (["large_print"], "large_print"),
        (["braille", "plain_text"], "plain_text"),
    ],
)
def test_the_format_is_what_was_agreed(agreed: list[str], wanted: str) -> None:
    assert format_of(agreed) == wanted


# Once anything is said


@pytest.mark.parametrize("way", [way for way in WAYS if way != "telephone"])
def test_a_way_that_is_not_listed_is_not_safe(way: str) -> None:
    assert ask(SAID, way).why == "way_not_safe"


def test_the_way_must_be_chosen() -> None:
    assert ask(SAID, "").why == "way_needed"
    assert ask(SAID, "pigeon").why == "way_unknown"


def test_where_no_way_is_open_now_it_is_not_asked_for_but_stopped() -> None:
    evening = ask(SAID, "", at=NOON.replace(hour=20))
    assert (evening.why, evening.not_before) == ("nothing_now", NOON.replace(hour=9) + timedelta(days=1))
    assert ask(Facts(instruction=Instruction()), "").why == "nothing_safe"


def test_what_is_said_in_a_call_that_they_began_is_not_sent_anywhere() -> None:
    coded = replace(SAID, instruction=Instruction(code_word=True))
    answer = ask(coded, "their_contact", at=NOON.replace(hour=23))
    assert (answer.allowed, answer.to) == (True, "")
    assert answer.advice == ("Ask for the code word before you say anything.",)
    assert ask(coded, "their_contact", to="07700 900123").why == "way_unknown"


def test_only_the_safe_number_is_rung() -> None:
    assert ask(SAID, "telephone").to == "07700 900555"
    assert ask(SAID, "telephone", to="+44 (0)7700 900 555").allowed
    assert ask(SAID, "telephone", to="07700 900123").why == "address_not_safe", "the one we hold is not"


def test_with_nothing_listed_nothing_is_safe() -> None:
    facts = Facts(instruction=Instruction(not_to=("shared@example.org",)), held=HELD)
    assert {ask(facts, way).why for way in WAYS} == {"nothing_safe"}


@pytest.mark.parametrize(
    ("at", "allowed", "next_at"),
    [
        ("2026-12-01T08:59", False, "2026-12-01T09:00"),
        ("2026-12-01T09:00", True, ""),
        ("2026-12-01T14:59", True, ""),
        ("2026-12-01T15:00", False, "2026-12-02T09:00"),
        ("2026-12-01T23:30", False, "2026-12-02T09:00"),
        ("2026-10-24T16:00", False, "2026-10-25T09:00"),
        ("2026-03-28T16:00", False, "2026-03-29T09:00"),
    ],
)
def test_outside_the_hours_it_waits_until_the_next_safe_hour(at: str, allowed: bool, next_at: str) -> None:
    answer = ask(SAID, "telephone", at=datetime.fromisoformat(at).replace(tzinfo=LONDON))
    assert answer.allowed is allowed
    when = answer.not_before.strftime("%Y-%m-%dT%H:%M") if answer.not_before else ""
    assert (answer.why, when) == (("", "") if allowed else ("outside_hours", next_at))


def test_the_hours_are_those_of_london_whatever_the_clock_of_the_machine() -> None:
    summer = datetime(2026, 7, 1, 14, 30, tzinfo=ZoneInfo("UTC"))
    assert ask(SAID, "telephone", at=summer).why == "outside_hours"


def test_hours_may_go_over_midnight() -> None:
    nights = SafeWay("telephone", "07700 900555", time(22), time(6))
    for hour, safe in ((21, False), (22, True), (23, True), (3, True), (6, False), (12, False)):
        moment = datetime(2026, 12, 1, hour, tzinfo=LONDON)
        assert (next_safe_moment(nights, moment) == moment) is safe, hour


def test_hours_that_never_come_let_nothing_go() -> None:
    never = SafeWay("telephone", "07700 900555", time(9), time(9))
    answer = ask(Facts(instruction=Instruction((never,))), "telephone")
    assert (answer.why, answer.not_before) == ("outside_hours", None)


def test_of_two_safe_numbers_the_one_that_is_safe_now_is_used() -> None:
    evening = SafeWay("telephone", "07700 900777", time(18), time(20))
    both = Facts(instruction=Instruction((evening, CALLS)))
    assert ask(both, "telephone").to == "07700 900555"
    assert ask(both, "telephone", at=NOON.replace(hour=19)).to == "07700 900777"
    assert ask(both, "telephone", at=NOON.replace(hour=16)).not_before == NOON.replace(hour=18)


def test_no_message_is_left_unless_that_is_safe() -> None:
    assert ask(SAID, "telephone", voicemail=True).why == "voicemail"
    assert "Leave no message if they do not answer." in ask(SAID, "telephone").advice
    may = Facts(instruction=Instruction((replace(CALLS, voicemail=True),)))
    assert ask(may, "telephone", voicemail=True).allowed


def test_the_code_word_is_asked_for_before_anything_is_said() -> None:
    coded = Facts(instruction=Instruction((CALLS,), code_word=True))
    assert ask(coded, "telephone").advice[0] == "Ask for the code word before you say anything."


def test_what_is_on_both_lists_is_not_safe() -> None:
    mail = SafeWay("email", "amira@example.org")
    facts = Facts(instruction=Instruction((mail,), not_to=("Amira@Example.org",)))
    assert ask(facts, "email").why == "barred"


def test_a_number_of_somebody_whom_nothing_may_reach_is_not_safe_even_if_it_is_listed() -> None:
    feared = replace(SAID, feared=(Detail("telephone", "+447700900555"),))
    assert ask(feared, "telephone").why == "feared"


def test_a_visit_to_a_home_of_somebody_whom_nothing_may_reach_is_not_safe() -> None:
    visits = Facts(
        instruction=Instruction((SafeWay("visit", "14 Sedge Ct, Ternbridge TB1 2AA"),)),
        feared=(Detail("address", "14 Sedge Court, Ternbridge"),),
    )
    assert ask(visits, "visit").why == "feared"


def test_a_detail_shared_with_a_joint_tenant_is_safe_only_where_it_is_written_out() -> None:
    shared = (Detail("address", "14 sedge court"),)
    held = Facts(instruction=Instruction((SafeWay("letter"),)), held=HELD, shared=shared)
    assert ask(held, "letter").why == "shared"
    written_out = replace(held, instruction=Instruction((SafeWay("letter", "14 Sedge Court, Ternbridge"),)))
    assert ask(written_out, "letter").allowed


def test_a_safe_way_without_any_number_stops() -> None:
    assert ask(Facts(instruction=Instruction((SafeWay("email"),))), "email").why == "no_address"


def test_the_portal_needs_no_address_and_takes_none() -> None:
    assert ask(NOBODY_SAID, "portal", to="x@example.org").why == "not_held"
    facts = Facts(instruction=Instruction((SafeWay("portal"),)))
    assert ask(facts, "portal").allowed
    assert ask(facts, "portal", to="x@example.org").why == "address_not_safe"


def test_an_adjustment_stands_in_the_way_of_a_safe_way_too() -> None:
    assert ask(replace(SAID, adjustments=frozenset({"no_telephone"})), "telephone").why == "no_telephone"


# Whoever acts for them

DAY = date(2026, 12, 1)
WRITTEN = Mandate(True, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("mandates", "said", "careful", "why"),
    [
        ([], None, False, "no_authority"),
        ([], True, False, ""),
        ([], True, True, "authority_not_written"),
        ([], False, False, "authority_ended"),
        ([WRITTEN], None, True, ""),
        ([WRITTEN], False, False, "authority_ended"),
        ([replace(WRITTEN, written=False)], True, False, "authority_not_written"),
        ([replace(WRITTEN, expires_on=date(2026, 11, 30))], True, False, "authority_ended"),
        ([replace(WRITTEN, expires_on=DAY)], None, False, ""),
        ([replace(WRITTEN, ended_on=DAY)], True, False, "authority_ended"),
        ([replace(WRITTEN, since=date(2026, 12, 2))], True, False, "authority_ended"),
        ([replace(WRITTEN, cases=frozenset({"tv-26-0002"}))], True, False, "authority_elsewhere"),
        ([replace(WRITTEN, cases=frozenset({"tv-26-0001"}))], None, False, ""),
    ],
)
def test_a_representative_needs_authority_that_lives_is_written_and_covers_the_case(
    mandates: list[Mandate], said: bool | None, careful: bool, why: str
) -> None:
    assert may_speak_for(mandates, said, "TV-26-0001", DAY, careful) == why


def test_what_the_resident_bars_is_barred_for_their_representative() -> None:
    own = Facts(held=(Detail("email", "shared@example.org"),))
    assert ask(own, "email").allowed
    assert ask(as_representative(own, SAID), "email").why == "barred"


# However it is written


@pytest.mark.parametrize(
    "written",
    [
        "07700 900123",
        "+44 7700 900123",
        "+44 (0)7700 900-123",
        "0044 7700 900123",
        "7700900123",
        "\uff0b44 7700 900123",
    ],
)
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert same("telephone", written, "07700900123")


@pytest.mark.parametrize("other", ["07700 900124", "", "0770 0900", "07700 900123 ext 4"])
def test_another_number_is_another(other: str) -> None:
    assert not same("telephone", other, "07700900123")


@pytest.mark.parametrize(
    ("one", "other", "equal", "perhaps"),
    [
        ("14 Sedge Court", "14 SEDGE COURT.", True, True),
        ("14 Sedge Ct", "14, Sedge Court", True, True),
        ("14 Sedge Court", "14 Sedge Court, Ternbridge", False, True),
        ("Flat 2, 14 Sedge Court", "14 Sedge Court", False, True),
        ("4 Sedge Court", "14 Sedge Court", False, False),
        ("14 Sedge Court, TB1 2AA", "14 Sedge Court, TB12AA", True, True),
        ("St Mary\u2019s House", "St Marys House", True, True),
        ("", "14 Sedge Court", False, False),
    ],
)
def test_an_address_lets_go_only_where_it_is_equal_and_stops_where_it_may_be(
    one: str, other: str, equal: bool, perhaps: bool
) -> None:
    assert same("address", one, other) is equal
    assert may_be_same("address", one, other) is perhaps
    assert may_be_same("address", other, one) is perhaps


def test_two_spellings_of_one_mailbox_may_be_the_same() -> None:
    assert may_be_same("email", "a.yusuf+x@gmail.com", "ayusuf@googlemail.com")
    assert not same("email", "a.yusuf+x@gmail.com", "ayusuf@googlemail.com")


def test_nothing_that_is_kept_wrongly_allows_anything() -> None:
    for kept in ({}, {"way": "pigeon"}, {"way": "email", "to": 3}, {"way": "telephone", "from": "nine"}):
        assert way_as_kept(kept) is None
    assert way_as_kept(
        {"way": "telephone", "from": "09:00", "until": "15:00", "voicemail": "yes"}
    ) == SafeWay("telephone", "", time(9), time(15))


# Whatever the facts

ADDRESSES = [
    "a@example.org",
    "b@example.org",
    "07700 900001",
    "+447700900001",
    "07700 900002",
    "1 Mill Row",
    "2 Mill Row",
]
KINDS = ["telephone", "email", "address"]
HOURS = st.sampled_from([None, time(0), time(9), time(15), time(22)])
details = st.builds(Detail, st.sampled_from(KINDS), st.sampled_from(ADDRESSES))
several = st.lists(details, max_size=3).map(tuple)
texts = st.lists(st.sampled_from(ADDRESSES), max_size=2).map(tuple)
safe_ways = st.builds(
    SafeWay, st.sampled_from(WAYS), st.sampled_from(["", *ADDRESSES]), HOURS, HOURS, st.booleans()
)
instructions = st.builds(Instruction, st.lists(safe_ways, max_size=4).map(tuple), texts, st.booleans())
adjustments = st.frozensets(
    st.sampled_from(
        ["telephone_only", "no_telephone", "sign_language", "text_relay", "large_print", "interpreter"]
    ),
    max_size=3,
)
facts_of_anybody = st.builds(
    Facts, st.none() | instructions, adjustments, several, several, several, several, texts, texts
)
MIDNIGHT = datetime(2026, 1, 1, tzinfo=LONDON)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: MIDNIGHT + timedelta(minutes=minutes))
sendings = st.builds(
    Sending, st.sampled_from([*WAYS, "", "pigeon"]), moments, st.sampled_from(["", *ADDRESSES]), st.booleans()
)


@given(facts_of_anybody, sendings)
def test_what_is_let_go_once_something_is_said_stands_on_the_list(facts: Facts, sending: Sending) -> None:
    answer = may_leave(facts, sending)
    if not answer.allowed or facts.instruction is None:
        return
    kind = safe_contact.KIND.get(sending.way)
    matching = [
        each
        for each in facts.instruction.allowed
        if each.way == sending.way
        and next_safe_moment(each, sending.at) == sending.at
        and (kind is None or same(kind, each.to or facts.of_kind(kind), answer.to))
    ]
    assert matching
    assert not sending.to or (kind and same(kind, sending.to, answer.to))
    assert not (kind and any(may_be_same(kind, answer.to, each) for each in facts.instruction.not_to))
    assert not (
        kind and any(each.kind == kind and may_be_same(kind, answer.to, each.value) for each in facts.feared)
    )


@given(facts_of_anybody, sendings)
def test_what_stops_says_why_and_what_to_do_and_nothing_that_is_unsafe_to_show(
    facts: Facts, sending: Sending
) -> None:
    answer = may_leave(facts, sending)
    if answer.allowed:
        assert not (answer.why or answer.says)
        return
    assert answer.says == REASONS[answer.why].says
    assert answer.unlock
    assert answer.ref in ("safe_contact", "adjustment", "address", "authority", "way")
    assert not answer.to
    assert not any(each in f"{answer!r}{answer.says}{answer.unlock}" for each in ADDRESSES)


MORE = {
    "an adjustment that blocks": lambda facts, detail, text: replace(
        facts, adjustments=facts.adjustments | {"no_telephone"}
    ),
    "one way only": lambda facts, detail, text: replace(
        facts, adjustments=facts.adjustments | {"telephone_only"}
    ),
    "a claim": lambda facts, detail, text: replace(facts, claimed=(*facts.claimed, detail)),
    "somebody feared": lambda facts, detail, text: replace(facts, feared=(*facts.feared, detail)),
    "somebody at the home": lambda facts, detail, text: replace(facts, shared=(*facts.shared, detail)),
    "a home that was left": lambda facts, detail, text: replace(facts, left=(*facts.left, text)),
    "what nothing may reach": lambda facts, detail, text: replace(facts, barred=(*facts.barred, text)),
    "an address said to be unsafe": lambda facts, detail, text: (
        facts
        if facts.instruction is None
        else replace(facts, instruction=replace(facts.instruction, not_to=(*facts.instruction.not_to, text)))
    ),
    "one safe way less": lambda facts, detail, text: (
        facts
        if facts.instruction is None
        else replace(facts, instruction=replace(facts.instruction, allowed=facts.instruction.allowed[1:]))
    ),
    "no safe way at all": lambda facts, detail, text: replace(facts, instruction=Instruction()),
}


@given(facts_of_anybody, sendings, st.sampled_from(sorted(MORE)), details, st.sampled_from(ADDRESSES))
@example(
    NOBODY_SAID, Sending("email", NOON, "new@example.org"), "a claim", Detail("email", "new@example.org"), ""
)
def test_nothing_that_was_stopped_is_let_go_by_a_further_fact(
    facts: Facts, sending: Sending, more: str, detail: Detail, text: str
) -> None:
    if not may_leave(facts, sending).allowed:
        assert not may_leave(MORE[more](facts, detail, text), sending).allowed


@given(facts_of_anybody, sendings, instructions)
def test_saying_what_is_safe_never_opens_a_way_that_it_does_not_name(
    facts: Facts, sending: Sending, said: Instruction
) -> None:
    answer = may_leave(replace(facts, instruction=said), sending)
    if answer.allowed:
        assert sending.way in {each.way for each in said.allowed}


@given(facts_of_anybody, facts_of_anybody, sendings)
def test_a_representative_is_told_nothing_where_they_alone_could_not_be(
    own: Facts, of_resident: Facts, sending: Sending
) -> None:
    if not may_leave(own, sending).allowed:
        assert not may_leave(as_representative(own, of_resident), sending).allowed


@given(safe_ways, moments)
def test_the_next_safe_moment_is_safe_and_within_a_day(safe: SafeWay, at: datetime) -> None:
    found = next_safe_moment(safe, at)
    if found is None:
        assert safe.start is not None and safe.start == safe.until
        return
    assert found >= at
    assert found - at <= timedelta(hours=25)
    assert next_safe_moment(safe, found) == found
