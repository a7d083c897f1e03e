"""What the evidence says of a provision in a landlord's annual self-assessment, and where an answer disagrees.

Evidence comes from cases (how many met it and how many did not), from the landlord's procedure, from papers and
facts in its register, and from what the product itself did. A suggestion is never more than they bear: what nothing
shows is `cannot_tell`. Who signs decides; the suggestion and its reasons stay beside the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from complaint_rules.findings import Verdict

Answer = Literal["yes", "partly", "no", "not_applicable"]
Suggested = Literal["yes", "partly", "no", "not_applicable", "cannot_tell"]
Standing = Literal["current", "out_of_date", "unreachable", "undated"]
ANSWERS: tuple[Answer, ...] = ("yes", "partly", "no", "not_applicable")


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases in the period by what the record says of one provision on the "as at" day."""

    met: int = 0
    breached: int = 0
    open: int = 0
    cannot_tell: int = 0

    @property
    def judged(self) -> int:
        """The denominator: cases that met it or did not."""
        return self.met + self.breached

    @property
    def arose(self) -> bool:
        """Whether there was any case in which it could show."""
        return bool(self.judged or self.open or self.cannot_tell)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or a fact in the register that supports a provision, and how far it still can."""

    title: str
    standing: Standing = "current"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All there is for one provision. `counts` is None where cases cannot show it, `policy` where no policy can.

    `done` is how often the product itself did what the provision asks (a letter with the details, a report sent);
    None where it is not something that it does.
    """

    counts: Counts | None = None
    policy: Verdict | None = None
    policy_says: str = ""
    papers: tuple[Paper, ...] = ()
    done: int | None = None
    done_says: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the evidence bears, and why, in plain words. `sources` counts the kinds of evidence behind it."""

    answer: Suggested
    reasons: tuple[str, ...] = field(default=())
    sources: int = 0


def suggest(evidence: Evidence) -> Suggestion:
    """What to answer for a provision, by its evidence: the worst that any kind of evidence says."""
    said = [each for each in (source(evidence) for source in _SOURCES) if each is not None]
    reasons = tuple(reason for _, reason in said)
    answers = [answer for answer, _ in said if answer is not None]
    if not answers:
        return Suggestion(
            "cannot_tell", reasons or ("Nothing is recorded. Add a document, or say who knows.",)
        )
    if all(answer == "not_applicable" for answer in answers):
        return Suggestion("not_applicable", reasons, len(answers))
    return Suggestion(
        _together([each for each in answers if each != "not_applicable"]), reasons, len(answers)
    )


_RANK: dict[Answer, int] = {"yes": 0, "partly": 1, "no": 2}


def _together(answers: list[Answer]) -> Answer:
    """No from one kind of evidence and yes from another is partly; else the worst stands."""
    if "no" in answers and "yes" in answers:
        return "partly"
    return max(answers, key=_RANK.__getitem__)


# What each kind of evidence says: an answer (None: only a remark), and why


def _from_cases(evidence: Evidence) -> tuple[Answer | None, str] | None:
    counts = evidence.counts
    if counts is None:
        return None
    if not counts.arose:
        return None, "It never arose: 0 cases."
    if not counts.judged:
        waiting = _some(counts.open, "is not yet due", "are not yet due")
        return None, f"No case can be judged: {waiting}, {counts.cannot_tell} cannot be told."
    told = f"{counts.met} of {counts.judged} judged met it."
    if not counts.breached:
        return "yes", told
    return ("partly" if counts.met else "no"), f"{told} {_some(counts.breached, 'did', 'did')} not."


def _some(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _from_policy(evidence: Evidence) -> tuple[Answer | None, str] | None:
    told = {
        Verdict.MET: ("yes", "The procedure says so."),
        Verdict.BREACHED: ("no", "The procedure departs from the Code."),
        Verdict.NOT_APPLICABLE: ("not_applicable", "By the procedure it does not arise."),
        Verdict.CANNOT_TELL: (None, "The procedure does not say."),
    }
    if evidence.policy is None or evidence.policy not in told:
        return None
    answer, says = told[evidence.policy]
    return answer, f"{says} {evidence.policy_says}".strip()  # type: ignore[return-value]


def _from_papers(evidence: Evidence) -> tuple[Answer | None, str] | None:
    papers = evidence.papers
    if not papers:
        return None
    weak = [each for each in papers if each.standing in ("out_of_date", "unreachable")]
    good = len(papers) - len(weak)
    told = f"{_some(len(papers), 'document supports', 'documents support')} it."
    if not weak:
        return "yes", told
    why = "; ".join(f"{each.title} {_WEAK[each.standing]}" for each in weak)
    return ("yes" if good else "partly"), f"{told} Weaker: {why}."


_WEAK = {"out_of_date": "is past its review day", "unreachable": "cannot be reached"}


def _from_what_was_done(evidence: Evidence) -> tuple[Answer | None, str] | None:
    if evidence.done is None:
        return None
    says = evidence.done_says or "times recorded"
    return ("yes" if evidence.done else None), f"{evidence.done} {says}."


_SOURCES: tuple[Callable[[Evidence], tuple[Answer | None, str] | None], ...] = (
    _from_cases,
    _from_policy,
    _from_papers,
    _from_what_was_done,
)


# Where an answer and the record disagree


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is wrong with an answer: a code, and what to say of it."""

    code: Literal[
        "better_than_record", "worse_than_record", "no_evidence", "unexplained", "undated", "comments_differ"
    ]
    says: str


def disagreements(
    answer: Answer | None,
    suggestion: Suggestion,
    evidence: Evidence,
    *,
    is_must: bool,
    explained: bool = False,
    dated: bool = False,
) -> tuple[Disagreement, ...]:
    """What stands against an answer: the record, the lack of any evidence, or an explanation that is owed.

    `is_must`: the provision is mandatory, so not complying is explained and dated.
    """
    found: list[Disagreement] = []
    if answer is None:
        return ()
    record = suggestion.answer
    if answer == "yes" and record in ("partly", "no"):
        found.append(Disagreement("better_than_record", f"You say Yes. {_against(evidence)}"))
    elif answer == "partly" and record == "no":
        found.append(Disagreement("better_than_record", f"You say Partly. {_against(evidence)}"))
    elif answer in ("no", "partly") and record == "yes":
        found.append(Disagreement("worse_than_record", "The record says Yes. Say what it does not show."))
    elif answer == "not_applicable" and record in ("yes", "partly", "no"):
        found.append(
            Disagreement(
                "better_than_record", "You say that it does not apply. The record shows that it does."
            )
        )
    elif answer == "yes" and record == "cannot_tell":
        found.append(Disagreement("no_evidence", "You say Yes, and nothing shows it. Add a document."))
    if answer in ("no", "partly") and is_must:
        if not explained:
            found.append(Disagreement("unexplained", "Explain why you do not comply."))
        if not dated:
            found.append(Disagreement("undated", "Give the day you will comply."))
    return tuple(found)


def _against(evidence: Evidence) -> str:
    if evidence.counts is not None and evidence.counts.breached:
        return f"The record shows {_some(evidence.counts.breached, 'case', 'cases')} that did not meet it."
    if evidence.policy is Verdict.BREACHED:
        return f"The procedure departs from the Code. {evidence.policy_says}".strip()
    return "The evidence is weaker than that."


def never_arose(evidences: Iterable[Evidence]) -> int:
    """How many provisions cases could show and none did."""
    return sum(each.counts is not None and not each.counts.arose for each in evidences)
