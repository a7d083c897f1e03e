"""Brings the stored index of cases up to their entries again, where `verify` found that it differs.

For an index that a new version reads more into, and for one that was altered. The journal is only read.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.journal import queries
from putright.record.journal import records as journal
from putright.upkeep.running.verify import Difference

INDEX = frozenset({"index", "finding", "considered", "owed"})


def mend(differences: Iterable[Difference]) -> list[str]:
    """Write the index of these cases anew, each in a transaction of its own; the references of those written.

    A case whose entries are themselves in doubt is left as it is: an index of them would only hide it.
    """
    found = list(differences)
    doubtful = {(each.landlord, each.reference) for each in found if each.what not in INDEX}
    wanted = {(each.landlord, each.reference): None for each in found if each.what in INDEX}
    return [reference for landlord, reference in wanted if _mended(landlord, reference, doubtful)]


def _mended(landlord: int, reference: str, doubtful: set[tuple[int, str]]) -> bool:
    if (landlord, reference) in doubtful:
        return False
    with transaction.atomic():
        key = Case.objects.values_list("pk", flat=True).get(landlord_id=landlord, reference=reference)
        head = journal.lock(landlord, key)
        case = Case.objects.select_related("landlord", "procedure", "resident", "representative").get(pk=key)
        entries = queries.of_case(landlord, key)
        complaint = index.read_case(case, entries)
        if complaint is None:
            return False
        texts = queries.texts_of_case(landlord, key)
        case.words = index.found_by(case, [texts.get(entry.number, {}) for entry in entries])
        index.write(case, complaint, head.count)
    return True
