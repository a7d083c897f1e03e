"""Before you send: what stops the response, what is worth a second look, and what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from complaint_rules import clocks, letters
from complaint_rules.events import AdviceRecorded, NeedsRecorded, Received
from complaint_rules.findings import Obstacle
from complaint_rules.letters import Draft
from putright.casework import fields, naming, preview
from putright.casework import verb as action_named
from putright.casework.response import stage_names
from putright.interfaces.pages.phrases import long_day, pounds
from putright.interfaces.staff.actions.choices import in_code
from putright.interfaces.staff.actions.sending import in_words
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

# What the letter that Putright writes always says: nobody has to write it.
_WRITTEN_BY_US = frozenset(
    "stage definition way_to_stage_2 no_reason_asked way_to_ombudsman ombudsman_details".split()
)
# What `check_draft` says of the parts, in place of the same said more shortly by the rules.
_BY_PART = frozenset("decision reasons points remedy action compensation".split())
# What the page itself holds back, though the action would do it: each outcome wanted is answered, no advice leaks.
_HELD_BACK = frozenset("outcomes advice advice_privileged advice_repeated unfilled legal_duties".split())


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands beside the letter.

    `refused` tells whether the rules refuse it; `held_back` is what the page does not send though they
    would not; `to_leave` names the `warnings` that a second press leaves as they are. `because` tells why a
    remark was left as it is, by the remark.
    """

    stops: list[str] = field(default_factory=list)
    refused: bool = False
    held_back: list[letters.Lack] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    to_leave: str = ""
    look_again: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)
    because: Mapping[str, str] = field(default_factory=dict)


def panel(
    file: CaseFile, staff: Staff, answer: Mapping[str, Any], at: datetime, because: Mapping[str, str]
) -> Panel:
    """What the rules say of this answer if it were sent now. `answer` is plain data."""
    action = action_named("respond")
    by = staff.actor("respond", file.complaint.procedure)
    cleaned = fields.clean(action.function, answer)
    judged = preview.judged(action, file.case, file.complaint, by, at, cleaned)
    checked = _checked(file, answer)
    lacks = [each for each in checked.stops if each.key in _BY_PART]
    held = [each for each in checked.stops if each.key in _HELD_BACK and not _is_for_the_letter(each, answer)]
    other = [each for each in judged.refused if each.ref not in {lack.ref for lack in lacks}]
    again = [each for each in judged.warns if not is_lateness(file, each)]
    warned = {each.ref for each in judged.warns}
    own = _own_letter(file, answer)
    remarks = [
        each for each in (*own.look_again, *checked.look_again) if each.ref not in warned or each.found
    ]
    return Panel(
        stops=_once([*(_said(each.says, each.ref) for each in (*lacks, *held)), *map(in_words, other)]),
        refused=bool(judged.refused),
        held_back=held,
        warnings=_once(map(in_words, again)),
        to_leave=",".join(sorted({each.ref for each in again})),
        look_again=_once(
            [*map(in_words, judged.warns), *(_remark(each) for each in remarks), *_no_authority(file)]
        ),
        present=[_present(each) for each in (own.present if answer.get("letter") else checked.present)],
        commits=_commits(answer, at),
        because=because,
    )


def _present(element: letters.Element) -> str:
    return f"{element.label[:1].upper()}{element.label[1:]}{in_code(element.provision)}"


def _is_for_the_letter(lack: letters.Lack, answer: Mapping[str, Any]) -> bool:
    """Whether a letter of our own answers it in its words: what is wanted need not be ticked as well."""
    return lack.key == "outcomes" and bool(answer.get("letter"))


def _own_letter(file: CaseFile, answer: Mapping[str, Any]) -> letters.Checked:
    """What a letter of our own holds and does not seem to say. It becomes a finding once it is sent."""
    if not answer.get("letter"):
        return letters.Checked((), (), ())
    complaint, promised = file.complaint, bool(answer.get("remedies") or answer.get("actions"))
    stage = complaint.stage_being_answered
    return letters.check_own_letter(
        answer["letter"],
        "response",
        stage,
        complaint.edition.name,
        stage_names=stage_names(complaint, stage),
        upheld=any(
            each.get("decision") in ("upheld", "partly_upheld") for each in answer.get("decisions", ())
        ),
        offered=promised or bool(answer.get("compensation")),
        outstanding=promised,
    )


