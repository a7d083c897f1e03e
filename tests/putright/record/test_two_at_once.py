"""Two people act on one case; a process dies in the middle. Nothing is lost, doubled or half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from databases import environment_of_the_site
from django.db import connection

from putright.casework.act import Changed, Refused
from putright.record.cases.models import Case
from putright.record.journal.models import Entry, Head, Text
from putright.upkeep.running.verify import verify


def together(*jobs):
    """Run each job in a thread of its own, all let go at once; what each returned or raised."""
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        try:
            gate.wait(10)
            results[place] = job()
        except Exception as problem:
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_of_two_who_act_at_once_one_wins_and_one_is_told(committed_scene):
    scene = committed_scene
    jobs = [
        lambda: scene.do("withdraw", "2026-11-20", reason="She rang.", read_at=1),
        lambda: scene.do("acknowledge", "2026-11-20", definition="Damp.", read_at=1),
    ]
    results = together(*jobs)
    lost = [each for each in results if isinstance(each, Changed)]
    assert len(lost) == 1, results
    won = next(each for each in results if not isinstance(each, Changed))
    assert [entry.verb for entry in lost[0].entries] == [won.entry.verb]
    assert Entry.objects.filter(case=scene.case.pk).count() == 2
    assert verify().differences == []


def test_the_same_step_twice_without_reading_first_happens_once(committed_scene):
    scene = committed_scene
    results = together(*[lambda: scene.do("acknowledge", "2026-11-20", definition="Damp.")] * 2)
    assert sorted(type(each).__name__ for each in results) == ["Outcome", "Refused"]
    refused = next(each for each in results if isinstance(each, Refused))
    assert refused.judgement.refused[0].ref == "not_now"
    assert verify().differences == []


def test_a_double_click_acts_once(committed_scene):
    scene = committed_scene
    results = together(*[lambda: scene.do("acknowledge", "2026-11-20", definition="Damp.", key="one")] * 4)
    assert sum(each.repeated for each in results) == 3, results
    assert Entry.objects.filter(case=scene.case.pk).count() == 2


def test_many_complaints_received_at_once_have_each_their_reference(committed_scene):
    scene = committed_scene

    def job():
        return scene.do("receive", "2026-11-20", scene.landlord, channel="web", account="x", points=["x"])

    results = together(*[job] * 8)
    assert sorted(each.case.reference for each in results) == [f"TV-26-{n:04}" for n in range(2, 10)]
    assert verify().differences == []


WORKER = """
    import os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "putright.settings"
    import django
    django.setup()
    from datetime import datetime
    from django.utils import timezone
    from complaint_rules.events import Actor
    from putright.casework import verb
    from putright.record.cases.models import Case
    case = Case.objects.get(pk=int(sys.argv[1]))
    number = 0
    while True:
        number += 1
        verb("record_contact")(case, by=Actor("staff", sys.argv[2], "complaints_officer"), at=timezone.now(),
                               direction="in", channel="telephone", with_="Amira", summary=f"Call {number}")
        print(number, flush=True)
"""


@pytest.mark.parametrize("moment", [0.0, 0.002, 0.005, 0.011])
def test_killed_in_the_middle_of_an_action_all_of_it_or_nothing_stands(committed_scene, home, moment):
    scene = committed_scene
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WORKER), str(scene.case.pk), scene.officer.person],
        env=os.environ | environment_of_the_site(home),
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(5):
        told = int(process.stdout.readline())
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    told = max([told, *(int(line) for line in process.stdout.read().split() if line.isdigit())])
    process.wait(10)

    entries = Entry.objects.filter(case=scene.case.pk).count()
    assert entries - 1 in (told, told + 1), (
        "what was acknowledged is kept; at most one more had just been written"
    )
    assert Head.objects.get(case=scene.case.pk).count == entries
    assert Case.objects.get(pk=scene.case.pk).entries == entries
    assert Text.objects.filter(case=scene.case.pk, name="summary").count() == entries - 1
    assert verify().differences == []
    scene.do("acknowledge", "2026-11-20", definition="Damp.")
