"""Two complaints become one, points leave for a case of their own, and both can be undone as if never done."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from complaint_rules import clocks
from putright.casework.act import Changed, NeedsMore, Refused
from putright.record.cases import index
from putright.record.cases.models import Case, CaseFinding, Considered, Owed
from putright.record.cases.reading import open_file
from putright.record.journal import queries
from putright.record.journal.models import Entry
from putright.upkeep.running.verify import verify

FIRST = {
    "account": "Damp in the back bedroom.",
    "points": ["Damp", "Missed visit"],
    "outcomes": ["Treat the walls"],
}
SECOND = {"account": "The boiler went off twice.", "points": ["No heating"], "outcomes": ["Mend it", "Money"]}


@pytest.fixture
def two(cast: Any) -> tuple[Any, Any]:
    """Received on Monday 16 November and acknowledged on Wednesday; and received on Thursday 19 November."""
    first = cast.receive("2026-11-16T09:30", **FIRST)
    cast.do("acknowledge", first, at="2026-11-18T10:00", definition="Damp and a missed visit.")
    second = cast.receive("2026-11-19T14:00", **SECOND)
    return cast.fresh(first), cast.fresh(second)


def read(case: Any) -> Any:
    case = Case.objects.select_related("landlord", "procedure").get(pk=case.pk)
    return index.read_case(case, queries.of_case(case.landlord_id, case.pk))


def state(case: Any) -> dict[str, Any]:
    """All that is stored and worked out of a case, but for how many entries it has."""
    row = Case.objects.filter(pk=case.pk).values().get()
    row.pop("entries")
    complaint = read(case)
    return {
        "row": row,
        "complaint": complaint,
        "due": clocks.due(complaint),
        "targets": clocks.targets(complaint),
        "runs": clocks.all_runs(complaint),
        "findings": list(
            CaseFinding.objects.filter(case=case.pk).order_by("provision").values(*index.FINDING_FIELDS)
        ),
        "considered": set(Considered.objects.filter(case=case.pk).values_list("person", "stage")),
        "owed": list(Owed.objects.filter(case=case.pk).order_by("number").values(*index.OWED_FIELDS)),
    }


def merge(cast: Any, kept: Any, other: Any, by: str = "officer", **given: Any) -> Any:
    given = {"reason": "Both are about the same two rooms."} | given
    return cast.do("merge_cases", kept, by=by, other=other.reference, **given)


def why_not(refused: Any) -> set[str]:
    return {each.ref for each in refused.value.judgement.refused}


# Whose clock runs


def test_the_clock_of_the_earliest_goes_on_where_the_later_one_is_merged_into_it(cast: Any, two: Any) -> None:
    first, second = two
    before = clocks.due(read(first))
    merge(cast, first, second)
    assert clocks.due(read(first)) == before == {"respond": date(2026, 12, 2)}
    assert read(first).on("received") == date(2026, 11, 16)


def test_the_clock_of_the_earliest_moves_with_it_where_it_is_merged_into_the_later_one(
    cast: Any, two: Any
) -> None:
    first, second = two
    assert clocks.due(read(second)) == {"acknowledge": date(2026, 11, 26), "respond": date(2026, 12, 10)}
    merge(cast, second, first)
    assert clocks.due(read(second)) == {"respond": date(2026, 12, 2)}
    kept = cast.fresh(second)
    assert (kept.received_on, kept.state, kept.stage) == (date(2026, 11, 16), "open", 1)


def test_the_merged_case_ends_with_no_clock_running_and_says_where_it_went(cast: Any, two: Any) -> None:
    first, second = two
    merge(cast, second, first)
    ended = cast.fresh(first)
    assert (ended.state, ended.merged_into_id, ended.next_due_on) == ("merged", second.pk, None)
    assert clocks.due(read(first)) == {}
    assert not CaseFinding.objects.filter(case=first.pk).exists()


def test_what_was_late_in_either_stays_late_and_is_counted_once(cast: Any) -> None:
    late = cast.receive("2026-11-02T09:30", **FIRST)
    cast.do("acknowledge", late, at="2026-11-12T10:00", definition="Damp.")
    early = cast.receive("2026-10-30T09:30", **SECOND)
    cast.do("acknowledge", early, at="2026-10-30T10:00", definition="Heating.")
    merge(cast, early, late)
    found = {row.provision: row.verdict for row in CaseFinding.objects.filter(case=early.pk)}
    assert found["6.2"] == "breached"
    assert not CaseFinding.objects.filter(case=late.pk).exists()


# What stands in it


def test_points_and_outcomes_stand_after_its_own_with_where_they_came_from(cast: Any, two: Any) -> None:
    first, second = two
    merge(cast, first, second)
    file = open_file(cast.fresh(first))
    assert [(each.number, each.text, each.came_from) for each in file.points()] == [
        (1, "Damp", ""),
        (2, "Missed visit", ""),
        (3, "No heating", second.reference),
    ]
    assert file.outcomes() == ["Treat the walls", "Mend it", "Money"]
    assert file.complaint.outcomes == 3
    assert file.accounts() == [(FIRST["account"], ""), (SECOND["account"], second.reference)]


def test_the_answer_to_a_merged_complaint_answers_the_points_of_both(cast: Any, two: Any) -> None:
    first, second = two
    merge(cast, first, second)
    decided = [{"point": number, "decision": "not_upheld", "reasons": "Seen."} for number in (1, 2)]
    with pytest.raises(Refused) as refused:
        answer(cast, first, decided)
    assert why_not(refused) == {"6.7"}
    answer(cast, first, [*decided, {"point": 3, "decision": "upheld", "reasons": "It was off."}])
    file = open_file(cast.fresh(first))
    assert file.points()[2].decisions[0].decision == "upheld"


def answer(cast: Any, case: Any, decisions: list[dict[str, Any]]) -> Any:
    from putright.casework import fields, verb

    given = fields.clean(verb("respond").function, {"decisions": decisions, "compensation": [{"amount": 50}]})
    return cast.do("respond", case, by="investigator", **given)


def test_promises_awards_needs_and_hazards_stand_in_the_kept_one(cast: Any, two: Any) -> None:
    first, second = two
    for case, what in ((first, "Treat the walls"), (second, "Fit a boiler"), (second, "Ring on Friday")):
        cast.do("promise", case, what=what, due=date(2026, 12, 18), owner="Repairs")
    cast.do("keep_promise", second, promise=2, proof="Rang.")
    cast.do("award", first, amount=2000, for_="distress", reason="Damp.")
    cast.do("award", second, amount=1000, for_="distress", reason="Cold.")
    cast.do("pay", second, award=1, reference="P1")
    cast.do(
        "record_needs",
        second,
        needs=["Uses a wheelchair"],
        adjustments=["Large print"],
        review_on=date(2027, 1, 4),
    )
    cast.do("report_hazard", second, kind="significant", aware_at=cast.clock.now)
    merge(cast, first, second)
    file = open_file(cast.fresh(first))
    assert [(p.number, p.what, p.came_from, p.run.done is not None, p.proof) for p in file.promises()] == [
        (1, "Treat the walls", "", False, ""),
        (2, "Fit a boiler", second.reference, False, ""),
        (3, "Ring on Friday", second.reference, True, "Rang."),
    ]
    assert [(a.amount, a.paid_on is not None, a.came_from) for a in file.awards()] == [
        (2000, False, ""),
        (1000, True, second.reference),
    ]
    assert file.needs() == ["Uses a wheelchair", "Large print"]
    due = clocks.due(file.complaint)
    assert set(due) >= {"promise:1", "promise:2", "hazard_investigate", "review_adjustments"}
    assert set(Owed.objects.filter(case=first.pk).values_list("number", flat=True)) == {1, 2, 3}
    assert not Owed.objects.filter(case=second.pk).exists()
    assert cast.fresh(first).has_needs
    cast.do("keep_promise", first, promise=2, proof="Fitted.")
    assert open_file(cast.fresh(first)).promises()[1].proof == "Fitted."


def test_the_earliest_edition_rules_a_complaint_merged_across_editions(cast: Any) -> None:
    old = cast.receive("2024-03-28T09:00", **FIRST)
    new = cast.receive("2024-04-03T09:00", **SECOND)
    cast.do("merge_cases", new, at="2024-04-04T09:00", other=old.reference, reason="The same trouble.")
    assert (cast.fresh(new).edition, read(new).edition.name) == ("2022", "2022")
    cast.do("unmerge_cases", new, at="2024-04-04T10:00", other=old.reference, reason="Not the same.")
    assert (cast.fresh(new).edition, cast.fresh(old).edition) == ("2024", "2022")


def test_who_considered_stage_1_of_either_has_considered_the_merged_one(cast: Any, two: Any) -> None:
    first, second = two
    cast.do("log_complaint", second)
    cast.do("draft_response", second, by="reviewer", text="Thank you for telling us.")
    merge(cast, first, second)
    answer(cast, first, [{"point": n, "decision": "not_upheld", "reasons": "Seen."} for n in (1, 2, 3)])
    cast.do("request_escalation", first)
    cast.do("escalate", first)
    with pytest.raises(Refused) as refused:
        cast.do("assign", first, handler=str(cast.reviewer.pk))
    assert why_not(refused) == {"6.13"}


def test_a_case_with_one_merged_into_it_can_itself_be_merged(cast: Any, two: Any) -> None:
    first, second = two
    third = cast.receive("2026-11-13T09:00", account="No hot water.", points=["No hot water"], outcomes=[])
    merge(cast, second, first)
    merge(cast, third, second)
    file = open_file(cast.fresh(third))
    assert [(each.text, each.came_from) for each in file.points()] == [
        ("No hot water", ""),
        ("No heating", second.reference),
        ("Damp", first.reference),
        ("Missed visit", first.reference),
    ]
    assert verify().differences == []
    assert read(third).on("received") == date(2026, 11, 13)


# Undone


@pytest.mark.parametrize("into_the_earlier", [True, False])
def test_undoing_a_merge_leaves_both_as_they_were(cast: Any, two: Any, into_the_earlier: bool) -> None:
    kept, other = two if into_the_earlier else reversed(two)
    before = state(kept), state(other)
    merge(cast, kept, other)
    assert state(kept) != before[0]
    cast.clock.pass_by(days=9)
    cast.do("unmerge_cases", kept, other=other.reference, reason="They are two troubles.")
    assert (state(kept), state(other)) == before
    assert verify().differences == []


def test_what_was_done_since_and_does_not_rest_on_it_stays(cast: Any, two: Any) -> None:
    first, second = two
    merge(cast, first, second)
    cast.do("assign", first, handler=str(cast.investigator.pk))
    cast.do(
        "record_contact", first, direction="in", channel="telephone", with_="Amira", summary="Asked for news."
    )
    cast.do("unmerge_cases", first, other=second.reference, reason="They are two troubles.")
    assert read(first).handler == str(cast.investigator.pk)
    assert read(second).handler is None


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("extend", {"until": date(2026, 12, 9), "reason": "A survey.", "ombudsman_details_given": True}),
        ("draft_response", {"text": "We looked at all three."}),
        ("withdraw", {"reason": "It is mended."}),
        ("keep_promise", {"promise": 1, "proof": "Done."}),
        ("change_promise", {"promise": 1, "due": date(2026, 12, 24), "reason": "Parts."}),
        ("promise", {"what": "Ring", "due": date(2026, 12, 24)}),
        ("split_case", {"points": [1], "reason": "Another team."}),
    ],
)
def test_it_is_not_undone_once_something_rests_on_it(
    cast: Any, two: Any, verb: str, given: dict[str, Any]
) -> None:
    first, second = two
    cast.do("promise", second, what="Fit a boiler", due=date(2026, 12, 18))
    merge(cast, first, second)
    cast.do(verb, first, **given)
    before = state(first), state(second)
    with pytest.raises(Refused) as refused:
        cast.do("unmerge_cases", first, other=second.reference, reason="They are two.")
    assert why_not(refused) == {"rests_on_merge"}
    assert (state(first), state(second)) == before
    assert Entry.objects.filter(case=first.pk).order_by("number").last().verb == "refused"


# What may not be merged


def test_two_residents_are_never_merged_into_one(cast: Any) -> None:
    mine = cast.receive(**FIRST)
    theirs = cast.receive(resident=another(cast), **SECOND)
    nobodys = cast.receive(resident=None, **SECOND)
    for other in (theirs, nobodys):
        with pytest.raises(Refused) as refused:
            merge(cast, mine, other)
        assert why_not(refused) == {"same_resident"}
    assert cast.fresh(theirs).state == "received"


def another(cast: Any) -> Any:
    from putright.record.people.models import Person

    return Person.objects.create(landlord=cast.landlord, name="Amira Yusuf", address="14 Sedge Court")


def test_neither_an_answered_complaint_nor_one_the_ombudsman_knows_is_merged(cast: Any, two: Any) -> None:
    first, second = two
    cast.do("ombudsman_enquires", second, by="liaison")
    with pytest.raises(Refused) as refused:
        merge(cast, first, second)
    assert why_not(refused) == {"with_ombudsman"}
    third = cast.receive(**SECOND)
    answer(cast, first, [{"point": n, "decision": "not_upheld", "reasons": "Seen."} for n in (1, 2)])
    for kept, other in ((first, third), (third, first)):
        with pytest.raises(Refused) as refused:
            merge(cast, kept, other)
        assert why_not(refused) == {"not_now"}


@pytest.mark.parametrize("named", ["", "nothing", "TV-99-0001", "' OR 1=1", "\0", "self", "theirs"])
def test_a_case_that_is_not_there_or_not_ours_or_the_same_is_asked_for_again(
    cast: Any, two: Any, named: str
) -> None:
    first, _ = two
    theirs = cast.receive(landlord=cast.other_landlord, resident=None)
    reference = {"self": first.reference, "theirs": theirs.reference}.get(named, named)
    with pytest.raises(NeedsMore) as needs:
        cast.do("merge_cases", first, other=reference, reason="The same.")
    assert needs.value.judgement.needs == ["other"]


def test_only_an_officer_merges_and_nobody_acts_on_a_merged_case(cast: Any, two: Any) -> None:
    first, second = two
    for role in ("investigator", "contact_staff", "auditor", "administrator"):
        with pytest.raises(Refused) as refused:
            merge(cast, first, second, by=role)
        assert why_not(refused) == {"role"}
    merge(cast, first, second)
    for verb, given in (
        ("acknowledge", {"definition": "x"}),
        ("record_contact", {}),
        ("correct", {"entry": 1}),
    ):
        with pytest.raises(Refused) as refused:
            cast.do(verb, second, **given)
        assert why_not(refused) == {"not_now"}


def test_sending_it_twice_merges_once_and_a_case_that_moved_on_is_said(cast: Any, two: Any) -> None:
    first, second = two
    cast.do("record_needs", second, needs=["Deaf"], adjustments=[])
    with pytest.raises(Changed):
        merge(cast, first, second, other_read_at=1)
    outcome = merge(cast, first, second, key="once")
    again = merge(cast, first, second, key="once")
    assert again.repeated
    assert again.entry.pk == outcome.entry.pk
    assert Entry.objects.filter(verb="merge_cases").count() == 2


def test_what_is_recorded_late_does_not_come_before_the_merge(cast: Any, two: Any) -> None:
    first, second = two
    merge(cast, second, first)
    with pytest.raises(Refused) as refused:
        cast.do("acknowledge", second, at="2026-11-20T10:00", definition="Heating.")
    assert "not_now" in why_not(refused)


def test_the_entry_that_merged_them_cannot_be_corrected_away_in_one_case_only(cast: Any, two: Any) -> None:
    first, second = two
    entry = merge(cast, first, second).entry.number
    with pytest.raises(Refused) as refused:
        cast.do("correct", first, entry=entry, strike=True, reason="A slip.")
    assert why_not(refused) == {"not_now"}


# Split


def test_points_that_leave_keep_the_received_date_and_all_that_was_done_in_time(cast: Any, two: Any) -> None:
    first, _ = two
    cast.do("extend", first, until=date(2026, 12, 9), reason="A survey.", ombudsman_details_given=True)
    outcome = cast.do("split_case", first, points=[2], reason="Another team.")
    made = outcome.new_case
    assert [each.text for each in open_file(cast.fresh(first)).points()] == ["Damp"]
    file = open_file(cast.fresh(made))
    assert [each.text for each in file.points()] == ["Missed visit"]
    assert (made.received_on, made.edition, made.state) == (date(2026, 11, 16), "2024", "open")
    assert clocks.due(read(made)) == clocks.due(read(first)) == {"respond": date(2026, 12, 9)}
    assert file.accounts() == [(FIRST["account"], first.reference)]
    assert file.outcomes() == ["Treat the walls"]
    assert (made.opened_from_id, file.complaint.split_from) == (first.pk, first.pk)
    assert {row.provision: row.verdict for row in CaseFinding.objects.filter(case=made.pk)}["5.6"] == "met"
    assert verify().differences == []


def test_a_split_is_undone_as_if_never_done_until_either_goes_on(cast: Any, two: Any) -> None:
    first, _ = two
    before = state(first)
    made = cast.do("split_case", first, points=[1], reason="Another team.").new_case
    cast.do("unsplit_case", first, other=made.reference, reason="The same team after all.")
    assert state(first) == before
    ended = cast.fresh(made)
    assert (ended.state, ended.merged_into_id, ended.next_due_on) == ("merged", first.pk, None)
    again = cast.do("split_case", first, points=[1], reason="Another team.").new_case
    cast.do("award", again, amount=1000, for_="distress", reason="Cold.")
    with pytest.raises(Refused) as refused:
        cast.do("unsplit_case", first, other=again.reference, reason="The same team.")
    assert why_not(refused) == {"rests_on_split"}
    assert verify().differences == []


@pytest.mark.parametrize(("points", "needed"), [([], True), ([9], True), ([1, 2], False)])
def test_some_points_leave_and_some_stay(cast: Any, two: Any, points: list[int], needed: bool) -> None:
    first, _ = two
    cases = Case.objects.count()
    with pytest.raises(NeedsMore if needed else Refused):
        cast.do("split_case", first, points=points, reason="Another team.")
    assert Case.objects.count() == cases


# Linked


def test_two_cases_are_linked_from_either_and_by_either_role(cast: Any, two: Any) -> None:
    first, second = two
    cast.do(
        "link_cases",
        first,
        by="investigator",
        other=second.reference,
        how="follow_on",
        reason="It came back.",
    )
    assert (read(first).links, read(second).links) == ({second.pk: "follow_on"}, {first.pk: "follow_on"})
    cast.do("unlink_cases", second, other=first.reference, reason="It did not.")
    assert (read(first).links, read(second).links) == ({}, {})
    with pytest.raises(Refused):
        cast.do("unlink_cases", second, other=first.reference, reason="Again.")
    assert verify().differences == []


# Privileged words, and what verify finds


ADVICE = "In our view the claim would fail because the notice was served out of time and on the wrong form."


@pytest.mark.parametrize("how", ["merged", "split"])
def test_advice_taken_in_either_case_stays_privileged(cast: Any, two: Any, how: str) -> None:
    first, second = two
    cast.do("record_advice", first, by="investigator", advice=ADVICE, adviser="Marsh")
    if how == "merged":
        merge(cast, second, first)
        case, points = second, 3
    else:
        case, points = cast.do("split_case", first, points=[1], reason="Another team.").new_case, 1
    decided = [{"point": n, "decision": "not_upheld", "reasons": ADVICE} for n in range(1, points + 1)]
    with pytest.raises(Refused) as refused:
        answer(cast, case, decided)
    assert why_not(refused) == {"advice_privileged"}
    for by, reads in (("officer", how == "merged"), ("auditor", False), ("service_manager", False)):
        page = cast.client(by).get(f"/cases/{case.reference}/").content.decode()
        assert (ADVICE in page) is reads, by


def test_verify_finds_an_entry_that_tells_of_the_other_case_what_never_was(cast: Any, two: Any) -> None:
    from django.db import connection

    from putright.record.journal import triggers

    first, second = two
    made = merge(cast, first, second).entry
    assert verify().differences == []
    data = made.data
    data["facts"][0]["on"] = "2026-11-01"
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET data = %s WHERE id = %s", [json.dumps(data), made.pk])
    triggers.lay(connection)
    found = verify().differences or []
    assert any(each.entry == made.number and "other case" in each.says for each in found)
