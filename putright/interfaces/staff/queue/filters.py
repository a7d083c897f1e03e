"""What a list is narrowed by, and in which order it stands: all of it in the address, so a list can be sent on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import QueryDict

from complaint_rules import risk as risks
from putright.interfaces.pages.words import CHANNELS, RISKS, STATES
from putright.record.accounts.members import Member
from putright.record.cases import words
from putright.record.cases.lists import BY_DUE_DAY, BY_RISK, Order
from putright.record.cases.models import Case

ME, NOBODY, MINE, ANY, ON = "me", "nobody", "mine", "any", "on"
SOON = 5
GROUPS = {"late": "Late", "today": "Today", "soon": f"Next {SOON} working days", "later": "Later"}
ORDERS = {"": "By date, late first", "risk": "By risk to the resident, then by date"}
LONGEST_Q = 200
LONGEST_CATEGORY = 60


@dataclass(frozen=True, slots=True)
class People:
    """Who is at this landlord, and who asks."""

    members: Sequence[Member]
    me: int
    my_team: str = ""

    @property
    def handlers(self) -> list[tuple[str, str]]:
        """Those who may be given a case, by name."""
        return [(str(each.number), each.name) for each in self.members if each.handles]

    @property
    def teams(self) -> list[str]:
        """The teams of those who may be given a case."""
        return sorted({each.team for each in self.members if each.handles and each.team})

    def name(self, number: str) -> str | None:
        """What a member of this landlord is called; None for anybody else."""
        return next((each.name for each in self.members if str(each.number) == number), None)

    def of_team(self, team: str) -> list[int]:
        """Everybody in a team, whoever has left too: a case may still be theirs."""
        wanted = self.my_team if team == MINE else team
        return [each.number for each in self.members if wanted and each.team == wanted]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters in use, as an address holds them; empty for one that is not. `when` is a group of days."""

    q: str = ""
    team: str = ""
    handler: str = ""
    stage: str = ""
    state: str = ""
    category: str = ""
    risk: str = ""
    needs: str = ""
    channel: str = ""
    ombudsman: str = ""
    draft: str = ""
    when: str = ""
    order: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str], people: People) -> Filters:
        """The filters of an address. What cannot be read in it is passed over."""
        found = {}
        for name in NAMES:
            value = (asked.get(name) or "").strip()
            if value and "\0" not in value and _holds(name, value, people):
                found[name] = value
        return cls(**found)

    def chosen(self) -> Iterator[tuple[str, str]]:
        """The filters in use: name and value, in the order of the panel. The order of the list is none."""
        for name in NAMES:
            value = getattr(self, name)
            if value and name != "order":
                yield name, value

    def said(self, name: str, people: People) -> str:
        """One of the filters in use, in words."""
        return _in_words(name, getattr(self, name), people)

    def query(self) -> str:
        """These filters as an address writes them, always in one order."""
        return urlencode([(name, getattr(self, name)) for name in NAMES if getattr(self, name)])

    def but(self, **changes: str) -> Filters:
        """These filters with some changed; empty takes one away."""
        return replace(self, **changes)

    @property
    def sort(self) -> Order:
        """In which order the list stands."""
        return BY_RISK if self.order == "risk" else BY_DUE_DAY

    def narrow(self, cases: QuerySet[Case], people: People) -> QuerySet[Case]:
        """Those of these cases that pass every filter but that of their group."""
        # One set of conditions, not one filter after the other: each would copy the query.
        wanted: dict[str, object] = {}
        if self.team:
            wanted["handler__in"] = people.of_team(self.team)
        if self.handler == NOBODY:
            wanted["handler__isnull"] = True
        elif self.handler:
            wanted["handler"] = people.me if self.handler == ME else int(self.handler)
        if self.stage:
            wanted["stage"] = int(self.stage)
        for name in ("state", "category", "channel"):
            if getattr(self, name):
                wanted[name] = getattr(self, name)
        for name, column in (
            ("needs", "has_needs"),
            ("ombudsman", "with_ombudsman"),
            ("draft", "draft_waits"),
        ):
            if getattr(self, name):
                wanted[column] = True
        if wanted:
            cases = cases.filter(**wanted)
        if self.risk:
            cases = _at_risk(cases, self.risk)
        return words.matching(cases, self.q) if self.q else cases


NAMES = tuple(each.name for each in fields(Filters))


def read_query(query: str, people: People) -> Filters:
    """The filters of a query that was kept, however it was spoilt since."""
    return Filters.read(QueryDict(query).dict(), people)


def _at_risk(cases: QuerySet[Case], risk: str) -> QuerySet[Case]:
    if risk == ANY:
        return cases.filter(risk__gt=0)
    bit = risks.bit(risk)
    held = cases.alias(bit=F("risk").bitand(bit))
    return held.filter(risk__gte=bit, bit__gt=0)


def _holds(name: str, value: str, people: People) -> bool:
    """Whether a filter can have this value."""
    if name == "q":
        return len(value) <= LONGEST_Q
    if name == "category":
        return len(value) <= LONGEST_CATEGORY
    if name == "handler":
        return value in (ME, NOBODY) or people.name(value) is not None
    if name == "team":
        return value == MINE or bool(people.of_team(value))
    return value in _CODES[name]


_CODES: dict[str, frozenset[str]] = {
    "stage": frozenset({"1", "2"}),
    "state": frozenset(STATES),
    "risk": frozenset({ANY, *RISKS}),
    "needs": frozenset({ON}),
    "channel": frozenset(CHANNELS),
    "ombudsman": frozenset({ON}),
    "draft": frozenset({ON}),
    "when": frozenset(GROUPS),
    "order": frozenset({"risk"}),
}


def _in_words(name: str, value: str, people: People) -> str:
    if name == "q":
        return f"“{value}”"
    if name == "handler":
        names = {ME: "Me", NOBODY: "Nobody"}
        return f"Handler: {names.get(value) or people.name(value)}"
    if name == "team":
        return "My team" if value == MINE else f"Team: {value}"
    if name == "category":
        return f"Category: {value}"
    return _plain_words()[name].get(value, value)


@lru_cache(maxsize=1)
def _plain_words() -> dict[str, dict[str, str]]:
    return {
        "stage": {"1": "Stage 1", "2": "Stage 2"},
        "state": STATES,
        "risk": {ANY: "Any risk"} | RISKS,
        "needs": {ON: "Has needs"},
        "channel": {code: f"Came by: {word}" for code, word in CHANNELS.items()},
        "ombudsman": {ON: "With the Ombudsman"},
        "draft": {ON: "Draft to check"},
        "when": GROUPS,
    }
