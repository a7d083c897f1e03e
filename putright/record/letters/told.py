"""What a letter can tell: each gap and each part, what it needs, and a sample to show in an editor.

A gap is a few words inside a text; a part is blocks of its own. Both read one `Told`, and are empty where
nothing is known: a template asks for what it cannot do without, and the letter stops where that is missing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from complaint_rules.letters import Draft
from putright.record.letters.documents import Aside, Block, Heading, Items, Paragraph, Table
from putright.record.letters.in_words import DECISIONS, answer, day, pounds

_OMBUDSMAN = Path(__file__).with_name("ombudsman.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a letter may say. `draft` is what was written for it; the rest comes from the case and the landlord.

    `due_on` is the day an answer is due under the Code, `late` whether that has passed. `to_name` is who the
    letter goes to; `resident_name` differs from it where somebody speaks for them.
    """

    draft: Draft
    day: date
    landlord: str
    from_lines: tuple[str, ...]
    to_name: str
    to_lines: tuple[str, ...]
    resident_name: str = ""
    reference: str = ""
    team: str = "Complaints team"
    colour: str = "#1C2330"
    how_to_reach_us: str = ""
    received_on: date | None = None
    due_on: date | None = None
    late: bool = False
    language: str = "en"

    @property
    def representative(self) -> bool:
        """Whether the letter goes to somebody who speaks for the resident."""
        return bool(self.resident_name) and self.resident_name != self.to_name


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that fill a gap: what an editor calls it, a sample, and where it comes from."""

    label: str
    sample: str
    of: Callable[[Told], str]


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks made from the case: what an editor calls them, and where they come from."""

    label: str
    of: Callable[[Told], tuple[Block, ...]]


def values(told: Told) -> Mapping[str, Any]:
    """Every gap, part and condition with what it holds now: words, blocks, or whether it is so."""
    found: dict[str, Any] = {name: gap.of(told) for name, gap in GAPS.items()}
    found |= {f"part.{name}": part.of(told) for name, part in PARTS.items()}
    found |= {name: found[f"part.{name}"] for name in PARTS if name not in GAPS}
    found |= {
        "upheld": told.draft.upholds,
        "late": told.late,
        "all_is_ours": told.draft.not_responsible_for == () and not told.draft.responsible_for,
        "what_is_ours": bool(told.draft.responsible_for) or told.draft.not_responsible_for is not None,
        "representative": told.representative,
    }
    return found


def _day(value: date | None, told: Told) -> str:
    return day(value) if value is not None else ""


def _withdrawn(told: Told) -> str:
    draft = told.draft
    if not draft.withdrawn_by or draft.withdrawn_on is None:
        return ""
    how = f" {draft.withdrawn_how}" if draft.withdrawn_how else ""
    return f"{draft.withdrawn_by} asked us to{how} on {day(draft.withdrawn_on)}."


GAPS: dict[str, Gap] = {
    "to_name": Gap("Who the letter goes to", "Amira Yusuf", lambda t: t.to_name),
    "resident_name": Gap("The resident", "Amira Yusuf", lambda t: t.resident_name),
    "landlord": Gap("Our name", "Tern Valley Homes", lambda t: t.landlord),
    "reference": Gap("The reference", "TV-26-0417", lambda t: t.reference),
    "received_on": Gap(
        "The day they told us", "Monday 16 November 2026", lambda t: _day(t.received_on, t)
    ),
    "due_on": Gap("The day an answer is due", "Friday 4 December 2026", lambda t: _day(t.due_on, t)),
    "answer_by": Gap(
        "The day we will answer by", "Friday 4 December 2026", lambda t: _day(t.draft.answer_by, t)
    ),
    "new_day": Gap("The new day for the answer", "Friday 18 December 2026", lambda t: _day(t.draft.new_day, t)),
    "next_update": Gap("The day of the next news", "Friday 11 December 2026", lambda t: _day(t.draft.next_update, t)),
    "definition": Gap("What it is about", "Damp left untreated, and a missed visit.", lambda t: t.draft.definition),
    "reason": Gap("The reason", "The surveyor comes on Tuesday 8 December.", lambda t: t.draft.reason),
    "opening": Gap("The first words of our own", "Thank you for the photos.", lambda t: next(iter(t.draft.texts), "")),
    "question": Gap("What we ask", "Which room is damp?", lambda t: t.draft.question),
    "responsible_for": Gap("What we are responsible for", "The walls and the fan.", lambda t: t.draft.responsible_for),
    "outstanding": Gap("What is still to be done", "Nothing is left to do.", lambda t: t.draft.outstanding),
    "landlord_duties": Gap("What the law asks of us", "To keep the walls dry.", lambda t: t.draft.landlord_duties),
    "resident_duties": Gap("What the law asks of them", "To let us in.", lambda t: t.draft.resident_duties),
    "way_on": Gap("How to take it further", "Ask us for stage 2.", lambda t: t.draft.way_on),
    "way_back": Gap("How to take it up again", "Ring us and we will.", lambda t: t.draft.way_back),
    "withdrawn": Gap("Who stopped it, how and when", "You asked us to by telephone on Monday.", _withdrawn),
    "how_to_reach_us": Gap("How to reach us", "Ring us on 01632 960 001.", lambda t: t.how_to_reach_us),
}  # fmt: skip


