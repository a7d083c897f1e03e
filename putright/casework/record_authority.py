"""Record authority: whether the resident lets this person act for them."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def record_authority(step: Step, representative: Words, given: bool) -> events.AuthorityRecorded:
    """Keep the authority of a representative. `representative` is how the journal names them."""
    return events.AuthorityRecorded(**step.common, representative=representative, given=given)
