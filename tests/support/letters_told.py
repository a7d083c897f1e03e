"""One full draft of each kind of letter, and the case and landlord round it, for tests of letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from complaint_rules import letters
from complaint_rules.letters import Compensation, Draft, OutcomeAnswer, PointAnswer, Route, Undertaken
from putright.record.letters.told import Told

POINTS = ("Damp left untreated", "Missed visit")
KINDS_AND_STAGES = [
    (kind, stage)
    for kind in letters.KINDS
    for stage in (1, 2)
    if (kind, stage) not in (("declined_escalation", 1), ("refusal", 2), ("withdrawal", 2), ("update", 2))
]
EDITIONS = ("2020", "2022", "2024")


def draft(kind: str, stage: int, edition: str, **changes: Any) -> Draft:
    """A draft of this kind that says all it must."""
    whole = Draft(
        kind=kind, stage=stage, edition=edition, definition="Damp left untreated, and a missed visit."
    )
    return replace(whole, **(_WHAT_IT_SAYS[kind] | changes))


def told(draft: Draft, **changes: Any) -> Told:
    """The same with everything round it."""
    whole = Told(
        draft=draft,
        day=date(2026, 12, 4),
        landlord="Tern Valley Homes",
        from_lines=("Tern Valley Homes", "1 Mill Lane, Tern Valley TV1 1AA"),
        to_name="Amira Yusuf",
        to_lines=("Amira Yusuf", "14 Sedge Court", "Tern Valley", "TV1 2BB"),
        resident_name="Amira Yusuf",
        reference="TV-26-0417",
        how_to_reach_us="Ring us on 01632 960 001, write to us, or tell any of our staff.",
        received_on=date(2026, 11, 16),
        due_on=date(2026, 12, 4),
        colour="#6B2C78",
    )
    return replace(whole, **changes)


_WHY_AND_WHERE = {
    "reason": "You told us of the damp on 3 March 2024. That is over two years ago, and nothing kept you from it.",
    "routes": (Route("Our insurer", no_limit=True), Route("The tribunal", date(2026, 12, 28))),
}
_WHAT_IT_SAYS: dict[str, dict[str, Any]] = {
    "acknowledgement": {
        "points": POINTS,
        "outcomes": (OutcomeAnswer("Treat the walls"), OutcomeAnswer("Say sorry")),
        "not_responsible_for": (),
        "answer_by": date(2026, 12, 4),
    },
    "update": {
        "texts": ("The surveyor came on Monday. The report is due this week.",),
        "next_update": date(2026, 12, 11),
    },
    "extension": {
        "new_day": date(2026, 12, 18),
        "reason": "The surveyor can only come on Tuesday 8 December, and the answer rests on what they find.",
        "next_update": date(2026, 12, 11),
    },
    "response": {
        "points": POINTS,
        "answers": (
            PointAnswer(1, "upheld", "Nobody came for 19 days.", ("repairs policy 4.2",)),
            PointAnswer(2, "not_upheld", "We came on 9 November, and the log shows it."),
        ),
        "outcomes": (
            OutcomeAnswer("Treat the walls", "yes"),
            OutcomeAnswer("A new home", "no", "Damp alone does not move a home."),
        ),
        "remedies": (Undertaken("Treat the walls", date(2026, 12, 11), "Repairs"),),
        "actions": (Undertaken("Check the fan", date(2026, 12, 18)),),
        "compensation": (
            Compensation(8_800, "Heating", "11 days at £8.00."),
            Compensation(6_000, "Distress", "19 days of worry."),
        ),
    },
    "refusal": _WHY_AND_WHERE,
    "declined_escalation": _WHY_AND_WHERE,
    "withdrawal": {
        "withdrawn_by": "You",
        "withdrawn_how": "by telephone",
        "withdrawn_on": date(2026, 12, 3),
        "way_back": "Tell us at any time, and we will take your complaint up again where it stopped.",
    },
}
