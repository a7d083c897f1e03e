"""The site stands up as its own process, and what it serves reaches a browser whole."""

from __future__ import annotations

from playwright.sync_api import Page


def test_a_wrong_address_gets_a_page_of_ours_with_its_styles(site: str, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: complaints.append(request.url))

    answer = page.goto(f"{site}/there-is-no-such-page")

    assert answer is not None
    assert answer.status == 404
    assert page.get_by_role("heading", level=1).inner_text() == "There is no page here"
    rules_in_each_sheet = page.evaluate("Array.from(document.styleSheets, sheet => sheet.cssRules.length)")
    assert rules_in_each_sheet
    assert all(rules_in_each_sheet)
    assert [said for said in complaints if "404" not in said] == []


def test_nothing_is_fetched_from_anywhere_else(site: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/there-is-no-such-page", wait_until="networkidle")
    assert len(asked) > 1
    assert [url for url in asked if not url.startswith(site)] == []
