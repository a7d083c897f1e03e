"""Add a point: it joins this case, or opens one of its own."""

from __future__ import annotations

from complaint_rules import events
from complaint_rules.complaint import joins
from putright.casework.act import Step, open_another, verb
from putright.casework.fields import Words


@verb
def add_point(step: Step, point: Words, related: bool, would_delay: bool | None = None) -> events.PointAdded:
    """Take a new point (2022: 5.7; 2024: 6.8). It joins when related, without delay, before the stage 1 answer."""
    step.keep("point", point)
    event = events.PointAdded(**step.common, related=related, would_delay=would_delay)
    if step.before is not None and not joins(step.before, event):
        step.told["opens_new_case"] = True
        step.then.append(lambda: open_another(step, [point], point))
    return event
