"""Check a landlord's procedure against the Code, or show one.

A procedure is a YAML file (docs/staff/procedures.md tells how to write one) or a profile of the product.
`check` says, for each provision that a procedure can meet or breach, which it is, why, and on which line.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from complaint_rules import editions, policy_check
from complaint_rules.editions.provisions import provisions
from complaint_rules.findings import Verdict
from complaint_rules.policy_check import Contradiction, PolicyFinding
from complaint_rules.procedure import (
    CODE_DEFAULT,
    BadProcedure,
    Dates,
    Procedure,
    Setting,
    settings,
    spoken,
)
from complaint_rules.procedure.json_schema import json_schema
from putright.interfaces.commands import BadInput, print_json
from putright.record.landlords import profiles
from putright.yaml_files import UnreadableYaml

WIDTH = 100
GROUPS = (
    (Verdict.BREACHED, "Breached"),
    (Verdict.CANNOT_TELL, "Cannot tell"),
    (Verdict.MET, "Met"),
    (Verdict.NOT_APPLICABLE, "Does not apply"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`, `list`, `show` and `schema`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="{check,list,show,schema}")
    checking = what.add_parser(
        "check", help="a procedure against the Code", description="Check a procedure against the Code."
    )
    listing = what.add_parser("list", help="the profiles there are", description="List the profiles.")
    showing = what.add_parser(
        "show",
        help="what a procedure says",
        description="Show what a procedure says, and what is the Code's.",
    )
    what.add_parser(
        "schema",
        help="what a procedure may hold, as JSON Schema",
        description="Print what a procedure may hold, as JSON Schema.",
    )
    for each in (checking, showing):
        each.add_argument(
            "procedure", metavar="FILE-or-PROFILE", help="a YAML file, or the name of a profile"
        )
        each.add_argument(
            "--edition", help=f"one of {', '.join(editions.all_editions())}; default: the latest"
        )
    for each in (checking, listing, showing):
        each.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Check, list or show; BadInput for a file that cannot be read and a name that does not exist."""
    if options.what == "schema":
        print_json(json_schema())
        return 0
    if options.what == "list":
        list_profiles(options.json)
        return 0
    given = find(options.procedure)
    edition = _edition(options.edition)
    if options.what == "show":
        show(given, edition, options.json)
    else:
        check(given, edition, options.json)
    return 0


def find(name: str) -> Procedure:
    """The procedure in this file, or the profile of this name. BadInput with every fault and its line."""
    file = Path(name)
    try:
        if name in profiles.names() and not file.is_file():
            return profiles.profile(name)
        if not file.exists() and not file.suffix:
            raise BadInput(_no_such(name))
        return profiles.from_file(file)
    except UnreadableYaml as problem:
        raise BadInput(str(problem)) from problem
    except BadProcedure as problem:
        lines = "\n".join(f"  {each}" for each in problem.problems)
        raise BadInput(f"{name} is not a procedure:\n{lines}") from problem


def _no_such(name: str) -> str:
    try:
        profiles.path(name)
    except profiles.UnknownProfile as problem:
        return f"there is no file {name}. {problem}"
    return f"there is no file {name}."


def _edition(name: str | None) -> str:
    try:
        return editions.edition(name).name if name else list(editions.all_editions())[-1]
    except editions.UnknownEdition as problem:
        raise BadInput(str(problem)) from problem


# Checking


def check(given: Procedure, edition: str, as_json: bool) -> None:
    """Print a finding for each provision, and what the document says twice in two ways."""
    findings = policy_check.check(given, edition)
    contradictions = policy_check.contradictions(given)
    if as_json:
        print_json(checked(given, edition, findings, contradictions))
        return
    print(f"{given.title or given.name}: against the {edition} Code")
    print(_counts(findings.values()))
    for verdict, heading in GROUPS:
        of_this = [finding for finding in findings.values() if finding.verdict == verdict]
        if of_this:
            print(f"\n{heading} ({len(of_this)})")
            _print_findings(of_this, edition, brief=verdict in (Verdict.MET, Verdict.NOT_APPLICABLE))
    if contradictions:
        print(f"\nContradictions ({len(contradictions)}): both are kept")
        for each in contradictions:
            _block(
                f"{policy_check.where(each.lines)}, {each.about}", " / ".join(said.says for said in each.said)
            )


def checked(
    given: Procedure,
    edition: str,
    findings: dict[str, PolicyFinding],
    contradictions: Iterable[Contradiction],
) -> dict[str, Any]:
    """What `--json` prints (docs/developing/contracts.md)."""
    return {
        "procedure": given.name,
        "edition": edition,
        "findings": {
            ref: {"verdict": str(finding.verdict), "says": finding.says, "where": finding.where}
            for ref, finding in findings.items()
        },
        "contradictions": [
            {
                "about": each.about,
                "where": policy_check.where(each.lines),
                "said": [
                    {
                        "says": said.says,
                        "where": policy_check.where((said.place.line,) if said.place.line else ()),
                    }
                    for said in each.said
                ],
            }
            for each in contradictions
        ],
    }


