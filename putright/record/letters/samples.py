"""A sample of everything a letter can tell, for the preview of a wording; and what such a letter never says."""

from __future__ import annotations

from datetime import date, timedelta

from complaint_rules import letters
from complaint_rules.editions import all_editions
from complaint_rules.letters import Compensation, Draft, OutcomeAnswer, PointAnswer, Route, Undertaken
from complaint_rules.letters.contents import UnknownLetter
from putright.record.landlords.models import Landlord
from putright.record.letters import compose, web
from putright.record.letters.documents import Document
from putright.record.letters.models import Letterhead
from putright.record.letters.templates import Template
from putright.record.letters.told import GAPS, Told

EDITIONS = tuple(sorted(all_editions()))


def letter(landlord: Landlord, head: Letterhead, template: Template, day: date) -> Document:
    """The letter that this wording would make of the samples. compose.Missing where even they do not fill it."""
    return compose.compose(template, _told(landlord, head, template, template.edition or EDITIONS[-1], day))


def never_said(
    landlord: Landlord, head: Letterhead, template: Template, day: date
) -> list[tuple[str, str, str]]:
    """What each edition requires of such a letter and this wording never says: the edition, what, the provision."""
    found = []
    for edition in [template.edition] if template.edition else EDITIONS:
        for stage in [template.stage] if template.stage else (1, 2):
            found += _never_said(landlord, head, template, edition, stage, day)
    return list(dict.fromkeys(found))


def _never_said(
    landlord: Landlord, head: Letterhead, template: Template, edition: str, stage: int, day: date
) -> list[tuple[str, str, str]]:
    try:
        needed = letters.elements(edition, template.kind, stage)
    except UnknownLetter:
        return []
    told = _told(landlord, head, template, edition, day, stage)
    made = compose.compose(template, told)
    if not made.blocks:
        return [(edition, each.label, each.provision) for each in needed if each.weight == "stops"]
    text = web.plain_text(made)
    told_of = True if template.kind == "response" else None
    checked = letters.check_words(
        text, template.kind, stage, edition, upheld=told_of, offered=told_of, outstanding=told_of
    )
    return [(edition, each.label, each.provision) for each in needed if each.key in checked.lacks]


def _told(
    landlord: Landlord,
    head: Letterhead,
    template: Template,
    edition: str,
    day: date,
    stage: int | None = None,
) -> Told:
    draft = _draft(template.kind, stage or template.stage or 1, edition, day)
    return Told(
        draft=draft,
        day=day,
        landlord=landlord.name,
        from_lines=(landlord.name, *head.lines),
        to_name=GAPS["to_name"].sample,
        to_lines=(GAPS["to_name"].sample, "14 Sedge Court", "Tern Valley", "TV1 2BB"),
        resident_name=GAPS["resident_name"].sample,
        reference=f"{landlord.prefix}-26-0417",
        team=head.team,
        colour=landlord.colour,
        how_to_reach_us=head.how_to_reach_us or GAPS["how_to_reach_us"].sample,
        received_on=day - timedelta(days=18),
        due_on=day,
    )


def _draft(kind: str, stage: int, edition: str, day: date) -> Draft:
    sample = {name: gap.sample for name, gap in GAPS.items()}
    soon, later = day + timedelta(days=7), day + timedelta(days=14)
    return Draft(
        kind=kind,
        stage=stage,
        edition=edition,
        definition=sample["definition"],
        points=("Damp left untreated", "Missed visit"),
        answers=(
            PointAnswer(1, "upheld", "Nobody came for 19 days.", ("repairs policy 4.2",)),
            PointAnswer(2, "not_upheld", "We came on 9 November, and the log shows it."),
        )
        if kind == "response"
        else (),
        outcomes=(OutcomeAnswer("Treat the walls", "yes" if kind == "response" else None),),
        remedies=(Undertaken("Treat the walls", soon, "Repairs"),),
        compensation=(Compensation(6_000, "Distress", "19 days of worry."),),
        texts=(sample["opening"],),
        not_responsible_for=("The bus stop",),
        responsible_for=sample["responsible_for"],
        question=sample["question"],
        answer_by=later,
        new_day=later,
        reason=sample["reason"],
        next_update=soon,
        routes=(Route("Our insurer", no_limit=True),),
        outstanding=sample["outstanding"],
        withdrawn_by="You",
        withdrawn_how="by telephone",
        withdrawn_on=day,
        way_back=sample["way_back"],
        landlord_duties=sample["landlord_duties"],
        resident_duties=sample["resident_duties"],
    )
