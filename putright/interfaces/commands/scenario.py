"""Play worked cases through the real actions, on a throwaway database.

Each file is one worked case. Where DATABASE_URL is set, a fresh database is made there, and
dropped afterwards; otherwise one in memory. Exit 0 when all passed, 1 when an expectation
failed, 2 when a file cannot be read.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from putright.interfaces.commands import BadInput, print_json, progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """The files to play, and how to tell."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a worked case (YAML), or a folder of them")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Play every file."""
    from putright.upkeep.throwaway import throwaway_database

    with throwaway_database():
        from putright.upkeep.worked_cases.player import play
        from putright.upkeep.worked_cases.script import UnreadableScript, read

        try:
            scripts = [read(path) for path in _files(options.files)]
            results = [play(script, number) for number, script in enumerate(scripts, start=1)]
        except UnreadableScript as problem:
            raise BadInput(str(problem)) from problem
    if options.json:
        print_json({"scenarios": results})
    else:
        _tell(results)
    return 0 if all(result["passed"] for result in results) else 1


def _files(given: list[str]) -> list[Path]:
    found: list[Path] = []
    for name in given:
        path = Path(name)
        if not path.exists():
            raise BadInput(f"{name}: there is no such file.")
        found += sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not found:
        raise BadInput("there is no worked case (*.yaml) there.")
    return found


def _tell(results: list[dict[str, Any]]) -> None:
    for result in results:
        print(f"{'passed' if result['passed'] else 'FAILED'}  {result['title']}")
        for number, step in enumerate(result["steps"], start=1):
            for failure in step["failed_expectations"]:
                print(f"        step {number}, {step['do']} at {step['at']}: {failure}")
        for failure in result["finally"]["failed_expectations"]:
            print(f"        finally: {failure}")
    failed = sum(not result["passed"] for result in results)
    progress(f"{len(results) - failed} of {len(results)} worked cases passed.")
