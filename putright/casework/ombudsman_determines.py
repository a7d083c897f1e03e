"""The Ombudsman decides: a finding for each issue, and its orders."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import IssueFound, ToDo, Words


@verb
def ombudsman_determines(
    step: Step,
    findings: list[IssueFound],
    orders: list[ToDo] | None = None,
    recommendations: list[Words] | None = None,
) -> events.Determined:
    """Keep the determination. Each order is owed until it is complied with."""
    step.keep_all("issue", [found.issue for found in findings or ()])
    step.keep_all("order", [order.what for order in orders or ()])
    return events.Determined(
        **step.common,
        findings=tuple(found.finding for found in findings or ()),
        orders=tuple(events.Undertaking(order.by, order.owner) for order in orders or ()),
        recommendations=step.keep_all("recommendation", recommendations),
    )
