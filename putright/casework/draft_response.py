"""Draft the response: what would be sent, for a check by others."""

from __future__ import annotations

from typing import Any

from complaint_rules import events
from putright.casework import response
from putright.casework.act import Step, verb
from putright.casework.fields import DutiesStated, LeftAsIs, OutcomeAnswer, PointDecided, Sum, ToDo, Words


@verb
def draft_response(
    step: Step,
    decisions: list[PointDecided] | None = None,
    remedies: list[ToDo] | None = None,
    actions: list[ToDo] | None = None,
    compensation: list[Sum] | None = None,
    letter: Words | None = None,
    text: Words | None = None,
    outcomes: list[OutcomeAnswer] | None = None,
    duties: DutiesStated | None = None,
    left_because: list[LeftAsIs] | None = None,
) -> events.ResponseDrafted:
    """Keep a draft, and warn of points left out and of names. Who drafts stage 1 cannot take stage 2."""
    answer = response.kept(step, decisions, remedies, actions, compensation, outcomes, duties, left_because)
    step.keep("letter", letter)
    step.keep("text", text)
    step.told.update(_to_take_up_again(answer))
    return events.ResponseDrafted(
        **step.common,
        decisions=answer.decisions,
        in_words=bool(text or letter) and not decisions,
        names_staff=response.names_staff(step, text, letter),
        outcomes=answer.outcomes,
        duties=answer.duties,
        repeats_advice=response.repeats_advice(step),
    )


def _to_take_up_again(answer: response.Answer) -> dict[str, Any]:
    """The days, owners and sums of a draft, so that the page can show it again. No rule reads them."""
    found = {
        "remedies": [_undertaking(each) for each in answer.remedies],
        "actions": [_undertaking(each) for each in answer.actions],
        "compensation": list(answer.compensation),
    }
    return {name: each for name, each in found.items() if each}


def _undertaking(each: events.Undertaking) -> dict[str, str | None]:
    return {"by": each.by.isoformat() if each.by else None, "owner": each.owner}
