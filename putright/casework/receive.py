"""Receive: a resident, or somebody for them, says that something is wrong. Opens a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Channel, DangerKind, HazardKind, Label, Source, Staff, Stock, Words
from putright.casework.record_needs import known_from_now_on
from putright.record.cases.models import Case
from putright.record.correspondence.files import Kept, attach
from putright.record.people.models import Person


@verb
def receive(
    step: Step,
    channel: Channel,
    account: Words,
    points: list[Words],
    outcomes: list[Words] | None = None,
    from_: Source | None = None,
    authority: bool | None = None,
    issue_arose: date | None = None,
    aware_since: date | None = None,
    at_risk: bool | None = None,
    needs: list[Words] | None = None,
    adjustments: list[Words] | None = None,
    stock: Stock | None = None,
    category: Label | None = None,
    about_staff: list[Staff] | None = None,
    hazard: HazardKind | None = None,
    dangers: list[DangerKind] | None = None,
    wants: Literal["complaint", "service_request"] | None = None,
    *,
    resident: Person | None = None,
    representative: Person | None = None,
    opened_from: Case | None = None,
    files: Sequence[Kept] = (),
    beside: Mapping[str, str] | None = None,
) -> events.Received:
    """Take in what was said, in their words. Starts the acknowledgement clock (2020: 4.c; 2022: 4.1; 2024: 6.2).

    Call it with the landlord. `resident` and `representative` are who it is about and who speaks for them.
    `dangers` are the kinds that the words mention (`complaint_rules.dangers.kinds`): until somebody confirms or
    dismisses them, or says at once how dangerous it is (`hazard`), the case is chased from that day. `wants` is
    the resident's own choice, where both were offered. `files` came with it: each is bound to the entry by its
    digest. `beside` holds more words of theirs, by name (the post on social media that it came by).
    """
    keep_files(step, files)
    for name, words in (beside or {}).items():
        step.keep(name, words)
    known_from_now_on(step, needs, adjustments)
    return received(
        step,
        channel,
        account,
        points,
        outcomes,
        from_,
        authority,
        issue_arose,
        aware_since,
        at_risk,
        needs,
        adjustments,
        stock,
        category,
        about_staff,
        hazard,
        dangers,
        wants,
    )


def keep_files(step: Step, files: Sequence[Kept]) -> None:
    """Bind files that were put aside to this entry by their digests, and make them part of the case with it."""
    step.keep_all("file", [each.line for each in files])
    case, entry = step.case, step.number

    def attaching(kept: Kept) -> Callable[[], None]:
        return lambda: _only_attach(kept, case, entry)

    step.then += [attaching(each) for each in files]


def _only_attach(kept: Kept, case: Case, entry: int) -> None:
    attach(kept, case, entry)


def received(
    step: Step,
    channel: str | None,
    account: str | None,
    points: Sequence[str] | None,
    outcomes: Sequence[str] | None = None,
    source: str | None = None,
    authority: bool | None = None,
    issue_arose: date | None = None,
    aware_since: date | None = None,
    at_risk: bool | None = None,
    needs: Sequence[str] | None = None,
    adjustments: Sequence[str] | None = None,
    stock: str | None = None,
    category: str | None = None,
    about_staff: Sequence[str] | None = None,
    hazard: str | None = None,
    dangers: Sequence[str] | None = None,
    wants: str | None = None,
) -> events.Received:
    """The event of a receipt, its words kept."""
    step.keep("account", account)
    step.told["procedure"] = step.case.procedure.number
    return events.Received(
        **step.common,
        channel=channel,
        source=source,
        authority=authority,
        points=step.keep_all("point", points),
        outcomes=step.keep_all("outcome", outcomes),
        issue_arose=issue_arose,
        aware_since=aware_since,
        at_risk=at_risk,
        needs=step.keep_all("need", needs),
        adjustments=step.keep_all("adjustment", adjustments),
        stock=stock,
        category=category,
        about_staff=tuple(about_staff or ()),
        hazard=hazard,
        wants=wants,
        dangers=_with_stated_risk(dangers or (), at_risk),
    )


def _with_stated_risk(dangers: Sequence[str], at_risk: bool | None) -> tuple[str, ...]:
    """A risk that was stated is a danger to answer, whatever the words."""
    stated = ["at_risk"] if at_risk else []
    return tuple(dict.fromkeys([*dangers, *stated]))
