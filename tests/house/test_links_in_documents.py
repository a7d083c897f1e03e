"""No document points at a page, a picture or a heading that is not there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^()\s]+)(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`|^(?: {4}|\t).*$", re.DOTALL | re.MULTILINE)
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def links(document: Path) -> list[str]:
    """What a document points at, but for other sites and what stands in code."""
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    return [target for target in LINK.findall(text) if not ELSEWHERE.match(target)]


def anchors(document: Path) -> set[str]:
    """The headings of a document, as a link names them."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead(document: Path) -> list[str]:
    found = []
    for target in links(document):
        name, _, heading = unquote(target).partition("#")
        there = (document.parent / name).resolve() if name else document
        if not there.exists() or (heading and there.suffix == ".md" and heading not in anchors(there)):
            found.append(target)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    assert not dead(document), f"{document.relative_to(ROOT)} points at what is not there."


def test_every_page_for_staff_is_in_their_index_and_shows_a_picture() -> None:
    folder = ROOT / "docs" / "staff"
    named = set(links(folder / "README.md"))
    for page in folder.glob("*.md"):
        if page.name == "README.md":
            continue
        assert page.name in named, f"docs/staff/README.md does not lead to {page.name}."
        assert any(target.startswith("pictures/") for target in links(page)), f"{page.name} shows no picture."


def test_every_picture_is_shown_somewhere_and_is_small() -> None:
    folder = ROOT / "docs" / "staff"
    shown = {target for page in folder.glob("*.md") for target in links(page)}
    for picture in (folder / "pictures").glob("*.png"):
        assert f"pictures/{picture.name}" in shown, f"No page shows {picture.name}."
        assert picture.stat().st_size <= 150_000, f"{picture.name} is larger than 150 KB."


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A heading\n")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md) [b](there.md#a-heading) [c](gone.md) [d](there.md#gone) [e](https://x.example/)\n`[f](gone.md)`\n"
    )
    assert dead(page) == ["gone.md", "there.md#gone"]
