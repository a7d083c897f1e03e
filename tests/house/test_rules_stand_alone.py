"""`complaint_rules` imports Python's standard library and itself, wherever in a module the import stands."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[2] / "complaint_rules"
MODULES = sorted(path for path in RULES.rglob("*.py") if "build" not in path.relative_to(RULES).parts)


def imported_by(source: str) -> set[str]:
    """The first names of everything imported, late imports included. A relative one is its own."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("module", MODULES, ids=[str(path.relative_to(RULES)) for path in MODULES])
def test_a_rules_module_imports_nothing_that_must_be_installed(module: Path) -> None:
    assert imported_by(module.read_text()) - sys.stdlib_module_names - {"complaint_rules"} == set()


def test_a_late_import_of_something_installed_would_be_seen() -> None:
    assert imported_by("def f():\n    from django.db import models\n") == {"django"}
