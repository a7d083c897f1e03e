"""Read the Complaint Handling Code: every provision of every edition, in plain words.

The summaries are ours, not the Ombudsman's wording. Without --edition, the latest edition is read.
"""

from __future__ import annotations

import argparse
import inspect
import textwrap
from typing import Any

from complaint_rules import checks, editions
from complaint_rules.editions import crosswalk
from complaint_rules.editions.provisions import (
    Contents,
    Provision,
    UnknownProvision,
    contents,
    provision,
    provisions,
)
from putright.interfaces.commands import BadInput, print_json

WIDTH = 78
NOT_CHECKED = "Not yet checked against the Ombudsman's own page."
NOT_JUDGED = "No. It is about the landlord as a whole, or needs a person's judgement."
NO_RULES = "Cannot tell: this edition has no rules for judging a case yet."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `list` and `show`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="{list,show}")
    listing = what.add_parser(
        "list", help="the provisions of an edition", description="List the provisions of an edition."
    )
    listing.add_argument("--section", help="only this section, by its number")
    showing = what.add_parser("show", help="one provision", description="Show what a provision asks.")
    showing.add_argument("ref", help='the number of the provision, such as "6.3" (2020: "4.c")')
    for each in (listing, showing):
        each.add_argument(
            "--edition", help=f"one of {', '.join(editions.all_editions())}; default: the latest"
        )
        each.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """List or show; BadInput for an edition, a section or a provision that does not exist."""
    name = options.edition or list(editions.all_editions())[-1]
    try:
        if options.what == "list":
            list_provisions(name, options.section, options.json)
        else:
            show_provision(name, options.ref, options.json)
    except editions.UnknownEdition as problem:
        raise BadInput(str(problem)) from problem
    return 0


def list_provisions(name: str, section: str | None, as_json: bool) -> None:
    """Print the provisions of an edition, or of one section of it."""
    text = contents(name)
    wanted = _sections(text, section)
    if as_json:
        print_json(
            {
                "edition": name,
                "title": editions.edition(name).title,
                "sections": [
                    {
                        "number": number,
                        "title": text.section_titles[number],
                        "provisions": [_as_data(each, name) for each in _of_section(text, number)],
                    }
                    for number in wanted
                ],
            }
        )
        return
    shown = [each for number in wanted for each in _of_section(text, number)]
    print(f"{editions.edition(name).title}: {_counted(shown)}, in our own words.")
    for number in wanted:
        print(f"\n{number} {text.section_titles[number]}")
        for each in _of_section(text, number):
            mark = "" if each.checked else "  (not yet checked)"
            print(f"  {each.ref:<5} {each.kind:<8}  {each.heading}{mark}")


def show_provision(name: str, ref: str, as_json: bool) -> None:
    """Print one provision, its counterparts in the other editions, and how it is judged."""
    found = _find(name, ref)
    if as_json:
        print_json(_everything(found, name))
        return
    stage = f", stage {found.stage}" if found.stage else ""
    print(f"{found.ref} {found.heading}")
    print(f"{name} Code, section {found.section}: {found.section_title}. {found.kind.capitalize()}{stage}.")
    if not found.checked:
        print(NOT_CHECKED)
    _block("Our summary of the Code", found.summary)
    if found.items:
        _block("Its parts", *(f"- {item}" for item in found.items))
    if found.note:
        _block("Note", found.note)
    _block("In the other editions", *_counterpart_lines(name, ref))
    changes = _changes(name, ref)
    if changes:
        _block("What changed", *(f"{edition_name}: {says}" for edition_name, says in changes))
    _block("Judged from a case?", _judged_says(name, ref))


def _sections(text: Contents, section: str | None) -> list[int]:
    if section is None:
        return list(text.section_titles)
    if section.isdecimal() and int(section) in text.section_titles:
        return [int(section)]
    known = ", ".join(f"{number} {title}" for number, title in text.section_titles.items())
    raise BadInput(f'the {text.edition} Code has no section "{section}". Its sections: {known}.')


def _of_section(text: Contents, number: int) -> list[Provision]:
    return [each for each in text.provisions.values() if each.section == number]


def _counted(shown: list[Provision]) -> str:
    """ "45 must, 27 should": how many there are of each kind, in the order met."""
    kinds = dict.fromkeys(each.kind for each in shown)
    said = {"question": "questions"}
    return ", ".join(f"{sum(each.kind == kind for each in shown)} {said.get(kind, kind)}" for kind in kinds)


def _find(name: str, ref: str) -> Provision:
    try:
        return provision(name, ref)
    except UnknownProvision as problem:
        others = [each for each in editions.all_editions() if each != name and ref in provisions(each)]
        also = "".join(f" The {each} Code has one: add --edition {each}." for each in others)
        raise BadInput(f"{problem}{also}") from problem


def _as_data(each: Provision, name: str) -> dict[str, Any]:
    return {
        "ref": each.ref,
        "section": each.section,
        "section_title": each.section_title,
        "kind": each.kind,
        "heading": each.heading,
        "summary": each.summary,
        "note": each.note,
        "items": list(each.items),
        "stage": each.stage,
        "topic": each.topic,
        "answer": each.answer,
        "checked": each.checked,
        "judged_from_a_case": _judged(name, each.ref),
    }


def _everything(found: Provision, name: str) -> dict[str, Any]:
    data = _as_data(found, name)
    return {
        "edition": name,
        **data,
        "counts_as_evidence": _evidence(name, found.ref) if data["judged_from_a_case"] else None,
        "counterparts": {key: list(refs) for key, refs in crosswalk.counterparts(name, found.ref).items()},
        "changes": [
            {"edition": edition_name, "says": says} for edition_name, says in _changes(name, found.ref)
        ],
    }


def _counterpart_lines(name: str, ref: str) -> list[str]:
    lines = []
    for other, refs in crosswalk.counterparts(name, ref).items():
        if not refs:
            lines.append(f"{other}  nothing like it")
        lines.extend(f"{other}  {each:<5} {provisions(other)[each].heading}" for each in refs)
    return lines


def _changes(name: str, ref: str) -> list[tuple[str, str]]:
    """What each edition changed in the matters of this provision, oldest edition first, none twice."""
    followed = crosswalk.threads_of(name, ref)
    said = [
        (each, thread.changes[each])
        for each in editions.all_editions()
        for thread in followed
        if each in thread.changes
    ]
    return list(dict.fromkeys(said))


def _judged_says(name: str, ref: str) -> str:
    judged = _judged(name, ref)
    if judged is None:
        return NO_RULES
    return f"Yes. What counts: {_evidence(name, ref)}" if judged else NOT_JUDGED


def _judged(name: str, ref: str) -> bool | None:
    """Whether the rules judge this provision from a case; None where an edition has no rules yet."""
    try:
        return checks.judgement(name, ref) is not None
    except ModuleNotFoundError:
        return None


def _evidence(name: str, ref: str) -> str:
    """What the rule that judges this provision says of its evidence."""
    said = inspect.getdoc(checks.judgement(name, ref)) or ""
    _, _, evidence = said.partition("Evidence:")
    return " ".join((evidence or said).split())


def _block(title: str, *lines: str) -> None:
    print(f"\n{title}")
    for line in lines:
        hanging = "    " if line.startswith("- ") else "  "
        print(textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent=hanging))
