"""A promise from its letter to its proof, past the closing of the case; and a broken one, to the board's list."""

from __future__ import annotations

import struct
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from accessibility import assert_accessible
from cast import LONDON, Cast, make_cast
from playwright.sync_api import Browser, Page, expect


class Now:
    """What the site takes for now: it runs as its own process, on the real clock."""

    @property
    def now(self) -> datetime:
        return datetime.now(LONDON)


@pytest.fixture
def scene(site: str) -> Cast:
    from putright.record.accounts.models import Membership

    found = make_cast(Now())  # type: ignore[arg-type]
    Membership.objects.filter(user=found.service_manager).update(team="Repairs")
    return found


def ago(days: int) -> str:
    return (datetime.now(LONDON) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def ahead(days: int) -> date:
    return datetime.now(LONDON).date() + timedelta(days=days)


def sign_in(page: Page, site: str, user: Any) -> None:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key or "", "url": site}])


def answered(scene: Cast, what: str, due: date, answered_on: str) -> Any:
    """A case whose letter promised something of Repairs."""
    from putright.casework.fields import PointDecided, ToDo

    case = scene.open(ago(14), ago(12))
    decisions = [PointDecided(n, "upheld", "We came late.") for n in (1, 2)]
    scene.do(
        "respond",
        case,
        "investigator",
        answered_on,
        decisions=decisions,
        remedies=[ToDo(what, due, "Repairs")],
    )
    return scene.fresh(case)


def picture(at: Path) -> Path:
    """A photograph: one grey point."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    rest = part(b"IDAT", zlib.compress(b"\0\x80")) + part(b"IEND", b"")
    at.write_bytes(b"\x89PNG\r\n\x1a\n" + head + rest)
    return at


def day(page: Page, name: str, value: date) -> None:
    for box, text in (("day", value.day), ("month", value.month), ("year", value.year)):
        page.locator(f"input[name={name}-{box}]").fill(str(text))


def test_from_the_letter_by_the_contractors_answer_past_the_closing_to_proof(
    page: Page, browser: Browser, site: str, scene: Cast, tmp_path: Path
) -> None:
    page.set_default_timeout(15_000)
    case = answered(scene, "Renew the fan", ahead(9), ago(1))

    sign_in(page, site, scene.service_manager)
    page.goto(f"{site}/promises/team/Repairs/")
    expect(page.locator("#needs-yes")).to_have_text("Needs your yes (1)")
    assert_accessible(page)
    page.get_by_role("link", name="We can: ").click()
    page.get_by_role("button", name="Say if we can").click()
    expect(page.locator("#needs-yes")).to_have_count(0)

    sign_in(page, site, scene.officer)
    page.goto(f"{site}/cases/{case.reference}/ask_others/?promise=1")
    page.get_by_label("A contractor", exact=True).check()
    page.get_by_label("Their name").fill("Swale Heating")
    page.get_by_label("Your question").fill("By which day can you fit it?")
    day(page, "answer_by", ahead(3))
    page.get_by_label("The address of the home").check()
    assert_accessible(page)
    page.get_by_role("button", name="Ask somebody").click()
    link = page.locator("#the-link").inner_text()

    outside = browser.new_context().new_page()
    outside.set_default_timeout(15_000)
    outside.goto(link)
    expect(outside.get_by_text("14 Sedge Court")).to_be_visible()
    assert "Amira" not in outside.content()
    assert_accessible(outside)
    outside.get_by_label("Your answer").fill("We fit it on Thursday.")
    outside.get_by_label("Photos and job records").set_input_files(picture(tmp_path / "part.png"))
    outside.get_by_label("Your name").fill("Jo")
    outside.get_by_role("button", name="Send the answer").click()
    expect(outside.get_by_role("heading", name="Thank you")).to_be_visible()
    outside.goto(link)
    expect(outside.get_by_role("heading", name="This link does not work")).to_be_visible()
    outside.context.close()

    page.goto(f"{site}/cases/{case.reference}/")
    expect(page.get_by_text("We fit it on Thursday.").first).to_be_visible()
    expect(page.get_by_role("link", name="part.png")).to_be_visible()
    scene.do("close", scene.fresh(case))

    sign_in(page, site, scene.service_manager)
    page.goto(f"{site}/promises/team/Repairs/")
    expect(page.get_by_text("Case closed; still owed")).to_be_visible()
    page.get_by_role("link", name="Mark as kept: ").click()
    page.get_by_label("What shows that it was done?").fill("Fitted and tested.")
    page.get_by_label("Photos and other files").set_input_files(picture(tmp_path / "fan.png"))
    assert_accessible(page)
    page.get_by_role("button", name="Mark as kept").click()
    expect(page.get_by_text("Repairs owes nothing. 1 kept this month.")).to_be_visible()
    page.goto(f"{site}/cases/{case.reference}/")
    expect(page.get_by_text("Fitted and tested.").first).to_be_visible()
    expect(page.get_by_role("link", name="fan.png")).to_be_visible()


def test_a_broken_promise_comes_to_the_board(page: Page, site: str, scene: Cast) -> None:
    page.set_default_timeout(15_000)
    case = answered(scene, "Mend the gate", ahead(-3), ago(9))

    sign_in(page, site, scene.service_manager)
    page.goto(f"{site}/")
    expect(page.get_by_text("Mend the gate").first).to_be_visible()
    page.goto(f"{site}/promises/team/Repairs/")
    expect(page.locator("#late")).to_have_text("Late (1)")

    sign_in(page, site, scene.board_member)
    page.goto(f"{site}/")
    page.locator("a[href='/promises/late/']").first.click()
    expect(page.get_by_role("heading", name="Promises that are late: 1")).to_be_visible()
    assert_accessible(page)
    page.locator("a.pr-late[href*='show=late']").click()
    expect(page.locator("#late")).to_have_text("Late (1)")
    expect(page.get_by_role("link", name=case.reference, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Mark as kept: ")).to_have_count(0)
