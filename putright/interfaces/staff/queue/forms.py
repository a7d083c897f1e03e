"""The fields of the panel of filters, for drawing it. What an address asks for is read by `Filters`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from putright.interfaces.pages.forms import FilterForm
from putright.interfaces.pages.words import CHANNELS, RISKS, STATES
from putright.interfaces.staff.queue.filters import ANY, ME, MINE, NOBODY

Choices = Sequence[tuple[str, str]]


class CaseFilters(FilterForm):
    """Who has it, where it stands, what it is about, and words it holds."""

    q = forms.CharField(label="Words", help_text="Reference, name, address or subject.")
    team = forms.ChoiceField()
    handler = forms.ChoiceField()
    stage = forms.ChoiceField(choices=[("", "Any"), ("1", "Stage 1"), ("2", "Stage 2")])
    state = forms.ChoiceField(choices=[("", "Any"), *STATES.items()])
    category = forms.ChoiceField()
    risk = forms.ChoiceField(
        label="Risk to the resident", choices=[("", "Any or none"), (ANY, "Any risk"), *RISKS.items()]
    )
    channel = forms.ChoiceField(label="Came by", choices=[("", "Any"), *CHANNELS.items()])
    needs = forms.BooleanField(label="Has needs")
    ombudsman = forms.BooleanField(label="With the Ombudsman")
    draft = forms.BooleanField(label="Draft to check")

    def __init__(
        self, *args: Any, handlers: Choices, teams: Sequence[str], categories: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [("", "Anyone"), (ME, "Me"), (NOBODY, "Nobody"), *handlers]
        self._offer("handler", people)
        self._offer("team", [("", "Any"), (MINE, "My team"), *((each, each) for each in teams)])
        self._offer("category", [("", "Any"), *((each, each) for each in categories)])

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
