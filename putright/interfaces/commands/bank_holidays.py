"""Compare the bank holidays we count by with a newer list, and write them anew when told.

  putright bank-holidays                     compare with the `holidays` library
  putright bank-holidays --list FILE.json    compare with the list GOV.UK publishes, saved to a file
  putright bank-holidays --write             write the newer list, as known today

Exit 0 when nothing differs or the list was written, 1 when something differs.
Every open deadline is worked out from this list each time it is shown, so a day added
or taken away moves the deadlines that run across it.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from complaint_rules.working_days import SNAPSHOT, Calendar, in_words
from putright.interfaces.commands import BadInput, print_json, progress

LAST_YEAR_WE_WRITE = 2100
BIGGEST_LIST = 5_000_000
DIVISION = "england-and-wales"

# What the library calls a day, and what people call it. The rest are the same.
PLAIN_NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Diamond Jubilee of Elizabeth II": "Diamond Jubilee of Queen Elizabeth II",
    "Platinum Jubilee of Elizabeth II": "Platinum Jubilee of Queen Elizabeth II",
    "Coronation of Charles III": "Coronation of King Charles III",
}
PLAIN_NAMES_OF_DAYS = {date(2020, 5, 8): "Early May bank holiday (VE Day)"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of bank holidays: where it is from, the years it covers, and the name of each day.

    `in_our_words` when the names are those we would write ourselves, so that one may replace another.
    """

    source: str
    first_year: int
    last_year: int
    days: Mapping[date, str]
    in_our_words: bool


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--list", dest="file", metavar="FILE.json", type=Path, help="a saved copy of GOV.UK's list, as JSON"
    )
    parser.add_argument("--to", metavar="YEAR", type=int, help="last year to cover (default: as it is now)")
    parser.add_argument(
        "--snapshot", metavar="FILE.toml", type=Path, default=SNAPSHOT, help="the list to compare and write"
    )
    parser.add_argument("--write", action="store_true", help="write the newer list")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    current = as_it_is(options.snapshot)
    last_year = options.to or current.last.year
    if not current.last.year <= last_year <= LAST_YEAR_WE_WRITE:
        raise BadInput(f"--to {last_year}: expected a year from {current.last.year} to {LAST_YEAR_WE_WRITE}.")
    if options.file:
        if options.to:
            raise BadInput(
                "--to goes with the `holidays` library; a file from GOV.UK covers the years in it."
            )
        listed = from_gov_uk(options.file)
    else:
        listed = from_library(current.first.year, last_year)
    found = differences(current, listed)
    last = max(current.last, date(listed.last_year, 12, 31))
    same = not any(found) and last == current.last
    if options.write and not same:
        write(options.snapshot, merged(current, listed, found), current.first, last, listed.source)
    tell(options, current, listed, last, found, written=options.write and not same)
    return 0 if same or options.write else 1


# The lists


