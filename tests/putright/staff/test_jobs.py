"""The page of what runs by itself: read by administrators and auditors, changed by the first alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from django_ox.models import OxTask

PATH = "putright.upkeep.jobs.tasks.seal_journal"


def failed(state: str = "FAILED", path: str = PATH) -> OxTask:
    errors = [{"exception_class_path": "builtins.ValueError", "traceback": "Amira Yusuf"}]
    at = timezone.now()
    return OxTask.objects.create(
        task_path=path,
        status=state,
        backend_name="default",
        attempts=3,
        errors=errors,
        enqueued_at=at,
        finished_at=at,
    )


@pytest.mark.parametrize(
    ("who", "status"), [("administrator", 200), ("auditor", 200), ("officer", 403), ("stranger", 403)]
)
def test_who_reads_it(cast: Any, who: str, status: int) -> None:
    assert cast.client(who).get("/jobs/").status_code == status


def test_it_says_that_no_worker_runs_and_that_no_mail_server_is_set(cast: Any, settings: Any) -> None:
    settings.MAILERS = {}
    page = cast.client("administrator").get("/jobs/").content.decode()
    assert "No worker is running" in page
    assert "No mail server is set" in page


def test_it_tells_the_kind_of_a_failure_and_nothing_of_what_was_worked_on(cast: Any) -> None:
    failed()
    page = cast.client("auditor").get("/jobs/").content.decode()
    assert "ValueError" in page
    assert "Amira" not in page
    assert "Run again" not in page


def test_an_administrator_lets_it_run_again_once(cast: Any) -> None:
    run, client = failed(), cast.client("administrator")
    assert "Run again" in client.get("/jobs/").content.decode()
    for _ in range(2):
        assert client.post("/jobs/again/", {"run": str(run.pk)}).status_code == 302
    run.refresh_from_db()
    assert (run.status, run.max_attempts) == ("READY", 4)
    assert cast.client("auditor").post("/jobs/again/", {"run": str(run.pk)}).status_code == 403


@pytest.mark.parametrize("given", ["", "x", "\0", "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f"])
def test_garbage_runs_nothing(cast: Any, given: str) -> None:
    run = failed(state="SUCCESSFUL")
    assert cast.client("administrator").post("/jobs/again/", {"run": given or str(run.pk)}).status_code == 302
    run.refresh_from_db()
    assert run.status == "SUCCESSFUL"


def test_email_that_waits_is_listed_without_a_name_and_only_ones_own(cast: Any) -> None:
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.", way="email")
    page = cast.client("administrator").get("/jobs/").content.decode()
    assert "Email that waits (1)" in page
    assert case.reference in page
    assert "Amira" not in page
    assert "amira@example.org" not in page
