"""What happened in a case, told from its journal: the newest first, late recordings and refused attempts too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from complaint_rules import clocks, events, independence
from complaint_rules.clocks import Run
from complaint_rules.events import Event
from complaint_rules.letters import known_routes
from putright.interfaces.pages import words
from putright.interfaces.pages.phrases import long_day, pounds, working_days
from putright.interfaces.staff.case import addresses
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import ERASED, CaseFile
from putright.record.journal.models import Entry

A_PAGE = 50

SHOWN: dict[str, tuple[str, frozenset[str]]] = {
    "": ("Everything", frozenset()),
    "steps": (
        "Steps of the complaint",
        frozenset(
            "receive treat_as_service_request answer_service_request offer_complaint log_complaint refuse_complaint"
            " assign acknowledge extend add_point respond request_escalation escalate decline_escalation withdraw close"
            " reopen link_cases unlink_cases merge_cases unmerge_cases split_case unsplit_case".split()
        ),
    ),
    "contacts": (
        "Contacts and updates",
        frozenset(
            "record_contact update ask_to_clarify outcome_call comment share_findings ask_others answer_others"
            " send_survey answer_survey".split()
        ),
    ),
    "promises": (
        "Promises and money",
        frozenset("promise keep_promise change_promise agree_promise award pay comply".split()),
    ),
    "refused": ("Refused attempts and corrections", frozenset({"refused", "correct"})),
}
"""What the timeline can be narrowed to: its words, and the verbs."""

_LABELS = {
    "account": "Their words",
    "post_link": "Link to the post",
    "post_text": "The post",
    "point": "Point",
    "outcome": "Wants",
    "need": "Need",
    "adjustment": "Adjustment",
    "advice": "Advice",
    "adviser": "From",
    "duties": "The law asks of us",
    "remark": "Looked at",
    "left_because": "Left, because",
    "definition": "Definition",
    "not_responsible_for": "Not for us to answer",
    "reason": "Reason",
    "why_corrected": "Why it was wrong",
    "reasons": "Reasons",
    "cites": "Rests on",
    "discretion": "Weighed",
    "good_reason_beyond_limit": "Why past the limit",
    "question": "Question",
    "answer": "Answer",
    "summary": "Summary",
    "with": "With",
    "text": "Text",
    "letter": "Letter",
    "remarks": "Remarks",
    "remedy": "Remedy",
    "action": "Action",
    "compensation": "Money for",
    "interest": "Interest",
    "what": "What",
    "owner": "Owner",
    "proof": "Proof",
    "reference": "Payment reference",
    "comment": "Comment",
    "cause": "Cause",
    "lesson": "Lesson",
    "change": "Change",
    "item": "Item",
    "issue": "Issue",
    "order": "Order",
    "recommendation": "Recommendation",
}
_ALONE = frozenset(
    {"account", "summary", "text", "question", "answer"}
)  # needs no label where it stands alone
_OPENED_BY_A_PRESS = frozenset({"need", "adjustment"})  # never open on a screen that others may see
_TOLD_APART = frozenset({"form", "answered", "elsewhere", "file"}) | _OPENED_BY_A_PRESS
_DRAFTS = frozenset({"draft_response", "check_response"})
_ANSWERS = (events.Responded, events.ResponseDrafted)


def timeline(file: CaseFile, staff: Staff, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """These entries as a page shows them, in the order given. Names must have been read into `file.names`."""
    ended = _ended(file)
    mended = _mended(file)
    may_correct = staff.may("correct", file.complaint.procedure) and file.complaint.state != "merged"
    return [_told(file, staff, entry, ended, mended, may_correct) for entry in entries]


def newest_first(file: CaseFile, shown: str = "") -> list[Entry]:
    """The entries, the newest first by the moment they happened, then by number; views are left out."""
    _, verbs = SHOWN[shown]
    entries = [*file.entries, *file.brought]
    wanted = [e for e in entries if e.verb != "viewed" and (not verbs or e.verb in verbs)]
    return sorted(wanted, key=lambda entry: (_when(file, entry), entry.number), reverse=True)


def _when(file: CaseFile, entry: Entry) -> datetime:
    event = file.by_number.get(entry.number)
    return event.at if event is not None else entry.happened_at


def _told(
    file: CaseFile,
    staff: Staff,
    entry: Entry,
    ended: dict[int, Run],
    mended: dict[int, list[str]],
    may_correct: bool,
) -> dict[str, Any]:
    event = file.by_number.get(entry.number)
    told: dict[str, Any] = {
        "number": entry.number,
        "title": title(file, entry, event),
        "when": _when(file, entry),
        "by": _by(file, entry),
        "text": _text(file, staff, entry, event),
        "notes": mended.get(entry.number, []),
    }
    recorded = localdate(entry.recorded_at)
    if recorded != localdate(told["when"]):
        told["recorded"] = recorded
    if entry.number in ended:
        told["verdict"], told["late"] = _in_time(file, ended[entry.number])
    origin = file.came_from(entry.number)
    if origin is not None:
        case, number = origin
        told["text"] = "\n".join(
            part for part in (told["text"], f"In {case.reference}, entry {number}") if part
        )
    elif may_correct and event is not None and entry.verb not in _OF_TWO_CASES:
        told["mend_url"] = addresses.action(file.case.reference, "correct", entry=entry.number)
    return told


# Titles


def title(file: CaseFile, entry: Entry, event: Event | None) -> str:
    """What happened, on one line."""
    if entry.verb == "refused":
        return f"Refused: {words.ACTIONS.get(entry.data.get('verb', ''), 'a step')}"
    happened = words.HAPPENED.get(entry.verb, entry.verb.replace("_", " ").capitalize())
    if entry.verb in _OF_TWO_CASES:
        return _of_two_cases(file, entry, happened)
    more = _MORE.get(entry.verb)
    if event is None or more is None:
        return happened
    return more(file, event, happened)


_OF_TWO_CASES = frozenset(
    {"link_cases", "unlink_cases", "merge_cases", "unmerge_cases", "split_case", "unsplit_case"}
)


def _of_two_cases(file: CaseFile, entry: Entry, happened: str) -> str:
    """What happened to this case and another, from this one's side. Also of a merge that was undone since."""
    data = entry.data
    other = file.references.get(data.get("other", 0), "another case")
    if entry.verb == "link_cases":
        how = words.LINKS.get(data.get("how", ""), "")
        return f"Linked to {other}" + (f": {how[:1].lower()}{how[1:]}" if how else "")
    if entry.verb == "merge_cases":
        return f"Merged into {other}" if data.get("into") else f"{other} merged into this one"
    if entry.verb == "split_case":
        points = data.get("points", [])
        named = f"Point{'s' if len(points) > 1 else ''} {_listed(points)}"
        apart = data.get("apart")
        return f"{named} of {other} split off into this case" if apart else f"{named} split off into {other}"
    if entry.verb == "unsplit_case":
        return f"Points went back to {other}" if data.get("apart") else f"Points came back from {other}"
    return f"{happened}: {other}"


