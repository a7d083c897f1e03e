"""Charts: figures drawn to scale, in one ink, with their counts, and nothing that a page may not hold."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from putright.interfaces.pages.charts import (
    MOST_PARTS,
    Bar,
    Point,
    Stack,
    bar_chart,
    line_chart,
    stacked_chart,
)

SVG = "{http://www.w3.org/2000/svg}"


def bars_of(chart: str) -> list[tuple[float, bool]]:
    """Each bar's width, and whether it is hatched."""
    rects = ElementTree.fromstring(chart).iter(f"{SVG}rect")
    return [(float(rect.attrib["width"]), "url" in rect.attrib["fill"]) for rect in rects]


def texts_of(chart: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(chart).iter(f"{SVG}text")]


def test_a_bar_is_as_long_as_its_share_and_the_rest_is_hatched() -> None:
    chart = bar_chart("In time", [Bar("April to June", 15, 20)])
    assert bars_of(chart) == [(255.0, False), (85.0, True)]
    assert texts_of(chart) == ["April to June", "15 of 20 (75%)"]


def test_nought_of_nought_is_no_bar_and_not_a_hundred_per_cent() -> None:
    chart = bar_chart("In time", [Bar("April to June", 0, 0)], aim=1)
    assert bars_of(chart) == []
    assert texts_of(chart) == ["April to June", "0 of 0"]


def test_stacks_share_one_scale() -> None:
    chart = stacked_chart("Decisions", ["Upheld", "Not upheld"], [Stack("A", (10, 10)), Stack("B", (5, 0))])
    assert [width for width, _ in bars_of(chart)] == [170.0, 170.0, 85.0, 22.0, 22.0]
    assert texts_of(chart)[-2:] == ["Upheld", "Not upheld"]


def test_a_stack_names_every_part() -> None:
    with pytest.raises(ValueError, match="one part for each of the key"):
        stacked_chart("Decisions", ["Upheld"], [Stack("A", (10, 10))])
    with pytest.raises(ValueError, match=f"at most {MOST_PARTS}"):
        stacked_chart("Too many", ["x"] * (MOST_PARTS + 1), [])


def test_a_value_that_cannot_be_told_is_a_gap_and_not_a_nought() -> None:
    points = [Point("Q1", 10, "10"), Point("Q2", None, "?"), Point("Q3", 20, "20"), Point("Q4", 5, "5")]
    drawn = ElementTree.fromstring(line_chart("Rate", points))
    assert len(list(drawn.iter(f"{SVG}circle"))) == 3
    lines = [path.attrib["d"] for path in drawn.iter(f"{SVG}path")]
    assert lines == ["M0 130H340", "M212.5 30L297.5 105"]
    assert "?" in texts_of(line_chart("Rate", points))


@pytest.mark.parametrize(
    "chart",
    [
        bar_chart("<b> & co", [Bar('<script>"', 1, 2)], aim=0.5),
        stacked_chart("<b> & co", ["<i>"], [Stack("<u>", (1,))]),
        line_chart("<b> & co", [Point("<u>", 1, "<i>")]),
        line_chart("Nothing", []),
        bar_chart("Nothing", []),
    ],
)
def test_a_chart_is_well_formed_named_and_in_ink(chart: str) -> None:
    drawn = ElementTree.fromstring(chart)
    assert drawn.attrib["role"] == "img"
    assert drawn.attrib["aria-label"] in ("<b> & co", "Nothing")
    assert not re.search(r"style=|\"#[0-9a-f]{3,6}\"|<script|\son\w+=", chart)


def test_the_same_figures_are_the_same_bytes_and_others_have_other_ids() -> None:
    one, other = [Bar("A", 1, 2)], [Bar("A", 1, 3)]
    assert bar_chart("T", one) == bar_chart("T", one)
    ids = [re.findall(r'<pattern id="([^"]+)"', bar_chart("T", bars)) for bars in (one, other)]
    assert ids[0] != ids[1]
