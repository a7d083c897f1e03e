"""By when the annual self-assessment goes to the Ombudsman."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from complaint_rules.submissions import BadDeadlines, due


@pytest.mark.parametrize(
    ("size", "year_ended", "on"),
    [
        ("over_1000", date(2026, 3, 31), date(2026, 9, 30)),
        ("over_1000", date(2026, 9, 30), date(2026, 9, 30)),
        ("over_1000", date(2026, 12, 31), date(2027, 9, 30)),
        ("under_1000", date(2026, 3, 31), date(2026, 9, 30)),
        ("under_1000", date(2026, 12, 31), date(2027, 6, 30)),
        ("under_1000", date(2026, 8, 31), date(2027, 2, 28)),
        ("under_1000", date(2026, 4, 5), date(2026, 10, 5)),
        ("over_1000", date(2024, 3, 31), date(2024, 6, 30)),
        ("under_1000", date(2024, 3, 31), date(2024, 6, 30)),
        ("exactly_1000", date(2026, 3, 31), None),
    ],
)
def test_the_day_by_size_and_year(size: str, year_ended: date, on: date | None) -> None:
    found = due(size, year_ended)  # type: ignore[arg-type]
    assert found.on == on
    assert found.says


def test_what_no_rule_covers_is_to_be_asked() -> None:
    assert "Ask the Ombudsman" in due("exactly_1000", date(2026, 3, 31)).says


@pytest.mark.parametrize(
    "text",
    [
        '[[deadlines]]\nsize = "small"\nsays = "x"\nmonths = 6\n',
        '[[deadlines]]\nsize = "over_1000"\nmonths = 6\n',
        '[[deadlines]]\nsize = "over_1000"\nsays = "x"\n',
        '[[deadlines]]\nsize = "over_1000"\nsays = "x"\nmonths = 6\nnext = "09-30"\n',
    ],
)
def test_a_deadline_that_cannot_be_read_says_which(tmp_path: Path, text: str) -> None:
    path = tmp_path / "submissions.toml"
    path.write_text(text)
    with pytest.raises(BadDeadlines, match="deadline 1"):
        due("over_1000", date(2026, 3, 31), path)
