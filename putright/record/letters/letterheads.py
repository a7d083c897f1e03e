"""What stands round every letter of a landlord, and the Word file that gives its letters their look."""

from __future__ import annotations

from django.core.files.storage import default_storage

from putright.record.letters.models import Letterhead


def look_of(landlord_id: int) -> bytes | None:
    """The landlord's own Word file; None where it has none, or it is lost: then Word letters look like ours."""
    head = Letterhead.objects.filter(landlord=landlord_id).exclude(look="").first()
    if head is None:
        return None
    try:
        with default_storage.open(head.look) as file:
            content: bytes = file.read()
    except OSError:
        return None
    return content
