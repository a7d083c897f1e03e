"""The forms of linking, merging and splitting. The other case is named by its reference."""

from __future__ import annotations

from typing import Any

from django import forms

from putright.interfaces.pages.forms import ActionForm, FilterForm
from putright.interfaces.pages.words import LINKS
from putright.record.cases.reading import CaseFile

LONGEST_REFERENCE = 30


class FindForm(FilterForm):
    """Which case?"""

    other = forms.CharField(
        label="Reference of the other case", max_length=LONGEST_REFERENCE, help_text="Like TV-26-0417."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].error_messages["max_length"] = "A reference is shorter. It is like TV-26-0417."


class WhyForm(ActionForm):
    """Why: kept in both cases."""

    other = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_REFERENCE)
    reason = forms.CharField(
        label="Why?",
        help_text="Kept in the record of both cases.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason."},
    )

    def __init__(self, *args: Any, file: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, read_at=file.read_at, **kwargs)
        self.file = file

    def given(self) -> dict[str, Any]:
        """The answers as the fields of the action."""
        return {name: self.cleaned_data[name] for name in ("other", "reason") if self.cleaned_data.get(name)}

    def other_read_again_at(self, number: int) -> None:
        """Take the other case as read up to this entry, keeping what was typed."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["other_read_at"] = str(number)  # type: ignore[index]


class LinkForm(WhyForm):
    """How two cases belong together, and why."""

    how = forms.ChoiceField(
        label="How do they belong together?",
        choices=list(LINKS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they belong together."},
    )
    field_order = ("other", "how", "reason")

    def given(self) -> dict[str, Any]:
        return super().given() | {"how": self.cleaned_data["how"]}


class MergeForm(WhyForm):
    """Merge, having read both."""

    other_read_at = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class SplitForm(WhyForm):
    """Which points leave."""

    points = forms.MultipleChoiceField(
        label="Which points leave?",
        help_text="At least one stays. Those that stay are numbered anew.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one point."},
    )
    field_order = ("points", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(str(each.number), f"{each.number} {each.text}") for each in self.file.points()]
        self.fields["points"].choices = shown  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        found = super().given()
        found.pop("other", None)
        return found | {"points": [int(each) for each in self.cleaned_data["points"]]}
