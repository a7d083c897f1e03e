"""The gallery: every part of a page in every state (late, empty, in error, long words, right to left).

Its people and dates are made up; it reads no database. Served only in tests and DEBUG.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from complaint_rules.working_days import england_and_wales, sentence
from putright.interfaces.pages import words
from putright.interfaces.pages.charts import Bar, Point, Stack
from putright.interfaces.pages.chrome import Chrome, Place
from putright.interfaces.pages.fields import DayField, PoundsField, TimeField
from putright.interfaces.pages.forms import ActionForm, FilterForm, Form
from putright.interfaces.pages.phrases import LONDON
from putright.interfaces.pages.proofs import Due

TODAY = date(2026, 12, 1)


def chrome(**changes: Any) -> Chrome:
    """The made-up landlord of the gallery."""
    given: dict[str, Any] = {
        "landlord": "Tern Valley Homes",
        "colour": "#0a7a5c",
        "places": (
            Place("My work", "#", current=True, count=12),
            Place("Queue", "#"),
            Place("Promises", "#", count=9),
            Place("Figures", "#"),
            Place("Self-assessment", "#"),
        ),
        "user_name": "Ben Okafor",
        "account_url": "#",
        "sign_out_url": "/gallery/forms",
        "search_url": "/gallery",
    }
    return Chrome(**(given | changes))


def due(what: str, start: date, length: int, basis: str, **more: Any) -> Due:
    """A due day counted by the rules from `start`, as seen on the gallery's today."""
    calendar = england_and_wales()
    day = calendar.add(start, length)
    late = day < TODAY
    away = -calendar.between(day, TODAY) if late else calendar.between(TODAY, day)
    proof = calendar.days(start, length)
    return Due(what, day, away, late, basis, proof, sentence(proof, year=False), why_url="#why", **more)


LATE = due(
    "Answer stage 1", date(2026, 11, 12), 10, "10 working days from the acknowledgement (2024 Code, 6.3)"
)
TODAY_DUE = due("Hazard: make safe", date(2026, 11, 24), 5, "5 working days from the investigation")
SOON = due(
    "Answer stage 1",
    date(2026, 11, 20),
    10,
    "10 working days from the acknowledgement (2024 Code, 6.3)",
    target_day=date(2026, 12, 2),
    target_away=1,
    if_extended="to Friday 18 December; beyond that, give a good reason (6.4)",
)
OVER_CHRISTMAS = due(
    "Answer stage 2",
    date(2026, 11, 27),
    20,
    "20 working days from the stage 2 acknowledgement (2024 Code, 6.14)",
    if_extended="to Wednesday 27 January 2027; beyond that, give a good reason (6.15)",
)


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


ENTRIES = [
    {"title": "Hazard summary sent", "when": _at(27, 16, 10), "by": "Cara Lind", "href": "#"},
    {"title": "Acknowledged", "when": _at(20, 11, 5), "by": "Ben Okafor", "verdict": "in time"},
    {
        "title": "Answered at stage 1",
        "when": _at(19, 9, 0),
        "by": "Cara Lind",
        "verdict": "2 working days late",
        "late": True,
        "text": "The whole letter is kept.\nIt was sent by post, since the resident asked for that.",
    },
    {
        "title": "Comment from the resident",
        "when": _at(17, 8, 1),
        "text": "السقف يتسرب منذ ثلاثة أسابيع ولم يأت أحد.",
    },
    {"title": "Received by telephone", "when": _at(16, 9, 30), "recorded": date(2026, 11, 17)},
]

DECISIONS = (("upheld", "Upheld"), ("partly_upheld", "Partly upheld"), ("not_upheld", "Not upheld"))


