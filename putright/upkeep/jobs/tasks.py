"""Every job of the timetable. What each gives back is what the page of jobs tells: plain counts, no names."""

from __future__ import annotations

from dataclasses import asdict
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.tasks import task

from putright.evidence.search import index
from putright.upkeep.jobs import mail
from putright.upkeep.running import verify

Told = dict[str, Any]


@task
def send_mail() -> Told:
    """Send the email that is due; how many left, and what became of the rest."""
    return asdict(mail.send_waiting())


@task
def sweep_search() -> Told:
    """Index the cases that search is behind on; how many, and how many could not be."""
    swept = index.sweep()
    return {"indexed": swept.indexed, "not_indexed": len(swept.failed)}


@task
def seal_journal() -> Told:
    """Seal the chains that moved since the last seal; of how many landlords there were any."""
    return {"sealed": verify.seal_all()}


@task
def check_record() -> Told:
    """Work out some cases of every landlord again, others each night; how many, and what differs."""
    result = verify.verify_some()
    return {"checked": result.cases, "differs": len(result.differences or [])}


@task
def forget_old_runs() -> Told:
    """Delete what is kept of runs that ended well more than 30 days ago. Those that failed are kept."""
    call_command("ox_prune", older_than="30d", stdout=StringIO())
    return {}
