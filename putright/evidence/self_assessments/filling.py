"""The form of an edition, filled: from a draft and the record beside it, from what was published, or the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from putright.evidence.measures.provisions import Period
from putright.evidence.self_assessments import evidence, queries
from putright.evidence.self_assessments.evidence import Shown, Whole
from putright.evidence.self_assessments.form import PRINTED, Filled, Line
from putright.evidence.self_assessments.models import Assessment, ImprovementAction, ProvisionAnswer
from putright.record.landlords.models import Landlord
from putright.record.letters import in_words

CANNOT_TELL = "Nothing in the record shows this yet."


def filled(assessment: Assessment, at: datetime) -> Filled:
    """The form of an assessment: as it was published, else its answers with the evidence as it is now."""
    if assessment.frozen is not None:
        return from_frozen(assessment.frozen, assessment.landlord.colour)
    return from_draft(assessment, read(assessment, at))


def read(assessment: Assessment, at: datetime) -> Whole:
    """The evidence of every provision of an assessment, as at the day of `at`."""
    period = Period(assessment.first_day, assessment.last_day, localdate(at))
    return evidence.read(assessment.landlord, assessment.edition, period, at)


def from_draft(assessment: Assessment, whole: Whole) -> Filled:
    """The answers of a draft, with the evidence beside them."""
    rows = queries.rows_of(assessment)
    doing: dict[str, list[str]] = {}
    for each in assessment.actions.order_by("pk"):
        doing.setdefault(each.provision, []).append(_promised(each))
    last = queries.last_step(assessment)
    return Filled(
        landlord=assessment.landlord.name,
        edition=assessment.edition,
        first_day=assessment.first_day,
        last_day=assessment.last_day,
        as_at=whole.period.as_at,
        lines=tuple(_line(each, rows.get(ref), doing.get(ref, ())) for ref, each in whole.shown.items()),
        state=assessment.state,
        response=last.says if last is not None and last.state == "responded" else "",
        colour=assessment.landlord.colour,
    )


def _line(shown: Shown, row: ProvisionAnswer | None, doing: Iterable[str]) -> Line:
    provision = shown.provision
    return Line(
        ref=provision.ref,
        requirement=provision.wording or provision.summary,
        answer=row.answer if row else "",
        evidence=" ".join(shown.suggestion.reasons) if shown.suggestion.sources else "",
        comment=row.comment if row else "",
        why_not=row.why_not if row else "",
        comply_by=row.comply_by if row else None,
        actions=tuple(doing),
    )


def _promised(each: ImprovementAction) -> str:
    return promised(each.what, each.owner, each.due_on)


def promised(what: str, owner: str, due_on: date | None) -> str:
    """What will be done, by whom and by when, on one line."""
    by = f"by {in_words.day(due_on)}" if due_on else ""
    more = ", ".join(part for part in (owner, by) if part)
    return f"{what} ({more})" if more else what


def from_frozen(kept: Mapping[str, Any], colour: str) -> Filled:
    """The form as it was published: nothing is read afresh."""
    responses = [each["says"] for each in kept["steps"] if each["state"] == "responded"]
    return Filled(
        landlord=kept["landlord"],
        edition=kept["edition"],
        first_day=date.fromisoformat(kept["first_day"]),
        last_day=date.fromisoformat(kept["last_day"]),
        as_at=date.fromisoformat(kept["as_at"]),
        lines=tuple(_frozen_line(row) for row in kept["rows"]),
        state="published",
        response=" ".join(responses),
        colour=colour,
        notes=(f"Published late: {kept['late_because']}",) if kept["late_because"] else (),
    )


def _frozen_line(row: Mapping[str, Any]) -> Line:
    tells = row["suggested"] != "cannot_tell"
    return Line(
        ref=row["ref"],
        requirement=row["requirement"],
        answer=row["answer"],
        evidence=" ".join(row["reasons"]) if tells else "",
        comment=row["comment"],
        why_not=row["why_not"],
        comply_by=day_of(row["comply_by"]),
        actions=tuple(
            promised(each["what"], each["owner"], day_of(each["due_on"])) for each in row["actions"]
        ),
    )


def day_of(written: str | None) -> date | None:
    """A day as `frozen` writes it."""
    return date.fromisoformat(written) if written else None


# Without any assessment


@dataclass(frozen=True, slots=True)
class Found:
    """What was filled, and from which assessment; None where there was none and the record alone filled it."""

    form: Filled
    assessment: Assessment | None


def newest_or_record(landlord: Landlord, edition: str, today: date) -> Found:
    """The newest assessment of an edition; where there is none, the suggestions of the record for the last year.

    UnknownEdition where there is no such edition.
    """
    now = timezone.now()
    assessment = queries.newest(landlord.pk, edition)
    if assessment is not None:
        return Found(filled(assessment, now), assessment)
    period = Period(_a_year_before(today), today, today)
    whole = evidence.read(landlord, edition, period, now)
    lines = tuple(_suggested_line(each) for each in whole.shown.values())
    notes = ("Filled from the record alone. Nobody has answered it yet.",)
    return Found(
        Filled(
            landlord=landlord.name,
            edition=edition,
            first_day=period.first,
            last_day=period.last,
            as_at=today,
            lines=lines,
            colour=landlord.colour,
            notes=notes,
        ),
        None,
    )


def _suggested_line(shown: Shown) -> Line:
    suggested = shown.suggestion.answer
    return Line(
        ref=shown.provision.ref,
        requirement=shown.provision.wording or shown.provision.summary,
        answer=suggested if suggested in PRINTED else "",
        evidence=" ".join(shown.suggestion.reasons) if shown.suggestion.sources else CANNOT_TELL,
    )


def _a_year_before(day: date) -> date:
    """The day after the same day of the year before."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 3, 1)
    same = date(day.year - 1, day.month, day.day)
    return date.fromordinal(same.toordinal() + 1)
