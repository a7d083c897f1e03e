"""What was recorded in an entry, as the answers that its page would have had."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_origin

from django.utils.timezone import localtime

from complaint_rules.events import Event
from putright.casework import fields as kinds
from putright.casework import verb as action_named
from putright.interfaces.staff.actions import choices
from putright.interfaces.staff.actions.forms import without_none
from putright.interfaces.staff.actions.task import Ask, Task
from putright.record.cases.reading import CaseFile

RECEIVED = Task(
    done="",
    asks={
        "channel": Ask("Came by", as_select=True),
        "account": Ask("What happened", hint="Their words."),
        "points": Ask("Points"),
        "outcomes": Ask("Outcomes wanted"),
        "issue_arose": Ask("The day the trouble began"),
        "aware_since": Ask("The day they first knew of it"),
        "at_risk": Ask("Is somebody at risk?"),
        "stock": Ask(
            "Kind of home",
            choices=lambda file, staff: [
                ("lcra", "Rented"),
                ("lcho", "Shared ownership"),
                ("other", "Another kind"),
            ],
        ),
        "category": Ask(
            "Category",
            hint="What it is about, for your figures.",
            choices=choices.categories,
            as_select=True,
        ),
    },
)
"""What can be mended in the receipt of a complaint."""

_ONE_OF = {
    "points": "point",
    "outcomes": "outcome",
    "needs": "need",
    "adjustments": "adjustment",
    "items": "item",
    "recommendations": "recommendation",
    "not_responsible_for": "not_responsible_for",
}
_CALLED = {"for": "head", "on": "subject"}


def recorded(file: CaseFile, event: Event) -> dict[str, Any]:
    """The answers recorded in an entry, by the name of their field."""
    found: dict[str, Any] = {}
    for name, field in action_named(event.verb).fields.items():
        kind, _ = without_none(field.kind)
        value = _answer(file, event, name, kind)
        if isinstance(value, datetime):
            found[f"{name}_time"] = localtime(value).time().replace(second=0, microsecond=0)
            value = localtime(value).date()
        if value not in (None, ""):
            found[name] = value
    return found


def _answer(file: CaseFile, event: Event, name: str, kind: Any) -> Any:
    if get_origin(kind) is list:
        return "\n".join(file.numbered(event.number, _ONE_OF[name])) if name in _ONE_OF else None
    if kind is kinds.Words and file.words(event.number, name):
        return file.words(event.number, name)
    value = getattr(event, _name(event, name), None)
    if isinstance(value, bool):
        return ("yes" if value else "no") if kind is bool else None
    if kind is kinds.Pence and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}"
    if isinstance(value, int | date | str):
        return value if isinstance(value, date) else str(value)
    return None


def _name(event: Event, name: str) -> str:
    if name == "with":
        return "shared_with"
    return _CALLED.get(name, name)
