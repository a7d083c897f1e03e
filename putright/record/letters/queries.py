"""The letters that were sent: those of a case, one as it was kept, and whether its address may be on a page."""

from __future__ import annotations

from datetime import date
from typing import Any

from putright.record.letters import documents
from putright.record.letters.documents import Block, Document
from putright.record.letters.models import Letter
from putright.record.people.models import Person, SafeContact


def of_case(landlord_id: int, case: int) -> list[Letter]:
    """The letters of a case, the first that was sent first. Their places in this list are their numbers."""
    rows = Letter.objects.filter(landlord=landlord_id, case=case).select_related("outgoing__person")
    return list(rows.order_by("pk"))


def document_of(letter: Letter) -> Document | None:
    """The blocks of a letter as they were kept; None where only its file is."""
    return document(letter.document) if letter.document else None


def document(data: dict[str, Any]) -> Document:
    """The document that plain data tells, as `Document.as_data` wrote it."""
    given = dict(data) | {"day": date.fromisoformat(data["day"])}
    for name in ("from_lines", "to_lines", "ending"):
        given[name] = tuple(given.get(name) or ())
    given["blocks"] = tuple(_block(each) for each in data["blocks"])
    return Document(**given)


_BLOCKS: dict[str, type[Any]] = {
    each.__name__.lower(): each
    for each in (
        documents.Heading,
        documents.Paragraph,
        documents.Items,
        documents.Table,
        documents.Aside,
    )
}


def _block(data: dict[str, Any]) -> Block:
    given = {name: _frozen(value) for name, value in data.items() if name != "kind"}
    made: Block = _BLOCKS[data["kind"]](**given)
    return made


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def address_is_sensitive(person: Person) -> bool:
    """Whether they have ever said what is safe: then where a letter of theirs went is on no page. One statement."""
    records = {person.pk, person.joined_into_id or person.pk}
    return SafeContact.objects.filter(landlord=person.landlord_id, person__in=records).exists()
