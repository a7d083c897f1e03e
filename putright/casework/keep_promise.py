"""Mark as kept: a promise was carried out today."""

from __future__ import annotations

from collections.abc import Sequence

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Number, Words
from putright.casework.receive import keep_files
from putright.record.correspondence.files import Kept


@verb
def keep_promise(
    step: Step, promise: Number, proof: Words | None = None, *, files: Sequence[Kept] = ()
) -> events.PromiseKept:
    """End a promise on the day of this step, with what shows it: words, and `files` (2022: 6.5; 2024: 7.3)."""
    step.keep("proof", proof)
    keep_files(step, files)
    return events.PromiseKept(**step.common, promise=promise or 0)
