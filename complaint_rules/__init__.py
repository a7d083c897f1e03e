"""What the Housing Ombudsman's Complaint Handling Code says, as pure functions.

The front door:

- `read(events, procedure, calendar)` makes a `Complaint` of what happened to a case (`events`);
- `due(complaint)` and `targets(complaint)` say what is due, `proof(complaint, run)` why;
- `possible(complaint)` and `judge(complaint, step, procedure)` say what may happen next and what
  stands in the way;
- `findings(complaint, on)` says which provisions are met, breached, open or impossible to tell;
- `edition(name)` and `in_force_on(day)` find an edition; `england_and_wales()` the bank holidays.

Standard library only. Today and the calendar are arguments, never looked up.
"""

from complaint_rules.checks import findings, judgement
from complaint_rules.clocks import due, proof, targets
from complaint_rules.complaint import Complaint, read
from complaint_rules.editions import edition, in_force_on
from complaint_rules.findings import Finding, Obstacle, Verdict
from complaint_rules.next_steps import judge, possible
from complaint_rules.procedure import CODE_DEFAULTS, Procedure
from complaint_rules.working_days import Convention, england_and_wales

__all__ = [
    "CODE_DEFAULTS",
    "Complaint",
    "Convention",
    "Finding",
    "Obstacle",
    "Procedure",
    "Verdict",
    "due",
    "edition",
    "england_and_wales",
    "findings",
    "in_force_on",
    "judge",
    "judgement",
    "possible",
    "proof",
    "read",
    "targets",
]
