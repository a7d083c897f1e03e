"""What can be done to a case from a list without leaving it, and the way back to its row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import get_script_prefix, reverse

from putright.interfaces.staff.take_in.steps import may_take_in
from putright.interfaces.staff.way_back import row_id
from putright.interfaces.staff.who import Staff
from putright.record.cases.lists import Line


@dataclass(frozen=True, slots=True)
class FromAList:
    """For one person at any list. Its pages lead back to the list that they were opened from."""

    may_call: bool
    may_take_in: bool

    @classmethod
    def of(cls, staff: Staff) -> FromAList:
        """For this person."""
        return cls(staff.may("record_contact"), may_take_in(staff))

    def beside(self, line: Line) -> dict[str, Any]:
        """`links` and `anchor`, as the part `case_row` takes them."""
        return {"links": self._links(line), "anchor": row_id(line.reference)}

    def _links(self, line: Line) -> list[dict[str, str]]:
        found = []
        if self.may_take_in and waits_to_be_taken_in(line):
            found.append(("Take in", "take_in"))
        if self.may_call:
            found.append(("Note a call", "note_call"))
        return [{"text": text, "href": _address(name, line.reference)} for text, name in found]


@lru_cache(maxsize=16)
def _form(name: str, prefix: str) -> str:
    return reverse(name, args=[_PLACE])


_PLACE = "-place-"


def _address(name: str, reference: str) -> str:
    """A page of a case. A list asks for a hundred of them, so each form of address is looked up once."""
    return _form(name, get_script_prefix()).replace(_PLACE, quote(reference), 1)


def waits_to_be_taken_in(line: Line) -> bool:
    """Whether it has come in and is not acknowledged yet, as far as a list can tell."""
    return line.state == "received" or (line.state == "open" and line.next_due == "acknowledge")
