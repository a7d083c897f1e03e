"""What belongs together: two complaints that become one, and points that leave for a case of their own.

The journal of one case does not reach another's, so the entry that joins two holds the events of the other
one, and they are read here. Their numbers go below those of the case itself, so that no two entries have the
same one and what happened before the merge still comes before what followed.

The timetable of a merged complaint is that of whichever was received first: its days, its extensions and its
edition. Nothing else could be fair: to let the later one run would buy time, to let both run would ask for two
answers to one complaint. What was already late in either stays late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from complaint_rules import clocks, events
from complaint_rules.clocks import Run
from complaint_rules.events import Aside, CasesMerged, CaseSplit, Event
from complaint_rules.findings import Obstacle
from complaint_rules.working_days import in_words

if TYPE_CHECKING:
    from complaint_rules.complaint import Complaint

HOW_LINKED = ("same_trouble", "same_home", "follow_on")

# Their words are kept, but they acted on a timetable that stopped when another one took over.
_OF_THE_TIMETABLE = (
    events.Acknowledged,
    events.Logged,
    events.Extended,
    events.TreatedAsServiceRequest,
    events.ServiceRequestAnswered,
    events.ComplaintOffered,
    events.Withdrawn,
    events.Reopened,
)
# A draft answers the points of one case by their numbers there; a call or a check was about that draft.
_OF_ONE_ANSWER = (events.ResponseDrafted, events.ResponseChecked, events.OutcomeCalled)
# Of a case that points left, all that the new case needs: what was told, to whom, and what makes it easier.
_GO_WITH_POINTS = (
    *_OF_THE_TIMETABLE,
    events.Received,
    events.NeedsRecorded,
    events.UpdatesAgreed,
    events.Updated,
    events.AuthorityRecorded,
    events.InterestDeclared,
    events.AdviceRecorded,
    events.Corrected,
)


@dataclass(frozen=True, slots=True)
class Part:
    """The entries of another case that are read with this one: theirs is `number`, here it is `number + shift`.

    `entry` is the entry that brought them. All that came with them, from cases merged into that one too, stands
    above `floor` here. The rest says under which numbers what they brought stands: the first is one more than
    `points`, `promises` and so on.
    """

    case: int
    shift: int
    upto: int
    entry: int
    floor: int
    merged: bool = True
    points: int = 0
    promises: int = 0
    awards: int = 0
    brought_points: int = 0
    brought_promises: int = 0
    brought_awards: int = 0


def shift_for(complaint: Complaint, upto: int) -> int:
    """What to add to the numbers of another case's entries, so that all stand below those read so far."""
    lowest = min(0, *(event.number for event in complaint.told), *(part.shift for part in complaint.parts))
    return lowest - 1 - upto


def shifted(facts: Iterable[Event], shift: int) -> list[Event]:
    """The events of another case under the numbers that they have here."""
    return [_shifted(event, shift) for event in facts]


def _shifted(event: Event, shift: int) -> Event:
    if isinstance(event, events.Corrected):
        return replace(event, number=event.number + shift, entry=event.entry + shift)
    if isinstance(event, events.OthersAnswered | events.AdviceRecorded) and event.asked:
        return replace(event, number=event.number + shift, asked=event.asked + shift)
    return replace(event, number=event.number + shift)


# Two become one


def went_into(complaint: Complaint, event: Event) -> None:
    """It goes on in another case: no clock of its own runs any more."""
    complaint.state, complaint.merged_into = "merged", event.other  # type: ignore[attr-defined]
    complaint.stopped = complaint.stopped or clocks_stop(event)
    complaint.request_waits = False
    complaint.updates_agreed = None
    complaint.with_ombudsman = complaint.dissatisfied_survey = False
    for run in complaint.owed:
        if run.runs:
            run.stopped, run.done_entry = event.on, event.number


def clocks_stop(event: Event) -> Any:
    """The step at which the Code's clocks of a case stop."""
    from complaint_rules.complaint import Step

    return Step(event.on, event.number)


def take_in(kept: Complaint, other: Complaint, event: CasesMerged) -> None:
    """The other complaint is dealt with in this one from here on. `other` is read under numbers of this case."""
    shift = shift_for(kept, event.upto)
    part = Part(
        case=event.other,
        shift=shift,
        upto=event.upto,
        entry=event.number,
        floor=min(shift, *(each.floor for each in other.parts)) if other.parts else shift,
        points=kept.points,
        promises=len(kept.promises),
        awards=len(kept.awards),
        brought_points=other.points,
        brought_promises=len(other.promises),
        brought_awards=len(other.awards),
    )
    brought = [_renumbered(each, part) for each in other.told]
    _take_over_the_timetable(kept, other, event, brought)
    kept.told += brought
    kept.parts += [part, *other.parts]
    kept.brought[event.number] = other
    _take_over_what_it_is_about(kept, other)
    _take_over_people(kept, other)
    _take_over_what_is_owed(kept, other)


