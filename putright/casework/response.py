"""What a response or its draft holds: the facts for the rules, the words kept beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from complaint_rules import letters
from complaint_rules.complaint import Complaint
from complaint_rules.events import AdviceRecorded, Decision, Duties, Letter, OutcomeAnswered, Undertaking
from putright.casework import naming
from putright.casework.act import Step
from putright.casework.fields import DutiesStated, LeftAsIs, OutcomeAnswer, PointDecided, Sum, ToDo
from putright.record.journal.queries import words_named


class Answer(NamedTuple):
    """The facts of a response."""

    decisions: tuple[Decision, ...]
    remedies: tuple[Undertaking, ...]
    actions: tuple[Undertaking, ...]
    compensation: tuple[int, ...]
    outcomes: tuple[OutcomeAnswered, ...]
    duties: Duties | None


def kept(
    step: Step,
    decisions: list[PointDecided] | None,
    remedies: list[ToDo] | None,
    actions: list[ToDo] | None,
    compensation: list[Sum] | None,
    outcomes: list[OutcomeAnswer] | None,
    duties: DutiesStated | None,
    left_because: list[LeftAsIs] | None,
) -> Answer:
    """Keep the words of an answer, and of the remarks on it that were left as they are; give its facts."""
    _keep_what_was_left(step, left_because or ())
    for number, line in enumerate(compensation or (), start=1):
        step.keep(f"compensation.{number}", line.for_)
    return Answer(
        tuple(_decided(step, decided) for decided in decisions or ()),
        _undertaken(step, "remedy", remedies),
        _undertaken(step, "action", actions),
        tuple(line.amount for line in compensation or ()),
        tuple(_outcome_answered(step, answer) for answer in outcomes or ()),
        _duties(step, duties),
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


def _outcome_answered(step: Step, answer: OutcomeAnswer) -> OutcomeAnswered:
    why = step.keep(f"answered.{answer.outcome}", answer.why)
    return OutcomeAnswered(answer.outcome, answer.answer, why)


def _duties(step: Step, duties: DutiesStated | None) -> Duties | None:
    if duties is None:
        return None
    return Duties(step.keep("duties.ours", duties.ours), step.keep("duties.theirs", duties.theirs))


def _keep_what_was_left(step: Step, left: Iterable[LeftAsIs]) -> None:
    """Each remark that somebody left as it was, beside why. The entry holds how many there were."""
    told = [each for each in left if each.because.strip()]
    for number, each in enumerate(told, start=1):
        step.keep(f"remark.{number}", each.remark)
        step.keep(f"left_because.{number}", each.because)
    if told:
        step.told["left_because"] = len(told)


def _undertaken(step: Step, name: str, undertakings: list[ToDo] | None) -> tuple[Undertaking, ...]:
    for number, each in enumerate(undertakings or (), start=1):
        step.keep(f"{name}.{number}", each.what)
    return tuple(Undertaking(each.by, each.owner) for each in undertakings or ())


def checked(step: Step, letter: str | None, answer: Answer) -> Letter | None:
    """What the check of the landlord's own wording finds; None where the product writes the letter."""
    if not step.keep("letter", letter) or letter is None or step.before is None:
        return None
    stage = step.before.stage_being_answered
    return letters.check_words(
        letter,
        kind="response",
        stage=stage,
        edition=step.before.edition.name,
        **_naming(step).arguments,
        stage_names=stage_names(step.before, stage),
        upheld=any(decision.upheld for decision in answer.decisions),
        offered=bool(answer.remedies or answer.actions or answer.compensation),
        outstanding=bool(answer.remedies or answer.actions),
    )


def names_staff(step: Step, *texts: str | None) -> bool:
    """Whether any of these words names a member of staff known to the case."""
    words = "\n".join(text for text in texts if text)
    if not words:
        return False
    known = _naming(step)
    return bool(
        letters.names_in(words, known.names, known.except_for) or letters.titles_in(words, known.job_titles)
    )


def _naming(step: Step) -> naming.Naming:
    assert step.before is not None
    return naming.known_to_case(step.case, step.before.procedure, step.staff_known())


def stage_names(complaint: Complaint, stage: int) -> tuple[str, ...]:
    """What the landlord itself calls this stage, in its procedure."""
    return tuple(each.name for each in complaint.procedure.stages if each.counts_as == stage)


def repeats_advice(step: Step) -> bool:
    """Whether words kept in this step are those of legal advice recorded on the case, which is privileged.

    Advice recorded on a case merged into this one, or on the one its points came from, is no less so.
    """
    if step.before is None or not step.before.all(AdviceRecorded):
        return False
    said = "\n\n".join(step.texts.values())
    cases = {step.case.pk, *(part.case for part in step.before.parts)}
    advice = [text for case in cases for text in words_named(step.landlord.pk, case, "advice")]
    return any(letters.repeats(said, each) for each in advice)
