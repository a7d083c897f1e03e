"""A procedure's document, read by its schema: what each key may hold, and what is wrong, by line.

`procedure_schema.toml` is the schema. The reader walks a document by it, turns every value into
what the rules use, and collects every fault; nothing is guessed, and a key that is not known is
named with the one it was probably meant to be.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from complaint_rules import editions, procedure_times
from complaint_rules import procedure as model
from complaint_rules.procedure import (
    BadProcedure,
    Definition,
    Ground,
    LeadMember,
    LineFinder,
    Place,
    Problem,
    Procedure,
    StatedTime,
    Statement,
)
from complaint_rules.procedure_times import NOT_STATED, OWN_CLOCKS, UnclearTime
from complaint_rules.working_days import Convention

SCHEMA_FILE = Path(__file__).parent / "procedure_schema.toml"
ANYWHERE = ("source", "note")
NO_LINE = 0
NOT_GIVEN, SAME = model.NOT_GIVEN, model.SAME_AS_EXCLUSIONS
STAGE_CLOCKS = {
    ("acknowledge", 1): "acknowledge",
    ("acknowledge", 2): "acknowledge_escalation",
    ("respond", 1): "respond",
    ("respond", 2): "respond_stage_2",
    ("extension", 1): "extension_stage_1",
    ("extension", 2): "extension_stage_2",
}

IN_POLICY = re.compile(
    r"^(?:(?:see|as (?:set out |stated )?in|listed? in|in|stated in)\b.*\bpolic\w*|not given|not stated|"
    r"in (?:the )?policy,? (?:but )?not given)\W*$"
)
_WITHOUT_LENGTH = re.compile(
    r"\b(?:limit|cap|maximum|unlimited|as long as|as needed|none|never|no extensions?)\b"
)
SAME_AS = re.compile(r"\bsame\b.*\b(?:exclusion|not accepting|refus|as above)")


@cache
def schema() -> Mapping[str, Mapping[str, Any]]:
    """Every path a document may hold, with its kind and what it is for."""
    with open(SCHEMA_FILE, "rb") as file:
        return MappingProxyType(tomllib.load(file))


@cache
def children(path: str) -> Mapping[str, str]:
    """The keys that a mapping at this path may hold, other names included: key as written, its own path."""
    found: dict[str, str] = {}
    start = f"{path}." if path else ""
    for each, rule in schema().items():
        rest = each.removeprefix(start)
        if not each.startswith(start) or "." in rest or rest.endswith("[]"):
            continue
        for key in (rest, *rule.get("also", ())):
            found[key] = each
    return MappingProxyType(found)


def procedure(data: Any, line: LineFinder) -> Procedure:
    """The procedure in this document; BadProcedure with every fault in it."""
    reader = _Reader(line)
    read = reader.mapping("", data, ())
    if reader.problems:
        raise BadProcedure(reader.problems)
    return Procedure(**_fields(read, reader, editions_for(read.get("edition"))))


def changed_fields(given: Procedure, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a procedure that some keys of a document change."""
    reader = _Reader(lambda path: NO_LINE)
    read = reader.mapping("", dict(changes), (), whole=False)
    if reader.problems:
        raise BadProcedure(reader.problems)
    fields = _fields(read, reader, editions_for(read.get("edition") or given.written_for))
    if "targets" in fields:
        changed = {time.clock for time in fields["times"]}
        fields["targets"] += tuple(t for t in given.targets if t.clock not in changed)
        fields["times"] += tuple(t for t in given.times if t.clock not in changed)
    for key in ("statements", "details", "lines"):
        if key in fields:
            fields[key] = {**getattr(given, key), **fields[key]}
    return fields


def editions_for(name: str | None) -> editions.Edition:
    """The edition whose starts stand in where a document gives none: its own, or the latest."""
    known = editions.all_editions()
    return known[name] if name else list(known.values())[-1]


# Reading by the schema