def _renumbered(event: Event, part: Part) -> Event:
    if isinstance(event, events.PromiseKept | events.PromiseChanged | events.PromiseAgreed):
        return replace(event, promise=event.promise + part.promises)
    if isinstance(event, events.OthersAsked):
        point, promise = (
            number and number + before
            for number, before in ((event.point, part.points), (event.promise, part.promises))
        )
        return replace(event, point=point, promise=promise)
    if isinstance(event, events.Paid):
        return replace(event, award=event.award + part.awards)
    return _aside(event) if isinstance(event, _OF_ONE_ANSWER) else event


def _aside(event: Event) -> Event:
    return Aside(number=event.number, at=event.at, on=event.on, by=event.by, was=event)


def runs_first(kept: Complaint, other: Complaint) -> bool:
    """Whether the timetable of the other complaint is the one that runs: it was received before this one."""
    return _received(other) < _received(kept)


def _received(complaint: Complaint) -> date:
    return complaint.steps["received"].on


def _take_over_the_timetable(
    kept: Complaint, other: Complaint, event: CasesMerged, brought: list[Event]
) -> None:
    others_runs_first = runs_first(kept, other)
    stops = kept if others_runs_first else other
    kept.past_runs += [*_stopped(clocks.code_runs(stops), event), *other.past_runs]
    for stage in (1, 2):
        kept.past_extensions[stage] += [*stops.extensions[stage], *other.past_extensions[stage]]
    set_aside(kept.told if others_runs_first else brought, _OF_THE_TIMETABLE)
    if others_runs_first:
        take_timetable(kept, other)
    if "open" in (kept.state, other.state):
        kept.state = "open"
    kept.stage = max(kept.stage, other.stage)


def _stopped(runs: list[Run], event: Event) -> list[Run]:
    for run in runs:
        if run.runs:
            run.stopped, run.done_entry = event.on, event.number
    return runs


def set_aside(told: list[Event], kinds: tuple[type[Event], ...]) -> None:
    """Keep the words of these events, and let what they did count no longer."""
    told[:] = [_aside(event) if isinstance(event, kinds) else event for event in told]


def take_timetable(kept: Complaint, other: Complaint) -> None:
    """The days, the extensions and the edition of the other complaint are those of this one."""
    kept.edition = other.edition
    kept.steps = dict(other.steps)
    kept.extensions = {stage: list(told) for stage, told in other.extensions.items()}
    kept.stopped = None


def _take_over_what_it_is_about(kept: Complaint, other: Complaint) -> None:
    kept.points += other.points
    kept.point_sources += other.point_sources
    kept.outcomes += other.outcomes
    kept.stock = kept.stock or other.stock
    kept.issue_arose = _later(kept.issue_arose, other.issue_arose)
    kept.aware_since = _later(kept.aware_since, other.aware_since)
    kept.was_service_request = kept.was_service_request or other.was_service_request


def _later(one: date | None, other: date | None) -> date | None:
    """Of two troubles the newer one says whether the complaint came in time."""
    known = [day for day in (one, other) if day is not None]
    return max(known) if known else None


def _take_over_people(kept: Complaint, other: Complaint) -> None:
    kept.about_staff |= other.about_staff
    kept.interests |= other.interests
    kept.representative = kept.representative or other.representative
    kept.authority = other.authority | kept.authority
    for person, given in other.authority.items():
        kept.authority[person] = kept.authority.get(person, False) or given
    barred = kept.about_staff | kept.interests
    for stage in (1, 2):
        kept.considered[stage] |= other.considered[stage]
        handlers = (kept.handlers[stage], other.handlers[stage])
        kept.handlers[stage] = next((each for each in handlers if each and each not in barred), None)


def _take_over_what_is_owed(kept: Complaint, other: Complaint) -> None:
    before = len(kept.promises)
    for number, run in enumerate(other.promises, start=before + 1):
        run.name = f"promise:{number}"
    kept.promises += other.promises
    kept.awards += other.awards
    kept.owed += other.owed
    kept.updates_agreed = kept.updates_agreed or other.updates_agreed
    kept.dissatisfied_survey = kept.dissatisfied_survey or other.dissatisfied_survey
    kept.adjustments_without_review = (
        kept.adjustments_without_review or other.adjustments_without_review
    ) and kept.running("review_adjustments") is None


# Points leave


