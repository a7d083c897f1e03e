"""Earlier complaints: of the same resident, of their household, about the same property (Code 2022, 5.4).

Three groups, and a case stands in one of them only. A household is those whose days at a home overlap. No address
is read here: what is shown of a resident under safe contact cannot tell where they live.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from complaint_rules import events
from complaint_rules.events import Decision, as_corrected
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord
from putright.record.journal import facts
from putright.record.journal.models import Entry
from putright.record.people import addresses
from putright.record.people.models import Home, Living

SHOWN = 10
MOST = 200
"""On the page that shows all of them."""

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
)


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


def groups(case: Case, most: int = SHOWN) -> list[Group]:
    """The other cases of this resident, of the household, and about the property. At most seven statements."""
    home = case.home_id or _home_by_address(case)
    household, occupants = _household(case, home)
    ours = [case.resident_id] if case.resident_id else []
    here = _others(case).filter(home=home)
    found = {
        "resident": _newest(_others(case).filter(resident__in=ours), most) if ours else [],
        "household": _newest(here.filter(resident__in=household), most) if household else [],
        "property": _newest(here.exclude(resident__in=[*ours, *household]), most) if home else [],
    }
    for name, cases in _without_home(case, household, set(occupants) - {*household, *ours}).items():
        found[name] = _sorted([*found[name], *cases])
    outcomes = outcomes_of(case.landlord_id, [each.pk for cases in found.values() for each in cases[:most]])
    return [
        Group(
            name,
            tuple(Earlier(each, outcomes.get(each.pk, "")) for each in cases[:most]),
            len(cases) > most,
        )
        for name, cases in found.items()
    ]


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


def _others(case: Case) -> QuerySet[Case]:
    received = of_landlord(case.landlord_id).filter(received_on__isnull=False).exclude(pk=case.pk)
    received = received.exclude(merged_into=case)  # that one is this one
    return received.select_related("resident").only(*_COLUMNS)


def _newest(cases: QuerySet[Case], most: int) -> list[Case]:
    return list(cases.order_by("-received_on", "-id")[: most + 1])


def _without_home(case: Case, household: list[int], before: set[int]) -> dict[str, list[Case]]:
    """Cases that say nothing of a home, of people who lived at this one. One statement."""
    people = [*household, *sorted(before)]
    if not people:
        return {}
    cases = list(_others(case).filter(home__isnull=True, resident__in=people)[:MOST])
    return {
        "household": [each for each in cases if each.resident_id in household],
        "property": [each for each in cases if each.resident_id in before],
    }


def _sorted(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda each: (each.received_on or date.min, each.pk), reverse=True)


# How they were answered


def outcomes_of(landlord_id: int, cases: Collection[int]) -> dict[int, str]:
    """How each of these cases was last answered: upheld, partly_upheld or not_upheld. One statement."""
    if not cases:
        return {}
    rows = Entry.objects.filter(landlord=landlord_id, case__in=cases, verb__in=["respond", "correct"])
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
