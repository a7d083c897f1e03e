"""Every template of every wing: it compiles, asks for nothing a page may not hold, and uses our words."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest

import putright.interfaces

INTERFACES = Path(putright.interfaces.__file__).parent
TEMPLATES = sorted(INTERFACES.rglob("*.html"))

PARTS = sorted((INTERFACES / "pages" / "jinja2").rglob("*.html"))
STYLES = "".join(
    each.read_text(encoding="utf-8") for each in sorted(INTERFACES.rglob("static/putright/*.css"))
)

# Of the words pages.words says should never be read, those that have no other meaning on a page.
NEVER = (
    "formal complaint", "stage 0", "ticket", "holding reply", "allegations", "triage", "informal stage", "chaser",
    "unfounded", "goodwill", "action item", "tick off", "sla", "n/a", "vexatious", "vulnerable", "close off",
)  # fmt: skip


def name_of(path: Path) -> str:
    return str(path.relative_to(INTERFACES))


def words_of(text: str) -> str:
    """What a reader sees of a template, near enough: no comments, no statements, no markup."""
    for unseen in (r"\{#.*?#\}", r"\{%.*?%\}", r"<[^>]*>"):
        text = re.sub(unseen, " ", text, flags=re.DOTALL)
    return text.lower()


def test_there_are_templates_to_read() -> None:
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_compiles(path: Path, templates: jinja2.Environment) -> None:
    templates.compile(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_holds_what_the_content_security_policy_refuses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(src|action)=["']https?:""", text), "nothing is fetched from elsewhere"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_uses_a_word_that_should_never_be_read(path: Path) -> None:
    words = words_of(path.read_text(encoding="utf-8"))
    assert [word for word in NEVER if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", words)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_marks_its_own_text_as_safe_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "autoescape false" not in text
    assert not re.search(r"\|\s*safe\b", text), "make it safe in Python, where it can be tested"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_class_of_ours_that_a_template_uses_is_drawn(path: Path) -> None:
    if "pages/jinja2" in str(path):
        known = STYLES + "".join(each.read_text(encoding="utf-8") for each in PARTS)
    else:
        known = STYLES
    used = " ".join(re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")))
    unknown = [name for name in set(re.findall(r"\bpr-[\w-]+\b(?!\{)", used)) if name not in known]
    assert unknown == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_posted_form_carries_its_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, flags=re.DOTALL):
        assert "csrf" in form
