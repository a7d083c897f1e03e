"""Charts as SVG, drawn on the server: the same bytes on a page, on paper and in a PDF, with no script.

Ink only, so that they follow a dark page, forced colours and a printer: what is told apart is told apart by hatching
and words. They are narrow (read at 320 px), and a page always sets the same figures beside them as a table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from putright.interfaces.pages.phrases import share

_WIDTH = 340
_ROW, _BAR = 44, 16
_TYPE = 'font-family="system-ui, Segoe UI, Roboto, Noto Sans, Arial, sans-serif" font-size="14"'
# Solid, then hatchings that stay apart in one ink: slanted, crossed, dotted, upright.
_HATCHINGS = (
    "",
    '<path d="M0 6L6 0" stroke="currentColor" stroke-width="1.5"/>',
    '<path d="M0 0L6 6M0 6L6 0" stroke="currentColor"/>',
    '<circle cx="3" cy="3" r="1.5" fill="currentColor"/>',
    '<path d="M3 0V6" stroke="currentColor" stroke-width="2"/>',
)
MOST_PARTS = len(_HATCHINGS)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `part` of `whole`. A whole of 0 is drawn as an empty line and never as a hundred per cent."""

    label: str
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar in several parts, which together make its length; each part is named in the key."""

    label: str
    parts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line: what it is for, its value, and how that is written. None leaves a gap."""

    label: str
    value: float | None
    text: str


def bar_chart(title: str, bars: Sequence[Bar], aim: float | None = None) -> SafeString:
    """Bars of shares, each with its counts; the rest of each is hatched. `aim` (0 to 1) is a mark on each."""
    hatch = _Hatches(title, bars)
    rows = []
    for index, bar in enumerate(bars):
        top = index * _ROW
        length = _WIDTH * bar.part / bar.whole if bar.whole else 0
        rows.append(_label(top, bar.label, share(bar.part, bar.whole)))
        if bar.whole:
            rows.append(_rect(0, top + 22, length, hatch.fill(0)))
            rows.append(_rect(length, top + 22, _WIDTH - length, hatch.fill(1)))
        else:
            rows.append(f'<path d="M0 {top + 30}H{_WIDTH}" stroke="currentColor" stroke-dasharray="2 4"/>')
        if aim is not None:
            rows.append(_aim(aim, top))
    return _svg(title, len(bars) * _ROW, hatch.definitions(2), rows)


def stacked_chart(title: str, key: Sequence[str], stacks: Sequence[Stack]) -> SafeString:
    """Bars in parts on one scale, with a key of what each hatching is. At most `MOST_PARTS` parts."""
    if len(key) > MOST_PARTS or any(len(stack.parts) != len(key) for stack in stacks):
        raise ValueError(f"Each stack has one part for each of the key, at most {MOST_PARTS}.")
    hatch = _Hatches(title, (*key, *stacks))
    longest = max((sum(stack.parts) for stack in stacks), default=0)
    rows = []
    for index, stack in enumerate(stacks):
        top, left = index * _ROW, 0.0
        rows.append(_label(top, stack.label, f"{sum(stack.parts):,}"))
        for number, part in enumerate(stack.parts):
            length = _WIDTH * part / longest if longest else 0
            rows.append(_rect(left, top + 22, length, hatch.fill(number)))
            left += length
    height = len(stacks) * _ROW
    for number, name in enumerate(key):
        top = height + number * 22
        rows.append(_rect(1, top + 2, 22, hatch.fill(number), 14))
        rows.append(f'<text x="32" y="{top + 14}" fill="currentColor">{_text(name)}</text>')
    return _svg(title, height + len(key) * 22, hatch.definitions(len(key)), rows)


def line_chart(title: str, points: Sequence[Point], most: float | None = None) -> SafeString:
    """A line from left to right on a scale from 0 to `most` (else the highest value), each point labelled."""
    values = [point.value for point in points if point.value is not None]
    top_value = most if most is not None else max(values, default=0)
    step = _WIDTH / max(len(points), 1)
    rows = [f'<path d="M0 130H{_WIDTH}" stroke="currentColor"/>']
    before: tuple[float, float] | None = None
    for index, point in enumerate(points):
        x = step * (index + 0.5)
        at = _beneath(x, 148, point.label)
        if point.value is None:
            before = None
            rows += [at, _beneath(x, 122, point.text)]
            continue
        y = 130 - 100 * (point.value / top_value if top_value else 0)
        if before is not None:
            rows.append(
                f'<path d="M{_number(before[0])} {_number(before[1])}L{_number(x)} {_number(y)}"'
                ' stroke="currentColor" stroke-width="2"/>'
            )
        rows.append(f'<circle cx="{_number(x)}" cy="{_number(y)}" r="4" fill="currentColor"/>')
        rows += [at, _beneath(x, y - 10, point.text)]
        before = (x, y)
    return _svg(title, 156, "", rows)


class _Hatches:
    """The hatchings of one chart, under ids that no other chart on the page has."""

    def __init__(self, title: str, figures: Sequence[object]) -> None:
        self.name = hashlib.sha256(repr((title, figures)).encode()).hexdigest()[:8]

    def fill(self, number: int) -> str:
        return f"url(#h{self.name}-{number})" if number else "currentColor"

    def definitions(self, how_many: int) -> str:
        return "".join(
            f'<pattern id="h{self.name}-{number}" width="6" height="6" patternUnits="userSpaceOnUse">{drawn}</pattern>'
            for number, drawn in enumerate(_HATCHINGS[:how_many])
            if drawn
        )


def _svg(title: str, height: int, definitions: str, rows: Sequence[str]) -> SafeString:
    # Escaped above, part by part.
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pr-chart" viewBox="0 0 {_WIDTH} {height}" role="img"'
        f' aria-label="{_text(title)}" fill="none" {_TYPE}><defs>{definitions}</defs>{"".join(rows)}</svg>'
    )


def _label(top: int, label: str, value: str) -> str:
    return (
        f'<text x="0" y="{top + 15}" fill="currentColor">{_text(label)}</text>'
        f'<text x="{_WIDTH}" y="{top + 15}" fill="currentColor" text-anchor="end">{_text(value)}</text>'
    )


def _aim(aim: float, top: int) -> str:
    at = _number(min(max(aim, 0) * _WIDTH, _WIDTH - 1.5))
    return f'<path d="M{at} {top + 18}V{top + 42}" stroke="currentColor" stroke-width="3"/>'


def _beneath(x: float, y: float, text: str) -> str:
    return f'<text x="{_number(x)}" y="{_number(y)}" fill="currentColor" text-anchor="middle">{_text(text)}</text>'


def _rect(x: float, y: float, width: float, fill: str, height: int = _BAR) -> str:
    if width <= 0:
        return ""
    size = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{height}"'
    return f'<rect {size} fill="{fill}" stroke="currentColor"/>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return str(conditional_escape(text))
