"""What is asked of whoever changes what we know of a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from putright.interfaces.pages.fields import DayField
from putright.interfaces.pages.forms import ActionForm, FilterForm
from putright.interfaces.staff.people.words import (
    ADJUSTMENTS,
    ALERT_CODES,
    LIVES_THERE_AS,
    STOCK,
    TENURES,
    WAYS,
)
from putright.record.people.models import Person

LONGEST_NAME, LONGEST_ADDRESS, LONGEST_NUMBER, LONGEST_WORDS = 200, 300, 40, 2000
SOMEONE_NEW = "new"


def choices(told: Mapping[str, str], empty: str = "") -> list[tuple[str, str]]:
    """Choices of these words, after one for none where it has words."""
    return ([("", empty)] if empty else []) + list(told.items())


def _words(label: str, most: int = LONGEST_WORDS, **more: Any) -> forms.CharField:
    more.setdefault("error_messages", {})
    more["error_messages"].setdefault("max_length", f"{label} must be {most:,} characters or fewer.")
    return forms.CharField(label=label, max_length=most, **more)


class FindForm(FilterForm):
    """Who to look for."""

    q = forms.CharField(
        label="Name, address, email address, telephone, UPRN or another system's reference", max_length=300
    )


class NewPersonForm(ActionForm):
    """Somebody we do not know yet."""

    name = _words("Name", LONGEST_NAME, required=False)
    address = _words("Address", LONGEST_ADDRESS, required=False)
    email = forms.EmailField(label="Email address", required=False)
    telephone = _words("Telephone", LONGEST_NUMBER, required=False)
    preferred_way = forms.ChoiceField(
        label="Best way to reach them", choices=choices(WAYS, "Not known"), required=False
    )
    sure = forms.ChoiceField(label="Is it one of these people?", widget=forms.RadioSelect, required=False)

    def offer(self, people: Sequence[Person], without_address: Collection[int] = ()) -> None:
        """Ask whether it is one of these people, some by their name alone; without any, nothing is asked."""
        if not people:
            del self.fields["sure"]
            return
        sure = self.fields["sure"]
        found = []
        for each in people:
            address = "" if each.pk in without_address else each.address
            found.append((str(each.pk), ", ".join(part for part in (str(each), address) if part)))
        sure.choices = [*found, (SOMEONE_NEW, "No, someone new")]  # type: ignore[attr-defined]
        sure.required = True
        sure.error_messages["required"] = "Say whether it is one of these people, or someone new."


class DetailsForm(ActionForm):
    """Name and how to reach them."""

    name = _words("Name", LONGEST_NAME, required=False)
    email = forms.EmailField(label="Email address", required=False)
    telephone = _words("Telephone", LONGEST_NUMBER, required=False)
    preferred_way = forms.ChoiceField(
        label="Best way to reach them", choices=choices(WAYS, "Not known"), required=False
    )
    reason = _words(
        "Why the name changes",
        required=False,
        help_text="Only for a new name: married, by deed, misspelt. Complaints officers and auditors can read it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LanguageForm(ActionForm):
    """The language they are spoken and written to in."""

    language = _words("Language", 60, required=False, help_text="Leave it empty for English.")


class MoveForm(ActionForm):
    """Where they live now, and since when."""

    address = _words("New address", LONGEST_ADDRESS)
    since = DayField(label="The day they moved", called="The day they moved")
    lives_there_as = forms.ChoiceField(
        label="Lives there as", choices=choices(LIVES_THERE_AS, "Not known"), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].not_after(today, "The day must be today or earlier.")  # type: ignore[attr-defined]


class AddressForm(ActionForm):
    """The right address, where ours was wrong."""

    address = _words("Right address", LONGEST_ADDRESS)
    reason = _words("How you know", widget=forms.Textarea(attrs={"rows": 2}))


class HomeForm(ActionForm):
    """What kind of home it is, and as what they live there."""

    lives_there_as = forms.ChoiceField(
        label="Lives there as", choices=choices(LIVES_THERE_AS, "Not known"), required=False
    )
    tenure = forms.ChoiceField(label="Tenure", choices=choices(TENURES, "Not known"), required=False)
    stock = forms.ChoiceField(label="Kind of stock", choices=choices(STOCK, "Not known"), required=False)
    uprn = forms.CharField(
        label="UPRN", max_length=40, required=False, help_text="The number of the property: up to 12 digits."
    )


class NeedForm(ActionForm):
    """What makes it hard for them, or what we do about it."""

    words = _words(
        "What makes dealing with us hard for them",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In their words, if they agree to it. Those who ring, visit or write will read it.",
    )
    adjustment = forms.ChoiceField(
        label="What we do about it", choices=choices(ADJUSTMENTS, "Nothing agreed yet"), required=False
    )
    review_on = DayField(
        label="Look at it again on",
        called="The day",
        help_text="Ask them again by this day, within three years.",
    )
    alert = forms.ChoiceField(
        label="Code for other systems",
        choices=choices(ALERT_CODES, "None"),
        required=False,
        help_text="Only if you send it to another housing system.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = today + USUAL_REVIEW


USUAL_REVIEW = timedelta(days=365)


class ReviewForm(ActionForm):
    """Is a need or an adjustment still right?"""

    still = forms.ChoiceField(
        label="Is it still right?",
        choices=[("yes", "Yes"), ("no", "No: it ends today")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is still right."},
    )
    review_on = DayField(label="Look at it again on", called="The day", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = today + USUAL_REVIEW

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("still") == "yes" and not cleaned.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Give the day to look at it again.")
        return cleaned


class AuthorityForm(ActionForm):
    """Who acts for them, for what, and until when."""

    representative = forms.ChoiceField(label="Who acts for them", widget=forms.RadioSelect, required=False)
    who = _words("Their name", LONGEST_NAME, required=False)
    contact = _words("Their email address or telephone", 254, required=False)
    written = forms.ChoiceField(
        label="Is it in writing?",
        choices=[
            ("yes", "Yes, signed or in a message from the resident"),
            ("no", "No, the resident said so"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is in writing."},
    )
    scope = _words(
        "What for",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="“Everything”, or what it is limited to. With the reference of a complaint, it is for that one only.",
    )
    since = DayField(label="Since", called="The day it was given")
    expires_on = DayField(
        label="Until", called="The day it ends", required=False, help_text="Its last day, if it has one."
    )

    def __init__(self, *args: Any, people: Sequence[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        offered = [(number, str(each)) for number, each in self.people.items()]
        self.fields["representative"].choices = [*offered, (SOMEONE_NEW, "Somebody else")]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["representative"]
            self.fields["who"].required = True
            self.fields["who"].error_messages["required"] = "Enter the name of whoever acts for them."
        self.fields["since"].initial = today
        self.fields["since"].not_after(today, "The day must be today or earlier.")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("representative") or SOMEONE_NEW
        if chosen == SOMEONE_NEW and not cleaned.get("who") and "who" not in self.errors:
            self.add_error("who", "Enter the name of whoever acts for them.")
        return cleaned


class ReferenceForm(ActionForm):
    """What another system calls a person or their home."""

    of = forms.ChoiceField(
        label="What it names", choices=[("person", "This person"), ("home", "Their home")], widget=forms.RadioSelect,
        initial="person",
    )  # fmt: skip
    source = _words(
        "Who calls it so", 60, help_text="Such as: housing system, repairs contractor, council tax."
    )
    value = _words("Reference", 60)


class ReasonForm(ActionForm):
    """Why."""

    reason = _words("How you know", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].error_messages["required"] = f"{label}: enter it."


class SureForm(ActionForm):
    """Nothing is asked but to go on."""


class ClaimForm(ActionForm):
    """Whether a new address or number is believed, and how it was checked."""

    believed = forms.ChoiceField(
        label="Is it theirs?",
        choices=[("yes", "Yes, we have checked it with them"), ("no", "No, or we cannot tell")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is theirs."},
    )
    how = _words(
        "How you checked",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ring or write to what we held before, not to the new one. Do not write the address or number here.",
    )
    checked_by = forms.ChoiceField(label="Second person who checked it with them", required=False)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not colleagues:
            del self.fields["checked_by"]
            return
        self.fields["checked_by"].choices = [("", "Nobody yet"), *colleagues]  # type: ignore[attr-defined]


class EndSafeForm(ActionForm):
    """Who else heard that nothing is unsafe any more."""

    checked_by = forms.ChoiceField(
        label="Second person who checked it with them",
        error_messages={"required": "Choose the second person who checked it with them."},
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked_by"].choices = [("", "Choose"), *colleagues]  # type: ignore[attr-defined]
