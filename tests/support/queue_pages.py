"""The queue as tests read it: the cases on its lines, all its pages, and cases made to stand in it."""

from __future__ import annotations

import html
import re
from typing import Any

from cast import Cast


def page_of(cast: Cast, address: str = "/queue/", who: str = "officer") -> str:
    """A page that answers, as text with its entities read."""
    answer = cast.client(who).get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.get("Location"))
    return html.unescape(answer.content.decode())


def references(page: str) -> list[str]:
    """The cases on the lines of a page, in their order."""
    return re.findall(r'pr-case__reference" href="/cases/([^/]+)/"', page)


def walk(cast: Cast, address: str, who: str = "officer") -> list[str]:
    """Every case on every page, by the links of the pages."""
    found: list[str] = []
    for _ in range(60):
        page = page_of(cast, address, who)
        found += references(page)
        link = re.search(r'href="([^"]*[?&]after=[^"]*)"', page)
        if link is None:
            return found
        address = link[1]
    raise AssertionError("The pages have no end.")


def set_index(case: Any, **values: Any) -> Any:
    """A case with these values in its index: lists read nothing else."""
    from putright.record.cases.models import Case

    Case.objects.filter(pk=case.pk).update(**values)
    return case


def join(cast: Cast, member: str, team: str) -> None:
    """Put a member of our landlord into a team."""
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.users[member], landlord=cast.landlord).update(team=team)
