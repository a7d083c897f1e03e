"""What was done here, in plain words: the entries of the landlord's own chain that an administrator's pages make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from putright.interfaces.pages.phrases import clock_time, long_day, pounds
from putright.interfaces.pages.words import ROLES
from putright.record.accounts import actions as accounts
from putright.record.accounts.models import Membership, User
from putright.record.journal.models import Entry, Text
from putright.record.landlords import categories, days_off, rates
from putright.record.landlords.models import Category, CompensationRate, DayOff
from putright.record.landlords.queries import LANDLORDS_OWN
from putright.record.letters import actions as letters
from putright.upkeep.calendar_changes import actions as calendar_changes

DONE: Mapping[str, str] = {
    accounts.INVITE: "Invited",
    accounts.CHANGE: "Roles or team changed",
    accounts.SWITCH_OFF: "Switched off",
    accounts.SWITCH_ON: "Switched on",
    accounts.MAKE_LINK: "Link made",
    accounts.TAKE_BACK_LINK: "Link ended",
    accounts.USE_LINK: "Link used",
    accounts.DESCRIBE_TEAM: "Team described",
    accounts.RENAME_TEAM: "Team renamed",
    accounts.END_TEAM: "Team ended",
    categories.ADD: "Category added",
    categories.CHANGE: "Category mapped",
    categories.MOVE: "Category moved",
    categories.RETIRE: "Category retired",
    categories.BRING_BACK: "Category brought back",
    days_off.ADD: "Calendar changed",
    days_off.TAKE_BACK: "Calendar change taken back",
    calendar_changes.MOVED: "Every complaint counted by the new calendar",
    calendar_changes.TOLD: "Resident told of a day that moved",
    letters.SET_LETTERHEAD: "Letterhead changed",
    letters.SET_LOOK: "Look of Word letters changed",
    letters.BEGIN: "Wording of a letter drafted",
    letters.EDIT: "Draft of a wording changed",
    letters.IN_FORCE: "Wording of a letter put in force",
    rates.ADD: "Rate added",
    rates.END: "Rate given an end",
    rates.TAKE_BACK: "Rate taken back",
}

PURPOSES = {"invitation": "to take up an invitation", "reset": "to set a new password"}
KINDS = {"bank_holiday": "Bank holiday", "moved_away": "Bank holiday moved away", "closed": "We are closed"}
PAGE = 50
_NAMED: tuple[tuple[str, type[Model], str], ...] = (
    ("category", Category, "name"),
    ("rate", CompensationRate, "head"),
    ("day_off", DayOff, "name"),
)


def entries(landlord_id: int, before: int | None = None, verbs: Sequence[str] = tuple(DONE)) -> list[Entry]:
    """The newest entries of these pages, before an entry where one is named; one more than a page where there are."""
    own = Entry.objects.filter(landlord=landlord_id, case=LANDLORDS_OWN, verb__in=verbs)
    if before is not None:
        own = own.filter(number__lt=before)
    return list(own.order_by("-number")[: PAGE + 1])


def about(landlord_id: int, user_id: int) -> list[Entry]:
    """What was done about one person here, the newest first."""
    own = Entry.objects.filter(landlord=landlord_id, case=LANDLORDS_OWN, verb__in=accounts.VERBS_OF_PEOPLE)
    return list(own.filter(data__user=user_id).order_by("-number")[:PAGE])


def timeline(landlord_id: int, found: Sequence[Entry], today: date) -> list[dict[str, Any]]:
    """Entries as the part `timeline` takes them. Four statements, however many there are."""
    words = _words(landlord_id, [entry.number for entry in found])
    names = _names(found)
    things = _things(landlord_id, found)
    return [
        {
            "title": _title(entry, names, things),
            "when": entry.happened_at,
            "by": names.get(entry.actor) or ("Putright" if entry.actor_kind == "system" else "Someone"),
            "number": entry.number,
            "notes": _notes(entry, words.get(entry.number, {}), names, today),
            "href": _href(entry),
        }
        for entry in found
    ]


def _words(landlord_id: int, numbers: list[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    texts = Text.objects.filter(landlord=landlord_id, case=LANDLORDS_OWN, entry_number__in=numbers)
    for number, name, text in texts.values_list("entry_number", "name", "text"):
        found.setdefault(number, {})[name] = text
    return found


def _names(found: Sequence[Entry]) -> dict[str, str]:
    people = {entry.actor for entry in found if entry.actor.isdecimal()}
    people |= {
        str(entry.data[name]) for entry in found for name in ("user", "senior") if entry.data.get(name)
    }
    known = User.objects.filter(pk__in=[int(each) for each in people]).values_list("pk", "name")
    return {str(pk): name for pk, name in known}


def _things(landlord_id: int, found: Sequence[Entry]) -> dict[tuple[str, int], str]:
    """What categories, days off and rates are called, by the numbers that entries name."""
    wanted: dict[str, set[int]] = {"category": set(), "day_off": set(), "rate": set()}
    for entry in found:
        for name, numbers in wanted.items():
            if entry.data.get(name):
                numbers.add(entry.data[name])
    named: dict[tuple[str, int], str] = {}
    for name, model, column in _NAMED:
        if wanted[name]:
            rows: QuerySet[Any] = model._default_manager.filter(landlord_id=landlord_id, pk__in=wanted[name])
            named |= {(name, pk): called for pk, called in rows.values_list("pk", column)}
    return named


def _title(entry: Entry, names: Mapping[str, str], things: Mapping[tuple[str, int], str]) -> str:
    data, title = entry.data, DONE[entry.verb]
    if entry.verb in accounts.VERBS_OF_PEOPLE:
        return f"{title}: {names.get(str(data['user']), 'someone')}"
    if entry.verb in accounts.VERBS_OF_TEAMS:
        return f"{title}: {data['name']}"
    for name in ("category", "rate", "day_off"):
        if data.get(name):
            return f"{title}: {things.get((name, data[name]), '')}"
    return title


def _href(entry: Entry) -> str:
    if entry.verb in accounts.VERBS_OF_PEOPLE:
        return reverse("administration_person", args=[entry.data["user"]])
    if entry.verb == calendar_changes.MOVED:
        return reverse("administration_change", args=[entry.data["change"]])
    return ""


def _notes(entry: Entry, words: Mapping[str, str], names: Mapping[str, str], today: date) -> list[str]:
    data = entry.data
    notes = []
    if "roles" in data:
        notes.append(_place(data))
    if "purpose" in data and entry.verb in accounts.VERBS_OF_PEOPLE:
        notes.append(PURPOSES.get(data["purpose"], ""))
    if data.get("ends_at"):
        ends = datetime.fromisoformat(data["ends_at"])
        notes.append(f"good until {long_day(ends, today)} at {clock_time(ends)}")
    if data.get("was"):
        notes.append(f"was {data['was']}; {data.get('people', 0)} people moved with it")
    if data.get("senior"):
        notes.append(f"led by {names.get(str(data['senior']), 'someone')}")
    if data.get("first_on"):
        notes.append(_days(data, today))
    if "pence" in data:
        each = "each time" if data["unit"] == "time" else f"a {data['unit']}"
        notes.append(f"{pounds(data['pence'])} {each}")
    if "letters" in data:
        notes.append(
            f"{data['cases']} complaints had a day that moved; {data['letters']} residents had been told it"
        )
    for name in ("housemark", "ombudsman"):
        if data.get(name):
            notes.append(f"{'HouseMark' if name == 'housemark' else 'Ombudsman'}: {data[name]}")
    notes += [words[name] for name in ("source", "reason", "how") if words.get(name)]
    return [note for note in notes if note]


def _place(data: Mapping[str, Any]) -> str:
    parts = [", ".join(ROLES.get(role, role) for role in data["roles"]), data.get("team"), data.get("title")]
    return "; ".join(part for part in parts if part)


def _days(data: Mapping[str, Any], today: date) -> str:
    first = date.fromisoformat(data["first_on"])
    last = date.fromisoformat(data["last_on"]) if data.get("last_on") else None
    kind = KINDS.get(data.get("kind", ""), "")
    days = long_day(first, today) if last == first else f"from {long_day(first, today)}"
    if last is not None and last != first:
        days += f" to {long_day(last, today)}"
    return f"{kind}: {days}" if kind else days


def roles_in_words(member: Membership) -> str:
    """ "Investigator, Reviewer"."""
    return ", ".join(ROLES.get(role, role) for role in member.roles)
