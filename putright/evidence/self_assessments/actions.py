"""What is done with a self-assessment: begin, answer, sign step by step, publish; and the register of papers.

Each is one entry in the landlord's own chain: who, when, which provision and what was answered. What somebody wrote
stands in the texts beside it. A published assessment never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from complaint_rules.editions import UnknownEdition
from complaint_rules.editions.provisions import provisions
from complaint_rules.events import Actor
from complaint_rules.working_days import in_words
from putright.evidence.measures.provisions import Period
from putright.evidence.self_assessments import evidence, frozen, queries
from putright.evidence.self_assessments.carry import Carried, carry
from putright.evidence.self_assessments.models import (
    STATES,
    Assessment,
    ImprovementAction,
    Paper,
    ProvisionAnswer,
    SignOff,
    Supports,
)
from putright.record.accounts.models import User
from putright.record.correspondence.files import Kept
from putright.record.landlords.models import Landlord
from putright.record.landlords.own_chain import Change, NotDone, NotForThisRole, NotPossible, changing

ANSWERS = frozenset({"complaints_officer", "administrator"})
"""The roles that answer, sign and keep the register."""

READS = ANSWERS | {"board_member", "auditor"}
"""The roles that read an assessment that is not yet published."""

START, ANSWER, FINISH = "start_assessment", "answer_provision", "finish_improvement"
SIGN, SEND_BACK, PUBLISH = "sign_assessment", "send_back_assessment", "publish_assessment"
KEEP_PAPER, END_PAPER = "keep_paper", "end_paper"
VERBS = (START, ANSWER, FINISH, SIGN, SEND_BACK, PUBLISH, KEEP_PAPER, END_PAPER)
"""What is done here, as the landlord's chain names it."""


@dataclass
class AnsweredMeanwhile(NotDone):
    """Somebody else answered this provision since it was read. It is as they left it."""

    row: ProvisionAnswer

    def __str__(self) -> str:
        return f"{self.row.provision} was answered by somebody else since you opened it."


# Beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What a new assessment begins with: its edition and period, why, its due day, and what it comes from."""

    edition: str
    first_day: date
    last_day: date
    why: str = "annual"
    due_on: date | None = None
    before: Assessment | None = None
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What an imported form says of one provision, as somebody checked it; `printed` is what stands there."""

    answer: str = ""
    comment: str = ""
    actions: tuple[str, ...] = ()
    printed: Mapping[str, Any] = field(default_factory=dict)


def start(
    landlord: Landlord,
    begun: Begun,
    *,
    read: Mapping[str, Read] | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Assessment:
    """A new draft: empty, carried forward from `begun.before`, or as it was `read` from a form."""
    if begun.last_day < begun.first_day:
        raise NotPossible("The last day must not be before the first.", "last_day")
    try:
        every = provisions(begun.edition)
    except UnknownEdition as problem:
        raise NotPossible(str(problem), "edition") from problem
    with _changing(landlord.pk, by, at, key) as change:
        if change.done:
            return Assessment.objects.get(landlord=landlord, pk=change.done.data["assessment"])
        made = Assessment.objects.create(landlord=landlord, made_at=at, **_columns(begun))
        rows = _carried_rows(made, begun) if begun.before else _read_rows(made, every, read or {}, at, by)
        ProvisionAnswer.objects.bulk_create(rows)
        _first_actions(made, read or {})
        facts = {
            "assessment": made.pk,
            "edition": made.edition,
            "first_day": made.first_day.isoformat(),
            "last_day": made.last_day.isoformat(),
            "why": made.why,
            "before": begun.before.pk if begun.before else None,
        }
        change.write(START, facts, {"came_from": made.came_from})
    return made


def _columns(begun: Begun) -> dict[str, Any]:
    return {name: getattr(begun, name) for name in Begun.__slots__}


def _carried_rows(made: Assessment, begun: Begun) -> list[ProvisionAnswer]:
    assert begun.before is not None
    if begun.before.landlord_id != made.landlord_id:
        raise NotPossible("There is no such assessment to begin from.", "source")
    carried = carry(begun.before.answers.all(), begun.before.edition, made.edition)
    return [_carried_row(made, each) for each in carried.values()]


def _carried_row(made: Assessment, each: Carried) -> ProvisionAnswer:
    return ProvisionAnswer(
        landlord_id=made.landlord_id,
        assessment=made,
        provision=each.ref,
        answer=each.answer,
        comment=each.comment,
        why_not=each.why_not,
        comply_by=each.comply_by,
        carried_from=", ".join(each.sources),
        asked_again=each.asked_again,
    )


def _read_rows(
    made: Assessment, every: Iterable[str], read: Mapping[str, Read], at: datetime, by: Actor
) -> list[ProvisionAnswer]:
    rows = []
    for ref in every:
        found = read.get(ref, Read())
        row = ProvisionAnswer(landlord_id=made.landlord_id, assessment=made, provision=ref)
        row.answer, row.comment, row.printed = found.answer, found.comment, dict(found.printed)
        if ref in read:
            row.changed_at, row.changed_by = at, _user(by)
        rows.append(row)
    return rows


def _first_actions(made: Assessment, read: Mapping[str, Read]) -> None:
    ImprovementAction.objects.bulk_create(
        ImprovementAction(landlord_id=made.landlord_id, assessment=made, provision=ref, what=what)
        for ref, found in read.items()
        for what in found.actions
    )


def _user(by: Actor) -> User | None:
    person = by.person or ""
    return User.objects.filter(pk=int(person)).first() if person.isdecimal() else None


# Answering


@dataclass(frozen=True, slots=True)
class Doing:
    """What will be done to comply, by whom and when. `pk` is that of one written before; without words it goes."""

    what: str
    owner: str = ""
    due_on: date | None = None
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one provision, as somebody gave it."""

    answer: str
    comment: str = ""
    why_not: str = ""
    comply_by: date | None = None
    doing: tuple[Doing, ...] = ()


