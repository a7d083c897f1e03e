"""A complaints officer's whole day on the demo landlord, by keyboard alone: fifteen tasks, each timed and told."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from accessibility import assert_accessible
from cast import Cast
from demo_cast import demo_cast, sign_in
from playwright.sync_api import Locator, Page, expect


class Keyboard:
    """Tab, arrows, Enter, Space and what is typed; no mouse, and no address typed after the first."""

    def __init__(self, page: Page, site: str) -> None:
        page.set_default_timeout(5_000)
        self.page, self.site, self.begun, self.tasks = page, site, time.perf_counter(), 0

    def to(self, wanted: Locator, most: int = 900) -> None:
        """Tab until this has the focus; fail where the keyboard never reaches it."""
        expect(wanted.first).to_be_attached()
        handle = wanted.first.element_handle()
        for _ in range(most):
            if self.page.evaluate("(e) => e === document.activeElement", handle):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"The keyboard never reaches {wanted} of {self.page.url}")

    def named(self, name: str | re.Pattern[str], role: str) -> Locator:
        exact = isinstance(name, str)
        main = self.page.locator("main").get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]
        return main if main.count() else self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]

    def press(self, name: str | re.Pattern[str], role: str = "link") -> None:
        self.to(self.named(name, role))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def more(self, name: str) -> None:
        """An action that stands under More on the page of a case."""
        self.to(self.page.locator("main summary", has_text=re.compile("^More$")))
        self.page.keyboard.press("Enter")
        self.press(name)

    def write(self, name: str, text: str) -> None:
        """Type into the box that the form calls so; what stood there goes."""
        self.to(self.page.locator(f"main [name='{name}']"))
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """An answer of radios: Tab to the group, arrows to the answer."""
        wanted = self.page.locator(f"main input[type=radio][name='{name}'][value='{value}']")
        group = self.page.locator(f"main input[type=radio][name='{name}']:not([disabled])")
        checked = self.page.locator(f"main input[type=radio][name='{name}']:checked")
        self.to(checked if checked.count() else group)
        if not checked.count():
            self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"The arrows never reach {value} of {name}.")

    def day(self, name: str, day: Any) -> None:
        for part, text in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.write(f"{name}-{part}", str(text))

    def go(self, what: str) -> None:
        """To what the search of every page finds: `/`, words, Enter, and the link of its reference."""
        self.page.keyboard.press("/")
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        if "/search" in self.page.url:
            self.press(re.compile(f"^{re.escape(what)}"))

    def done(self, what: str) -> None:
        assert_accessible(self.page)
        now = time.perf_counter()
        self.tasks += 1
        print(f"{self.tasks:2}. {what}: {now - self.begun:.1f} s")
        self.begun = now


@pytest.fixture
def office(site: str, home: Path) -> Cast:
    return demo_cast()


def ago(office: Cast, days: int) -> str:
    return (office.clock.now - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def morning(office: Cast) -> dict[str, Any]:
    """What waits for the officer: a case of theirs that somebody rang about, and one of each thing to do."""
    from django.core.files.base import ContentFile

    from putright.casework.act import Stopped
    from putright.record.correspondence import files
    from putright.record.people import records, safe_contact

    officer, now = office.officer, office.clock.now
    office.resident = records.add(office.landlord, "Wren Adeyemi", "7 Quay House")
    notes = files.put_aside(ContentFile(b"%PDF-1.7\n" + bytes(60), name="letter.pdf"))
    mine = office.open(ago(office, 12), ago(office, 10), files=[notes])
    office.do("assign", mine, by="investigator", handler=str(officer.pk))
    office.do("record_contact", mine, by="contact_staff", direction="in", channel="telephone", with_="Wren",
              summary="Is anybody coming?")  # fmt: skip
    twin = office.receive(ago(office, 6), account="The back bedroom is damp, and still nobody came.")
    third = office.receive(ago(office, 5), account="Damp again in the back bedroom.")
    office.resident = records.add(office.landlord, "Pia Lowther", "3 Staithe Yard")
    danger = office.receive(ago(office, 1), account="I smell gas by the cooker.", dangers=["gas"])
    request = office.receive(ago(office, 60), account="A tap drips.", points=["A tap"])
    office.do(
        "treat_as_service_request",
        request,
        at=ago(office, 59),
        reason="A first repair.",
        resident_agrees=True,
    )
    careful = office.open(ago(office, 11), ago(office, 9))
    ring = {"way": "telephone", "to": "07700 900777"}
    by = {"by": office.actor("officer"), "at": now}
    safe_contact.set_safe_contact(office.resident, allowed=[ring], code_word="heronsong", **by)
    with pytest.raises(Stopped):
        office.do("update", office.fresh(careful), way="letter", summary="News.")
    waits = office.receive(
        ago(office, 1), resident=records.add(office.landlord, "Noor Haddad", "1 Ferry Row")
    )
    cases = {"mine": mine, "twin": twin, "third": third, "danger": danger, "careful": careful}
    return cases | {"waits": waits}


def in_nine_days(office: Cast) -> date:
    return office.clock.now.date() + timedelta(days=9)


def _action(verb: str) -> str:
    from putright.interfaces.pages.words import action_word

    return action_word(verb)


def read_what_came_since(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    expect(hands.page.get_by_text("contact came in")).to_be_visible()
    hands.press("I have read these", "button")


def note_a_call_with_a_promise(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.go(at["mine"].reference)
    hands.press(_action("record_contact"))
    hands.page.go_back()
    hands.press("Queue")
    hands.write("q", "Wren Adeyemi")
    hands.press("Apply filters", "button")
    hands.press(f"Note a call: {at['mine'].reference}")
    hands.write("summary", "She rang to ask when somebody comes. We said we would ring back.")
    hands.write("what", "Ring back with a day")
    hands.day("due", in_nine_days(office))
    hands.write("owner", "Repairs")
    hands.press("Note the call", "button")
    expect(hands.page.get_by_text("The call and the promise are noted")).to_be_visible()


def take_in_a_complaint(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.press("My work")
    hands.press(f"Take in: {at['waits'].reference}")
    hands.write("acknowledge-definition", "Damp, and a missed visit.")
    hands.press("Log, acknowledge and assign", "button")
    expect(hands.page.get_by_text("Logged, acknowledged and assigned.")).to_be_visible()


def new_complaint_with_a_hazard(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.press("My work")
    hands.page.keyboard.press("n")
    hands.page.wait_for_url("**/new/")
    for name, text in (
        ("name", "Ines Castell"),
        ("address", "22 Lock Lane"),
        ("telephone", "07700 900456"),
        ("channel", "Telephone"),
        ("account", "There is mould behind the cot. Nobody rang back."),
        ("urgent", "The baby coughs all night"),
        ("doing_now", "Repairs, rung at once"),
    ):
        hands.to(hands.page.locator(f"main [name='{name}']"))
        hands.page.keyboard.type(text)
    hands.choose("hazard", "significant")
    hands.choose("safe", "all" if hands.page.locator("main [name=safe][value=all]").count() else "any")
    hands.press("Record complaint", "button")
    expect(hands.page.get_by_role("heading", name="is recorded")).to_be_visible()


def search_a_resident(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.page.keyboard.press("/")
    hands.page.keyboard.type("Pia Lowther")
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")
    expect(hands.page.get_by_role("link", name=re.compile(at["careful"].reference)).first).to_be_visible()


def assign_three_at_once_and_undo_it(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.press("Queue")
    boxes = hands.page.locator("main input[type=checkbox][name=case]")
    for number in range(3):
        hands.to(boxes.nth(number))
        hands.page.keyboard.press("Space")
    hands.to(hands.page.locator("#to"))
    hands.page.keyboard.type(office.colleague.name)
    hands.press("See what will happen", "button")
    hands.press(re.compile("^Assign . case"), "button")
    expect(hands.page.get_by_text(re.compile("assigned to"))).to_be_visible()
    hands.press("Undo", "button")


def save_a_view(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.press("Queue")
    hands.write("q", "damp")
    hands.press("Apply filters", "button")
    hands.press("Save this view")
    hands.write("name", "All the damp")
    hands.choose("whose", "me")
    hands.press("Save", "button")
    expect(hands.page.get_by_role("link", name=re.compile("All the damp")).first).to_be_visible()


def answer_a_danger(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.press("My work")
    hands.press(f"It is none: {at['danger'].reference}")
    hands.write("reason", "The engineer found no leak and left the meter on.")
    hands.press(re.compile("."), "button")
    assert office.fresh(at["danger"]).danger_unanswered_on is None


def review_the_service_requests_of_a_month(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.press("My work")
    hands.press("Service requests")
    hands.press("All reviews")
    hands.press(hands.page.locator(".pr-case__reference").first.inner_text())
    for each in hands.page.locator("main fieldset").all():
        name = each.locator("input[type=radio]").first.get_attribute("name")
        hands.choose(name or "", each.locator("input[type=radio]").first.get_attribute("value") or "")
    hands.press("Record the review", "button")
    expect(hands.page.get_by_text("is recorded.")).to_be_visible()


def look_at_what_is_safe_by_a_press(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.go(at["careful"].reference)
    hands.press(re.compile("^Show safe contact"), "button")
    if not hands.page.get_by_text("heronsong").count():
        hands.press("Show", "button")
    expect(hands.page.get_by_text("heronsong")).to_be_visible()


def link_a_case(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.go(at["mine"].reference)
    hands.more(_action("link_cases"))
    hands.write("other", at["twin"].reference)
    hands.press("Look at it", "button")
    how = hands.page.locator("main input[type=radio][name=how]")
    if how.count():
        hands.choose("how", how.first.get_attribute("value") or "")
    hands.write("reason", "The same wall.")
    hands.press(re.compile("^Link"), "button")
    expect(
        hands.page.locator("#linked ~ *").get_by_role("link", name=at["twin"].reference).first
    ).to_be_visible()


def merge_a_duplicate_and_take_it_back(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.go(at["mine"].reference)
    hands.more(_action("merge_cases"))
    hands.write("other", at["third"].reference)
    hands.press("Look at it", "button")
    hands.write("reason", "The same wall and the same visit.")
    hands.press(re.compile("^Merge"), "button")
    assert office.fresh(at["third"]).state == "merged"
    hands.press("Undo")
    hands.write("reason", "Two walls after all.")
    hands.press(re.compile("[Uu]ndo"), "button")
    assert office.fresh(at["third"]).state != "merged"


def add_a_need_with_the_day_to_look_at_it_again(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.press("People")
    hands.write("q", "Wren Adeyemi")
    hands.page.keyboard.press("Enter")
    hands.press(re.compile("^Wren Adeyemi"))
    hands.press(re.compile("Show"), "button")
    hands.press(re.compile("[Aa]dd a need"))
    hands.write("words", "Large print")
    hands.day("review_on", in_nine_days(office))
    hands.press("Record it", "button")
    expect(hands.page.get_by_text("It is recorded.")).to_be_visible()


def settle_what_was_stopped(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    from putright.record.correspondence.models import Stop

    hands.go(at["careful"].reference)
    hands.press(re.compile("[Ss]topped"))
    hands.press(re.compile("^Settle|^Update|^Send an update"))
    hands.choose("how", hands.page.locator("main input[name=how]").first.get_attribute("value") or "")
    hands.write("words", "Rang her, and she knows.")
    hands.press("Settle", "button")
    assert not Stop.objects.filter(case=at["careful"], settled_at=None).exists()


def open_a_file_and_see_the_case_as_it_prints(hands: Keyboard, office: Cast, at: Mapping[str, Any]) -> None:
    hands.go(at["mine"].reference)
    hands.to(hands.named(re.compile("letter.pdf"), "link"))
    with hands.page.expect_download() as kept:
        hands.page.keyboard.press("Enter")
    assert Path(kept.value.path()).read_bytes().startswith(b"%PDF-1.7")
    hands.page.emulate_media(media="print")
    expect(hands.page.locator("h1")).to_be_visible()
    expect(hands.page.get_by_role("navigation")).to_have_count(0)
    assert "07700 900777" not in hands.page.locator("body").inner_text()
    hands.page.emulate_media(media="screen")


TASKS = (
    ("Read what came since", read_what_came_since),
    ("Note a call with a promise", note_a_call_with_a_promise),
    ("Take in a complaint", take_in_a_complaint),
    ("New complaint with a hazard", new_complaint_with_a_hazard),
    ("Search a resident", search_a_resident),
    ("Assign three at once, and undo it", assign_three_at_once_and_undo_it),
    ("Save a view", save_a_view),
    ("Answer a danger", answer_a_danger),
    ("Review the service requests of a month", review_the_service_requests_of_a_month),
    ("Look at what is safe, by a press", look_at_what_is_safe_by_a_press),
    ("Link a case", link_a_case),
    ("Merge a duplicate, and take it back", merge_a_duplicate_and_take_it_back),
    ("Add a need with the day to look at it again", add_a_need_with_the_day_to_look_at_it_again),
    ("Settle what was stopped", settle_what_was_stopped),
    ("Open a file, and see the case as it prints", open_a_file_and_see_the_case_as_it_prints),
)


def test_a_whole_day_by_keyboard_alone(site: str, page: Page, office: Cast) -> None:
    at = morning(office)
    sign_in(page, site, office.officer)
    page.goto(site)
    hands = Keyboard(page, site)
    for what, task in TASKS:
        task(hands, office, at)
        hands.done(what)
