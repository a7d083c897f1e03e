"""Respond: send the answer of the stage that is open."""

from __future__ import annotations

from complaint_rules import events
from putright.casework import response
from putright.casework.act import Step, verb
from putright.casework.fields import DutiesStated, LeftAsIs, OutcomeAnswer, PointDecided, Sum, ToDo, Words


@verb
def respond(
    step: Step,
    decisions: list[PointDecided],
    remedies: list[ToDo] | None = None,
    actions: list[ToDo] | None = None,
    compensation: list[Sum] | None = None,
    letter: Words | None = None,
    outcomes: list[OutcomeAnswer] | None = None,
    duties: DutiesStated | None = None,
    left_because: list[LeftAsIs] | None = None,
) -> events.Responded:
    """Answer every point, with reasons, remedies and the way on (2022: 5.6, 5.8, 5.16; 2024: 6.7, 6.9, 6.18, 6.19).

    Each remedy and action becomes a promise, owed until it is kept. Every point must be decided,
    and every remedy and action have a day, or the answer cannot be sent. Each outcome sought is answered:
    yes, no and why, or not ours. `duties`, where they are at issue, states both sides'. Words of legal
    advice never go out. `left_because` tells why a remark on the letter was left as it was.
    """
    answer = response.kept(step, decisions, remedies, actions, compensation, outcomes, duties, left_because)
    return events.Responded(
        **step.common,
        decisions=answer.decisions,
        remedies=answer.remedies,
        actions=answer.actions,
        compensation=answer.compensation,
        letter=response.checked(step, letter, answer),
        outcomes=answer.outcomes,
        duties=answer.duties,
        repeats_advice=response.repeats_advice(step),
    )
