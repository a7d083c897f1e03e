"""Bring every case up to the changes of the calendar that were saved, and tell whom a letter is owed.

An administrator saves a change on the site, where it goes on a few seconds at a time. This carries on until
nothing is left: run it after a change at a large landlord, or every night. It is safe to stop and to run again.
"""

from __future__ import annotations

import argparse

from putright.interfaces.commands import print_json, progress, set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """How to tell."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Carry on with each change, the oldest first."""
    set_up()
    from django.utils import timezone

    from putright.record.landlords.models import Landlord
    from putright.upkeep.calendar_changes import actions

    done = []
    for change in actions.unfinished():
        while change.state == change.SAVING:
            change = actions.bring_on(change, at=timezone.now())
            progress(f"Change {change.pk}: {change.looked_at:,} cases gone through.")
        done.append({"change": change.pk, "landlord": change.landlord_id, "cases": change.looked_at})
    owed = {
        landlord.slug: number
        for landlord in Landlord.objects.order_by("slug")
        if (number := actions.letters_owed(landlord.pk).count())
    }
    if options.json:
        print_json({"changes": done, "letters_owed": owed})
        return 0
    print(f"{len(done)} changes of the calendar carried on with.")
    for slug, number in owed.items():
        print(f"{slug}: {number} residents are owed a letter with a new day.")
    return 0