def leave(complaint: Complaint, event: CaseSplit) -> None:
    """These points are no longer of this case; those that stay are numbered anew. A draft answered the old ones."""
    gone = set(event.points)
    stay = [place for number, place in enumerate(complaint.point_sources, start=1) if number not in gone]
    complaint.point_sources = stay
    complaint.points = len(stay)
    complaint.split_off[event.other] = event.points
    set_aside(complaint.told, _OF_ONE_ANSWER)


def stand_apart(complaint: Complaint, origin: Complaint, event: CaseSplit) -> None:
    """A case of its own for the points that left: received, logged, acknowledged and extended as the other was."""
    shift = shift_for(complaint, event.upto)
    part = Part(event.other, shift, event.upto, event.number, floor=shift, merged=False)
    take_timetable(complaint, origin)
    complaint.told += [
        _received_there(each) for each in origin.told if isinstance(each, _GO_WITH_POINTS) or _is_words(each)
    ]
    complaint.parts += [part, *(replace(each, merged=False) for each in origin.parts)]
    complaint.split_from = event.other
    complaint.state, complaint.stage = origin.state, origin.stage
    complaint.outcomes = origin.outcomes
    complaint.stock = origin.stock
    complaint.issue_arose, complaint.aware_since = origin.issue_arose, origin.aware_since
    complaint.was_service_request = origin.was_service_request
    complaint.about_staff |= origin.about_staff
    complaint.interests |= origin.interests
    complaint.representative, complaint.authority = origin.representative, dict(origin.authority)
    complaint.handlers = dict(origin.handlers)
    complaint.considered = {stage: set(people) for stage, people in origin.considered.items()}
    complaint.updates_agreed = origin.updates_agreed
    complaint.owed += [replace(run) for run in origin.owed if run.name == "update" and run.runs]


def _is_words(event: Event) -> bool:
    return isinstance(event, Aside) and not isinstance(event.was, _OF_ONE_ANSWER)


def _received_there(event: Event) -> Event:
    """The receipt of the case that points left holds the resident's words; what it was about stays there."""
    return _aside(event) if isinstance(event, events.Received) else event


# What stands in the way


_BY_THE_OMBUDSMAN = (events.OmbudsmanEnquired, events.EvidenceRequested, events.Determined)


def in_the_way_of_merging(kept: Complaint, other: Complaint, step: CasesMerged) -> Iterator[Obstacle]:
    """Why two complaints may not become one."""
    if step.same_resident is not True:
        yield Obstacle(
            "same_resident",
            "These are not complaints of the same resident, and one of them could then read the other's."
            " Link them instead.",
        )
    for complaint, which in ((kept, "This complaint"), (other, "The other complaint")):
        if not is_unanswered(complaint):
            yield Obstacle("not_now", f"{which} is {_state(complaint)}. Only complaints that are not yet answered"
                           " can become one. Link them instead.")  # fmt: skip
        if step.on < complaint.events[-1].on:
            day = in_words(complaint.events[-1].on)
            yield Obstacle("not_now", f"Something happened in {which.lower()} on {day}, after this day.")
    if any(other.all(kind) for kind in _BY_THE_OMBUDSMAN):
        yield Obstacle(
            "with_ombudsman",
            "The Ombudsman knows the other complaint by its own reference. Merge this one into it instead.",
        )
    yield from _representatives(kept, other)


def _representatives(kept: Complaint, other: Complaint) -> Iterator[Obstacle]:
    """Whoever speaks for the resident in one would read what was said in the other."""
    if kept.representative == other.representative:
        return
    for complaint in (kept, other):
        if _speaks(complaint) and not complaint.authority.get(complaint.representative):
            says = (
                "Somebody without recorded authority speaks for the resident in one of them. Record it first."
            )
            yield Obstacle("authority", says)


def _speaks(complaint: Complaint) -> bool:
    return complaint.representative is not None or bool(complaint.authority)


def is_unanswered(complaint: Complaint) -> bool:
    """Whether it is a complaint on its way to its first answer. Only then can two become one, or points leave.

    As with a point that is added (2022: 5.7; 2024: 6.8): once stage 1 is answered, a new matter is a new complaint.
    """
    return (
        complaint.state in ("received", "open") and complaint.stage < 2 and "responded" not in complaint.steps
    )


def _state(complaint: Complaint) -> str:
    return (
        complaint.state.replace("_", " ") if complaint.state != "open" else f"open, stage {complaint.stage}"
    )


