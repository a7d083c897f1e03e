"""Agree updates: how often the resident will hear, and how."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Method, Number, Unit


@verb
def agree_updates(
    step: Step, every: Number, unit: Unit, method: Method | None = None
) -> events.UpdatesAgreed:
    """Agree an interval with the resident (2020: 4.a; 2022: 4.11; 2024: 5.9). The first update falls due from today."""
    return events.UpdatesAgreed(**step.common, every=every or 0, unit=unit or "days", method=method)