def _counts(findings: Iterable[PolicyFinding]) -> str:
    verdicts = [finding.verdict for finding in findings]
    said = [
        f"{verdicts.count(verdict)} {heading.lower()}" for verdict, heading in GROUPS if verdict in verdicts
    ]
    return ", ".join(said) if said else "This edition asks nothing of a procedure."


def _print_findings(findings: list[PolicyFinding], edition: str, brief: bool) -> None:
    headings = provisions(edition)
    for finding in findings:
        heading = headings[finding.provision].heading
        if brief:
            print(f"  {finding.provision:<5} {heading} ({finding.where})")
        else:
            _block(f"{finding.provision:<5} {heading}", f"{_sentence(finding.where)}. {finding.says}")


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


# Showing


def list_profiles(as_json: bool) -> None:
    """Print the name of each profile, with what it is."""
    given = [profiles.profile(name) for name in profiles.names()]
    if as_json:
        print_json(
            {
                "profiles": [
                    {
                        "name": each.name,
                        "title": each.title,
                        "landlord": each.landlord,
                        "written_for": each.written_for,
                    }
                    for each in given
                ]
            }
        )
        return
    for each in given:
        who = f", {each.landlord}" if each.landlord else ""
        print(f"{each.name:<22} {each.title}{who} (written for the {each.written_for} Code)")


def show(given: Procedure, edition: str, as_json: bool) -> None:
    """Print what a procedure says of its stages and times, and what is the Code's default."""
    times = settings(given, edition)
    if as_json:
        print_json(shown(given, edition, times))
        return
    print(given.title or given.name)
    for says in _who_and_when(given):
        print(says)
    print("\nStages")
    for name, who in _stages(given):
        print(f"  {name}{who}")
    print(f"\nTimes, under the {edition} Code")
    for each in times:
        where = f"line {each.line}" if each.line else each.source
        print(f"  {each.clock.replace('_', ' '):<24} {each.says}. {_sentence(where)}")
    if given.details.get("notes"):
        print("\nNotes")
        for note in given.details["notes"]:
            _block("", note)


def _who_and_when(given: Procedure) -> list[str]:
    lines = [given.landlord] if given.landlord else []
    if given.written_for:
        lines.append(f"Written for the {given.written_for} Code")
    for name, day in _days(given.dates):
        lines.append(f"{_sentence(name.replace('_', ' '))}: {day}")
    return lines


def _days(dates: Dates) -> list[tuple[str, str]]:
    names = ("drafted", "approved", "approved_by", "briefed", "in_force", "published", "review_due")
    return [(name, str(getattr(dates, name) or "not stated")) for name in names]


def _stages(given: Procedure) -> list[tuple[str, str]]:
    found = []
    if given.first_step:
        backstop = next(iter(given.times_of("backstop")), None)
        within = (
            f", within {spoken(backstop.length, backstop.unit or 'days', None)}"
            if backstop and backstop.length
            else ""
        )
        found.append(
            (f"{given.first_step.name} (before stage 1, no stage{within})", _by(given.first_step.handled_by))
        )
    found += [(stage.name, _by(stage.handled_by)) for stage in given.stages]
    return found or [("Stage 1", f": {CODE_DEFAULT}"), ("Stage 2", f": {CODE_DEFAULT}")]


def _by(people: tuple[str, ...]) -> str:
    return f": {'; '.join(people)}" if people else ""


def shown(given: Procedure, edition: str, times: tuple[Setting, ...]) -> dict[str, Any]:
    """What `show --json` prints (docs/developing/contracts.md)."""
    return {
        "procedure": given.name,
        "title": given.title,
        "landlord": given.landlord,
        "written_for": given.written_for,
        "edition": edition,
        "dates": dict(_days(given.dates)),
        "convention": str(given.convention),
        "first_step": given.first_step.name if given.first_step else None,
        "stages": [
            {
                "name": each.name,
                "counts_as": each.counts_as,
                "handled_by": list(each.handled_by),
                "seniority": each.seniority,
            }
            for each in given.stages
        ],
        "times": [
            {"clock": each.clock, "says": each.says, "source": each.source, "line": each.line}
            for each in times
        ],
    }


def _block(title: str, text: str) -> None:
    if title:
        print(f"  {title}")
    print(textwrap.fill(text, WIDTH, initial_indent="        ", subsequent_indent="        "))
