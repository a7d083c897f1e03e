"""The signed link by which somebody outside answers one question: made, shown once, ended.

Whoever holds it sees that question and what was ticked for it, and nothing else. Only its digest is kept. Making and
ending one is an entry in the landlord's own chain; what was asked and answered is in the case.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, time, timedelta

from complaint_rules.events import Actor
from putright.record.landlords.actions import LONDON
from putright.record.landlords.own_chain import changing
from putright.record.promises.models import Asked

BY_LINK = frozenset({Asked.CONTRACTOR, Asked.LAWYER, Asked.TEAM})
"""Who may be given a link. A colleague signs in."""
MAKE, TAKE_BACK = "make_question_link", "take_back_question"
LASTS_BEYOND_ITS_DAY = timedelta(days=14)
LASTS_AT_LEAST = timedelta(days=7)


def digest_of(token: str) -> str:
    """What is kept of a link. It holds 256 random bits, so it needs neither salt nor slowness."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def make(asked: Asked, *, by: Actor, at: datetime) -> str:
    """A new link to a question that waits, told only now; any link before it ends. Empty where it waits no longer."""
    with changing(asked.landlord_id, by=by, at=at, anybody=True) as change:
        fresh = Asked.objects.get(pk=asked.pk)
        if not waits(fresh) or fresh.of not in BY_LINK:
            return ""
        token = secrets.token_urlsafe(32)
        fresh.digest = digest_of(token)
        fresh.ends_at = max(_end_of(fresh) + LASTS_BEYOND_ITS_DAY, at + LASTS_AT_LEAST)
        fresh.save(update_fields=["digest", "ends_at"])
        change.write(MAKE, {"case": fresh.case_id, "question": fresh.entry})
    return token


def _end_of(asked: Asked) -> datetime:
    return datetime.combine(asked.answer_by, time(23, 59), LONDON)


def waits(asked: Asked) -> bool:
    """Whether a question is neither answered nor taken back."""
    return asked.answered_on is None and asked.taken_back_at is None


def take_back(asked: Asked, *, by: Actor, at: datetime) -> bool:
    """It need not be answered any more; its link ends. Whether it still waited."""
    with changing(asked.landlord_id, by=by, at=at, anybody=True) as change:
        fresh = Asked.objects.get(pk=asked.pk)
        if not waits(fresh):
            return False
        fresh.taken_back_at, fresh.digest, fresh.ends_at = at, "", None
        fresh.save(update_fields=["taken_back_at", "digest", "ends_at"])
        change.write(TAKE_BACK, {"case": fresh.case_id, "question": fresh.entry})
    return True


def in_hand(token: str, at: datetime) -> Asked | None:
    """The question that this link answers, if it can be answered now. None for every other, whatever is wrong."""
    found = Asked.objects.filter(
        digest=digest_of(token), ends_at__gt=at, answered_on__isnull=True, taken_back_at__isnull=True
    )
    return found.select_related("landlord", "case").first()
