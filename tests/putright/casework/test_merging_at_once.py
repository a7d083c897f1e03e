"""Two people join the same cases at once: one wins, nobody waits for ever, and nothing is half done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from putright.casework.act import Outcome, Refused
from putright.record.cases.models import Case
from putright.record.journal.models import Entry
from putright.upkeep.running.verify import verify

ROUNDS = 5


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Run each job in a thread of its own, all let go at once; what each returned or raised."""
    gate = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
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


def merge(cast: Any, kept: Any, other: Any) -> Callable[[], Any]:
    return lambda: cast.do("merge_cases", kept, other=other.reference, reason="The same trouble.")


def test_of_two_who_merge_each_into_the_other_one_wins(committed_cast: Any) -> None:
    cast = committed_cast
    for _ in range(ROUNDS):
        one, other = cast.receive(), cast.receive()
        results = together(merge(cast, one, other), merge(cast, other, one))
        assert sorted(type(each).__name__ for each in results) == ["Outcome", "Refused"], results
        states = sorted(Case.objects.filter(pk__in=[one.pk, other.pk]).values_list("state", flat=True))
        assert states == ["merged", "received"]
    assert verify().differences == []


def test_three_cases_merged_in_a_ring_end_as_one_whole(committed_cast: Any) -> None:
    cast = committed_cast
    for _ in range(ROUNDS):
        a, b, c = (cast.receive() for _ in range(3))
        results = together(merge(cast, a, b), merge(cast, b, c), merge(cast, c, a))
        assert {type(each) for each in results} <= {Outcome, Refused}, results
        points = [Case.objects.get(pk=each.pk) for each in (a, b, c)]
        assert (
            sum(each.state == "merged" for each in points) == sum(isinstance(r, Outcome) for r in results) > 0
        )
    assert verify().differences == []


def test_a_merge_and_a_step_in_the_merged_case_do_not_both_miss_each_other(committed_cast: Any) -> None:
    cast = committed_cast
    for _ in range(ROUNDS):
        one, other = cast.receive(), cast.receive()
        step = lambda: cast.do("add_point", other, point="Nobody rang", related=True)  # noqa: B023, E731
        merged, added = together(merge(cast, one, other), step)
        assert isinstance(merged, Outcome), merged
        taken = merged.complaint.points
        assert taken == (5 if isinstance(added, Outcome) else 4), (taken, added)
        cast.do("unmerge_cases", one, other=other.reference, reason="Two after all.")
    assert verify().differences == []


def test_a_double_click_merges_once(committed_cast: Any) -> None:
    cast = committed_cast
    one, other = cast.receive(), cast.receive()
    press = lambda: cast.do("merge_cases", one, other=other.reference, reason="The same.", key="one")  # noqa: E731
    results = together(press, press, press)
    assert sum(each.repeated for each in results) == 2, results
    assert Entry.objects.filter(verb="merge_cases").count() == 2
