"""Make up cases, realistic in shape, at any size.

The same seed makes the same cases. They go to a made-up landlord, which is made if it is not there.
"""

from __future__ import annotations

import argparse
from datetime import date

from putright.interfaces.commands import BadInput, print_json, progress, set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many, from which seed, for whom, over which days."""
    parser.add_argument("--cases", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--landlord", default="tern-valley", metavar="SLUG")
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
    set_up(migrate=True)
    from django.utils import timezone

    from putright.casework.fields import moment
    from putright.upkeep.demo.landlord import generate, make_landlord

    now = timezone.now() if until is None else moment(f"{until}T18:00", ("to",))
    if began >= now.date():
        raise BadInput("--from: a day before --to was expected.")
    landlord, version = (
        make_landlord(slug=options.landlord)
        if options.landlord == "tern-valley"
        else make_landlord(
            options.landlord.replace("-", " ").title(), options.landlord, options.landlord[:2].upper()
        )
    )
    written = generate(
        landlord, version, options.cases, options.seed, began, now, lambda done: progress(f"{done:,} cases")
    )
    if options.json:
        print_json({"landlord": landlord.slug, "cases": written, "seed": options.seed})
    else:
        print(f"{written:,} cases written for {landlord.name}.")
    return 0


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option}: {text!r} is not a day. Write it as 2026-01-31.") from None
