"""The officer's morning by keyboard alone: what is new, a case taken in, a call noted and taken back, a review."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from accessibility import assert_accessible, assert_accessible_everywhere
from cast import LONDON, Cast, make_cast
from playwright.sync_api import Page, expect


class Now:
    """What the site takes for now: it runs as its own process, on the real clock."""

    @property
    def now(self) -> datetime:
        return datetime.now(LONDON)


@pytest.fixture
def scene(site: str) -> Cast:
    return make_cast(Now())  # type: ignore[arg-type]


def ago(days: int) -> str:
    """A moment so many days ago."""
    return (datetime.now(LONDON) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def open_case(scene: Cast) -> Any:
    return scene.open(ago(12), ago(10))


def sign_in(page: Page, site: str, user: Any) -> None:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key or "", "url": site}])


class Keyboard:
    """A person with a keyboard and nothing else. What they did is timed, and told in the log."""

    def __init__(self, page: Page) -> None:
        page.set_default_timeout(10_000)
        self.page, self.begun = page, time.perf_counter()

    def to(self, name: str, role: str = "link", most: int = 400) -> None:
        """Tab until this has the focus; fail where the keyboard never reaches it."""
        wanted = self.page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        expect(wanted).to_be_attached()
        handle = wanted.element_handle()
        for _ in range(most):
            if self.page.evaluate("(e) => e === document.activeElement", handle):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"The keyboard never reaches {role} {name!r}.")

    def press(self, name: str, role: str = "link") -> None:
        self.to(name, role)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        self.to(label, "textbox")
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def done(self, what: str) -> None:
        assert_accessible(self.page)
        now = time.perf_counter()
        print(f"{what}: {now - self.begun:.1f} s")
        self.begun = now


def test_a_morning_by_keyboard_alone(site: str, page: Page, scene: Cast) -> None:
    waits = scene.receive(ago(1))
    mine = open_case(scene)
    scene.do("assign", mine, by="investigator", handler=str(scene.officer.pk))
    scene.do(
        "record_contact",
        mine,
        by="contact_staff",
        direction="in",
        channel="telephone",
        with_="Amira",
        summary="Is anybody coming?",
    )
    sign_in(page, site, scene.officer)
    hands = Keyboard(page)
    page.goto(site)
    assert_accessible_everywhere(page)
    expect(page.get_by_text("1 contact came in")).to_be_visible()
    hands.done("See what is new")

    hands.press("I have read these", "button")
    expect(page.get_by_text("Nothing new in your cases.")).to_be_visible()
    hands.press("Undo", "button")
    expect(page.get_by_text("1 contact came in")).to_be_visible()
    hands.done("Mark as read, and take that back")

    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.className")
    assert "pr-case__reference" in focused
    hands.press(f"Take in: {waits.reference}")
    assert_accessible_everywhere(page)
    hands.write("Definition: what it is about", "")
    hands.press("Log, acknowledge and assign", "button")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible_everywhere(page)
    hands.write("Definition: what it is about", "Damp, and a missed visit.")
    hands.press("Log, acknowledge and assign", "button")
    assert page.url.endswith(f"/#row-{waits.reference}")
    expect(page.get_by_text("Logged, acknowledged and assigned.")).to_be_visible()
    hands.done("Take in")

    hands.press(f"Note a call: {mine.reference}")
    assert_accessible_everywhere(page)
    hands.press("Note the call", "button")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    hands.write("What was said", "She rang to ask when somebody comes.")
    hands.press("Note the call", "button")
    assert page.url.endswith(f"/#row-{mine.reference}")
    expect(page.get_by_text("The call is noted.")).to_be_in_viewport()
    hands.press("Undo", "button")
    expect(page.get_by_text("taken back")).to_be_in_viewport()
    hands.done("Note a call, and take it back")

    hands.press("Note a call", "button")
    assert_accessible_everywhere(page)
    hands.write("Whose case is it?", "sedge")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile(f"^{mine.reference}.*note a call"))).to_be_visible()
    hands.done("Find the case of a call")


def test_service_requests_by_keyboard_alone(site: str, page: Page, scene: Cast) -> None:
    case = scene.receive(ago(40))
    scene.do("treat_as_service_request", case, at=ago(39), reason="A first repair.", resident_agrees=True)
    sign_in(page, site, scene.officer)
    hands = Keyboard(page)
    page.goto(site)
    hands.press("Service requests")
    assert_accessible_everywhere(page)
    hands.press("All reviews")
    assert_accessible_everywhere(page)
    newest = page.locator(".pr-case__reference").first.inner_text()
    hands.press(newest)
    assert_accessible_everywhere(page)
    hands.press("Record the review", "button")
    if page.get_by_role("heading", name="There is a problem").is_visible():
        # It was received before the end of last month: then it has to be decided.
        assert_accessible_everywhere(page)
        hands.to("Answer it", "radio")
        page.keyboard.press("Space")
        hands.press("Record the review", "button")
    expect(page.get_by_text("is recorded.")).to_be_visible()
    assert_accessible_everywhere(page)
    hands.done("Review a month")


@pytest.mark.parametrize(
    "who", ["contact_staff", "investigator", "service_manager", "board_member", "administrator"]
)
def test_everybodys_work_is_accessible(site: str, page: Page, scene: Cast, who: Any) -> None:
    open_case(scene)
    scene.receive(ago(3), hazard="significant")
    scene.receive(ago(2), dangers=["gas"])
    sign_in(page, site, scene.users[who])
    page.goto(site)
    assert_accessible_everywhere(page)
