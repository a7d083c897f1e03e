"""What a procedure's document may hold. `schema.toml` is the schema; this reads it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

SCHEMA_FILE = Path(__file__).with_name("schema.toml")
ANYWHERE = ("source", "note")

Rule = Mapping[str, Any]


@cache
def schema() -> Mapping[str, Rule]:
    """Every path a document may hold, with its kind and what it is for."""
    with open(SCHEMA_FILE, "rb") as file:
        return MappingProxyType(tomllib.load(file))


@cache
def children(path: str) -> Mapping[str, str]:
    """The keys that a mapping at this path may hold, other names included: key as written, its own path."""
    found: dict[str, str] = {}
    start = f"{path}." if path else ""
    for each, rule in schema().items():
        rest = each.removeprefix(start)
        if not each.startswith(start) or "." in rest or rest.endswith("[]"):
            continue
        for key in (rest, *rule.get("also", ())):
            found[key] = each
    return MappingProxyType(found)