def _listed(numbers: list[int]) -> str:
    *first, last = (str(number) for number in numbers or [0])
    return f"{', '.join(first)} and {last}" if first else last


def _received(file: CaseFile, event: events.Received, happened: str) -> str:
    channel = _channel(event.channel)
    return f"{happened} by {channel}" if channel else happened


def _channel(channel: str | None) -> str:
    return {"in_person": "visit in person", "mp": "letter from an MP"}.get(
        channel or "", (channel or "").replace("_", " ")
    )


def _assigned(file: CaseFile, event: events.Assigned, happened: str) -> str:
    stage = f", stage {event.stage}" if event.stage else ""
    return f"{happened} to {file.name(event.handler)}{stage}"


def _acknowledged(file: CaseFile, event: Event, happened: str) -> str:
    return f"Stage 2 {happened.lower()}" if independence.stage_of(file.complaint, event) == 2 else happened


def _answered(file: CaseFile, event: Event, happened: str) -> str:
    return f"{happened} at stage {independence.stage_of(file.complaint, event)}"


def _extended(file: CaseFile, event: events.Extended, happened: str) -> str:
    return f"{happened} to {_day(event.until)}"


def _updated(file: CaseFile, event: events.Updated, happened: str) -> str:
    by = f" by {_channel(event.method)}" if event.method else ""
    again = f"; next by {_day(event.next_update)}" if event.next_update else ""
    return f"{happened}{by}{again}"


