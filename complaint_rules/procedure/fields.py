"""From what was read in a document to the fields of a procedure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from complaint_rules import editions
from complaint_rules.procedure import document, times
from complaint_rules.procedure.reading import Reading
from complaint_rules.procedure.schema import schema
from complaint_rules.procedure.stages import first_step, of_the_landlord, stages
from complaint_rules.procedure.statements import only_answer
from complaint_rules.procedure.terms import BadProcedure, Dates, Layer, LineFinder, Report, Statement
from complaint_rules.working_days import Convention

_FREE = ("free", "text", "texts", "number", "word", "items", "places")
_TYPED = (
    "name",
    "title",
    "landlord",
    "edition",
    "dates",
    "convention",
    "day_0",
    "stages",
    "layers",
    "reports",
)


def fields_in(
    data: Any, line: LineFinder, whole: bool = True, written_for: str | None = None
) -> dict[str, Any]:
    """The fields of a procedure that a document gives; BadProcedure with every fault in it.

    `whole` is False where only some keys are given anew; `written_for` is then the edition of the rest.
    """
    reading = Reading(line)
    read = document.mapping(reading, "", data, (), whole)
    if reading.problems:
        raise BadProcedure(reading.problems)
    return _fields(read, reading, _edition_for(read.get("edition") or written_for))


def _edition_for(name: str | None) -> editions.Edition:
    """The edition whose starts stand in where a document gives none: its own, or the latest."""
    known = editions.all_editions()
    return known[name] if name else list(known.values())[-1]


def _fields(read: Mapping[str, Any], reading: Reading, edition: editions.Edition) -> dict[str, Any]:
    """The fields of a Procedure that were given."""
    if "stages" in read:
        read = {**read, "stages": [each for each in read["stages"] if of_the_landlord(each)]}
    own_stages = tuple(stages(read.get("stages", []), reading))
    day_0 = _without_marks(read.get("day_0", {}))
    own = tuple(times.with_day_0(times.every_time(read.get("targets", {})), day_0))
    others = tuple(times.with_day_0(times.other_times(read, own_stages, reading), day_0))
    statements = _statements(read)
    found: dict[str, Any] = {
        "statements": statements,
        "details": _details(read),
        "lines": dict(reading.lines),
    }
    for key in ("name", "title", "landlord", "closure_days", "award_approval_over"):
        if key in read:
            found[key] = read[key]
    if "edition" in read:
        found["written_for"] = read["edition"]
    if "convention" in read:
        found["convention"] = Convention(read["convention"])
    if "dates" in read:
        found["dates"] = Dates(**_without_marks(read["dates"]))
    if {"targets", "stages", "updates", "extension", "escalation", "first_step"} & read.keys():
        found["times"] = own + others
        found["targets"] = tuple(times.targets(own, others, edition))
    for key, field in (
        ("definition", "definitions"),
        ("lead_member", "lead_members"),
        ("exclusions", "exclusions"),
        ("refusal_grounds", "refusal_grounds"),
        ("channels", "channels"),
    ):
        if key in read:
            found[field] = read[key]
    if "stages" in read:
        found["stages"] = own_stages
        found["stage_2_seniority"] = next(
            (s.seniority for s in own_stages if s.counts_as == 2 and s.seniority), None
        )
    if "first_step" in read:
        found["first_step"] = first_step(read["first_step"], reading)
    if "layers" in read:
        found["layers"] = tuple(_layers(read["layers"], reading))
    if "reports" in read:
        found["reports"] = tuple(_reports(read["reports"], reading))
    if "statements" in read:
        found["remarks"] = tuple(_remarks(read["statements"], reading))
    if "escalation" in read and "decided_by" in read["escalation"]:
        found["stage_2_decided_by"] = read["escalation"]["decided_by"]
    if "first_step.counted" in statements:
        found["counted_first_step"] = only_answer(statements["first_step.counted"]) is True
    if "outcome_call" in statements:
        found["outcome_call"] = only_answer(statements["outcome_call"]) is True
    return found


def _statements(read: Mapping[str, Any], start: str = "") -> dict[str, tuple[Statement, ...]]:
    """Every yes-or-no matter the document speaks of, by key; those of a stage by its place: stage:1.optional."""
    found: dict[str, tuple[Statement, ...]] = {}
    for key, value in read.items():
        if isinstance(value, Mapping):
            found |= _statements(value, f"{start}{key}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], Statement):
            found[f"{start}{key}"] = value
    for number, each in enumerate(read.get("stages", []) if not start else []):
        found |= _statements(each, f"stage:{number}.")
    return found


def _details(read: Mapping[str, Any], start: str = "") -> dict[str, Any]:
    """Whatever else the document holds, by its key."""
    found: dict[str, Any] = {}
    for key, value in read.items():
        path = f"{start}{key}"
        if key.startswith("_") or path in _TYPED:
            continue
        rule = schema().get(path)
        if isinstance(value, Mapping) and rule and rule["kind"] == "mapping":
            found |= _details(value, f"{path}.")
        elif rule and rule["kind"] in _FREE:
            found[path] = value
    return found


def _without_marks(read: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in read.items() if not key.startswith("_")}


def _layers(read: list[Mapping[str, Any]], reading: Reading) -> Iterator[Layer]:
    for each in read:
        yield Layer(
            each.get("name") or "",
            each.get("kind") or "procedure",
            only_answer(each.get("sets_stages", ())),
            only_answer(each.get("sets_times", ())),
            reading.place_read(each),
        )


def _remarks(read: list[Mapping[str, Any]], reading: Reading) -> Iterator[Statement]:
    for each in read:
        yield Statement(None, each.get("says") or "", reading.place_read(each))


def _reports(read: list[Mapping[str, Any]], reading: Reading) -> Iterator[Report]:
    for each in read:
        yield Report(each.get("what") or "", each.get("to", ()), each.get("every"), reading.place_read(each))
