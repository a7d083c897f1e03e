"""Learn: what caused it, and what will change."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def learn(
    step: Step,
    cause: Words,
    lesson: Words,
    change: Words | None = None,
    owner: Words | None = None,
    due: date | None = None,
) -> events.LessonLearned:
    """Keep a lesson, with the change it leads to and who owns it."""
    for name, text in (("cause", cause), ("lesson", lesson), ("change", change), ("owner", owner)):
        step.keep(name, text)
    return events.LessonLearned(**step.common, owner=owner, due=due)
