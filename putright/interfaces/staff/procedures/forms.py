"""What is asked of whoever changes a version: where to begin, the text, and a day for each step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from complaint_rules import editions
from putright.interfaces.pages.fields import DayField
from putright.interfaces.pages.forms import ActionForm, FilterForm
from putright.record.landlords import profiles
from putright.record.landlords.models import ProcedureVersion

MOST_BODY = 120
MOST_REASON = 2000


class StartForm(ActionForm):
    """Where a draft begins, and the day it was drafted."""

    source = forms.ChoiceField(
        label="Begin from",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where to begin."},
    )
    drafted_on = DayField(
        label="Day it was drafted",
        called="The day it was drafted",
        help_text="If you are writing down a procedure that you have already, give the day it was drafted.",
    )

    def __init__(
        self,
        *args: Any,
        versions: list[ProcedureVersion],
        in_force: ProcedureVersion,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices, self.hints = _sources(versions, in_force)
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        day = self.fields["drafted_on"]
        day.initial = today
        day.not_after(today, "The day must be today or earlier.")  # type: ignore[attr-defined]


def _sources(
    versions: list[ProcedureVersion], in_force: ProcedureVersion
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """What a draft can begin from, what is in force first; and what is said under each."""
    choices, hints = [], {}
    for each in sorted(versions, key=lambda each: each != in_force):
        word = "the version in force" if each == in_force else f"version {each.number}"
        choices.append((f"version:{each.number}", word[0].upper() + word[1:]))
        if each == in_force:
            hints[f"version:{each.number}"] = f"Version {each.number}."
    for edition in reversed(list(editions.all_editions().values())):
        choices.append((f"code:{edition.name}", f"The {edition.name} Code"))
    newest = list(editions.all_editions())[-1]
    hints[f"code:{newest}"] = "What the Code asks, and nothing of your own yet."
    for name in profiles.names():
        profile = profiles.profile(name)
        who = profile.landlord or f"the landlord of {name}"
        choices.append((f"profile:{name}", f"As {who} has it"))
        hints[f"profile:{name}"] = f"{profile.title}. Written for the {profile.written_for} Code."
    return choices, hints


class TextForm(ActionForm):
    """The text of a draft, kept as it is typed."""

    text = forms.CharField(label="The text", strip=False, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        says = "There is a character in it that text does not hold. Paste it again as plain text."
        self.fields["text"].validators = [ProhibitNullCharactersValidator(says)]


class StepForm(ActionForm):
    """The day of a step; who approved it; and why days are counted another way, where they are."""

    body = forms.CharField(
        label="Approved by",
        max_length=MOST_BODY,
        help_text="The body that approved it, such as the Board.",
        error_messages={
            "required": "Enter the body that approved it.",
            "max_length": f"The body must be {MOST_BODY} characters or fewer.",
        },
    )
    on = DayField(label="Day", called="The day")
    convention_reason = forms.CharField(
        label="Why are days counted another way?",
        widget=forms.Textarea,
        max_length=MOST_REASON,
        error_messages={
            "required": "Give the reason for counting days another way.",
            "max_length": f"The reason must be {MOST_REASON:,} characters or fewer.",
        },
    )

    def __init__(
        self, *args: Any, label: str, today: date, asks_body: bool, asks_reason: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label
        self.fields["on"].initial = today
        if not asks_body:
            del self.fields["body"]
        if not asks_reason:
            del self.fields["convention_reason"]


class EditionForm(FilterForm):
    """The edition that a version is checked against: the one asked for, or `latest` where there is none such."""

    edition = forms.ChoiceField(label="Checked against")

    def __init__(self, asked: str, latest: str) -> None:
        names = list(editions.all_editions())
        self.chosen = asked if asked in names else latest
        super().__init__(initial={"edition": self.chosen})
        self.fields["edition"].choices = [(name, f"{name} Code") for name in names]  # type: ignore[attr-defined]
