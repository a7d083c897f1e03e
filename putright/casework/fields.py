"""The fields of an action: their kinds, and how plain data (a form, a file, the API) becomes them.

The signature of a verb is the one place that says which fields it takes: the annotation gives
the kind, a default makes it optional. A field whose name is a Python word ends in `_`.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LONGEST_TEXT = 100_000
MOST_ITEMS = 200
NINE_IN_THE_MORNING = time(9)

type Words = str  # kept beside the journal, never in it
type Label = str  # a short name that rules or figures may read: a category, a cause
type Staff = str  # one person, always the same
type Pence = int  # given in pounds
type Number = int  # which promise, award, order or entry: 1 or more
type CaseReference = str  # another case of the same landlord, as people say it: TV-26-0417
type SharedWith = str  # resident, representative, or one member of staff

Channel = Literal[
    "telephone",
    "email",
    "web",
    "portal",
    "letter",
    "in_person",
    "social_media",
    "councillor",
    "mp",
    "survey",
    "staff_member",
]
Method = Literal[Channel, "visit"]
Way = Literal["telephone", "text", "email", "letter", "portal", "visit", "their_contact"]
Whom = Literal["resident", "representative"]
Source = Literal["resident", "representative", "third_party"]
Seniority = Literal["officer", "manager", "head", "director"]
StageNumber = Literal[1, 2]
Stock = Literal["lcra", "lcho", "other"]
HazardKind = Literal["emergency", "significant"]
DangerKind = Literal[
    "damp_and_mould",
    "gas",
    "carbon_monoxide",
    "fire",
    "electric",
    "water",
    "no_heating",
    "injury",
    "health",
    "asbestos",
    "structure",
    "hygiene",
    "at_risk",
]
HowLinked = Literal["same_trouble", "same_home", "follow_on"]
Unit = Literal["working_days", "days", "weeks"]
RefusalGround = Literal["over_twelve_months", "legal_proceedings", "already_considered", "other"]
DeclineGround = Literal[RefusalGround, "outside_window", "no_new_evidence", "no_reasons_given"]
OutcomeWord = Literal["yes", "no", "not_ours"]
DecisionWord = Literal["upheld", "partly_upheld", "not_upheld"]
AskedKind = Literal["colleague", "team", "contractor", "lawyer"]
AwardHead = Literal["statutory", "quantifiable_loss", "time_and_trouble", "distress", "other"]
OmbudsmanFinding = Literal[
    "no_maladministration",
    "service_failure",
    "maladministration",
    "severe_maladministration",
    "mediation",
    "reasonable_redress",
    "outside_jurisdiction",
    "withdrawn",
]


@dataclass(frozen=True)
class PointDecided:
    """One line of a response: the point, the decision, why, and the policy or law it rests on."""

    point: Number
    decision: DecisionWord | None = None
    reasons: Words | None = None
    cites: Words | list[Words] | None = None


@dataclass(frozen=True)
class ToDo:
    """A remedy, an action or an order: what, by when, and who owns it."""

    what: Words
    by: date | None = None
    owner: Words | None = None


@dataclass(frozen=True)
class Sum:
    """A line of compensation: how much, and what for."""

    amount: Pence
    for_: AwardHead | Words | None = None


@dataclass(frozen=True)
class OutcomeAnswer:
    """What is answered to one outcome sought: yes, no and why, or that it is not ours and whose it is."""

    outcome: Number
    answer: OutcomeWord
    why: Words | None = None


@dataclass(frozen=True)
class DutiesStated:
    """What the law asks of the landlord, and of the resident, where that is at issue."""

    ours: Words | None = None
    theirs: Words | None = None


@dataclass(frozen=True)
class LeftAsIs:
    """A remark on a letter that somebody left as it was, and why."""

    remark: Words
    because: Words


@dataclass(frozen=True)
class WayElsewhere:
    """Where else the matter can go: a route we know, by its name, or free words; and the last day.

    `no_limit` says that there is no last day.
    """

    route: Words
    by: date | None = None
    no_limit: bool | None = None


@dataclass(frozen=True)
class IssueFound:
    """What the Ombudsman found of one issue."""

    issue: Words
    finding: OmbudsmanFinding


@dataclass(frozen=True)
class FieldProblem(Exception):
    """A field holds something it cannot. `path` leads to it from the action's fields."""

    path: tuple[str | int, ...]
    says: str

    def __str__(self) -> str:
        return f"{'.'.join(str(part) for part in self.path)}: {self.says}"


@dataclass(frozen=True)
class Field:
    """One field of an action."""

    name: str
    kind: Any
    required: bool


@cache
def of(function: Callable[..., Any]) -> Mapping[str, Field]:
    """The fields that a verb takes, by the name people write, in order."""
    hints = get_type_hints(function)
    found = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            continue  # people and other rows, which only our own code gives
        name = parameter.name.rstrip("_")
        found[name] = Field(name, hints[parameter.name], parameter.default is inspect.Parameter.empty)
    return found


@cache
def parameter(function: Callable[..., Any], name: str) -> str:
    """The parameter that takes a field: `with` is a word of Python, so its parameter is `with_`."""
    return name if name in inspect.signature(function).parameters else f"{name}_"


