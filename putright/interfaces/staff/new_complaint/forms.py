"""One page that takes a complaint in, by any channel, in the words of whoever tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from complaint_rules import dangers, dissatisfaction
from complaint_rules.working_days import NotCovered
from putright.casework.fields import LONDON, LONGEST_TEXT
from putright.interfaces.pages.fields import DayField, FilesField, TimeField
from putright.interfaces.pages.forms import ActionForm
from putright.interfaces.pages.words import CHANNELS
from putright.interfaces.staff.new_complaint.safe_ways import SafeWays
from putright.record.correspondence.files import Kept
from putright.record.landlords.queries import calendar, categories
from putright.record.people.models import Person
from putright.record.people.queries import MOST_FOUND, likely, of_landlord, under_safe_contact

SOMEONE_NEW = "new"
SHORT = 300  # a point longer than this is cut where a word ends
MOST_LINES = 50

TOLD_BY = [
    ("resident", "The resident"),
    ("representative", "Someone acting for them"),
    ("third_party", "Someone else"),
]
DANGER = [
    ("emergency", "Emergency: someone could be badly hurt within a day"),
    ("significant", "Significant: a risk to health or safety"),
    ("no", "No danger: somebody looked or asked"),
    ("ask", "Cannot tell yet: we ask today"),
]
WANTS = [
    ("complaint", "A complaint"),
    ("service_request", "A service request, and not a complaint"),
    ("not_asked", "Not asked yet"),
]
STOCK = [
    ("", "Not known"),
    ("lcra", "Rented home"),
    ("lcho", "Shared ownership"),
    ("other", "Other"),
]
CATEGORIES = (
    "Repairs",
    "Damp and mould",
    "Planned works",
    "Building safety",
    "Neighbours and antisocial behaviour",
    "Estate and shared areas",
    "Rent, charges and money",
    "Moving, letting and empty homes",
    "Home ownership",
    "Staff and how we treated someone",
    "How a complaint was handled",
    "Something else",
)
RECORD, LOG, REQUEST, FIND = "record", "log", "request", "find"
UNKNOWN_SENDERS = frozenset({"email", "web", "social_media", "letter"})
"""Channels on which anybody can claim to be somebody: what they give is not believed until it is checked."""
_CHANNELS = [("", "Choose one"), *((code, word) for code, word in CHANNELS.items() if code != "visit")]


class LinesField(forms.CharField):
    """Several short texts, one a line; cleans to a list."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        kept = [line for line in lines if line]
        if len(kept) > MOST_LINES:
            raise ValidationError(f"Give {MOST_LINES} lines or fewer.", code="too_many")
        return kept


