"""Times: limits against the Code's, what they are counted from, extensions, the escalation window."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from complaint_rules.editions import ClockRule, Edition
from complaint_rules.policy_check.answers import Answer, breached, cannot_tell, each_way, met
from complaint_rules.procedure import NOT_STATED, Procedure, StatedTime, spoken, start_said

ORDER = (
    {"received": 0, "logged": 1, "acknowledged": 2},
    {"responded": 0, "requested": 1, "escalated": 2, "acknowledged_escalation": 3},
)
"""The steps that clocks start from, stage by stage, in the order in which they come."""

LIMITED_BY = {
    "logged": "log",
    "acknowledged": "acknowledge",
    "acknowledged_escalation": "acknowledge_escalation",
}
"""The landlord's own clock that ends with a step, and so limits how late the step can be."""

_LATER_STEP = re.compile(
    r"\b(?:panel|hearing|meeting|visit|inspect\w*|investigat\w*|allocat\w*|assign\w*|agree\w*|clarif\w*|form|"
    r"information|documents?|evidence|validat\w*|triage\w*|review\w*|fee|contact\w*|sent to|passed to|appoint\w*)\b"
)
_NO_LIMIT = re.compile(
    r"\b(?:no (?:limit|cap|maximum|set)|unlimited|as long as|as needed|whatever|open[- ]ended)\b"
)

ACTS = {
    "acknowledge": "acknowledge stage 1",
    "respond": "answer stage 1",
    "acknowledge_escalation": "acknowledge stage 2",
    "respond_stage_2": "answer stage 2",
    "respond_stage_3": "answer stage 3",
}
MOST_DAYS_IN_A_MONTH = 31


