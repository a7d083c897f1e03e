"""Searching. Every search starts from a landlord; what is found and shown is what `pieces` lets in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from putright.evidence.search import asked, engines, pieces, plain, snippets
from putright.evidence.search.asked import Asked
from putright.evidence.search.engines import BOUND, Found, TooSlow
from putright.evidence.search.pieces import CaseWords
from putright.evidence.search.snippets import Snippet
from putright.record.people import words as words_of_people
from putright.record.people.models import Person
from putright.record.people.queries import of_landlord as people_of_landlord
from putright.record.people.queries import under_safe_contact

__all__ = ["BOUND", "PAGE", "Filters", "Hit", "Results", "TooSlow", "search"]

PAGE = 20
LAST_PAGE = BOUND // PAGE
PAGES_OF_MANY = 5
"""Where more match than are counted, nobody turns many pages: they add a word."""
PEOPLE = 5


@dataclass(frozen=True, slots=True)
class Filters:
    """Only open cases, or only those that have ended; only those received in one year."""

    state: str = ""
    year: int | None = None

    def marks(self) -> list[list[str]]:
        """What the index narrows by."""
        return [[self.state]] * bool(self.state) + [[f"y{self.year}"]] * bool(self.year)


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that matches, and where."""

    case: CaseWords
    snippets: list[Snippet]


@dataclass(slots=True)
class Results:
    """What a search found. `count` is one more than BOUND for more than that; then the newest are shown.

    `only_some`: there are so many new ones that not even the newest are all in order.
    """

    asked: Asked
    hits: list[Hit] = field(default_factory=list)
    people: list[tuple[Person, str]] = field(default_factory=list)
    count: int = 0
    page: int = 1
    only_some: bool = False

    @property
    def more(self) -> bool:
        """Whether more match than are counted."""
        return self.count > BOUND

    @property
    def pages(self) -> int:
        """How many pages there are of what is counted."""
        return PAGES_OF_MANY if self.more else max(1, -(-self.count // PAGE))


def search(landlord: int, text: str, filters: Filters, page: int, today: date) -> Results:
    """What a landlord's cases and people hold of this. Raises TooSlow.

    Cases newest first. At most a dozen statements and a half, whatever matches.
    """
    query = asked.read(text)
    found = Results(query, page=min(max(1, page), LAST_PAGE))
    if not query:
        return found
    with engines.in_time() as look_at_the_clock:
        cases = _newest(landlord, query, filters, found, today, look_at_the_clock)
        look_at_the_clock()
        if found.page == 1 and not filters.marks():
            found.people = _people(landlord, query)
        found.hits = _hits(landlord, cases, query)
    return found


def _newest(
    landlord: int,
    query: Asked,
    filters: Filters,
    told: Results,
    today: date,
    look_at_the_clock: Callable[[], None],
) -> list[int]:
    marks = filters.marks()
    found = engines.find(landlord, query, marks, PAGE, (told.page - 1) * PAGE)
    if not found.cases and told.page > 1:
        told.page = 1
        found = engines.find(landlord, query, marks, PAGE)
    told.count = found.count
    if found.count > BOUND:
        told.page = min(told.page, PAGES_OF_MANY)
        last = _last_day(filters, today)
        found = _newest_of_many(landlord, query, marks, told.page, last, look_at_the_clock)
        told.only_some = found.count > BOUND
    return found.cases


def _newest_of_many(
    landlord: int,
    query: Asked,
    marks: Sequence[Sequence[str]],
    page: int,
    last: date,
    look_at_the_clock: Callable[[], None],
) -> Found:
    """The newest where more match than can be put in order: those of the last week, else month, and so on."""
    found = Found([], 0)
    for window in [*_windows(last), None]:
        look_at_the_clock()
        narrowed = [*marks, window] if window else marks
        found = engines.find(landlord, query, narrowed, PAGE, (page - 1) * PAGE)
        if found.count >= page * PAGE:
            break
    return found


def _last_day(filters: Filters, today: date) -> date:
    return min(today, date(filters.year, 12, 31)) if filters.year else today


def _windows(last: date) -> Iterator[list[str]]:
    """Ever more of the past up to a day, each as the marks of its days, months or years."""
    for length in (7, 31):
        yield [engines.days(last - timedelta(days=back))[0] for back in range(length)]
    for length in (3, 12):
        months = [last.year * 12 + last.month - 1 - back for back in range(length)]
        yield [f"m{month // 12}{month % 12 + 1:02}" for month in months]
    for length in (2, 3, 4, 6, 10):
        yield [f"y{last.year - back}" for back in range(length)]


def _people(landlord: int, query: Asked) -> list[tuple[Person, str]]:
    """A few people whom the words fit, each with the address to show. Whose whereabouts are guarded, by name alone."""
    wanted = [word for term in query.either[0].wanted for word in term.words]
    known = people_of_landlord(landlord).filter(joined_into__isnull=True)
    found = list(words_of_people.matching(known, " ".join(wanted))[: PEOPLE + 1])
    guarded = under_safe_contact(landlord, found)
    found = [each for each in found if each.pk not in guarded or _named(each, wanted)]
    return [(each, "" if each.pk in guarded else each.address) for each in found[:PEOPLE]]


def _named(person: Person, wanted: Sequence[str]) -> bool:
    name = list(plain.words_of(person.name))
    return all(any(part.startswith(word) for part in name) for word in wanted)


def _hits(landlord: int, numbers: Sequence[int], query: Asked) -> list[Hit]:
    told = pieces.of_cases(landlord, numbers) if numbers else {}
    cases = [told[number] for number in numbers if number in told]
    return [Hit(case, snippets.of_case(case.pieces, query.wanted)) for case in cases]