class EveryField(ActionForm):
    """One of each kind of field."""

    resident = forms.CharField(label="Resident", help_text="Name, address or reference.", max_length=80)
    email = forms.EmailField(label="Email address", help_text="Only if the resident agrees.")
    homes = forms.IntegerField(label="Number of homes", min_value=1)
    amount = PoundsField(label="Award", help_text="In pounds.")
    happened = forms.CharField(
        label="What happened?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Their words. You need not judge it.",
        error_messages={"required": "Enter what happened."},
    )
    channel = forms.ChoiceField(
        label="Came by",
        choices=[("", "---------"), *words.CHANNELS.items()],
        error_messages={"required": "Choose how it came."},
    )
    decision = forms.ChoiceField(
        label="Point 2: missed visit, 9 November",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        help_text="Write for Amira. A reviewer and the Ombudsman may read it. Short is fine.",
        error_messages={"required": "Decide point 2: upheld, partly upheld or not upheld (Code 6.7)."},
    )
    danger = forms.ChoiceField(
        label='"Damp": is it dangerous?',
        choices=[("emergency", "Emergency"), ("significant", "Significant"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label="What makes this easier?",
        choices=[("large_print", "Large print"), ("texts", "Texts"), ("interpreter", "An interpreter")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(
        label="The resident agreed to this", error_messages={"required": "Tick when the resident has agreed."}
    )
    day = DayField(label="The day the walls will be treated", called="The day the walls will be treated")
    time = TimeField(label="Time of the call", help_text="On the 24-hour clock, like 15:00.")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    photo = forms.FileField(label="Photograph")
    note = forms.CharField(label="A note", required=False)


class QueueFilters(FilterForm):
    handler = forms.ChoiceField(label="Handler", choices=[("", "Anyone"), ("me", "Me"), ("none", "Nobody")])
    stage = forms.MultipleChoiceField(
        label="Stage", choices=[("1", "Stage 1"), ("2", "Stage 2")], widget=forms.CheckboxSelectMultiple
    )


class OneQuestion(Form):
    happened = forms.CharField(
        label="What happened?",
        help_text="A few words are enough.",
        widget=forms.Textarea,
        error_messages={"required": "Tell us what happened, or ask us to ring."},
    )


WRONG = {
    "resident": "",
    "email": "not an address",
    "homes": "many",
    "amount": "about fifty",
    "happened": "",
    "channel": "",
    "password": "",
    "day-day": "31",
    "day-month": "2",
    "day-year": "2027",
    "time": "half past",
    "key": "5e0c9d5e-4b0a-4f5c-9c0e-5b2a0a4a8a11",
}


def parts(request: HttpRequest) -> HttpResponse:
    """Every part that is not a form, and every field with no error."""
    initial = {"resident": "Amira Yusuf", "decision": "upheld", "day": date(2026, 12, 11), "amount": 14800}
    context = {
        "chrome": chrome(),
        "today": TODAY,
        "late": LATE,
        "due_today": TODAY_DUE,
        "soon": SOON,
        "christmas": OVER_CHRISTMAS,
        "entries": ENTRIES,
        "every_field": EveryField(read_at=41, initial=initial),
        "filters_form": QueueFilters(request.GET or None, initial={"stage": ["1"]}),
        "verdicts": words.VERDICTS,
        "sheet": "TV-26-0417, printed Tuesday 1 December 2026",
        "bars": [
            Bar("January to March", 58, 64),
            Bar("April to June", 60, 63),
            Bar("July to September", 60, 65),
            Bar("October to December", 0, 0),
        ],
        "stacks": [Stack("April to June", (30, 21, 12)), Stack("July to September", (22, 30, 13))],
        "points": [
            Point("Jan-Mar", 11.2, "11.2"),
            Point("Apr-Jun", None, "?"),
            Point("Jul-Sep", 14.0, "14.0"),
            Point("Oct-Dec", 9.8, "9.8"),
        ],
        "html_cell": mark_safe('<a class="govuk-link" href="#">19</a>'),
    }
    return render(request, "putright/gallery/parts.html", context)


def forms_in_error(request: HttpRequest) -> HttpResponse:
    """Every field in error, under its summary."""
    return render(request, "putright/gallery/forms.html", {"chrome": chrome(), "form": EveryField(WRONG, {})})


def question(request: HttpRequest) -> HttpResponse:
    """One question on a page, asked and refused."""
    form = OneQuestion(request.POST if request.method == "POST" else None)
    return render(
        request, "putright/gallery/question.html", {"chrome": chrome(), "form": form, "back_url": "#"}
    )


def draft(request: HttpRequest) -> HttpResponse:
    """A form that is saved as one types, and a sentence to copy."""
    return render(request, "putright/gallery/draft.html", {"chrome": chrome(), "form": OneQuestion()})


class ResidentQuestion(OneQuestion):
    how = forms.ChoiceField(
        label="How may we reach you?",
        choices=[("text", "Text"), ("telephone", "Telephone"), ("letter", "Letter")],
        widget=forms.RadioSelect,
        error_messages={"required": "Give one safe way to reach you."},
    )
    safe = forms.MultipleChoiceField(
        label="What is not safe?",
        choices=[("letters", "Letters to my home"), ("voicemail", "Messages on my telephone")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = DayField(label="When did it start?", required=False)


OMBUDSMAN = {
    "phone": "01632 960 123",
    "web": "https://ombudsman.example",
    "post": "1 Example Street, Exampleton",
}


def resident(request: HttpRequest) -> HttpResponse:
    """What a resident follows."""
    given = {"today": TODAY, "soon": SOON, "late": LATE, "ombudsman": OMBUDSMAN, "ask_us_url": "#"}
    given["chrome"] = chrome(places=(), search_url="", user_name="", logo_url="/gallery/logo.svg")
    return render(request, "putright/gallery/resident.html", given)


def resident_question(request: HttpRequest) -> HttpResponse:
    """What a resident is asked."""
    given = {"form": ResidentQuestion(request.POST if request.method == "POST" else None), "back_url": "#"}
    given |= {"ombudsman": OMBUDSMAN, "ask_us_url": "#", "chrome": chrome(user_name="")}
    return render(request, "putright/gallery/resident_question.html", given)


def logo(request: HttpRequest) -> HttpResponse:
    """A made-up landlord's logo, dark ink on nothing: it must stay readable on a dark page."""
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60">'
        '<path d="M5 50L30 10L55 50Z" fill="#1c2330"/><circle cx="90" cy="30" r="20" fill="#0a7a5c"/></svg>'
    )
    return HttpResponse(drawn, content_type="image/svg+xml")


PLAIN_PAGES = ("400", "403", "403_csrf", "404", "409", "500", "signed_out")


def plain_page(request: HttpRequest, name: str) -> HttpResponse:
    """A page that says something went wrong, shown without going wrong."""
    if name not in PLAIN_PAGES:
        raise Http404
    return render(request, f"putright/{name}.html", {"chrome": chrome(places=(), search_url="")})
