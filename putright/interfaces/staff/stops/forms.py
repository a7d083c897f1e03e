"""What came of something that was stopped."""

from __future__ import annotations

from typing import Any

from django import forms

from putright.interfaces.pages.forms import Form
from putright.record.correspondence.stops import LONGEST_HOW

OTHER = "other"
HOW: dict[str, str] = {
    "told_safely": "They were told by a way that is safe",
    "asked": "They were asked, and what is safe is recorded anew",
    "not_needed": "It need not be told any more",
    "no_harm": "It had gone, and we have made sure that no harm came of it",
    OTHER: "Something else",
}


class SettleForm(Form):
    """How it was settled, and in words where that does not say it."""

    how = forms.ChoiceField(
        label="What came of it?",
        choices=list(HOW.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    words = forms.CharField(
        label="In your own words",
        help_text="Who did what. No number, address, hour or code word.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_HOW,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("how") == OTHER and not (cleaned.get("words") or "").strip():
            self.add_error("words", "Say what came of it.")
        return cleaned

    def told(self) -> str:
        """What is kept of it. Only when the form is valid."""
        words = (self.cleaned_data["words"] or "").strip()
        how = "" if self.cleaned_data["how"] == OTHER else f"{HOW[self.cleaned_data['how']]}."
        return f"{how} {words}".strip()
