"""A running clock as a page shows it: the day, how far it is, and why it is that day.

Every day and sentence comes from `complaint_rules`; here they are only put into words.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from complaint_rules import clocks
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint
from complaint_rules.procedure import start_said
from complaint_rules.working_days import CountedDay, sentence
from putright.interfaces.pages.phrases import clock_time, long_day
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import clock_word

_STARTS = {
    "aware": "the day we first knew",
    "investigated": "the end of the investigation",
    "requested": "the request for stage 2",
}
_SAME_DAY = "The same day as a danger was first mentioned (our own time)."
_LAW = "Hazards in Social Housing Regulations 2025"


def due_day(
    complaint: Complaint,
    run: Run,
    now: datetime,
    *,
    what: str = "",
    why_url: str = "",
    target: Run | None = None,
    with_proof: bool = True,
) -> Due:
    """What a page shows of one running of a clock. `target` is the landlord's own day for the same thing."""
    today = now.astimezone(clocks.LONDON).date()
    proof = clocks.proof(complaint, run) if with_proof else ()
    return Due(
        what=what or clock_word(run.name),
        day=run.due_on,
        away=complaint.calendar.away(run.due_on, today),
        late=run.is_late(now, today),
        basis=basis(complaint, run, proof, today),
        proof=proof,
        says=sentence(proof, year=False) if proof else "",
        if_extended=if_extended(complaint, run, today),
        why_url=why_url,
        time=clock_time(run.due) if isinstance(run.due, datetime) else "",
        **_target(complaint, target, run.due_on, now, today),
    )


def _target(
    complaint: Complaint, target: Run | None, day: date, now: datetime, today: date
) -> dict[str, Any]:
    """The landlord's own day, where it is another one."""
    if target is None or target.due_on == day:
        return {}
    return {
        "target_day": target.due_on,
        "target_away": complaint.calendar.away(target.due_on, today),
        "target_late": target.is_late(now, today),
    }


def basis(complaint: Complaint, run: Run, proof: tuple[CountedDay, ...], today: date) -> str:
    """What the day was counted from, and by which provision; how a day came about that was not counted."""
    sentences = [_length(complaint, run, today), _start(complaint, run, proof, today), _extended(run, today)]
    return " ".join(each for each in sentences if each)


def _length(complaint: Complaint, run: Run, today: date) -> str:
    if run.name == "danger":
        return _SAME_DAY
    whose = _authority(complaint, run)
    if run.length is None:
        told = "A day told too late to move what is due" if run.own else "A day that was promised or set"
        return f"{told}, on {long_day(run.start, today)}{whose}."
    unit = (run.unit or "").replace("_", " ")
    length = f"{run.length} {unit[:-1] if run.length == 1 else unit}"
    return f"{length} from {_start_word(run)}{whose}."


def _start_word(run: Run) -> str:
    if run.name == "update":
        return "the agreement or the last update"
    return _STARTS.get(run.starts or "") or start_said(run.starts or "")


def _authority(complaint: Complaint, run: Run) -> str:
    if run.own:
        return " (our own time)"
    if run.name.startswith("hazard_"):
        return f" ({_LAW})"
    ref = run.provision or complaint.edition.ref(f"clock_{run.name.split(':')[0]}")
    return f" ({complaint.edition.name} Code, {ref})" if ref else ""


def _start(complaint: Complaint, run: Run, proof: tuple[CountedDay, ...], today: date) -> str:
    if run.length is None:
        return ""
    if run.assumed:
        return f"That step is not recorded, so it is counted from {_assumed(complaint, run, today)}."
    zero = f": day {proof[0].number}" if proof and proof[0].number is not None else ""
    return f"Counted from {long_day(run.start, today)}{zero}."


def _assumed(complaint: Complaint, run: Run, today: date) -> str:
    day = long_day(run.start, today)
    rule = complaint.edition.clocks.get(run.name)
    stands_in = rule.if_not_taken if rule else None
    if stands_in and stands_in not in complaint.edition.clocks:
        return f"{start_said(stands_in)}, {day}"
    if run.own and run.starts == "logged":
        return f"the day it was received, {day}"
    return f"{day}, the last day allowed"


def _extended(run: Run, today: date) -> str:
    if run.first_due is None or run.first_due == run.due_on:
        return ""
    return f"First due {long_day(run.first_due, today)}; extended to {long_day(run.due_on, today)}."


def if_extended(complaint: Complaint, run: Run, today: date) -> str:
    """How far an extension may reach without a good reason; empty for what cannot be extended."""
    rule = complaint.edition.clocks.get(run.name)
    if rule is None or run.own or not run.runs:
        return ""
    limit = clocks.limit_of(complaint, rule, run.first_due or run.due_on)
    if limit is None:
        return ""
    if run.due_on > limit:
        return f"it is already past {long_day(limit, today)}; give a good reason ({limit_ref(complaint, rule.stage)})"
    ref = limit_ref(complaint, rule.stage)
    return f"to {long_day(limit, today)}; beyond that, give a good reason ({ref})"


def limit_ref(complaint: Complaint, stage: int) -> str:
    """The provision that limits an extension at this stage."""
    return complaint.edition.ref(f"stage_{stage}_extension_limit")


def starts_when(complaint: Complaint, clock: str) -> str:
    """What starts a clock that does not run yet: "the request for stage 2"; empty where nothing known does."""
    rule = complaint.edition.clocks.get(clock)
    target = complaint.procedure.target(clock)
    if rule is not None:
        return _STARTS.get(rule.starts) or start_said("requested" if rule.stage == 2 else rule.starts)
    if target is not None:
        return start_said(target.starts)
    return _NOT_YET.get(clock.split(":")[0], "")


_NOT_YET = {
    "update": "an agreement on how often the resident hears",
    "comment_by": "findings being shared with a day for comments",
    "review_adjustments": "adjustments being recorded with a day to review them",
    "review_restriction": "a contact restriction",
    "promise": "a promise",
    "evidence": "a request for evidence from the Ombudsman",
    "order": "an order of the Ombudsman",
    "hazard_investigate": "the report of a hazard",
    "hazard_summary": "the end of the hazard investigation",
    "hazard_make_safe": "the report or the investigation of a hazard",
}
