"""Which roles may see and change what of a person: one table, and nobody else decides.

What is sensitive is for those who speak to the resident, visit them, write to them or judge how they were
treated. Who reads figures, sets up the product or checks it does not need it.
"""

from __future__ import annotations

from collections.abc import Iterable

from complaint_rules import safe_contact

_SPEAKS_TO_THEM = frozenset({"contact_staff", "complaints_officer", "investigator", "reviewer"})
_WORKS_FOR_THEM = _SPEAKS_TO_THEM | {"service_manager", "ombudsman_liaison"}

DETAILS, NEEDS, SAFE_CONTACT, LOOKED = "details", "needs", "safe_contact", "looked"
CHANGE_DETAILS, CHANGE_NEEDS, CHANGE_SAFE_CONTACT = "change_details", "change_needs", "change_safe_contact"
CHANGE_AUTHORITY, JOIN, SETTLE_CLAIMS = "change_authority", "join", "settle_claims"

MAY: dict[str, frozenset[str]] = {
    # Name, how to reach them, home and household, complaints, who acts for them.
    DETAILS: _WORKS_FOR_THEM | {"quality_checker", "auditor"},
    # Needs, adjustments, alerts, the language of their interpreter. Whoever checks a letter checks it for these.
    NEEDS: _WORKS_FOR_THEM | {"quality_checker"},
    SAFE_CONTACT: safe_contact.SEES,
    # Who looked at what is sensitive of whom.
    LOOKED: frozenset({"auditor", "complaints_officer"}),
    CHANGE_DETAILS: _SPEAKS_TO_THEM | {"ombudsman_liaison"},
    CHANGE_NEEDS: _SPEAKS_TO_THEM,
    CHANGE_SAFE_CONTACT: safe_contact.SETS,
    SETTLE_CLAIMS: safe_contact.SETTLES_CLAIMS,
    CHANGE_AUTHORITY: frozenset({"contact_staff", "complaints_officer", "investigator"}),
    JOIN: frozenset({"complaints_officer"}),
}

SENSITIVE = (NEEDS, SAFE_CONTACT)
"""What is opened by a press, and each look journalled."""


def may(roles: Iterable[str], right: str) -> bool:
    """Whether any of these roles may."""
    return not MAY[right].isdisjoint(roles)


def role_that_may(roles: Iterable[str], right: str) -> str | None:
    """The first of these roles that may; None where none does."""
    return next((role for role in roles if role in MAY[right]), None)
