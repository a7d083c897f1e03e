"""What a letter tells, read from the entry of the journal that says it was sent, and the words beside it.

So what is shown before sending and what is sent are the same reading of the same words, and a letter can be
made again from the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from complaint_rules import clocks, events
from complaint_rules import letters as rules
from complaint_rules.complaint import Complaint
from complaint_rules.events import Event
from complaint_rules.letters import Compensation, Draft, OutcomeAnswer, PointAnswer, Route, Undertaken
from putright.record.cases.reading import CaseFile

AWARD_HEADS = {
    "statutory": "A payment the law sets",
    "quantifiable_loss": "What it cost you",
    "time_and_trouble": "Your time and trouble",
    "distress": "Distress",
    "other": "Other",
}
KINDS: Mapping[str, str] = {
    "acknowledge": "acknowledgement",
    "update": "update",
    "extend": "extension",
    "respond": "response",
    "refuse_complaint": "refusal",
    "decline_escalation": "declined_escalation",
    "withdraw": "withdrawal",
}
"""The kind of letter that each action sends. An action that is not here sends none."""


def draft_of(file: CaseFile, before: Complaint) -> Draft:
    """The letter of the newest entry of a case. `before` is the complaint as it read before that entry.

    KeyError where the action sends no letter.
    """
    event = file.by_number[file.read_at]
    whole: dict[str, Any] = {
        "kind": KINDS[event.verb],
        "stage": 2 if event.verb == "decline_escalation" else before.stage_being_answered,
        "edition": before.edition.name,
        "definition": file.definition() or _points_in_a_line(file),
    }
    return Draft(**(whole | _TELLS[event.verb](file, event)))


def _points_in_a_line(file: CaseFile) -> str:
    return "; ".join(point.text for point in file.points())


def _acknowledgement(file: CaseFile, event: Event) -> dict[str, Any]:
    assert isinstance(event, events.Acknowledged)
    not_ours = tuple(file.numbered(event.number, "not_responsible_for"))
    complaint = file.complaint
    run = clocks.response_run(complaint, complaint.stage_being_answered)
    return {
        "points": tuple(point.text for point in file.points()),
        "outcomes": tuple(OutcomeAnswer(each) for each in file.outcomes()),
        "not_responsible_for": not_ours if event.not_responsible_for else None,
        "answer_by": run.due_on if run is not None else None,
    }


def _update(file: CaseFile, event: Event) -> dict[str, Any]:
    assert isinstance(event, events.Updated)
    return {"texts": (file.words(event.number, "summary"),), "next_update": event.next_update}


def _extension(file: CaseFile, event: Event) -> dict[str, Any]:
    assert isinstance(event, events.Extended)
    reasons = (file.words(event.number, name) for name in ("reason", "good_reason_beyond_limit"))
    return {
        "new_day": event.until,
        "reason": "\n".join(each for each in reasons if each),
        "agreed": event.agreed,
    }


def _response(file: CaseFile, event: Event) -> dict[str, Any]:
    assert isinstance(event, events.Responded)
    number = event.number
    own_words = file.words(number, "letter")
    return {
        "points": tuple(point.text for point in file.points()),
        "answers": tuple(_decided(file, number, each) for each in event.decisions),
        "outcomes": _outcomes(file, event),
        "remedies": _undertaken(file, number, "remedy", event.remedies),
        "actions": _undertaken(file, number, "action", event.actions),
        "compensation": _compensation(file, event),
        "texts": (own_words,) if own_words else (),
        "landlord_duties": file.words(number, "duties.ours"),
        "resident_duties": file.words(number, "duties.theirs"),
        "duties_at_issue": event.duties is not None,
    }


def _decided(file: CaseFile, number: int, each: events.Decision) -> PointAnswer:
    cites = file.words(number, f"cites.{each.point}")
    reasons = file.words(number, f"reasons.{each.point}")
    return PointAnswer(each.point, each.decision, reasons, (cites,) if cites else ())


def _outcomes(file: CaseFile, event: events.Responded) -> tuple[OutcomeAnswer, ...]:
    said = {each.outcome: each.answer for each in event.outcomes}
    return tuple(
        OutcomeAnswer(text, said.get(place), file.words(event.number, f"answered.{place}"))  # type: ignore[arg-type]
        for place, text in enumerate(file.outcomes(), start=1)
    )


def _undertaken(
    file: CaseFile, number: int, name: str, undertakings: tuple[events.Undertaking, ...]
) -> tuple[Undertaken, ...]:
    return tuple(
        Undertaken(file.words(number, f"{name}.{place}"), each.by, each.owner or "")
        for place, each in enumerate(undertakings, start=1)
    )


def _compensation(file: CaseFile, event: events.Responded) -> tuple[Compensation, ...]:
    found = []
    for place, amount in enumerate(event.compensation, start=1):
        purpose = file.words(event.number, f"compensation.{place}")
        found.append(Compensation(amount, AWARD_HEADS.get(purpose, purpose)))
    return tuple(found)


def _refusal(file: CaseFile, event: Event) -> dict[str, Any]:
    assert isinstance(event, events.ComplaintRefused | events.EscalationDeclined)
    ways = event.elsewhere
    return {
        "reason": file.words(event.number, "reasons"),
        "routes": None
        if ways is None
        else tuple(_route(file, event, place) for place in range(1, len(ways) + 1)),
    }


def _route(file: CaseFile, event: events.ComplaintRefused | events.EscalationDeclined, place: int) -> Route:
    way = (event.elsewhere or ())[place - 1]
    where = (
        rules.known_routes()[way.route].label if way.route else file.words(event.number, f"elsewhere.{place}")
    )
    return Route(f"{where[:1].upper()}{where[1:]}", way.by, way.no_limit)


def _withdrawal(file: CaseFile, event: Event) -> dict[str, Any]:
    by_them = event.by.kind in ("resident", "representative")
    return {
        "withdrawn_by": "You" if by_them else "You, or somebody for you,",
        "withdrawn_on": event.on,
        "way_back": "Tell us at any time, and we will take your complaint up again where it stopped.",
    }


_TELLS: Mapping[str, Callable[[CaseFile, Event], dict[str, Any]]] = {
    "acknowledge": _acknowledgement,
    "update": _update,
    "extend": _extension,
    "respond": _response,
    "refuse_complaint": _refusal,
    "decline_escalation": _refusal,
    "withdraw": _withdrawal,
}


def due_on(before: Complaint) -> date | None:
    """The day on which an answer at the stage that is open is due under the Code; None while no clock runs."""
    run = clocks.response_run(before, before.stage_being_answered)
    return run.due_on if run is not None else None
