"""Record a complaint, and what goes with it, through the actions. Sending it twice does it once."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as part
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from putright.casework import fields, verb
from putright.casework.act import Outcome
from putright.casework.together import NotTogether, key_of
from putright.interfaces.staff.new_complaint.forms import LOG, REQUEST, NewComplaintForm
from putright.interfaces.staff.take_in import steps
from putright.interfaces.staff.who import Staff
from putright.record.accounts.queries import person_named
from putright.record.cases.models import Case
from putright.record.journal import queries as journal
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
    return journal.by_key(staff.landlord.pk, key_of(key, "receive")) is not None


def record(staff: Staff, form: NewComplaintForm) -> Recorded:
    """Record what the form holds, then what its button says. AnotherText where its key made another case."""
    key = str(form.cleaned_data["key"])
    recorded = Recorded(_receive(staff, form, key_of(key, "receive")))
    try:
        _do_then(staff, form, recorded.case, key)
    except NotTogether as stopped:
        recorded.not_done.append((stopped.part.verb, str(stopped)))
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


def _do_then(staff: Staff, form: NewComplaintForm, case: Case, key: str) -> None:
    """What the button does after recording: all of it, or none."""
    parts = [steps.part(name, given) for name, given in _then(form)]
    if parts:
        steps.take_in_together(staff, case, parts, at=timezone.now(), key=key)


def _then(form: NewComplaintForm) -> list[tuple[str, dict[str, Any]]]:
    """Each action that follows, with its fields."""
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
