"""What every page must hold, asked of a page in a real browser: `assert_accessible(page)`.

Axe finds much, but not an error link that points nowhere, a field in error that nothing describes, or a page
that scrolls sideways on a telephone. Those are asked here as well.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE, TABLET, DESK = 320, 768, 1280
WIDTHS = (PHONE, TABLET, DESK)
SCHEMES = ("light", "dark")

_AXE = Axe()
# Off as axe comes, since it is of WCAG 2.2: targets of at least 24 by 24 pixels, or with room round them.
_OPTIONS = {"rules": {"target-size": {"enabled": True}}}

_FORM_FAULTS = """() => {
  const faults = []
  const say = (what, element) => faults.push(`${what}: ${element.outerHTML.slice(0, 200)}`)
  const controls = "input:not([type=hidden]), select, textarea"
  const summary = document.querySelector(".govuk-error-summary")
  const groups = [...document.querySelectorAll(".govuk-form-group--error")]
  if (summary) {
    if (!document.title.startsWith("Error: ")) faults.push(`the title does not begin with "Error: ": ${document.title}`)
    for (const link of summary.querySelectorAll("a[href]")) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)))
      if (!target) say("an error links to nothing", link)
      else if (!target.matches(controls)) say("an error links to what takes no answer", link)
      else if (!target.closest(".govuk-form-group--error")) say("an error links to a field that is not marked", link)
    }
  } else if (groups.length) say("a field is in error and no summary says so", groups[0])
  for (const group of groups) {
    const invalid = [...group.querySelectorAll('[aria-invalid="true"]')]
    const fieldset = group.querySelector("fieldset")
    const described = [...invalid, ...(fieldset ? [fieldset] : [])].filter((e) => e.hasAttribute("aria-describedby"))
    const errors = described.flatMap((e) => e.getAttribute("aria-describedby").split(/\\s+/))
      .map((id) => document.getElementById(id)).filter((e) => e && e.matches(".govuk-error-message"))
    if (!errors.length) say("a field in error is not described by its error", group)
    const boxes = invalid.filter((e) => e.matches("textarea, select, input:not([type=radio], [type=checkbox])"))
    for (const box of boxes)
      if (![...box.classList].some((c) => c.endsWith("--error"))) say("a field in error is not drawn so", box)
    const choices = group.querySelector("input[type=radio], input[type=checkbox]")
    if (!boxes.length && !choices) say("no box is marked as wrong", group)
  }
  return faults
}"""

_PAGE_FAULTS = """() => {
  const faults = []
  const say = (what, element) => faults.push(`${what}: ${element.outerHTML.slice(0, 200)}`)
  const headings = document.querySelectorAll("h1")
  if (headings.length !== 1) faults.push(`there are ${headings.length} h1 headings, not one`)
  const [name] = document.title.replace(/^Error: /, "").split(" – ")
  if (!name.trim()) faults.push(`the title names no page: "${document.title}"`)
  if (document.documentElement.matches(".pr-resident") && /complain/i.test(document.title))
    faults.push(`a resident's browser shows "${document.title}" to whoever looks on`)
  const seen = new Set()
  for (const element of document.querySelectorAll("[id]")) {
    if (seen.has(element.id)) say("an id stands twice", element)
    seen.add(element.id)
  }
  for (const element of document.querySelectorAll("[style], script:not([src]):not([type='application/json']), style"))
    say("the content security policy refuses this", element)
  for (const element of document.querySelectorAll("main *"))
    if ([...element.attributes].some((a) => a.name.startsWith("on")))
      say("the content security policy refuses this", element)
  const first = document.querySelector("a[href], button, input, select, textarea, summary")
  if (!first || !first.matches(".govuk-skip-link")) faults.push("the first thing to press is not the skip link")
  return faults
}"""

_SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  if (wide <= 0) return []
  const past = [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 120))
  return [`the page scrolls ${wide} px sideways at ${innerWidth} px: ${past.join(" ")}`]
}"""


def axe_faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, a line each."""
    found = _AXE.run(page, options=_OPTIONS).response["violations"]
    return [_told(fault) for fault in found]


def _told(fault: dict[str, Any]) -> str:
    where = "; ".join(node["html"][:200] for node in fault["nodes"][:4])
    return f"axe {fault['id']}: {fault['help']}: {where}"


def faults(page: Page) -> list[str]:
    """Everything wrong with the page as it stands, a line each; empty when nothing is."""
    return [*page.evaluate(_FORM_FAULTS), *page.evaluate(_PAGE_FAULTS), *axe_faults(page), *sideways(page)]


def sideways(page: Page, width: int = PHONE) -> list[str]:
    """Whether the page scrolls sideways at this width; the page is put back to its own size."""
    own = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    try:
        return page.evaluate(_SIDEWAYS)
    finally:
        if own:
            page.set_viewport_size(own)


def assert_accessible(page: Page) -> None:
    """Fail with every fault of the page as it stands, and of its width on a telephone."""
    found = faults(page)
    assert not found, f"{page.url}\n" + "\n".join(found)


def assert_accessible_everywhere(page: Page) -> None:
    """`assert_accessible` at each of the three widths, light and dark."""
    own = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = faults(page)
            assert not found, f"{page.url} at {width} px, {scheme}\n" + "\n".join(found)
    page.emulate_media(color_scheme=None)
    if own:
        page.set_viewport_size(own)
