"""From the rows of a file to what the form says of each provision of its edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from complaint_rules.editions.provisions import Provision, provisions
from putright.evidence.self_assessments.importing import alignment, columns, files, when_and_who
from putright.evidence.self_assessments.importing.alignment import NOWHERE, Clue, Known
from putright.evidence.self_assessments.importing.answers import Answer, Mark, mark, ticked, together
from putright.evidence.self_assessments.importing.columns import Role
from putright.evidence.self_assessments.importing.files import Row
from putright.evidence.self_assessments.importing.form import Form, FormRow, Part

LEAST_CONFIDENCE = 0.35
_SECTION = re.compile(
    r"^(section\s+\d|appendix|part\s+\d|\d{1,2}\W{1,3}[A-Z][a-z]|stage\s+\d\b.{0,20}$|mandatory|best practice)",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_BULLET = "\u2022"


class NotAForm(ValueError):
    """The file was read, and is no self-assessment against any edition of the Code."""


@dataclass(slots=True)
class Piece:
    """One row of the form with each cell under its role."""

    ref: str = ""
    requirement: str = ""
    marks: list[Mark] = field(default_factory=list)
    printed: str = ""
    evidence: str = ""
    improvement: str = ""
    action: str = ""
    heading: bool = False
    section: bool = False

    @property
    def begins_a_bullet(self) -> bool:
        return self.requirement.startswith(_BULLET)


def read_form(content: bytes) -> Form:
    """The self-assessment in a file (2020, 2022 or 2024 edition, told by what is in it).

    files.Unreadable where the file cannot be read, NotAForm where it is something else.
    """
    rows = files.rows(content)
    pieces = list(_pieces(rows))
    fits = [_fit(pieces, edition) for edition in alignment.editions_known()]
    best = max(fits, key=lambda each: each.confidence)
    if best.confidence < LEAST_CONFIDENCE:
        raise NotAForm(
            "This does not look like a self-assessment against the Complaint Handling Code: "
            "too few of its provisions were found."
        )
    landlord, date = when_and_who.told(rows)
    found = _form(pieces, best)
    return replace(found, landlord=landlord, date=date)


# From rows to pieces


def _pieces(rows: Sequence[Row]) -> Iterable[Piece]:
    roles: dict[int, Role] = {}
    after_head = False
    guessed: dict[int, dict[int, Role]] = {}
    for row in rows:
        if len(row.cells) == 1:
            after_head = False
            yield _line(row.cells[0])
            continue
        if after_head and columns.goes_on_head(row.cells):
            continue
        head = columns.head_of(row.cells)
        if head:
            roles, after_head = head, True
            continue
        after_head = False
        its = roles
        if not its:
            its = guessed.setdefault(
                row.table, columns.guess([each for each in rows if each.table == row.table])
            )
        yield _piece(row.cells, its)


def _line(text: str) -> Piece:
    """A line outside any table: a heading, or what a table on the page before had no more room for."""
    ref, rest = columns.ref_before(text)
    if ref:
        return Piece(ref=ref, requirement=rest)
    section = bool(_SECTION.match(text)) and len(text) < 120
    return Piece(requirement=text, heading=not text.startswith(_BULLET), section=section)


def _piece(cells: Sequence[str], roles: dict[int, Role]) -> Piece:
    said: dict[Role, list[str]] = {}
    for place, cell in enumerate(cells):
        if cell.strip():
            said.setdefault(roles.get(place, "evidence" if place else "requirement"), []).append(cell)
    if _is_section(cells):
        return Piece(requirement=cells[0], heading=True, section=True)
    piece = Piece()
    text = list(said.get("requirement", []))
    for cell in said.get("ref", []):
        ref = columns.ref_in(cell)
        if ref:
            piece.ref = piece.ref or ref
        elif cell.strip() == _BULLET:
            text.insert(0, _BULLET)
        elif len(cell) > 6 and _WORD.search(cell):
            text.insert(0, cell)
    piece.requirement = " ".join(text)
    if not piece.ref:
        piece.ref, piece.requirement = columns.ref_before(piece.requirement)
    _answer(piece, said)
    piece.improvement = " ".join(said.get("improvement", []))
    piece.action = " ".join(said.get("action", []))
    return piece


def _answer(piece: Piece, said: dict[Role, list[str]]) -> None:
    evidence = list(said.get("evidence", []))
    if "yes" in said or "no" in said:
        yes, no = " ".join(said.get("yes", [])), " ".join(said.get("no", []))
        found = ticked(yes, no)
        piece.printed = f"Yes: {yes}; No: {no}" if yes and no else yes or no
        if yes and no:
            evidence[:0] = [f"Yes: {yes}", f"No: {no}"]
        piece.marks = [found]
        evidence[:0] = [found.rest] if found.rest else []
    for cell in said.get("answer", []):
        found = mark(cell)
        piece.marks.append(found)
        piece.printed = f"{piece.printed} {cell}".strip()
        evidence[:0] = [found.rest] if found.rest else []
    piece.evidence = " ".join(evidence)


def _is_section(cells: Sequence[str]) -> bool:
    first, rest = cells[0], [cell for cell in cells[1:] if cell.strip()]
    return not rest and bool(_SECTION.match(first)) and not columns.ref_before(first)[0] and len(first) < 120


# Which edition, and where each piece belongs


@dataclass(slots=True)
class _Fit:
    known: Known
    places: tuple[int, ...]
    confidence: float


def _fit(pieces: Sequence[Piece], edition: str) -> _Fit:
    known = alignment.known(edition)
    # Where there are tables, a line outside them is told by its number alone: titles and footers say much the same.
    tables = any(not each.heading for each in pieces)
    clues = [
        Clue(each.ref, "" if each.heading and tables else each.requirement, each.heading, each.section)
        for each in pieces
    ]
    path = alignment.align(clues, known)
    texts: dict[int, list[str]] = {}
    printed: set[int] = set()
    for piece, place in zip(pieces, path.places, strict=True):
        if place != NOWHERE:
            texts.setdefault(place, []).append(piece.requirement)
            if piece.ref == known.refs[place]:
                printed.add(place)
    shares = [alignment.share_of(" ".join(said), place, known) for place, said in texts.items()]
    found = sum(1 for place, share in zip(texts, shares, strict=True) if share >= 0.4 or place in printed)
    fit = sum(shares) / len(shares) if shares else 0.0
    strange = {piece.ref for piece in pieces if piece.ref} - set(known.refs)
    told = {piece.ref for piece in pieces if piece.ref}
    own = 1 - len(strange) / len(told) if told else 1.0
    share = found / len(known.refs)
    return _Fit(known, path.places, share * (0.35 + 0.65 * min(1.0, fit * 1.15)) * (0.3 + 0.7 * own))


# From pieces to the form


def _form(pieces: Sequence[Piece], fit: _Fit) -> Form:
    known = fit.known
    of_place: dict[int, list[Piece]] = {}
    runs: dict[int, int] = {}
    before = NOWHERE
    for piece, place in zip(pieces, fit.places, strict=True):
        if place != NOWHERE:
            of_place.setdefault(place, []).append(piece)
            runs[place] = runs.get(place, 0) + (place != before)
        if place != NOWHERE or not piece.heading:
            before = place
    form = Form(known.edition, min(fit.confidence, 1.0), [])
    every = provisions(known.edition)
    for place, ref in enumerate(known.refs):
        form.rows.append(_row(every[ref], of_place.get(place, []), place, known))
    missing = [row.ref for row in form.rows if "It is not in the form." in row.problems]
    if missing:
        form.problems.append(f"Not in the form: {', '.join(missing)}.")
    strange = sorted({each.ref for each in pieces if each.ref and each.ref not in known.refs})
    if strange:
        form.problems.append(
            f"Printed numbers that the {known.edition} Code does not have: {', '.join(strange)}."
        )
    return form


def _row(provision: Provision, pieces: list[Piece], place: int, known: Known) -> FormRow:
    row = FormRow(provision.ref)
    if not pieces:
        row.problems.append("It is not in the form.")
        return row
    row.requirement = _once(each.requirement for each in pieces)
    _take_answers(row, pieces)
    row.evidence = _joined(_evidence(row, pieces))
    row.actions = _actions(pieces)
    row.improvement, _ = _settled(mark(each.improvement) for each in pieces)
    if (
        row.answer == "blank"
        and provision.answer == "yes_no"
        and mark(row.evidence) == Mark("not_applicable")
    ):
        row.answer, row.answer_printed = "not_applicable", row.evidence
    if sum(each.ref == provision.ref for each in pieces) > 1 and _stands_twice(
        pieces, provision.ref, place, known
    ):
        row.problems.append("It stands twice in the form.")
    return row


def _stands_twice(pieces: list[Piece], ref: str, place: int, known: Known) -> bool:
    """Whether two numbered rows hold the whole text each, and are not one text broken over pages."""
    whole = [
        each
        for each in pieces
        if each.ref == ref and alignment.share_of(each.requirement, place, known) > 0.6
    ]
    return len(whole) > 1


def _take_answers(row: FormRow, pieces: list[Piece]) -> None:
    """The answer of a provision, and of its bullets where they have their own.

    A mark before the first bullet, or beside the number, is that of the whole, wherever it is printed.
    """
    first = next((place for place, each in enumerate(pieces) if each.begins_a_bullet), len(pieces))
    whole = [each for place, each in enumerate(pieces) if place < first or each.ref == row.ref]
    answer, doubts = _settled([found for each in whole for found in each.marks])
    parts, beside, doubts_of_parts = _parts(row, pieces[first:])
    if answer == "blank" and len(parts) == 1:
        # One mark for the whole, printed in the middle of its text.
        answer, doubts, parts = parts[0].answer, doubts_of_parts, []
    elif answer == "blank":
        answer, doubts = together([each.answer for each in parts]), doubts_of_parts
    elif all(each.answer == answer for each in parts):
        parts = []
    row.answer, row.parts = answer, parts + beside
    row.problems += list(dict.fromkeys(doubts))
    row.answer_printed = _once(each.printed for each in pieces if _counts(each, answer))


def _parts(row: FormRow, pieces: list[Piece]) -> tuple[list[Part], list[Part], list[str]]:
    """The bullets with a mark of their own, those with "N/A" as their comment, and what is doubtful about the marks."""
    marked, beside, doubts = [], [], []
    for bullet in _bullets(pieces):
        answer, says = _settled([found for each in bullet if each.ref != row.ref for found in each.marks])
        doubts += says
        comments = [mark(each.evidence) for each in bullet if each.evidence]
        if answer != "blank":
            marked.append(Part(_text_of(bullet), answer))
        elif len(comments) == 1 and comments[0] == Mark("not_applicable"):
            beside.append(Part(_text_of(bullet), "not_applicable"))
    return marked, beside, doubts


def _counts(piece: Piece, answer: Answer) -> bool:
    """Whether what is printed beside a piece is what was read, and not a slip beside it."""
    plain = any(not found.doubt and found.answer != "blank" for found in piece.marks)
    return bool(piece.printed) and (
        plain or answer == "unclear" or any(each.answer == answer for each in piece.marks)
    )


def _settled(marks: Iterable[Mark]) -> tuple[Answer, list[str]]:
    """One answer of several marks of the same thing: a plain one before a doubtful one; two that differ are unclear."""
    given = [each for each in marks if each.answer != "blank"]
    plain = [each for each in given if not each.doubt]
    answers = {each.answer for each in plain}
    if len(answers) == 1:
        return answers.pop(), [f"Beside the answer: {each.doubt}" for each in given if each.doubt]
    if len(answers) > 1:
        return "unclear", [f"Two answers are printed: {', '.join(sorted(answers))}."]
    if not given:
        return "blank", []
    doubtful = {each.answer for each in given}
    return (doubtful.pop() if len(doubtful) == 1 else "unclear"), [each.doubt for each in given]


def _bullets(pieces: list[Piece]) -> list[list[Piece]]:
    found: list[list[Piece]] = []
    for piece in pieces:
        if piece.begins_a_bullet or not found:
            found.append([])
        found[-1].append(piece)
    return found


def _text_of(bullet: list[Piece]) -> str:
    return " ".join(each.requirement for each in bullet if each.requirement).strip(f"{_BULLET} ")


def _evidence(row: FormRow, pieces: list[Piece]) -> Iterable[str]:
    for each in pieces:
        text = each.evidence
        if text and sum(map(str.isalnum, text)) < 2:
            row.problems.append(f"Beside it stands {text!r}, which says nothing that can be read.")
        elif text:
            yield text


def _actions(pieces: list[Piece]) -> list[str]:
    whole = _joined(each.action for each in pieces if each.action)
    return [each.strip() for each in whole.split(_BULLET) if each.strip()] if whole else []


def _joined(texts: Iterable[str]) -> str:
    return " ".join(each for each in texts if each)


def _once(texts: Iterable[str]) -> str:
    """Texts one after another, without one that merely repeats what stands there."""
    found: list[str] = []
    for text in texts:
        if text and text not in found:
            found.append(text)
    return " ".join(found)