def clean(function: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data as the fields of a verb. FieldProblem names what cannot be used; what is missing is left out."""
    known = of(function)
    cleaned = {}
    for name, value in given.items():
        if name not in known:
            raise FieldProblem((name,), f"not a field of this action. It takes: {', '.join(known)}.")
        if value is not None:
            cleaned[name] = convert(known[name].kind, value, (name,))
    return cleaned


def convert(kind: Any, value: Any, path: tuple[str | int, ...]) -> Any:
    """One value as its kind; FieldProblem says what was expected."""
    if get_origin(kind) in (Union, UnionType):
        return _one_of([each for each in get_args(kind) if each is not type(None)], value, path)
    if get_origin(kind) is Literal:
        return _choice(_choices(kind), value, path)
    if get_origin(kind) is list:
        return _list(get_args(kind)[0], value, path)
    if get_origin(kind) is dict:
        return _mapping(value, path)
    if dataclasses.is_dataclass(kind):
        return _parts(kind, value, path)
    return _SIMPLE[kind](value, path)


def _one_of(kinds: list[Any], value: Any, path: tuple[str | int, ...]) -> Any:
    for kind in kinds[:-1]:
        try:
            return convert(kind, value, path)
        except FieldProblem:
            continue
    return convert(kinds[-1], value, path)


def _choices(kind: Any) -> list[Any]:
    found: list[Any] = []
    for each in get_args(kind):
        found += _choices(each) if get_origin(each) is Literal else [each]
    return found


def _choice(choices: list[Any], value: Any, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, bool) or value not in choices:
        raise FieldProblem(path, f"{value!r} is not one of {', '.join(str(each) for each in choices)}.")
    return value


def _list(kind: Any, value: Any, path: tuple[str | int, ...]) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise FieldProblem(path, "a list was expected.")
    if len(value) > MOST_ITEMS:
        raise FieldProblem(path, f"no more than {MOST_ITEMS} items were expected.")
    return [convert(kind, each, (*path, number)) for number, each in enumerate(value)]


def _mapping(value: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise FieldProblem(path, "names with values were expected.")
    return {str(name): each for name, each in value.items()}


def _parts(kind: Any, value: Any, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, kind):
        return value
    if not isinstance(value, Mapping):
        raise FieldProblem(path, "names with values were expected.")
    hints = get_type_hints(kind)
    wanted = {field.name.rstrip("_"): field for field in dataclasses.fields(kind)}
    for name in value:
        if name not in wanted:
            raise FieldProblem((*path, name), f"not known here. Expected: {', '.join(wanted)}.")
    parts = {}
    for name, field in wanted.items():
        if value.get(name) is not None:
            parts[field.name] = convert(hints[field.name], value[name], (*path, name))
        elif field.default is dataclasses.MISSING:
            raise FieldProblem((*path, name), "missing.")
    return kind(**parts)


def _words(value: Any, path: tuple[str | int, ...]) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise FieldProblem(path, "text was expected.")
    text = str(value).replace("\r\n", "\n").replace("\x00", "")
    if len(text) > LONGEST_TEXT:
        raise FieldProblem(path, f"the text is longer than {LONGEST_TEXT:,} characters.")
    return text


def _flag(value: Any, path: tuple[str | int, ...]) -> bool:
    if not isinstance(value, bool):
        raise FieldProblem(path, "write true or false.")
    return value


def _day(value: Any, path: tuple[str | int, ...]) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise FieldProblem(path, f"{value!r} is not a day. Write it as 2026-01-31.") from None


def moment(value: Any, path: tuple[str | int, ...]) -> datetime:
    """A moment in London; a bare day means nine in the morning."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise FieldProblem(
                path, f"{value!r} is not a moment. Write it as 2026-01-31 or 2026-01-31T14:00."
            ) from None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=LONDON)
    if isinstance(value, date):
        return datetime.combine(value, NINE_IN_THE_MORNING, LONDON)
    raise FieldProblem(path, f"{value!r} is not a moment. Write it as 2026-01-31 or 2026-01-31T14:00.")


def _whole(value: Any, path: tuple[str | int, ...]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FieldProblem(path, f"{value!r} is not a whole number.")
    return value


def _number(value: Any, path: tuple[str | int, ...]) -> int:
    number = _whole(value, path)
    if number < 1:
        raise FieldProblem(path, "numbers begin at 1.")
    return number


def _pence(value: Any, path: tuple[str | int, ...]) -> int:
    try:
        pounds = Decimal(str(value))
    except InvalidOperation:
        raise FieldProblem(path, f"{value!r} is not a sum in pounds.") from None
    pence = pounds * 100
    if (
        isinstance(value, bool)
        or not pounds.is_finite()
        or pence != int(pence)
        or not 0 <= pounds < 10_000_000
    ):
        raise FieldProblem(path, f"{value!r} is not a sum in pounds and whole pence.")
    return int(pence)


_SIMPLE: dict[Any, Callable[[Any, tuple[str | int, ...]], Any]] = {
    Words: _words,
    Label: _words,
    Staff: _words,
    SharedWith: _words,
    CaseReference: _words,
    str: _words,
    bool: _flag,
    date: _day,
    datetime: moment,
    int: _whole,
    Number: _number,
    Pence: _pence,
}
