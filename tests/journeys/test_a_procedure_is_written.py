"""An administrator writes a procedure down, mends what the check finds, and puts it in force."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from accessibility import assert_accessible, assert_accessible_everywhere
from playwright.sync_api import Page, expect

WRONG = """name: tern-valley
title: Complaints policy
stages: [Informal stage, Stage 1, Stage 2]
targets:
  aknowledge: 5 working days from receipt
"""
MENDED = """name: tern-valley
title: Complaints policy
stages: [Stage 1, Stage 2]
targets:
  acknowledge: 5 working days from receipt
  respond: 15 working days from the acknowledgement
updates: [{every: 5 working days}, {every: 10 working days}]
"""


@pytest.fixture
def administrator(site: str, page: Page) -> Any:
    """Signed in at a landlord whose version 1 is the Code's defaults."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from putright.record.accounts.models import Membership, User
    from putright.record.landlords.models import Landlord, ProcedureVersion

    landlord = Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")
    ProcedureVersion.objects.create(landlord=landlord, number=1, in_force_on=date(2020, 1, 1))
    user = User.objects.create(email="ada@tern-valley.example", name="Ada Kerr")
    Membership.objects.create(user=user, landlord=landlord, roles=["administrator"])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key or "", "url": site}])
    return user


def test_from_the_code_to_being_in_force(site: str, page: Page, administrator: Any) -> None:
    page.goto(f"{site}/procedure/")
    assert_accessible_everywhere(page)
    page.get_by_role("button", name="Start a draft").click()
    page.get_by_role("button", name="Start the draft").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("The 2024 Code").check()
    page.get_by_role("button", name="Start the draft").click()
    box = page.get_by_role("textbox", name="The text")
    box.fill(WRONG)
    page.get_by_role("button", name="Save draft").click()
    assert_accessible_everywhere(page)
    expect(box).to_have_value(WRONG)
    page.get_by_role("link", name="Line 5").click()
    expect(page).to_have_url(re.compile("#line-5$"))
    expect(page.locator("#line-5")).to_contain_text("Did you mean acknowledge?")
    box.fill(MENDED)
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", name=re.compile(r"Breached \(\d"))).to_be_visible()
    assert_accessible_everywhere(page)
    page.get_by_role("link", name="Line 6", exact=True).first.click()
    expect(page.locator("#line-6")).to_contain_text("15 working days")
    page.get_by_role("link", name="Check and days").click()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("of the 2024 Code.")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("link", name="Enter the body that approved it.")).to_be_visible()
    assert_accessible_everywhere(page)
    page.get_by_label("Approved by").fill("Board")
    page.get_by_role("button", name="Approve").click()
    for step in ("Record the briefing", "Put in force", "Record the publication"):
        page.get_by_role("link", name=step).or_(page.get_by_role("button", name=step)).first.click()
        assert_accessible(page)
        page.get_by_role("button", name=step).click()
        expect(page.get_by_role("status").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("version 2: in force")
    assert_accessible_everywhere(page)
    page.get_by_role("link", name="Draft begun").click()
    assert_accessible(page)


def test_a_clash_keeps_both_texts(site: str, page: Page, administrator: Any) -> None:
    page.goto(f"{site}/procedure/new/?from=code:2024")
    page.get_by_role("button", name="Start the draft").click()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("textbox", name="The text").fill("name: theirs\n")
    other.get_by_role("button", name="Save draft").click()
    box = page.get_by_role("textbox", name="The text")
    box.fill("name: mine\n")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", name="Your text is not saved yet")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your text")).to_have_value("name: mine\n")
    expect(page.locator(".pr-lines")).to_contain_text("name: theirs")
    assert_accessible_everywhere(page)
