"""Every part of a page in every state, in a real browser: the gallery of `putright.interfaces.pages`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from accessibility import DESK, PHONE, SCHEMES, WIDTHS, assert_accessible, faults
from playwright.sync_api import Dialog, Page, Route, expect
from site_process import running_site

from putright.interfaces.pages.gallery import PLAIN_PAGES

RICH = ["gallery", "gallery/forms", "gallery/resident", "gallery/resident/question"]
PLAIN = ["gallery/question", "gallery/draft", *(f"gallery/page/{name}" for name in PLAIN_PAGES)]
EVERYWHERE = [(name, width, scheme) for name in RICH for width in WIDTHS for scheme in SCHEMES]
HERE_AND_THERE = [
    (name, width, scheme) for name in PLAIN for width, scheme in ((PHONE, "dark"), (DESK, "light"))
]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gallery's address, served with settings of its own and no database."""
    settings = {"DJANGO_SETTINGS_MODULE": "gallery_settings", "PYTHONPATH": "tests/support"}
    with running_site(settings, tmp_path_factory.mktemp("gallery")) as address:
        yield address


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser itself complains of: the content security policy, scripts, files not found."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert not heard


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize(("name", "width", "scheme"), EVERYWHERE + HERE_AND_THERE)
def test_every_page_of_the_gallery_is_accessible(
    page: Page, gallery: str, name: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{gallery}/{name}")
    assert_accessible(page)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_why_opens_and_stays_accessible(page: Page, gallery: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{gallery}/gallery")
    for summary in page.locator("summary.pr-due__line").all():
        summary.press("Enter")
    assert page.locator(".pr-proof").first.is_visible()
    assert_accessible(page)


def test_a_refused_form_says_so_in_the_title_and_gives_the_summary_focus(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/gallery/question")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title("Error: What happened? – Tern Valley Homes – Putright")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Tell us what happened, or ask us to ring.").press("Enter")
    expect(page.get_by_label("What happened?")).to_be_focused()
    assert_accessible(page)


def test_every_error_link_brings_its_field_into_focus(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/gallery/forms")
    links = page.locator(".govuk-error-summary__list a")
    assert links.count() >= 12
    for link in links.all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.press("Enter")
        expect(page.locator(f'[id="{target}"]')).to_be_focused()


def test_a_refused_resident_form_keeps_what_was_typed_to_the_letter(page: Page, gallery: str) -> None:
    typed = "\n\n  Two lines down,\n\tthen a tab <b>and</b> marks & \u202eright to left\u202c"
    page.goto(f"{gallery}/gallery/resident/question")
    page.get_by_label("What happened?").fill(typed)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Give one safe way to reach you.")).to_be_visible()
    assert page.get_by_label("What happened?").input_value() == typed
    assert_accessible(page)


def test_pages_work_and_say_the_same_without_javascript(
    browser_type_launch_args: dict, browser: object, gallery: str
) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{gallery}/gallery/question")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_role("link", name="Tell us what happened, or ask us to ring.")).to_be_visible()
    page.goto(f"{gallery}/gallery")
    expect(page.get_by_label("A note (optional)")).to_be_hidden()
    page.get_by_label("Not upheld").check()
    expect(page.get_by_label("A note (optional)")).to_be_visible()
    context.close()


def test_focus_is_an_ink_line_three_pixels_wide_two_pixels_away(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/gallery")
    for role, name in (("link", "Extend"), ("button", "Send the response"), ("textbox", "Resident")):
        element = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        element.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        drawn = element.evaluate(
            "e => { const s = getComputedStyle(e); return [s.outlineWidth, s.outlineOffset, s.outlineColor] }"
        )
        assert drawn == ["3px", "2px", "rgb(28, 35, 48)"], name


def test_brick_is_only_for_what_is_late_or_in_error(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/gallery")
    brick = page.evaluate(
        """() => {
          const isBrick = (e) => getComputedStyle(e).color === "rgb(168, 40, 30)"
          return [...document.querySelectorAll("main *")]
            .filter((e) => e.checkVisibility() && e.innerText && isBrick(e) && !isBrick(e.parentElement))
            .map((e) => e.innerText)
        }"""
    )
    assert brick
    assert all("late" in text.lower() or text == "Breached" for text in brick), brick


def test_a_case_on_a_telephone_is_read_in_three_lines(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(f"{gallery}/gallery")
    row = page.locator(".pr-case").first
    lines = {
        name: row.locator(f".pr-case__{name}").bounding_box() or {}
        for name in ("reference", "who", "what", "due")
    }
    assert lines["reference"]["y"] == lines["who"]["y"] < lines["what"]["y"] < lines["due"]["y"]


def test_a_table_on_a_telephone_becomes_labelled_lists(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(f"{gallery}/gallery")
    cell = page.locator(".pr-table td").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Answered"'
    assert page.get_by_role("row").count() > 3, (
        "a table drawn as blocks must still be a table to a screen reader"
    )


def test_each_printed_sheet_has_its_head_and_each_why_is_open(page: Page, gallery: str) -> None:
    from pypdfium2 import PdfDocument

    page.goto(f"{gallery}/gallery")
    sheets = [sheet.get_textpage().get_text_range() for sheet in PdfDocument(page.pdf(format="A4"))]
    assert len(sheets) > 2
    assert all(sheet.startswith("TV-26-0417, printed Tuesday 1 December 2026") for sheet in sheets)
    everything = "\n".join(sheets)
    assert "20 working days from the stage 2 acknowledgement" in everything
    assert "Sign out" not in everything
    assert "Why?" not in everything


def test_forced_colours_keep_late_and_the_present_place_apart(page: Page, gallery: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{gallery}/gallery")
    late = page.locator(".pr-late").first
    assert late.evaluate("e => getComputedStyle(e).textDecorationStyle") == "double"
    places = page.locator(".pr-navigation .govuk-service-navigation__item")
    edges = [place.evaluate("e => getComputedStyle(e).borderBottomColor") for place in places.all()]
    assert edges[0] not in edges[1:]


def test_single_keys_move_search_and_can_be_turned_off(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/gallery")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="TV-26-0417")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="TV-26-0388")).to_be_focused()
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.type("j?/n")
    assert search.input_value() == "j?/n"
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Use single keys on this computer").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.reload()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()


def test_keys_with_a_browser_modifier_are_left_to_the_browser(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/gallery")
    page.keyboard.press("Control+j")
    page.keyboard.press("Alt+?")
    assert page.evaluate("document.activeElement === document.body")
    expect(page.locator("dialog.pr-keys")).to_be_hidden()


def test_what_is_typed_is_saved_without_a_press_and_so_said(page: Page, gallery: str) -> None:
    page.clock.install()
    sent: list[str] = []

    def save(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(json={"says": "Saved at 10:42"})

    page.route("**/gallery/draft/save", save)
    page.goto(f"{gallery}/gallery/draft")
    box = page.get_by_label("What happened?")
    for word in ("The boiler ", "failed ", "three times"):
        box.press_sequentially(word)
    expect(page.get_by_role("status")).to_have_text("")
    page.clock.run_for(2100)
    expect(page.get_by_role("status")).to_have_text("Saved at 10:42")
    assert "The boiler failed three times" in sent[-1]
    assert "csrfmiddlewaretoken" in sent[-1]


def test_what_could_not_be_saved_is_said_kept_and_tried_again(page: Page, gallery: str) -> None:
    page.clock.install()
    tries: list[str] = []

    def save(route: Route) -> None:
        tries.append(route.request.post_data or "")
        if len(tries) == 1:
            route.abort()
        elif len(tries) == 2:
            route.fulfill(status=500)
        else:
            route.fulfill(json={"says": "Saved at 10:43"})

    page.route("**/gallery/draft/save", save)
    page.goto(f"{gallery}/gallery/draft")
    status = page.get_by_role("status")
    page.get_by_label("What happened?").fill("Nobody came.")
    page.clock.run_for(2100)
    expect(status).to_have_text("Not saved yet. Your text is still here. Trying again.")
    for _ in range(2):
        page.clock.run_for(10100)
        page.wait_for_timeout(200)
    expect(status).to_have_text("Saved at 10:43")
    assert len(tries) == 3
    assert page.get_by_label("What happened?").input_value() == "Nobody came."


def test_leaving_with_unsaved_words_asks_first(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/gallery/draft")
    page.get_by_label("What happened?").press_sequentially("Nobody came.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_the_checks_see_what_axe_does_not(page: Page, gallery: str) -> None:
    """The checks themselves, tried on pages broken on purpose."""
    page.goto(f"{gallery}/gallery/forms")
    assert faults(page) == []
    breaks = {
        "an error links to nothing": "document.querySelector('#id_channel').id = 'elsewhere'",
        "is not described by its error": "document.querySelector('#id_happened').removeAttribute('aria-describedby')",
        "is not drawn so": "document.querySelector('#id_homes').classList.remove('govuk-input--error')",
        "does not begin with": "document.title = 'Every field'",
        "h1 headings": "document.querySelector('h1').outerHTML = '<h2>Gone</h2>'",
        "an id stands twice": "document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=id_note>')",
        "sideways": "document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'x'.repeat(400))",
    }
    for says, break_it in breaks.items():
        page.reload()
        page.evaluate(break_it)
        assert any(says in fault for fault in faults(page)), says
