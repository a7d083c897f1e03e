"""The timetable: what runs, and that the days the clocks change run each daily job once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.tasks import task_backends
from django_ox.cron import CronExpression
from django_ox.models import OxScheduleTick, OxTask

from putright.upkeep.jobs import runs
from putright.upkeep.jobs.timetable import TIMETABLE, schedules

LONDON = ZoneInfo("Europe/London")
DAILY = [job for job in TIMETABLE if "*" not in " ".join(job.cron.split()[:2])]


def test_every_job_of_the_table_is_a_task_that_says_what_it_does() -> None:
    from putright.upkeep.jobs import tasks

    assert settings.TIME_ZONE == "Europe/London"
    assert set(schedules()) == {job.name for job in TIMETABLE}
    for job in TIMETABLE:
        assert getattr(tasks, job.name).func.__doc__, job.name
        CronExpression(job.cron)


def test_no_daily_job_stands_in_the_hour_that_comes_twice_or_not_at_all() -> None:
    assert len(DAILY) >= 3
    for job in DAILY:
        assert 1 not in CronExpression(job.cron).hours, job.name


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 10)])
@pytest.mark.django_db
def test_each_daily_job_runs_once_that_day(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    ticked = _ticks_of(day, monkeypatch)
    assert {name: len(times) for name, times in ticked.items() if name in {job.name for job in DAILY}} == {
        job.name: 1 for job in DAILY
    }


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
@pytest.mark.django_db
def test_mail_is_not_left_lying_that_night(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    times = sorted(_ticks_of(day, monkeypatch)["send_mail"])
    gaps = [after - before for before, after in pairwise(times)]
    assert max(gaps) <= timedelta(hours=1, minutes=30), "at most the hour that comes twice"


def _ticks_of(day: date, monkeypatch: pytest.MonkeyPatch, minutes: int = 30) -> dict[str, list[datetime]]:
    """Dispatch as a worker does, every few minutes from before that day in London to after it."""
    from django_ox.worker import Worker

    now = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC) - timedelta(hours=1)
    ends = now + timedelta(hours=26)
    at = [now]
    monkeypatch.setattr("django.utils.timezone.now", lambda: at[0])
    worker: Any = Worker(backend_alias="default")
    while at[0] < ends:
        worker.dispatch_schedules()
        at[0] += timedelta(minutes=minutes)
    found: dict[str, list[datetime]] = {}
    for name, when in OxScheduleTick.objects.filter(task__isnull=False).values_list(
        "schedule_name", "scheduled_for"
    ):
        if when.astimezone(LONDON).date() == day:
            found.setdefault(name, []).append(when)
    return found


@pytest.mark.django_db
def test_what_never_ran_is_begun_once() -> None:
    runs.begin_what_never_ran()
    runs.begin_what_never_ran()
    assert OxTask.objects.count() == len(TIMETABLE)
    assert task_backends["default"].__class__.__name__ == "OxBackend"
