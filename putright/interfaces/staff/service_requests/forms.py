"""The filters of the list, and what is decided for each request at its review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from complaint_rules.service_requests import older_than
from putright.casework.fields import LONGEST_TEXT
from putright.interfaces.pages.forms import ActionForm, FilterForm
from putright.interfaces.pages.phrases import working_days
from putright.record.accounts.models import Membership
from putright.record.cases.models import Case
from putright.record.cases.reviews import Decided
from putright.record.landlords.queries import calendar

ME, NOBODY = "me", "nobody"
AGES = (5, 10, 20, 40)
OLDER = 10
"""Older than so many working days a request needs a decision, unless said otherwise."""


class RequestFilters(FilterForm):
    """By team, by handler, by age. What cannot be read is passed over."""

    team = forms.ChoiceField()
    handler = forms.ChoiceField()
    older = forms.ChoiceField(
        label="Older than",
        choices=[("", "Any age"), *((str(days), working_days(days)) for days in AGES)],
    )

    def __init__(self, *args: Any, landlord: Any, me: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.landlord, self.me = landlord, me
        members = Membership.objects.filter(landlord=landlord, user__is_active=True).order_by("user__name")
        self.members = list(members.values_list("user_id", "user__name", "team"))
        teams = sorted({team for _, _, team in self.members if team})
        people = [(str(number), name) for number, name, _ in self.members]
        self.fields["team"].choices = [("", "Any team"), *((each, each) for each in teams)]  # type: ignore[attr-defined]
        self.fields["handler"].choices = [  # type: ignore[attr-defined]
            ("", "Anyone"),
            (ME, "Me"),
            (NOBODY, "Nobody"),
            *people,
        ]
        self.is_valid()

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """The filters in use: name, value, and words."""
        said = {"team": "Team: {}", "handler": "Handler: {}", "older": "Older than {}"}
        for name, words in said.items():
            value = self.cleaned_data.get(name, "")
            if value:
                text = dict(self.fields[name].choices)[value]  # type: ignore[attr-defined]
                yield name, value, words.format(text)

    def narrow(self, cases: QuerySet[Case], today: Any) -> QuerySet[Case]:
        """Those of these requests that pass every filter."""
        chosen = {name: value for name, value, _ in self.chosen()}
        if "team" in chosen:
            cases = cases.filter(handler__in=[n for n, _, team in self.members if team == chosen["team"]])
        if chosen.get("handler") == NOBODY:
            cases = cases.filter(handler__isnull=True)
        elif "handler" in chosen:
            cases = cases.filter(handler=self.me if chosen["handler"] == ME else int(chosen["handler"]))
        if "older" in chosen:
            edge = older_than(calendar(self.landlord), today, int(chosen["older"]))
            cases = cases.filter(service_request_since__lte=edge)
        return cases


CHOICES = [
    ("offer_complaint", "Offer a complaint"),
    ("answer", "Answer it"),
    ("leave", "Leave it, because"),
]


class ReviewForm(ActionForm):
    """What is decided for each request; those that are old need a decision."""

    times_before = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, rows: Sequence[dict[str, Any]], times_before: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["times_before"].initial = times_before
        for row in rows:
            self._ask(row)

    def _ask(self, row: dict[str, Any]) -> None:
        choices = CHOICES if row["must"] else [*CHOICES, ("", "Nothing yet")]
        self.fields[f"decided_{row['number']}"] = forms.ChoiceField(
            label="What is decided?",
            choices=choices,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Choose one from the list."},
        )
        self.fields[f"reason_{row['number']}"] = forms.CharField(
            label="Why it is left as it is",
            required=False,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def decided(self) -> list[Decided]:
        """What was decided, request by request. Only when the form is valid."""
        return [
            Decided(
                row["number"],
                self.cleaned_data[f"decided_{row['number']}"],
                self.cleaned_data[f"reason_{row['number']}"],
                row["must"],
            )
            for row in self.rows
        ]

    def say(self, case: int, says: str) -> None:
        """An error beside the request it is about."""
        name = f"reason_{case}" if says.startswith("Give the reason") else f"decided_{case}"
        self.add_error(name if name in self.fields else None, says)
