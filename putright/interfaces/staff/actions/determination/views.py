"""Record a determination of the Ombudsman: a finding for each issue, its orders and recommendations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from putright.casework import verb as action_named
from putright.casework.fields import LONGEST_TEXT
from putright.interfaces.pages import words
from putright.interfaces.pages.fields import DayField
from putright.interfaces.pages.forms import Form
from putright.interfaces.staff.actions.forms import WhenForm, quiet
from putright.interfaces.staff.actions.page import page
from putright.interfaces.staff.actions.rows import Rows
from putright.interfaces.staff.actions.sending import Sent, back_to_case, send
from putright.interfaces.staff.actions.task import Task
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

TASK = Task(done="The determination is recorded.")
NO_ISSUE = "Enter at least one issue and what was found."


class IssueForm(Form):
    """An issue, and what was found of it."""

    mark_optional = False

    issue = forms.CharField(
        label="Issue", max_length=LONGEST_TEXT, error_messages={"required": "Enter the issue."}
    )
    finding = forms.ChoiceField(
        label="What was found",
        choices=[("", "Choose one"), *words.OMBUDSMAN_FINDINGS.items()],
        error_messages={"required": "Choose what was found."},
    )


class OrderForm(Form):
    """An order, and its day."""

    mark_optional = False

    what = forms.CharField(
        label="What we must do", max_length=LONGEST_TEXT, error_messages={"required": "Enter the order."}
    )
    by = DayField(label="By which day", called="The day", error_messages={"required": "Give the day."})


class DeterminationForm(WhenForm):
    """The whole determination."""

    recommendations = forms.CharField(
        label="Recommendations",
        help_text="One a line.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )

    def __init__(self, posted: Mapping[str, Any] | None, *, file: CaseFile, now: datetime) -> None:
        super().__init__(posted, file=file, now=now)
        adds = (posted or {}).get("do", "")
        self.issues = Rows(IssueForm, "issue", posted, one_more=adds == "add-issue")
        self.orders = Rows(OrderForm, "order", posted, one_more=adds == "add-order")

    @property
    def parts(self) -> list[Form]:
        """Every form of the page but this one."""
        return [*self.issues.forms, *self.orders.forms]

    def all_valid(self) -> bool:
        """Whether each of its forms can be used, and there is an issue."""
        valid = all(form.is_valid() for form in (self, *self.parts))
        if valid and not self.issues.filled():
            self.issues.forms[0].add_error("issue", NO_ISSUE)
            return False
        return valid

    def given(self) -> dict[str, Any]:
        """What was written, as plain data. Only when all is valid."""
        lines = [line.strip() for line in self.cleaned_data["recommendations"].splitlines() if line.strip()]
        return {
            "findings": [row for _, row in self.issues.filled()],
            "orders": [row for _, row in self.orders.filled()],
            "recommendations": lines,
        }


def determination(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """The page of a determination."""
    posted = request.POST if request.method == "POST" else None
    form = DeterminationForm(posted, file=file, now=timezone.now())
    sent = Sent()
    if posted is not None and posted.get("do", "").startswith("add-"):
        for each in (form, *form.parts):
            quiet(each)
    elif posted is not None and form.all_valid():
        by = staff.actor("ombudsman_determines", file.complaint.procedure)
        sent = send(action_named("ombudsman_determines"), file.case, form, form.given(), by, form.at)
        if sent.outcome is not None:
            return back_to_case(request, file, sent.outcome, TASK.done)
    return page(
        request,
        file,
        staff,
        "ombudsman_determines",
        TASK,
        form,
        sent,
        template="staff/actions/determination/page.html",
        forms=form.parts,
    )
