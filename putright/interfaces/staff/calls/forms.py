"""Who was on the call, what was said, and what was promised."""

from __future__ import annotations

from typing import Any

from django import forms

from putright.casework.fields import LONGEST_TEXT
from putright.interfaces.pages.fields import DayField
from putright.interfaces.staff.actions.forms import WhenForm

SOMEONE_ELSE = "someone_else"
PROMISE = ("what", "due", "owner")


class CallForm(WhenForm):
    """A call, and a promise made on it. Without `may_promise` no promise is asked for."""

    direction = forms.ChoiceField(
        label="Who rang?",
        choices=[("in", "They rang us"), ("out", "We rang them")],
        initial="in",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who rang."},
    )
    who = forms.ChoiceField(
        label="Who did you speak to?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who you spoke to."},
    )
    who_else = forms.CharField(label="Their name", required=False, max_length=200)
    summary = forms.CharField(
        label="What was said",
        help_text="Short is fine. They and the Ombudsman may read it.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Enter what was said on the call."},
    )
    what = forms.CharField(
        label="What did we promise?",
        required=False,
        help_text="The resident sees this. Leave it empty if nothing was promised.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
    )
    due = DayField(label="By which day?", called="The day", required=False)
    owner = forms.CharField(
        label="Who will do it?", required=False, help_text="A team or a person.", max_length=120
    )

    def __init__(self, *args: Any, may_promise: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {
            kind: str(person)
            for kind, person in (
                ("resident", self.file.case.resident),
                ("representative", self.file.case.representative),
            )
            if person is not None
        }
        words = {"resident": "the resident", "representative": "acts for the resident"}
        known = [(kind, f"{name}, {words[kind]}") for kind, name in self.names.items()]
        self.fields["who"].choices = [*known, (SOMEONE_ELSE, "Someone else")]  # type: ignore[attr-defined]
        self.fields["who"].initial = known[0][0] if known else SOMEONE_ELSE
        self.fields["due"].not_before(self.now.date(), "The day must be today or later.")  # type: ignore[attr-defined]
        if not may_promise:
            for name in PROMISE:
                del self.fields[name]
        self.order_fields([*(n for n in self.fields if n not in self.WHEN), *self.WHEN])

    @property
    def asks_for_a_promise(self) -> bool:
        return "what" in self.fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("who") == SOMEONE_ELSE and not cleaned.get("who_else", "").strip():
            self.add_error("who_else", "Enter the name of whoever you spoke to.")
        what, due = cleaned.get("what", "").strip(), cleaned.get("due")
        if what and due is None and "due" not in self.errors:
            self.add_error("due", "Give the day it will be done by.")
        if not what and (due is not None or cleaned.get("owner", "").strip()):
            self.add_error("what", "Enter what was promised.")
        return cleaned

    def contact(self) -> dict[str, Any]:
        """The fields of `record_contact`."""
        cleaned = self.cleaned_data
        return {
            "direction": cleaned["direction"],
            "channel": "telephone",
            "with": self.names.get(cleaned["who"]) or cleaned["who_else"].strip(),
            "summary": cleaned["summary"],
        }

    def promise(self) -> dict[str, Any]:
        """The fields of `promise`; empty where nothing was promised."""
        cleaned = self.cleaned_data
        if not cleaned.get("what", "").strip():
            return {}
        found = {"what": cleaned["what"], "due": cleaned["due"]}
        owner = cleaned["owner"].strip()
        return found | {"owner": owner} if owner else found
