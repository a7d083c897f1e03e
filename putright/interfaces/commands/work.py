"""Do the work that waits and recurs: send mail, bring search up, seal and check the record.

  putright work           a worker that goes on until it is stopped; run as many as you like
  putright work --once    what is due now, then end: for cron, where no worker runs all the time

Stop it with Ctrl-C or SIGTERM: it finishes what it is at. Killed, another takes its work up two minutes later.
Exit 1 with --once where a job failed.
"""

from __future__ import annotations

import argparse
import contextlib

from putright.interfaces.commands import print_json, progress, set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Once or for good, and how many jobs side by side."""
    parser.add_argument("--once", action="store_true", help="do what is due, and end")
    parser.add_argument("--json", action="store_true", help="with --once: print what was done as JSON")


def run(options: argparse.Namespace) -> int:
    """Work."""
    set_up()
    from django.core.management import call_command

    from putright.upkeep.jobs import runs

    if not options.once:
        progress("Working. Stop with Ctrl-C.")
        call_command("ox_worker", verbosity=1)
        return 0
    began = runs.begin_what_never_ran()
    with contextlib.suppress(SystemExit):  # how it ends when nothing is left
        call_command("ox_worker", batch=True, interval=0.1, verbosity=0)
    done = runs.ended_since(began)
    if options.json:
        print_json([each.as_json() for each in done])
    else:
        for each in done:
            print(f"{each.job.what}: {each.in_words}")
    return 1 if any(each.failed for each in done) else 0
