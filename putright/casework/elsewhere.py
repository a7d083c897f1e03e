"""Where else a refused matter can go: a review, an appeal, a tribunal, an insurer, an auditor."""

from __future__ import annotations

from complaint_rules import letters
from complaint_rules.events import Elsewhere
from putright.casework.act import Step
from putright.casework.fields import WayElsewhere


def kept(step: Step, ways: list[WayElsewhere] | None) -> tuple[Elsewhere, ...] | None:
    """The facts of each way; one that is told in free words keeps them as `elsewhere.1` and on.

    None where nobody has said, empty where there is nowhere else to go.
    """
    if ways is None:
        return None
    return tuple(_kept(step, number, way) for number, way in enumerate(ways, start=1))


def _kept(step: Step, number: int, way: WayElsewhere) -> Elsewhere:
    known = way.route in letters.known_routes()
    if not known:
        step.keep(f"elsewhere.{number}", way.route)
    return Elsewhere(way.route if known else None, way.by, way.no_limit is True)