def before_the_merge(complaint: Complaint, step: Event) -> Iterator[Obstacle]:
    """What is recorded late as of a day before a merge would count among what was merged, under other numbers."""
    merges = [event for event in complaint.events if isinstance(event, CasesMerged) and not event.into]
    counts = isinstance(step, (*_ACTS_ON_THE_WHOLE, *_GIVES_A_NUMBER))
    if merges and counts and step.on < merges[-1].on:
        day = in_words(merges[-1].on)
        yield Obstacle(
            "not_now", f"Another complaint was merged into this one on {day}. Give that day or a later one."
        )


# Undoing

_GIVES_A_NUMBER = (events.PointAdded, events.PromiseMade, events.Awarded)
_ACTS_ON_THE_WHOLE: dict[type[Event], str] = {
    events.Logged: "it was logged",
    events.Acknowledged: "it was acknowledged",
    events.DefinitionAgreed: "its definition was agreed",
    events.Extended: "its answer was extended",
    events.FindingsShared: "its findings were shared",
    events.OutcomeCalled: "the outcome was told by telephone",
    events.ResponseDrafted: "an answer was drafted",
    events.ResponseChecked: "an answer was checked",
    events.Responded: "it was answered",
    events.ComplaintRefused: "it was refused",
    events.TreatedAsServiceRequest: "it was treated as a service request",
    events.Withdrawn: "it was withdrawn",
    events.Reopened: "it was reopened",
    events.Closed: "it was closed",
    events.EvidenceRequested: "the Ombudsman asked for evidence",
    events.EvidenceSent: "evidence was sent to the Ombudsman",
    events.Determined: "the Ombudsman decided",
    CaseSplit: "points of it were split off",
}


def made_by_merge(complaint: Complaint, other: int) -> Part | None:
    """What a merge with this other case brought, where one stands; the newest."""
    merges = [e for e in complaint.events if isinstance(e, CasesMerged) and not e.into and e.other == other]
    entry = merges[-1].number if merges else None
    return next((part for part in complaint.parts if part.entry == entry and part.case == other), None)


def rests_on_merge(complaint: Complaint, part: Part) -> Iterator[str]:
    """What has happened since a merge that could not stand without it, in words: "it was answered on ..."."""
    for event in _since(complaint, part.entry):
        says = _ACTS_ON_THE_WHOLE.get(type(event)) or _numbered_by(event, part)
        if says:
            yield f"{says} on {in_words(event.on)}"
    for run in complaint.owed:
        if _began_in(run, part) and run.done_entry is not None and run.done_entry > part.entry:
            day = run.done or run.stopped
            yield f"something that the merge brought was done{f' on {in_words(day)}' if day else ''}"


def _began_in(run: Run, part: Part) -> bool:
    return run.start_entry is not None and part.floor < run.start_entry <= part.shift + part.upto


def _numbered_by(event: Event, part: Part) -> str:
    """Whether a number in this event counts what the merge brought."""
    if part.brought_promises:
        if isinstance(event, events.PromiseMade):
            return "a promise was made, numbered after those"
        if isinstance(event, events.PromiseKept | events.PromiseChanged) and event.promise > part.promises:
            return f"promise {event.promise} was kept or moved"
        if isinstance(event, events.PromiseAgreed) and event.promise > part.promises:
            return f"somebody said whether promise {event.promise} can be kept"
        if isinstance(event, events.OthersAsked) and event.promise > part.promises:
            return f"somebody was asked about promise {event.promise}"
    if part.brought_points and isinstance(event, events.OthersAsked) and event.point > part.points:
        return f"somebody was asked about point {event.point}"
    if part.brought_awards:
        if isinstance(event, events.Awarded):
            return "an award was made, numbered after those"
        if isinstance(event, events.Paid) and event.award > part.awards:
            return f"award {event.award} was paid"
    return ""


def rests_on_split(complaint: Complaint, other: int) -> Iterator[str]:
    """What has happened since points left that could not stand had they stayed."""
    made = split_to(complaint, other)
    for event in _since(complaint, made.number) if made else ():
        says = _ACTS_ON_THE_WHOLE.get(type(event))
        if says:
            yield f"{says} on {in_words(event.on)}"


def split_to(complaint: Complaint, other: int) -> CaseSplit | None:
    """The split that made this other case, where it stands."""
    found = [e for e in complaint.events if isinstance(e, CaseSplit) and not e.apart and e.other == other]
    return found[-1] if found else None


def _since(complaint: Complaint, entry: int) -> list[Event]:
    return [event for event in complaint.events if event.number > entry]


_GOES_WITH_A_CASE = frozenset({"receive", "split_case", "assign", "link_cases", "unlink_cases"})


def happened_apart(complaint: Complaint) -> tuple[str, ...]:
    """What a case made by a split has seen since, beside being given to somebody: it would be lost by an undo."""
    return tuple(event.verb for event in complaint.events if event.verb not in _GOES_WITH_A_CASE)
