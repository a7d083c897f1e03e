"""What may happen next, what stands in the way, and what only needs a reason.

`possible` says which verbs the state of a case allows. `judge` looks at one step before it is
written: what refuses it (a provision, or a rule's name), which fields it still needs, and what
is worth a warning. Nothing here counts a day by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from complaint_rules import asking, belonging, clocks, events
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint
from complaint_rules.events import EVENTS, Decision, Event, Person
from complaint_rules.findings import Obstacle
from complaint_rules.procedure import SENIORITY, Procedure
from complaint_rules.roles import DECIDES_ON_STAGE_2, may
from complaint_rules.working_days import in_words

_WHILE_OPEN = frozenset(
    {
        "ask_to_clarify",
        "agree_definition",
        "extend",
        "outcome_call",
        "draft_response",
        "check_response",
        "respond",
        "withdraw",
        "merge_cases",
        "split_case",
    }
)
_BY_STATE = {
    "received": frozenset(
        {
            "treat_as_service_request",
            "refuse_complaint",
            "log_complaint",
            "acknowledge",
            "respond",
            "withdraw",
            "merge_cases",
            "split_case",
        }
    ),
    "service_request": frozenset({"answer_service_request", "offer_complaint", "log_complaint", "withdraw"}),
    "open": _WHILE_OPEN,
    "responded": frozenset({"close"}),
    "closed": frozenset({"reopen"}),
    "refused": frozenset({"reopen"}),
    "withdrawn": frozenset({"reopen"}),
    "merged": frozenset(),
}
_WAITING = frozenset({"escalate", "decline_escalation", "withdraw"})
MOVES_THE_CASE = (
    frozenset().union(*_BY_STATE.values())
    | _WAITING
    | frozenset({"acknowledge", "request_escalation", "receive"})
)
ANY_STATE = frozenset(EVENTS) - MOVES_THE_CASE


@dataclass(slots=True)
class Judgement:
    """What the rules say of a step before it is written."""

    refused: list[Obstacle] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    warns: list[Obstacle] = field(default_factory=list)

    @property
    def allowed(self) -> bool:
        return not self.refused and not self.needs


def possible(complaint: Complaint | None) -> frozenset[str]:
    """The verbs that the state of the case allows, whoever asks (scenarios: *What is possible when*)."""
    if complaint is None:
        return frozenset({"receive"})
    if complaint.state == "merged":
        return frozenset()
    moves = set(_BY_STATE[complaint.state])
    if not belonging.is_unanswered(complaint):
        moves -= {"merge_cases", "split_case"}
    if complaint.state == "received" and complaint.stage == 0:
        moves.discard("respond")
    if complaint.state == "open" and _not_acknowledged(complaint):
        moves.add("acknowledge")
    if complaint.state == "responded" and complaint.stage == 1:
        moves = set(_WAITING) if complaint.request_waits else {"close", "request_escalation", "withdraw"}
    if complaint.state == "closed" and complaint.stage == 1:
        moves.add("request_escalation")
    if complaint.dissatisfied_survey:
        moves.add("offer_complaint")
    return frozenset(moves) | ANY_STATE


def _not_acknowledged(complaint: Complaint) -> bool:
    step = "acknowledged_escalation" if complaint.stage == 2 else "acknowledged"
    return step not in complaint.steps


def judge(
    complaint: Complaint | None, step: Event, procedure: Procedure, missing: tuple[str, ...] = ()
) -> Judgement:
    """What stands in the way of this step, what it needs, and what is worth a warning.

    `missing` names the fields, not optional, that were not given.
    """
    judgement = Judgement()
    if not may(step.by, step.verb, procedure):
        judgement.refused.append(Obstacle("role", _not_for_this_role(step)))
        return judgement
    if step.verb not in possible(complaint):
        judgement.refused += _not_now(complaint, step)
        return judgement
    judgement.needs += missing
    if complaint is None:
        judgement.warns += _received_without_authority(step)
        return judgement
    rules = _RULES.get(type(step), ())
    for rule in rules:
        for kind, found in rule(complaint, step):
            _sort(judgement, kind, found)
    judgement.refused += belonging.before_the_merge(complaint, step)
    judgement.warns += _late(complaint, step)
    judgement.warns += _without_authority(complaint, step)
    judgement.needs = list(dict.fromkeys(judgement.needs))
    return judgement


Said = tuple[str, "Obstacle | str"]
Rule = Callable[[Complaint, Event], Iterator[Said]]


def _sort(judgement: Judgement, kind: str, found: Obstacle | str) -> None:
    if isinstance(found, str):
        judgement.needs.append(found)
    elif kind == "refused":
        judgement.refused.append(found)
    else:
        judgement.warns.append(found)


def _refuse(reference: str, says: str) -> Said:
    return "refused", Obstacle(reference, says)


def _warn(reference: str, says: str) -> Said:
    return "warns", Obstacle(reference, says)


def _need(name: str) -> Said:
    return "needs", name


# Role and state


def _not_for_this_role(step: Event) -> str:
    who = (step.by.role or step.by.kind).replace("_", " ")
    return f"The role of {who} does not do this."


def _not_now(complaint: Complaint | None, step: Event) -> list[Obstacle]:
    if complaint is None:
        return [Obstacle("not_now", "Nothing has been received yet.")]
    if complaint.state == "merged":
        return [Obstacle("not_now", "This case was merged into another one. Do it in that case.")]
    says = (
        _WHY_NOT_NOW.get(step.verb) or f"This is not possible while the case is {_state_in_words(complaint)}."
    )
    found = [Obstacle("not_now", says)]
    before_stage_1 = "responded" not in complaint.steps and step.verb in ("request_escalation", "escalate")
    own = complaint.edition.ref("stage_2_too_early")
    if before_stage_1 and own:
        found.insert(0, Obstacle(own, "Stage 1 has not been answered yet."))
    return found


_WHY_NOT_NOW = {
    "receive": "This case has already been received. A new complaint opens a case of its own.",
    "merge_cases": "Only complaints that are not yet answered can become one. Link them instead.",
    "split_case": "Points can leave only before the answer. A new matter is a new complaint.",
}


def _state_in_words(complaint: Complaint) -> str:
    words = complaint.state.replace("_", " ")
    return f"{words}, stage {complaint.stage}" if complaint.state in ("open", "responded") else words


# Stage 1: taking it in, or not


def _service_request_needs_consent(
    complaint: Complaint, step: events.TreatedAsServiceRequest
) -> Iterator[Said]:
    own = complaint.edition.ref("choice_to_complain")
    if step.resident_agrees is False and own:
        yield _refuse(own, "The resident wants this handled as a complaint, so it is one.")


def _refusal_is_explained(complaint: Complaint, step: events.ComplaintRefused) -> Iterator[Said]:
    own = complaint.edition.ref("refusal_explained")
    yield from _explained(step, own)


def _explained(step: events.ComplaintRefused | events.EscalationDeclined, reference: str) -> Iterator[Said]:
    if not step.reasons:
        yield _refuse(reference, "Give the reasons for this case.")
        yield _need("reasons")
    if step.ombudsman_right_given is not True:
        yield _refuse(
            reference, "Tell the resident that they can take this decision to the Housing Ombudsman."
        )


def _twelve_months(complaint: Complaint, step: events.ComplaintRefused) -> Iterator[Said]:
    own = complaint.edition.ref("twelve_months")
    if step.ground != "over_twelve_months" or not own:
        return
    known = [
        day
        for day in (
            complaint.issue_arose,
            complaint.aware_since,
            step.issue_arose,
            step.aware_since,
        )
        if day is not None
    ]
    if not known:
        yield _need("issue_arose")
    elif complaint.steps["received"].on <= clocks.months_after(max(known), 12):
        yield _refuse(
            own, "The complaint came within twelve months of the issue, or of the resident knowing of it."
        )
    if not step.discretion:
        yield _need("discretion")


def _proceedings_filed(complaint: Complaint, step: events.ComplaintRefused) -> Iterator[Said]:
    own = complaint.edition.ref("proceedings_filed")
    yield from _filed(step, own)


def _filed(
    step: events.ComplaintRefused | events.EscalationDeclined, reference: str | None
) -> Iterator[Said]:
    filed = step.court_filed_on is not None and step.court_filed_on <= step.on
    if step.ground == "legal_proceedings" and reference and not filed:
        yield _refuse(
            reference,
            "Proceedings have begun only once a claim is filed at court. A solicitor's letter is not enough.",
        )


def _outcomes_are_known(complaint: Complaint, step: events.Acknowledged) -> Iterator[Said]:
    own = complaint.edition.ref("definition")
    if own and not complaint.outcomes and not step.outcomes:
        yield _warn(own, "It is not recorded what the resident wants to happen.")


# Who may handle it


def _may_be_assigned(complaint: Complaint, step: events.Assigned) -> Iterator[Said]:
    stage = step.stage or complaint.stage_being_answered
    yield from _person_stands_free(complaint, step.handler, stage)
    least = complaint.procedure.stage_2_seniority
    if stage == 2 and least and step.seniority and _rank(step.seniority) < _rank(least):
        yield _warn("seniority", f"The procedure asks for at least a {least} at stage 2.")


def _rank(seniority: str) -> int:
    return SENIORITY.index(seniority) if seniority in SENIORITY else 0


def _actor_stands_free(complaint: Complaint, step: Event) -> Iterator[Said]:
    yield from _person_stands_free(complaint, step.by.person, complaint.stage_being_answered)


def _person_stands_free(complaint: Complaint, person: Person | None, stage: int) -> Iterator[Said]:
    if person is None:
        return
    if stage == 2 and person in complaint.considered[1]:
        yield _refuse(
            complaint.edition.ref("independence"), "This person considered the complaint at stage 1."
        )
    if person in complaint.about_staff:
        yield _refuse(complaint.edition.ref("conflict"), "This person is named in the complaint.")
    if person in complaint.interests:
        yield _refuse(complaint.edition.ref("conflict"), "This person has declared an interest.")


def _decider_stands_free(complaint: Complaint, step: Event) -> Iterator[Said]:
    """The role that a procedure names to decide on stage 2 may not have considered stage 1."""
    by_procedure = step.by.role == complaint.procedure.stage_2_decided_by and step.verb in DECIDES_ON_STAGE_2
    if by_procedure and step.by.person in complaint.considered[1]:
        yield _refuse("role", "The procedure lets this role decide only where it did not consider stage 1.")
        yield _refuse(
            complaint.edition.ref("independence"), "This person considered the complaint at stage 1."
        )


# Extensions


def _extension(complaint: Complaint, step: events.Extended) -> Iterator[Said]:
    stage = complaint.stage_being_answered
    run = clocks.response_run(complaint, stage)
    if run is None or step.until is None:
        return
    told = clocks.extension(complaint, run, step)
    names = f"stage_{stage}_extension"
    if not told.within_limit and not step.good_reason_beyond_limit:
        yield _need("good_reason_beyond_limit")
    if not told.in_time:
        rule = complaint.edition.clocks[run.name]
        yield _warn(
            rule.extension_told or "late", "This was told after the due day, so the answer stays late."
        )
    yield from _agreement(complaint, step, told.within_limit, names)
    yield from _details_with_extension(complaint, step, names)


def _agreement(complaint: Complaint, step: events.Extended, within: bool, names: str) -> Iterator[Said]:
    own = complaint.edition.ref(f"{names}_agreed")
    if within or not own:
        return
    if step.agreed is None:
        yield _need("agreed")
    elif not step.agreed:
        yield _warn(own, "The resident has not agreed to go past the limit.")


def _details_with_extension(complaint: Complaint, step: events.Extended, names: str) -> Iterator[Said]:
    own = complaint.edition.ref(f"{names}_details")
    if not own:
        return
    only_if_not_agreed = bool(complaint.edition.ref(f"{names}_agreed"))
    if only_if_not_agreed and step.agreed is not False:
        return
    if step.ombudsman_details_given is None:
        yield _need("ombudsman_details_given")
    elif not step.ombudsman_details_given:
        yield _warn(own, "The letter does not give the Housing Ombudsman's details.")


# The answer


def _every_point(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    for number in unanswered(complaint, step.decisions):
        yield _refuse(_points_ref(complaint), f"Point {number} is not answered with a decision and reasons.")


def _every_point_in_draft(complaint: Complaint, step: events.ResponseDrafted) -> Iterator[Said]:
    for number in () if step.in_words else unanswered(complaint, step.decisions):
        yield _warn(_points_ref(complaint), f"The draft leaves out point {number}.")


def _points_ref(complaint: Complaint) -> str:
    return complaint.edition.ref(f"stage_{complaint.stage_being_answered}_every_point")


def unanswered(complaint: Complaint, decisions: tuple[Decision, ...]) -> list[int]:
    """The points that these decisions leave without a decision or without reasons."""
    answered = {decision.point for decision in decisions if decision.decision and decision.reasons}
    return [number for number in range(1, complaint.points + 1) if number not in answered]


def _dated(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    if any(undertaking.by is None for undertaking in step.undertakings):
        yield _refuse(
            complaint.edition.ref("dated"), "Give the day by which each remedy and action will be done."
        )


def _called_first(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    if complaint.procedure.outcome_call and not complaint.calls[complaint.stage_being_answered]:
        yield _refuse(
            "outcome_call", "The procedure asks for a call about the outcome before the written answer."
        )


def _check_passed(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    if complaint.check_failed[complaint.stage_being_answered]:
        yield _refuse(
            "letter_check", "The letter did not pass its check. It needs a later check that passes."
        )


def _outcomes_answered(
    complaint: Complaint, step: events.Responded | events.ResponseDrafted
) -> Iterator[Said]:
    for each in step.outcomes:
        if not 1 <= each.outcome <= complaint.outcomes:
            yield _warn("outcomes", f"There is no outcome {each.outcome} in this complaint.")
        elif each.answer == "no" and not each.why:
            yield _warn("outcomes", f"Say why the answer to outcome {each.outcome} is no.")
        elif each.answer == "not_ours" and not each.why:
            yield _warn("outcomes", f"Say who can decide outcome {each.outcome}, since we cannot.")


def _both_duties(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    if step.duties is not None and not (step.duties.ours and step.duties.theirs):
        yield _need("duties")


_REPEATS_ADVICE = "This repeats legal advice, which is privileged. Say it in our own words."


def _keeps_advice_back(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    if step.repeats_advice:
        yield _refuse("advice_privileged", _REPEATS_ADVICE)


def _draft_keeps_advice_back(complaint: Complaint, step: events.ResponseDrafted) -> Iterator[Said]:
    if step.repeats_advice:
        yield _warn("advice_privileged", _REPEATS_ADVICE)


def _acknowledged_before(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    if not _not_acknowledged(complaint):
        return
    clock = "acknowledge" if complaint.stage_being_answered == 1 else "acknowledge_escalation"
    rule = complaint.edition.clocks.get(clock)
    if rule:
        yield _warn(rule.provision, "This stage was never acknowledged.")


def _upheld_has_remedy(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    upheld = any(decision.upheld for decision in step.decisions)
    if upheld and not (step.undertakings or step.compensation):
        yield _warn(
            complaint.edition.ref("remedy"), "Something is upheld, and nothing is offered to put it right."
        )


def _letter_names_staff(complaint: Complaint, step: events.Responded) -> Iterator[Said]:
    if step.letter is not None and step.letter.names_staff:
        yield _warn(complaint.edition.ref("names_staff"), "The letter names a member of staff.")


def _draft_names_staff(complaint: Complaint, step: events.ResponseDrafted) -> Iterator[Said]:
    if step.names_staff:
        yield _warn(complaint.edition.ref("names_staff"), "The draft names a member of staff.")


# Stage 2


def _requested_in_window(complaint: Complaint, step: events.EscalationRequested) -> Iterator[Said]:
    window = clocks.targets(complaint).get("escalate_by")
    if window is not None and step.on > _day(window):
        yield _warn(
            "escalate_by", "This came after the landlord's own time for asking. Look at why before deciding."
        )


def _day(due: object) -> date:
    assert isinstance(due, date)
    return due


def _decline_is_explained(complaint: Complaint, step: events.EscalationDeclined) -> Iterator[Said]:
    yield from _explained(step, complaint.edition.ref("decline_explained"))


def _decline_ground(complaint: Complaint, step: events.EscalationDeclined) -> Iterator[Said]:
    if step.ground == "outside_window" and not step.discretion:
        yield _need("discretion")
    if step.ground not in ("no_new_evidence", "no_reasons_given"):
        yield from _filed(step, complaint.edition.ref("decline_proceedings_filed"))
        return
    for refused in complaint.edition.ref(f"decline_{step.ground}").split():
        yield _refuse(refused, "The resident need not give reasons or new evidence to go to stage 2.")
    warned = complaint.edition.ref("decline_unsafe_ground")
    if warned:
        yield _warn(warned, "Stage 2 may be declined only on a ground that would also refuse a complaint.")


# Promises, money, people


def _promise_exists(complaint: Complaint, step: events.PromiseKept | events.PromiseChanged) -> Iterator[Said]:
    if not 1 <= step.promise <= len(complaint.promises):
        yield _need("promise")
    elif not complaint.promises[step.promise - 1].runs:
        yield _refuse("not_now", f"Promise {step.promise} has already been kept.")


def _promise_can_be_agreed(complaint: Complaint, step: events.PromiseAgreed) -> Iterator[Said]:
    if not 1 <= step.promise <= len(complaint.promises):
        yield _need("promise")
    elif not complaint.promises[step.promise - 1].runs:
        yield _refuse("not_now", f"Promise {step.promise} has already been kept.")
    if step.can is False and not step.reason:
        yield _need("reason")


def _asks_of_something(complaint: Complaint, step: events.OthersAsked) -> Iterator[Said]:
    """Legal advice may be asked on the case as a whole; anybody else is asked about a point or a promise."""
    if step.point and step.point > complaint.points:
        yield _need("point")
    if step.promise and step.promise > len(complaint.promises):
        yield _need("promise")
    if not (step.point or step.promise) and step.of != asking.LAWYER:
        yield _need("point")


def _was_asked(complaint: Complaint, step: events.OthersAnswered | events.AdviceRecorded) -> Iterator[Said]:
    if isinstance(step, events.AdviceRecorded) and not step.asked:
        return
    put = next((each for each in complaint.all(events.OthersAsked) if each.number == step.asked), None)
    if put is None:
        yield _need("asked")
    elif put not in asking.unanswered(complaint):
        yield _refuse("not_now", "This question has been answered already.")


def _order_exists(complaint: Complaint, step: events.Complied) -> Iterator[Said]:
    if not 1 <= step.order <= len(complaint.orders):
        yield _need("order")
    elif not complaint.orders[step.order - 1].runs:
        yield _refuse("not_now", f"Order {step.order} has already been complied with.")


def _award_exists(complaint: Complaint, step: events.Paid) -> Iterator[Said]:
    if not 1 <= step.award <= len(complaint.awards):
        yield _need("award")


def _award_approved(complaint: Complaint, step: events.Awarded) -> Iterator[Said]:
    limit = complaint.procedure.award_approval_over
    if step.approved_by is not None and step.approved_by == step.by.person:
        yield _refuse("approval", "Whoever makes an award cannot approve it.")
    elif limit is not None and step.amount > limit and step.approved_by is None:
        yield _need("approved_by")


def _representative_has_authority(complaint: Complaint, step: events.FindingsShared) -> Iterator[Said]:
    if step.shared_with == "representative" and not complaint.authority.get(complaint.representative):
        yield _refuse("authority", "The resident's authority for this representative is not recorded.")


def _received_without_authority(step: Event) -> list[Obstacle]:
    assert isinstance(step, events.Received)
    acts_for_another = step.by.kind == "representative" or step.source == "representative"
    return [_NO_AUTHORITY] if acts_for_another and step.authority is not True else []


def _without_authority(complaint: Complaint, step: Event) -> list[Obstacle]:
    if step.by.kind != "representative" or complaint.authority.get(step.by.person):
        return []
    return [_NO_AUTHORITY]


_NO_AUTHORITY = Obstacle(
    "authority",
    "The resident's authority for this representative is not recorded. What they ask counts all the same.",
)


def _equality(complaint: Complaint, step: events.ContactRestricted) -> Iterator[Said]:
    if step.equality_considered is not False:
        return
    says = "Consider the Equality Act before restricting how someone may contact you."
    if complaint.edition.ref("restriction_equality_refused"):
        yield _refuse(complaint.edition.ref("restriction_equality_refused"), says)
    elif complaint.edition.ref("restriction_equality"):
        yield _warn(complaint.edition.ref("restriction_equality"), says)


def _aware_since(complaint: Complaint, step: events.HazardReported) -> Iterator[Said]:
    heard = complaint.danger_first_heard_at
    if step.aware_at is None:
        yield _need("aware_at")
    elif heard is not None and step.aware_at > heard:
        day = in_words(heard.astimezone(clocks.LONDON).date())
        yield _warn("aware_at", f"A danger was first mentioned on {day}. Awareness counts from then.")


def _danger_waits(complaint: Complaint, step: events.HazardDismissed) -> Iterator[Said]:
    if complaint.danger_unanswered_on is None:
        yield _warn("danger", "No danger waits for an answer in this case.")


def _promises_stay_owed(complaint: Complaint, step: events.Closed) -> Iterator[Said]:
    if any(promise.runs for promise in complaint.promises):
        yield _warn("promises_owed", "Promises are still owed. Closing the case does not end them.")


def _entry_exists(complaint: Complaint, step: events.Corrected) -> Iterator[Said]:
    mended = next((event for event in complaint.events if event.number == step.entry), None)
    if mended is None:
        yield _need("entry")
    elif isinstance(mended, _BELONGS):
        yield _refuse("not_now", "This stands in two cases. Undo it instead, there or here.")
    elif step.strike and isinstance(mended, events.Received):
        yield _refuse(
            "not_now", "A case begins with its receipt, so that cannot be struck out. Correct it instead."
        )
    elif not (step.strike or step.fields or step.words):
        yield _need("fields")


# What belongs together

_BELONGS = (events.CasesLinked, events.CasesUnlinked, events.CasesMerged, events.CasesUnmerged,
            events.CaseSplit, events.CaseUnsplit)  # fmt: skip


def _names_the_other(complaint: Complaint, step: Event) -> Iterator[Said]:
    if not getattr(step, "other", 0):
        yield _need("other")


def _linked_before(complaint: Complaint, step: events.CasesUnlinked) -> Iterator[Said]:
    if step.other and step.other not in complaint.links:
        yield _refuse("not_now", "These cases are not linked.")


def _may_merge(complaint: Complaint, step: events.CasesMerged) -> Iterator[Said]:
    other = complaint.beside(step)
    if other is None:
        return
    for obstacle in belonging.in_the_way_of_merging(complaint, other, step):
        yield "refused", obstacle
    if complaint.handler and complaint.handler in other.about_staff | other.interests:
        yield _warn(
            complaint.edition.ref("conflict"), "The handler is named in the other complaint. Assign it anew."
        )
    if complaint.representative != other.representative:
        yield _warn(
            "authority",
            "Somebody speaks for the resident in one of them only. They can read both once merged.",
        )


def _may_unmerge(complaint: Complaint, step: events.CasesUnmerged) -> Iterator[Said]:
    if not step.other:
        return
    part = belonging.made_by_merge(complaint, step.other)
    if part is None:
        yield _refuse("not_now", "That case was not merged into this one.")
        return
    for says in belonging.rests_on_merge(complaint, part):
        yield _refuse(
            "rests_on_merge", f"This cannot be undone: {says}, as one complaint. Split points off instead."
        )


def _may_split(complaint: Complaint, step: events.CaseSplit) -> Iterator[Said]:
    unknown = [number for number in step.points if not 1 <= number <= complaint.points]
    if not step.points or unknown:
        yield _need("points")
    elif len(set(step.points)) >= complaint.points:
        yield _refuse("not_now", "At least one point stays. Choose those that leave.")


def _may_unsplit(complaint: Complaint, step: events.CaseUnsplit) -> Iterator[Said]:
    if not step.other:
        return
    if belonging.split_to(complaint, step.other) is None:
        yield _refuse("not_now", "That case was not split off this one.")
        return
    for says in belonging.rests_on_split(complaint, step.other):
        yield _refuse("rests_on_split", f"This cannot be undone: {says} since. Merge the two instead.")
    if step.since:
        yield _refuse(
            "rests_on_split", "This cannot be undone: the other case has gone on. Merge the two instead."
        )


# Lateness, for every step that ends a clock

_ENDS: dict[type[Event], tuple[str, ...]] = {
    events.Acknowledged: ("acknowledge", "acknowledge_escalation"),
    events.Responded: ("respond", "respond_stage_2"),
    events.Updated: ("update",),
    events.EscalationDeclined: ("decline_by",),
    events.Escalated: ("decline_by",),
    events.ComplaintOffered: ("call_back",),
    events.AdjustmentsReviewed: ("review_adjustments",),
    events.RestrictionReviewed: ("review_restriction",),
    events.EvidenceSent: ("evidence",),
    events.HazardReported: ("danger",),
    events.HazardDismissed: ("danger",),
    events.HazardInvestigated: ("hazard_investigate",),
    events.HazardSummarySent: ("hazard_summary",),
    events.HazardMadeSafe: ("hazard_make_safe",),
}


def _late(complaint: Complaint, step: Event) -> list[Obstacle]:
    names = set(_ends(complaint, step))
    if not names:
        return []
    found = []
    for run in clocks.due_runs(complaint):
        if run.name in names and run.is_late(step.at, step.on):
            reference = run.provision or complaint.edition.ref(_clock_key(run)) or "late"
            found.append(Obstacle(reference, f"This was due on {in_words(run.due_on)}."))
    for run in clocks.own_runs(complaint):
        if run.name in names and run.is_late(step.at, step.on):
            found.append(Obstacle(run.name, f"The landlord's own day for this was {in_words(run.due_on)}."))
    return found


def _ends(complaint: Complaint, step: Event) -> tuple[str, ...]:
    if isinstance(step, events.PromiseKept):
        return (f"promise:{step.promise}",)
    if isinstance(step, events.Complied):
        return (f"order:{step.order}",)
    if isinstance(step, events.Commented):
        return ("comment_by",) if step.subject == "findings" else ()
    stage_names = _ENDS.get(type(step), ())
    if isinstance(step, events.Acknowledged | events.Responded):
        return stage_names[:1] if complaint.stage_being_answered == 1 else stage_names[1:]
    return stage_names


def _clock_key(run: Run) -> str:
    return f"clock_{run.name.split(':')[0]}"


_RULES: dict[type[Event], tuple[Callable[..., Iterator[Said]], ...]] = {
    events.TreatedAsServiceRequest: (_service_request_needs_consent,),
    events.ComplaintRefused: (_refusal_is_explained, _twelve_months, _proceedings_filed),
    events.Assigned: (_may_be_assigned,),
    events.Acknowledged: (_outcomes_are_known,),
    events.Extended: (_extension,),
    events.FindingsShared: (_representative_has_authority,),
    events.ResponseDrafted: (
        _actor_stands_free,
        _every_point_in_draft,
        _draft_names_staff,
        _outcomes_answered,
        _draft_keeps_advice_back,
    ),
    events.ResponseChecked: (_actor_stands_free,),
    events.Responded: (
        _actor_stands_free,
        _called_first,
        _check_passed,
        _every_point,
        _dated,
        _acknowledged_before,
        _upheld_has_remedy,
        _letter_names_staff,
        _outcomes_answered,
        _both_duties,
        _keeps_advice_back,
    ),
    events.EscalationRequested: (_requested_in_window,),
    events.Escalated: (_decider_stands_free,),
    events.EscalationDeclined: (_decider_stands_free, _decline_is_explained, _decline_ground),
    events.PromiseKept: (_promise_exists,),
    events.PromiseChanged: (_promise_exists,),
    events.PromiseAgreed: (_promise_can_be_agreed,),
    events.OthersAsked: (_asks_of_something,),
    events.OthersAnswered: (_was_asked,),
    events.AdviceRecorded: (_was_asked,),
    events.Awarded: (_award_approved,),
    events.Paid: (_award_exists,),
    events.Complied: (_order_exists,),
    events.ContactRestricted: (_equality,),
    events.Closed: (_promises_stay_owed,),
    events.HazardReported: (_aware_since,),
    events.HazardDismissed: (_danger_waits,),
    events.Corrected: (_entry_exists,),
    events.CasesLinked: (_names_the_other,),
    events.CasesUnlinked: (_names_the_other, _linked_before),
    events.CasesMerged: (_names_the_other, _may_merge),
    events.CasesUnmerged: (_names_the_other, _may_unmerge),
    events.CaseSplit: (_may_split,),
    events.CaseUnsplit: (_names_the_other, _may_unsplit),
}
