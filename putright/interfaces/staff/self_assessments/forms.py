"""What is asked on the pages of self-assessments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from complaint_rules.editions import all_editions
from complaint_rules.editions.provisions import Provision, provisions
from putright.evidence.self_assessments.models import Assessment
from putright.interfaces.pages.fields import DayField
from putright.interfaces.pages.forms import ActionForm, Form
from putright.interfaces.staff.self_assessments import told

LONGEST = 10_000
EARLIEST, LATEST = date(2015, 1, 1), date(2100, 1, 1)


def _long(label: str, required: bool = False, **given: Any) -> forms.CharField:
    errors = {"max_length": f"Write {LONGEST:,} characters or fewer."} | given.pop("error_messages", {})
    return forms.CharField(
        label=label,
        widget=forms.Textarea,
        required=required,
        max_length=LONGEST,
        error_messages=errors,
        **given,
    )


def _sensible(form: forms.Form) -> None:
    for field in form.fields.values():
        if isinstance(field, DayField):
            field.error_messages["required"] = f"Give {field.called[:1].lower()}{field.called[1:]}."
            field.not_before(EARLIEST, "The year must be 2015 or later.")
            field.not_after(LATEST, "The year must be before 2100.")


class StartForm(ActionForm):
    """The edition, the period, why, and what it begins from."""

    edition = forms.ChoiceField(label="Edition of the Code", widget=forms.RadioSelect)
    first_day = DayField(label="First day of the year", called="The first day")
    last_day = DayField(label="Last day of the year", called="The last day")
    source = forms.ChoiceField(label="Begin from", widget=forms.RadioSelect)
    why = forms.ChoiceField(
        label="What is it for?", widget=forms.RadioSelect, choices=list(told.WHY.items()), initial="annual"
    )
    size = forms.ChoiceField(
        label="How many homes do you have?", widget=forms.RadioSelect, choices=list(told.SIZES.items())
    )
    due_on = DayField(
        label="Day it is due to the Ombudsman",
        called="The day it is due",
        required=False,
        help_text="Leave it empty to take the published day for your size and year.",
    )

    def __init__(self, *args: Any, earlier: Iterable[Assessment], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(all_editions())
        self.fields["edition"].choices = [(each, f"{each} Code") for each in reversed(names)]  # type: ignore[attr-defined]
        self.fields["edition"].initial = names[-1]
        before = [(str(each.pk), _named(each)) for each in earlier]
        self.fields["source"].choices = [*before, ("empty", "Nothing: every answer is new")]  # type: ignore[attr-defined]
        self.fields["source"].initial = before[0][0] if before else "empty"
        self.fields["first_day"].initial = date(today.year, 1, 1)
        self.fields["last_day"].initial = date(today.year, 12, 31)
        _sensible(self)


def _named(each: Assessment) -> str:
    came = f", read from {each.came_from}" if each.came_from else ""
    return (
        f"Carry forward {each.last_day.year}, {each.edition} Code ({told.STATES[each.state].lower()}{came})"
    )


class AnswerForm(ActionForm):
    """The answer to one provision. `read_at` is the version of the row that the page saw."""

    answer = forms.ChoiceField(label="Your answer", widget=forms.RadioSelect, required=False)
    comment = _long("Comment")
    why_not = _long("If not complying: why?")
    comply_by = DayField(label="Day you will comply", called="The day you will comply", required=False)

    def __init__(self, *args: Any, provision: Provision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, word) for code, word in told.ANSWERS.items() if code and code != "cannot_tell"]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]
        if provision.answer != "yes_no":
            del self.fields["answer"]
            self.fields["comment"].label = "Your answer in words or figures"
        _sensible(self)


class DoingForm(Form):
    """What will be done to comply, by whom and when."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    what = forms.CharField(label="What will be done", required=False, max_length=1000)
    owner = forms.CharField(label="Who", required=False, max_length=120)
    due_on = DayField(label="By", called="The day", required=False)

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sensible(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("owner") or given.get("due_on")) and not given.get("what") and not given.get("pk"):
            self.add_error("what", "Enter what will be done.")
        return given


