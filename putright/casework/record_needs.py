"""Record needs: what makes this easier for the resident, and what we do about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import LONDON, Words
from putright.record.people import needs as needs_of_people


@verb
def record_needs(
    step: Step, needs: list[Words], adjustments: list[Words], review_on: date | None = None
) -> events.NeedsRecorded:
    """Keep needs and reasonable adjustments, with a day to review them (2024: 5.10).

    What was not known of the resident yet is known of them from now on, in other complaints too.
    """
    known_from_now_on(step, needs, adjustments, review_on)
    return events.NeedsRecorded(
        **step.common,
        needs=step.keep_all("need", needs),
        adjustments=step.keep_all("adjustment", adjustments),
        review_on=review_on,
    )


def known_from_now_on(
    step: Step,
    told: Iterable[str] | None,
    adjustments: Iterable[str] | None,
    review_on: date | None = None,
) -> None:
    """Keep with the resident, once the entry is written, what this complaint was told of them."""
    person, day = step.case.resident, step.at.astimezone(LONDON).date()
    if person is None or not (told or adjustments):
        return

    def learn() -> None:
        needs_of_people.learn(person, told or (), adjustments or (), day, review_on)

    step.then.append(learn)
