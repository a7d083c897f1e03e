"""What the letter of an action must hold: what is there, what it lacks, and what to look at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone

from complaint_rules import clocks, letters
from complaint_rules import complaint as complaints
from complaint_rules.events import EVENTS, Actor, AdviceRecorded
from complaint_rules.letters import Draft, KnownRoute, OutcomeAnswer, Route
from putright.casework import naming
from putright.interfaces.pages.phrases import long_day
from putright.interfaces.staff.actions.choices import in_code
from putright.interfaces.staff.actions.forms import NOT_RECORDED, TaskForm
from putright.record.cases.reading import CaseFile

CHECK = "check"
"""The button that shows the letter and what it holds, and sends nothing."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the form of a letter. `routes` are known ways elsewhere, each with its days in words."""

    lacks: list[str] = field(default_factory=list)
    look_again: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    routes: list[tuple[str, str]] = field(default_factory=list)


def beside(file: CaseFile, form: TaskForm) -> Beside | None:
    """What the letter of this form must hold, by what is written in it; None where the action sends no letter."""
    made = _LETTERS.get(form.action.name)
    if made is None or file.complaint.state == "closed":
        return None
    advice = "\n\n".join(file.words(each.number, "advice") for each in file.complaint.all(AdviceRecorded))
    draft = replace(made(file, Said(form)), advice=advice, advice_privileged=True)
    known = naming.at_landlord(file.case, file.complaint.procedure)
    checked = letters.check_draft(draft, needs=file.needs(), **known.arguments)
    return Beside(
        lacks=_once(f"{each.says.rstrip('.')}{in_code(each.ref)}." for each in checked.stops),
        look_again=_once(_remark(each) for each in checked.look_again),
        present=[_present(each, draft) for each in checked.present],
        routes=_known_routes() if draft.kind in ("refusal", "declined_escalation") else [],
    )


def _once(said: Any) -> list[str]:
    return list(dict.fromkeys(said))


def _remark(remark: letters.Remark) -> str:
    where = f" “{remark.sentence}”" if remark.sentence and not remark.found else ""
    return f"{remark.says.rstrip('.')}{in_code(remark.ref)}.{where}"


def _present(element: letters.Element, draft: Draft) -> str:
    label = f"{element.label[:1].upper()}{element.label[1:]}"
    if element.key == "answer_by" and draft.answer_by is not None:
        label = f"{label}: {long_day(draft.answer_by, timezone.localdate())}"
    return f"{label}{in_code(element.provision)}"


# Where else it can go


def _known_routes() -> list[tuple[str, str]]:
    today = timezone.localdate()
    return [(f"{each.label[:1].upper()}{each.label[1:]}", _days(each, today)) for each in _with_days()]


def _with_days() -> list[KnownRoute]:
    return [each for each in letters.known_routes().values() if each.days is not None]


def _days(route: KnownRoute, today: date) -> str:
    """How long the law gives: "21 days, the first being the day they are told. Told today: ... Not checked."."""
    last = route.last_day(today)
    assert last is not None
    says = f"{route.days} days, the first being the day they are told. Told today, that is {long_day(last, today)}."
    return says if route.checked else f"{says} Nobody has checked this against the law."


# What is written in the form


class Said:
    """The answers of a form: as typed where it was sent, as the page fills them in where it was not."""

    def __init__(self, form: TaskForm) -> None:
        self.form = form
        if form.is_bound:
            form.is_valid()

    def get(self, name: str) -> Any:
        asked = self.form.fields.get(name)
        if asked is None:
            return None
        if self.form.is_bound:
            value = self.form.cleaned_data.get(name)
        else:
            value = self.form.get_initial_for_field(asked, name)
        return None if value in ("", NOT_RECORDED) else value

    def words(self, name: str) -> str:
        return str(self.get(name) or "")

    def lines(self, name: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.words(name).splitlines() if line.strip())

    def yes(self, name: str) -> bool | None:
        """Yes, no, or None where it is not answered."""
        return {"yes": True, "no": False}.get(self.words(name))

    @property
    def on(self) -> date:
        return self.form.at.date()

    def ways(self) -> tuple[Route, ...] | None:
        """Where else a refused matter can go; None where nobody has said."""
        rows = [each for each in _rows(self.form) if each.get("route")]
        found = tuple(Route(_where(row), row.get("by"), no_limit=bool(row.get("no_limit"))) for row in rows)
        return found if found or self.get("nowhere_else") else None


