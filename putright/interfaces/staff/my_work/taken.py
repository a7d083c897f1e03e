"""What contact staff took in lately, and how it stands: so that a second call can be answered."""

from __future__ import annotations

from datetime import timedelta

from putright.interfaces.staff.my_work.desk import SHOWN, Desk, Section
from putright.record.cases import lists
from putright.record.journal.models import Entry

LATELY = timedelta(days=7)
MOST_READ = 5_000


def section(desk: Desk) -> Section | None:
    """The complaints this person recorded in the last days, the newest first. Two statements."""
    if "contact_staff" not in desk.roles:
        return None
    lately = Entry.objects.filter(landlord=desk.landlord, recorded_at__gt=desk.now - LATELY)
    looked_at = lately.order_by("-recorded_at", "-id").values("pk")[:MOST_READ]
    theirs = Entry.objects.filter(pk__in=looked_at, verb="receive", actor=desk.staff.person)
    numbers = list(theirs.order_by("-recorded_at", "-id").values_list("case", flat=True)[: SHOWN + 1])
    lines = {line.number: line for line in lists.lines(desk.cases().filter(pk__in=numbers))}
    rows = [desk.row(lines[number]) for number in numbers[:SHOWN] if number in lines]
    return Section(
        "You took in, in the last 7 days",
        rows,
        count=f"more than {SHOWN}" if len(numbers) > SHOWN else str(len(numbers)),
        empty="Nothing. What you record stands here for a week, with where it has got to.",
    )
