"""Rows that grow without a script: always some left blank, and a button that adds one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from putright.interfaces.pages.forms import Form

MOST = 50
BLANK = 3


class Rows:
    """Forms of one kind, one below the other. Those left blank are passed over.

    `posted` is what was sent, None at first; `initial` what fills the first rows.
    """

    def __init__(
        self,
        form: type[Form],
        prefix: str,
        posted: Mapping[str, Any] | None,
        initial: Sequence[Mapping[str, Any]] = (),
        one_more: bool = False,
    ) -> None:
        self.prefix = prefix
        if posted is None:
            shown = max(BLANK, len(initial) + 1)
        else:
            shown = min(_count(posted.get(f"{prefix}-rows", "")) + one_more, MOST)
        filled = [*initial, *({} for _ in range(shown))]
        self.forms = [
            form(
                posted,
                prefix=f"{prefix}-{number}",
                initial=filled[number - 1] if posted is None else None,
                empty_permitted=True,
            )
            for number in range(1, shown + 1)
        ]

    @property
    def shown(self) -> int:
        return len(self.forms)

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    def filled(self) -> list[tuple[forms.BaseForm, dict[str, Any]]]:
        """The rows in which something was written, each with its answers. Only when valid."""
        return [(form, form.cleaned_data) for form in self.forms if form.has_changed()]


def _count(typed: str) -> int:
    return min(int(typed), MOST) if typed.isdecimal() and len(typed) < 4 else BLANK
