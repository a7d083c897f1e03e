"""What runs when, in London time. The one table of it: the worker, `putright work --once` and the page read it.

A daily job stands outside 01:00 to 01:59, the hour that comes twice in October and not at all in March. Each is safe
to run twice, and at the same time as everything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TASKS_STAND_IN = "putright.upkeep.jobs.tasks"


@dataclass(frozen=True, slots=True)
class Job:
    """A job: its name, the minutes and hours it runs at (as cron writes them), and both in words."""

    name: str
    cron: str
    what: str
    when: str


TIMETABLE: tuple[Job, ...] = (
    Job("send_mail", "* * * * *", "Send the email that waits", "Every minute"),
    Job("sweep_search", "*/10 * * * *", "Bring search up to the cases", "Every 10 minutes"),
    Job("seal_journal", "15 0 * * *", "Seal the record of the day", "Each night at 0:15"),
    Job("check_record", "30 2 * * *", "Check a part of the record", "Each night at 2:30"),
    Job("forget_old_runs", "30 3 * * *", "Forget runs older than 30 days", "Each night at 3:30"),
)


def schedules() -> dict[str, dict[str, Any]]:
    """The table in the form that the settings of the worker take."""
    return {job.name: {"task": f"{TASKS_STAND_IN}.{job.name}", "cron": job.cron} for job in TIMETABLE}