class StepForm(ActionForm):
    """Who took a step, when, and what they said."""

    body = forms.CharField(
        label="Who",
        max_length=120,
        help_text="A name or a body: the senior lead, the board, a committee, a panel, the council.",
        error_messages={"required": "Enter who did this."},
    )
    part = forms.CharField(
        label="Part it signs, if not the whole",
        max_length=120,
        required=False,
        help_text="Where a manager and a council each sign a part.",
    )
    on = DayField(label="Day", called="The day")
    says = _long("What they said")
    late_because = _long("Reason why it is late")

    def __init__(self, *args: Any, state: str, late: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sensible(self)
        self.fields["on"].not_after(today, "The day must be today or earlier.")  # type: ignore[attr-defined]
        self.fields["on"].initial = today
        if state == "responded":
            self.fields["says"].label = "The governing body's response"
            self.fields["says"].required = True
            self.fields["says"].error_messages["required"] = "Enter the governing body's response."
        if not late:
            del self.fields["late_because"]


class SendBackForm(ActionForm):
    """Why it is made a draft again."""

    says = _long("Reason", required=True, error_messages={"required": "Give the reason."})


class FinishForm(ActionForm):
    """The day something was done, and what shows it."""

    done_on = DayField(label="Day it was done", called="The day it was done")
    proof = _long("What shows it")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sensible(self)
        self.fields["done_on"].initial = today
        self.fields["done_on"].not_after(today, "The day must be today or earlier.")  # type: ignore[attr-defined]


class PaperForm(ActionForm):
    """A document or a fact, where it is, and what it supports."""

    kind = forms.ChoiceField(label="What it is", choices=[("", "Choose one"), *told.KINDS.items()])
    title = forms.CharField(label="Title", max_length=200)
    section = forms.CharField(
        label="Section or page",
        required=False,
        max_length=60,
        help_text="The part that matters, such as S.9.3.",
    )
    owner = forms.CharField(label="Who looks after it", required=False, max_length=120)
    dated_on = DayField(label="Day of the paper", called="The day of the paper", required=False)
    review_on = DayField(label="To be reviewed by", called="The review day", required=False)
    address = forms.CharField(
        label="Where it is", required=False, max_length=500, help_text="A web address or a place."
    )
    file = forms.FileField(label="A copy of it", required=False)
    reachable = forms.ChoiceField(
        label="Did you find it there?",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "I have not looked"), ("yes", "Yes"), ("no", "No, it cannot be reached")],
    )
    note = _long("Note")
    supports = forms.CharField(
        label="Provisions it supports",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Numbers with commas between, such as 3.1, 3.4.",
    )
    edition = forms.ChoiceField(label="Of which edition")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(all_editions())
        self.fields["edition"].choices = [(each, f"{each} Code") for each in reversed(names)]  # type: ignore[attr-defined]
        self.fields["edition"].initial = names[-1]
        _sensible(self)

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        if ":" in address.split("/")[0] and not address.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("A web address must begin with https:// or http://.")
        return address

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known = provisions(given["edition"]) if given.get("edition") else {}
        typed = str(given.get("supports") or "").replace("\n", ",").split(",")
        refs = list(dict.fromkeys(each.strip() for each in typed if each.strip()))
        wrong = [each for each in refs if each not in known]
        if known and wrong:
            says = f"The {given['edition']} Code has no provision {', '.join(wrong[:5])}."
            self.add_error("supports", says)
        given["refs"] = refs
        return given


class EndForm(ActionForm):
    """Why a paper is taken out of the register."""

    reason = _long("Reason", required=True, error_messages={"required": "Give the reason."})


class UploadForm(ActionForm):
    """An earlier self-assessment as a file."""

    file = forms.FileField(
        label="The file",
        help_text="Word, ODT, PDF, web page or plain text, as you published it.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty.",
            "missing": "Choose a file.",
        },
    )


class CheckedForm(ActionForm):
    """The whole of a form that was read: its name, its edition and its year."""

    edition = forms.CharField(widget=forms.HiddenInput, max_length=10)
    came_from = forms.CharField(widget=forms.HiddenInput, max_length=255)
    first_day = DayField(label="First day of the year it is about", called="The first day")
    last_day = DayField(label="Last day of the year it is about", called="The last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sensible(self)

    def clean_edition(self) -> str:
        edition = str(self.cleaned_data["edition"])
        if edition not in all_editions():
            raise forms.ValidationError("Upload the file again.")
        return edition


class CheckedRow(Form):
    """What a form says of one provision, to be corrected by hand beside what was printed."""

    mark_optional = False

    answer = forms.ChoiceField(
        label="Answer",
        required=False,
        choices=[
            (code, word if code else "Not answered")
            for code, word in told.ANSWERS.items()
            if code != "cannot_tell"
        ],
    )
    comment = _long("Evidence and comment")
    doing = _long("Actions, one a line")
    printed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST)
    problems = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST)


class CompareForm(Form):
    """Two assessments."""

    mark_optional = False
    one = forms.ChoiceField(label="First", required=False)
    other = forms.ChoiceField(label="Second", required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
