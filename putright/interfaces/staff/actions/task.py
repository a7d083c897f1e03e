"""What the page of an action asks, in plain words: a label and a hint for each field of the action.

The fields themselves, their kinds and which of them are needed come from the action; nothing here
repeats them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from putright.interfaces.staff.actions.forms import TaskForm
    from putright.interfaces.staff.who import Staff
    from putright.record.cases.reading import CaseFile


@dataclass(frozen=True, slots=True)
class Ask:
    """How one field is asked for.

    `missing` is the error where it was left out; `rows` the lines of its box, 1 for a single line;
    `choices` overrides what can be chosen; `hints` are said under single choices; `yes` and `no` the
    words of a yes-or-no question; `default` what is chosen already; `none` the words of a box to tick
    where a list is given and empty; `empty` what the page says where there is nothing to choose from.
    """

    label: str
    hint: str | Callable[[CaseFile], str] = ""
    missing: str = ""
    rows: int = 4
    choices: Callable[[CaseFile, Staff], list[tuple[str, str]]] | None = None
    unavailable: Callable[[CaseFile, Staff], Mapping[str, str]] | None = None
    hints: Mapping[str, str] = field(default_factory=dict)
    yes: str = "Yes"
    no: str = "No"
    default: Callable[[CaseFile], Any] | None = None
    none: str = ""
    as_select: bool = False
    as_radios: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """The page of one action.

    `done` is what the case page says once it has happened. `clocks` are those that this action may end:
    the page heads with those that run; `moves` are those that it starts or moves, of which the case page
    then tells the day. `needed_if` names fields that the rules always need in such a case, though not in
    others; `only_if` leaves fields out where they mean nothing. `extra` adds fields that the action does
    not have, which `given` turns into ones it has. `panel` is a template beside the form, filled by
    `panel_context`.
    """

    done: str
    asks: Mapping[str, Ask] = field(default_factory=dict)
    title: str = ""
    button: str = ""
    intro: str = ""
    warning: str = ""
    clocks: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    needed_if: Mapping[str, Callable[[CaseFile], bool]] = field(default_factory=dict)
    only_if: Mapping[str, Callable[[CaseFile], bool]] = field(default_factory=dict)
    extra: Callable[[TaskForm], None] | None = None
    given: Callable[[TaskForm, dict[str, Any]], dict[str, Any]] | None = None
    panel: str = ""
    panel_context: Callable[[CaseFile, Staff], dict[str, Any]] | None = None
