"""Record a complaint, and what goes with it, through the actions. Sending it twice does it once."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as part
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from complaint_rules.events import Actor
from putright.casework import fields, verb
from putright.casework.act import NotDone, Outcome
from putright.interfaces.staff.new_complaint.forms import LOG, REQUEST, NewComplaintForm
from putright.interfaces.staff.who import Staff
from putright.record.accounts.queries import person_named
from putright.record.cases.models import Case
from putright.record.journal import queries as journal
from putright.record.landlords.queries import terms
from putright.record.people import records as people
from putright.record.people.models import Person


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
    return journal.by_key(staff.landlord.pk, _key_of(key, "receive")) is not None


def _key_of(key: str, verb_name: str) -> str:
    return f"{key.strip().lower()[:40]}:{verb_name}"[:64]


def record(staff: Staff, form: NewComplaintForm) -> Recorded:
    """Record what the form holds, then what its button says. AnotherText where its key made another case."""
    key = str(form.cleaned_data["key"])
    recorded = Recorded(_receive(staff, form, _key_of(key, "receive")))
    for name, given in _then(staff, form, recorded.case):
        try:
            _do(staff, recorded.case, name, key, given)
        except NotDone as problem:
            recorded.not_done.append((name, str(problem)))
    return recorded


def _receive(staff: Staff, form: NewComplaintForm, key: str) -> Case:
    """Record it, unless this page has: before, or in another click at the same moment."""
    before = journal.by_key(staff.landlord.pk, key)
    if before is None:
        try:
            with transaction.atomic():
                outcome = _receive_once(staff, form, key)
                # Then whom it added is not needed: the first click added them.
                transaction.set_rollback(outcome.repeated)
            if not outcome.repeated:
                return outcome.case
        except IntegrityError:
            if not made_before(staff, str(form.cleaned_data["key"])):
                raise
        before = journal.by_key(staff.landlord.pk, key)
    assert before is not None
    return _made_before(staff, form, before.case)


def _receive_once(staff: Staff, form: NewComplaintForm, key: str) -> Outcome:
    given = form.of_receive()
    names = form.cleaned_data["about_staff"]
    if names:
        given["about_staff"] = [person_named(staff.landlord.pk, name) for name in names]
    receive = verb("receive")
    return receive(
        staff.landlord,
        by=staff.actor("receive"),
        at=form.cleaned_data["at"],
        key=key,
        resident=_resident(staff, form),
        representative=_representative(staff, form),
        **fields.clean(receive.function, given),
    )


def _made_before(staff: Staff, form: NewComplaintForm, case_id: int) -> Case:
    case = Case.objects.select_related("landlord", "procedure").get(landlord=staff.landlord, pk=case_id)
    kept = journal.texts_of_case(staff.landlord.pk, case.pk).get(1, {})
    if kept.get("account", "").split() != form.of_receive()["account"].split():
        raise AnotherText(case)
    return case


def _resident(staff: Staff, form: NewComplaintForm) -> Person:
    told = {name: form.cleaned_data[name] for name in ("name", "address", "email", "telephone")}
    known: Person | None = form.cleaned_data["resident"]
    if known is None:
        return people.add(staff.landlord, **told)
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


def _then(staff: Staff, form: NewComplaintForm, case: Case) -> list[tuple[str, dict[str, Any]]]:
    """What the button does after recording: each action with its fields."""
    cleaned = form.cleaned_data
    if form.then == REQUEST:
        agrees = {"yes": True, "no": False}.get(cleaned["agrees"])
        given = {"reason": cleaned["request_reason"], "resident_agrees": agrees}
        return [("treat_as_service_request", given)]
    if form.then == LOG:
        definition = "\n".join(form.of_receive()["points"])
        return [
            ("log_complaint", {}),
            ("acknowledge", {"definition": definition}),
            ("assign", {"handler": cleaned["handler"]}),
        ]
    return []


def _do(staff: Staff, case: Case, name: str, key: str, given: dict[str, Any]) -> None:
    by: Actor = staff.actor(name, terms(case.procedure))
    act = verb(name)
    act(case, by=by, at=timezone.now(), key=_key_of(key, name), **fields.clean(act.function, given))
