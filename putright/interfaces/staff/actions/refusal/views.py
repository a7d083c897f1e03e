"""Refuse a complaint, or decline stage 2: on what ground, why, and where else the matter can go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from complaint_rules.letters import known_routes
from putright.casework import verb as action_named
from putright.interfaces.pages.fields import DayField
from putright.interfaces.pages.forms import Form
from putright.interfaces.pages.phrases import long_day
from putright.interfaces.staff.actions.forms import TaskForm, quiet
from putright.interfaces.staff.actions.page import page
from putright.interfaces.staff.actions.rows import Rows
from putright.interfaces.staff.actions.sending import Sent, back_to_case, send
from putright.interfaces.staff.actions.shown import LOOKS, Seen, as_file, look
from putright.interfaces.staff.actions.tasks import TASKS
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

OTHER = "other"
SAY_WHERE = "Say where else this can go and by when, or that there is nowhere else."


def _routes() -> list[tuple[str, str]]:
    known = [(key, f"{route.label[:1].upper()}{route.label[1:]}") for key, route in known_routes().items()]
    return [("", "Choose one"), *known, (OTHER, "Somewhere else")]


class WayForm(Form):
    """Where else the matter can go, and the last day."""

    mark_optional = False

    route = forms.ChoiceField(
        label="Where", choices=_routes, error_messages={"required": "Choose where, or clear this row."}
    )
    where = forms.CharField(label="If somewhere else, where?", max_length=500, required=False)
    by = DayField(label="The last day", called="The day", required=False)
    no_limit = forms.BooleanField(label="There is no last day", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        route = cleaned.get("route")
        if route == OTHER and not (cleaned.get("where") or "").strip():
            self.add_error("where", "Say where.")
        if route and "by" not in self.errors and not cleaned.get("by") and not cleaned.get("no_limit"):
            self.add_error("by", f"Give the last day, or tick that there is none.{_perhaps(route)}")
        return cleaned

    def way(self) -> dict[str, Any]:
        """The row as plain data. Only when valid."""
        answers = self.cleaned_data
        route = answers["where"] if answers["route"] == OTHER else answers["route"]
        found = {"route": route, "by": answers["by"], "no_limit": answers["no_limit"] or None}
        return {name: value for name, value in found.items() if value}


def _perhaps(route: str) -> str:
    """The day that the law may give, for somebody who is told today: to be checked by whoever sends it."""
    known = known_routes().get(route)
    today = timezone.localdate()
    day = known.last_day(today) if known is not None else None
    return f" It may be {long_day(day, today)}: check it first." if day else ""


class RefusalForm(TaskForm):
    """The form of a refusal, and the ways elsewhere."""

    def __init__(self, posted: Mapping[str, Any] | None, **kwargs: Any) -> None:
        super().__init__(posted, **kwargs)
        self.fields["nowhere_else"] = forms.BooleanField(
            label="There is nowhere else it can go", required=False
        )
        adds = (posted or {}).get("do", "")
        self.ways = Rows(WayForm, "way", posted, one_more=adds == "add-way")

    @property
    def shown(self) -> list[str]:
        return [name for name in super().shown if name != "nowhere_else"]

    def all_valid(self) -> bool:
        """Whether it can be used: and it says where else this can go, or that there is nowhere."""
        valid = all(form.is_valid() for form in (self, *self.ways.forms))
        if valid and not self.ways.filled() and not self.cleaned_data["nowhere_else"]:
            self.add_error("nowhere_else", SAY_WHERE)
            return False
        return valid

    def given(self) -> dict[str, Any]:
        ways = [form.way() for form, _ in self.ways.filled()]  # type: ignore[attr-defined]
        return super().given() | {"elsewhere": ways}


def refuse_complaint(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """The page that refuses to accept a complaint."""
    return _refusal(request, file, staff, "refuse_complaint")


def decline_escalation(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """The page that declines stage 2."""
    return _refusal(request, file, staff, "decline_escalation")


def _refusal(request: HttpRequest, file: CaseFile, staff: Staff, verb: str) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    action, task = action_named(verb), TASKS[verb]
    form = RefusalForm(posted, action=action, task=task, file=file, staff=staff, now=timezone.now())
    sent, seen = Sent(), Seen()
    if posted is not None and posted.get("do", "").startswith("add-"):
        for each in (form, *form.ways.forms):
            quiet(each)
    elif posted is not None and not form.all_valid():
        pass  # what is wrong stands beside its field
    elif posted is not None and posted.get("do") in LOOKS:
        seen = look(action, file, staff, form, form.given())
        as_it_would_be_kept = as_file(request, file, staff, seen)
        if as_it_would_be_kept is not None:
            return as_it_would_be_kept
    elif posted is not None:
        by = staff.actor(verb, file.complaint.procedure)
        sent = send(action, file.case, form, form.given(), by, form.at)
        if sent.outcome is not None:
            return back_to_case(request, file, sent.outcome, task.done, task.moves)
    return page(
        request,
        file,
        staff,
        verb,
        task,
        form,
        sent,
        template="staff/actions/refusal/page.html",
        forms=form.ways.forms,
        seen=seen,
    )
