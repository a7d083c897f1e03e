"""A complaint from its receipt to the final stage 2 answer, in a browser, by the people whose work it is.

Every page on the way is checked for accessibility, the pages in error too.
"""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from accessibility import assert_accessible
from django.utils import timezone
from playwright.sync_api import Page, expect

PASSWORD = "a long enough password"


@pytest.fixture
def landlord(site: str):
    """Tern Valley Homes with its made-up staff, who all have one password here."""
    from putright.record.accounts.models import User
    from putright.upkeep.demo.landlord import make_landlord

    made, _ = make_landlord()
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    return made


class Desk:
    """What someone does at the site, each step checked and timed."""

    def __init__(self, page: Page, site: str) -> None:
        page.set_default_timeout(10_000)
        self.page, self.site = page, site
        self.timings: list[tuple[str, float]] = []

    def sign_in(self, first_name: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.site)
        assert_accessible(self.page)
        self.page.get_by_label("Email address").fill(f"{first_name}@tern-valley.example")
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("My work")
        assert_accessible(self.page)

    def open(self, path: str) -> None:
        self.page.goto(self.site + path)
        assert_accessible(self.page)

    def try_empty(self, button: str) -> None:
        """Send the form as it is: the page says what is missing, and each link reaches its field."""
        self.page.get_by_role("button", name=button, exact=True).last.click()
        expect(self.page.get_by_role("heading", name="There is a problem")).to_be_visible()
        assert_accessible(self.page)

    def send(self, button: str) -> None:
        started = time.perf_counter()
        self.page.get_by_role("button", name=button, exact=True).last.click()
        self.page.wait_for_load_state()
        self.timings.append((button, time.perf_counter() - started))
        assert_accessible(self.page)

    def choose(self, name: str, words: str) -> None:
        """Choose the option of a list that begins with these words."""
        option = self.page.locator(f"[name={name}] option", has_text=words).first
        self.page.locator(f"[name={name}]").select_option(value=option.get_attribute("value"))

    def fill_day(self, name: str, day) -> None:
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.page.locator(f"[name={name}-{part}]").fill(str(value))


def test_from_receipt_to_the_final_answer(page: Page, site: str, landlord) -> None:
    from complaint_rules.working_days import england_and_wales
    from putright.record.cases.models import Case
    from putright.upkeep.running.verify import verify

    desk = Desk(page, site)

    # Contact staff take the call.
    desk.sign_in("ivo")
    page.locator("a", has_text="New complaint").first.click()
    assert_accessible(page)
    desk.try_empty("Record complaint")
    page.get_by_label("Name", exact=True).fill("Amira Yusuf")
    page.get_by_label("Home", exact=True).fill("14 Sedge Court")
    page.get_by_label("Came by").select_option("telephone")
    page.get_by_label("What happened").fill("The fan has not worked since spring and nobody came on Monday.")
    page.locator("[name=points]").fill("Fan does not work\nMissed visit")
    page.locator("[name=outcomes]").fill("A new fan")
    desk.send("Record complaint")
    case = Case.objects.get()
    assert (case.reference[:3], case.state, case.resident.name) == ("TV-", "received", "Amira Yusuf")
    at_case = f"/cases/{case.reference}/"

    # A complaints officer logs, acknowledges, assigns.
    desk.sign_in("ben")
    desk.open("/queue/")
    expect(page.get_by_role("link", name=case.reference, exact=True)).to_be_visible()
    page.get_by_role("link", name=case.reference, exact=True).click()
    assert_accessible(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amira Yusuf")
    desk.open(f"{at_case}log_complaint/")
    desk.send("Log")
    desk.open(f"{at_case}acknowledge/")
    page.get_by_label("Definition").fill("")
    desk.try_empty("Acknowledge")
    page.get_by_label("Definition").fill("The fan does not work, and a visit was missed.")
    desk.send("Acknowledge")
    desk.open(f"{at_case}assign/")
    desk.choose("handler", "Cara Lind")
    desk.send("Assign")
    desk.open(f"{at_case}why/respond/")
    expect(page.locator("main")).to_contain_text("10 working days")

    # The investigator needs longer, then answers.
    desk.sign_in("cara")
    desk.open(f"{at_case}extend/")
    desk.try_empty("Extend")
    case.refresh_from_db()
    later = england_and_wales().add(case.next_due_on, 5)
    desk.fill_day("until", later)
    page.get_by_label("Why does the answer need longer?").fill("The surveyor can only visit next week.")
    page.locator("[name=ombudsman_details_given][value=yes]").check()
    desk.send("Extend")
    case.refresh_from_db()
    assert case.next_due_on == later
    desk.open(f"{at_case}respond/")
    page.locator("[name=point-1-decision][value=upheld]").check()
    page.locator("[name=point-1-reasons]").fill("The order was raised late.")
    desk.try_empty("Send the response")
    expect(page.locator("main")).to_contain_text("6.7")
    assert page.locator("[name=point-1-reasons]").input_value() == "The order was raised late."
    page.locator("[name=point-2-decision][value=not_upheld]").check()
    page.locator("[name=point-2-reasons]").fill("The visit was moved with your agreement.")
    for answer in page.locator("[name^=outcome-][value=yes]").all():
        answer.check()
    page.locator("[name=remedy-1-what]").fill("Fit a new fan")
    desk.fill_day("remedy-1-by", timezone.localdate() + timedelta(days=20))
    desk.send("Send the response")
    case.refresh_from_db()
    assert (case.state, case.stage, case.next_due) == ("responded", 1, "promise:1")

    # The resident asks for stage 2, without a reason; it is accepted, acknowledged, given to a reviewer.
    desk.sign_in("ivo")
    desk.open(f"{at_case}request_escalation/")
    desk.send("Record a stage 2 request")
    desk.sign_in("ben")
    desk.open(f"{at_case}escalate/")
    desk.send("Accept for stage 2")
    desk.open(f"{at_case}acknowledge/")
    page.get_by_label("Definition").fill("Amira disputes the missed visit.")
    desk.send("Acknowledge")
    desk.open(f"{at_case}assign/")
    desk.choose("handler", "Femi Rowe")
    desk.send("Assign")

    # Whoever answered stage 1 cannot answer stage 2, and is told which provision says so.
    desk.sign_in("cara")
    desk.open(f"{at_case}respond/")
    expect(page.locator("main")).to_contain_text("6.13")

    # The reviewer answers.
    desk.sign_in("femi")
    desk.open(f"{at_case}respond/")
    for point in (1, 2):
        page.locator(f"[name=point-{point}-decision][value=upheld]").check()
        page.locator(f"[name=point-{point}-reasons]").fill("We should have rung before the visit.")
    for answer in page.locator("[name^=outcome-][value=yes]").all():
        answer.check()
    page.locator("[name=action-1-what]").fill("Ring before each visit")
    desk.fill_day("action-1-by", timezone.localdate() + timedelta(days=30))
    desk.send("Send the response")
    case.refresh_from_db()
    assert (case.state, case.stage) == ("responded", 2)
    expect(page.locator("main")).to_contain_text("Ring before each visit")
    assert verify().differences == []
    for name, seconds in desk.timings:
        print(f"{name}: {seconds:.2f} s")
