"""Offer a complaint: ask whether the resident wants this handled as one."""

from __future__ import annotations

from typing import Literal

from complaint_rules import events
from putright.casework.act import Step, open_another, verb
from putright.record.cases.models import Case
from putright.record.journal.queries import texts_of_case


@verb
def offer_complaint(
    step: Step, answer: Literal["wants", "declines"] | None = None
) -> events.ComplaintOffered:
    """Offer the choice (2024: 1.3). After a dissatisfied survey, `wants` opens a case of its own."""
    before = step.before
    if answer == "wants" and before is not None and before.state != "service_request":
        step.then.append(lambda: _complaint_from_survey(step))
    return events.ComplaintOffered(**step.common, answer=answer)


def _complaint_from_survey(step: Step) -> Case:
    said = _said_in_survey(step)
    return open_another(step, [said], said)


def _said_in_survey(step: Step) -> str:
    """The resident's own words in the survey, as the account of the new complaint."""
    assert step.before is not None
    number = max(event.number for event in step.before.all(events.SurveyAnswered))
    texts = texts_of_case(step.landlord.pk, step.case.pk)
    comment = texts.get(number, {}).get("comment")
    return comment or f"The resident was not satisfied with how {step.case.reference} was handled."
