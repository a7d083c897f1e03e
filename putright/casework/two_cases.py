"""Writing in the second of two cases, in the transaction in which the first is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from complaint_rules.events import Event
from putright.casework.act import Step, write_entry
from putright.casework.beside import Beside


def also(step: Step, beside: Beside, event: Callable[..., Event], **told: Any) -> None:
    """Once the entry of this case is written, write one in the other case too, with the same words."""

    def write() -> None:
        theirs = Step(
            step.landlord,
            beside.case,
            beside.complaint,
            step.by,
            step.at,
            beside.head.count + 1,
            dict(step.texts),
        )
        made = event(**theirs.common, other=step.case.pk, **told)
        write_entry(theirs, beside.head, beside.entries, made)

    step.then.append(write)
