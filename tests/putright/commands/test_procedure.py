"""The five profiles and `putright procedure`: what an administrator reads of a procedure at a terminal."""

from __future__ import annotations

from datetime import date

import pytest

from complaint_rules import policy_check
from complaint_rules.editions import UnknownEdition
from complaint_rules.procedure import BadProcedure, Procedure
from complaint_rules.working_days import Convention
from putright.record.landlords import profiles

# The profiles, as the published forms give them


def own_times(name: str) -> dict[str, tuple[int, str, str]]:
    targets = profiles.profile(name).targets
    return {target.clock: (target.length, target.unit, target.starts) for target in targets}


def test_there_are_five_profiles() -> None:
    assert profiles.names() == (
        "frontline-2021",
        "nottingham-city-homes",
        "pivotal",
        "redditch",
        "womens-pioneer",
    )


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("nottingham-city-homes", {"acknowledge": (2, "working_days", "logged")}),
        (
            "womens-pioneer",
            {
                "acknowledge": (5, "working_days", "received"),
                "acknowledge_escalation": (5, "working_days", "requested"),
                "respond": (10, "working_days", "acknowledged"),
                "respond_stage_2": (20, "working_days", "acknowledged_escalation"),
                "escalate_by": (1, "months", "responded"),
                "call_back": (5, "working_days", "dissatisfied"),
            },
        ),
        (
            "frontline-2021",
            {"acknowledge": (1, "working_days", "received"), "update": (7, "days", "acknowledged")},
        ),
        (
            "redditch",
            {
                "acknowledge": (5, "working_days", "received"),
                "respond": (10, "working_days", "received"),
                "respond_stage_2": (20, "working_days", "requested"),
                "decline_by": (10, "working_days", "requested"),
            },
        ),
        ("pivotal", {}),
    ],
)
def test_a_profile_has_the_times_its_form_gives_and_no_others(
    name: str, times: dict[str, tuple[int, str, str]]
) -> None:
    assert own_times(name) == times


def test_a_profile_forces_no_edition_and_counts_days_in_the_usual_way() -> None:
    for name in profiles.names():
        assert profiles.profile(name).edition is None
        assert profiles.profile(name).convention is Convention.NEXT_WORKING_DAY


def test_only_the_landlord_that_rings_before_it_writes_must_ring() -> None:
    assert [name for name in profiles.names() if profiles.profile(name).outcome_call] == ["frontline-2021"]


def test_only_the_landlord_that_counts_its_first_step_counts_it() -> None:
    assert [name for name in profiles.names() if profiles.profile(name).counted_first_step] == [
        "frontline-2021"
    ]


def test_the_stage_2_manager_decides_on_stage_2_at_redditch_alone() -> None:
    deciders = {name: profiles.profile(name).stage_2_decided_by for name in profiles.names()}
    assert {name: role for name, role in deciders.items() if role} == {"redditch": "reviewer"}


def test_a_small_association_sends_stage_2_to_a_director() -> None:
    assert profiles.profile("womens-pioneer").stage_2_seniority == "director"


# A worked case names its landlord


def test_code_defaults_can_be_asked_for_with_changes() -> None:
    given = profiles.for_landlord(
        edition="2024",
        award_approval_over=250,
        convention="roll_then_count",
        closure_days=[date(2025, 8, 26)],
    )
    assert given == Procedure(
        edition="2024",
        award_approval_over=25_000,
        convention=Convention.ROLL_THEN_COUNT,
        closure_days=(date(2025, 8, 26),),
        statements=given.statements,
    )


def test_a_profile_keeps_what_a_case_does_not_change() -> None:
    given = profiles.for_landlord(profile="redditch", award_approval_over=99.5)
    assert given.award_approval_over == 9_950
    assert given.targets == profiles.profile("redditch").targets


def test_a_case_may_change_one_time_of_a_profile() -> None:
    given = profiles.for_landlord(profile="redditch", targets={"acknowledge": "3 working days from receipt"})
    assert {target.clock: target.length for target in given.targets} == {
        "acknowledge": 3,
        "respond": 10,
        "respond_stage_2": 20,
        "decline_by": 10,
    }


