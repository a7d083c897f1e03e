"""What a response or its draft holds: the facts for the rules, the words kept beside them."""

from __future__ import annotations

from typing import NamedTuple

from complaint_rules import letters
from complaint_rules.events import Decision, Letter, Undertaking
from putright.casework.act import Step
from putright.casework.fields import PointDecided, Sum, ToDo


class Answer(NamedTuple):
    """The facts of a response."""

    decisions: tuple[Decision, ...]
    remedies: tuple[Undertaking, ...]
    actions: tuple[Undertaking, ...]
    compensation: tuple[int, ...]


def kept(
    step: Step,
    decisions: list[PointDecided] | None,
    remedies: list[ToDo] | None,
    actions: list[ToDo] | None,
    compensation: list[Sum] | None,
) -> Answer:
    """Keep the words of an answer, and give its facts."""
    for number, line in enumerate(compensation or (), start=1):
        step.keep(f"compensation.{number}", line.for_)
    return Answer(
        tuple(_decided(step, decided) for decided in decisions or ()),
        _undertaken(step, "remedy", remedies),
        _undertaken(step, "action", actions),
        tuple(line.amount for line in compensation or ()),
    )


def _decided(step: Step, decided: PointDecided) -> Decision:
    return Decision(
        decided.point,
        decided.decision or "",
        reasons=step.keep(f"reasons.{decided.point}", decided.reasons),
        cites=step.keep(f"cites.{decided.point}", _one_text(decided.cites)),
    )


def _one_text(text: str | list[str] | None) -> str | None:
    return "; ".join(text) if isinstance(text, list) else text


def _undertaken(step: Step, name: str, undertakings: list[ToDo] | None) -> tuple[Undertaking, ...]:
    for number, each in enumerate(undertakings or (), start=1):
        step.keep(f"{name}.{number}", each.what)
    return tuple(Undertaking(each.by, each.owner) for each in undertakings or ())


def checked(step: Step, letter: str | None, answer: Answer) -> Letter | None:
    """What the check of the landlord's own wording finds; None where the product writes the letter."""
    if not step.keep("letter", letter) or letter is None or step.before is None:
        return None
    return letters.check_words(
        letter,
        kind="response",
        stage=step.before.stage_being_answered,
        edition=step.before.edition.name,
        names=step.staff_names(),
        upheld=any(decision.upheld for decision in answer.decisions),
        offered=bool(answer.remedies or answer.actions or answer.compensation),
        outstanding=bool(answer.remedies or answer.actions),
    )


def names_staff(step: Step, *texts: str | None) -> bool:
    """Whether any of these words names a member of staff known to the case."""
    words = "\n".join(text for text in texts if text)
    return bool(words) and bool(letters.names_in(words, step.staff_names()))
