"""Bring the index of words up to the cases, so that search finds everything.

Each action indexes its own case. This catches up what was missed, or written in bulk. Safe to run twice, and at
the same time as everything else. Exit 1 when a case could not be indexed, or with --check when something differs.
"""

from __future__ import annotations

import argparse

from putright.interfaces.commands import print_json, progress, set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and how to tell."""
    parser.add_argument(
        "--all", action="store_true", help="write the whole index anew, not only what is behind"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; name what in the index is not as the cases say"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Index, or check."""
    set_up()
    return _check(options.json) if options.check else _sweep(options)


def _sweep(options: argparse.Namespace) -> int:
    from django.db import connection

    from putright.evidence.search import index, triggers

    if not index.triggers_are_laid():
        progress(
            "The database had stopped noting what changes. It does again, and every case is indexed anew."
        )
        triggers.lay(connection)
        options.all = True
    if options.all:
        index.all_behind()
    swept = index.sweep(lambda done: progress(f"{done:,} cases") if done % 10_000 < index.BATCH else None)
    left = _behind()
    if options.json:
        print_json({"indexed": swept.indexed, "behind": left, "failed": list(swept.failed)})
    else:
        for reference in swept.failed:
            print(f"{reference}: its words could not be indexed.")
        print(f"{swept.indexed:,} cases indexed, {left:,} behind.")
    return 1 if swept.failed else 0


def _check(as_json: bool) -> int:
    from putright.evidence.search import index
    from putright.record.landlords.models import Landlord

    found = [
        each
        for landlord in Landlord.objects.order_by("pk").values_list("pk", flat=True)
        for each in index.differences(landlord)
    ]
    laid, left = index.triggers_are_laid(), _behind()
    if as_json:
        told = [{"landlord": each.landlord, "reference": each.reference, "says": each.says} for each in found]
        print_json({"noting_changes": laid, "behind": left, "differences": told})
    else:
        if not laid:
            print("The database no longer notes what changes. Run: putright index")
        for each in found:
            print(f"{each.reference}: {each.says}")
        print(f"{len(found):,} differences, {left:,} cases behind.")
    return 1 if found or not laid else 0


def _behind() -> int:
    from putright.evidence.search.models import Behind

    return Behind.objects.values("case_id").distinct().count()
