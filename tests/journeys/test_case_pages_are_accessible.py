"""The case page and the page of every action, opened, left empty and refused: nothing for axe to find."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from accessibility import assert_accessible, assert_accessible_everywhere
from playwright.sync_api import Page, expect

LONDON = ZoneInfo("Europe/London")
# One form of each kind, sent empty: every other page draws its errors with the same parts.
LEFT_EMPTY = {
    "assign", "award", "change_promise", "extend", "ombudsman_determines", "refuse_complaint", "report_hazard",
    "respond", "withdraw", "comply",
}  # fmt: skip


def in_days(days: int) -> str:
    """A day so many days from today."""
    return str(datetime.now(LONDON).date() + timedelta(days=days))


class Scene:
    """A landlord, its people, and cases brought about by the same actions that the pages call."""

    def __init__(self) -> None:
        from putright.record.accounts.models import Membership, User
        from putright.record.landlords.models import Landlord, ProcedureVersion
        from putright.record.people.models import Person

        self.landlord = Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")
        for number in (1, 2):
            ProcedureVersion.objects.create(
                landlord=self.landlord,
                number=number,
                in_force_on=date(2019 + number, 1, 1),
                profile="womens-pioneer",
            )
        people = [
            ("ben", "Ben Okafor", "complaints_officer"),
            ("cara", "Cara Lind", "investigator"),
            ("rita", "Rita Amoah", "reviewer"),
            ("connie", "Connie Day", "contact_staff"),
        ]
        self.users, self.roles = {}, {}
        for key, name, role in people:
            user = User.objects.create(email=f"{key}@tern-valley.example", name=name)
            Membership.objects.create(user=user, landlord=self.landlord, roles=[role], team="Repairs")
            self.users[key], self.roles[key] = user, role
        self.resident = Person.objects.create(
            landlord=self.landlord, name="Amira Yusuf", address="14 Sedge Court"
        )

    def do(self, verb_name: str, subject: Any, by: str = "ben", days_ago: int = 0, **plain: Any) -> Any:
        from complaint_rules.events import Actor
        from putright.casework import fields, verb

        action = verb(verb_name)
        extra = {"resident": self.resident} if verb_name == "receive" else {}
        at = datetime.now(LONDON) - timedelta(days=days_ago)
        actor = Actor("staff", str(self.users[by].pk), self.roles[by])
        return action(subject, by=actor, at=at, **fields.clean(action.function, plain), **extra)

    def received(self) -> Any:
        return self.do(
            "receive",
            self.landlord,
            days_ago=12,
            channel="telephone",
            account="The wall is wet.\nNobody came.",
            points=["Damp left untreated", "A missed visit"],
            outcomes=["Treat the walls"],
            needs=["Asthma"],
            hazard="significant",
        ).case

    def open(self) -> Any:
        case = self.received()
        self.do("acknowledge", case, days_ago=10, definition="Damp, and a missed visit.")
        self.do("assign", case, days_ago=10, handler=str(self.users["cara"].pk))
        self.do("award", case, days_ago=9, amount=60, **{"for": "distress"})
        self.do("promise", case, days_ago=9, what="Mend the fan", due=in_days(-2))
        return case

    def answered(self) -> Any:
        case = self.open()
        decisions = [{"point": n, "decision": "upheld", "reasons": "We came late."} for n in (1, 2)]
        remedies = [{"what": "Treat the walls", "by": in_days(9)}]
        self.do("draft_response", case, "cara", 3, decisions=decisions)
        self.do("respond", case, "cara", 2, decisions=decisions, remedies=remedies)
        return case

    def asked_for_stage_2(self) -> Any:
        case = self.answered()
        self.do("request_escalation", case, "connie", 1)
        return case

    def decided(self) -> Any:
        case = self.answered()
        self.do("close", case)
        findings = [{"issue": "Damp", "finding": "maladministration"}]
        orders = [{"what": "Apologise", "by": in_days(5)}]
        self.do("ombudsman_determines", case, findings=findings, orders=orders)
        return case


@pytest.fixture
def scene(site: str) -> Scene:
    return Scene()


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


def test_the_case_page_and_why_each_date_everywhere(site: str, page: Page, scene: Scene) -> None:
    case = scene.asked_for_stage_2()
    sign_in(page, site, scene.users["ben"])
    page.goto(f"{site}/cases/{case.reference}/")
    expect(page.get_by_role("heading", name="Amira Yusuf, 14 Sedge Court")).to_be_visible()
    assert_accessible_everywhere(page)
    for fold in page.locator("summary").all():
        fold.click()
    assert_accessible_everywhere(page)
    page.get_by_role("link", name="More about this date").first.click()
    assert_accessible_everywhere(page)
    expect(page.get_by_role("button", name="Copy")).to_be_visible()


@pytest.mark.parametrize("state", ["received", "open", "answered", "asked_for_stage_2", "decided"])
def test_the_page_of_every_action_opened_and_left_empty(
    site: str, page: Page, scene: Scene, state: str
) -> None:
    from complaint_rules import next_steps
    from putright.record.cases.reading import open_file

    case = getattr(scene, state)()
    case.refresh_from_db()
    sign_in(page, site, scene.users["ben"])
    possible = next_steps.possible(open_file(case).complaint)
    # What every state allows is opened once, in the state that has most to choose from.
    verbs = possible if state == "open" else possible - next_steps.ANY_STATE
    for verb in sorted(verbs - {"receive"} | ({"comply"} if state == "decided" else set())):
        page.goto(f"{site}/cases/{case.reference}/{verb}/" + ("?entry=1" if verb == "correct" else ""))
        assert_accessible(page)
        if verb in LEFT_EMPTY and page.locator("main form").count():
            page.locator("main form .govuk-button-group button").first.click()
            expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
            assert_accessible(page)


def test_a_refusal_a_clash_and_a_second_look(site: str, page: Page, scene: Scene) -> None:
    case = scene.open()
    sign_in(page, site, scene.users["ben"])
    page.goto(f"{site}/cases/{case.reference}/withdraw/")
    page.get_by_label("Amira Yusuf (resident)").check()
    page.get_by_label("How did they tell us?").select_option("telephone")
    page.get_by_label("What did they say?").fill("It is mended.")
    scene.do("ask_to_clarify", case, "cara", question="Which room?")
    page.get_by_role("button", name="Withdraw the complaint").click()
    expect(page.get_by_role("heading", name="Someone else changed this first")).to_be_visible()
    expect(page.get_by_label("What did they say?")).to_have_value("It is mended.")
    assert_accessible(page)

    page.goto(f"{site}/cases/{case.reference}/draft_response/")
    page.get_by_role("button", name="Send the response").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Decide point 2: upheld, partly upheld or not upheld").click()
    expect(page.locator("#id_point-2-decision")).to_be_focused()
    for number in (1, 2):
        point = page.get_by_role("region", name=f"Point {number}")
        point.get_by_label("Upheld", exact=True).check()
        point.get_by_label("Why").fill("We came nineteen days late, and that was our fault.")
    page.get_by_role("region", name="Outcome 1").get_by_label("Yes").check()
    page.get_by_role("button", name="Send the response").click()
    expect(page.get_by_text("Look again before you send")).to_be_visible()
    assert_accessible_everywhere(page)
    page.get_by_label("Leave it, because").first.fill("The walls are dry.")
    page.get_by_role("button", name="Send the response").click()
    expect(page.get_by_text("The stage 1 response is sent.")).to_be_visible()
    assert_accessible(page)


def test_without_a_script_rows_grow_and_a_draft_is_saved_by_enter(
    site: str, browser: Any, scene: Scene
) -> None:
    case = scene.open()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, scene.users["cara"])
    page.goto(f"{site}/cases/{case.reference}/draft_response/")
    page.get_by_label("Remedy 1").fill("Treat the walls")
    page.get_by_role("button", name="Add another remedy").click()
    expect(page.get_by_label("Remedy 4")).to_be_visible()
    expect(page.get_by_label("Remedy 1")).to_have_value("Treat the walls")
    page.get_by_label("Remedy 4").press("Enter")
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    expect(page.get_by_label("Remedy 1")).to_have_value("Treat the walls")
    context.close()
