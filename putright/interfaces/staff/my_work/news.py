"""What came since somebody was last here: the entries that others made in their cases, and what was missed.

A later part adds a kind of news by adding to KINDS: mail that bounced, a visit that was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from putright.interfaces.pages.phrases import counted
from putright.interfaces.pages.words import HAPPENED, clock_word
from putright.interfaces.staff.case import addresses
from putright.interfaces.staff.my_work.desk import Desk, by_number
from putright.record.cases.models import Case, Owed
from putright.record.cases.reading import names_for
from putright.record.journal.models import Entry, Text

LONGEST = timedelta(days=14)
"""What is older than this is no news: it stands in its case."""
MOST_READ = 5_000
"""Entries of the landlord that are looked at, the newest; so a page costs the same however much there is."""
SHOWN = 50
A_MOMENT = timedelta(seconds=10)
"""An entry is seen some moments after it was written: one that is not seen yet is news next time."""

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of news: its words for one and for many, and which entries it takes, seen from one person.

    The first kind that takes an entry has it. `title` is what its line says; else what has happened in words.
    """

    one: str
    many: str
    verbs: frozenset[str]
    takes: Callable[[Facts, str], bool] = lambda entry, me: True
    title: Callable[[Facts], str] | None = None


def _given_to(entry: Facts, me: str) -> bool:
    return entry["data"].get("handler") == me


def _came_in(entry: Facts, me: str) -> bool:
    return entry["data"].get("direction") == "in"


def _check_title(entry: Facts) -> str:
    return "Your draft passed its check" if entry["data"].get("passed") else "Your draft was sent back"


def _promise_title(entry: Facts) -> str:
    return f"Promise {entry['data'].get('promise', '')} kept"


def _kind(one: str, many: str, verbs: str, **more: Any) -> Kind:
    return Kind(one, many, frozenset(verbs.split()), **more)


KINDS: tuple[Kind, ...] = (
    _kind("was given to you", "were given to you", "assign", takes=_given_to, title=lambda _: "Given to you"),
    _kind("asked for stage 2", "asked for stage 2", "request_escalation"),
    _kind(
        "contact came in",
        "contacts came in",
        "record_contact",
        takes=_came_in,
        title=lambda _: "Contact from them",
    ),
    _kind("comment", "comments", "comment"),
    _kind("new point", "new points", "add_point"),
    _kind("survey answer", "survey answers", "answer_survey"),
    _kind("draft was checked", "drafts were checked", "check_response", title=_check_title),
    _kind("promise was kept", "promises were kept", "keep_promise", title=_promise_title),
    _kind(
        "step of the Ombudsman",
        "steps of the Ombudsman",
        "ombudsman_enquires ombudsman_requests_evidence ombudsman_determines",
    ),
    _kind(
        "other thing others did",
        "other things others did",
        "receive treat_as_service_request answer_service_request offer_complaint log_complaint refuse_complaint"
        " assign acknowledge agree_definition update record_contact extend share_findings outcome_call respond"
        " escalate decline_escalation record_authority promise change_promise award pay correct withdraw close"
        " reopen record_needs restrict_contact report_hazard dismiss_hazard hazard_investigated"
        " hazard_summary_sent hazard_made_safe comply link merge split",
    ),
)
"""In the order of the page. A draft of an answer is never news: only who writes it and who checks it read it."""
MISSED = ("promise was missed", "promises were missed")


@dataclass(frozen=True, slots=True)
class News:
    """What is new since a moment: how many of each kind, in words, and the newest lines.

    `until` is what the page has shown when somebody says that they have read it.
    """

    since: datetime
    until: datetime
    counts: Sequence[str] = ()
    rows: Sequence[dict[str, Any]] = ()
    more: int = 0


@dataclass
class _Found:
    """One piece of news: when, in which case, what, and by whom."""

    when: datetime
    case: int
    title: str
    actor: str = ""
    actor_kind: str = ""
    entry: int = 0
    href: str = ""
    words: str = field(default="")


def since(here_at: datetime | None, now: datetime) -> datetime:
    """From when on it is news: since they were last here, and not before some days ago."""
    earliest = now - LONGEST
    return max(here_at, earliest) if here_at is not None else earliest


def news(desk: Desk, here_at: datetime | None) -> News:
    """What came since. Six statements at the most, however much there is."""
    begun = since(here_at, desk.now)
    begun = _reached(desk, begun)
    entries = _entries(desk, begun)
    until = max([desk.now - A_MOMENT, begun, *(each.when for _, each in entries)])
    by_kind: dict[str, list[_Found]] = {}
    for kind, found in entries:
        by_kind.setdefault(f"{kind.one}|{kind.many}", []).append(found)
    missed = _missed(desk, begun)
    if missed:
        by_kind["|".join(MISSED)] = missed
    order = [f"{kind.one}|{kind.many}" for kind in KINDS]
    order.insert(1, "|".join(MISSED))
    told = [(key, by_kind[key]) for key in order if key in by_kind]
    every = [each for _, found in told for each in found]
    counts = [counted(len(found), *key.split("|")) for key, found in told]
    return News(begun, until, counts, _rows(desk, every[:SHOWN]), max(0, len(every) - SHOWN))


