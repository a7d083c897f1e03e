"""What a search is narrowed to. It stands in the address; what cannot be read there is passed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from putright.evidence.search.queries import Filters
from putright.interfaces.pages.forms import FilterForm

STATES = {"open": "Open", "ended": "Closed, withdrawn or refused"}
YEARS_BACK = 12


class SearchFilters(FilterForm):
    """Open or not, and the year a case was received."""

    state = forms.ChoiceField(label="Cases", choices=[("", "All"), *STATES.items()])
    year = forms.ChoiceField(label="Year received")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        years = [str(today.year - back) for back in range(YEARS_BACK)]
        self.fields["year"].choices = [("", "Any"), *((year, year) for year in years)]  # type: ignore[attr-defined]
        self.is_valid()

    def chosen(self) -> dict[str, str]:
        """The filters in use, by name."""
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name, ""))}

    def filters(self) -> Filters:
        """The same, as search takes them."""
        chosen = self.chosen()
        return Filters(chosen.get("state", ""), int(chosen["year"]) if "year" in chosen else None)
