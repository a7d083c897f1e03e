"""What is known of people, in the words that staff see."""

from __future__ import annotations

from putright.record.people.models import ALERTS
from putright.record.people.needs import IN_WORDS

TENURES = {
    "secure": "Secure",
    "assured": "Assured",
    "assured_shorthold": "Assured shorthold",
    "introductory": "Introductory",
    "licence": "Licence",
    "leasehold": "Leasehold",
    "shared_ownership": "Shared ownership",
    "freehold": "Freehold",
    "none": "No tenure with us",
}
STOCK = {
    "lcra": "Low cost rental (LCRA)",
    "lcho": "Low cost home ownership (LCHO)",
    "other": "Other",
}
LIVES_THERE_AS = {
    "tenant": "Tenant",
    "joint_tenant": "Joint tenant",
    "leaseholder": "Leaseholder",
    "licensee": "Licensee",
    "occupier": "Occupier",
    "child": "Child",
}
WAYS = {
    "telephone": "Telephone",
    "text": "Text message",
    "email": "Email",
    "letter": "Letter",
    "portal": "Online account",
    "visit": "Visit",
}
ADJUSTMENTS = IN_WORDS
ALERT_CODES = {code: f"{code} {says}" for code, says in ALERTS.items()}
STANDING = {"ended": "Ended", "expired": "Expired", "to_come": "Not begun", "holds": "Holds"}
LOOKED_AT = {"needs": "Needs and adjustments", "safe_contact": "What is safe"}
CLAIMED = {"address": "Address", "email": "Email address", "telephone": "Telephone"}
DETAILS = {"name": "Name", "address": "Address", "email": "Email address", "telephone": "Telephone"}
