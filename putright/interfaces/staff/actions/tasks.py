"""What every action asks, by its name. Those with a view of their own ask there."""

from __future__ import annotations

from putright.casework.act import Verb
from putright.interfaces.staff.actions import assign, authority, check, extend, withdraw
from putright.interfaces.staff.actions.asked import answering, hazards, ombudsman, owed, people, taking_in
from putright.interfaces.staff.actions.task import Ask, Task


def in_its_own_words(action: Verb) -> Task:
    """A plain page for an action that nobody has found words for yet: its fields under their own names."""
    asks = {name: Ask(name.replace("_", " ").capitalize()) for name in action.fields}
    return Task(done="Recorded.", title=action.name.replace("_", " ").capitalize(), asks=asks)


TASKS: dict[str, Task] = {
    **taking_in.TASKS,
    **answering.TASKS,
    **owed.TASKS,
    **people.TASKS,
    **ombudsman.TASKS,
    **hazards.TASKS,
    "assign": assign.TASK,
    "extend": extend.TASK,
    "withdraw": withdraw.TASK,
    "record_authority": authority.TASK,
    "check_response": check.TASK,
}
