"""A self-assessment from its first answer to its public page, in a browser, at every width."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from accessibility import assert_accessible, assert_accessible_everywhere
from playwright.sync_api import Page, expect


@pytest.fixture
def officer(site: str, page: Page) -> Any:
    """A complaints officer, signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from putright.record.accounts.models import Membership, User
    from putright.record.landlords.models import Landlord, ProcedureVersion

    landlord = Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")
    ProcedureVersion.objects.create(landlord=landlord, number=1, in_force_on=date(2020, 1, 1))
    user = User.objects.create(email="ben@tern-valley.example", name="Ben Okafor")
    Membership.objects.create(user=user, landlord=landlord, roles=["complaints_officer"])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key or "", "url": site}])
    return user


def test_from_the_first_answer_to_the_page_for_all(site: str, page: Page, officer: Any) -> None:
    from putright.evidence.self_assessments.models import Assessment

    page.goto(f"{site}/self-assessment/")
    assert_accessible_everywhere(page)
    page.get_by_role("button", name="Start a self-assessment").click()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("More than 1,000 homes").check()
    page.get_by_role("button", name="Start", exact=True).click()
    assert_accessible_everywhere(page)

    page.get_by_role("link", name="6 Complaint stages").click()
    assert_accessible_everywhere(page)
    page.get_by_role("link", name="6.3 Answer stage 1").click()
    assert_accessible_everywhere(page)
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Explain why you do not comply with 6.3.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("textbox", name="If not complying: why?").fill("Too few investigators.")
    within = page.get_by_role("group", name="Day you will comply")
    for name, text in (("Day", "31"), ("Month", "3"), ("Year", "2027")):
        within.get_by_label(name).fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("6.3 saved at")).to_be_visible()

    made = Assessment.objects.get()
    made.answers.exclude(provision="6.3").update(answer="yes", comment="In our policy.\n\nSee S.4.")
    page.goto(f"{site}/self-assessment/{made.pk}/")
    for name in ("Review by the senior lead", "Seen by the Member", "Response of the governing", "Publish"):
        page.get_by_role("button", name=name).click()
        assert_accessible(page)
        page.get_by_role("textbox", name="Who", exact=True).fill("Board")
        page.get_by_role("textbox", name="response" if "Response" in name else "What they said").fill(
            "We accept."
        )
        page.get_by_role("button", name="Publish" if name == "Publish" else "Write it down").click()
    assert_accessible_everywhere(page)
    page.get_by_role("link", name="The page that is open to all").click()
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("heading", name="6.3 Answer stage 1 within 10 working days: no")).to_be_visible()
    expect(page.get_by_text("We will comply by Wednesday 31 March 2027.")).to_be_visible()
    assert_accessible_everywhere(page)


def test_the_register_and_reading_in(site: str, page: Page, officer: Any) -> None:
    page.goto(f"{site}/self-assessment/papers/new/")
    assert_accessible_everywhere(page)
    page.get_by_label("What it is").select_option("Policy")
    page.get_by_role("textbox", name="Title").fill("Complaints policy")
    page.get_by_role("textbox", name="Provisions it supports").fill("3.1, 3.4")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Supports 3.1 (2024), 3.4 (2024)")).to_be_visible()
    assert_accessible_everywhere(page)
    page.goto(f"{site}/self-assessment/read/")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="Choose a file.")).to_be_visible()
    assert_accessible(page)
    rows = "".join(
        f"<tr><td>{ref}</td><td>{each.summary}</td><td>Yes</td><td>Policy</td></tr>"
        for ref, each in every_2022()
    )
    titles = ("Code section", "Code requirement", "Comply: Yes/No", "Evidence")
    head = "".join(f"<th>{each}</th>" for each in titles)
    form = f"<html><body><h1>Self-assessment</h1><table><tr>{head}</tr>{rows}</table></body></html>"
    page.get_by_label("The file").set_input_files(
        {"name": "form.html", "mimeType": "text/html", "buffer": form.encode()}
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Check what was read: 2022 Code")).to_be_visible()
    assert_accessible(page)


def every_2022() -> Any:
    from complaint_rules.editions.provisions import provisions

    return provisions("2022").items()
