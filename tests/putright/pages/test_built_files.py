"""The files a browser is sent: small, ours to send, and with nothing of GOV.UK's identity."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import putright.interfaces.pages

STATIC = Path(putright.interfaces.pages.__file__).parent / "static" / "putright"
SENT = sorted(path for path in STATIC.rglob("*") if path.is_file() and path.name != "LICENCES.txt")
STYLES = [path for path in SENT if path.suffix == ".css"]

# A service off GOV.UK may use its design system, but not its typeface, crown, crest, images or icons.
NOT_OURS = ("gds transport", "@font-face", "crown", "crest", "manifest", "favicon", "licence-logo", "rebrand")


@pytest.mark.parametrize("path", SENT, ids=lambda path: path.name)
def test_nothing_of_govuk_identity_is_sent(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    assert [word for word in NOT_OURS if word in text] == []
    assert path.suffix in {".css", ".js"}, "no image, font, icon or manifest is sent"


@pytest.mark.parametrize("path", SENT, ids=lambda path: path.name)
def test_nothing_sent_fetches_anything_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import|(?<!\^=\")https?://(?!www\.w3\.org)", text) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_the_typeface_is_the_readers_own(path: Path) -> None:
    families = re.findall(r"font-family:\s*([^;}]+)", path.read_text(encoding="utf-8"))
    assert families
    assert all(family.startswith(("system-ui", "inherit", "monospace")) for family in families), families


def test_the_styles_are_small() -> None:
    sizes = [len(path.read_bytes()) for path in STYLES]
    packed = [len(gzip.compress(path.read_bytes())) for path in STYLES]
    assert sum(sizes) < 200_000
    assert sum(packed) < 30_000


def test_the_licence_lies_beside_what_it_covers() -> None:
    licence = (STATIC / "vendor" / "LICENCES.txt").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in licence
    assert "Government Digital Service" in licence


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _tokens() -> list[dict[str, str]]:
    text = (STATIC / "putright.css").read_text(encoding="utf-8")
    found = [
        dict(re.findall(r"(--pr-[\w-]+):\s*(#[0-9a-f]{6})", block))
        for block in re.findall(r"\{([^{}]+)\}", text)
    ]
    return [tokens for tokens in found if len(tokens) > 8]


def test_each_colour_can_be_read_on_each_ground_light_and_dark() -> None:
    light, dark = _tokens()
    for tokens in (light, dark):
        for ground in ("--pr-page", "--pr-paper"):
            for text in ("--pr-ink", "--pr-damson", "--pr-brick", "--pr-fern", "--pr-quiet"):
                assert _contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground, tokens)
            assert _contrast(tokens["--pr-edge"], tokens[ground]) >= 3, (ground, tokens)
        assert _contrast(tokens["--pr-on-button"], tokens["--pr-damson"]) >= 4.5
        assert _contrast(tokens["--pr-on-button"], tokens["--pr-damson-deep"]) >= 4.5
