"""The queue as a file for a spreadsheet program: the cases that the page lists, and no more of them than it shows."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from putright.csv_files import START, line_of
from putright.interfaces.pages.phrases import clock_time
from putright.interfaces.pages.words import clock_word, state_word
from putright.interfaces.staff.queue.asked import Asked
from putright.interfaces.staff.queue.filters import GROUPS
from putright.record.cases.lists import Line

COLUMNS = (
    "Reference",
    "Resident",
    "State",
    "Handler",
    "Due next",
    "Due on",
    "Due at",
    "When",
    "Received on",
    "With the Ombudsman",
    "Stage 2 asked for",
)
"""Nothing of needs, risk or safe contact: a file leaves the place where who looks is written down."""


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Every case of the list, on however many pages, under the filters in the address."""
    asked = Asked.of(request)
    answer = StreamingHttpResponse(_lines(asked), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="queue-{asked.days.today.isoformat()}.csv"'
    return answer


def _lines(asked: Asked) -> Iterator[bytes]:
    yield f"{START}{line_of(COLUMNS)}".encode()
    for line in asked.every_line():
        yield line_of(_cells(line, asked)).encode()


def _cells(line: Line, asked: Asked) -> list[object]:
    return [
        line.reference,
        line.resident or "Name not known",
        state_word(line.state, line.stage),
        line.handler or "",
        clock_word(line.next_due),
        line.next_due_on,
        clock_time(line.next_due_at),
        GROUPS[asked.days.group_of(line)],
        line.received_on,
        "yes" if line.with_ombudsman else "no",
        "yes" if line.request_waits else "no",
    ]
