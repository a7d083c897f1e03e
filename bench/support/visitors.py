"""Visitors who ask for pages as fast as they are answered, and note how long each answer took."""

from __future__ import annotations

import html
import http.client
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from support.sites import Site


class WrongAnswer(Exception):
    """A page did not answer as it should; times of errors mean nothing."""


@dataclass
class Page:
    """A kind of page on one site. `address` gives that of the n-th visit."""

    name: str
    site: Site
    address: Callable[[int], str]
    form: Callable[[int], dict[str, str]] | None = None  # what is written in its form, where it is sent
    times: dict[int, list[float]] = field(default_factory=dict)  # by how many visitors at once, in seconds
    busy: dict[int, float] = field(
        default_factory=dict
    )  # seconds of a processor that the workers took for them
    visits: int = 0

    def of(self, clients: int, share: float) -> float:
        """The time that this share of visits stayed within, in milliseconds: 0.5 is the median."""
        ordered = sorted(self.times[clients])
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    def rate(self, clients: int) -> float:
        """Answers a second: so many visitors, each asking again as soon as it is answered."""
        return clients * len(self.times[clients]) / sum(self.times[clients])

    def processor(self, clients: int) -> float:
        """What an answer cost the workers, in milliseconds of a processor; with the page of its form, where sent."""
        return self.busy[clients] / len(self.times[clients]) * 1000


class Visitor:
    """One browser, with the cookies of somebody signed in.

    Every visit is a connection of its own, as most proxies make them: connections that stay open may all
    have been taken by one worker, and then half of the site stands idle.
    """

    def visit(self, page: Page, number: int) -> float:
        """Ask for a page once; how long the answer took, in seconds."""
        address = page.address(number)
        if page.form is None:
            return self._timed(page.site, "GET", address, 200)[0]
        _, drawn = self._timed(page.site, "GET", address, 200)
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', drawn)
        shown = re.findall(
            r'<input class="govuk-input[^"]*" id="[^"]+" name="([^"]+)" type="text" value="([^"]*)"', drawn
        )
        fields = {name: html.unescape(value) for name, value in [*shown, *hidden]} | page.form(number)
        return self._timed(page.site, "POST", address, 302, urlencode(fields))[0]

    def _timed(
        self, site: Site, method: str, address: str, expected: int, body: str | None = None
    ) -> tuple[float, str]:
        headers = {
            "Cookie": f"sessionid={site.ready['session']}; csrftoken={'c' * 32}",
            "X-CSRFToken": "c" * 32,
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        door = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        door.request(method, address, body, headers)
        answer = door.getresponse()
        told = answer.read()
        took = time.perf_counter() - began
        door.close()
        if answer.status != expected:
            raise WrongAnswer(
                f"{site.name} {method} {address}: {answer.status}\n{told[:2000].decode(errors='replace')}"
            )
        return took, told.decode()


class Crowd:
    """Several visitors, of whom some or all visit at once."""

    def __init__(self, size: int) -> None:
        self.visitors = [Visitor() for _ in range(size)]
        self.threads = ThreadPoolExecutor(size)

    def burst(self, page: Page, clients: int, each: int, noted: bool = True) -> None:
        """So many visitors ask for a page so many times each, all at once."""
        before = page.site.processor_seconds()
        jobs = []
        for visitor in self.visitors[:clients]:
            numbers = range(page.visits, page.visits + each)
            page.visits += each
            jobs.append(self.threads.submit(self._visits, visitor, page, numbers))
        times = [took for job in jobs for took in job.result()]
        if noted:
            page.times.setdefault(clients, []).extend(times)
            busy = page.site.processor_seconds() - before
            page.busy[clients] = page.busy.get(clients, 0.0) + busy

    @staticmethod
    def _visits(visitor: Visitor, page: Page, numbers: Sequence[int]) -> list[float]:
        return [visitor.visit(page, number) for number in numbers]


def interleaved(pages: Sequence[Page], crowd: Crowd, clients: int, rounds: int, each: int) -> None:
    """Every page in every round, beginning with another each time: what else the machine does falls on all alike."""
    for page in pages:
        crowd.burst(page, clients, max(2, 16 // clients), noted=False)  # both workers, all threads warm
    for number in range(rounds):
        turn = number % len(pages)
        for page in [*pages[turn:], *pages[:turn]]:
            crowd.burst(page, clients, each)
