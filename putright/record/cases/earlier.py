"""Earlier complaints: of the same resident, of their household, about the same property (Code 2022, 5.4).

Three groups, and a case stands in one of them only. A household is those whose days at a home overlap. No address
is read here: what is shown of a resident under safe contact cannot tell where they live.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from complaint_rules import events
from complaint_rules.events import Decision, as_corrected
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord
from putright.record.journal import facts
from putright.record.journal.models import Entry
from putright.record.people import addresses
from putright.record.people.models import Home, Living

SHOWN = 10
NAMES = ("resident", "household", "property")
MOST = 200
"""On the page that shows all of them."""

READ_AT_ONCE = 300
"""A case with more round it than this is rare: its groups are then asked for one by one, the newest first."""

_OCCUPANTS = 200
_COLUMNS = (
    "reference",
    "state",
    "stage",
    "received_on",
    "category",
    "landlord_id",
    "resident__name",
    "opened_from_id",
    "merged_into_id",
    "home_id",
)
_ANSWERS = ("respond", "correct")
_NEVER_ANSWERED = frozenset({"received", "service_request"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case, and how it was answered; `outcome` is a code of decisions, empty while there is none."""

    case: Case
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Some cases that have something in common, the newest first, and whether there are more."""

    name: str
    lines: tuple[Earlier, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What stands round a case: the cases that it names, and those of its resident, the household and the home."""

    named: tuple[Case, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose cases are earlier complaints of a case: its resident, its home, and who lived there when."""

    case: Case
    home: int | None
    household: frozenset[int]
    occupants: frozenset[int]

    @property
    def ours(self) -> frozenset[int]:
        return frozenset({self.case.resident_id} if self.case.resident_id else ())

    @property
    def before(self) -> frozenset[int]:
        """Who lived there without the resident, by the days we know."""
        return self.occupants - self.household - self.ours

    def group_of(self, other: Case) -> str:
        """Under which heading another case stands; empty for none."""
        if other.received_on is None or self.case.pk in (other.pk, other.merged_into_id):
            return ""
        if other.resident_id in self.ours:
            return "resident"
        here = self.home is not None and other.home_id == self.home
        if other.resident_id in self.household:
            return "household" if here or other.home_id is None else ""
        return "property" if here or (other.home_id is None and other.resident_id in self.before) else ""


def around(case: Case, named: Collection[int] = (), most: int = SHOWN) -> Around:
    """What stands round a case: those of these numbers, those opened from it, and its earlier complaints.

    Three statements, one more for a case that says nothing of its home; four more where more stands round it than
    is read at once.
    """
    place = _place(case)
    linked = Q(opened_from=case) | Q(pk__in=named)
    known = [pair for pair in (("resident", case.resident_id), ("home", place.home)) if pair[1]]
    alike = [Q(**{field: number}) for field, number in known]
    if people := place.household | place.before:
        alike.append(Q(home__isnull=True, resident__in=sorted(people)))
    # Not sorted by the database: it may then walk every case there is to find these few.
    cases = _shown(case).filter(reduce(or_, alike, linked)).exclude(pk=case.pk)
    found = list(cases[: READ_AT_ONCE + 1])
    if len(found) > READ_AT_ONCE:
        return Around(_named(case, named), groups(case, most))
    by_group: dict[str, list[Case]] = {name: [] for name in NAMES}
    for each in found:
        if name := place.group_of(each):
            by_group[name].append(each)
    theirs = tuple(each for each in found if each.pk in named or each.opened_from_id == case.pk)
    return Around(theirs, _told(case, {name: _sorted(cases) for name, cases in by_group.items()}, most))


def _named(case: Case, named: Collection[int]) -> tuple[Case, ...]:
    linked = _shown(case).filter(Q(opened_from=case) | Q(pk__in=named)).exclude(pk=case.pk)
    return tuple(linked[: READ_AT_ONCE + len(named)])


def _place(case: Case) -> _Place:
    home = case.home_id or _home_by_address(case)
    household, occupants = _household(case, home)
    return _Place(case, home, frozenset(household), frozenset(occupants))


def groups(case: Case, most: int = SHOWN) -> tuple[Group, ...]:
    """The other cases of this resident, of the household, and about the property. At most seven statements."""
    place = _place(case)
    ours, household = sorted(place.ours), sorted(place.household)
    here = _others(case).filter(home=place.home)
    found = {
        "resident": _newest(_others(case).filter(resident__in=ours), most) if ours else [],
        "household": _newest(here.filter(resident__in=household), most) if household else [],
        "property": _newest(here.exclude(resident__in=[*ours, *household]), most) if place.home else [],
    }
    for each in _without_home(place):
        if name := place.group_of(each):
            found[name].append(each)
    return _told(case, {name: _sorted(cases) for name, cases in found.items()}, most)


def _told(case: Case, found: dict[str, list[Case]], most: int) -> tuple[Group, ...]:
    shown = [each for cases in found.values() for each in cases[:most]]
    answered = [each.pk for each in shown if each.state not in _NEVER_ANSWERED]
    outcomes = outcomes_of(case.landlord_id, answered)
    return tuple(
        Group(
            name,
            tuple(Earlier(each, outcomes.get(each.pk, "")) for each in cases[:most]),
            len(cases) > most,
        )
        for name, cases in found.items()
    )


def _home_by_address(case: Case) -> int | None:
    """Where a case says nothing of its home: the one of the address we have for the resident."""
    address = case.resident.address if case.resident else ""
    if not addresses.names_one_home(address):
        return None
    found = Home.objects.filter(landlord=case.landlord_id, key=addresses.key(address))
    return found.values_list("pk", flat=True).first()


def _household(case: Case, home: int | None) -> tuple[list[int], list[int]]:
    """Who lived at this home at the same time as the resident, and everybody who ever did. One statement."""
    if home is None:
        return [], []
    lived = list(Living.objects.filter(landlord=case.landlord_id, home=home).order_by("-pk")[:_OCCUPANTS])
    own = [each for each in lived if each.person_id == case.resident_id]
    together = {
        each.person_id
        for each in lived
        if each.person_id != case.resident_id and any(_overlap(each, mine) for mine in own)
    }
    return sorted(together), sorted({each.person_id for each in lived})


def _overlap(one: Living, other: Living) -> bool:
    """Whether two were there on the same day. Whoever leaves on the day another comes was not."""
    return (one.since or date.min) < (other.until or date.max) and (other.since or date.min) < (
        one.until or date.max
    )


def _shown(case: Case) -> QuerySet[Case]:
    return of_landlord(case.landlord_id).select_related("resident").only(*_COLUMNS)


def _others(case: Case) -> QuerySet[Case]:
    received = _shown(case).filter(received_on__isnull=False).exclude(pk=case.pk)
    return received.exclude(merged_into=case)  # that one is this one


def _newest(cases: QuerySet[Case], most: int) -> list[Case]:
    return list(cases.order_by("-received_on", "-id")[: most + 1])


def _without_home(place: _Place) -> list[Case]:
    """Cases that say nothing of a home, of people who lived at this one. One statement."""
    people = sorted(place.household | place.before)
    if not people:
        return []
    return list(_others(place.case).filter(home__isnull=True, resident__in=people)[:MOST])


def _sorted(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda each: (each.received_on or date.min, each.pk), reverse=True)


# How they were answered


def outcomes_of(landlord_id: int, cases: Collection[int]) -> dict[int, str]:
    """How each of these cases was last answered: upheld, partly_upheld or not_upheld. One statement."""
    if not cases:
        return {}
    rows = Entry.objects.filter(landlord=landlord_id, case__in=cases, verb__in=_ANSWERS)
    told: dict[int, list[Entry]] = {}
    for entry in rows.order_by("case", "number"):
        told.setdefault(entry.case, []).append(entry)
    return {case: outcome for case, entries in told.items() if (outcome := _outcome(entries))}


def _outcome(entries: list[Entry]) -> str:
    answers = [e for e in as_corrected(facts.events(entries)) if isinstance(e, events.Responded)]
    return in_all(answers[-1].decisions) if answers else ""


def in_all(decisions: Collection[Decision]) -> str:
    """One word for the decisions on all the points."""
    words = {each.decision for each in decisions}
    return next(iter(words)) if len(words) == 1 else "partly_upheld" if words else ""