# Parts


def _points(told: Told) -> tuple[Block, ...]:
    return (Items(told.draft.points, numbered=True),) if told.draft.points else ()


def _outcomes(told: Told) -> tuple[Block, ...]:
    wanted = told.draft.outcomes
    if not wanted:
        return ()
    if any(each.answer for each in wanted):
        rows = tuple((each.outcome, answer(each.answer, each.why)) for each in wanted)
        return (Table("", ("You asked for", "Our answer"), rows),)
    return (Items(tuple(each.outcome for each in wanted)),)


def _not_ours(told: Told) -> tuple[Block, ...]:
    return (Items(told.draft.not_responsible_for),) if told.draft.not_responsible_for else ()


def _text_of(told: Told, point: int) -> str:
    points = told.draft.points
    return points[point - 1] if 0 < point <= len(points) else ""


def _decisions_in_short(told: Told) -> tuple[Block, ...]:
    answers = told.draft.answers
    rows = tuple(
        (f"{each.point}. {_text_of(told, each.point)}", DECISIONS[each.decision or ""]) for each in answers
    )
    return (Table("", ("Part of your complaint", "What we decided"), rows, (3, 2)),) if rows else ()


def _decisions(told: Told) -> tuple[Block, ...]:
    found: list[Block] = []
    for each in told.draft.answers:
        found.append(Heading(f"{each.point}. {_text_of(told, each.point)}", 2))
        found.append(Paragraph(f"Decision: {DECISIONS[each.decision or ''].lower()}."))
        found.append(Paragraph(each.reasons))
        if each.cites:
            found.append(Paragraph(f"We looked at: {'; '.join(each.cites)}."))
    return tuple(each for each in found if not isinstance(each, Paragraph) or each.text.strip())


def _undertakings(told: Told) -> tuple[Block, ...]:
    rows = tuple(
        (
            each.what,
            day(each.by) if each.by is not None else "We will tell you the day",
            each.owner or told.landlord,
        )
        for each in told.draft.undertakings
    )
    return (Table("", ("What", "By when", "Who"), rows, (4, 3, 2)),) if rows else ()


def _compensation(told: Told) -> tuple[Block, ...]:
    sums = told.draft.compensation
    if not sums:
        return ()
    rows = [
        (": ".join(part for part in (each.head, each.reason) if part), pounds(each.amount)) for each in sums
    ]
    if len(sums) > 1:
        rows.append(("In all", pounds(sum(each.amount for each in sums))))
    return (Table("", ("For", "Sum"), tuple(rows), (4, 1)),)


def _routes(told: Told) -> tuple[Block, ...]:
    found = []
    for each in told.draft.routes or ():
        limit = f", by {day(each.by)}" if each.by is not None else ", at any time" if each.no_limit else ""
        found.append(f"{each.where}{limit}")
    return (Items(tuple(found)),) if found else ()


def _texts(texts: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Paragraph(each) for each in texts if each.strip())


def _ombudsman(told: Told) -> tuple[Block, ...]:
    given = told.draft.ombudsman_details
    return (Aside("Housing Ombudsman", tuple(given.splitlines())) if given.strip() else ombudsman(),)


@cache
def ombudsman() -> Aside:
    """How to reach the Housing Ombudsman, as we last knew it."""
    data = tomllib.loads(_OMBUDSMAN.read_text(encoding="utf-8"))
    return Aside(data["title"], tuple(data["lines"]))


PARTS: dict[str, Part] = {
    "points": Part("The points of the complaint", _points),
    "outcomes": Part("What they want to happen, and our answers", _outcomes),
    "not_ours": Part("What we are not responsible for", _not_ours),
    "decisions_in_short": Part("A table of what was decided", _decisions_in_short),
    "decisions": Part("Each point, what was decided and why", _decisions),
    "undertakings": Part("What we will do, by when, and who", _undertakings),
    "compensation": Part("The money, for what, and its sum", _compensation),
    "routes": Part("Where else to go, and by when", _routes),
    "opening": Part("The first words of our own", lambda t: _texts(t.draft.texts[:1])),
    "more": Part("The rest of our own words", lambda t: _texts(t.draft.texts[1:])),
    "ombudsman": Part("How to reach the Housing Ombudsman", _ombudsman),
}
