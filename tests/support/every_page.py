"""Every staff page there is, read from the addresses themselves, with something of every kind to open.

`one_of_each` makes it all through the product's own actions, at any landlord whose staff are a `cast`; `pages` then
gives each route its addresses. A route whose parts nobody here knows fails, so a new page cannot be left out.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from django.urls import URLPattern, URLResolver, get_resolver

RING = {"way": "telephone", "to": "07700 900777", "from": "09:00", "until": "17:00", "voicemail": False}
ELSEWHERE = (
    "self_assessment",
    "improvement_done",
    "promises",
    "question",
    "answer_asked",
    "letterhead",
    "wording",
)
"""Pages that have a walk and a table of their own."""
SAMPLE_KEY = "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f"


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One address of the site: its route, and which action it asks for where it is the page of one."""

    route: str
    address: str
    verb: str = ""


def routes(patterns: Any = None, before: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the site: its name, its form with <names>, and its pattern."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        else:
            yield each.name or route, route, each


def one_of_each(cast: Cast, case: Any = None) -> dict[str, Any]:
    """Something of every kind that a page opens, by the name that `pages` knows it under."""
    found: dict[str, Any] = {"case": case or cast.open(*_a_while_ago(cast))}
    found |= _of_a_person(cast) | _of_administration(cast) | _of_intake(cast)
    found["sent"] = _sent(cast, found["case"])
    found["stop"] = _stopped(cast, found["case"])
    found["view"] = _view(cast)
    return found


def _a_while_ago(cast: Cast) -> tuple[str, str]:
    return tuple((cast.clock.now - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M") for days in (12, 10))  # type: ignore[return-value]


def _by(cast: Cast, name: str = "officer") -> dict[str, Any]:
    return {"by": cast.actor(name), "at": cast.clock.now}


def _of_a_person(cast: Cast) -> dict[str, Any]:
    from putright.casework import who_is_who
    from putright.record.people import actions, records, safe_contact

    person, today = cast.resident, cast.clock.now.date()
    home = records.home_on(person, today)
    need = actions.add_need(
        person,
        actions.NewNeed("Afraid of the stairs", review_on=today + timedelta(days=9)),
        **_by(cast),
    )
    authority = actions.give_authority(
        person, cast.other_resident, written=True, scope="All", since=today, expires_on=None, **_by(cast)
    )
    double = records.add(cast.landlord, f"{person.name} again", person.address)
    return {
        "person": person,
        "home": home,
        "need": need,
        "authority": authority,
        "claim": safe_contact.claim_detail(person, "email", "new@example.net", "email", **_by(cast)),
        "joining": who_is_who.join(person, double, "Same", **_by(cast)),
        "other": records.add(cast.landlord, f"{person.name} once more", person.address),
    }


def _of_administration(cast: Cast) -> dict[str, Any]:
    from putright.record.accounts import actions as accounts
    from putright.record.accounts.models import Membership
    from putright.record.landlords import actions, categories, rates
    from putright.record.landlords.days_off import Proposed
    from putright.record.landlords.models import DayOff
    from putright.record.landlords.queries import calendar
    from putright.upkeep.calendar_changes import actions as changes
    from putright.upkeep.calendar_changes.models import MovedDay

    today, by = cast.clock.now.date(), _by(cast, "administrator")
    soon = calendar(cast.landlord).next_working_day(today)
    holiday = Proposed(DayOff.BANK_HOLIDAY, soon, soon, "Day of thanks", "GOV.UK", today - timedelta(days=1))
    change = changes.look_on(changes.propose(cast.landlord, holiday, **by))
    change = changes.bring_on(changes.save(change, **by), at=cast.clock.now)
    cast.landlord.refresh_from_db()
    letter = MovedDay.objects.filter(landlord=cast.landlord, told=True).first()
    assert letter is not None, "Nobody had been told a day, so no letter is owed."
    rate = rates.NewRate("A head of its own", "ombudsman", "day", 8, today, "Guidance")
    return {
        "team": accounts.describe_team(cast.landlord, "Damp", purpose="Dry homes", **by),
        "member": Membership.objects.get(user=cast.officer, landlord=cast.landlord).user,
        "category": categories.add(cast.landlord.pk, "A kind of its own", **by),
        "rate": rates.add(cast.landlord.pk, rate, **by),
        "change": change,
        "day_off": change.day_off,
        "letter": letter,
        "version": actions.start_draft(cast.landlord, "code:2024", **by),
    }


def _of_intake(cast: Cast) -> dict[str, Any]:
    from django.core.files.base import ContentFile

    from putright.record.correspondence import files, intakes

    waits = cast.receive(files=[files.put_aside(ContentFile(b"hello", name="notes.txt"))])
    key, typed = uuid.UUID(SAMPLE_KEY), {"account": ["The gate does not shut."]}
    intakes.pass_on(
        cast.landlord,
        cast.service_manager,
        key=key,
        typed=typed,
        told="It came today.",
        records=False,
        at=cast.clock.now,
    )
    return {"waits": waits, "passed_on": key}


def _sent(cast: Cast, case: Any) -> int:
    """The number, in its case, of a letter that was sent before anybody said what is safe."""
    cast.do("update", case, way="letter", summary="The surveyor comes on Thursday.")
    return 1


def _stopped(cast: Cast, case: Any) -> Any:
    from putright.casework.act import Stopped
    from putright.record.correspondence import stops
    from putright.record.people import safe_contact

    said = {"allowed": [RING], "code_word": "heron", "note": "He reads her post."}
    safe_contact.set_safe_contact(cast.resident, **said, **_by(cast))
    with pytest.raises(Stopped):
        cast.do("update", case, way="letter", summary="News.")
    return stops.waiting(cast.landlord.pk).latest("pk")


def _view(cast: Cast) -> Any:
    from putright.record.accounts import saved_views

    return saved_views.save(cast.landlord.pk, cast.officer.pk, "Second stage", "stage=2")


def pages(made: Mapping[str, Any]) -> list[StaffPage]:
    """Every page of the site with what was made in its address. A part that nobody here knows fails."""
    from putright.casework import NAMES

    found: list[StaffPage] = []
    for name, route, _ in routes():
        if name.startswith(ELSEWHERE):
            continue
        parts = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if name == "action":
            verbs = [verb for verb in NAMES if verb != "receive"]
            found += [StaffPage(name, f"/cases/{made['case'].reference}/{verb}/", verb) for verb in verbs]
            continue
        address = f"/{route}" + _QUERIES.get(name, "")
        for part in parts:
            address = re.sub(rf"<(?:\w+:)?{part}>", _sample(name, part, made), address)
        found.append(StaffPage(name, address))
    return found


_QUERIES = {"administration_team": "?team=Damp", "administration_team_describe": "?team=Damp"}
_NUMBERED = {
    "stop": "stop",
    "procedure_version": "version",
    "procedure_text": "version",
    "procedure_text_then": "version",
    "procedure_cases": "version",
    "procedure_step": "version",
    "administration_person": "member",
    "administration_category": "category",
    "administration_take_back": "day_off",
    "administration_change": "change",
    "administration_letter": "letter",
    "administration_rate": "rate",
    "person": "person",
}


def _sample(route: str, part: str, made: Mapping[str, Any]) -> str:
    if part == "number" and route == "case_file":
        return "1"
    if part == "number" and route.startswith("case_letter"):
        return str(made["sent"] if isinstance(made["sent"], int) else made["sent"].pk)
    if part == "number":
        begins = [name for name in _NUMBERED if route == name or route.startswith(f"{name}_")]
        assert begins, f"Say in every_page.py what the number in the address of {route} is."
        thing = made[_NUMBERED[max(begins, key=len)]]
        return str(thing.number if begins[-1].startswith("procedure") else thing.pk)
    if part == "reference":
        return str((made["waits"] if route in _OF_ONE_THAT_WAITS else made["case"]).reference)
    fixed = {
        "clock": "respond",
        "token": "x" * 43,
        "key": SAMPLE_KEY,
        "step": "approve",
        "month": _last_month(made),
        "entry": str(made["version"].entry or 1),
    }
    if part in fixed:
        return fixed[part]
    assert part in made, f"Say in every_page.py what {part} in the address of {route} is."
    return str(made[part].pk)


_OF_ONE_THAT_WAITS = {"take_in", "case_file", "new_complaint_recorded", "new_complaint_undo"}


def _last_month(made: Mapping[str, Any]) -> str:
    first = made["change"].made_at.date().replace(day=1)
    return (first - timedelta(days=1)).strftime("%Y-%m")
