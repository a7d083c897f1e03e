"""A self-assessment as its pages reach it: who may read or answer it, and which one is meant."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from complaint_rules.editions.provisions import Provision, provisions
from complaint_rules.events import Actor
from putright.evidence.self_assessments import actions, queries
from putright.evidence.self_assessments.evidence import Whole
from putright.evidence.self_assessments.filling import read
from putright.evidence.self_assessments.models import Assessment
from putright.interfaces.staff.self_assessments import told
from putright.interfaces.staff.who import Staff, staff_of

MOST_NUMBER = 2**31 - 1


def reader(request: HttpRequest) -> Staff:
    """Who is at work, where their role reads the self-assessments; else 403."""
    staff = staff_of(request)
    if not actions.READS & set(staff.roles):
        raise PermissionDenied("Your role does not read the self-assessment.")
    return staff


def answerer(request: HttpRequest) -> Staff:
    """Who is at work, where their role answers; else 403."""
    staff = staff_of(request)
    if not may_answer(staff):
        raise PermissionDenied("Your role does not answer the self-assessment.")
    return staff


def may_answer(staff: Staff) -> bool:
    return bool(actions.ANSWERS & set(staff.roles))


def actor(staff: Staff) -> Actor:
    """Them, in a role that answers."""
    role = next((each for each in staff.roles if each in actions.ANSWERS), None)
    return Actor("staff", staff.person, role)


def assessment_of(staff: Staff, number: int) -> Assessment:
    """The assessment of this number at their landlord; else 404, the same as for none at all."""
    found = None
    if 0 < number <= MOST_NUMBER:
        found = queries.of_landlord(staff.landlord.pk).filter(pk=number).first()
    if found is None:
        raise Http404("There is no such self-assessment.")
    return found


def provision_of(assessment: Assessment, ref: str) -> Provision:
    """The provision of this ref in the assessment's edition; else 404."""
    found = provisions(assessment.edition).get(ref)
    if found is None:
        raise Http404("There is no such provision.")
    return found


def whole_of(assessment: Assessment) -> Whole:
    """The evidence as it is now."""
    return read(assessment, timezone.now())


def heading(staff: Staff, assessment: Assessment) -> dict[str, Any]:
    """What stands at the head of every page of an assessment."""
    return {
        "assessment": assessment,
        "title": title_of(assessment),
        "state_word": told.STATES[assessment.state],
        "may_answer": may_answer(staff),
        "may_change": may_answer(staff) and assessment.state == "draft",
        "answer_words": told.ANSWERS,
    }


def title_of(assessment: Assessment) -> str:
    """ "Self-assessment 2026, 2024 Code"."""
    return f"Self-assessment {assessment.last_day.year}, {assessment.edition} Code"
