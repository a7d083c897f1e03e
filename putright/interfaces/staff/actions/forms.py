"""The form of any action, made from the action's own fields: which there are, their kinds, which are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from django import forms
from django.utils.timezone import localtime

from putright.casework import fields as kinds
from putright.casework.act import Verb
from putright.interfaces.pages import words
from putright.interfaces.pages.fields import DayField, PoundsField, TimeField
from putright.interfaces.pages.forms import ActionForm
from putright.interfaces.pages.phrases import long_day
from putright.interfaces.staff.actions import choices, way
from putright.interfaces.staff.actions.task import Ask, Task
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

NOT_RECORDED = "not_recorded"
MOST_RADIOS = 6

CHOICE_WORDS: dict[str, str] = {
    **words.CHANNELS,
    **words.GROUNDS,
    **words.AWARD_HEADS,
    **words.HAZARD_KINDS,
    "officer": "Officer",
    "manager": "Manager",
    "head": "Head of service",
    "director": "Director",
    "1": "Stage 1",
    "2": "Stage 2",
    "working_days": "Working days",
    "days": "Days",
    "weeks": "Weeks",
    "in": "To us",
    "out": "From us",
    "findings": "The findings",
    "definition": "The definition",
    "wants": "They want a complaint",
    "declines": "They do not want a complaint",
}


class WhenForm(ActionForm):
    """An action form that asks when it happened: now, unless said otherwise; never in the future."""

    happened_on = DayField(label="Day", called="The day", required=False)
    happened_time = TimeField(label="Time", required=False, help_text="On the 24-hour clock, like 15:00.")
    shown_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    WHEN = ("happened_on", "happened_time")
    way_options: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    way_warning = ""

    def __init__(self, *args: Any, file: CaseFile, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, read_at=kwargs.pop("read_at", file.read_at), **kwargs)
        self.file, self.now = file, localtime(now)
        self.fields["happened_on"].initial = self.now.date()
        self.fields["happened_time"].initial = time(self.now.hour, self.now.minute)
        self.fields["shown_at"].initial = self.now.isoformat(timespec="minutes")
        self.fields["happened_on"].not_after(self.now.date(), "The day must be today or earlier.")  # type: ignore[attr-defined]
        self.at: datetime = self.now

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(name in self.errors for name in self.WHEN):
            self._when(cleaned)
        return cleaned

    def _when(self, cleaned: Mapping[str, Any]) -> None:
        day, moment = cleaned.get("happened_on"), cleaned.get("happened_time")
        if self._as_shown(day, moment):
            self.at = self.now
            return
        day = day or self.now.date()
        today = day == self.now.date()
        moment = moment or (self.now.time() if today else kinds.NINE_IN_THE_MORNING)
        self.at = datetime.combine(day, moment.replace(tzinfo=None), kinds.LONDON)
        if self.at > self.now:
            self.add_error("happened_time", "The time must be now or earlier.")
        received = self.file.complaint.events[0].on
        if day < received:
            says = f"The case came on {long_day(received, self.now.date())}. Give that day or a later one."
            self.add_error("happened_on", says)

    def _as_shown(self, day: date | None, moment: time | None) -> bool:
        """Whether day and time stand as the page gave them: then it is happening now."""
        if day is None and moment is None:
            return True
        try:
            shown = localtime(datetime.fromisoformat(self.data.get(self.add_prefix("shown_at"), "")))
        except ValueError:
            return False
        return day == shown.date() and moment == time(shown.hour, shown.minute)

    @property
    def when_is_open(self) -> bool:
        """Whether the question when it happened should stand open: something was said or is wrong."""
        return self.is_bound and (
            any(name in self.errors for name in self.WHEN)
            or not self._as_shown(
                self.cleaned_data.get("happened_on"), self.cleaned_data.get("happened_time")
            )
        )


class TaskForm(WhenForm):
    """The form of one action, each field as its kind is asked."""

    def __init__(
        self,
        *args: Any,
        action: Verb,
        task: Task,
        file: CaseFile,
        staff: Staff,
        now: datetime,
        tells: bool = True,
        **kwargs: Any,
    ) -> None:
        task = way.asked_too(task, action.name, file, now) if tells else task
        self.action, self.task, self.staff = action, task, staff
        super().__init__(*args, file=file, now=now, **kwargs)
        self.asked = [name for name in task.asks if _means_something(task, name, file)]
        for name in self.asked:
            self._add(name, action.fields[name], task.asks[name])
        if task.extra:
            task.extra(self)
        self.order_fields([*(n for n in self.fields if n not in (*self.WHEN, "shown_at", "read_at", "key"))])
        self._say_what_is_missing()

    def _add(self, name: str, field: kinds.Field, ask: Ask) -> None:
        kind, optional = without_none(field.kind)
        needed = self.task.needed_if.get(name)
        required = (field.required and not optional) or (needed is not None and needed(self.file))
        made = _made(self, name, kind, ask, required)
        self.fields.update(made)
        if ask.default is not None and self.fields[name].initial in (None, NOT_RECORDED):
            self.fields[name].initial = ask.default(self.file)

    def _say_what_is_missing(self) -> None:
        """Fields added after the base form was made get its words for what is missing."""
        for name in self.asked:
            ask = self.task.asks[name]
            if ask.missing and name in self.fields:
                self.fields[name].error_messages["required"] = ask.missing

    def must_choose(self, name: str) -> None:
        """Take away that a choice may stay unrecorded."""
        field = self.fields[name]
        field.required, field.initial = True, None
        chosen = [each for each in _flat_choices(field) if each[0] not in ("", NOT_RECORDED)]
        field.choices = [("", "Choose one"), *chosen]  # type: ignore[attr-defined]

    @property
    def nothing_to_choose(self) -> str:
        """What the page says where a field that is needed has nothing to choose from; empty where all have."""
        for name in self.asked:
            field, ask = self.fields[name], self.task.asks[name]
            if ask.empty and field.required and not any(value for value, _ in _flat_choices(field)):
                return ask.empty
        return ""

    @property
    def shown(self) -> list[str]:
        """The visible fields, in order, without when it happened."""
        return [bound.name for bound in self.visible_fields() if bound.name not in self.WHEN]

    def given(self) -> dict[str, Any]:
        """What was answered, as plain data for the action. Only when the form is valid."""
        found = {}
        for name in self.asked:
            kind, _ = without_none(self.action.fields[name].kind)
            value = _plain(self, name, kind)
            if value is not None:
                found[name] = value
        return self.task.given(self, found) if self.task.given else found

    def options(self, name: str, **more: Any) -> dict[str, Any]:
        """How a field is drawn, beyond its kind."""
        ask = self.task.asks.get(name)
        found: dict[str, Any] = dict(more)
        if self.fields[name].initial == NOT_RECORDED:
            found["optional"] = False  # the last choice says so itself
        if ask is None:
            return found
        if ask.hints:
            found["item_hints"] = ask.hints
        if ask.unavailable is not None:
            found["unavailable"] = ask.unavailable(self.file, self.staff)
        return found


def ask_the_way(form: WhenForm, verb: str, staff: Staff) -> None:
    """Ask on a form of its own kind to whom and which way it goes. Not needed by the form: the action asks."""
    task = way.asked_too(Task(done=""), verb, form.file, form.now)
    needed = task.needed_if["way"](form.file)
    for name in ("whom", "way"):
        if _means_something(task, name, form.file):
            ask = task.asks[name]
            common = {"label": ask.label, "help_text": ask.hint, "required": name == "whom" or needed}
            assert ask.choices is not None
            field = _choice(ask.choices(form.file, staff), common, ask)
            field.required = False
            if ask.default is not None:
                field.initial = ask.default(form.file)
            form.fields[name] = field
    asked = {name: ask for name, ask in task.asks.items() if name in form.fields}
    form.way_options = {name: _way_options(form, ask, staff) for name, ask in asked.items()}
    form.way_warning = task.warning


def _way_options(form: WhenForm, ask: Ask, staff: Staff) -> dict[str, Any]:
    closed = ask.unavailable(form.file, staff) if ask.unavailable else {}
    return {"item_hints": ask.hints, "unavailable": closed, "optional": False}


def way_given(form: WhenForm) -> dict[str, Any]:
    """To whom and which way, where it was answered. Only when the form is valid."""
    found = {name: form.cleaned_data.get(name) for name in ("whom", "way")}
    return {name: value for name, value in found.items() if value not in ("", None, NOT_RECORDED)}


def _flat_choices(field: forms.Field) -> list[tuple[str, str]]:
    return [(str(value), str(text)) for value, text in getattr(field, "choices", ())]


def _means_something(task: Task, name: str, file: CaseFile) -> bool:
    return name not in task.only_if or task.only_if[name](file)


def without_none(kind: Any) -> tuple[Any, bool]:
    """A kind without its None, and whether it had one."""
    if get_origin(kind) not in (Union, UnionType):
        return kind, False
    parts = [each for each in get_args(kind) if each is not type(None)]
    optional = len(parts) < len(get_args(kind))
    return (parts[0] if len(parts) == 1 else Union[tuple(parts)]), optional  # noqa: UP007


def _made(form: TaskForm, name: str, kind: Any, ask: Ask, required: bool) -> dict[str, forms.Field]:
    """The form fields that ask for one field of an action: two for a moment, else one."""
    hint = ask.hint if isinstance(ask.hint, str) else ask.hint(form.file)
    common: dict[str, Any] = {"label": ask.label, "help_text": hint, "required": required}
    options = ask.choices(form.file, form.staff) if ask.choices is not None else []
    # A label with nothing to choose from is asked for in words: a landlord may have no list of its own.
    if options or (ask.choices is not None and kind is not kinds.Label):
        return {name: _choice(options, common, ask)}
    if get_origin(kind) is Literal:
        values = [str(each) for each in _flat(kind)]
        return {name: _choice([(value, CHOICE_WORDS[value]) for value in values], common, ask)}
    if get_origin(kind) is list:
        return _lines(name, ask, common)
    if kind is datetime:
        return _moment(name, ask, common)
    return {name: _SIMPLE[kind](form, ask, common)}


def _flat(kind: Any) -> list[Any]:
    found: list[Any] = []
    for each in get_args(kind):
        found += _flat(each) if get_origin(each) is Literal else [each]
    return found


def _choice(options: list[tuple[str, str]], common: dict[str, Any], ask: Ask) -> forms.ChoiceField:
    as_select = not ask.as_radios and (ask.as_select or len(options) > MOST_RADIOS)
    if not common["required"]:
        options = [*options, (NOT_RECORDED, "Not recorded")]
        common = common | {"initial": NOT_RECORDED}
    if as_select and common["required"]:
        options = [("", "Choose one"), *options]
    widget = forms.Select if as_select else forms.RadioSelect
    made = forms.ChoiceField(choices=options, widget=widget, **common)
    made.error_messages["invalid_choice"] = "Choose one from the list."
    if not ask.missing:
        made.error_messages["required"] = f"Choose: {ask.label.rstrip('?').lower()}."
    return made


def _lines(name: str, ask: Ask, common: dict[str, Any]) -> dict[str, forms.Field]:
    hint = f"{common['help_text']} One a line.".strip()
    widget = forms.Textarea(attrs={"rows": ask.rows})
    # An empty list is an answer to a list that is needed: the action itself says when it is not.
    required = common["required"] and name not in MAY_BE_EMPTY
    made: dict[str, forms.Field] = {
        name: forms.CharField(
            **(common | {"help_text": hint, "required": required}),
            widget=widget,
            max_length=kinds.LONGEST_TEXT,
        )
    }
    if ask.none:
        made[f"{name}_none"] = forms.BooleanField(label=ask.none, required=False)
    return made


MAY_BE_EMPTY = frozenset({"needs", "adjustments", "orders"})


def _moment(name: str, ask: Ask, common: dict[str, Any]) -> dict[str, forms.Field]:
    return {
        name: DayField(**common, called="The day"),
        f"{name}_time": TimeField(
            label="At what time?", required=common["required"], help_text="On the 24-hour clock, like 15:00."
        ),
    }


def _words(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    if ask.rows == 1:
        return forms.CharField(**common, max_length=kinds.LONGEST_TEXT, strip=True)
    widget = forms.Textarea(attrs={"rows": ask.rows})
    return forms.CharField(**common, widget=widget, max_length=kinds.LONGEST_TEXT, strip=False)


def _label(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(**common, max_length=60)


def _yes_no(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    return _choice([("yes", ask.yes), ("no", ask.no)], common, ask)


def _day(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    return DayField(**common, called="The day")


def _person(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    return _choice(choices.staff(form.file, form.staff), common, ask)


def _shared_with(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    return _choice(choices.shared_with(form.file, form.staff), common, ask)


def _whole(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    return forms.IntegerField(**common, min_value=0, max_value=1000)


def _number(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    return forms.IntegerField(**common, min_value=1, max_value=1000)


def _pounds(form: TaskForm, ask: Ask, common: dict[str, Any]) -> forms.Field:
    return PoundsField(**common, most=999_999_999)


_SIMPLE: dict[Any, Callable[[TaskForm, Ask, dict[str, Any]], forms.Field]] = {
    kinds.Words: _words,
    kinds.Label: _label,
    kinds.CaseReference: _words,
    kinds.Staff: _person,
    kinds.SharedWith: _shared_with,
    kinds.Pence: _pounds,
    kinds.Number: _number,
    bool: _yes_no,
    int: _whole,
    date: _day,
}


def _plain(form: TaskForm, name: str, kind: Any) -> Any:
    """An answer as the plain data that an action takes; None where nothing was answered."""
    value = form.cleaned_data.get(name)
    if get_origin(kind) is list:
        lines = [line.strip() for line in (value or "").splitlines() if line.strip()]
        none = form.cleaned_data.get(f"{name}_none") or name in MAY_BE_EMPTY
        return lines if lines or none else None
    if kind is datetime:
        moment = form.cleaned_data.get(f"{name}_time")
        return datetime.combine(value, moment, kinds.LONDON) if value and moment else None
    if value in ("", None, NOT_RECORDED):
        return None
    if kind is bool:
        return value == "yes"
    if kind is kinds.Pence:
        return Decimal(value) / 100
    if kind is kinds.Number or kind is int:
        return int(value)
    if get_origin(kind) is Literal and all(isinstance(each, int) for each in _flat(kind)):
        return int(value)
    return value


def quiet(form: forms.BaseForm) -> forms.BaseForm:
    """A form with what was typed and none of its errors: for "Add another", which sends nothing."""
    form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]
    form.cleaned_data = {}
    return form
