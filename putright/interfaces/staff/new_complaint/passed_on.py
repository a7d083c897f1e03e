"""Pass on a complaint: any member of staff may. Whose it is and since when we have it is found, and confirmed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from complaint_rules.working_days import in_words
from putright.casework.fields import LONDON, LONGEST_TEXT
from putright.interfaces.pages.fields import DayField, TimeField
from putright.interfaces.pages.forms import ActionForm
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.correspondence import files, forwarded, intakes, mail
from putright.record.correspondence.files import Kept, NotKept
from putright.record.correspondence.forwarded import Original
from putright.record.correspondence.models import Intake

MAIL, TOLD = "mail", "told"
HOW = [(MAIL, "An email"), (TOLD, "Somebody told me, in person or on the telephone")]
OTHER = "other"
CONFIRMED = ("name", "address", "day", "time", "account")


class PassOnForm(ActionForm):
    """What was passed on. `read` says that the answers stand before whoever passes it on, to be confirmed."""

    how = forms.ChoiceField(
        label="How did it reach you?",
        choices=HOW,
        initial=MAIL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it reached you."},
    )
    file = forms.FileField(
        label="The email as a file",
        required=False,
        help_text="Drag it from your mail program to the desktop first: it becomes a file that ends in .eml.",
        error_messages={"empty": "The file is empty. Choose it again, or paste the email."},
    )
    pasted = forms.CharField(
        label="Or paste it here",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        help_text="All of it, with the lines From, Sent and To above it.",
    )
    which = forms.ChoiceField(label="Which email is the complaint?", required=False, widget=forms.RadioSelect)
    name = forms.CharField(label="Who is it from?", required=False, max_length=200)
    address = forms.CharField(label="Their email address", required=False, max_length=254)
    telephone = forms.CharField(label="Their telephone", required=False, max_length=40)
    home = forms.CharField(label="Where they live", required=False, max_length=300)
    day = DayField(label="The day we first had it", required=False, called="The day")
    time = TimeField(label="Time", required=False)
    account = forms.CharField(
        label="What they say", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea
    )
    read = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, found: Sequence[Original] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.found = now.astimezone(LONDON), list(found)
        self.fields["day"].not_after(self.now.date(), "The day must be today or earlier.")  # type: ignore[attr-defined]
        choices = [(str(number), _which(each)) for number, each in enumerate(self.found)]
        self.fields["which"].choices = [*choices, (OTHER, "None of these")]  # type: ignore[attr-defined]

    @property
    def asks_again(self) -> bool:
        """Whether what was read stands on the page already, to be confirmed."""
        return bool(self.data.get("read"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (self.asks_again or cleaned.get("how") == TOLD):
            return cleaned
        if not cleaned.get("account"):
            self.add_error("account", "Enter what they say.")
        if not (cleaned.get("name") or cleaned.get("address") or cleaned.get("home")):
            self.add_error("name", "Enter who it is from, or where they live.")
        if cleaned.get("day") is None and "day" not in self.errors:
            self.add_error("day", "Give the day we first had it.")
        self._not_in_the_future(cleaned)
        return cleaned

    def _not_in_the_future(self, cleaned: dict[str, Any]) -> None:
        day = cleaned.get("day")
        if day is None:
            return
        at = cleaned.get("time") or (
            self.now.time() if day == self.now.date() else datetime.min.time().replace(9)
        )
        cleaned["at"] = datetime.combine(day, at.replace(tzinfo=None), LONDON)
        if cleaned["at"] > self.now:
            self.add_error("time", "The time must be now or earlier.")


def _which(each: Original) -> str:
    who = each.name or each.address or "Sender not known"
    day = f", {in_words(each.sent_at.date())}" if each.sent_at else ""
    start = " ".join(each.text.split())[:80]
    return f"{who}{day}: {start}"


@require_http_methods(["GET", "HEAD", "POST"])
def passed_on(request: HttpRequest) -> HttpResponse:
    """Ask for the email, or for what was said; show what was found in it; pass it on once it is confirmed."""
    staff, now = staff_of(request), timezone.now()
    if request.method != "POST":
        return _page(request, staff, PassOnForm(now=now))
    form = PassOnForm(request.POST, request.FILES, now=now)
    kept, found, problem = _given(request, staff, form)
    form = PassOnForm(request.POST, request.FILES, now=now, found=found)
    valid = form.is_valid()
    if problem:
        form.add_error("file", problem)
    if not valid or problem:
        return _page(request, staff, form)
    if form.cleaned_data["how"] == MAIL and not form.asks_again:
        return _to_confirm(request, staff, form, kept, found)
    return _pass_on(request, staff, form, found)


# Reading it


def _given(request: HttpRequest, staff: Staff, form: PassOnForm) -> tuple[list[Kept], list[Original], str]:
    """The raw email as it is kept, the emails found in it, and what is wrong with it."""
    key = intakes.key_of(request.POST.get("key", ""))
    if request.POST.get("how") == TOLD or key is None:
        return [], [], ""
    waiting = Intake.objects.filter(landlord=staff.landlord, user=staff.user, key=key).first()
    kept = intakes.files_of(waiting)
    upload: Any = request.FILES.get("file")
    pasted = request.POST.get("pasted", "")
    if upload is None and not pasted.strip() and not kept:
        return [], [], "" if form.asks_again else "Choose the email, or paste it."
    if upload is None and not kept:
        upload = ContentFile(pasted.encode("utf-8", "replace"), name="pasted.txt")
    if upload is not None and not kept:
        try:
            new = files.put_aside(upload)
        except NotKept as problem:
            return [], [], str(problem)
        kept = intakes.add_files(staff.landlord, staff.user, key, [new], at=timezone.now())
    found = _read(kept[0]) if kept else []
    if kept and kept[0].kind not in (files.MAIL, files.PLAIN, "text/html"):
        _forget(staff, key)
        return (
            [],
            [],
            f"“{kept[0].name}” is {files.called(kept[0].kind)}, not an email. Paste the email instead.",
        )
    return kept, found, ""


def _read(kept: Kept) -> list[Original]:
    """The emails in a kept file; none where it holds none."""
    with files.bytes_of(kept) as stored:
        data = stored.read(mail.MOST_BYTES)
    if kept.kind != files.MAIL:
        text = mail.decoded(data, "")
        return forwarded.in_text(text) or [Original(text=text[: mail.MOST_TEXT].strip(), unclear=(_NO_HEAD,))]
    try:
        return forwarded.originals(mail.read(data))
    except mail.NotMail:
        return []


_NO_HEAD = "There are no lines From and Sent above it, so who sent it and when is not known."


def _forget(staff: Staff, key: uuid.UUID) -> None:
    waiting = intakes.find(staff.landlord.pk, staff.user.pk, key)
    if waiting is not None:
        intakes.forget(waiting, with_files=True)


def _to_confirm(
    request: HttpRequest, staff: Staff, form: PassOnForm, kept: list[Kept], found: list[Original]
) -> HttpResponse:
    """What was found, in boxes to be confirmed. Of several emails none is chosen."""
    one = found[0] if len(found) == 1 else Original()
    at, why = _first_had(staff, one, form.now) if len(found) == 1 else (None, _SEVERAL)
    initial = {
        "how": MAIL,
        "key": request.POST.get("key"),
        "pasted": request.POST.get("pasted", ""),
        "read": True,
        "name": one.name,
        "address": one.address,
        "account": one.text,
        "day": at.astimezone(LONDON).date() if at else None,
        "time": at.astimezone(LONDON).time().replace(second=0, microsecond=0) if at else None,
    }
    again = PassOnForm(now=form.now, found=found, initial=initial)
    return _page(request, staff, again, confirms=True, why=why, unclear=one.unclear, kept=kept, found=found)


_SEVERAL = "There is more than one email in it. Say which is the complaint, and the day we first had it."


def _first_had(staff: Staff, one: Original, now: datetime) -> tuple[datetime | None, str]:
    return forwarded.first_had(one, intakes.mail_domains(staff.landlord.pk), now)


# Passing it on


def _pass_on(request: HttpRequest, staff: Staff, form: PassOnForm, found: list[Original]) -> HttpResponse:
    cleaned = form.cleaned_data
    records = staff.may("receive")
    key = cleaned["key"]
    told = _told(staff, form, found)
    typed = {
        "name": [cleaned["name"]],
        "email": [cleaned["address"] if "@" in cleaned["address"] else ""],
        "telephone": [cleaned["telephone"]],
        "address": [cleaned["home"]],
        "told_by": ["resident"],
        "channel": ["email" if cleaned["how"] == MAIL else "staff_member"],
        "account": [cleaned["account"]],
        "day-day": [str(cleaned["at"].day)],
        "day-month": [str(cleaned["at"].month)],
        "day-year": [str(cleaned["at"].year)],
        "time": [f"{cleaned['at']:%H:%M}"],
    }
    intakes.pass_on(
        staff.landlord, staff.user, key=key, typed=typed, told=told, records=records, at=timezone.now()
    )
    if records:
        messages.success(request, f"Read. {told} Check each answer, then record it.")
        return redirect(f"{reverse('new_complaint')}?draft={key}")
    messages.success(request, "Passed on. The complaints team records it, from the day we first had it.")
    return redirect("passed_on")


def _told(staff: Staff, form: PassOnForm, found: list[Original]) -> str:
    """Since when we have it and why, in words that stay with it."""
    cleaned = form.cleaned_data
    day = in_words(cleaned["at"].date())
    if cleaned["how"] == TOLD:
        return f"{staff.user.name} was told on {day}, so we had it that day."
    chosen = found[0] if len(found) == 1 else _chosen(form, found)
    if chosen is not None:
        at, why = _first_had(staff, chosen, form.now)
        if at is not None and at.astimezone(LONDON).date() == cleaned["at"].date():
            return why
    return f"{staff.user.name} says that we first had it on {day}."


def _chosen(form: PassOnForm, found: list[Original]) -> Original | None:
    which = form.cleaned_data["which"]
    return found[int(which)] if which.isdigit() and int(which) < len(found) else None


def _page(request: HttpRequest, staff: Staff, form: PassOnForm, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "confirms": form.asks_again,
        "why": "",
        "unclear": (),
        "kept": [],
        "found": form.found,
        "records": staff.may("receive"),
    }
    return render(request, "staff/new_complaint/passed_on.html", context | more)
