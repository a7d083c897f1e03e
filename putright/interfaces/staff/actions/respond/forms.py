"""What a response is written in: a decision on each point, what will be done and by when, what is paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms

from complaint_rules import asking, guidance
from complaint_rules.events import ResponseDrafted
from putright.casework.fields import LONGEST_TEXT
from putright.interfaces.pages import words
from putright.interfaces.pages.fields import DayField, PoundsField
from putright.interfaces.pages.forms import Form
from putright.interfaces.staff.actions.forms import WhenForm, ask_the_way, quiet
from putright.interfaces.staff.actions.rows import Rows
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile, Point

_TEXT: dict[str, Any] = {"max_length": LONGEST_TEXT, "required": False, "strip": False}


class PointForm(Form):
    """The decision on one point."""

    mark_optional = False

    decision = forms.ChoiceField(
        choices=list(words.DECISIONS.items()), widget=forms.RadioSelect, required=False
    )
    reasons = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 4}), **_TEXT)
    cites = forms.CharField(label="Law or policy it rests on", max_length=LONGEST_TEXT, required=False)

    def __init__(self, *args: Any, point: Point, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"point-{point.number}", **kwargs)
        self.point = point
        self.fields["decision"].label = f"Point {point.number}: {point.text}"
        self.fields["reasons"].label = f"Why (point {point.number})"
        self.fields["cites"].label = f"Law or policy it rests on (point {point.number})"


class OutcomeForm(Form):
    """The answer to one thing that the resident wants."""

    mark_optional = False

    answer = forms.ChoiceField(
        choices=list(words.OUTCOME_ANSWERS.items()), widget=forms.RadioSelect, required=False
    )
    why = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), **_TEXT)

    def __init__(self, *args: Any, number: int, outcome: str, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"outcome-{number}", **kwargs)
        self.number = number
        self.fields["answer"].label = f"Wanted: {outcome}"
        self.fields["why"].label = "Why, or who can decide it"


class UndertakingForm(Form):
    """A remedy or an action: what, by when, who."""

    mark_optional = False

    what = forms.CharField(
        label="What", max_length=LONGEST_TEXT, error_messages={"required": "Say what will be done."}
    )
    by = DayField(label="By which day", called="The day", required=False)
    owner = forms.CharField(label="Who will do it", max_length=100, required=False)


class SumForm(Form):
    """A line of compensation."""

    mark_optional = False

    amount = PoundsField(label="Amount", most=999_999_999)
    purpose = forms.CharField(label="For", max_length=500, required=False)


class ResponseForm(WhenForm):
    """The rest of a response, and all its parts together."""

    letter = forms.CharField(
        label="Our own letter",
        help_text="Only if you send a letter of your own instead of the one Putright writes.",
        widget=forms.Textarea(attrs={"rows": 10}),
        **_TEXT,
    )
    duties_ours = forms.CharField(
        label="What the law asks of us", widget=forms.Textarea(attrs={"rows": 3}), **_TEXT
    )
    duties_theirs = forms.CharField(
        label="What the law asks of the resident", widget=forms.Textarea(attrs={"rows": 3}), **_TEXT
    )
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(
        self,
        posted: Mapping[str, Any] | None,
        *,
        file: CaseFile,
        staff: Staff,
        now: datetime,
        draft: ResponseDrafted | None,
    ) -> None:
        kept = Kept(file, draft)
        super().__init__(posted, file=file, now=now, initial=kept.rest())
        ask_the_way(self, "respond", staff)
        adds = (posted or {}).get("do", "")
        self.points = [
            PointForm(posted, point=each, initial=kept.point(each.number)) for each in file.points()
        ]
        for each in self.points:
            owners, _ = answered_on(file, each.point.number)
            if owners:
                says = f"{owners} answered on this point. Say it in your own words."
                each.fields["reasons"].help_text = says
        self.outcomes = [
            OutcomeForm(posted, number=number, outcome=text, initial=kept.outcome(number))
            for number, text in enumerate(file.outcomes(), start=1)
        ]
        self.remedies = Rows(
            UndertakingForm, "remedy", posted, kept.undertakings("remedy", "remedies"), adds == "add-remedy"
        )
        self.actions = Rows(
            UndertakingForm, "action", posted, kept.undertakings("action", "actions"), adds == "add-action"
        )
        self.sums = Rows(SumForm, "sum", posted, kept.sums(), adds == "add-sum")

    @property
    def parts(self) -> list[Form]:
        """Every form of the page, in the order of the page."""
        return [
            *self.points,
            *self.outcomes,
            *self.remedies.forms,
            *self.actions.forms,
            *self.sums.forms,
            self,
        ]

    def all_valid(self) -> bool:
        """Whether each of its forms can be used: nothing that is written is wrong."""
        return all(form.is_valid() for form in self.parts)

    def be_quiet(self) -> None:
        """Keep what was typed and show no error."""
        for form in self.parts:
            quiet(form)

    def answer(self) -> dict[str, Any]:
        """What was written, as plain data for `respond` and `draft_response`. Only when all is valid."""
        found: dict[str, Any] = {
            "decisions": [_decided(form) for form in self.points if _any(form)],
            "remedies": [_todo(row) for _, row in self.remedies.filled()],
            "actions": [_todo(row) for _, row in self.actions.filled()],
            "compensation": [_sum(row) for _, row in self.sums.filled()],
            "letter": self.cleaned_data.get("letter") or None,
            "outcomes": [_outcome(form.number, form.cleaned_data) for form in self.outcomes],
            "duties": _duties(self.cleaned_data),
        }
        return _given(found)


class Kept:
    """What a draft holds, as the page fills its boxes with it."""

    def __init__(self, file: CaseFile, draft: ResponseDrafted | None) -> None:
        self.file, self.draft = file, draft
        entry = next((e for e in file.entries if draft is not None and e.number == draft.number), None)
        self.told: Mapping[str, Any] = (entry.data.get("told") or {}) if entry is not None else {}

    def words(self, name: str) -> str:
        return self.file.words(self.draft.number, name) if self.draft is not None else ""

    def point(self, number: int) -> dict[str, str]:
        decided = {each.point: each.decision for each in self.draft.decisions} if self.draft else {}
        return {
            "decision": decided.get(number, ""),
            "reasons": self.words(f"reasons.{number}") if self.draft else answered_on(self.file, number)[1],
            "cites": self.words(f"cites.{number}"),
        }

    def outcome(self, number: int) -> dict[str, str]:
        answered = {each.outcome: each.answer for each in self.draft.outcomes} if self.draft else {}
        return {"answer": answered.get(number, ""), "why": self.words(f"answered.{number}")}

    def rest(self) -> dict[str, str]:
        return {
            "letter": self.words("letter"),
            "duties_ours": self.words("duties.ours"),
            "duties_theirs": self.words("duties.theirs"),
        }

    def undertakings(self, text: str, name: str) -> list[dict[str, Any]]:
        return [
            {
                "what": self.words(f"{text}.{number}"),
                "by": date.fromisoformat(each["by"]) if each.get("by") else None,
                "owner": each.get("owner") or "",
            }
            for number, each in enumerate(self.told.get(name, ()), start=1)
        ]

    def sums(self) -> list[dict[str, Any]]:
        return [
            {"amount": amount, "purpose": self.words(f"compensation.{number}")}
            for number, amount in enumerate(self.told.get("compensation", ()), start=1)
        ]

    def left_because(self) -> dict[str, str]:
        """Why remarks on the draft were left as they are, by the remark."""
        count = self.told.get("left_because", 0)
        return {
            self.words(f"remark.{number}"): self.words(f"left_because.{number}")
            for number in range(1, count + 1)
        }

    def answer(self) -> dict[str, Any]:
        """The draft as plain data, as if it had been written on the page just now."""
        points = [self.point(each.number) | {"point": each.number} for each in self.file.points()]
        found: dict[str, Any] = {
            "decisions": [
                {name: value for name, value in each.items() if value}
                for each in points
                if each["decision"] or each["reasons"] or each["cites"]
            ],
            "remedies": [_todo(each) for each in self.undertakings("remedy", "remedies")],
            "actions": [_todo(each) for each in self.undertakings("action", "actions")],
            "compensation": [_sum(each) for each in self.sums()],
            "letter": self.words("letter"),
            "outcomes": [
                _outcome(number, self.outcome(number)) for number in range(1, len(self.file.outcomes()) + 1)
            ],
            "duties": _duties(self.rest()),
        }
        return _given(found)


def answered_on(file: CaseFile, point: int) -> tuple[str, str]:
    """Who was asked about a point and has answered, and what they answered: where its reasons can begin."""
    had = asking.answered(file.complaint)
    put = [each for each in asking.about_point(file.complaint, point) if each.number in had]
    owners = dict.fromkeys(file.words(each.number, "whom") for each in put)
    answers = [file.words(had[each.number].number, "answer") for each in put]
    return ", ".join(owners), "\n\n".join(answers)


def _given(found: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was answered."""
    answered = dict(found)
    answered["outcomes"] = [each for each in found["outcomes"] if each]
    return {name: value for name, value in answered.items() if value}


