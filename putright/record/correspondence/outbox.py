"""What waits to leave, and what has left. Rows are written in the transaction of the action that made them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone, localdate

from putright.record.accounts.models import User
from putright.record.cases.models import Case
from putright.record.correspondence.models import Outgoing
from putright.record.people.models import Person

PRINTED_WAYS = frozenset({"letter"})
MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=2)


def put(
    case: Case,
    person: Person,
    *,
    entry: int,
    what: str,
    way: str,
    to: str,
    subject: str,
    words: str,
    at: datetime,
) -> Outgoing:
    """Something of a case that is to leave. The same entry puts it there once, however often it is asked."""
    made, _ = Outgoing.objects.get_or_create(
        landlord=case.landlord,
        key=f"{case.pk}.{entry}",
        defaults={
            "case": case,
            "person": person,
            "entry": entry,
            "what": what,
            "way": way,
            "to": to,
            "subject": subject,
            "words": words,
            "not_before": at,
            "made_at": at,
        },
    )
    return made


def to_print(landlord_id: int) -> QuerySet[Outgoing]:
    """The letters that wait to be printed and posted, oldest first."""
    waiting = Outgoing.objects.filter(landlord_id=landlord_id, state="waiting", way__in=PRINTED_WAYS)
    return waiting.order_by("made_at", "id")


def in_doubt(landlord_id: int) -> QuerySet[Outgoing]:
    """What could not be sent, oldest first: a person has to look."""
    return Outgoing.objects.filter(landlord_id=landlord_id, state="failed").order_by("made_at", "id")


def posted(landlord_id: int, numbers: Iterable[int], by: User, at: datetime) -> list[int]:
    """Say that these letters were printed and posted; which were. Those done already stay as they are."""
    waiting = list(to_print(landlord_id).filter(pk__in=list(numbers)).values_list("pk", flat=True))
    rows = Outgoing.objects.filter(pk__in=waiting, state="waiting")
    rows.update(state="printed", done_at=at, done_by=by)
    return waiting


def not_posted(landlord_id: int, numbers: Iterable[int], by: User, at: datetime) -> list[int]:
    """Let letters wait again of which this person said, on the same day, that they were posted; which they were."""
    theirs = posted_on(landlord_id, localdate(at)).filter(done_by=by, pk__in=list(numbers))
    found = list(theirs.values_list("pk", flat=True))
    Outgoing.objects.filter(pk__in=found).update(state="waiting", done_at=None, done_by=None)
    return found


def posted_on(landlord_id: int, day: date) -> QuerySet[Outgoing]:
    """The letters that were said to be posted on a day in London, the last first."""
    begins = datetime.combine(day, time(), get_current_timezone())
    rows = Outgoing.objects.filter(landlord_id=landlord_id, state="printed", way__in=PRINTED_WAYS)
    rows = rows.filter(done_at__gte=begins, done_at__lt=begins + timedelta(days=1))
    return rows.order_by("-done_at", "-id")


def stopped_ones(landlord_id: int, most: int) -> list[Outgoing]:
    """What was written and then stopped, the last first."""
    rows = Outgoing.objects.filter(landlord_id=landlord_id, state="stopped").select_related("case", "person")
    return list(rows.order_by("-done_at", "-id")[:most])


def due(at: datetime) -> list[int]:
    """The numbers of what a job should try to send now, oldest first, a bounded number of them."""
    waiting = Outgoing.objects.filter(state="waiting", not_before__lte=at).exclude(way__in=PRINTED_WAYS)
    return list(waiting.order_by("not_before", "id").values_list("pk", flat=True)[:500])


def sent(number: int, at: datetime) -> None:
    """It has left."""
    Outgoing.objects.filter(pk=number, state="waiting").update(state="sent", done_at=at, says="")


def stopped(number: int, says: str, at: datetime) -> None:
    """It is not safe any more, or was called back: it will not leave."""
    Outgoing.objects.filter(pk=number, state="waiting").update(state="stopped", done_at=at, says=says)


def not_sent(number: int, says: str, at: datetime) -> None:
    """It did not leave. It is tried again, each time after twice as long, and after MOST_TRIES a person must look."""
    with transaction.atomic():
        row = Outgoing.objects.select_for_update().get(pk=number)
        if row.state != "waiting":
            return
        row.tries, row.says = row.tries + 1, says[:500]
        if row.tries >= MOST_TRIES:
            row.state, row.done_at = "failed", at
        else:
            row.not_before = at + FIRST_WAIT * 2 ** (row.tries - 1)
        row.save()


def try_again(landlord_id: int, number: int, at: datetime) -> bool:
    """Put something that failed back among what waits; whether there was such a thing."""
    rows = Outgoing.objects.filter(landlord_id=landlord_id, pk=number, state="failed")
    return bool(rows.update(state="waiting", tries=0, not_before=at, done_at=None, says=""))
