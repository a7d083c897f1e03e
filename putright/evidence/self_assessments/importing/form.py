"""An earlier self-assessment as it was read: every provision of its edition once, in order."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from putright.evidence.self_assessments.importing.answers import Answer


@dataclass(slots=True)
class Part:
    """A bullet of a provision that has an answer of its own."""

    text: str
    answer: Answer


@dataclass(slots=True)
class FormRow:
    """What the form says of one provision. `answer_printed` is what stands there, as it stands.

    `improvement` is the answer in a column that asks whether improvement is required, where there is one.
    """

    ref: str
    requirement: str = ""
    answer: Answer = "blank"
    answer_printed: str = ""
    evidence: str = ""
    actions: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    improvement: Answer = "blank"


@dataclass(slots=True)
class Form:
    """A form as read. `confidence` runs from 0 to 1; `date` is ISO, a day or a month; `problems` are of the whole."""

    edition: str
    confidence: float
    rows: list[FormRow]
    landlord: str | None = None
    date: str | None = None
    problems: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Plain data, as `putright assessment import --json` prints it."""
        data = asdict(self)
        rows, problems = data.pop("rows"), data.pop("problems")
        for row in rows:
            del row["improvement"]
        return {
            "edition": data["edition"],
            "confidence": round(data["confidence"], 2),
            "landlord": data["landlord"],
            "date": data["date"],
            "rows": rows,
            "problems": problems,
        }