def as_it_is(file: Path) -> Calendar:
    """The snapshot in use; BadInput where it cannot be read."""
    try:
        return Calendar.from_snapshot(file)
    except OSError as problem:
        raise BadInput(f"{file}: {problem.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadInput(f"{file}: this is no list of bank holidays ({problem}).") from None


def from_library(first_year: int, last_year: int) -> Listed:
    """What the `holidays` library says of England and Wales; BadInput where it is not installed."""
    try:
        import holidays
    except ModuleNotFoundError:
        raise BadInput(
            "the `holidays` library is not installed. Install it, or give --list FILE.json."
        ) from None
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    days = {day: plain_name(day, name) for day, name in found.items()}
    return Listed(f"holidays {version('holidays')} (GB, ENG)", first_year, last_year, days, in_our_words=True)


def plain_name(day: date, name: str) -> str:
    """The name people use for a day that the library names."""
    named = PLAIN_NAMES_OF_DAYS.get(day) or PLAIN_NAMES.get(name, name)
    return named.replace("(observed)", "(substitute day)")


def from_gov_uk(file: Path) -> Listed:
    """A saved copy of GOV.UK's list: {"england-and-wales": {"events": [{"title", "date", "notes"}]}}."""
    try:
        if file.stat().st_size > BIGGEST_LIST:
            raise BadInput(f"{file}: far too big for a list of bank holidays.")
        events = json.loads(file.read_text("utf-8-sig"))[DIVISION]["events"]
        days = {date.fromisoformat(each["date"]): gov_uk_name(each) for each in events}
    except OSError as problem:
        raise BadInput(f"{file}: {problem.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise BadInput(
            f'{file}: this is not GOV.UK\'s list of bank holidays. Expected "{DIVISION}" with "events", '
            f'each with "title" and "date" ({type(problem).__name__}: {problem}).'
        ) from None
    if not days:
        raise BadInput(f'{file}: "{DIVISION}" lists no bank holiday.')
    source = f"GOV.UK list, {file.name}"
    return Listed(source, min(days).year, max(days).year, days, in_our_words=False)


def gov_uk_name(event: Mapping[str, Any]) -> str:
    title = str(event["title"]).strip()
    substitute = str(event.get("notes") or "").strip().lower() == "substitute day"
    return f"{title} (substitute day)" if substitute else title


# Comparing and writing


Differences = tuple[dict[date, str], dict[date, str], dict[date, tuple[str, str]]]


def differences(current: Calendar, listed: Listed) -> Differences:
    """Days to add, to take away and to rename, in the years the newer list covers.

    A weekend is never a working day, and lists disagree on whether to name a bank holiday that
    falls on one, so only Monday to Friday is compared. GOV.UK's names are its own: a day is
    renamed only by the library, whose names we put plainly ourselves.
    """
    before = {
        day: name for day, name in current.bank_holidays if listed.first_year <= day.year <= listed.last_year
    }
    added = {day: name for day, name in listed.days.items() if day.weekday() < 5 and day not in before}
    gone = {day: name for day, name in before.items() if day.weekday() < 5 and day not in listed.days}
    renamed = {
        day: (name, listed.days[day])
        for day, name in before.items()
        if listed.in_our_words and listed.days.get(day, name) != name
    }
    return dict(sorted(added.items())), gone, renamed


def merged(current: Calendar, listed: Listed, found: Differences) -> dict[date, str]:
    """The days to write: the newer list in the years it covers, what we had in the others."""
    added, gone, renamed = found
    kept = {day: name for day, name in current.bank_holidays if day not in gone}
    days = {**listed.days, **kept, **added, **{day: name for day, (_, name) in renamed.items()}}
    return {day: name for day, name in sorted(days.items()) if day >= current.first}


def snapshot_text(days: Mapping[date, str], first: date, last: date, on: date, source: str) -> str:
    """The snapshot as TOML, a line for each day."""
    lines = [
        "# The bank holidays of England and Wales, as known on the day of this snapshot.",
        "# `putright bank-holidays` compares them with a newer list and, when told, writes this file anew.",
        'region = "England and Wales"',
        f"first = {first.isoformat()}",
        f"last = {last.isoformat()}",
        f"snapshot_on = {on.isoformat()}",
        f"source = {json.dumps(source, ensure_ascii=False)}",
        "",
        "[bank_holidays]",
        *(f"{day.isoformat()} = {json.dumps(name, ensure_ascii=False)}" for day, name in days.items()),
    ]
    return "\n".join(lines) + "\n"


def write(file: Path, days: Mapping[date, str], first: date, last: date, source: str) -> None:
    """Write the snapshot whole or not at all; BadInput where the folder cannot be written to."""
    new = file.with_name(f".{file.name}.new")
    try:
        new.write_text(snapshot_text(days, first, last, today(), source), "utf-8")
        Calendar.from_snapshot(new)
        os.replace(new, file)
    except OSError as problem:
        raise BadInput(f"{file}: {problem.strerror}. Nothing was changed.") from None
    finally:
        new.unlink(missing_ok=True)


def today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


# Telling


def tell(
    options: argparse.Namespace,
    current: Calendar,
    listed: Listed,
    last: date,
    found: Differences,
    *,
    written: bool,
) -> None:
    added, gone, renamed = found
    if options.json:
        print_json(
            {
                "snapshot_on": current.snapshot_on,
                "compared_with": listed.source,
                "years": [listed.first_year, listed.last_year],
                "last": last,
                "added": [{"day": day, "name": name} for day, name in added.items()],
                "gone": [{"day": day, "name": name} for day, name in gone.items()],
                "renamed": [{"day": day, "from": old, "to": new} for day, (old, new) in renamed.items()],
                "written": written,
            }
        )
        return
    print(f"Bank holidays as known on {in_words(current.snapshot_on)}, from {current.source}.")
    print(f"Compared with {listed.source} for {listed.first_year} to {listed.last_year}.")
    for day, name in added.items():
        print(f"  new: {in_words(day)}, {name}")
    for day, name in gone.items():
        print(f"  no longer: {in_words(day)}, {name}")
    for day, (old, new) in renamed.items():
        print(f"  renamed: {in_words(day)}, {old} is now {new}")
    if last != current.last:
        print(f"  last day covered: {in_words(last)}, was {in_words(current.last)}")
    if not any(found) and last == current.last:
        print("Nothing differs.")
    elif written:
        print(f"Written to {options.snapshot}. Restart the service, so that it counts by the new list.")
    else:
        progress("Nothing was written. To write the newer list: putright bank-holidays --write")
