"""What is asked on the pages of an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from complaint_rules.procedure import SENIORITY
from complaint_rules.remedies import KINDS, UNITS
from complaint_rules.roles import ROLES
from putright.interfaces.pages import words
from putright.interfaces.pages.fields import DayField, PoundsField
from putright.interfaces.pages.forms import ActionForm, FilterForm
from putright.interfaces.staff.administration.front import STANDING_WORDS
from putright.record.accounts.actions import Place
from putright.record.landlords import categories
from putright.record.landlords.days_off import Proposed
from putright.record.landlords.models import DayOff
from putright.record.landlords.rates import NewRate

LONGEST_REASON = 1000
MOST_PENCE = 100_000_00

ROLE_HINTS = {
    "contact_staff": "Takes in what residents say.",
    "complaints_officer": "Does everything with a complaint.",
    "investigator": "Answers complaints given to them.",
    "reviewer": "Answers complaints at stage 2.",
    "quality_checker": "Checks letters before they go.",
    "service_manager": "Keeps promises for a team.",
    "ombudsman_liaison": "Answers the Ombudsman.",
    "board_member": "Reads figures and cases.",
    "auditor": "Reads everything here and changes nothing.",
    "administrator": "Looks after these pages. Handles no complaint by this role.",
}
UNIT_WORDS = {"day": "Each day", "week": "Each week (one begun counts)", "time": "Each time it happens"}
KIND_WORDS = {
    "statutory": "Set by law",
    "ombudsman": "The Ombudsman's guidance",
    "own": "Our own policy",
}


def _chosen(names: Iterable[str], none: str) -> list[tuple[str, str]]:
    return [("", none), *((each, each) for each in names)]


class KeyForm(ActionForm):
    """A button that needs nothing but to be pressed once."""


class ReasonForm(ActionForm):
    """Why."""

    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea,
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Give the reason.",
            "max_length": f"The reason must be {LONGEST_REASON:,} characters or fewer.",
        },
    )


# People and teams


class PeopleFilter(FilterForm):
    """Which people to show."""

    name = forms.CharField(label="Name", max_length=200)
    standing = forms.ChoiceField(label="State")
    team = forms.ChoiceField(label="Team")

    def __init__(self, *args: Any, teams: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standings = [(each, word.capitalize()) for each, word in STANDING_WORDS.items()]
        self.fields["standing"].choices = [("", "Any"), *standings]  # type: ignore[attr-defined]
        self.fields["team"].choices = _chosen(teams, "Any")  # type: ignore[attr-defined]


class PlaceForm(ActionForm):
    """What somebody is at the landlord."""

    roles = forms.MultipleChoiceField(
        label="Roles",
        widget=forms.CheckboxSelectMultiple,
        choices=[(role, words.ROLES.get(role, role)) for role in ROLES],
        error_messages={"required": "Choose at least one role."},
    )
    team = forms.ChoiceField(label="Team", required=False)
    title = forms.CharField(
        label="Job title",
        required=False,
        max_length=100,
        error_messages={"max_length": "The job title must be 100 characters or fewer."},
    )
    seniority = forms.ChoiceField(
        label="How senior they are",
        required=False,
        choices=[("", "Not said"), *((each, each.capitalize()) for each in SENIORITY)],
        help_text="Your procedure may ask for somebody senior at stage 2.",
    )
    reason = forms.CharField(label="Reason", required=False, max_length=LONGEST_REASON, widget=forms.Textarea)

    def __init__(self, *args: Any, teams: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = ROLE_HINTS
        self.fields["team"].choices = _chosen(teams, "No team")  # type: ignore[attr-defined]

    def place(self) -> Place:
        """What was chosen."""
        given = self.cleaned_data
        return Place(given["roles"], given["team"], given["title"], given["seniority"])


class InviteForm(PlaceForm):
    """Who, and what they are to be."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        error_messages={"max_length": "The name must be 200 characters or fewer."},
    )
    email = forms.CharField(
        label="Work email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        error_messages={
            "required": "Enter their work email address.",
            "max_length": "The email address must be 254 characters or fewer.",
        },
    )
    field_order = ["name", "email", "roles", "team", "title", "seniority"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]


