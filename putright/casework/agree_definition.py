"""Agree the definition: what it is about, as agreed with the resident."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def agree_definition(step: Step, definition: Words) -> events.DefinitionAgreed:
    """Keep the agreed definition (2022: 4.2; 2024: 5.6)."""
    step.keep("definition", definition)
    return events.DefinitionAgreed(**step.common)