class NewComplaintForm(SafeWays, ActionForm):
    """What was said, who said it, and what we must know today.

    `then` is the button: record it; record, log, acknowledge and assign it; or record a service request.
    """

    field_order = (
        *(
            "name",
            "address",
            "email",
            "telephone",
            "resident",
            "told_by",
            "representative",
            "representative_contact",
        ),
        *(
            "authority",
            "channel",
            "day",
            "time",
            "account",
            "points",
            "post_link",
            "post_text",
            "moved",
            "urgent",
        ),
        *(
            "doing_now",
            "hazard",
            "no_danger_because",
            "outcomes",
            "needs",
            "adjustments",
            "safe",
            "safe_ways",
        ),
    )

    resident = forms.ChoiceField(
        label="Who is it?", required=False, widget=forms.RadioSelect, choices=[(SOMEONE_NEW, "Someone new")]
    )
    name = forms.CharField(label="Name", required=False, max_length=200)
    address = forms.CharField(label="Home", required=False, max_length=300)
    email = forms.EmailField(label="Email address", required=False)
    telephone = forms.CharField(
        label="Telephone", required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    told_by = forms.ChoiceField(
        label="Who is telling us?",
        choices=TOLD_BY,
        initial="resident",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is telling us."},
    )
    representative = forms.CharField(label="Their name", required=False, max_length=200)
    representative_contact = forms.CharField(label="Their email or telephone", required=False, max_length=200)
    authority = forms.BooleanField(label="The resident has agreed that they act for them", required=False)
    channel = forms.ChoiceField(
        label="Came by", choices=_CHANNELS, error_messages={"required": "Choose how it came."}
    )
    day = DayField(label="Day", called="The day")
    time = TimeField(label="Time")
    account = forms.CharField(
        label="What happened",
        help_text="Their words. You need not judge it.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Enter what happened."},
    )
    points = LinesField(
        label="Points", required=False, help_text="Each thing to answer, one a line. Empty: it is one thing."
    )
    outcomes = LinesField(label="What would put it right", required=False, help_text="One a line.")
    post_link = forms.CharField(
        label="Link to the post",
        required=False,
        max_length=2_000,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    post_text = forms.CharField(
        label="The words of the post",
        required=False,
        max_length=20_000,
        widget=forms.Textarea,
        help_text="As they stand. A post can be deleted, and was a complaint all the same.",
    )
    moved = forms.CharField(
        label="How it went to a private channel",
        required=False,
        max_length=500,
        help_text="What you sent them and when. Empty: not yet.",
    )
    urgent = forms.CharField(
        label="What cannot wait until tomorrow?",
        required=False,
        max_length=5000,
        widget=forms.Textarea,
        help_text="No heating, a child at risk, a hospital visit.",
    )
    doing_now = forms.CharField(
        label="Who is doing it now?",
        required=False,
        max_length=300,
        widget=forms.Textarea,
        help_text="A name or a team. If nobody is, write nobody.",
    )
    hazard = forms.ChoiceField(
        label="Is anything in the home dangerous?", required=False, choices=DANGER, widget=forms.RadioSelect
    )
    no_danger_because = forms.CharField(
        label="Why it is no danger",
        required=False,
        max_length=1000,
        help_text="Who looked or asked, and what they saw.",
    )
    needs = LinesField(label="What makes this hard for them", required=False, help_text="One a line.")
    adjustments = LinesField(
        label="What we do to make it easier",
        required=False,
        help_text="One a line: large print, texts, an interpreter.",
    )
    attached = FilesField(
        label="Files",
        required=False,
        help_text="Photos, letters, pictures of posts, emails. Several at once.",
    )
    wants = forms.ChoiceField(
        label="What do they want?", required=False, widget=forms.RadioSelect, choices=WANTS
    )
    about_staff = LinesField(
        label="Staff it is about", required=False, help_text="One name a line. They will not handle it."
    )
    issue_arose = DayField(label="When it began", required=False, called="The day it began")
    category = forms.ChoiceField(
        label="Subject", required=False, choices=[("", "Not chosen"), *((each, each) for each in CATEGORIES)]
    )
    stock = forms.ChoiceField(label="Kind of home", required=False, choices=STOCK)
    handler = forms.ChoiceField(label="Give it to", required=False)
    request_reason = forms.CharField(
        label="Why it is a service request", required=False, max_length=5000, widget=forms.Textarea
    )
    alike_seen = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        landlord_id: int,
        handlers: Sequence[tuple[int, str]] = (),
        then: str = RECORD,
        made_before: bool = False,
        kept: Sequence[Kept] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.landlord_id, self.then, self.made_before = landlord_id, then, made_before
        self.kept = list(kept)
        self.now = timezone.now().astimezone(LONDON)
        self.candidates: list[Person] = []
        self.more_candidates = False
        self.mentions: tuple[dangers.Mention, ...] = ()
        self.fields["day"].initial = self.now.date()
        self.fields["time"].initial = self.now.time()
        self.fields["day"].not_after(self.now.date(), "The day must be today or earlier.")  # type: ignore[attr-defined]
        self.fields["issue_arose"].not_after(self.now.date(), "The day it began must be today or earlier.")  # type: ignore[attr-defined]
        people = [(str(number), name) for number, name in handlers]
        self.fields["handler"].choices = [("", "Choose one"), *people]  # type: ignore[attr-defined]
        own = categories(landlord_id)
        if own:
            self.fields["category"].choices = [("", "Not chosen"), *((each, each) for each in own)]  # type: ignore[attr-defined]
        self._offer(self._typed("resident"))

    # Who it is

    def _typed(self, name: str) -> str:
        value = self[name].value()
        return value.strip() if isinstance(value, str) else ""

    def _offer(self, chosen: str) -> None:
        """Offer whom it may be, from what is typed and what was chosen before."""
        who = {name: self._typed(name) for name in ("name", "address", "email", "telephone")}
        if any(who.values()):
            found = likely(self.landlord_id, **who)
            self.candidates, self.more_candidates = found[:MOST_FOUND], len(found) > MOST_FOUND
        if chosen.isdigit() and int(chosen) not in {person.pk for person in self.candidates}:
            self.candidates = [*of_landlord(self.landlord_id).filter(pk=int(chosen)), *self.candidates]
        guarded = under_safe_contact(self.landlord_id, self.candidates)
        people = [(str(person.pk), _who(person, person.pk in guarded)) for person in self.candidates]
        self.fields["resident"].choices = [*people, (SOMEONE_NEW, "Someone new")]  # type: ignore[attr-defined]

    def clean_resident(self) -> Person | None:
        """The person chosen; None for someone new."""
        chosen = self.cleaned_data["resident"]
        if chosen and chosen != SOMEONE_NEW:
            return next(person for person in self.candidates if str(person.pk) == chosen)
        # Whoever this very page has just added would be found here.
        if not chosen and self.candidates and not self.made_before:
            raise ValidationError("Say who it is: one of these people, or someone new.", code="who")
        return None

    # All of it together

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._someone_is_named(cleaned)
        self._not_in_the_future(cleaned)
        self._danger_is_answered(cleaned)
        self._post_is_kept(cleaned)
        self.safe_ways_agree(cleaned)
        if self.then == LOG and not cleaned.get("handler") and "handler" not in self.errors:
            self.add_error("handler", "Choose who handles it.")
        if self.then == REQUEST:
            self._request_is_agreed(cleaned)
        return cleaned

    def _someone_is_named(self, cleaned: dict[str, Any]) -> None:
        known = cleaned.get("resident") or cleaned.get("name") or cleaned.get("address")
        if not known and "resident" not in self.errors:
            self.add_error("name", "Enter the resident's name, or where they live.")
        if cleaned.get("told_by") == "representative" and not cleaned.get("representative"):
            self.add_error("representative", "Enter the name of whoever acts for them.")

    def _not_in_the_future(self, cleaned: dict[str, Any]) -> None:
        day, at = cleaned.get("day"), cleaned.get("time")
        if day is None or at is None:
            return
        cleaned["at"] = datetime.combine(day, at, LONDON)
        if cleaned["at"] > self.now:
            self.add_error("time", "The time must be now or earlier.")
        try:
            calendar().is_working(day)
        except NotCovered:
            self.add_error("day", "The day is before the bank holidays we know. Check the year.")

    @property
    def danger_words(self) -> str:
        """The dangers that were spoken of, as they were written: “Damp”, “gas”."""
        return ", ".join(f"“{each.words}”" for each in self.mentions)

    def _danger_is_answered(self, cleaned: dict[str, Any]) -> None:
        told = (cleaned.get(name) or "" for name in ("account", "urgent", "post_text"))
        self.mentions = dangers.mentioned(*told, *cleaned.get("points", ()))
        answer, urgent = cleaned.get("hazard"), (cleaned.get("urgent") or "").strip()
        if self.mentions and not answer:
            self.add_error("hazard", f"You wrote {self.danger_words}. Say whether it is dangerous.")
        if answer == "no" and (self.mentions or urgent) and not cleaned.get("no_danger_because"):
            self.add_error("no_danger_because", "Enter why it is no danger.")
        if (urgent or answer == "emergency") and not cleaned.get("doing_now"):
            self.add_error("doing_now", "Enter who is doing it now. If nobody is, write nobody.")

    def _post_is_kept(self, cleaned: dict[str, Any]) -> None:
        given = cleaned.get("post_link") or cleaned.get("post_text") or self.kept
        if cleaned.get("channel") == "social_media" and not given:
            self.add_error("post_text", "Keep the post: its words, its link, or a picture of it under Files.")

    def _request_is_agreed(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("wants"):
            self.add_error("wants", "Say what the resident wants, having heard both (Code 1.3).")
        elif cleaned["wants"] == "complaint":
            self.add_error(
                "wants", "They want a complaint, so it is one. Choose “Record complaint” (Code 1.3)."
            )
        elif cleaned["wants"] == "not_asked":
            self._not_happy(cleaned)
        if not cleaned.get("request_reason"):
            self.add_error("request_reason", "Enter why it is a service request.")

    def _not_happy(self, cleaned: dict[str, Any]) -> None:
        """Where they say that they are not happy, it is theirs to say what this is."""
        word = dissatisfaction.said(cleaned.get("account") or "", *cleaned.get("points", ()))
        if word:
            self.add_error("wants", f"You wrote “{word}”. Ask what they want, having heard both (Code 1.3).")

    # What the actions take

    def of_receive(self) -> dict[str, Any]:
        """The fields of `receive`, those left empty left out."""
        cleaned = self.cleaned_data
        hazard = cleaned["hazard"] if cleaned["hazard"] in ("emergency", "significant") else None
        given = {
            "channel": cleaned["channel"],
            "account": self._whole_account(),
            "points": cleaned["points"] or [_one_point(cleaned["account"])],
            "outcomes": cleaned["outcomes"],
            "from": cleaned["told_by"],
            "authority": cleaned["authority"] if cleaned["told_by"] == "representative" else None,
            "issue_arose": cleaned["issue_arose"],
            "at_risk": bool(cleaned["urgent"].strip()) or hazard == "emergency" or None,
            "needs": cleaned["needs"],
            "adjustments": cleaned["adjustments"],
            "stock": cleaned["stock"],
            "category": cleaned["category"],
            "hazard": hazard,
            "dangers": list(dict.fromkeys(each.kind for each in self.mentions)),
            "wants": cleaned["wants"] if cleaned["wants"] != "not_asked" else None,
        }
        return {name: value for name, value in given.items() if value not in (None, "", [])}

    def _whole_account(self) -> str:
        """Their words, and beneath them what else was said that has no place of its own."""
        cleaned = self.cleaned_data
        parts = [cleaned["account"]]
        if cleaned["urgent"].strip():
            parts.append(f"Cannot wait until tomorrow: {cleaned['urgent']}")
        if cleaned["doing_now"]:
            parts.append(f"Doing it now: {cleaned['doing_now']}")
        if cleaned["hazard"] == "ask":
            parts.append("Whether it is dangerous was not known yet: to be asked that day.")
        parts += [f"Given this time: {label} {value}" for label, value in self.told_otherwise()]
        return "\n\n".join(parts)

    def beside(self) -> dict[str, str]:
        """More words of theirs that are kept with the receipt: the post it came by."""
        if self.cleaned_data["channel"] != "social_media":
            return {}
        return {
            name: self.cleaned_data[name] for name in ("post_link", "post_text") if self.cleaned_data[name]
        }

    @property
    def from_anybody(self) -> bool:
        """Whether it came by a way on which anybody can claim to be the resident."""
        return self.cleaned_data["channel"] in UNKNOWN_SENDERS or self.cleaned_data["told_by"] != "resident"

    def has_seen(self, alike: Sequence[Any]) -> None:
        """Sent again as it stands, it is recorded all the same."""
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed["alike_seen"] = " ".join(each.case.reference for each in alike)
        self.data = typed

    def told_otherwise(self) -> list[tuple[str, str]]:
        """An email address or telephone that differs from the one we hold for this person. Ours stays."""
        known: Person | None = self.cleaned_data["resident"]
        if known is None:
            return []
        told = [("email address", "email"), ("telephone", "telephone")]
        values = [(label, self.cleaned_data[name], getattr(known, name)) for label, name in told]
        return [
            (label, new) for label, new, held in values if new and held and new.casefold() != held.casefold()
        ]


def as_typed(form: NewComplaintForm) -> dict[str, Any]:
    """What stands in every field of a bound form, to draw it again without judging it."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if not isinstance(field, FilesField)
    }


def _who(person: Person, guarded: bool) -> str:
    """Who a candidate is. Of somebody who has said what is safe, the home is not shown: the screen may be seen."""
    return str(person) if guarded else ", ".join(part for part in (str(person), person.address) if part)


def _one_point(account: str) -> str:
    """The account as one point, cut where a word ends when it is long."""
    text = " ".join(account.split())
    if len(text) <= SHORT:
        return text
    return text[:SHORT].rsplit(" ", 1)[0].rstrip(",;:") + "…"
