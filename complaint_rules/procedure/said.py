"""How long each step may take, in words, and whether the landlord or the Code says so."""

from __future__ import annotations

from types import MappingProxyType

from complaint_rules import editions
from complaint_rules.procedure.terms import CODE_DEFAULT, Setting, Target
from complaint_rules.procedure.whole import Procedure


def settings(given: Procedure, edition_name: str) -> tuple[Setting, ...]:
    """How long each step may take under an edition, and whether the landlord or the Code says so."""
    edition = editions.edition(edition_name)
    found = []
    own = {target.clock: target for target in given.targets}
    for clock, rule in edition.clocks.items():
        target = own.pop(clock, None)
        if target is not None:
            found.append(_own_setting(target))
            continue
        says = spoken(rule.length, rule.unit, rule.starts)
        found.append(Setting(clock, f"{says} ({rule.provision})", CODE_DEFAULT))
    return tuple(found + [_own_setting(target) for target in own.values()])


def _own_setting(target: Target) -> Setting:
    says = spoken(target.length, target.unit, target.starts)
    return Setting(target.clock, says, "the procedure", target.line)


_STARTS_SAID = MappingProxyType(
    {
        "received": "the day it was received",
        "logged": "the day it was logged",
        "acknowledged": "the acknowledgement",
        "requested": "the request for stage 2",
        "escalated": "the day stage 2 was accepted",
        "acknowledged_escalation": "the stage 2 acknowledgement",
        "responded": "the stage 1 response",
        "dissatisfied": "the unhappy survey answer",
        "updated": "the last update",
        "awareness": "the day of becoming aware",
    }
)


def start_said(starts: str) -> str:
    """A step that starts a clock, in words that follow "from"."""
    return _STARTS_SAID.get(starts, f'"{starts}"')


def spoken(length: int, unit: str, starts: str | None) -> str:
    """A time in words: "10 working days from the acknowledgement"."""
    plain = unit.replace("_", " ")
    told = f"{length} {plain[:-1] if length == 1 else plain}"
    return f"{told} from {start_said(starts)}" if starts else told
