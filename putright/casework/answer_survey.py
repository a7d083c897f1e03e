"""Answer the survey: what the resident thinks of how it was handled."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def answer_survey(
    step: Step,
    score: int,
    satisfied: bool | None = None,
    comment: Words | None = None,
    wants_complaint: bool | None = None,
) -> events.SurveyAnswered:
    """Keep the answer. Where the landlord promises a call to the dissatisfied, that clock starts."""
    step.keep("comment", comment)
    return events.SurveyAnswered(
        **step.common, score=score, satisfied=satisfied, wants_complaint=wants_complaint
    )