def _outcome(number: int, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to an outcome; nothing where it is not answered yet, since a reason alone is none."""
    if not answers.get("answer"):
        return {}
    why = answers.get("why") or ""
    return {"outcome": number, "answer": answers["answer"]} | ({"why": why} if why.strip() else {})


def _duties(answers: Mapping[str, Any]) -> dict[str, str]:
    """Both sides' duties, where anything is said of either."""
    found = {"ours": answers.get("duties_ours") or "", "theirs": answers.get("duties_theirs") or ""}
    return {name: text for name, text in found.items() if text.strip()}


def newest_draft(file: CaseFile) -> ResponseDrafted | None:
    """The draft that the page takes up again."""
    return guidance.latest_draft(file.complaint)


def _any(form: PointForm) -> bool:
    return any(str(form.cleaned_data.get(name) or "").strip() for name in ("decision", "reasons", "cites"))


def _decided(form: PointForm) -> dict[str, Any]:
    answers = {name: form.cleaned_data.get(name) for name in ("decision", "reasons", "cites")}
    return {"point": form.point.number} | {n: v for n, v in answers.items() if v and str(v).strip()}


def _todo(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {"what": row["what"], "by": row.get("by"), "owner": row.get("owner")}
    return {name: value for name, value in found.items() if value}


def _sum(row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"amount": Decimal(row["amount"]) / 100}
    if row.get("purpose"):
        found["for"] = row["purpose"]
    return found