def _rows(form: TaskForm) -> list[dict[str, Any]]:
    ways = getattr(form, "ways", None)
    if ways is None or not form.is_bound:
        return []
    return [each.cleaned_data for each in ways.forms if each.is_valid() or hasattr(each, "cleaned_data")]


def _where(row: dict[str, Any]) -> str:
    known = letters.known_routes().get(row["route"])
    return known.label if known is not None else str(row.get("where") or "")


# One function a letter


def _acknowledgement(file: CaseFile, said: Said) -> Draft:
    wanted = [*file.outcomes(), *said.lines("outcomes")]
    not_ours = said.lines("not_responsible_for")
    told = bool(not_ours or said.get("not_responsible_for_none"))
    return Draft(
        kind="acknowledgement",
        **_of_stage(file),
        definition=said.words("definition"),
        outcomes=tuple(OutcomeAnswer(each) for each in wanted),
        not_responsible_for=not_ours if told else None,
        details_given=said.yes("ombudsman_details_given") is True,
        answer_by=_answered_by(file, said),
    )


def _answered_by(file: CaseFile, said: Said) -> date | None:
    """The day by which we answer, if it is acknowledged on the day of the form."""
    complaint = file.complaint
    step = EVENTS["acknowledge"](
        number=file.read_at + 1, at=said.form.at, on=said.on, by=Actor("staff", "", "complaints_officer")
    )
    then = complaints.read([*complaint.events, step], complaint.procedure, complaint.calendar)
    run = clocks.response_run(then, then.stage_being_answered) if then is not None else None
    return run.due_on if run is not None else None


def _update(file: CaseFile, said: Said) -> Draft:
    return Draft(
        kind="update",
        **_of_stage(file),
        texts=(said.words("summary"),),
        next_update=said.get("next_update"),
        always_holds=_news_is_agreed(file),
    )


def _extension(file: CaseFile, said: Said) -> Draft:
    reasons = [said.words("reason"), said.words("good_reason_beyond_limit")]
    return Draft(
        kind="extension",
        **_of_stage(file),
        new_day=said.get("until"),
        reason="\n".join(each for each in reasons if each),
        agreed=said.yes("agreed"),
        details_given=said.yes("ombudsman_details_given") is True,
        always_holds=_news_is_agreed(file),
    )


def _news_is_agreed(file: CaseFile) -> frozenset[str]:
    """Where an interval is agreed, the day of the next update follows from it."""
    return frozenset({"next_update"} if file.complaint.updates_agreed else ())


def _refusal(file: CaseFile, said: Said) -> Draft:
    return Draft(kind="refusal", **_of_stage(file), **_why_and_where(said))


def _declined(file: CaseFile, said: Said) -> Draft:
    return Draft(kind="declined_escalation", **(_of_stage(file) | {"stage": 2}), **_why_and_where(said))


def _why_and_where(said: Said) -> dict[str, Any]:
    return {
        "reason": said.words("reasons"),
        "details_given": said.yes("ombudsman_right_given") is True,
        "routes": said.ways(),
    }


def _of_stage(file: CaseFile) -> dict[str, Any]:
    return {"stage": file.complaint.stage_being_answered, "edition": file.complaint.edition.name}


_LETTERS: dict[str, Callable[[CaseFile, Said], Draft]] = {
    "acknowledge": _acknowledgement,
    "update": _update,
    "extend": _extension,
    "refuse_complaint": _refusal,
    "decline_escalation": _declined,
}
