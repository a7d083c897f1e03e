"""The monthly review of service requests: what was looked at, and what was decided for each.

A review is one entry in the landlord's own chain: which month, by whom and when, and for each request what
was decided. The reasons are kept beside it. A month can be reviewed again; what was recorded stays.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate, make_aware

from complaint_rules import service_requests
from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor
from complaint_rules.working_days import in_words
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.journal import queries as journal_queries
from putright.record.journal import records as journal
from putright.record.journal.models import Entry, Text
from putright.record.landlords.models import Landlord
from putright.record.landlords.queries import LANDLORDS_OWN

VERB = "review_service_requests"
REVIEWS = "complaints_officer"
"""The role that records a review."""
DECISIONS = ("offer_complaint", "answer", "leave")
"""What can be decided for a request: offer the resident a complaint, answer it, or leave it, with a reason."""
MOST_TIMES = 9
MOST = 200
"""Requests that one review lists, the oldest; more than any landlord should have open."""

Month = date
"""The first day of a month."""


class NotDone(Exception):
    """Nothing was recorded, and why."""


class NotForThisRole(NotDone):
    """Only a complaints officer records a review."""


@dataclass
class NotPossible(NotDone):
    """Something stands in the way. `case` is the request whose decision is wrong or missing; 0 for the whole."""

    says: str
    case: int = 0

    def __str__(self) -> str:
        return self.says


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided for one request. `must` says that it is so old that something has to be decided."""

    case: int
    decision: str = ""
    reason: str = ""
    must: bool = False


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waited at the end of a month: its case as it is now, and the complaint as it was then."""

    case: Case
    then: Complaint
    since: date


@dataclass(frozen=True, slots=True)
class Review:
    """A review that was recorded, with the reasons beside it."""

    entry: Entry
    month: Month
    older_than: int
    decided: Sequence[Decided]


# Recording


def review_service_requests(
    landlord: Landlord,
    month: Month,
    older_than: int,
    decided: Sequence[Decided],
    *,
    by: Actor,
    at: datetime,
    times_before: int = 0,
    key: str | None = None,
) -> Entry:
    """Record that the requests open at the end of a month were looked at, and what was decided for each.

    `times_before` is how often the month had been reviewed when the page was read. Sent twice with one key
    it is recorded once. Raises NotForThisRole or NotPossible; then nothing is written.
    """
    if by.kind != "staff" or by.role != REVIEWS:
        raise NotForThisRole(NotForThisRole.__doc__)
    _has_ended(month, at)
    for each in decided:
        _is_decided(each)
    with transaction.atomic():
        head = journal.lock(landlord.pk, LANDLORDS_OWN)
        before = of_month(landlord.pk, month)
        for review in before:
            if key and review.entry.data.get("page") == key:
                return review.entry
        if len(before) != times_before:
            raise NotPossible(
                f"Somebody has recorded a review of {in_plain(month)} since you opened this page."
            )
        if len(before) >= MOST_TIMES:
            raise NotPossible(f"{in_plain(month)} has been reviewed {MOST_TIMES} times. That is enough.")
        facts: dict[str, Any] = {
            "month": written(month),
            "older_than": older_than,
            "cases": [{"case": each.case, "decided": each.decision} for each in decided],
        }
        if key:
            facts["page"] = key
        texts = {f"reason.{each.case}": each.reason for each in decided if each.reason.strip()}
        known_as = _key(month, len(before) + 1)
        return journal.append(head, journal.New(VERB, by, at, facts, texts, known_as))


def _has_ended(month: Month, at: datetime) -> None:
    last = last_day(month)
    if last >= localdate(at):
        raise NotPossible(f"{in_plain(month)} ends on {in_words(last)}. Review it after that day.")


def _is_decided(each: Decided) -> None:
    if each.decision not in ("", *DECISIONS):
        raise NotPossible("Choose what is decided.", each.case)
    if each.must and not each.decision:
        raise NotPossible("Choose what is decided for this request: it is older than you set.", each.case)
    if each.decision == "leave" and not each.reason.strip():
        raise NotPossible("Give the reason for leaving it as it is.", each.case)


# Reading


def of_month(landlord_id: int, month: Month) -> list[Review]:
    """The reviews of a month, the first first. Two statements."""
    return of_months(landlord_id, [month]).get(month, [])


def of_months(landlord_id: int, months: Collection[Month]) -> dict[Month, list[Review]]:
    """The reviews of these months. Found by their keys, so however long the landlord's chain is. Two statements."""
    keys = [_key(month, times) for month in months for times in range(1, MOST_TIMES + 1)]
    entries = list(Entry.objects.filter(landlord=landlord_id, key__in=keys).order_by("number"))
    reasons = _reasons(landlord_id, [entry.number for entry in entries])
    found: dict[Month, list[Review]] = {}
    for entry in entries:
        month = read_month(entry.data["month"])
        assert month is not None
        decided = [
            Decided(each["case"], each["decided"], reasons.get((entry.number, each["case"]), ""))
            for each in entry.data["cases"]
        ]
        found.setdefault(month, []).append(Review(entry, month, entry.data["older_than"], decided))
    return found


