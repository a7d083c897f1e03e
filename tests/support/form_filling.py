"""Fills in a form of a page as a person would: what stands in its boxes, with some answers changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html


def page_of(answer: Any) -> Any:
    """The page of an answer, to look things up in."""
    return lxml.html.fromstring(answer.content.decode())


_BLOCKS = frozenset("p div li dt dd h1 h2 h3 td th summary details legend label ol ul dl section".split())


def said(element: Any) -> str:
    """What a part of a page says, as it reads: what stands in blocks of its own stands apart."""
    return re.sub(r"\s+", " ", "".join(_said(element))).strip()


def _said(element: Any) -> Iterator[str]:
    apart = " " if element.tag in _BLOCKS else ""
    yield apart + (element.text or "")
    for each in element:
        if isinstance(each.tag, str):
            yield from _said(each)
        yield each.tail or ""
    yield apart


def text_of(answer: Any) -> str:
    """What the main part of a page says."""
    return said(page_of(answer).xpath("//main")[0])


def boxes(answer: Any) -> dict[str, str]:
    """What would be sent if the form of the page were sent as it stands, but for its buttons."""
    form = page_of(answer).xpath("//main//form[@method='post']")[-1]
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def errors_of(answer: Any) -> list[str]:
    """What the error summary of a page lists."""
    found = page_of(answer).xpath("//*[contains(@class, 'govuk-error-summary__list')]//li")
    return [said(each) for each in found]


def notices_of(answer: Any) -> list[str]:
    """What a page says of the last action."""
    found = page_of(answer).xpath("//*[contains(@class, 'pr-notice__text')]")
    return [said(each) for each in found]


def day(name: str, iso: str) -> dict[str, str]:
    """The three boxes of a day: day("until", "2026-12-18")."""
    year, month, number = iso.split("-")
    return {f"{name}-day": str(int(number)), f"{name}-month": str(int(month)), f"{name}-year": year}


def fill(client: Any, address: str, /, **answers: Any) -> Any:
    """Open a page, change these boxes of its form, and send it to where it stands."""
    opened = client.get(address)
    assert opened.status_code == 200, f"{address}: {opened.status_code}"
    return client.post(address, boxes(opened) | answers)