def _recent(desk: Desk, begun: datetime) -> Any:
    return Entry.objects.filter(landlord=desk.landlord, recorded_at__gt=begun).order_by("-recorded_at", "-id")


def _reached(desk: Desk, begun: datetime) -> datetime:
    """From when on everything was looked at: later than was asked where there is more than can be."""
    beyond = _recent(desk, begun).values_list("recorded_at", flat=True)[MOST_READ : MOST_READ + 1]
    return next(iter(beyond), begun)


def _entries(desk: Desk, begun: datetime) -> list[tuple[Kind, _Found]]:
    """The entries that others made in this person's cases, the newest first, each with its kind."""
    me = desk.staff.person
    verbs = frozenset().union(*(kind.verbs for kind in KINDS))
    looked_at = _recent(desk, begun).values("pk")[:MOST_READ]
    # Each entry asks for its own case: the list of all that somebody ever handled may be long.
    theirs = Exists(Case.objects.filter(pk=OuterRef("case"), handler=desk.staff.user))
    rows = Entry.objects.filter(theirs, pk__in=looked_at, verb__in=verbs).exclude(actor=me)
    columns = ("case", "number", "verb", "recorded_at", "actor", "actor_kind", "data")
    found = []
    for entry in rows.order_by("-recorded_at", "-id").values(*columns):
        kind = next((each for each in KINDS if entry["verb"] in each.verbs and each.takes(entry, me)), None)
        if kind is not None:
            found.append((kind, _told(kind, entry)))
    return found


def _told(kind: Kind, entry: Facts) -> _Found:
    title = kind.title(entry) if kind.title else HAPPENED.get(entry["verb"], entry["verb"].replace("_", " "))
    return _Found(
        entry["recorded_at"], entry["case"], title, entry["actor"], entry["actor_kind"], entry["number"]
    )


def _missed(desk: Desk, begun: datetime) -> list[_Found]:
    """The promises in this person's cases whose day has passed since, unkept. No entry tells of them."""
    missed = Owed.objects.filter(
        landlord=desk.landlord,
        kept_on__isnull=True,
        due_on__gte=timezone.localdate(begun),
        due_on__lt=desk.today,
        case__handler=desk.staff.user,
    ).order_by("-due_on", "-id")
    columns = ("case", "case__reference", "number", "due_on", "owner")
    found = []
    for case, reference, number, due, owner in missed.values_list(*columns)[: SHOWN + 1]:
        when = timezone.make_aware(datetime.combine(due, datetime.min.time()))
        whose = f", owed by {owner}" if owner else ""
        told = _Found(when, case, f"{clock_word(f'promise:{number}')} was missed{whose}")
        told.href = addresses.why(reference, f"promise:{number}")
        found.append(told)
    return found


def _rows(desk: Desk, found: Sequence[_Found]) -> list[dict[str, Any]]:
    if not found:
        return []
    numbers = {each.case for each in found}
    cases = by_number(Case.objects.filter(pk__in=numbers).select_related("resident"))
    names = names_for(
        {each.actor for each in found if each.actor}, [case.resident for case in cases.values()]
    )
    words = _words(desk, found)
    return [_row(desk, each, cases[each.case], names, words) for each in found]


def _words(desk: Desk, found: Sequence[_Found]) -> dict[tuple[int, int], str]:
    """The first words beside each entry, of those that say what somebody said."""
    wanted = {(each.case, each.entry) for each in found if each.entry}
    if not wanted:
        return {}
    texts = Text.objects.filter(
        landlord=desk.landlord,
        case__in={case for case, _ in wanted},
        entry_number__in={number for _, number in wanted},
        name__in=SAID,
    )
    told: dict[tuple[int, int], str] = {}
    for case, number, text in texts.order_by("id").values_list("case", "entry_number", "text"):
        if (case, number) in wanted:
            told.setdefault((case, number), _short(text))
    return told


SAID = ("summary", "text", "comment", "point", "proof", "reason")


def _short(text: str, most: int = 160) -> str:
    said = " ".join(text[: most * 4].split())
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def _row(
    desk: Desk,
    each: _Found,
    case: Case,
    names: Mapping[str, str],
    words: Mapping[tuple[int, int], str],
) -> dict[str, Any]:
    href = reverse("case", args=[case.reference])
    return {
        "reference": case.reference,
        "href": each.href or (f"{href}#entry-{each.entry}" if each.entry else href),
        "who": str(case.resident) if case.resident else "Name not known",
        "what": each.title,
        "when": each.when,
        "by": names.get(each.actor, "") or _OTHERS.get(each.actor_kind, ""),
        "note": words.get((each.case, each.entry), ""),
        "at": bool(each.entry),
    }


_OTHERS = {"system": "Putright", "ombudsman": "Housing Ombudsman"}
