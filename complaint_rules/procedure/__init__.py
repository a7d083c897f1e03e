"""A landlord's own procedure, as data: its promises, its people, and how it counts days.

What a procedure does not state is the Code's. It never moves a Code date: a landlord's own
time is a `Target`, shown beside what the Code says. `policy_check` says where a procedure
departs from an edition of the Code.

This is the front door. Behind it, in the order in which they import:

- `terms`: the parts of a procedure, and what is wrong with a document of one;
- `schema`: what a document may hold (`schema.toml`); `json_schema`: the same for an editor;
- `reading`: the lines of a document and the faults met in it;
- `plain`, `statements`, `grounds`, `people`, `times` (with `time_in_words`): one function for each
  kind of value; `stages`: what number each stage counts as;
- `document`: the walk by the schema; `fields`: what was read, as the fields of a procedure;
- `whole`: the procedure; `said`: its times in words.
"""

from complaint_rules.procedure.said import settings, spoken, start_said
from complaint_rules.procedure.terms import (
    CODE_DEFAULT,
    NOT_GIVEN,
    NOT_STATED,
    SAME_AS_EXCLUSIONS,
    SENIORITY,
    BadProcedure,
    Dates,
    Definition,
    FirstStep,
    Ground,
    Layer,
    LeadMember,
    LineFinder,
    Place,
    Problem,
    Report,
    Setting,
    Stage,
    StatedTime,
    Statement,
    Target,
)
from complaint_rules.procedure.whole import CODE_DEFAULTS, Procedure, read

__all__ = [
    "CODE_DEFAULT",
    "CODE_DEFAULTS",
    "NOT_GIVEN",
    "NOT_STATED",
    "SAME_AS_EXCLUSIONS",
    "SENIORITY",
    "BadProcedure",
    "Dates",
    "Definition",
    "FirstStep",
    "Ground",
    "Layer",
    "LeadMember",
    "LineFinder",
    "Place",
    "Problem",
    "Procedure",
    "Report",
    "Setting",
    "Stage",
    "StatedTime",
    "Statement",
    "Target",
    "read",
    "settings",
    "spoken",
    "start_said",
]
