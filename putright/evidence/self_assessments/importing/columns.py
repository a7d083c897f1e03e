"""What each column of a table holds: told by its head, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from putright.evidence.self_assessments.importing.answers import is_answer
from putright.evidence.self_assessments.importing.files import Row

Role = Literal["ref", "requirement", "answer", "yes", "no", "evidence", "improvement", "action"]

REF = re.compile(r"^\W{0,3}(?:(\d)\s*[.,]\s*(\d{1,2})|([1-8])\s*[.(]?\s*([a-j])\)?)\W{0,2}$", re.IGNORECASE)
_REF_FIRST = re.compile(
    r"^\W{0,3}(?:(\d)\s*\.\s*(\d{1,2})(?![\d%]|\.\d)|([1-8])\s*[.(]?\s*([a-j])[).](?=\s))\s*[.:)\u2013-]?\s*(?=\S)",
    re.IGNORECASE,
)
_ACTION = (
    r"\b(further|next|required|proposed)?\s*actions?( required| needed| plan| to be taken)?\b(?!.*evidence)"
)
_NUMBER = r"^(code\s*(section|provision|ref\w*|paragraph|no\.?|number)?|section|provision|ref(erence)?|no\.?|item|#)$"
_COMPLY = r"^(comply|compl(y|ies|iance|iant)(?! with)|met|do (we|you) comply|are (we|you) compliant)\b"
_HEADS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("improvement", re.compile(r"^improvements?( required| needed)?\W*(y/?n)?$")),
    ("action", re.compile(_ACTION)),
    ("yes", re.compile(r"^(yes|y)\W*$")),
    ("no", re.compile(r"^(no|n)\W*$")),
    ("ref", re.compile(_NUMBER)),
    ("answer", re.compile(rf"{_COMPLY}|^yes\s*/\s*no|^y\s*/\s*n")),
    (
        "evidence",
        re.compile(r"\b(evidence|commentary|comments?|explanations?|notes?|how we|response|narrative)\b"),
    ),
    ("requirement", re.compile(r"\b(requirements?|compliance with|question|provision text|the code|code)\b")),
)
_OF_A_HEAD = re.compile(
    r"^(code|section|comply|yes|no|yes/no|explanations?|any|requirements?|evidence|commentary|and|of|:|/|,|and any|"
    r"evidence, commentary and any|required|provision|action|further|comments?|improvement|notes?)[:,]?$"
)


def ref_in(cell: str) -> str:
    """The number of a provision that a cell holds and nothing else: "5.16", "3.d"; "" where it holds none."""
    return _as_ref(REF.match(cell.strip()))


def ref_before(cell: str) -> tuple[str, str]:
    """The number with which a text begins, and the text after it."""
    found = _REF_FIRST.match(cell)
    return (_as_ref(found), cell[found.end() :]) if found is not None else ("", cell)


def _as_ref(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    if found[1]:
        return f"{found[1]}.{int(found[2])}"
    return f"{found[3]}.{found[4].lower()}"


def head_of(cells: Sequence[str]) -> dict[int, Role]:
    """The roles that a row of headings gives its columns; empty where it is none."""
    found: dict[int, Role] = {}
    if any(ref_in(cell) for cell in cells):
        return found
    for place, cell in enumerate(cells):
        text = " ".join(cell.lower().split()).strip(" :.*")
        if not text or len(text) > 200:
            continue
        role = next((role for role, pattern in _HEADS if pattern.search(text)), None)
        if role is not None and role not in found.values():
            found[place] = role
    if "yes" not in found.values():
        # "No." over a column of numbers; anywhere else it is an answer, and heads nothing.
        found = {
            place: "ref" if role == "no" else role
            for place, role in found.items()
            if role != "no" or not place
        }
    roles = set(found.values())
    answered = "answer" in roles or {"yes", "no"} <= roles
    named = roles & {"ref", "requirement", "evidence"}
    return found if (answered and named) or {"ref", "requirement"} <= roles else {}


def goes_on_head(cells: Sequence[str]) -> bool:
    """Whether a row is the second line of the headings above it."""
    said = [" ".join(cell.lower().split()) for cell in cells if cell.strip()]
    return bool(said) and all(_OF_A_HEAD.match(each) for each in said)


def guess(rows: Sequence[Row]) -> dict[int, Role]:
    """The roles of the columns of a table without a head, by what stands in them."""
    width = max((len(row.cells) for row in rows), default=0)
    columns = [[row.cells[place] for row in rows if place < len(row.cells)] for place in range(width)]
    found: dict[int, Role] = {}
    for place, cells in enumerate(columns):
        filled = [cell for cell in cells if cell.strip()]
        if not filled:
            continue
        if "ref" not in found.values() and sum(bool(ref_in(cell)) for cell in filled) * 2 >= len(filled):
            found[place] = "ref"
        elif "answer" not in found.values() and sum(map(is_answer, filled)) * 2 >= len(filled):
            found[place] = "answer"
    answer = next((place for place, role in found.items() if role == "answer"), None)
    for place in range(width):
        if place in found or not any(cell.strip() for cell in columns[place]):
            continue
        after = answer is not None and place > answer
        role: Role = "evidence" if after or "requirement" in found.values() else "requirement"
        if role in found.values():
            role = "action"
        if role not in found.values():
            found[place] = role
    return found
