"""The schema of a procedure document as JSON Schema, for an editor that checks as one types.

`schema.toml` is the schema; this is the same told in another language. It is a little
looser than the reader, which also understands words: the reader has the last say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from complaint_rules import editions
from complaint_rules.procedure.schema import ANYWHERE, Rule, children, schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Rule = {"type": "string"}
_YES_NO: Rule = {"type": "boolean"}
_WHERE: Rule = {"source": {"description": "Where in the landlord's own papers this stands."}, "note": {}}


def json_schema() -> dict[str, Any]:
    """The whole schema as one JSON Schema document."""
    return {
        "$schema": DIALECT,
        "title": "A landlord's complaints procedure",
        **_mapping(""),
    }


def _mapping(path: str) -> dict[str, Any]:
    known = children(path)
    needed = sorted(key for key, own in known.items() if schema()[own].get("needed"))
    return {
        "type": "object",
        "properties": {**{key: _value(own) for key, own in known.items()}, **_WHERE},
        "required": needed,
        "additionalProperties": False,
    }


def _value(path: str) -> dict[str, Any]:
    rule = schema()[path]
    told = {"description": rule["says"]} if "says" in rule else {}
    return {**told, **_of_kind(path, rule)}


def _of_kind(path: str, rule: Rule) -> Mapping[str, Any]:
    kind: str = rule["kind"]
    if kind == "mapping":
        return _mapping_or_short(path, rule)
    if kind == "list":
        return {"anyOf": [{"type": "array", "items": _value(f"{path}[]")}, _TEXT]}
    return _KINDS[kind](rule)


def _mapping_or_short(path: str, rule: Rule) -> Mapping[str, Any]:
    whole = _mapping(path)
    forms = [whole]
    if rule.get("short"):
        forms.append(dict(_value(f"{path}.{rule['short']}")))
    if path == "targets":
        forms.append({"type": "array", "items": {"type": "object", "required": ["clock"]}})
    return {"anyOf": forms} if len(forms) > 1 else whole


def _or_list(form: Rule) -> Rule:
    return {"anyOf": [form, {"type": "array", "items": form}]}


def _parts(*keys: str) -> Rule:
    return {"type": "object", "propertyNames": {"enum": [*keys, *ANYWHERE]}}


def _words(rule: Rule) -> Rule:
    return {"type": "string", "enum": list(rule["words"])}


_KINDS: Mapping[str, Callable[[Rule], Rule]] = {
    "text": lambda rule: {"type": ["string", "number"]},
    "texts": lambda rule: {"anyOf": [_TEXT, {"type": "array"}]},
    "slug": lambda rule: {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "date": lambda rule: {"type": "string", "format": "date"},
    "dates": lambda rule: {"type": "array", "items": {"type": "string", "format": "date"}},
    "month": lambda rule: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"},
    "number": lambda rule: {"type": "integer", "minimum": 0},
    "pounds": lambda rule: {"type": ["number", "string"]},
    "word": _words,
    "edition": lambda rule: {"enum": [*editions.all_editions()]},
    "free": lambda rule: {},
    "statement": lambda rule: _or_list({"anyOf": [_YES_NO, _TEXT, _parts("answer", "says")]}),
    "time": lambda rule: _or_list(
        {"anyOf": [_TEXT, _parts("length", "unit", "starts", "from", "says", "every", "within", "unless")]}
    ),
    "grounds": lambda rule: {
        "anyOf": [
            _TEXT,
            {"type": "array", "items": {"anyOf": [_TEXT, _parts("says", "ground", "discretion")]}},
        ]
    },
    "lead": lambda rule: _or_list({"anyOf": [_TEXT, {"const": False}, _parts("person", "body")]}),
    "definition": lambda rule: _or_list(
        {"anyOf": [_TEXT, _parts("words", "says", "as_code", "added", "left_out", "replaced")]}
    ),
    "items": lambda rule: {"anyOf": [{"type": "array", "items": _words(rule)}, _parts("as_code")]},
    "places": lambda rule: {
        "anyOf": [_TEXT, {"const": False}, {"type": "array"}, _parts("in", "elsewhere", "says")]
    },
}