def _reasons(landlord_id: int, numbers: Sequence[int]) -> dict[tuple[int, int], str]:
    if not numbers:
        return {}
    kept = Text.objects.filter(landlord=landlord_id, case=LANDLORDS_OWN, entry_number__in=numbers)
    rows = kept.filter(name__startswith="reason.").values_list("entry_number", "name", "text")
    return {(number, int(name.removeprefix("reason."))): text for number, name, text in rows}


_ENDS = (
    "answer_service_request",
    "offer_complaint",
    "log_complaint",
    "withdraw",
    "correct",
    "merge",
)
"""What may end the wait of a service request."""


def open_at_end_of(landlord: Landlord, month: Month) -> tuple[list[OpenRequest], bool]:
    """The requests that waited at the end of a month, the oldest first, and whether there are more.

    As known now: what was recorded late counts for the day it happened. Five statements.
    """
    end = last_day(month)
    waiting = Case.objects.filter(landlord=landlord, service_request_since__lte=end)
    numbers = list(waiting.order_by("service_request_since", "id").values_list("pk", flat=True)[: MOST + 1])
    numbers += _ended_since(landlord, end)
    entries = journal_queries.of_cases(landlord.pk, set(numbers))
    cases = Case.objects.filter(pk__in=set(numbers)).select_related("procedure", "resident", "handler")
    found = []
    for case in cases:
        case.landlord = landlord
        then = index.read_case(case, [each for each in entries[case.pk] if each.happened_on <= end])
        since = service_requests.waits_since(then) if then is not None else None
        if then is not None and since is not None:
            found.append(OpenRequest(case, then, since))
    found.sort(key=lambda each: (each.since, each.case.pk))
    return found[:MOST], len(found) > MOST


def _ended_since(landlord: Landlord, end: date) -> list[int]:
    """The cases that may have stopped waiting since a day: answered, made a complaint, withdrawn."""
    night = make_aware(datetime.combine(end + timedelta(days=1), datetime.min.time()))
    since = Entry.objects.filter(landlord=landlord.pk, recorded_at__gte=night, verb__in=_ENDS)
    treated = Entry.objects.filter(
        landlord=landlord.pk, case=OuterRef("case"), verb="treat_as_service_request"
    )
    rows = since.filter(Exists(treated)).order_by().values_list("case", flat=True).distinct()
    return list(rows[: MOST + 1])


# Months


def written(month: Month) -> str:
    """ "2026-11"."""
    return f"{month.year:04}-{month.month:02}"


def read_month(text: str) -> Month | None:
    """The month that an address or an entry names; None for anything else."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if len(text) == 7 else None


def last_day(month: Month) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def month_before(month: Month) -> Month:
    """The month before."""
    return (month - timedelta(days=1)).replace(day=1)


def in_plain(month: Month) -> str:
    """ "November 2026"."""
    return in_words(month).split(" ", 2)[2]


def _key(month: Month, times: int) -> str:
    return f"service_requests:{written(month)}:{times}"
