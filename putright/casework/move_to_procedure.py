"""Move to another version of the procedure: a case keeps the one it began under until somebody moves it."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Impossible, Step, verb
from putright.casework.fields import Number, Words
from putright.record.landlords.models import ProcedureVersion


@verb
def move_to_procedure(step: Step, version: Number, reason: Words) -> events.ProcedureMoved:
    """Handle the case under another version of the landlord's procedure from now on. The Code's edition stays."""
    if version:
        found = ProcedureVersion.objects.filter(landlord=step.landlord, number=version).first()
        if found is None:
            raise Impossible(f"There is no version {version} of the procedure.")
        if found.in_force_on is None or found.in_force_on > step.common["on"]:
            raise Impossible(f"Version {version} of the procedure has not come into force.")
        step.case.procedure = found
    return events.ProcedureMoved(**step.common, version=version or 0, reason=step.keep("reason", reason))
