"""What is asked of a letterhead and of a wording."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from putright.interfaces.pages.fields import DayField
from putright.interfaces.pages.forms import ActionForm, Form
from putright.record.letters.compose import label_of
from putright.record.letters.samples import EDITIONS
from putright.record.letters.templates import CONDITIONS, LONGEST_TITLE
from putright.record.letters.told import GAPS, PARTS

LONGEST_WORDS = 5_000
CONDITION_WORDS = {
    "upheld": "Something is upheld",
    "late": "The answer is late",
    "all_is_ours": "All of it is ours",
    "what_is_ours": "It is said what is ours and what is not",
    "representative": "It goes to a representative",
}


class LetterheadForm(ActionForm):
    """What stands round every letter."""

    lines = forms.CharField(
        label="Address, telephone, website",
        help_text="They stand under our name. One a line.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2_000,
        required=False,
    )
    team = forms.CharField(label="Which team signs", max_length=120)
    how_to_reach_us = forms.CharField(
        label="How to reach us",
        help_text="A sentence for the end of a letter, like: Ring us on 01632 960 001, or tell any of our staff.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
        required=False,
    )
    ombudsman_lines = forms.CharField(
        label="How to reach the Housing Ombudsman",
        help_text="Leave it empty for what Putright knows. Look at the Ombudsman's website first. One a line.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2_000,
        required=False,
    )


class LookForm(ActionForm):
    """The landlord's own Word file."""

    look = forms.FileField(
        label="A Word file (.docx) of your own",
        help_text="Its styles, margins, header and footer are used. Its text is not. At most 10 MB.",
        required=False,
        error_messages={"empty": "The file is empty."},
    )


def _conditions() -> list[tuple[str, str]]:
    named = {name: label_of(name) for name in (*GAPS, *PARTS)}
    known = [(name, CONDITION_WORDS[name]) for name in sorted(CONDITIONS)]
    told = [(name, f"Known: {label[:1].lower()}{label[1:]}") for name, label in named.items()]
    return [("", "Always"), *known, *told]


class PieceForm(Form):
    """One piece of a letter."""

    mark_optional = False

    what = forms.ChoiceField(
        label="This is",
        choices=[("text", "Words"), ("heading", "A heading"), ("part", "Made from the case")],
    )
    words = forms.CharField(
        label="Words",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WORDS,
        required=False,
    )
    part = forms.ChoiceField(
        label="Made from the case",
        choices=[("", "Nothing"), *((name, part.label) for name, part in PARTS.items())],
        required=False,
    )
    when = forms.ChoiceField(label="Only when", choices=_conditions, required=False)
    unless = forms.ChoiceField(
        label="But not when", choices=lambda: [("", "Never left out"), *_conditions()[1:]], required=False
    )

    def piece(self) -> dict[str, str]:
        """It as a wording holds it; only when it is valid."""
        given = self.cleaned_data
        kind = given["what"]
        words = given["part"] if kind == "part" else given["words"].replace("\0", "")
        found = {kind: words, "when": given["when"], "unless": given["unless"]}
        return {name: value for name, value in found.items() if value} or {kind: ""}


def typed_in(piece: dict[str, str]) -> dict[str, Any]:
    """A piece as its form is filled with it."""
    what = next((each for each in ("heading", "part") if piece.get(each)), "text")
    return {
        "what": what,
        "words": piece.get("heading") or piece.get("text") or "",
        "part": piece.get("part", ""),
        "when": piece.get("when", ""),
        "unless": piece.get("unless", ""),
    }


class WordingForm(ActionForm):
    """The rest of a wording."""

    title = forms.CharField(label="Title of the letter", max_length=LONGEST_TITLE)
    edition = forms.ChoiceField(
        label="For which edition of the Code",
        choices=[("", "Every edition"), *((each, f"{each} only") for each in EDITIONS)],
        required=False,
    )
    was = forms.CharField(widget=forms.HiddenInput, max_length=64)


class InForceForm(ActionForm):
    """From which day letters are written in it."""

    day = DayField(label="From which day?", called="The day")
    was = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].not_before(today, "The day must be today or later.")  # type: ignore[attr-defined]
