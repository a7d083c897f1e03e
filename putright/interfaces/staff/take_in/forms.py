"""One form for each step that is left, drawn one below the other and sent together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from putright.casework import verb
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.tasks import TASKS
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile


class TakeIn:
    """The forms of these steps by name. The first of them tells when it happened, and carries the key."""

    def __init__(
        self,
        steps: Sequence[str],
        posted: Mapping[str, Any] | None,
        *,
        file: CaseFile,
        staff: Staff,
        now: datetime,
    ) -> None:
        common: dict[str, Any] = {"file": file, "staff": staff, "now": now}
        self.by_name = {
            name: TaskForm(posted, prefix=name, action=verb(name), task=TASKS[name], **common)
            for name in steps
        }
        self._give_it_to_whoever_asks(staff)

    def _give_it_to_whoever_asks(self, staff: Staff) -> None:
        form = self.by_name.get("assign")
        if form is None:
            return
        handler = form.fields["handler"]
        unavailable = form.options("handler").get("unavailable", {})
        if staff.person in dict(handler.choices) and staff.person not in unavailable:  # type: ignore[attr-defined]
            handler.initial = staff.person

    @property
    def all(self) -> list[TaskForm]:
        """The forms in the order of the page."""
        return list(self.by_name.values())

    @property
    def first(self) -> TaskForm:
        return self.all[0]

    def is_valid(self) -> bool:
        """Whether all can be sent. Each is looked at, so that all that is missing is said at once."""
        valid = [form.is_valid() for form in self.all]
        return all(valid)

    @property
    def key(self) -> str:
        return str(self.first.cleaned_data["key"])
