"""Split: some points leave for a case of their own."""

from __future__ import annotations

from dataclasses import replace

from complaint_rules import events
from complaint_rules.events import Event
from putright.casework.act import Step, verb, write_entry
from putright.casework.fields import Number, Words
from putright.record.cases import reading, records
from putright.record.cases.models import Case
from putright.record.journal import facts, queries
from putright.record.journal import records as journal


@verb
def split_case(step: Step, points: list[Number], reason: Words) -> events.CaseSplit:
    """Open a case for these points. It keeps the received date, the edition and what was acknowledged or extended.

    Those that stay are numbered anew. Promises, awards and hazards stay here. Only before the answer.
    """
    chosen = tuple(sorted(set(points or ())))
    made: list[Case] = []

    def opens(event: Event) -> Event:
        made.append(_opened(step))
        return replace(event, other=made[0].pk)  # type: ignore[call-arg]

    step.first.append(opens)
    step.then.append(lambda: _filled(step, made[0], chosen))
    return events.CaseSplit(**step.common, points=chosen, reason=step.keep("reason", reason))


def _opened(step: Step) -> Case:
    case, day = step.case, step.common["on"]
    people = (case.resident, case.representative)
    return records.open_case(step.landlord, day, case.procedure, *people, case, case.home)


def _filled(step: Step, made: Case, chosen: tuple[int, ...]) -> Case:
    """The new case with its two entries: received with these points, and where they came from."""
    assert step.before is not None
    entries = [e for e in queries.of_case(step.landlord.pk, step.case.pk) if e.number < step.number]
    file = reading.file_of(step.case, entries, step.before)
    texts = {each.number: each.text for each in file.points()}
    head = journal.lock(step.landlord.pk, made.pk)
    first = Step(step.landlord, made, None, step.by, step.at, head.count + 1)
    first.told["procedure"] = made.procedure.number
    received = events.Received(
        **first.common,
        channel=step.case.channel or None,
        points=first.keep_all("point", [texts[number] for number in chosen]),
        category=step.case.category or None,
        at_risk=any(each.at_risk for each in step.before.all(events.Received)) or None,  # type: ignore[attr-defined]
        about_staff=tuple(sorted(step.before.about_staff)),
    )
    entry = write_entry(first, head, [], received)
    second = Step(step.landlord, made, None, step.by, step.at, head.count + 1)
    second.keep("reason", step.texts.get("reason"))
    apart = events.CaseSplit(
        **second.common,
        other=step.case.pk,
        apart=True,
        points=chosen,
        upto=step.number - 1,
        edition=step.before.edition.name,
        facts=tuple(facts.events(entries)),
        reason=bool(second.texts),
    )
    write_entry(second, head, [entry], apart)
    return made