class _Reader:
    """Turns plain data into what the rules use, collecting every fault with its line."""

    def __init__(self, line: LineFinder) -> None:
        self.line = line
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def wrong(self, path: model.Path, says: str) -> None:
        self.problems.append(Problem(self.line(path), _written(path), says))

    def place(self, path: model.Path, value: Any = None) -> Place:
        source = value.get("source") if isinstance(value, Mapping) else None
        return Place(self.line(path), str(source) if source is not None else None)

    def value(self, key: str, value: Any, path: model.Path) -> Any:
        """A value by the schema at `key`; `path` is where it stands in the document."""
        self.lines[key] = self.line(path)
        rule = schema()[key]
        kind: str = rule["kind"]
        if kind == "mapping":
            return self.mapping(key, value, path)
        if kind == "list":
            return self.items_of(key, value, path)
        reading: Callable[[Mapping[str, Any], Any, model.Path], Any] = getattr(self, f"_{kind}")
        return reading(rule, value, path)

    def mapping(self, key: str, value: Any, path: model.Path, whole: bool = True) -> dict[str, Any]:
        """A mapping of known keys. A bare value stands for the one that the schema calls `short`."""
        short = schema()[key].get("short") if key else None
        if short and not isinstance(value, Mapping):
            inner = f"{key}.{short}"
            return {short: self.value(inner, value, path), "_path": path, "_source": None}
        if key == "targets" and isinstance(value, list):
            return self._listed_targets(value, path)
        if not isinstance(value, Mapping):
            what = (
                f"{key} as a mapping of keys"
                if key
                else "the procedure as a mapping of keys, such as `name:`"
            )
            self.wrong(path, f"write {what}.")
            return {}
        known = children(key)
        found: dict[str, Any] = {"_path": path, "_source": value.get("source")}
        for each, inside in value.items():
            if each in ANYWHERE and each not in known:
                continue
            if each not in known:
                self.wrong((*path, each), _unknown(str(each), known, inside))
            elif _last(known[each]) in found:
                self.wrong((*path, each), f"this is another name for `{_last(known[each])}`. Give it once.")
            elif inside is not None:
                found[_last(known[each])] = self.value(known[each], inside, (*path, each))
        for each in known:
            if whole and schema()[known[each]].get("needed") and each not in found:
                self.wrong(path, f"it needs `{each}`: {schema()[known[each]]['says']}")
        return found

    def _listed_targets(self, value: list[Any], path: model.Path) -> dict[str, Any]:
        """The targets as a list of `{clock, length, unit, starts}`."""
        known = children("targets")
        found: dict[str, Any] = {"_path": path, "_source": None}
        for number, each in enumerate(value):
            place = (*path, number)
            if not isinstance(each, Mapping) or "clock" not in each:
                self.wrong(
                    place, "give each target a `clock`, a `length`, a `unit` and what it `starts` from."
                )
            elif each["clock"] not in known:
                says = f"there is no such clock.{_meant(each['clock'], known)} Known: {', '.join(known)}."
                self.wrong((*place, "clock"), says)
            else:
                own = known[each["clock"]]
                rest = {part: inside for part, inside in each.items() if part != "clock"}
                found[_last(own)] = (*found.get(_last(own), ()), *self.value(own, rest, place))
        return found

    def items_of(self, key: str, value: Any, path: model.Path) -> list[Any]:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            self.wrong(path, "write a list, each item on a line of its own after a hyphen.")
            return []
        return [self.mapping(f"{key}[]", each, (*path, place)) for place, each in enumerate(value)]

    # One method a kind

    def _text(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> str | None:
        if isinstance(value, bool) or not isinstance(value, str | int | float | date):
            self.wrong(path, "write words.")
            return None
        return " ".join(str(value).split())

    def _texts(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> tuple[str, ...]:
        given = value if isinstance(value, list) else [value]
        told = [self._text(rule, _says(each), path) for each in given]
        return tuple(each for each in told if each)

    def _slug(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> str | None:
        if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            return value
        self.wrong(path, 'write lower-case letters, digits and hyphens, such as "tern-valley".')
        return None

    def _date(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> date | None:
        day = _as_day(value)
        if day is None:
            self.wrong(path, "write the day as year, month and day, such as 2026-11-26.")
            return None
        return day

    def _dates(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> tuple[date, ...]:
        if not isinstance(value, list):
            self.wrong(path, "write a list of days, such as [2026-12-29, 2026-12-30].")
            return ()
        days = [self._date(rule, each, (*path, place)) for place, each in enumerate(value)]
        return tuple(day for day in days if day)

    def _month(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> str | None:
        if _as_day(value):
            return str(_as_day(value))
        if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
            return value
        self.wrong(path, "write a day, such as 2026-11-26, or a month, such as 2026-11.")
        return None

    def _number(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.wrong(path, "write a whole number.")
        return None

    def _pounds(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> int | None:
        """Pence."""
        written = value.removeprefix("£").replace(",", "") if isinstance(value, str) else value
        try:
            amount = None if isinstance(written, bool) else Decimal(str(written))
        except ArithmeticError:
            amount = None
        if amount is None or not amount.is_finite() or amount < 0 or amount * 100 != int(amount * 100):
            self.wrong(path, "write pounds, such as 250 or 250.50.")
            return None
        return int(amount * 100)

    def _word(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> str | None:
        word = re.sub(r"[\s-]+", "_", value.strip().lower()) if isinstance(value, str) else str(value)
        if word in rule["words"]:
            return word
        self.wrong(path, f"write one of {_listed(rule['words'])}.{_meant(word, rule['words'])}")
        return None

    def _edition(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> str | None:
        if str(value) in editions.all_editions():
            return str(value)
        self.wrong(path, f"write an edition of the Code: {', '.join(editions.all_editions())}.")
        return None

    def _free(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> Any:
        return value

    def _statement(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> tuple[Statement, ...]:
        return tuple(self._statements(value, path))

    def _statements(self, value: Any, path: model.Path) -> Iterator[Statement]:
        if isinstance(value, list):
            for number, each in enumerate(value):
                yield from self._statements(each, (*path, number))
            return
        place = self.place(path, value)
        if isinstance(value, bool):
            yield Statement(value, "", place)
        elif isinstance(value, str):
            yield Statement(answer_in(value), " ".join(value.split()), place)
        elif isinstance(value, Mapping):
            self._only(value, ("answer", "says"), path)
            says, answer = value.get("says"), value.get("answer")
            if answer is None and says is None:
                self.wrong(path, "give an `answer` (true or false), what it `says`, or both.")
            elif answer is not None and not isinstance(answer, bool | str):
                self.wrong((*path, "answer"), "write true or false.")
            else:
                told = answer if "answer" in value else says
                said = told if isinstance(told, bool | None) else answer_in(str(told))
                yield Statement(said, " ".join(str(says or "").split()), place)
        else:
            self.wrong(path, "write true or false, or say in words what is done.")

    def _time(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> tuple[StatedTime, ...]:
        return tuple(self._times(rule.get("clock", ""), value, path))

    def _times(self, clock: str, value: Any, path: model.Path) -> Iterator[StatedTime]:
        if isinstance(value, list):
            for number, each in enumerate(value):
                yield from self._times(clock, each, (*path, number))
            return
        try:
            if isinstance(value, Mapping):
                yield self._time_in_parts(clock, value, path)
            elif isinstance(value, str):
                yield self._time_in_words(clock, value, path)
            else:
                raise UnclearTime('write the length and its unit, such as "10 working days".')
        except UnclearTime as problem:
            self.wrong(path, str(problem))

    def _time_in_words(self, clock: str, text: str, path: model.Path) -> StatedTime:
        says = " ".join(text.split())
        if answer_in(says) is None:
            return StatedTime(clock, None, None, None, says, self.place(path))
        length = self._length_in_words(clock, says)
        if length is None:
            return StatedTime(clock, None, None, None, says, self.place(path))
        start = procedure_times.start_in(says, clock)
        self._start_is_known(start, path)
        return StatedTime(clock, length.length, length.unit, start, says, self.place(path))

    def _length_in_words(self, clock: str, says: str) -> procedure_times.Duration | None:
        """How long; None for an extension that has no limit, or none at all."""
        told = procedure_times.find_duration(says)
        if (
            told is None
            and (clock.startswith("extension") or not clock)
            and _WITHOUT_LENGTH.search(says.lower())
        ):
            return None
        return told or procedure_times.duration(says)

    def _time_in_parts(self, clock: str, value: Mapping[str, Any], path: model.Path) -> StatedTime:
        self._only(value, ("length", "unit", "starts", "from", "says", "every", "within", "unless"), path)
        length = value.get("length", value.get("every", value.get("within")))
        unit = value.get("unit")
        start = value.get("starts", value.get("from"))
        says = " ".join(str(value.get("says") or "").split())
        if isinstance(length, str) and unit is None:
            told = procedure_times.duration(length)
            start = start if start is not None else procedure_times.start_in(length, clock)
            number, counted = told.length, told.unit
        elif isinstance(length, int) and not isinstance(length, bool) and length >= 0:
            number, counted = self._counted(length, unit, path)
        elif length is None and says:
            told_in = procedure_times.find_duration(says) or procedure_times.Duration(None, None)
            number, counted = told_in.length, told_in.unit
            start = start if start is not None else procedure_times.start_in(says, clock)
        else:
            raise UnclearTime("give the `length` as a whole number, with its `unit`.")
        step = procedure_times.step(str(start), clock) if start is not None else None
        self._start_is_known(step, (*path, "starts" if "starts" in value else "from"))
        return StatedTime(clock, number, counted, step, says, self.place(path, value))

    def _counted(self, length: int, unit: Any, path: model.Path) -> tuple[int, str | None]:
        """A length in its unit, weeks as days; the unit is None where it is not stated."""
        word = "" if unit is None else str(unit).replace("_", " ").lower()
        if word in ("", NOT_STATED):
            return length, None
        told = procedure_times.find_duration(f"{length} {word}")
        if told is None or told.length is None:
            units = ("working_days", "days", "weeks", "months")
            self.wrong((*path, "unit"), f"write one of {_listed(units)}.{_meant(str(unit), units)}")
            return length, None
        return told.length, told.unit

    def _start_is_known(self, start: str | None, path: model.Path) -> None:
        if start is None or start in procedure_times.STEPS or start == NOT_STATED:
            return
        near = procedure_times.meant(start)
        if near and len(start.split()) == 1:
            self.wrong(path, f'no clock starts from "{start}". Did you mean {near}?')

    def _grounds(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> tuple[Ground, ...]:
        if isinstance(value, str):
            plain = " ".join(value.lower().split())
            mark = NOT_GIVEN if IN_POLICY.match(plain) else SAME if SAME_AS.search(plain) else None
            if answer_in(plain) is False and not mark:
                return ()
            return (Ground(" ".join(value.split()), self.place(path), mark),)
        if isinstance(value, Mapping):
            value = [value]
        if not isinstance(value, list):
            self.wrong(path, 'write a list of sentences, or "in policy, not given".')
            return ()
        return tuple(self._ground_items(value, path))

    def _ground_items(self, value: list[Any], path: model.Path) -> Iterator[Ground]:
        for number, each in enumerate(value):
            place = (*path, number)
            if isinstance(each, str):
                yield Ground(" ".join(each.split()), self.place(place))
            elif isinstance(each, Mapping) and isinstance(each.get("says") or each.get("ground"), str):
                self._only(each, ("says", "ground", "discretion"), place)
                free = each.get("discretion")
                if free is not None and not isinstance(free, bool):
                    self.wrong((*place, "discretion"), "write true or false.")
                says = str(each.get("says") or str(each.get("ground")).replace("_", " "))
                yield Ground(" ".join(says.split()), self.place(place, each), each.get("ground"), free)
            else:
                self.wrong(place, "write a sentence, or `{says, ground, discretion}`.")

    def _lead(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> tuple[LeadMember, ...]:
        return tuple(self._leads(value, path))

    def _leads(self, value: Any, path: model.Path) -> Iterator[LeadMember]:
        if isinstance(value, list):
            for number, each in enumerate(value):
                yield from self._leads(each, (*path, number))
            return
        place = self.place(path, value)
        if isinstance(value, Mapping):
            self._only(value, ("person", "body"), path)
            yield LeadMember(_words(value.get("person")), _words(value.get("body")), place)
        elif value is False:
            yield LeadMember(place=place)
        elif isinstance(value, str):
            yield _lead_in(" ".join(value.split()), place)
        else:
            self.wrong(path, "write who it is: a person and their role, a body, or none.")

    def _definition(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> tuple[Definition, ...]:
        return tuple(self._definitions(value, path))

    def _definitions(self, value: Any, path: model.Path) -> Iterator[Definition]:
        if isinstance(value, list):
            for number, each in enumerate(value):
                yield from self._definitions(each, (*path, number))
        elif isinstance(value, str):
            plain = " ".join(value.lower().split())
            yield Definition(
                None if IN_POLICY.match(plain) else " ".join(value.split()), None, self.place(path)
            )
        elif isinstance(value, Mapping):
            yield self._definition_in_parts(value, path)
        else:
            self.wrong(path, "write the sentence as the policy prints it.")

    def _definition_in_parts(self, value: Mapping[str, Any], path: model.Path) -> Definition:
        self._only(value, ("words", "says", "as_code", "added", "left_out", "replaced"), path)
        words, as_code = value.get("words", value.get("says")), value.get("as_code")
        if as_code is not None:
            as_code = self._edition({}, as_code, (*path, "as_code"))
        elif words is None:
            self.wrong(
                path, "give the `words` as printed, or `as_code` with the edition whose sentence it is."
            )
        replaced = value.get("replaced") or {}
        if not isinstance(replaced, Mapping):
            self.wrong((*path, "replaced"), "write the Code's words, a colon, and the words in their place.")
            replaced = {}
        return Definition(
            _words(words),
            as_code,
            self.place(path, value),
            self._texts({}, value.get("added") or [], (*path, "added")),
            self._texts({}, value.get("left_out") or [], (*path, "left_out")),
            tuple((str(theirs), str(ours)) for theirs, ours in replaced.items()),
        )

    def _items(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            self._only(value, ("as_code",), path)
            return {
                "as_code": self._edition({}, value.get("as_code"), (*path, "as_code")),
                "place": self.place(path, value),
            }
        if not isinstance(value, list):
            self.wrong(path, f"write a list of {_listed(rule['words'])}.")
            return {}
        held = [self._word(rule, each, (*path, place)) for place, each in enumerate(value)]
        return {"holds": tuple(each for each in held if each), "place": self.place(path)}

    def _places(self, rule: Mapping[str, Any], value: Any, path: model.Path) -> tuple[Mapping[str, Any], ...]:
        """Where something is given: one mapping a statement, with the places `in` it and whether there may be more."""
        return tuple(self._each_places(rule, value, path))

    def _each_places(
        self, rule: Mapping[str, Any], value: Any, path: model.Path
    ) -> Iterator[Mapping[str, Any]]:
        if isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
            for number, each in enumerate(value):
                yield from self._each_places(rule, each, (*path, number))
            return
        given, more = value, False
        if isinstance(value, Mapping):
            self._only(value, ("in", "elsewhere", "says"), path)
            given, more = value.get("in", []), value.get("elsewhere") is not None
        if given is False or (isinstance(given, str) and answer_in(given) is False):
            given = []
        listed = given if isinstance(given, list) else [given]
        held = [self._word(rule, _place_word(each), (*path, number)) for number, each in enumerate(listed)]
        yield {"in": tuple(each for each in held if each), "more": more, "place": self.place(path, value)}

    def _only(self, value: Mapping[Any, Any], known: tuple[str, ...], path: model.Path) -> None:
        for each, inside in value.items():
            if each not in known and each not in ANYWHERE:
                self.wrong((*path, each), _unknown(str(each), known, inside))


# Words


_NO = re.compile(
    r"^(?:no|none|never|not|nobody|nothing|nowhere|refused|under (?:consideration|review)|to be (?:agreed|decided|"
    r"confirmed)|tbc|n/a|does not|do not|is not|are not|we do not|we don't|cannot|will not|we will not)\b"
)
_UNSAID = re.compile(
    r"^(?:not (?:stated|known|given|said|recorded)|unknown|unclear|in (?:the )?policy,? (?:but )?not given|"
    r"(?:as )?(?:set out|stated) in (?:the )?(?:complaints? )?policy)\b"
)


def answer_in(text: str) -> bool | None:
    """Whether words on a yes-or-no matter say yes or no; None where they say that it is not stated."""
    plain = " ".join(text.lower().replace("’", "'").split())
    if not plain or _UNSAID.match(plain):
        return None
    return not _NO.match(plain)


_BODY = re.compile(
    r"\b(?:board|committee|panel|cabinet|council|team|group|executive|trustees|members|governing body|forum)\b"
)
_PERSON = re.compile(
    r"\b(?:chair|chairs|chairman|chairwoman|vice[- ]chair|member|councillor|cllr|trustee|director|mr|mrs|ms|dr|"
    r"lead|leader|portfolio holder|president|champion)\b"
)


def _lead_in(text: str, place: Place) -> LeadMember:
    if answer_in(text) is not True:
        return LeadMember(place=place)
    plain = text.lower()
    if _BODY.search(plain) and not _PERSON.search(plain):
        return LeadMember(body=text, place=place)
    return LeadMember(person=text, place=place)


_PLACE_WORDS = (
    (r"every|all (?:letters|stages|correspondence|responses)|each (?:letter|stage)", "every_letter"),
    (r"throughout|at any time", "throughout"),
    (r"stage (?:2|two) ack", "stage_2_acknowledgement"),
    (r"ack", "acknowledgement"),
    (r"exten", "extension"),
    (r"final|stage (?:2|two)|end of|last", "final_response"),
    (r"stage (?:1|one)|first response", "stage_1_response"),
    (r"start|outset|beginning", "start"),
    (r"refus|declin", "refusal"),
    (r"web", "website"),
    (r"leaflet|poster", "leaflets"),
    (r"newsletter", "newsletters"),
    (r"handbook", "handbook"),
    (r"regular correspondence|letters", "regular_correspondence"),
    (r"update", "updates"),
    (r"policy", "policy"),
)


def _place_word(value: Any) -> Any:
    """The place that somebody's own words name, so that "All letters" is every_letter."""
    if not isinstance(value, str):
        return value
    plain = " ".join(value.lower().replace("_", " ").split())
    known = schema()["ombudsman.given_in"]["words"]
    if plain.replace(" ", "_") in known:
        return value
    return next((word for pattern, word in _PLACE_WORDS if re.search(pattern, plain)), value)


def _unknown(key: str, known: Any, inside: Any) -> str:
    if inside is None and " " in key:
        return "this looks like half a sentence. Put a sentence with a comma in quotes."
    near = _meant(key, list(known))
    return (
        f"there is no such key here.{near}"
        if near
        else f"there is no such key here. Known: {', '.join(known)}."
    )


def _meant(word: str, known: Any) -> str:
    close = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f" Did you mean {close[0]}?" if close else ""


def _listed(words: Any) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else str(last)


def _written(path: model.Path) -> str:
    """A path as a person would say it: stages, item 2, name."""
    return ", ".join(f"item {each + 1}" if isinstance(each, int) else str(each) for each in path)


def _last(path: str) -> str:
    return path.rsplit(".", 1)[-1]


def _says(value: Any) -> Any:
    return value.get("says") if isinstance(value, Mapping) and "says" in value else value


def _words(value: Any) -> str | None:
    return " ".join(str(value).split()) if value is not None else None


def _as_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


# From what was read to a procedure


def _fields(read: Mapping[str, Any], reader: _Reader, edition: editions.Edition) -> dict[str, Any]:
    """The fields of a Procedure that were given."""
    if "stages" in read:
        read = {**read, "stages": [each for each in read["stages"] if _of_the_landlord(each)]}
    stages = tuple(_stages(read.get("stages", []), reader))
    day_0 = _without_marks(read.get("day_0", {}))
    own = tuple(_with_day_0(_every_time(read.get("targets", {})), day_0))
    others = tuple(_with_day_0(_other_times(read, stages, reader), day_0))
    statements = _statements(read)
    found: dict[str, Any] = {
        "statements": statements,
        "details": _details(read),
        "lines": dict(reader.lines),
    }
    for key in ("name", "title", "landlord", "closure_days", "award_approval_over"):
        if key in read:
            found[key] = read[key]
    if "edition" in read:
        found["written_for"] = read["edition"]
    if "convention" in read:
        found["convention"] = Convention(read["convention"])
    if "dates" in read:
        found["dates"] = model.Dates(**_without_marks(read["dates"]))
    if {"targets", "stages", "updates", "extension", "escalation", "first_step"} & read.keys():
        found["times"] = own + others
        found["targets"] = tuple(_targets(own, others, edition))
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
        found["stages"] = stages
        found["stage_2_seniority"] = next(
            (s.seniority for s in stages if s.counts_as == 2 and s.seniority), None
        )
    if "first_step" in read:
        found["first_step"] = _first_step(read["first_step"], reader)
    if "layers" in read:
        found["layers"] = tuple(_layers(read["layers"], reader))
    if "reports" in read:
        found["reports"] = tuple(_reports(read["reports"], reader))
    if "statements" in read:
        found["remarks"] = tuple(_remarks(read["statements"], reader))
    if "escalation" in read and "decided_by" in read["escalation"]:
        found["stage_2_decided_by"] = read["escalation"]["decided_by"]
    if "first_step.counted" in statements:
        found["counted_first_step"] = _only_answer(statements["first_step.counted"]) is True
    if "outcome_call" in statements:
        found["outcome_call"] = _only_answer(statements["outcome_call"]) is True
    return found


def _without_marks(read: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in read.items() if not key.startswith("_")}


def _only_answer(said: tuple[Statement, ...]) -> bool | None:
    answers = {each.answer for each in said}
    return answers.pop() if len(answers) == 1 else None


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


_BEFORE_STAGE_1 = re.compile(
    r"\b(?:informal\w*|front[\s-]?line|stage\s*(?:0|zero|nought)|pre[\s-]?complaints?|pre[\s-]?stage|"
    r"first (?:point of )?contact|first (?:line|step)|early (?:local )?resolution|local resolution|quick (?:fix|"
    r"resolution|resolve)|initial (?:contact|resolution|concern|stage)|concerns?|expression of concern|"
    r"service recovery|triage|put it right first|point of service)\b"
)
_NUMBERED = re.compile(r"\b(?:stage|step|level|tier)\s*(?P<number>\d|one|two|three|four)\b")
_OUTSIDE = re.compile(r"\b(?:ombudsman|lgsco|designated person|court|tribunal|regulator)\b")
_SAID_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}


def is_before_stage_1(name: str) -> bool:
    """Whether a stage of this name is an attempt before the complaint, whatever it is called."""
    plain = name.lower()
    numbered = _NUMBERED.search(plain)
    return bool(_BEFORE_STAGE_1.search(plain)) and not (numbered and _number_in(numbered) > 0)


def _number_in(found: re.Match[str]) -> int:
    return _SAID_NUMBERS.get(found["number"]) or (int(found["number"]) if found["number"].isdecimal() else 0)


def _of_the_landlord(stage: Mapping[str, Any]) -> bool:
    """Whether a stage listed is the landlord's own: the Ombudsman is none of its stages."""
    return bool(stage.get("name")) and not _OUTSIDE.search(stage["name"].lower())


def _stages(read: list[Mapping[str, Any]], reader: _Reader) -> Iterator[model.Stage]:
    """The landlord's stages with the number each counts as."""
    last = 0
    for each in read:
        name = each["name"]
        numbered = _NUMBERED.search(name.lower())
        given = each.get("number", _number_in(numbered) if numbered else None)
        if given is None:
            given = 0 if last == 0 and is_before_stage_1(name) else last + 1
        elif given <= last and given != 0:
            given = last + 1
        last = max(last, given)
        yield model.Stage(
            name,
            given,
            each.get("handled_by", ()),
            each.get("seniority"),
            each.get("how") or "",
            Place(reader.line(each["_path"]), _words(each.get("_source"))),
            each.get("reason") or "",
        )


def _other_times(
    read: Mapping[str, Any], stages: tuple[model.Stage, ...], reader: _Reader
) -> Iterator[StatedTime]:
    """Every time that the document gives elsewhere than under its targets."""
    counted = {stage.name: stage.counts_as for stage in stages}
    for each in read.get("stages", []):
        number = counted.get(each.get("name"), 0)
        for key in ("acknowledge", "respond", "extension"):
            clock = STAGE_CLOCKS.get((key, number), f"{key}_stage_{number}")
            for time in each.get(key, ()):
                start = procedure_times.step(time.starts, clock) if time.starts else None
                yield replace(time, clock=clock, starts=start)
    for key in ("updates", "extension", "escalation", "first_step"):
        given = read.get(key, ())
        yield from _every_time(given if isinstance(given, Mapping) else {key: given})
    if "window" not in read.get("escalation", {}):
        yield from _window_in_words(read.get("escalation", {}), reader)


_IN_TIME = re.compile(r"\b(?:within|up to|no later than|before)\b")


def _window_in_words(read: Mapping[str, Any], reader: _Reader) -> Iterator[StatedTime]:
    """The escalation window, where the words on how to ask for stage 2 give it."""
    for says in read.get("how", ()):
        told = procedure_times.find_duration(says) if _IN_TIME.search(says.lower()) else None
        if told is not None:
            line = reader.lines.get("escalation.how")
            yield StatedTime("escalate_by", told.length, told.unit, "responded", says, Place(line))


def _every_time(read: Mapping[str, Any]) -> Iterator[StatedTime]:
    for value in read.values():
        if isinstance(value, Mapping):
            yield from _every_time(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], StatedTime):
            yield from value


def _targets(
    own: tuple[StatedTime, ...], others: tuple[StatedTime, ...], edition: editions.Edition
) -> Iterator[model.Target]:
    """The landlord's own clocks: from its targets, else from what it says elsewhere.

    Where two statements differ, neither is chosen, so there is none.
    """
    for clock in OWN_CLOCKS:
        said = _whole(own, clock) or _whole(others, clock)
        if not said or len({(time.length, time.unit, time.starts) for time in said}) > 1:
            continue
        first = said[0]
        assert first.length is not None and first.unit is not None
        start = first.starts or _start(clock, edition)
        yield model.Target(clock, first.length, first.unit, start, first.place.line)


def _whole(times: tuple[StatedTime, ...], clock: str) -> list[StatedTime]:
    """The times of a clock that can be counted."""
    return [
        t for t in times if t.clock == clock and t.length is not None and t.unit and t.starts != NOT_STATED
    ]


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


def _start(clock: str, edition: editions.Edition) -> str:
    """What a time is counted from where the document does not say: as in the Code."""
    rule = edition.clocks.get(clock)
    return rule.starts if rule else _USUAL_START[clock]


def _with_day_0(times: Iterator[StatedTime], day_0: Mapping[str, str]) -> Iterator[StatedTime]:
    """The same times, counted from the document's day 0 where they do not say from what."""
    for time in times:
        start = day_0.get(time.clock)
        if time.starts is None and start:
            time = replace(time, starts=procedure_times.step(start, time.clock))
        yield time


def _first_step(read: Mapping[str, Any], reader: _Reader) -> model.FirstStep:
    return model.FirstStep(
        read.get("name") or "",
        Place(reader.line(read["_path"]), _words(read.get("_source"))),
        read.get("handled_by", ()),
    )


def _layers(read: list[Mapping[str, Any]], reader: _Reader) -> Iterator[model.Layer]:
    for each in read:
        yield model.Layer(
            each.get("name") or "",
            each.get("kind") or "procedure",
            _only_answer(each.get("sets_stages", ())),
            _only_answer(each.get("sets_times", ())),
            Place(reader.line(each["_path"]), _words(each.get("_source"))),
        )


def _remarks(read: list[Mapping[str, Any]], reader: _Reader) -> Iterator[Statement]:
    for each in read:
        place = Place(reader.line(each["_path"]), _words(each.get("_source")))
        yield Statement(None, each.get("says") or "", place)


def _reports(read: list[Mapping[str, Any]], reader: _Reader) -> Iterator[model.Report]:
    for each in read:
        place = Place(reader.line(each["_path"]), _words(each.get("_source")))
        yield model.Report(each.get("what") or "", each.get("to", ()), each.get("every"), place)
