"""What a page says of a field that the rules ask for, with the provision that asks."""

from __future__ import annotations

from typing import Any

from complaint_rules.complaint import Complaint
from putright.interfaces.staff.actions.choices import in_code

_SAID: dict[tuple[str, str], tuple[str, str]] = {
    ("extend", "good_reason_beyond_limit"): (
        "Give the reason it must go past the limit",
        "stage_{stage}_extension_limit",
    ),
    ("extend", "agreed"): (
        "Say whether the resident agreed to go past the limit",
        "stage_{stage}_extension_agreed",
    ),
    ("extend", "ombudsman_details_given"): (
        "Say whether the letter gives the Housing Ombudsman's details",
        "stage_{stage}_extension_details",
    ),
    ("refuse_complaint", "reasons"): ("Give the reasons for this case", "refusal_explained"),
    ("refuse_complaint", "issue_arose"): (
        "Give the day it happened, or the day they first knew",
        "twelve_months",
    ),
    ("refuse_complaint", "discretion"): ("Say what was weighed in favour of taking it", "twelve_months"),
    ("decline_escalation", "reasons"): ("Give the reasons for this case", "decline_explained"),
    ("decline_escalation", "discretion"): (
        "Say what was weighed in favour of taking it late",
        "decline_explained",
    ),
    ("award", "approved_by"): ("Say who approved it: it is over the amount one person may award", ""),
    ("keep_promise", "promise"): ("Choose which promise was kept", ""),
    ("change_promise", "promise"): ("Choose which promise has a new day", ""),
    ("agree_promise", "promise"): ("Choose the promise", ""),
    ("agree_promise", "reason"): ("Say why it cannot be done", ""),
    ("ask_others", "point"): ("Choose a point or a promise", ""),
    ("answer_others", "asked"): ("Choose the question", ""),
    ("comply", "order"): ("Choose which order was carried out", ""),
    ("pay", "award"): ("Choose which award was paid", ""),
    ("correct", "entry"): ("Choose the entry that was recorded wrongly", ""),
    ("correct", "fields"): ("Change what was wrong, or strike the entry out", ""),
}


def needed(complaint: Complaint, verb: str, name: str, form: Any = None) -> str:
    """The error for a field that an action needs: what to give, and the provision."""
    says, key = _SAID.get((verb, name), ("", ""))
    if not says:
        return _usual(name, form)
    ref = complaint.edition.ref(key.format(stage=complaint.stage_being_answered)) if key else ""
    return f"{says}{in_code(ref)}."


def _usual(name: str, form: Any) -> str:
    if form is not None and name in form.fields:
        return str(form.fields[name].error_messages["required"])
    return f"Give {name.replace('_', ' ')}."
