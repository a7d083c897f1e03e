"""What ran, when, how long it took and what came of it: read from the queue of the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_ox import actions
from django_ox.models import OxScheduleTick, OxTask

from putright.upkeep.jobs.timetable import TASKS_STAND_IN, TIMETABLE, Job

BY_PATH: Mapping[str, Job] = {f"{TASKS_STAND_IN}.{job.name}": job for job in TIMETABLE}
FAILED = (OxTask.Status.FAILED, OxTask.Status.LOST)
STATES = {
    "READY": "waits to run",
    "RUNNING": "is running",
    "FAILED": "failed",
    "LOST": "was lost: its worker stopped",
    "SUCCESSFUL": "done",
    "DISCARDED": "put aside",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job. `number` names it; `told` is what the job gave back, `problem` the kind of its failure."""

    number: str
    job: Job
    state: str
    waits_since: datetime
    started_at: datetime | None
    ended_at: datetime | None
    tries: int
    told: Mapping[str, Any]
    problem: str

    @property
    def failed(self) -> bool:
        """Whether it ended and did not do its work."""
        return self.state in FAILED

    @property
    def took(self) -> timedelta | None:
        """From its last start to its end."""
        return self.ended_at - self.started_at if self.ended_at and self.started_at else None

    @property
    def in_words(self) -> str:
        """How it ended, with its counts: "done, sent 3"."""
        counts = [
            f"{name.replace('_', ' ')} {value}"
            for name, value in self.told.items()
            if isinstance(value, int) and value
        ]
        return ", ".join([STATES.get(self.state, self.state.lower()), *counts])

    def as_json(self) -> dict[str, Any]:
        """The shape that `putright work --once --json` prints."""
        seconds = round(self.took.total_seconds(), 3) if self.took else None
        return {
            "job": self.job.name,
            "failed": self.failed,
            "seconds": seconds,
            "problem": self.problem,
            "told": dict(self.told),
        }


def begin_what_never_ran() -> datetime:
    """Put what never ran in the queue. A worker alone would let a new job wait for its next time; when that was."""
    at = timezone.now()
    seen = set(OxTask.objects.filter(task_path__in=BY_PATH).values_list("task_path", flat=True).distinct())
    ticked = OxScheduleTick.objects.filter(task__isnull=False).values_list("schedule_name", flat=True)
    ran = set(ticked.distinct())
    for path, job in BY_PATH.items():
        if path not in seen and job.name not in ran:
            import_string(path).enqueue()
    return at


def ended_since(at: datetime) -> list[Run]:
    """The runs that ended since a moment, in the order they did."""
    rows = OxTask.objects.filter(task_path__in=BY_PATH, finished_at__gte=at).order_by("finished_at")
    return _runs(rows)


def last_of_each() -> dict[str, Run]:
    """The newest run of each job that has ended, by its name. One statement a job."""
    found: dict[str, Run] = {}
    for path, job in BY_PATH.items():
        rows = OxTask.objects.filter(task_path=path, finished_at__isnull=False)
        for run in _runs(rows.order_by("-finished_at")[:1]):
            found[job.name] = run
    return found


def failed_ones(most: int) -> list[Run]:
    """The runs that failed, the newest first."""
    rows = OxTask.objects.filter(task_path__in=BY_PATH, status__in=FAILED)
    return _runs(rows.order_by("-enqueued_at")[:most])


def last_seen() -> datetime | None:
    """When a worker last took up anything; none where none ever has."""
    rows = OxTask.objects.filter(last_attempted_at__isnull=False).order_by("-last_attempted_at")
    return rows.values_list("last_attempted_at", flat=True).first()


def run_again(number: str) -> bool:
    """Put a run that failed back in the queue; whether there was such a one."""
    mine = OxTask.objects.filter(pk=number, task_path__in=BY_PATH)
    return mine.exists() and actions.retry(number)


def _runs(rows: Iterable[OxTask]) -> list[Run]:
    return [
        Run(
            number=str(row.pk),
            job=BY_PATH[row.task_path],
            state=row.status,
            waits_since=row.enqueued_at,
            started_at=row.last_attempted_at,
            ended_at=row.finished_at,
            tries=row.attempts,
            told=row.return_value if isinstance(row.return_value, dict) else {},
            problem=_problem(row.errors),
        )
        for row in rows
    ]


def _problem(errors: list[dict[str, str]]) -> str:
    """The kind of the last failure. Never its words: they may hold what was being worked on."""
    return errors[-1].get("exception_class_path", "").rpartition(".")[2] if errors else ""
