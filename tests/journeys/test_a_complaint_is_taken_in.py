"""Taking a complaint in, in a browser: by keyboard alone, kept as one types, without a script, at every width."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from accessibility import assert_accessible, assert_accessible_everywhere
from playwright.sync_api import Browser, Page, expect

MAIL = """From: Sam Pryce <sam@tern-valley.example>
To: complaints@tern-valley.example
Subject: FW: The gate

---------- Forwarded message ---------
From: Wren Adeyemi <wren@example.org>
Date: Mon, 23 Nov 2026 at 09:12
Subject: The gate
To: <repairs@tern-valley.example>

The gate does not shut.
"""


class Office:
    """A landlord with a complaints officer and a service manager."""

    def __init__(self) -> None:
        from putright.record.accounts.models import Membership, User
        from putright.record.landlords.models import Landlord, ProcedureVersion

        self.landlord = Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")
        ProcedureVersion.objects.create(landlord=self.landlord, number=1, in_force_on=date(2020, 1, 1))
        self.users = {}
        for key, name, role in (
            ("ben", "Ben Okafor", "complaints_officer"),
            ("sam", "Sam Pryce", "service_manager"),
        ):
            user = User.objects.create(email=f"{key}@tern-valley.example", name=name)
            Membership.objects.create(user=user, landlord=self.landlord, roles=[role])
            self.users[key] = user

    def sign_in(self, page: Page, site: str, key: str) -> None:
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        session = SessionStore()
        session[SESSION_KEY] = str(self.users[key].pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.users[key].get_session_auth_hash()
        session.save()
        page.context.add_cookies([{"name": "sessionid", "value": session.session_key or "", "url": site}])


@pytest.fixture
def office(site: str) -> Office:
    return Office()


def reach(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until the box of this name has the focus."""
    for _ in range(most):
        if page.evaluate("document.activeElement && document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_by_keyboard_alone_in_less_than_ninety_seconds(site: str, page: Page, office: Office) -> None:
    office.sign_in(page, site, "ben")
    page.goto(f"{site}/new/")
    began = time.monotonic()
    for name, text in (
        ("name", "Wren Adeyemi"),
        ("address", "7 Quay House"),
        ("telephone", "07700 900456"),
        ("channel", "Telephone"),
        ("account", "There is mould behind the cot. Nobody rang back."),
        ("urgent", "The baby coughs all night"),
        ("doing_now", "Repairs, rung at once"),
    ):
        reach(page, name)
        page.keyboard.type(text)
    reach(page, "hazard")
    page.keyboard.press("ArrowDown")  # the second answer: significant
    reach(page, "outcomes")
    page.keyboard.type("Treat the wall")
    reach(page, "safe")
    page.keyboard.press("Space")
    reach(page, "then")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="is recorded")).to_be_visible()
    print(f"a telephone complaint by keyboard: {time.monotonic() - began:.1f} s of typing and pages")
    expect(page.get_by_text("Hazard: investigate", exact=True)).to_be_visible()
    assert_accessible_everywhere(page)


def test_the_page_in_each_of_its_states_everywhere(
    site: str, page: Page, office: Office, tmp_path: Path
) -> None:
    office.sign_in(page, site, "ben")
    page.goto(f"{site}/new/")
    assert_accessible_everywhere(page)
    for fold in page.locator("main summary").all():
        fold.click()
    page.get_by_label("Only some ways are safe").check()
    for way in ("Write", "Ring", "Text"):
        page.get_by_label(way, exact=True).check()
    page.get_by_label("No danger: somebody looked or asked").check()
    assert_accessible_everywhere(page)
    picture = tmp_path / "gate.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    page.get_by_label("Files (optional)").set_input_files(picture)
    page.get_by_role("button", name="Record complaint", exact=True).click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_text("gate.png", exact=True).first).to_be_visible()
    assert_accessible_everywhere(page)


def test_what_is_typed_outlives_a_lost_session(site: str, page: Page, office: Office) -> None:
    office.sign_in(page, site, "ben")
    page.goto(f"{site}/new/")
    page.get_by_label("Name", exact=True).fill("Wren Adeyemi")
    page.get_by_label("What happened").fill("A long story, told once.")
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=10_000)
    expect(page.locator("#session-warning")).to_be_hidden()
    page.context.clear_cookies()
    other = page.context.new_page()
    office.sign_in(other, site, "ben")
    other.goto(f"{site}/new/")
    other.get_by_text("Begun and not recorded (1)").click()
    assert_accessible(other)
    other.get_by_role("link", name="Wren Adeyemi").click()
    expect(other.get_by_label("What happened")).to_have_value("A long story, told once.")


def test_whoever_types_is_warned_before_being_signed_out(site: str, page: Page, office: Office) -> None:
    from datetime import timedelta

    from django.contrib.sessions.models import Session
    from django.utils import timezone

    office.sign_in(page, site, "ben")
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=8))
    page.goto(f"{site}/new/")
    expect(page.get_by_text("You will be signed out in 8 minutes.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.locator("#session-warning")).to_be_hidden(timeout=10_000)
    assert Session.objects.get().expire_date > timezone.now() + timedelta(hours=1)


def test_an_email_is_passed_on_and_recorded_without_a_script(
    site: str, browser: Browser, office: Office, tmp_path: Path
) -> None:
    context: Any = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    office.sign_in(page, site, "ben")
    mail = tmp_path / "gate.eml"
    mail.write_text(MAIL)
    page.goto(f"{site}/new/passed-on/")
    page.get_by_label("The email as a file").set_input_files(mail)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Who is it from?")).to_have_value("Wren Adeyemi")
    page.get_by_role("button", name="This is right: pass it on").click()
    expect(page.get_by_text("so we had it that day").first).to_be_visible()
    page.get_by_role("button", name="Record complaint", exact=True).click()
    expect(page.get_by_role("heading", name="is recorded")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="gate.eml").click()
    assert Path(download.value.path()).read_text() == MAIL
    context.close()


def test_passing_on_and_what_is_read_out_everywhere(site: str, page: Page, office: Office) -> None:
    office.sign_in(page, site, "sam")
    page.goto(f"{site}/new/passed-on/")
    assert_accessible_everywhere(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible_everywhere(page)
    page.get_by_label("Or paste it here").fill(MAIL)
    page.get_by_role("button", name="Go on").click()
    assert_accessible_everywhere(page)
    page.get_by_role("button", name="This is right: pass it on").click()
    expect(page.get_by_text("Passed on. The complaints team records it")).to_be_visible()
