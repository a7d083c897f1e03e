"""Comply: an order of the Ombudsman was carried out today."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Number, Words


@verb
def comply(step: Step, order: Number, proof: Words) -> events.Complied:
    """End an order, with what shows it."""
    step.keep("proof", proof)
    return events.Complied(**step.common, order=order or 0)
