"""Form fields in the words of the service: a day in three boxes, pounds, a time of day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from complaint_rules.working_days import MONTHS
from putright.interfaces.pages.phrases import long_day, pounds

PARTS = ("day", "month", "year")

_MONTH_NUMBERS = {month.lower()[:length]: n for n, month in enumerate(MONTHS, 1) for length in range(3, 10)}
_MONTH_NUMBERS["sept"] = 9


class DayInput(forms.Widget):
    """Three boxes, `NAME-day`, `NAME-month` and `NAME-year`. Its value is what was typed, in a mapping."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: (data.get(f"{name}-{part}") or "").strip() for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)


def in_boxes(value: Any) -> dict[str, str]:
    """What stands in the three boxes for a value: a day, what was typed, or nothing."""
    if isinstance(value, datetime | date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    if isinstance(value, Mapping):
        return {part: str(value.get(part) or "") for part in PARTS}
    return dict.fromkeys(PARTS, "")


class DayField(forms.Field):
    """A calendar day typed as day, month and year; cleans to a `date`, or None when blank and not required.

    `called` begins the errors ("The day the walls will be treated" gives "... must be a real day").
    A month may be typed as a word. Limits are set by the form, which knows what day it is:
    `not_after(today, "The day must be today or earlier.")`.
    """

    widget = DayInput

    def __init__(self, *, called: str = "The day", **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault("required", "Give the day.")
        super().__init__(**kwargs)
        self.called = called
        self._latest: tuple[date, str] | None = None
        self._earliest: tuple[date, str] | None = None

    def not_after(self, day: date, says: str | None = None) -> None:
        """Refuse a later day."""
        self._latest = (day, says or f"{self.called} must be {long_day(day)} or earlier.")

    def not_before(self, day: date, says: str | None = None) -> None:
        """Refuse an earlier day."""
        self._earliest = (day, says or f"{self.called} must be {long_day(day)} or later.")

    def clean(self, value: Any) -> date | None:
        day = self.to_python(value)
        if day is None:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if self._latest and day > self._latest[0]:
            raise ValidationError(self._latest[1], code="too_late")
        if self._earliest and day < self._earliest[0]:
            raise ValidationError(self._earliest[1], code="too_early")
        self.run_validators(day)
        return day

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        typed = in_boxes(value)
        if not any(typed.values()):
            return None
        missing = [part for part in PARTS if not typed[part]]
        if missing:
            raise self._wrong(f"{self.called} must include a {' and a '.join(missing)}.", missing)
        if not _is_number(typed["year"]) or len(typed["year"]) != 4:
            raise self._wrong(f"{self.called} must have a year with 4 numbers, like 2026.", ["year"])
        month = _month_number(typed["month"])
        if month is None or not _is_number(typed["day"]):
            raise self._wrong(f"{self.called} must be a real day.", ["day" if month else "month"])
        try:
            return date(int(typed["year"]), month, int(typed["day"]))
        except ValueError:
            raise self._wrong(f"{self.called} must be a real day.", list(PARTS)) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return in_boxes(initial) != in_boxes(data)

    def _wrong(self, says: str, parts: list[str]) -> ValidationError:
        return ValidationError(says, code="invalid", params={"parts": parts})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _month_number(text: str) -> int | None:
    if _is_number(text):
        return int(text) if 1 <= int(text) <= 12 else None
    return _MONTH_NUMBERS.get(text.lower().rstrip("."))


_POUNDS = re.compile(r"£?(?P<pounds>\d{1,9})(?:\.(?P<pence>\d{1,2}))?", re.ASCII)


class PoundsField(forms.CharField):
    """A sum of money typed in pounds; cleans to whole pence, or None when blank and not required."""

    def __init__(self, *, called: str = "The amount", most: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault("required", "Give the amount.")
        super().__init__(**kwargs)
        self.called, self.most = called, most
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        plain = _POUNDS.fullmatch(typed.replace(",", "").replace(" ", ""))
        if plain is None:
            raise ValidationError(f"{self.called} must be in pounds, like 60 or 60.50.", code="invalid")
        pence = int(plain["pounds"]) * 100 + int((plain["pence"] or "").ljust(2, "0"))
        if self.most is not None and pence > self.most:
            raise ValidationError(f"{self.called} must be {pounds(self.most)} or less.", code="too_much")
        return pence


class TimeField(forms.TimeField):
    """A time of day on the 24-hour clock, typed like 15:00; 15.00 and 1500 are taken too."""

    default_error_messages = {"invalid": "The time must be like 15:00.", "required": "Give the time."}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H%M", "%I%p", "%I:%M%p", "%I.%M%p"])
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        return super().to_python(value.replace(" ", "") if isinstance(value, str) else value)


class SeveralFiles(forms.FileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """The files that were chosen. The view puts them aside: a form that is shown again has lost its own."""

    widget = SeveralFiles
