"""Which provisions of the Code a case meets or breaches.

One folder an edition (`code_2024`), one module a section of the Code (`section_6`), one function
a provision that can be judged from a case; `evidence` holds what several of them ask of the
record. The provisions of an edition that stand in no module are about the landlord as a whole,
or need a person's judgement.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType

from complaint_rules.checks.evidence import Record, does_not_apply
from complaint_rules.complaint import Complaint
from complaint_rules.findings import Finding

Check = Callable[[Record], Finding]
_PREFIX = "code_"


def findings(complaint: Complaint, on: date) -> dict[str, Finding]:
    """Every provision that can be judged from this case, read at the end of the day `on`, in the Code's order."""
    record = Record(complaint, on)
    checks = judged(complaint.edition.name)
    if complaint.state == "merged":
        # Judged once, in the case it was merged into: what was late here is late there.
        elsewhere = does_not_apply("It is dealt with in the case it was merged into.")
        return {ref: replace(elsewhere, provision=ref) for ref in checks}
    return {ref: replace(check(record), provision=ref) for ref, check in checks.items()}


def judgement(edition: str, ref: str) -> Check | None:
    """The function that judges this provision from a case; its docstring tells what counts as evidence."""
    return judged(edition).get(ref)


@cache
def judged(edition: str) -> Mapping[str, Check]:
    """The provisions of an edition that are judged from a case, in the Code's order, each with its function."""
    package = importlib.import_module(f"{__name__}.{_PREFIX}{edition}")
    found: dict[str, Check] = {}
    for module in pkgutil.iter_modules(package.__path__):
        section = importlib.import_module(f"{package.__name__}.{module.name}")
        for function in vars(section).values():
            for ref in getattr(function, "provisions", ()):
                found[ref] = function
    return MappingProxyType(dict(sorted(found.items(), key=_in_order)))


def _in_order(item: tuple[str, Check]) -> tuple[int, int | str]:
    section, number = item[0].split(".")
    return int(section), int(number) if number.isdigit() else number