@pytest.mark.parametrize(
    ("landlord", "error", "says"),
    [
        ({"profile": "reditch"}, profiles.UnknownProfile, "Did you mean redditch?"),
        ({"profile": 7}, profiles.UnknownProfile, "Name a profile"),
        ({"edition": "2023"}, UnknownEdition, '"2023"'),
        ({"profile": "redditch", "conventoin": "same_day"}, BadProcedure, "Did you mean convention?"),
        ({"convention": "next_day"}, BadProcedure, "next_working_day"),
        ({"award_approval_over": "lots"}, BadProcedure, "write pounds"),
        ({"closure_days": ["26/08/2025"]}, BadProcedure, "2026-11-26"),
    ],
)
def test_a_landlord_that_cannot_be_is_refused_with_the_reason(
    landlord: dict[str, object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says.replace("?", r"\?")):
        profiles.for_landlord(**landlord)  # type: ignore[arg-type]


# What the published forms make certain, written by hand from them before the rules were

CERTAIN = {
    ("nottingham-city-homes", "2022"): {
        "1.2": "met",
        "1.4": "breached",  # the first report of anything is a service request
        "1.5": "met",
        "1.8": "cannot_tell",  # a list in the policy, not given
        "2.1": "met",
        "2.2": "met",
        "2.7": "met",
        "2.8": "met",  # from the acknowledgement on
        "4.1": "breached",  # two days from entering the procedure, not from receipt
        "4.13": "cannot_tell",  # in the policy, days not stated
        "4.14": "cannot_tell",
        "4.16": "met",
        "5.1": "cannot_tell",  # no number of days
        "5.11": "met",
        "5.12": "met",
        "5.13": "cannot_tell",
        "5.17": "met",
        "5.18": "not_applicable",
        "7.3": "breached",  # a board is not a member of it
    },
    ("nottingham-city-homes", "2024"): {
        "1.4": "breached",
        "2.2": "cannot_tell",
        "3.1": "met",
        "3.7": "met",
        "5.3": "met",
        "6.2": "breached",
        "6.3": "cannot_tell",
        "6.11": "cannot_tell",
        "6.12": "cannot_tell",
        "6.13": "met",
        "6.14": "cannot_tell",
        "6.15": "cannot_tell",
        "9.5": "breached",
    },
    ("womens-pioneer", "2022"): {
        "1.2": "met",
        "1.5": "met",
        "2.1": "met",
        "2.2": "not_applicable",  # no social media at all
        "2.7": "cannot_tell",  # the form says two things
        "2.8": "cannot_tell",
        "4.1": "breached",  # an informal attempt, then stage 1
        "4.9": "met",
        "4.13": "met",
        "5.2": "met",
        "5.3": "met",
        "5.12": "met",
        "5.17": "met",
        "7.3": "met",
        "7.6": "breached",
    },
    ("womens-pioneer", "2024"): {
        "3.1": "met",
        "3.7": "cannot_tell",
        "5.2": "breached",
        "5.3": "met",
        "6.2": "met",
        "6.3": "met",
        "6.4": "met",
        "6.5": "breached",  # the Ombudsman's details only if the new day is not agreed
        "6.11": "met",
        "6.12": "breached",  # a form that asks what is not resolved
        "6.13": "met",
        "6.14": "met",
        "6.15": "met",
        "9.5": "met",
        "9.8": "breached",
    },
    ("frontline-2021", "2022"): {
        "1.2": "met",
        "1.8": "cannot_tell",
        "2.1": "cannot_tell",
        "4.1": "breached",
        "4.10": "met",  # weekly or every five days: regular either way
        "4.14": "breached",
        "5.1": "cannot_tell",  # ten days, counted from nobody says when
        "5.13": "cannot_tell",
        "7.3": "cannot_tell",
    },
    ("frontline-2021", "2024"): {
        "2.2": "breached",  # what is not escalated must be fair too
        "5.2": "breached",
        "5.3": "breached",
        "5.11": "breached",
        "6.2": "met",
        "6.3": "cannot_tell",
        "6.12": "breached",
        "6.14": "cannot_tell",
        "9.5": "cannot_tell",
    },
    ("redditch", "2022"): {
        "1.2": "breached",
        "1.5": "breached",
        "2.1": "met",
        "4.1": "breached",
        "4.13": "cannot_tell",
        "4.14": "breached",
        "5.1": "met",
        "5.12": "met",
        "5.13": "met",
        "5.17": "met",
        "7.3": "cannot_tell",
    },
    ("redditch", "2024"): {
        "1.2": "breached",
        "1.6": "breached",
        "2.2": "breached",
        "2.3": "met",
        "3.1": "met",
        "5.2": "breached",
        "5.3": "met",
        "5.11": "breached",
        "6.2": "met",
        "6.3": "met",
        "6.4": "met",
        "6.11": "cannot_tell",
        "6.13": "met",
        "6.14": "met",
        "6.15": "met",
    },
    ("pivotal", "2022"): {
        "1.2": "met",
        "1.8": "cannot_tell",
        "2.2": "met",
        "2.8": "met",
        "3.2": "cannot_tell",
        "4.1": "cannot_tell",
        "4.13": "cannot_tell",
        "5.1": "cannot_tell",
        "5.12": "met",
        "5.13": "cannot_tell",
        "5.17": "met",
        "7.3": "breached",
        "7.6": "breached",
    },
    ("pivotal", "2024"): {
        "3.7": "met",
        "5.2": "met",
        "5.3": "met",
        "6.2": "cannot_tell",
        "6.3": "cannot_tell",
        "6.11": "cannot_tell",
        "6.13": "met",
        "6.14": "cannot_tell",
        "9.5": "breached",
        "9.8": "breached",
    },
    ("redditch", "2020"): {"1.a": "breached", "2.a": "met", "3.d": "not_applicable", "4.c": "met"},
    ("frontline-2021", "2020"): {"1.a": "met", "3.d": "not_applicable", "4.c": "met", "6.d": "met"},
}


@pytest.mark.parametrize(("name", "edition"), CERTAIN)
def test_a_profile_is_judged_as_its_form_makes_certain(name: str, edition: str) -> None:
    found = policy_check.check(profiles.profile(name), edition)
    expected = CERTAIN[name, edition]
    assert {ref: str(found[ref].verdict) for ref in expected} == expected