class TeamForm(ActionForm):
    """A team: its name, what it is for, who leads it."""

    name = forms.CharField(
        label="Name",
        max_length=100,
        error_messages={"max_length": "The name must be 100 characters or fewer."},
    )
    purpose = forms.CharField(
        label="What it is for",
        required=False,
        max_length=300,
        error_messages={"max_length": "Say it in 300 characters or fewer."},
    )
    senior = forms.TypedChoiceField(label="Who leads it", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Nobody said"), *((str(number), name) for number, name in people)]
        self.fields["senior"].choices = choices  # type: ignore[attr-defined]


# Categories


class MappingForm(ActionForm):
    """Where a category stands on others' lists."""

    housemark = forms.CharField(
        label="HouseMark heading",
        required=False,
        max_length=100,
        help_text="What HouseMark calls it, where you send figures there.",
        error_messages={"max_length": "The heading must be 100 characters or fewer."},
    )
    ombudsman = forms.CharField(
        label="Ombudsman heading",
        required=False,
        max_length=100,
        help_text=f"Such as {categories.OMBUDSMAN[0]}, or {categories.OMBUDSMAN[10]}.",
        error_messages={"max_length": "The heading must be 100 characters or fewer."},
    )


class CategoryForm(MappingForm):
    """A new category."""

    name = forms.CharField(
        label="Name",
        max_length=60,
        help_text="Short, in the words your staff use. It cannot be changed later: cases keep it.",
        error_messages={"max_length": "The name must be 60 characters or fewer."},
    )
    field_order = ["name", "housemark", "ombudsman"]


class MoveForm(ActionForm):
    """One place up or down."""

    way = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")])


# The calendar


class HolidayForm(ActionForm):
    """A bank holiday announced since our list, or moved away: the day, its name, and where it was announced."""

    kind = DayOff.BANK_HOLIDAY
    first_on = DayField(label="Day", called="The day")
    name = forms.CharField(
        label="What it is called",
        max_length=100,
        error_messages={
            "required": "Enter what it is called.",
            "max_length": "The name must be 100 characters or fewer.",
        },
    )
    announced_on = DayField(label="Day it was announced", called="The day it was announced")
    source = forms.CharField(
        label="Where it was announced",
        max_length=300,
        help_text="Such as an address at GOV.UK.",
        error_messages={
            "required": "Say where it was announced.",
            "max_length": "Say it in 300 characters or fewer.",
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["announced_on"].not_after(today, "The day it was announced must be today or earlier.")  # type: ignore[attr-defined]

    def proposed(self) -> Proposed:
        """The day off that was described."""
        given = self.cleaned_data
        return Proposed(
            self.kind,
            given["first_on"],
            given["first_on"],
            given["name"],
            given["source"],
            given["announced_on"],
        )


class MovedAwayForm(HolidayForm):
    """A bank holiday that is none any more."""

    kind = DayOff.MOVED_AWAY

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What has become of it"
        self.fields["name"].error_messages["required"] = "Say what has become of it."
        self.fields["name"].help_text = "Such as: moved to Friday 4 June."


class ClosedForm(ActionForm):
    """Days on which the landlord is closed, and why."""

    first_on = DayField(label="First day", called="The first day")
    last_on = DayField(
        label="Last day", called="The last day", required=False, help_text="Leave it empty if it is one day."
    )
    name = forms.CharField(
        label="Why you are closed",
        max_length=100,
        help_text="It is shown beside each date it moves.",
        error_messages={
            "required": "Say why you are closed.",
            "max_length": "The reason must be 100 characters or fewer.",
        },
    )

    def proposed(self) -> Proposed:
        """The days off that were described."""
        given = self.cleaned_data
        return Proposed(
            DayOff.CLOSED, given["first_on"], given["last_on"] or given["first_on"], given["name"]
        )


class ToldForm(ActionForm):
    """How a resident was told the new day, or why they need not be."""

    how = forms.CharField(
        label="How were they told?",
        widget=forms.Textarea,
        max_length=LONGEST_REASON,
        help_text="Such as: letter sent today. If they need not be told, say why.",
        error_messages={
            "required": "Say how they were told, or why they need not be.",
            "max_length": f"Say it in {LONGEST_REASON:,} characters or fewer.",
        },
    )


# Rates


class RateForm(ActionForm):
    """A compensation rate from a day on."""

    head = forms.CharField(
        label="What it is paid for",
        max_length=100,
        help_text="Such as: no heating. The same words as before take the place of that rate.",
        error_messages={
            "required": "Enter what it is paid for.",
            "max_length": "Say it in 100 characters or fewer.",
        },
    )
    kind = forms.ChoiceField(
        label="Where it comes from",
        widget=forms.RadioSelect,
        choices=[(each, KIND_WORDS[each]) for each in KINDS],
        error_messages={"required": "Choose where it comes from."},
    )
    unit = forms.ChoiceField(
        label="Paid for",
        widget=forms.RadioSelect,
        choices=[(each, UNIT_WORDS[each]) for each in UNITS],
        error_messages={"required": "Choose what it is paid for: each day, each week or each time."},
    )
    pence = PoundsField(label="How much", called="The amount", most=MOST_PENCE)
    at_once = PoundsField(
        label="Paid once beside that",
        called="The amount",
        most=MOST_PENCE,
        required=False,
        help_text="Such as the first part of the Right to Repair.",
    )
    most = PoundsField(label="The most in all", called="The amount", most=MOST_PENCE, required=False)
    first_on = DayField(label="First day in force", called="The first day")
    last_on = DayField(label="Last day in force", called="The last day", required=False)
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="The guidance, law or policy, and where to read it.",
        error_messages={
            "required": "Say where the rate comes from.",
            "max_length": "Say it in 300 characters or fewer.",
        },
    )

    def rate(self) -> NewRate:
        """The rate that was described."""
        given = self.cleaned_data
        return NewRate(
            head=given["head"],
            kind=given["kind"],
            unit=given["unit"],
            pence=given["pence"],
            first_on=given["first_on"],
            last_on=given["last_on"],
            source=given["source"],
            at_once=given["at_once"] or 0,
            most=given["most"],
        )


class EndRateForm(ReasonForm):
    """The last day of a rate, and why."""

    last_on = DayField(label="Last day in force", called="The last day")
    field_order = ["last_on", "reason"]


class TryForm(FilterForm):
    """What a rate comes to: a head, and from when to when, or how many times."""

    head = forms.ChoiceField(label="For")
    first = DayField(label="From", called="The first day")
    last = DayField(label="To", called="The last day")
    times = forms.IntegerField(label="How many times", min_value=1, max_value=100)

    def __init__(self, *args: Any, heads: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].choices = _chosen(heads, "Choose one")  # type: ignore[attr-defined]
