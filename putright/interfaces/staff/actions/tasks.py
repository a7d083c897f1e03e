"""What every action asks, by its name. Those with a view of their own ask there."""

from __future__ import annotations

from putright.interfaces.staff.actions import assign, authority, check, extend, withdraw
from putright.interfaces.staff.actions.asked import answering, hazards, ombudsman, owed, people, taking_in
from putright.interfaces.staff.actions.task import Task

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
