"""The filters of a list. All stand in the address, so a list can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from putright.interfaces.pages.forms import FilterForm
from putright.interfaces.pages.words import STATES
from putright.record.accounts.models import User
from putright.record.cases import words
from putright.record.cases.models import Case

ME, NOBODY = "me", "nobody"


class CaseFilters(FilterForm):
    """Who has it, where it stands, and words it holds. What cannot be read is passed over."""

    q = forms.CharField(label="Words", help_text="Reference, name, address or subject.", max_length=200)
    handler = forms.ChoiceField()
    stage = forms.ChoiceField(choices=[("", "Any"), ("1", "Stage 1"), ("2", "Stage 2")])
    state = forms.ChoiceField(choices=[("", "Any"), *STATES.items()])

    def __init__(self, *args: Any, handlers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(number), name) for number, name in handlers]
        self.fields["handler"].choices = [  # type: ignore[attr-defined]
            ("", "Anyone"),
            (ME, "Me"),
            (NOBODY, "Nobody"),
            *people,
        ]
        self.is_valid()

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """The filters in use: name, value, and its words."""
        for name in self.fields:
            value = self.cleaned_data.get(name, "")
            if value:
                yield name, value, self._said(name, value)

    def _said(self, name: str, value: str) -> str:
        if name == "q":
            return f"“{value}”"
        text = dict(self.fields[name].choices)[value]  # type: ignore[attr-defined]
        return f"Handler: {text}" if name == "handler" else text

    def narrow(self, cases: QuerySet[Case], user: User) -> QuerySet[Case]:
        """Those of these cases that pass every filter."""
        chosen = {name: value for name, value, _ in self.chosen()}
        if "handler" in chosen:
            cases = _handled_by(cases, chosen["handler"], user)
        if "stage" in chosen:
            cases = cases.filter(stage=int(chosen["stage"]))
        if "state" in chosen:
            cases = cases.filter(state=chosen["state"])
        if "q" in chosen:
            cases = words.matching(cases, chosen["q"])
        return cases


def _handled_by(cases: QuerySet[Case], who: str, user: User) -> QuerySet[Case]:
    if who == NOBODY:
        return cases.filter(handler__isnull=True)
    return cases.filter(handler_id=user.pk if who == ME else int(who))
