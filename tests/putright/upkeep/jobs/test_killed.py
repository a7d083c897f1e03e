"""A worker killed in the middle of sending: another takes its work up, and nothing is sent twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from databases import environment_of_the_site
from django.utils import timezone
from django_ox.models import OxTask
from smtp_sink import smtp_sink

from putright.record.correspondence.models import Outgoing
from putright.upkeep.jobs import mail, tasks


@pytest.mark.django_db(transaction=True)
def test_killed_between_the_servers_yes_and_ours_it_goes_to_a_person(committed_cast: Any, home: Path) -> None:
    cast = committed_cast
    cast.do("update", cast.open(), summary="The surveyor came.", way="email")
    Outgoing.objects.update(not_before=timezone.now() - timedelta(days=365), made_at=timezone.now())
    tasks.send_mail.enqueue()
    with smtp_sink() as sink:
        sink.answers = "silent"
        environment = environment_of_the_site(home) | {
            "PUTRIGHT_MAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "PUTRIGHT_MAIL_FROM": "complaints@tern-valley.example",
        }
        worker = subprocess.Popen(
            [sys.executable, "-m", "putright.cli", "work"], env={**os.environ, **environment}
        )
        try:
            assert sink.came.wait(60), "the worker sent nothing"
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait(20)
        row = Outgoing.objects.get()
        assert (row.state, row.says) == ("waiting", mail.SENDING)
        long_ago = timezone.now() - timedelta(days=365)
        held = OxTask.objects.filter(status="RUNNING")
        held.update(locked_at=long_ago, lease_expires_at=long_ago + timedelta(minutes=2))
        Outgoing.objects.update(not_before=timezone.now() - timedelta(days=365))
        sink.answers = "taken"
        for _ in range(8):  # what a dead worker held comes back to the queue after a while
            again = [sys.executable, "-m", "putright.cli", "work", "--once"]
            subprocess.run(again, env={**os.environ, **environment}, timeout=60, check=True)
            row.refresh_from_db()
            if row.state != "waiting" and not held.exists():
                break
            time.sleep(2)
        assert (row.state, row.says) == ("failed", mail.MAY_HAVE_LEFT)
        assert len(sink.raw) == 1
    assert not held.exists(), "what the dead worker held was never taken up"
