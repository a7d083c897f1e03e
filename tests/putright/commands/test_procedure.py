"""The five profiles and `putright procedure`: what an administrator reads of a procedure at a terminal."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import policy_check
from complaint_rules.editions import UnknownEdition
from complaint_rules.findings import Verdict
from complaint_rules.procedure import CODE_DEFAULT, BadProcedure, Procedure, read, settings
from complaint_rules.procedure.schema import schema
from complaint_rules.working_days import Convention
from putright import yaml_files
from putright.cli import main
from putright.record.landlords import profiles

DOCS = Path(__file__).resolve().parents[3] / "docs"

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


def test_a_form_that_says_two_things_has_both_kept() -> None:
    found = {
        name: [each.about for each in policy_check.contradictions(profiles.profile(name))]
        for name in profiles.names()
    }
    assert found == {
        "frontline-2021": ["the time for update", "ombudsman: evidence"],
        "nottingham-city-homes": [],
        "pivotal": [],
        "redditch": [],
        "womens-pioneer": ["where the Ombudsman's details are given"],
    }


def test_a_profile_states_no_time_that_its_form_leaves_to_the_code() -> None:
    for name in ("pivotal", "nottingham-city-homes"):
        times = settings(profiles.profile(name), "2024")
        sources = {each.clock: each.source for each in times}
        assert {sources[clock] for clock in ("respond", "respond_stage_2")} == {CODE_DEFAULT}


# The command

DRAFT = """\
name: tern-valley
title: Complaints policy
stages:
  - Informal stage
  - Stage 1
  - Stage 2
targets:
  respond_stage_2: 20 working days from the panel
escalation:
  reason_required: true
lead_member: The Board
"""


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run `putright procedure ...`: its exit code, what it printed and what it complained of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["procedure", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def draft(tmp_path: Path) -> str:
    file = tmp_path / "draft.yaml"
    file.write_text(DRAFT, encoding="utf-8")
    return str(file)


def test_check_prints_what_is_breached_with_its_line_and_exits_0(say: Any, draft: str) -> None:
    code, out, err = say("check", draft)
    assert (code, err) == (0, "")
    told = " ".join(out.split())
    assert "Complaints policy: against the 2024 Code" in told
    assert 'Line 4. Three stages: "Informal stage" beside the two. The Code allows two.' in told
    assert "Line 10. A resident must give a reason for stage 2. Make it optional." in told
    assert 'Line 8. 20 working days from "the panel".' in told
    assert "Line 11. The Board is a body." in told
    assert out.index("Breached (") < out.index("Cannot tell (") < out.index("Met (")


def test_check_prints_the_shape_that_others_rely_on(say: Any, draft: str) -> None:
    code, out, err = say("check", draft, "--edition", "2022", "--json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert set(document) == {"procedure", "edition", "findings", "contradictions"}
    assert (document["procedure"], document["edition"]) == ("tern-valley", "2022")
    assert document["findings"]["7.3"] == {
        "verdict": "breached",
        "says": "The Board is a body. One member, a person, must lead on complaints.",
        "where": "line 11",
    }
    assert document["findings"]["5.1"]["where"] == "not stated"
    assert {each["verdict"] for each in document["findings"].values()} <= set(Verdict)


def test_contradictions_are_printed_with_everything_said(say: Any) -> None:
    _, out, _ = say("check", "frontline-2021", "--json")
    (updates, evidence) = json.loads(out)["contradictions"]
    assert updates["about"] == "the time for update"
    assert [each["says"] for each in updates["said"]] == [
        "Once a week unless less often is preferred",
        "Every five days, if the resident agrees",
    ]
    assert all(each["where"].startswith("line ") for each in (*updates["said"], *evidence["said"]))
    _, out, _ = say("check", "frontline-2021")
    assert "Contradictions (2): both are kept" in out


@pytest.mark.parametrize("name", profiles.names())
@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
def test_every_profile_can_be_checked_against_every_edition(say: Any, name: str, edition: str) -> None:
    code, out, _ = say("check", name, "--edition", edition, "--json")
    assert code == 0
    assert json.loads(out)["findings"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: [", "line 1"),
        ("name: x\ntargets:\n  aknowledge: 5 working days\n", "line 3: targets, aknowledge"),
        ("name: x\nstages: 2\noutcome_call: 7\n", "line 2: stages: write a list"),
        ("name: x\nname: y\n", "line 2"),
        ("", "write the procedure as a mapping"),
    ],
)
def test_a_file_that_is_no_procedure_exits_2_and_says_where(
    say: Any, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    code, out, err = say("check", str(file))
    assert (code, out) == (2, "")
    assert says in err
    assert "bad.yaml" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check", "reditch"), "Did you mean redditch?"),
        (("check", "nowhere.yaml"), "there is no such file"),
        (("check", "redditch", "--edition", "2023"), '"2023"'),
        (("show", "nobody"), "Profiles: frontline-2021"),
    ],
)
def test_what_does_not_exist_exits_2_and_says_what_there_is(
    say: Any, arguments: tuple[str, ...], says: str
) -> None:
    code, out, err = say(*arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_list_names_every_profile(say: Any) -> None:
    code, out, _ = say("list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(profiles.names())
    assert [each["name"] for each in json.loads(say("list", "--json")[1])["profiles"]] == list(
        profiles.names()
    )


def test_show_tells_the_landlords_times_from_the_codes(say: Any) -> None:
    code, out, _ = say("show", "nottingham-city-homes", "--edition", "2024")
    assert code == 0
    told = " ".join(out.split())
    assert "acknowledge 2 working days from the day it was logged. Line 41" in told
    assert "respond 10 working days from the acknowledgement (6.3). Code default" in told
    assert "In force: not stated" in told


def test_show_marks_an_informal_first_step_as_no_stage(say: Any) -> None:
    told = " ".join(say("show", "redditch")[1].split())
    assert "Informal first point of contact (before stage 1, no stage, within 5 working days)" in told
    data = json.loads(say("show", "redditch", "--json")[1])
    assert [each["name"] for each in data["stages"]] == ["Stage 1", "Stage 2"]
    assert data["first_step"] == "Informal first point of contact"


def test_the_schema_is_one_json_document(say: Any) -> None:
    code, out, err = say("schema")
    assert (code, err) == (0, "")
    assert "targets" in json.loads(out)["properties"]


# What the documentation shows


def test_the_example_for_staff_can_be_read_and_breaches_nothing() -> None:
    text = (DOCS / "staff" / "procedures.md").read_text(encoding="utf-8")
    (example,) = [
        block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "name:" in block[:5]
    ]
    document = yaml_files.read(example)
    procedure = read(document.data, document.line)
    found = policy_check.check(procedure, "2024")
    assert [ref for ref, each in found.items() if each.verdict == Verdict.BREACHED] == []
    assert str(found["6.14"].verdict) == "met"
    assert policy_check.contradictions(procedure) == ()


def test_every_key_named_in_the_documentation_is_one_of_the_schema() -> None:
    text = (DOCS / "staff" / "procedures.md").read_text(encoding="utf-8")
    keys = {path.rsplit(".", 1)[-1] for path in schema()}
    named = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)(?:: [^`]*)?`", text))
    words = {word for rule in schema().values() for word in rule.get("words", ())}
    parts = {"as_code", "left_out"}
    assert named - keys - words - parts == set()