def _no_authority(file: CaseFile) -> list[str]:
    """Whether somebody speaks for the resident whose authority is not recorded."""
    complaint = file.complaint
    if True not in complaint.authority.values() and complaint.authority:
        who = file.name(complaint.representative) or "Whoever speaks for the resident"
        return [
            f"{who} has no recorded authority. Send this to the resident, and nothing about them to others."
        ]
    return []


def _once(said: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(said))


def _remark(remark: letters.Remark) -> str:
    where = f" “{_shortened(remark.sentence)}”" if remark.sentence and not remark.found else ""
    return f"{_said(remark.says, remark.ref)}{where}"


def _said(says: str, ref: str) -> str:
    return f"{says.rstrip('.')}{in_code(ref)}."


def _shortened(text: str, most: int = 100) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _checked(file: CaseFile, answer: Mapping[str, Any]) -> letters.Checked:
    """The draft checked part by part, against everybody whom a letter may not name."""
    known = naming.at_landlord(file.case, file.complaint.procedure)
    return letters.check_draft(draft(file, answer), needs=_needs(file), **known.arguments)


def _needs(file: CaseFile) -> list[str]:
    """What makes things harder for the resident. What we do differently for them is no matter for the letter."""
    kinds = (NeedsRecorded, Received)
    told = [file.numbered(each.number, "need") for each in file.complaint.events if isinstance(each, kinds)]
    return next((each for each in reversed(told) if each), [])


def draft(file: CaseFile, answer: Mapping[str, Any]) -> Draft:
    """What was written, as the checks of a letter read it."""
    complaint = file.complaint
    advice = [file.words(each.number, "advice") for each in complaint.all(AdviceRecorded)]
    return Draft(
        kind="response",
        stage=complaint.stage_being_answered,
        edition=complaint.edition.name,
        definition=file.definition(),
        points=tuple(point.text for point in file.points()),
        answers=tuple(_decided(each) for each in answer.get("decisions", ())),
        remedies=tuple(_undertaken(each) for each in answer.get("remedies", ())),
        actions=tuple(_undertaken(each) for each in answer.get("actions", ())),
        compensation=tuple(
            letters.Compensation(int(each["amount"] * 100), each.get("for") or "", each.get("for") or "")
            for each in answer.get("compensation", ())
        ),
        texts=(answer["letter"],) if answer.get("letter") else (),
        outcomes=_outcomes(file, answer),
        duties_at_issue=bool(answer.get("duties")),
        landlord_duties=answer.get("duties", {}).get("ours", ""),
        resident_duties=answer.get("duties", {}).get("theirs", ""),
        advice_taken=bool(advice),
        advice_privileged=bool(advice),
        advice="\n\n".join(advice),
        always_holds=_WRITTEN_BY_US,
    )


def _outcomes(file: CaseFile, answer: Mapping[str, Any]) -> tuple[letters.OutcomeAnswer, ...]:
    said = {each["outcome"]: each for each in answer.get("outcomes", ())}
    return tuple(
        letters.OutcomeAnswer(text, said.get(number, {}).get("answer"), said.get(number, {}).get("why", ""))
        for number, text in enumerate(file.outcomes(), start=1)
    )


def _decided(each: Mapping[str, Any]) -> letters.PointAnswer:
    cites = (each["cites"],) if each.get("cites") else ()
    return letters.PointAnswer(each["point"], each.get("decision"), each.get("reasons") or "", cites)


def _undertaken(each: Mapping[str, Any]) -> letters.Undertaken:
    return letters.Undertaken(each["what"], each.get("by"), each.get("owner") or "")


def is_lateness(file: CaseFile, warning: Obstacle) -> bool:
    """Whether a warning only says that the day has passed: nothing in the letter can mend it."""
    run = clocks.response_run(file.complaint, file.complaint.stage_being_answered)
    return warning.ref in (*clocks.NAMES, "late", run.provision if run else "")


def _commits(answer: Mapping[str, Any], at: datetime) -> list[str]:
    """What sending promises: each remedy and action with its day, and the money."""
    today = at.date()
    found = []
    for each in (*answer.get("remedies", ()), *answer.get("actions", ())):
        day = f"by {long_day(each['by'], today)}" if each.get("by") else "no day yet"
        found.append(f"{each['what']}: {day}")
    sums = [int(each["amount"] * 100) for each in answer.get("compensation", ())]
    if sums:
        found.append(f"{pounds(sum(sums))} in all")
    return found
