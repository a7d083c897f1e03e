"""Questions about a landlord's self-assessments, their steps and their papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from complaint_rules.editions.provisions import Provision, provisions
from putright.evidence.self_assessments.models import (
    STATES,
    Assessment,
    ImprovementAction,
    Paper,
    ProvisionAnswer,
    SignOff,
)

MOST_LISTED = 200
STEPS = STATES[1:]


def assessments(landlord_id: int) -> list[Assessment]:
    """The landlord's assessments, the newest period first."""
    found = Assessment.objects.filter(landlord=landlord_id).defer("frozen")
    return list(found.order_by("-last_day", "-pk")[:MOST_LISTED])


def of_landlord(landlord_id: int) -> QuerySet[Assessment]:
    """The landlord's assessments, with what each comes from."""
    return Assessment.objects.filter(landlord=landlord_id).select_related("landlord", "before")


def newest(landlord_id: int, edition: str) -> Assessment | None:
    """The newest assessment against an edition; None where there is none."""
    return of_landlord(landlord_id).filter(edition=edition).order_by("-last_day", "-pk").first()


def rows_of(assessment: Assessment) -> dict[str, ProvisionAnswer]:
    """The answers of an assessment by their provision."""
    return {each.provision: each for each in assessment.answers.select_related("changed_by")}


def is_answered(provision: Provision, row: ProvisionAnswer | None) -> bool:
    """Whether a provision has its answer: a choice where it asks yes or no, words where it asks for words."""
    if row is None:
        return False
    return bool(row.answer) if provision.answer == "yes_no" else bool(row.comment.strip() or row.answer)


# Last year


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was answered before to what a provision asks now, by the refs of then."""

    rows: tuple[ProvisionAnswer, ...]

    @property
    def answers(self) -> set[str]:
        return {each.answer for each in self.rows if each.answer}


def last_year(assessment: Assessment, rows: Mapping[str, ProvisionAnswer]) -> dict[str, Earlier]:
    """What the assessment before answered, by the provisions of this one; empty where nothing came before."""
    if assessment.before is None:
        return {}
    then = rows_of(assessment.before)
    return {
        ref: Earlier(tuple(then[each] for each in row.carried_from.split(", ") if each in then))
        for ref, row in rows.items()
    }


def changed(row: ProvisionAnswer, earlier: Earlier | None) -> bool:
    """Whether the answer is another than last year's, or is asked again because the Code asks something else."""
    if row.asked_again:
        return True
    return bool(row.answer and earlier and earlier.answers and earlier.answers != {row.answer})


# The year round


def steps(assessment: Assessment) -> list[SignOff]:
    """Every step that was taken, those taken back too, in the order written."""
    return list(assessment.sign_offs.order_by("pk"))


def steps_standing(assessment: Assessment) -> list[SignOff]:
    """The steps since it was last a draft."""
    found: list[SignOff] = []
    for each in steps(assessment):
        found = [] if each.state == "draft" else [*found, each]
    return found


def last_step(assessment: Assessment) -> SignOff | None:
    """The newest step that stands."""
    standing = steps_standing(assessment)
    return standing[-1] if standing else None


def next_step(assessment: Assessment) -> str | None:
    """The step that comes next; None when it is published."""
    place = STATES.index(assessment.state)
    return STATES[place + 1] if place + 1 < len(STATES) else None


def stands_in_the_way(assessment: Assessment, state: str) -> str:
    """Why a step cannot be taken now; empty where it can."""
    if state not in STEPS:
        return "There is no such step."
    if assessment.state == "published":
        return "It is published, and stays as it is."
    if state not in (assessment.state, next_step(assessment)):
        return "Another step comes first."
    if state != "reviewed":
        return ""
    return _unfinished(assessment)


def _unfinished(assessment: Assessment) -> str:
    rows = rows_of(assessment)
    every = provisions(assessment.edition)
    missing = [ref for ref, each in every.items() if not is_answered(each, rows.get(ref))]
    if missing:
        return (
            "1 provision has no answer."
            if len(missing) == 1
            else f"{len(missing)} provisions have no answer."
        )
    owed = [ref for ref, each in every.items() if each.kind == "must" and _owes(rows[ref])]
    if owed:
        return f"Explain and date what you do not comply with: {', '.join(owed)}."
    return ""


def _owes(row: ProvisionAnswer) -> bool:
    return row.answer in ("no", "partly") and (not row.why_not.strip() or row.comply_by is None)


# Improvements and papers


def improvements(landlord_id: int) -> list[ImprovementAction]:
    """What is promised and not yet done, the soonest first; those without a day last."""
    found = ImprovementAction.objects.filter(landlord=landlord_id, done_on__isnull=True)
    rows = list(found.select_related("assessment").order_by("due_on", "pk")[:MOST_LISTED])
    return sorted(rows, key=lambda each: each.due_on is None)


def papers(landlord_id: int) -> Sequence[Paper]:
    """The papers in the register, with what each supports."""
    found = Paper.objects.filter(landlord=landlord_id, ended_on__isnull=True)
    return list(found.prefetch_related("supports").order_by("title", "section", "pk")[:MOST_LISTED])