def _updates_agreed(file: CaseFile, event: events.UpdatesAgreed, happened: str) -> str:
    unit = event.unit.replace("_", " ")
    return f"{happened}: every {event.every} {unit}"


def _contact(file: CaseFile, event: events.ContactRecorded, happened: str) -> str:
    way = "to us" if event.direction == "in" else "from us"
    channel = _channel(event.channel)
    return f"{happened} {way} by {channel}" if channel else f"{happened} {way}"


def _ground(file: CaseFile, event: events.ComplaintRefused | events.EscalationDeclined, happened: str) -> str:
    ground = words.GROUNDS.get(event.ground or "")
    return f"{happened}: {ground[:1].lower()}{ground[1:]}" if ground else happened


def _interest(file: CaseFile, event: events.InterestDeclared, happened: str) -> str:
    return f"{happened}: {file.name(event.staff)}"


def _point_added(file: CaseFile, event: events.PointAdded, happened: str) -> str:
    entry = next((each for each in file.entries if each.number == event.number), None)
    apart = entry is not None and (entry.data.get("told") or {}).get("opens_new_case")
    return "New point, in a case of its own" if apart else happened


def _shared(file: CaseFile, event: events.FindingsShared, happened: str) -> str:
    whom = event.shared_with or ""
    name = f"the {whom}" if whom in ("resident", "representative") else file.name(whom)
    by = f"; comments by {_day(event.comment_by)}" if event.comment_by else ""
    return f"{happened} with {name}{by}"


def _comment(file: CaseFile, event: events.Commented, happened: str) -> str:
    return f"{happened} on the {event.subject}" if event.subject else happened


def _call(file: CaseFile, event: events.OutcomeCalled, happened: str) -> str:
    return f"{happened}: reached" if event.reached else f"{happened}: not reached"


def _check(file: CaseFile, event: events.ResponseChecked, happened: str) -> str:
    return f"{happened}: passed" if event.passed else f"{happened}: sent back"


def _authority(file: CaseFile, event: events.AuthorityRecorded, happened: str) -> str:
    given = "given" if event.given else "not given"
    return f"{happened}: {given} to {file.name(event.representative)}"


def _satisfied(
    file: CaseFile, event: events.ServiceRequestAnswered | events.SurveyAnswered, happened: str
) -> str:
    score = f": {event.score}" if isinstance(event, events.SurveyAnswered) and event.score is not None else ""
    if event.satisfied is None:
        return f"{happened}{score}"
    return f"{happened}{score}, {'satisfied' if event.satisfied else 'not satisfied'}"


def _offered(file: CaseFile, event: events.ComplaintOffered, happened: str) -> str:
    said = {"wants": "they want one", "declines": "they do not want one"}.get(event.answer or "")
    return f"{happened}: {said}" if said else happened


def _numbered(name: str) -> Callable[[CaseFile, Any, str], str]:
    def told(file: CaseFile, event: Any, happened: str) -> str:
        first, _, rest = happened.partition(" ")
        return f"{first} {getattr(event, name)} {rest}"

    return told


def _promise_moved(file: CaseFile, event: events.PromiseChanged, happened: str) -> str:
    return f"Promise {event.promise} moved to {_day(event.due)}"


def _agreed(file: CaseFile, event: events.PromiseAgreed, happened: str) -> str:
    return f"Promise {event.promise}: {'it can' if event.can else 'it cannot'} be kept"


def _asked(file: CaseFile, event: events.OthersAsked, happened: str) -> str:
    about = f" about point {event.point}" if event.point else ""
    about = f" about promise {event.promise}" if event.promise else about
    whom = file.words(event.number, "whom", ERASED)
    return f"{happened} {whom}{about}, for {_day(event.answer_by)}"


def _promised(file: CaseFile, event: events.PromiseMade, happened: str) -> str:
    return f"{happened}, for {_day(event.due)}"


def _awarded(file: CaseFile, event: events.Awarded, happened: str) -> str:
    head = words.AWARD_HEADS.get(event.head or "", "")
    return f"{happened}: {pounds(event.amount)}" + (f", {head[:1].lower()}{head[1:]}" if head else "")


def _corrected(file: CaseFile, event: events.Corrected, happened: str) -> str:
    return f"Entry {event.entry} {'struck out' if event.strike else 'corrected'}"


def _order_done(file: CaseFile, event: events.Complied, happened: str) -> str:
    return f"Order {event.order} carried out"


