"""What is told from a complaint: service requests, answers in surveys, what contractors do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaint_rules.editions import Edition
from complaint_rules.policy_check.answers import Answer, breached, cannot_tell, each_way, met, together
from complaint_rules.policy_check.grounds import SURVEYS, excluded, judged, refusals
from complaint_rules.policy_check.meanings import is_first_report
from complaint_rules.procedure import Place, Procedure


def service_requests(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a service request is told from a complaint, and by no blanket rule.

    `recorded`: whether the edition wants requests recorded, monitored and reviewed.
    """
    rules = procedure.details.get("service_requests.rule", ())
    place = Place(
        procedure.lines.get("service_requests.rule") or procedure.lines.get("service_requests.first_report")
    )
    always = procedure.details.get("service_requests.first_report") == "always_a_service_request"
    answers: list[Answer | None] = []
    if always or any(is_first_report(each.lower()) for each in rules):
        says = (
            "The first report is always a service request: a blanket rule. Judge each report by what it says."
        )
        answers.append(breached(says, place))
    answers += judged(excluded(procedure) or (), ("first_report",))
    answers += [
        breached(f'"{each.says}" is a blanket rule. Judge each report by what it says.', each.place)
        for each in procedure.remarks
        if is_first_report(each.says.lower())
    ]
    keys = ["told_apart", *(["recorded"] if asks.get("recorded") else [])]
    for key in keys:
        answers.append(_request_fact(procedure, key, bool(rules)))
    return together(answers)


_REQUEST_FACTS = {
    "told_apart": (
        "It sets out how a service request differs from a complaint.",
        "It does not set out how a service request differs from a complaint.",
    ),
    "recorded": (
        "Service requests are recorded, monitored and reviewed.",
        "It does not say that service requests are recorded, monitored and reviewed.",
    ),
}


def _request_fact(procedure: Procedure, key: str, has_rule: bool) -> Answer:
    yes, no = _REQUEST_FACTS[key]
    said = [each for each in procedure.said(f"service_requests.{key}") if each.answer is not None]
    if said:
        return each_way([met(yes, each.place) if each.answer else breached(no, each.place) for each in said])
    if key == "told_apart" and has_rule:
        return met(yes, Place(procedure.lines.get("service_requests.rule")))
    return cannot_tell(no)


def survey_answers(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether somebody who is unhappy in a survey is told how to complain."""
    said = [each for each in procedure.said("survey_answers") if each.answer is not None]
    answers: list[Answer | None] = [
        met("Whoever is unhappy in a survey can complain.", each.place)
        if each.answer
        else breached("Survey answers are shut out.", each.place)
        for each in said
    ]
    shut = judged(excluded(procedure) or (), SURVEYS)
    if shut and not any(each.answer for each in said):
        answers += shut
    elif shut:
        return each_way([*[each for each in answers if each], *shut])
    return together(answers) or cannot_tell("It does not say what becomes of an unhappy answer in a survey.")


def contractors(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether what contractors do is the landlord's to answer for."""
    grounds = [*(excluded(procedure) or ()), *(refusals(procedure) or ())]
    return together(judged(grounds, ("contractor",)))