def answer(
    assessment: Assessment,
    ref: str,
    given: Answered,
    *,
    version: int,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> ProvisionAnswer:
    """Answer a provision of a draft. AnsweredMeanwhile where it is no longer the `version` that was read."""
    _what_is_owed(assessment, ref, given)
    with _changing(assessment.landlord_id, by, at, key) as change:
        fresh = _fresh(assessment)
        row = ProvisionAnswer.objects.select_related("changed_by").get(assessment=fresh, provision=ref)
        if change.done:
            return row
        _only_drafts(fresh)
        if row.version != version:
            raise AnsweredMeanwhile(row)
        row.answer, row.comment = given.answer, given.comment
        row.why_not, row.comply_by = given.why_not, given.comply_by
        row.asked_again = False
        row.version, row.changed_at, row.changed_by = version + 1, at, _user(by)
        row.save()
        kept = _write_doing(fresh, ref, given.doing)
        facts = {"assessment": fresh.pk, "provision": ref, "answer": row.answer, "actions": kept}
        if row.comply_by:
            facts["comply_by"] = row.comply_by.isoformat()
        change.write(ANSWER, facts, {"comment": row.comment, "why_not": row.why_not})
    return row


def _what_is_owed(assessment: Assessment, ref: str, given: Answered) -> None:
    """Not complying with what is mandatory is explained and dated."""
    provision = provisions(assessment.edition)[ref]
    if provision.kind != "must" or given.answer not in ("no", "partly"):
        return
    if not given.why_not.strip():
        raise NotPossible(f"Explain why you do not comply with {ref}.", "why_not")
    if given.comply_by is None:
        raise NotPossible("Give the day you will comply.", "comply_by")


def _write_doing(assessment: Assessment, ref: str, doing: Sequence[Doing]) -> list[int]:
    own = {each.pk: each for each in assessment.actions.filter(provision=ref)}
    for each in doing:
        row = own.get(each.pk) if each.pk else None
        if each.pk and row is None:
            continue
        if not each.what.strip():
            if row is not None:
                own.pop(row.pk).delete()
            continue
        row = row or ImprovementAction(
            landlord_id=assessment.landlord_id, assessment=assessment, provision=ref
        )
        row.what, row.owner, row.due_on = each.what.strip(), each.owner.strip(), each.due_on
        row.save()
        own[row.pk] = row
    return sorted(own)


def finish(
    doing: ImprovementAction, done_on: date, proof: str, *, by: Actor, at: datetime, key: str | None = None
) -> None:
    """Say that what was promised is done, and what shows it. Whatever is published, it stays open until then."""
    if done_on > localdate(at):
        raise NotPossible("The day it was done must be today or earlier.", "done_on")
    with _changing(doing.landlord_id, by, at, key) as change:
        if change.done:
            return
        row = ImprovementAction.objects.get(pk=doing.pk)
        if row.done_on is not None:
            raise NotPossible(f"It was done already, on {in_words(row.done_on)}.")
        row.done_on, row.proof = done_on, proof.strip()
        row.save(update_fields=["done_on", "proof"])
        facts = {"assessment": row.assessment_id, "improvement": row.pk, "done_on": done_on.isoformat()}
        change.write(FINISH, facts, {"proof": row.proof})


# The year round


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who took a step: the body, the part it signs where that is not the whole, the day, and what it said."""

    body: str
    on: date
    part: str = ""
    says: str = ""
    late_because: str = ""


def sign(
    assessment: Assessment, state: str, given: Signed, *, by: Actor, at: datetime, key: str | None = None
) -> Assessment:
    """Take a step: reviewed, seen, responded or published. A body may sign its part of the step reached too."""
    with _changing(assessment.landlord_id, by, at, key) as change:
        fresh = _fresh(assessment)
        if change.done:
            return fresh
        why = queries.stands_in_the_way(fresh, state)
        if why:
            raise NotPossible(why)
        _check_signed(fresh, state, given, at)
        SignOff.objects.create(
            landlord_id=fresh.landlord_id,
            assessment=fresh,
            state=state,
            body=given.body.strip(),
            part=given.part.strip(),
            on=given.on,
            says=given.says.strip(),
            by=_user(by),
        )
        fresh.state = state
        if given.late_because.strip():
            fresh.late_because = given.late_because.strip()
        if state == "published":
            fresh.published_at = at
            fresh.frozen = _as_published(fresh, at)
        fresh.save()
        facts = {"assessment": fresh.pk, "state": state, "on": given.on.isoformat()}
        if fresh.frozen is not None:
            facts["digest"] = frozen.digest(fresh.frozen)
        words = {
            "body": given.body,
            "part": given.part,
            "says": given.says,
            "late_because": given.late_because,
        }
        change.write(PUBLISH if state == "published" else SIGN, facts, words)
    return fresh


def _check_signed(assessment: Assessment, state: str, given: Signed, at: datetime) -> None:
    if given.on > localdate(at):
        raise NotPossible("The day must be today or earlier.", "on")
    last = queries.last_step(assessment)
    if last is not None and given.on < last.on:
        raise NotPossible(f"The step before was on {in_words(last.on)}. Give that day or a later one.", "on")
    if state == "responded" and not given.says.strip():
        raise NotPossible("Enter the governing body's response.", "says")
    if state == assessment.state and not given.part.strip():
        raise NotPossible("That step is taken. Say which part this body signs.", "part")
    due = assessment.due_on
    if state == "published" and due and given.on > due and not given.late_because.strip():
        raise NotPossible("It is late. Give the reason.", "late_because")


def _as_published(assessment: Assessment, at: datetime) -> dict[str, Any]:
    period = Period(assessment.first_day, assessment.last_day, localdate(at))
    whole = evidence.read(assessment.landlord, assessment.edition, period, at)
    return frozen.freeze(assessment, whole)


def send_back(
    assessment: Assessment, reason: str, on: date, *, by: Actor, at: datetime, key: str | None = None
) -> Assessment:
    """Make it a draft again, so that answers can change; the steps taken stay written, and are taken again."""
    if not reason.strip():
        raise NotPossible("Give the reason.", "says")
    with _changing(assessment.landlord_id, by, at, key) as change:
        fresh = _fresh(assessment)
        if change.done:
            return fresh
        if fresh.state in ("draft", "published"):
            raise NotPossible(
                "It is a draft." if fresh.state == "draft" else "It is published, and stays as it is."
            )
        user = _user(by)
        SignOff.objects.create(
            landlord_id=fresh.landlord_id,
            assessment=fresh,
            state="draft",
            body=user.name if user else "",
            on=on,
            says=reason.strip(),
            by=user,
        )
        fresh.state = STATES[0]
        fresh.save(update_fields=["state"])
        change.write(SEND_BACK, {"assessment": fresh.pk, "on": on.isoformat()}, {"reason": reason.strip()})
    return fresh


# The register of papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinded:
    """A paper as somebody describes it. `supports` holds (edition, provision) pairs."""

    kind: str
    title: str
    section: str = ""
    owner: str = ""
    dated_on: date | None = None
    review_on: date | None = None
    address: str = ""
    reachable: bool | None = None
    note: str = ""
    supports: tuple[tuple[str, str], ...] = ()


def keep_paper(
    landlord: Landlord,
    given: Kinded,
    *,
    paper: Paper | None = None,
    file: Kept | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Paper:
    """Write a paper into the register, or `paper` anew as it is now, with the provisions that it supports."""
    if given.dated_on and given.review_on and given.review_on < given.dated_on:
        raise NotPossible("The review day must not be before the day of the paper.", "review_on")
    with _changing(landlord.pk, by, at, key) as change:
        if change.done:
            return Paper.objects.get(landlord=landlord, pk=change.done.data["paper"])
        row = Paper.objects.get(landlord=landlord, pk=paper.pk) if paper else Paper(landlord=landlord)
        if row.ended_on is not None:
            raise NotPossible("It is no longer in the register.")
        values = asdict(given)
        pairs = values.pop("supports")
        if given.reachable != row.reachable:
            row.looked_at = at if given.reachable is not None else None
        for name, value in values.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        if file is not None:
            row.stored_as, row.file_name, row.digest = file.stored_as, file.name, file.digest
        row.save()
        row.supports.all().delete()
        Supports.objects.bulk_create(
            Supports(landlord=landlord, paper=row, edition=edition, provision=ref) for edition, ref in pairs
        )
        facts = {"paper": row.pk, "kind": row.kind, "supports": [list(pair) for pair in pairs]}
        change.write(KEEP_PAPER, facts | ({"file": row.digest} if row.digest else {}), {"title": row.title})
    return row


def end_paper(paper: Paper, reason: str, *, by: Actor, at: datetime, key: str | None = None) -> None:
    """Take a paper out of the register: it supports nothing from today on. The row and its entries stay."""
    if not reason.strip():
        raise NotPossible("Give the reason.", "reason")
    with _changing(paper.landlord_id, by, at, key) as change:
        row = Paper.objects.get(pk=paper.pk)
        if change.done or row.ended_on is not None:
            return
        row.ended_on = localdate(at)
        row.save(update_fields=["ended_on"])
        change.write(END_PAPER, {"paper": row.pk}, {"reason": reason.strip()})


# What each does


@contextmanager
def _changing(landlord_id: int, by: Actor, at: datetime, key: str | None) -> Iterator[Change]:
    if by.kind != "staff" or by.role not in ANSWERS:
        raise NotForThisRole("Your role does not change a self-assessment.")
    with changing(landlord_id, by=by, at=at, key=key, anybody=True) as change:
        yield change


def _fresh(assessment: Assessment) -> Assessment:
    return Assessment.objects.select_related("landlord").get(pk=assessment.pk)


def _only_drafts(assessment: Assessment) -> None:
    if assessment.state == "published":
        raise NotPossible("It is published, and stays as it is.")
    if assessment.state != "draft":
        raise NotPossible("It has been sent for review. Send it back to draft to change an answer.")
