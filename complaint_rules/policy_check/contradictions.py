"""Where a document says two things that do not agree. Both are kept, and neither is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from complaint_rules.policy_check.grounds import refusals
from complaint_rules.policy_check.meanings import age_in_months, readings
from complaint_rules.policy_check.people import routes
from complaint_rules.policy_check.stages import listed
from complaint_rules.procedure import NOT_STATED, SENIORITY, Place, Procedure, StatedTime, spoken


@dataclass(frozen=True, slots=True)
class Said:
    """One of the things said: in words, and its line."""

    says: str
    place: Place


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two or more things that cannot all be so, and what they are about."""

    about: str
    said: tuple[Said, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(sorted({each.place.line for each in self.said if each.place.line}))


def contradictions(procedure: Procedure) -> tuple[Contradiction, ...]:
    """Every place where the document says two things that do not agree, in the order of its lines."""
    found = [*_repeated(procedure), *_across(procedure)]
    return tuple(sorted(found, key=lambda each: each.lines))


# The same matter, said more than once


def _repeated(procedure: Procedure) -> Iterator[Contradiction]:
    yield from _statements(procedure)
    yield from _times(procedure)
    places = procedure.details.get("ombudsman.given_in", ())
    if len({frozenset(each["in"]) for each in places}) > 1:
        yield Contradiction(
            "where the Ombudsman's details are given",
            tuple(Said(_listed(each["in"]) or "nowhere", each["place"]) for each in places),
        )
    leads = {(each.person, each.body) for each in procedure.lead_members}
    if len(leads) > 1:
        yield Contradiction(
            "who leads on complaints",
            tuple(Said(each.person or each.body or "nobody", each.place) for each in procedure.lead_members),
        )
    if len({(each.words, each.as_code, each.added, each.replaced) for each in procedure.definitions}) > 1:
        yield Contradiction(
            "the definition of a complaint",
            tuple(
                Said(each.words or f"as the {each.as_code} Code", each.place)
                for each in procedure.definitions
            ),
        )


def _statements(procedure: Procedure) -> Iterator[Contradiction]:
    for key, said in procedure.statements.items():
        if {True, False} <= {each.answer for each in said}:
            words = tuple(Said(each.says or ("yes" if each.answer else "no"), each.place) for each in said)
            yield Contradiction(key.replace("_", " ").replace(".", ": "), words)


def _times(procedure: Procedure) -> Iterator[Contradiction]:
    in_order = sorted(procedure.times, key=lambda time: time.clock)
    for clock, group in groupby(in_order, key=lambda time: time.clock):
        times = _different([time for time in group if time.length is not None])
        if len(times) > 1:
            said = tuple(Said(_said(time), time.place) for time in times)
            yield Contradiction(f"the time for {clock.replace('_', ' ')}", said)


def _different(times: list[StatedTime]) -> list[StatedTime]:
    """The times that no earlier one already says. A part that a time leaves out agrees with any."""
    found: list[StatedTime] = []
    for time in times:
        if not any(_agree(time, other) for other in found):
            found.append(time)
    return found


def _agree(one: StatedTime, other: StatedTime) -> bool:
    pairs = ((one.length, other.length), (one.unit, other.unit), (_start(one), _start(other)))
    return all(left is None or right is None or left == right for left, right in pairs)


def _start(time: StatedTime) -> str | None:
    return None if time.starts == NOT_STATED else time.starts


def _said(time: StatedTime) -> str:
    assert time.length is not None
    return time.says or spoken(time.length, time.unit or "days", time.starts)


# Different matters that cannot all be so


def _across(procedure: Procedure) -> Iterator[Contradiction]:
    yield from _number_of_stages(procedure)
    yield from _reasons(procedure)
    yield from _channels(procedure)
    yield from _seniority(procedure)
    yield from _ages(procedure)
    yield from _surveys(procedure)
    yield from _dates(procedure)


def _number_of_stages(procedure: Procedure) -> Iterator[Contradiction]:
    said = procedure.details.get("number_of_stages")
    stages = listed(procedure)
    if said is None or not stages or said == len(stages):
        return
    yield Contradiction(
        "how many stages there are",
        (
            Said(f"{said} stages", Place(procedure.lines.get("number_of_stages"))),
            *(Said(name, place) for name, _, place in stages),
        ),
    )


def _reasons(procedure: Procedure) -> Iterator[Contradiction]:
    free = [each for each in procedure.said("escalation.reason_required") if each.answer is False]
    grounds = [
        ground
        for ground in refusals(procedure) or ()
        if any(reading.kind == "no_reasons" for reading in readings(ground))
    ]
    if free and grounds:
        yield Contradiction(
            "whether a reason is needed for stage 2",
            (
                *(Said(each.says or "no reason is needed", each.place) for each in free),
                *(Said(each.says, each.place) for each in grounds),
            ),
        )


def _channels(procedure: Procedure) -> Iterator[Contradiction]:
    shut = procedure.details.get("channels_not_taken", ())
    place = Place(procedure.lines.get("channels_not_taken"))
    for each in shut:
        both = [
            ground for ground in procedure.channels or () if set(routes([ground.says])) & set(routes([each]))
        ]
        if both:
            said = (Said(f"not taken: {each}", place), *(Said(ground.says, ground.place) for ground in both))
            yield Contradiction("ways to complain", said)


def _seniority(procedure: Procedure) -> Iterator[Contradiction]:
    pairs = zip(procedure.stages, procedure.stages[1:], strict=False)
    for number, (first, second) in enumerate(pairs, start=1):
        claims = [each for each in procedure.said(f"stage:{number}.more_senior") if each.answer]
        if not claims or first.seniority is None or second.seniority is None:
            continue
        if SENIORITY.index(second.seniority) <= SENIORITY.index(first.seniority):
            yield Contradiction(
                f"who considers {second.name}",
                (
                    *(Said(each.says or "more senior than the stage before", each.place) for each in claims),
                    Said(f"{first.name}: {first.seniority}", first.place),
                    Said(f"{second.name}: {second.seniority}", second.place),
                ),
            )


def _ages(procedure: Procedure) -> Iterator[Contradiction]:
    aged = [
        (ground, age_in_months(ground.says.lower()))
        for ground in procedure.exclusions or ()
        if any(reading.kind in ("age", "too_soon") for reading in readings(ground))
    ]
    if len({round(age, 1) for _, age in aged if age is not None}) > 1:
        yield Contradiction("how old a matter may be", tuple(Said(each.says, each.place) for each, _ in aged))


def _surveys(procedure: Procedure) -> Iterator[Contradiction]:
    told = [each for each in procedure.said("survey_answers") if each.answer]
    shut = [
        ground
        for ground in procedure.exclusions or ()
        if any(reading.kind == "survey" and reading.verdict == "breached" for reading in readings(ground))
    ]
    if told and shut:
        yield Contradiction(
            "answers in surveys",
            (
                *(Said(each.says or "may be raised as a complaint", each.place) for each in told),
                *(Said(each.says, each.place) for each in shut),
            ),
        )


def _dates(procedure: Procedure) -> Iterator[Contradiction]:
    """The days of a procedure come in order: drafted, approved, then in force."""
    dates = procedure.dates
    for earlier, later in (("drafted", "approved"), ("approved", "in_force"), ("drafted", "in_force")):
        first, second = getattr(dates, earlier), getattr(dates, later)
        if first and second and first > second:
            yield Contradiction(
                "the days of the procedure",
                tuple(
                    Said(
                        f"{name.replace('_', ' ')} {day.isoformat()}",
                        Place(procedure.lines.get(f"dates.{name}")),
                    )
                    for name, day in ((earlier, first), (later, second))
                ),
            )


def _listed(words: Sequence[str]) -> str:
    return ", ".join(word.replace("_", " ") for word in words)
