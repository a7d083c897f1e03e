"""Work out everything again from the journal, and name what differs.

Checks every chain of entries, the words beside them, the heads and seals, and every stored
index. Writes nothing, unless told to mend or to seal. Exit 0 when nothing differs, 1 when something does.
"""

from __future__ import annotations

import argparse

from putright.interfaces.commands import print_json, progress, set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """How to tell, and whether to mend and to seal."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--mend",
        action="store_true",
        help="write the stored index anew where it differs from the entries, then check again",
    )
    parser.add_argument(
        "--seal", action="store_true", help="if nothing differs, seal what has moved since last time"
    )


def run(options: argparse.Namespace) -> int:
    """Verify, and tell."""
    set_up()
    from putright.upkeep.running.mend import mend
    from putright.upkeep.running.verify import seal_all, verify

    result = verify()
    if options.mend and result.differences:
        progress(f"The index of {len(mend(result.differences))} cases was written anew.")
        result = verify()
    if options.json:
        print_json(result.as_json())
    else:
        for each in result.differences or []:
            where = " ".join(
                part for part in (each.reference, f"entry {each.entry}" if each.entry else "") if part
            )
            print(f"{each.what}: {where or f'landlord {each.landlord}'}: {each.says}")
    progress(
        f"{result.cases} cases, {result.entries} entries, {result.seals} seals checked: "
        f"{len(result.differences or [])} differences."
    )
    if result.differences:
        return 1
    if options.seal:
        progress(f"{seal_all()} landlords sealed.")
    return 0
