"""Record a complaint, and what goes with it, through the actions. Sending it twice does it once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as part
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from complaint_rules.events import Actor
from complaint_rules.safe_contact import IN_THEIR_CONTACT, SETS
from putright.casework import fields, verb
from putright.casework.act import NotDone, Outcome
from putright.casework.together import NotTogether, key_of
from putright.interfaces.staff.new_complaint.forms import LOG, REQUEST, NewComplaintForm
from putright.interfaces.staff.take_in import steps
from putright.interfaces.staff.who import Staff
from putright.record.accounts.queries import person_named
from putright.record.cases.models import Case
from putright.record.journal import queries as journal
from putright.record.landlords.queries import terms
from putright.record.people import actions as people_actions
from putright.record.people import records as people
from putright.record.people import rights, safe_contact
from putright.record.people.models import Person

SPOKEN = frozenset({"telephone", "in_person"})
"""Where they are with us as it is recorded, so what we say to them goes nowhere."""


@dataclass
class Recorded:
    """The case, and what could not be done with it, in words."""

    case: Case
    not_done: list[tuple[str, str]] = part(default_factory=list)


class AnotherText(Exception):
    """This page has recorded a case already, and holds other words now."""

    def __init__(self, case: Case) -> None:
        self.case = case


def made_before(staff: Staff, key: str) -> bool:
    """Whether a page with this key has recorded a complaint already."""
    return journal.by_key(staff.landlord.pk, key_of(key, "receive")) is not None


def record(staff: Staff, form: NewComplaintForm) -> Recorded:
    """Record what the form holds, then what its button says. AnotherText where its key made another case.

    `safe_contact.NotPossible` where what is safe cannot be written down so: then nothing is recorded.
    """
    key = str(form.cleaned_data["key"])
    recorded = _receive(staff, form, key_of(key, "receive"))
    for name, given in _said_with_it(form, recorded.case):
        try:
            _do(staff, recorded.case, name, key, given)
        except NotDone as problem:
            recorded.not_done.append((name, str(problem)))
    try:
        _do_then(staff, form, recorded.case, key)
    except NotTogether as stopped:
        recorded.not_done.append((stopped.part.verb, str(stopped)))
    return recorded


def _receive(staff: Staff, form: NewComplaintForm, key: str) -> Recorded:
    """Record it, unless this page has: before, or in another click at the same moment."""
    before = journal.by_key(staff.landlord.pk, key)
    not_done: list[tuple[str, str]] = []
    if before is None:
        try:
            with transaction.atomic():
                outcome = _receive_once(staff, form, key, not_done)
                # Then whom it added is not needed: the first click added them.
                transaction.set_rollback(outcome.repeated)
            if not outcome.repeated:
                return Recorded(outcome.case, not_done)
        except IntegrityError:
            if not made_before(staff, str(form.cleaned_data["key"])):
                raise
        before = journal.by_key(staff.landlord.pk, key)
    assert before is not None
    return Recorded(_made_before(staff, form, before.case))


def _receive_once(staff: Staff, form: NewComplaintForm, key: str, not_done: list[tuple[str, str]]) -> Outcome:
    given = form.of_receive()
    names = form.cleaned_data["about_staff"]
    if names:
        given["about_staff"] = [person_named(staff.landlord.pk, name) for name in names]
    receive = verb("receive")
    resident = _resident(staff, form)
    outcome = receive(
        staff.landlord,
        by=staff.actor("receive"),
        at=form.cleaned_data["at"],
        key=key,
        resident=resident,
        representative=_representative(staff, form),
        files=form.kept,
        beside=form.beside(),
        **fields.clean(receive.function, given),
    )
    if not outcome.repeated:
        not_done += _of_the_person(staff, form, resident)
    return outcome


def _made_before(staff: Staff, form: NewComplaintForm, case_id: int) -> Case:
    case = Case.objects.select_related("landlord", "procedure").get(landlord=staff.landlord, pk=case_id)
    kept = journal.texts_of_case(staff.landlord.pk, case.pk).get(1, {})
    if kept.get("account", "").split() != form.of_receive()["account"].split():
        raise AnotherText(case)
    return case


# Whom it is about


def _resident(staff: Staff, form: NewComplaintForm) -> Person:
    told = {name: form.cleaned_data[name] for name in ("name", "address", "email", "telephone")}
    known: Person | None = form.cleaned_data["resident"]
    if known is None:
        return people.add(staff.landlord, **told)
    if not form.from_anybody and not safe_contact.is_under(known):
        people.fill_in(known, email=told["email"], telephone=told["telephone"])
    return known


def _representative(staff: Staff, form: NewComplaintForm) -> Person | None:
    cleaned = form.cleaned_data
    if cleaned["told_by"] == "resident" or not cleaned["representative"]:
        return None
    name, contact = cleaned["representative"], cleaned["representative_contact"]
    if "@" in contact:
        return people.add(staff.landlord, name, email=contact)
    return people.add(staff.landlord, name, telephone=contact[:40])


def _of_the_person(staff: Staff, form: NewComplaintForm, person: Person) -> list[tuple[str, str]]:
    """Keep with the person what belongs to them: what is safe, what they need, and details to be checked."""
    found = _what_is_safe(staff, form, person)
    _claims(staff, form, person)
    return found + _needs(staff, form, person)


def _what_is_safe(staff: Staff, form: NewComplaintForm, person: Person) -> list[tuple[str, str]]:
    """Write down what is safe. Where that would let more leave than before, what was said before holds."""
    told, by = form.what_is_safe(), _in_one_of(staff, SETS)
    before = safe_contact.held_for(person)
    if before is not None and form.cleaned_data["safe"] == "any":
        return [("set_safe_contact", _BEFORE_HOLDS)]
    if told is None or by is None:
        return []
    try:
        with transaction.atomic():
            safe_contact.set_safe_contact(person, **told, by=by, at=timezone.now())
    except safe_contact.NotPossible as problem:
        if before is None or problem.field != "checked_by":
            raise
        return [("set_safe_contact", _BEFORE_HOLDS)]
    return []


_BEFORE_HOLDS = (
    "They have said before what is safe, and this lets more reach them. What they said before holds"
    " until a second person has checked it with them."
)


def _claims(staff: Staff, form: NewComplaintForm, person: Person) -> None:
    """What they gave that differs from what we hold, or came by a way anybody can use: kept, not believed."""
    if form.cleaned_data["resident"] is None:
        return
    for kind in ("email", "telephone"):
        given = form.cleaned_data[kind]
        if given:
            safe_contact.claim_detail(
                person,
                kind,
                given,
                form.cleaned_data["channel"],
                by=staff.actor("receive"),
                at=timezone.now(),
            )


def _needs(staff: Staff, form: NewComplaintForm, person: Person) -> list[tuple[str, str]]:
    by = _in_one_of(staff, rights.MAY[rights.CHANGE_NEEDS])
    if by is None:
        return []
    told = [people_actions.NewNeed(words=line) for line in form.cleaned_data["needs"]]
    told += [people_actions.NewNeed(line, adjustment="other") for line in form.cleaned_data["adjustments"]]
    try:
        for each in told:
            people_actions.add_need(person, each, by=by, at=timezone.now())
    except people_actions.NotDone as problem:
        return [("record_needs", str(problem))]
    return []


def _in_one_of(staff: Staff, roles: Iterable[str]) -> Actor | None:
    """Whoever is at work, in the first of their roles that may; None where none may."""
    role = next((role for role in staff.roles if role in roles), None)
    return Actor("staff", staff.person, role) if role else None


# What follows


def _said_with_it(form: NewComplaintForm, case: Case) -> list[tuple[str, dict[str, Any]]]:
    """What was answered while it was taken in: no danger, and that a post went to a private channel."""
    cleaned = form.cleaned_data
    found: list[tuple[str, dict[str, Any]]] = []
    if cleaned["hazard"] == "no" and (form.mentions or cleaned["urgent"].strip()):
        found.append(("dismiss_hazard", {"reason": cleaned["no_danger_because"]}))
    if cleaned["channel"] == "social_media" and cleaned["moved"]:
        found.append(("record_contact", _moved(form, case)))
    return found


def _do_then(staff: Staff, form: NewComplaintForm, case: Case, key: str) -> None:
    """What the button does after recording: all of it, or none."""
    parts = [steps.part(name, given) for name, given in _then(form)]
    if parts:
        steps.take_in_together(staff, case, parts, at=timezone.now(), key=key)


def _then(form: NewComplaintForm) -> list[tuple[str, dict[str, Any]]]:
    """Each action that follows, with its fields."""
    cleaned = form.cleaned_data
    if form.then == REQUEST:
        agrees = True if cleaned["wants"] == "service_request" else None
        given = {"reason": cleaned["request_reason"], "resident_agrees": agrees}
        if cleaned["channel"] in SPOKEN:
            given["way"] = IN_THEIR_CONTACT
        return [("treat_as_service_request", given)]
    if form.then == LOG:
        definition = "\n".join(form.of_receive()["points"])
        return [
            ("log_complaint", {}),
            ("acknowledge", {"definition": definition}),
            ("assign", {"handler": cleaned["handler"]}),
        ]
    return []


def _moved(form: NewComplaintForm, case: Case) -> dict[str, Any]:
    return {
        "direction": "out",
        "channel": "social_media",
        "with": str(case.resident) if case.resident else "Whoever wrote the post",
        "summary": f"Taken to a private channel: {form.cleaned_data['moved']}",
    }


def _do(staff: Staff, case: Case, name: str, key: str, given: dict[str, Any]) -> None:
    by: Actor = staff.actor(name, terms(case.procedure))
    act = verb(name)
    act(case, by=by, at=timezone.now(), key=key_of(key, name), **fields.clean(act.function, given))
