"""Correct: mend what was recorded wrongly by a further entry. What follows is read anew."""

from __future__ import annotations

from typing import Any

from complaint_rules import events
from putright.casework import corrections
from putright.casework.act import Step, verb
from putright.casework.fields import Number, Words


@verb
def correct(
    step: Step,
    entry: Number,
    reason: Words,
    fields: dict[str, Any] | None = None,
    strike: bool | None = None,
) -> events.Corrected:
    """Give an entry new values, or strike it out. The entry itself stays, and so does the reason.

    What mends privileged advice is privileged too.
    """
    if corrections.is_privileged(step, entry):
        step.told["privileged"] = True
    mended = corrections.facts_of(step, entry, fields) if fields else {}
    words = bool(step.texts)
    return events.Corrected(
        **step.common,
        entry=entry or 0,
        fields=mended,
        strike=strike is True,
        reason=step.keep("why_corrected", reason),  # the mended entry may have a reason of its own
        words=words,
    )