def _evidence(file: CaseFile, event: events.EvidenceRequested, happened: str) -> str:
    return f"{happened} by {_day(event.due)}" if event.due else happened


def _hazard(file: CaseFile, event: events.HazardReported, happened: str) -> str:
    return f"{happened}: {event.kind}" if event.kind else happened


def _reviewed_by(file: CaseFile, event: Any, happened: str) -> str:
    return f"{happened}; review on {_day(event.review_on)}" if event.review_on else happened


_MORE: dict[str, Callable[[CaseFile, Any, str], str]] = {
    "receive": _received,
    "assign": _assigned,
    "acknowledge": _acknowledged,
    "respond": _answered,
    "extend": _extended,
    "update": _updated,
    "agree_updates": _updates_agreed,
    "record_contact": _contact,
    "refuse_complaint": _ground,
    "decline_escalation": _ground,
    "declare_interest": _interest,
    "add_point": _point_added,
    "share_findings": _shared,
    "comment": _comment,
    "outcome_call": _call,
    "check_response": _check,
    "record_authority": _authority,
    "answer_service_request": _satisfied,
    "answer_survey": _satisfied,
    "offer_complaint": _offered,
    "keep_promise": _numbered("promise"),
    "change_promise": _promise_moved,
    "agree_promise": _agreed,
    "ask_others": _asked,
    "promise": _promised,
    "award": _awarded,
    "pay": _numbered("award"),
    "correct": _corrected,
    "comply": _order_done,
    "ombudsman_requests_evidence": _evidence,
    "report_hazard": _hazard,
    "record_needs": _reviewed_by,
    "review_adjustments": _reviewed_by,
    "restrict_contact": _reviewed_by,
    "review_restriction": _reviewed_by,
}


def _day(day: date | None) -> str:
    return long_day(day, localdate()) if day else "no day"


# Who, words, lateness


def _by(file: CaseFile, entry: Entry) -> str:
    if entry.actor_kind == "staff":
        return file.name(entry.actor)
    if entry.actor_kind in ("resident", "representative"):
        return f"{file.name(entry.actor)} ({entry.actor_kind})"
    if entry.actor_kind == "asked":
        return file.words(entry.number, "answered_by") or file.name(entry.actor)
    return {"ombudsman": "Housing Ombudsman", "system": "Putright"}.get(entry.actor_kind, entry.actor_kind)


def _text(file: CaseFile, staff: Staff, entry: Entry, event: Event | None) -> str:
    if entry.verb == "refused":
        return _why_refused(file, entry)
    hidden = hidden_words(file, staff, entry)
    if hidden:
        return hidden
    texts = file.words_of(entry.number)
    shown = [
        (_label(name), text) for name, text in texts.items() if name.partition(".")[0] not in _TOLD_APART
    ]
    shown += [*_outcomes_answered(file, event), *_elsewhere(file, event), *_way_it_went(entry)]
    if any(name.partition(".")[0] in _OPENED_BY_A_PRESS for name in texts):
        shown.append(("Needs", "kept under Safe contact and needs"))
    if len(shown) == 1 and next(iter(texts), "").partition(".")[0] in _ALONE:
        return shown[0][1]
    return "\n".join(f"{label}: {text}" for label, text in shown)


def hidden_words(file: CaseFile, staff: Staff, entry: Entry) -> str:
    """Why the words of an entry are not shown to whoever asks; empty where they are."""
    if is_privileged(entry) and not may_read_advice(file, staff):
        return "Legal advice is privileged. It is shown only to those who answer complaints."
    if entry.verb == "correct":
        mended = next((each for each in file.entries if each.number == entry.data.get("entry")), None)
        return hidden_words(file, staff, mended) if mended else ""
    if entry.verb in _DRAFTS:
        event = file.by_number.get(entry.number)
        stage = independence.stage_of(file.complaint, event) if event is not None else 2
        if not independence.may_see_draft(file.complaint, staff.person, stage):
            return hidden_draft(file, stage)
    return ""


