"""The times a document states, and the landlord's own clocks that follow from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from complaint_rules import editions
from complaint_rules.procedure import time_in_words
from complaint_rules.procedure.reading import Reading, any_of, did_you_mean
from complaint_rules.procedure.schema import Rule
from complaint_rules.procedure.statements import answer_in
from complaint_rules.procedure.terms import NOT_STATED, Path, Place, Stage, StatedTime, Target
from complaint_rules.procedure.time_in_words import OWN_CLOCKS, Duration, UnclearTime

_STAGE_CLOCKS = {
    ("acknowledge", 1): "acknowledge",
    ("acknowledge", 2): "acknowledge_escalation",
    ("respond", 1): "respond",
    ("respond", 2): "respond_stage_2",
    ("extension", 1): "extension_stage_1",
    ("extension", 2): "extension_stage_2",
}
_WITHOUT_LENGTH = re.compile(
    r"\b(?:limit|cap|maximum|unlimited|as long as|as needed|none|never|no extensions?)\b"
)
_IN_TIME = re.compile(r"\b(?:within|up to|no later than|before)\b")
_USUAL_START = {
    "acknowledge": "received",
    "respond": "received",
    "acknowledge_escalation": "requested",
    "respond_stage_2": "requested",
    "update": "acknowledged",
    "escalate_by": "responded",
    "decline_by": "requested",
    "call_back": "dissatisfied",
}


def time(reading: Reading, rule: Rule, value: Any, path: Path) -> tuple[StatedTime, ...]:
    """A time in words or in its parts, or a list of these. `clock` is that of the schema, where it has one."""
    return tuple(_times(reading, rule.get("clock", ""), value, path))


def _times(reading: Reading, clock: str, value: Any, path: Path) -> Iterator[StatedTime]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _times(reading, clock, each, (*path, number))
        return
    try:
        if isinstance(value, Mapping):
            yield _time_in_parts(reading, clock, value, path)
        elif isinstance(value, str):
            yield _time_in_words(reading, clock, value, path)
        else:
            raise UnclearTime('write the length and its unit, such as "10 working days".')
    except UnclearTime as problem:
        reading.wrong(path, str(problem))


def _time_in_words(reading: Reading, clock: str, text: str, path: Path) -> StatedTime:
    says = " ".join(text.split())
    if answer_in(says) is None:
        return StatedTime(clock, None, None, None, says, reading.place(path))
    length = _length_in_words(clock, says)
    if length is None:
        return StatedTime(clock, None, None, None, says, reading.place(path))
    start = time_in_words.start_in(says, clock)
    _start_is_known(reading, start, path)
    return StatedTime(clock, length.length, length.unit, start, says, reading.place(path))


def _length_in_words(clock: str, says: str) -> Duration | None:
    """How long; None for an extension that has no limit, or none at all."""
    told = time_in_words.find_duration(says)
    if told is None and (clock.startswith("extension") or not clock) and _WITHOUT_LENGTH.search(says.lower()):
        return None
    return told or time_in_words.duration(says)


def _time_in_parts(reading: Reading, clock: str, value: Mapping[str, Any], path: Path) -> StatedTime:
    reading.only(value, ("length", "unit", "starts", "from", "says", "every", "within", "unless"), path)
    length = value.get("length", value.get("every", value.get("within")))
    unit = value.get("unit")
    start = value.get("starts", value.get("from"))
    says = " ".join(str(value.get("says") or "").split())
    if isinstance(length, str) and unit is None:
        told = time_in_words.duration(length)
        start = start if start is not None else time_in_words.start_in(length, clock)
        number, counted = told.length, told.unit
    elif isinstance(length, int) and not isinstance(length, bool) and length >= 0:
        number, counted = _counted(reading, length, unit, path)
    elif length is None and says:
        told_in = time_in_words.find_duration(says) or Duration(None, None)
        number, counted = told_in.length, told_in.unit
        start = start if start is not None else time_in_words.start_in(says, clock)
    else:
        raise UnclearTime("give the `length` as a whole number, with its `unit`.")
    step = time_in_words.step(str(start), clock) if start is not None else None
    _start_is_known(reading, step, (*path, "starts" if "starts" in value else "from"))
    return StatedTime(clock, number, counted, step, says, reading.place(path, value))


def _counted(reading: Reading, length: int, unit: Any, path: Path) -> tuple[int, str | None]:
    """A length in its unit, weeks as days; the unit is None where it is not stated."""
    word = "" if unit is None else str(unit).replace("_", " ").lower()
    if word in ("", NOT_STATED):
        return length, None
    told = time_in_words.find_duration(f"{length} {word}")
    if told is None or told.length is None:
        units = ("working_days", "days", "weeks", "months")
        reading.wrong((*path, "unit"), f"write one of {any_of(units)}.{did_you_mean(str(unit), units)}")
        return length, None
    return told.length, told.unit


def _start_is_known(reading: Reading, start: str | None, path: Path) -> None:
    if start is None or start in time_in_words.STEPS or start == NOT_STATED:
        return
    near = time_in_words.meant(start)
    if near and len(start.split()) == 1:
        reading.wrong(path, f'no clock starts from "{start}". Did you mean {near}?')


# The times of the whole document


def every_time(read: Mapping[str, Any]) -> Iterator[StatedTime]:
    """The times in what was read, however deep they stand."""
    for value in read.values():
        if isinstance(value, Mapping):
            yield from every_time(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], StatedTime):
            yield from value


def other_times(read: Mapping[str, Any], stages: tuple[Stage, ...], reading: Reading) -> Iterator[StatedTime]:
    """Every time that the document gives elsewhere than under its targets."""
    counted = {stage.name: stage.counts_as for stage in stages}
    for each in read.get("stages", []):
        number = counted.get(each.get("name"), 0)
        for key in ("acknowledge", "respond", "extension"):
            clock = _STAGE_CLOCKS.get((key, number), f"{key}_stage_{number}")
            for stated in each.get(key, ()):
                start = time_in_words.step(stated.starts, clock) if stated.starts else None
                yield replace(stated, clock=clock, starts=start)
    for key in ("updates", "extension", "escalation", "first_step"):
        given = read.get(key, ())
        yield from every_time(given if isinstance(given, Mapping) else {key: given})
    if "window" not in read.get("escalation", {}):
        yield from _window_in_words(read.get("escalation", {}), reading)


def _window_in_words(read: Mapping[str, Any], reading: Reading) -> Iterator[StatedTime]:
    """The escalation window, where the words on how to ask for stage 2 give it."""
    for says in read.get("how", ()):
        told = time_in_words.find_duration(says) if _IN_TIME.search(says.lower()) else None
        if told is not None:
            line = reading.lines.get("escalation.how")
            yield StatedTime("escalate_by", told.length, told.unit, "responded", says, Place(line))


def with_day_0(stated: Iterator[StatedTime], day_0: Mapping[str, str]) -> Iterator[StatedTime]:
    """The same times, counted from the document's day 0 where they do not say from what."""
    for each in stated:
        start = day_0.get(each.clock)
        if each.starts is None and start:
            yield replace(each, starts=time_in_words.step(start, each.clock))
        else:
            yield each


def targets(
    own: tuple[StatedTime, ...], others: tuple[StatedTime, ...], edition: editions.Edition
) -> Iterator[Target]:
    """The landlord's own clocks: from its targets, else from what it says elsewhere.

    Where two statements differ, neither is chosen, so there is none.
    """
    for clock in OWN_CLOCKS:
        said = _whole(own, clock) or _whole(others, clock)
        if not said or len({(each.length, each.unit, each.starts) for each in said}) > 1:
            continue
        first = said[0]
        assert first.length is not None and first.unit is not None
        start = first.starts or _start(clock, edition)
        yield Target(clock, first.length, first.unit, start, first.place.line)


def _whole(times: tuple[StatedTime, ...], clock: str) -> list[StatedTime]:
    """The times of a clock that can be counted."""
    return [
        t for t in times if t.clock == clock and t.length is not None and t.unit and t.starts != NOT_STATED
    ]


def _start(clock: str, edition: editions.Edition) -> str:
    """What a time is counted from where the document does not say: as in the Code."""
    rule = edition.clocks.get(clock)
    return rule.starts if rule else _USUAL_START[clock]
