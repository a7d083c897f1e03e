"""Text made to hurt, in every text box of every form: kept as typed or refused in words, and shown as text.

The forms are found on the pages themselves and sent through them, as whoever may. Nothing here knows a form by name.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from cast import Cast
from django.db import transaction
from every_page import StaffPage, one_of_each, pages
from form_filling import errors_of, page_of

MARK = "zq7"
HOSTILE = {
    "html": f"{MARK}<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>{{{{ 7*7 }}}}",
    "formula": f'=HYPERLINK("https://evil.example","{MARK}")',
    "long": MARK + "x" * 9_997,
    "emoji": f"{MARK} 👩🏽‍🦽🏳️‍🌈",
    "right_to_left": f"\u202e{MARK} أهلا وسهلا\u202c",
    "zero_width": f"{MARK}\u200b\u200d\ufeffb",
    "nul": f"{MARK}a\0b",
    "line_separator": f"{MARK}a\u2028b\u2029c",
}
TEXT_BOXES = (
    ".//textarea | .//input[not(@type) or @type='text' or @type='search' or @type='email' or @type='tel']"
)
DAY_PARTS = ("-day", "-month", "-year")
BEFORE_MORE_HARM = ("sign_in", "sign_out", "set_password", "choose_landlord")


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def forms_of(answer: Any) -> list[Any]:
    """The forms of a page that have a box for words."""
    return [form for form in page_of(answer).xpath("//main//form") if form.xpath(TEXT_BOXES)]


def filled(form: Any, text: str) -> tuple[dict[str, Any], list[str]]:
    """What would be sent with this text in every box for words and the first answer chosen elsewhere; and the boxes."""
    given: dict[str, Any] = {
        name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"
    }
    for each in form.xpath(".//select"):
        answers = [option.get("value") for option in each.iter("option") if option.get("value")]
        if answers and not given.get(each.get("name")):
            given[each.get("name")] = answers[0]
    for each in form.xpath(".//input[@type='radio'][not(@disabled)]"):
        given.setdefault(each.get("name"), each.get("value"))
    named = [
        each.get("name")
        for each in form.xpath(TEXT_BOXES)
        if each.get("name") and not each.get("name").endswith((*DAY_PARTS, "time"))
    ]
    return given | dict.fromkeys(named, text), named


def is_shown_as_text(answer: Any) -> None:
    """Nothing that was typed became a part of the page, and no template took it for its own."""
    page = lxml.html.fromstring(answer.content.decode())
    assert not page.xpath("//script[not(@src)][not(@type='application/json')]")
    assert not page.xpath("//*[@onerror] | //img[@src='x']")
    assert f"{MARK}49" not in answer.content.decode()


def kept_values() -> list[str]:
    """Every text that the landlord's tables hold and that has our mark in it."""
    from django.apps import apps
    from django.db.models import CharField, JSONField, TextField

    found: list[str] = []
    for model in apps.get_models():
        if not model.__module__.startswith("putright."):
            continue
        for column in model._meta.get_fields():
            if isinstance(column, (CharField, TextField, JSONField)):
                rows = model._default_manager.values_list(column.name, flat=True)
                found += [each for row in rows for each in _texts(row) if MARK in each]
    return found


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [each for one in value.values() for each in _texts(one)]
    if isinstance(value, (list, tuple)):
        return [each for one in value for each in _texts(one)]
    return []


def openers(cast: Cast, page: StaffPage) -> tuple[Any, Any] | None:
    for member in ("officer", "administrator", "reviewer", "liaison", "quality_checker", "service_manager"):
        client = cast.client(member)
        answer = client.get(page.address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            return client, answer
    return None


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_form_keeps_it_or_says_why_not_and_shows_it_as_text(cast: Cast, kind: str) -> None:
    made, text = one_of_each(cast), HOSTILE[kind]
    tried = sent = 0
    for page in pages(made):
        found = openers(cast, page) if page.route not in BEFORE_MORE_HARM else None
        if found is None:
            continue
        client, answer = found
        for form in forms_of(answer):
            with transaction.atomic():
                sent += _sent(client, page, form, text)
                transaction.set_rollback(True)
            tried += 1
    print(f"{kind}: {tried} forms, {sent} of them took it")
    assert tried > 60
    assert sent > 10 or kind in ("long", "nul")


def _sent(client: Any, page: StaffPage, form: Any, text: str) -> bool:
    """Send a form with this text in every box; whether it was taken. What it kept is what was typed."""
    given, named = filled(form, text)
    method = "post" if (form.get("method") or "get").lower() == "post" else "get"
    address = (form.get("action") or page.address).split("#")[0]
    answer = getattr(client, method)(address, given)
    assert answer.status_code < 500, f"{address} {named}"
    if answer.status_code == 302:
        shown = client.get(answer["Location"])
        assert shown.status_code < 500, answer["Location"]
        is_shown_as_text(shown)
        _is_kept_exactly(text, address)
        return method == "post"
    if answer.status_code in (200, 400, 409) and answer["Content-Type"].startswith("text/html"):
        is_shown_as_text(answer)
        assert (
            method == "get"
            or errors_of(answer)
            or MARK in answer.content.decode()
            or answer.status_code == 409
        ), f"{address} neither took it nor said why"
    return False


def _is_kept_exactly(text: str, address: str) -> None:
    """What stands in the record is what was typed, but for a NUL, which no database of ours holds, and its ends."""
    whole = {
        text.strip(),
        " ".join(text.split()),
        text.replace("\0", "").strip(),
        text.replace("\0", " ").strip(),
    }
    whole |= {line for each in whole for line in each.splitlines() if MARK in line}
    kept = kept_values()
    # Some are kept after words of ours: who asked, and when.
    exactly = [one for one in kept for each in whole if one.endswith(each)]
    assert exactly or not kept, f"{address} keeps {kept[0][:80]!r}"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", '=cmd|" /C calc"!A0'])
def test_a_file_of_cases_holds_no_formula(cast: Cast, formula: str) -> None:
    from putright.record.people import records

    person = records.add(cast.landlord, f"{formula}{MARK}", "1 Ferry Row")
    cast.open(resident=person)
    answer = cast.client("officer").get("/queue/download/")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cells = [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for cell in row]
    assert any(MARK in cell for cell in cells)
    assert not [cell for cell in cells if MARK in cell and cell[:1] in "=+-@\t\r"]
