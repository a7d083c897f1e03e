"""Make up cases, realistic in shape, at any size.

The same seed makes the same cases. They go to a made-up landlord, which is made if it is not there.
"""

from __future__ import annotations

import argparse
import re
from datetime import date, timedelta

from complaint_rules import editions
from complaint_rules.working_days import england_and_wales
from putright.interfaces.commands import BadInput, print_json, progress, set_up

TERN_VALLEY = "tern-valley"
ROOM_TO_COUNT = timedelta(days=120)


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many, from which seed, for whom, over which days."""
    parser.add_argument("--cases", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--landlord", default=TERN_VALLEY, metavar="SLUG")
    parser.add_argument(
        "--from", dest="began", default="2021-01-04", metavar="DAY", help="received from this day on"
    )
    parser.add_argument("--to", dest="until", default="", metavar="DAY", help="up to this day (default: now)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Generate."""
    if not 1 <= options.cases <= 10_000_000:
        raise BadInput("--cases: a number from 1 to 10,000,000 was expected.")
    began = _day("--from", options.began)
    until = _day("--to", options.until) if options.until else None
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", options.landlord) or len(options.landlord) > 40:
        raise BadInput(
            "--landlord: a name in small letters, figures and hyphens was expected, as tern-valley."
        )
    set_up(migrate=True)
    from django.utils import timezone

    from putright.casework.fields import moment
    from putright.evidence.search import index
    from putright.upkeep.demo.landlord import NotMadeUp, generate, make_landlord

    now = timezone.now() if until is None else moment(f"{until}T18:00", ("to",))
    _refuse_impossible_days(began, now.date())
    named = (
        ()
        if options.landlord == TERN_VALLEY
        else (_title(options.landlord), options.landlord, _prefix(options))
    )
    try:
        landlord, version = make_landlord(*named)
    except NotMadeUp as problem:
        raise BadInput(f"--landlord: {problem}") from problem
    written = generate(
        landlord, version, options.cases, options.seed, began, now, lambda done: progress(f"{done:,} cases")
    )
    index.sweep(lambda done: progress(f"{done:,} cases indexed") if done % 10_000 < index.BATCH else None)
    if options.json:
        print_json({"landlord": landlord.slug, "cases": written, "seed": options.seed})
    else:
        print(f"{written:,} cases written for {landlord.name}.")
    return 0


def _refuse_impossible_days(began: date, until: date) -> None:
    calendar = england_and_wales()
    first = min(each.in_force_from for each in editions.all_editions().values())
    if began < first:
        raise BadInput(f"--from: {began} is before {first}, when the first edition of the Code came in.")
    if until > calendar.last - ROOM_TO_COUNT:
        raise BadInput(
            f"--to: the bank holidays are known until {calendar.last}. Give a day four months before that."
        )
    if began >= until:
        raise BadInput("--from: a day before --to was expected.")


def _title(slug: str) -> str:
    return slug.replace("-", " ").title()


def _prefix(options: argparse.Namespace) -> str:
    return str(options.landlord).replace("-", "")[:2].upper()


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option}: {text!r} is not a day. Write it as 2026-01-31.") from None