def _outcomes_answered(file: CaseFile, event: Event | None) -> Iterator[tuple[str, str]]:
    if not isinstance(event, _ANSWERS) or not event.outcomes:
        return
    wanted = file.outcomes()
    for each in event.outcomes:
        outcome = f", {wanted[each.outcome - 1]}" if 1 <= each.outcome <= len(wanted) else ""
        why = file.words(event.number, f"answered.{each.outcome}")
        answer = words.OUTCOME_ANSWERS.get(each.answer, each.answer)
        yield f"Outcome {each.outcome}{outcome}", f"{answer}. {why}".rstrip() if why else answer


def _way_it_went(entry: Entry) -> Iterator[tuple[str, str]]:
    """How the resident, or whoever acts for them, was told: the way alone, never the address."""
    told = entry.data.get("told") or {}
    way = words.WAYS.get(told.get("way", ""))
    if way and entry.verb != "outcome_call":
        yield ("Told the representative by" if told.get("whom") else "Told by"), way.lower()


def _elsewhere(file: CaseFile, event: Event | None) -> Iterator[tuple[str, str]]:
    """Where else a refused matter was sent, each with its last day."""
    ways = event.elsewhere if isinstance(event, events.ComplaintRefused | events.EscalationDeclined) else None
    if event is None or ways is None:
        return
    if not ways:
        yield "Where else", "nowhere"
    for number, way in enumerate(ways, start=1):
        known = known_routes().get(way.route or "")
        where = known.label if known else file.words(event.number, f"elsewhere.{number}", ERASED)
        by = f", by {_day(way.by)}" if way.by else ", no last day" if way.no_limit else ""
        yield "Where else", f"{where}{by}"


def is_privileged(entry: Entry) -> bool:
    """Whether an entry is marked as privileged: its words are legal advice."""
    return bool((entry.data.get("told") or {}).get("privileged"))


def may_read_advice(file: CaseFile, staff: Staff) -> bool:
    """Whether this person may read legal advice: their role records it, and they have no part in the case."""
    apart = staff.person in file.complaint.about_staff | file.complaint.interests
    return staff.may("record_advice", file.complaint.procedure) and not apart


def hidden_draft(file: CaseFile, stage: int) -> str:
    """Why the words of a draft are not shown to whoever asks."""
    ref = file.complaint.edition.ref("independence")
    code = f" (Code {ref})" if ref[:1].isdigit() else ""
    return f"The words of a stage {stage} draft are shown only to those who may consider that stage{code}."


def _why_refused(file: CaseFile, entry: Entry) -> str:
    refs = [ref for ref in entry.data.get("refs", []) if ref not in ("not_now", "role")]
    provisions = [ref for ref in refs if ref[:1].isdigit()]
    if provisions:
        return f"It was not done: Code {', '.join(dict.fromkeys(provisions))}."
    if "role" in entry.data.get("refs", []):
        return "It was not done: not for that role."
    if refs:
        return f"It was not done: {', '.join(ref.replace('_', ' ') for ref in dict.fromkeys(refs))}."
    return "It was not done: not possible then."


def _label(name: str) -> str:
    base, _, number = name.partition(".")
    if base == "outcome" and not number:
        return "Outcome"
    if name == "duties.theirs":
        return "The law asks of the resident"
    label = _LABELS.get(base, base.replace("_", " ").capitalize())
    return f"{label}, point {number}" if base in ("reasons", "cites") and number else label


def _ended(file: CaseFile) -> dict[int, Run]:
    """The entries that ended a clock of the Code, the law or a promise; where several, the latest one."""
    found: dict[int, Run] = {}
    for run in clocks.all_runs(file.complaint):
        if run.done is None or run.done_entry is None:
            continue
        other = found.get(run.done_entry)
        if other is None or (run.late_when_done and not other.late_when_done):
            found[run.done_entry] = run
    return found


def _in_time(file: CaseFile, run: Run) -> tuple[str, bool]:
    if run.broken or not run.late_when_done:
        return ("its first day was missed" if run.broken else "in time"), run.broken
    assert run.done is not None
    away = file.complaint.calendar.away(run.due_on, run.done)
    return (f"{working_days(-away)} late" if away else "late"), True


def _mended(file: CaseFile) -> dict[int, list[str]]:
    """What later corrections say of an entry."""
    found: dict[int, list[str]] = {}
    for event in file.told:
        if isinstance(event, events.Corrected):
            told = "Struck out" if event.strike else "Corrected"
            found.setdefault(event.entry, []).append(f"{told}: see entry {event.number}")
    return found
