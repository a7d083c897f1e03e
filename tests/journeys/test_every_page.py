"""Every page of the site, on the demo landlord: nothing for axe to find at any width, none scrolls sideways, and
each prints what paper needs and nothing that it must not.

The addresses are read from the site, so that a new page is walked to without anybody adding it here.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from accessibility import WIDTHS, faults
from cast import Cast
from demo_cast import demo_cast, sign_in
from every_page import RING, StaffPage, one_of_each, pages
from playwright.sync_api import Page

NOT_A_PAGE = {"queue_download", "favicon.ico", "sign_out", "open_view", "case_file", "choose_landlord"}
"""What answers with a file, with nothing, or by sending whoever asks elsewhere."""
OPEN_TO_ALL = ("sign_in", "signed_out", "set_password")
NOT_OPENED_BY_A_LOOK = frozenset(
    "my_work_read my_work_unread undo_several assign_several take_back_call letters_print letters_posted"
    " letters_not_posted letters_try_again person_open passed_on_take new_complaint_undo new_complaint_throw_away"
    " new_complaint_save jobs_again administration_person_end_links administration_person_on"
    " administration_person_link administration_team_end administration_category_move administration_category_retire"
    " administration_categories_begin case_letter_file case_letter_word correct".split()
)
"""What is only sent to, answers with a file, or needs to be told more than an address."""
ON_PAPER = """() => {
  const seen = (e) => e.checkVisibility({checkVisibilityCSS: true}) && e.getBoundingClientRect().height > 0
  const never = "nav, button, input[type=submit], .govuk-button, .govuk-skip-link, .govuk-back-link, form[role=search]"
  return [...document.querySelectorAll(never)].filter(seen).map((e) => e.outerHTML.slice(0, 160))
}"""


@pytest.fixture
def office(site: str, home: Path) -> Cast:
    return demo_cast()


def who_opens(cast: Cast, each: StaffPage) -> str | None:
    """Somebody who may open it: an officer before anybody else; None for what is only sent to."""
    for member in ("officer", "administrator", "reviewer", "liaison", "quality_checker", "service_manager"):
        answer = cast.client(member).get(each.address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            return member
    return None


def wrong_with(page: Page, address: str) -> list[str]:
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{address} at {width} px: {fault}" for fault in faults(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{address} scrolls {wide} px sideways at {width} px"] if wide > 0 else []
    return found + wrong_on_paper(page, address)


def wrong_on_paper(page: Page, address: str) -> list[str]:
    page.emulate_media(media="print")
    found = [f"{address} on paper: {each}" for each in page.evaluate(ON_PAPER)]
    if not page.locator("h1").first.is_visible():
        found.append(f"{address} on paper has no heading")
    page.emulate_media(media="screen")
    return found


SLICES = 4


@pytest.mark.parametrize("part", range(SLICES))
def test_every_page_is_accessible_at_every_width_and_prints(
    site: str, page: Page, office: Cast, part: int
) -> None:
    made = one_of_each(office)
    walked: dict[str, int] = {}
    wrong: list[str] = []
    nobody: set[str] = set()
    for each in [each for each in pages(made) if each.route not in NOT_A_PAGE][part::SLICES]:
        member = None if each.route in OPEN_TO_ALL else who_opens(office, each)
        if member is None and each.route not in OPEN_TO_ALL:
            nobody.add(each.verb or each.route)
            continue
        page.context.clear_cookies()
        if member:
            sign_in(page, site, office.users[member])
        page.goto(site + each.address)
        assert page.locator("h1").count() == 1, each.address
        wrong += wrong_with(page, each.address)
        walked[each.route] = walked.get(each.route, 0) + 1
    print(f"{sum(walked.values())} pages of {len(walked)} routes")
    assert nobody <= NOT_OPENED_BY_A_LOOK, nobody - NOT_OPENED_BY_A_LOOK
    assert not wrong, "\n".join(wrong)


def open_what_is_safe(page: Page, address: str) -> None:
    """Press each Show of a page until what is safe stands on the screen."""
    presses = page.get_by_role("button", name=re.compile("^Show"))
    for number in range(presses.count()):
        page.goto(address)
        presses.nth(number).click()
        page.wait_for_load_state()
        if "heronsong" in page.locator("body").inner_text():
            return
    pytest.fail(f"Nothing of {address} shows what is safe.")


def test_what_is_safe_is_not_on_paper(site: str, page: Page, office: Cast) -> None:
    """Not on the case, not on the person's page, though a press has opened it on the screen."""
    from putright.record.people import safe_contact

    case = one_of_each(office)["case"]
    safe_contact.set_safe_contact(
        office.resident,
        allowed=[RING],
        code_word="heronsong",
        note="He reads her post.",
        by=office.actor("officer"),
        at=office.clock.now,
    )
    sign_in(page, site, office.officer)
    for address in (f"/cases/{case.reference}/", f"/people/{office.resident.pk}/"):
        page.goto(site + address)
        open_what_is_safe(page, site + address)
        page.emulate_media(media="print")
        text = page.locator("body").inner_text()
        for secret in ("heronsong", "He reads her post", RING["to"]):
            assert str(secret) not in text, f"{secret} is printed from {address}"
        page.emulate_media(media="screen")