def time_limit(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the landlord's own time can end later than the Code's."""
    rule = edition.clocks[asks["clock"]]
    stated = procedure.times_of(rule.name)
    if not stated:
        return cannot_tell(f"It gives no days to {ACTS[rule.name]}. The Code: {_the_codes(rule)}.")
    return each_way([_against(procedure, rule, time) for time in stated])


def _against(procedure: Procedure, rule: ClockRule, time: StatedTime) -> Answer:
    code = f"The Code: {_the_codes(rule)}."
    if time.length is None:
        return cannot_tell(
            f"It does not say how many days there are to {ACTS[rule.name]}. {code}", time.place
        )
    own = _said(time)
    days = working_days(time.length, time.unit)
    if days > rule.length:
        fewest = working_days(time.length, time.unit or "days")
        if fewest > rule.length:
            return breached(f"{own} is longer than the Code allows. {code}", time.place)
        return cannot_tell(f"{own}: it does not say which days count. {code}", time.place)
    if time.starts == NOT_STATED:
        return cannot_tell(f"{own}, but it does not say from which day. {code}", time.place)
    if time.starts is None:
        return met(f"{own}. It names no other day to count from than the Code's. {code}", time.place)
    return _by_start(procedure, rule, time, own, days, code)


def _by_start(
    procedure: Procedure, rule: ClockRule, time: StatedTime, own: str, days: int, code: str
) -> Answer:
    assert time.starts is not None
    order = ORDER[rule.stage - 1]
    if time.starts == rule.starts:
        return met(f"{own}. {code}", time.place)
    if time.starts in order and order[time.starts] < order[rule.starts]:
        return met(f"{own}: an earlier start than the Code's. {code}", time.place)
    gap = _latest(procedure, rule, time.starts)
    if gap is not None and gap + days <= rule.length:
        return met(
            f"{own}, and that day is at most {spoken(gap, 'working_days', None)} after the Code's start. {code}",
            time.place,
        )
    if time.starts not in order and not _LATER_STEP.search(time.starts):
        return cannot_tell(f"{own}: how does that day stand to {start_said(rule.starts)}? {code}", time.place)
    if gap is None:
        why = "That day can come later than the Code's start, and nothing limits how much later"
    else:
        why = f"With up to {spoken(gap, 'working_days', None)} before it, that can be {gap + days} in all"
    return breached(f"{own}. {why}. Count from {start_said(rule.starts)}. {code}", time.place)


def _latest(procedure: Procedure, rule: ClockRule, step: str, seen: tuple[str, ...] = ()) -> int | None:
    """The most working days by which the landlord's own times let a step follow the Code's start."""
    order = ORDER[rule.stage - 1]
    if step in order and order[step] <= order[rule.starts]:
        return 0
    own = procedure.target(LIMITED_BY.get(step, ""))
    limit = next(iter(procedure.times_of(LIMITED_BY.get(step, ""))), None) if own is None else own
    if limit is None or limit.length is None or limit.starts in (None, NOT_STATED) or step in seen:
        return None
    before = _latest(procedure, rule, str(limit.starts), (*seen, step))
    return None if before is None else before + working_days(limit.length, limit.unit)


def working_days(length: int, unit: str | None) -> int:
    """The most working days that a time can hold; one of no stated unit is read as working days."""
    if unit in (None, "working_days"):
        return length
    days = length * MOST_DAYS_IN_A_MONTH if unit == "months" else length
    return days - 2 * (days // 7)


def _the_codes(rule: ClockRule) -> str:
    return spoken(rule.length, rule.unit, rule.starts)


def _said(time: StatedTime) -> str:
    assert time.length is not None
    start = None if time.starts in (None, NOT_STATED) else time.starts
    told = spoken(time.length, time.unit or "days", start)
    return told[0].upper() + told[1:]


# A third stage, where an edition allows one


def third_stage_time(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a third stage is answered within its own days of being escalated."""
    most: int = asks["working_days"]
    stated = procedure.times_of("respond_stage_3")
    if not stated:
        return cannot_tell(f"It gives no days to answer stage 3. The Code: {most} working days.")
    answers = []
    for time in stated:
        days = None if time.length is None else working_days(time.length, time.unit)
        if days is None:
            answers.append(cannot_tell("It does not say how many days stage 3 takes.", time.place))
        elif days > most:
            answers.append(
                breached(f"{_said(time)} is longer than the Code's {most} working days.", time.place)
            )
        else:
            answers.append(met(f"{_said(time)}. The Code: {most} working days.", time.place))
    return each_way(answers)


# Extensions


def extension_cap(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether an extension may add more than the Code's most without a good reason.

    `if_stated`: silence is no fault.
    """
    stage: int = asks["stage"]
    most = edition.clock_for_stage(stage).extension_most
    stated = procedure.times_of(f"extension_stage_{stage}")
    if most is None or (asks.get("if_stated") and not stated):
        return None
    if not stated:
        return cannot_tell(
            f"It gives no limit to an extension at stage {stage}. The Code: {most} working days."
        )
    return each_way([_cap(time, most) for time in stated])


def _cap(time: StatedTime, most: int) -> Answer:
    code = f"The Code: {most} working days without a good reason."
    if time.length is None:
        if _NO_LIMIT.search(time.says.lower()):
            return breached(f"An extension has no limit. {code}", time.place)
        if re.match(r"(?:no extensions?|none|never|not allowed)\b", time.says.lower()):
            return met(f"There are no extensions. {code}", time.place)
        return cannot_tell(f"It does not say how long an extension may be. {code}", time.place)
    days, own = working_days(time.length, time.unit), _said(time)
    if days <= most:
        return met(f"At most {own}. {code}", time.place)
    if "good reason" in time.says.lower():
        return cannot_tell(f"{own}, with a good reason: it gives no limit without one. {code}", time.place)
    return breached(f"{own} is longer than the Code allows. {code}", time.place)


# The window


def window_stated(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the policy says how long a resident has to ask for stage 2."""
    stated = [time for time in procedure.times_of("escalate_by") if time.length is not None]
    if stated:
        return each_way([met(f"{_said(time)}.", time.place) for time in stated])
    said = procedure.said("escalation.window_stated")
    places = [each.place for each in said]
    if any(each.answer is False for each in said):
        return breached("It says that there is no time given for asking for stage 2.", *places)
    if said:
        return cannot_tell(
            "The policy is said to give a time for asking for stage 2; its length is not here.", *places
        )
    return cannot_tell("It does not say how long a resident has to ask for stage 2.")
