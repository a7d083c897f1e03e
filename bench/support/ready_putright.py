"""Make Putright ready for visitors: somebody signed in, and which pages to ask for. Prints one JSON document.

    python bench/support/ready_putright.py PAGES_OF_THE_LIST

Also counts the statements of each page and its bytes, where nothing else is at work.
"""

from __future__ import annotations

import json
import sys
from random import Random
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from putright.record.accounts.models import User  # noqa: E402
from putright.record.cases.lists import PAGE, Mark  # noqa: E402
from putright.record.cases.models import Case  # noqa: E402

SAMPLED = 400


def main(pages: int) -> dict[str, Any]:
    """What visitors need to know, and what was counted."""
    user = User.objects.get(email="ben@tern-valley.example")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    after, page = far_page(pages)
    references = sampled(Case.objects.all())
    searches = words_to_search()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    addresses = {
        "my work": "/",
        "queue": "/queue/",
        "list": "/cases/",
        "list, far": f"/cases/?after={after}",
        "case": f"/cases/{references[0]}/",
        "search": f"/cases/?q={searches[0]}",
    }
    cost = {name: cost_of(client, address) for name, address in addresses.items()}
    cost["case"] = max(
        (cost_of(client, f"/cases/{each}/") for each in references[:100]), key=lambda c: c["statements"]
    )
    return {
        "session": session.session_key,
        "references": references,
        "open": sampled(Case.objects.filter(state__in=["open", "received", "responded", "closed"])),
        "searches": searches,
        "after": after,
        "page": page,
        "cases": Case.objects.count(),
        "cost": cost,
    }


def sampled(cases: Any) -> list[str]:
    found = list(cases.order_by("pk").values_list("reference", flat=True))
    return Random(7).sample(found, min(SAMPLED, len(found)))


def far_page(pages: int) -> tuple[str, int]:
    """The row that page 200 of the list of all cases follows; that of its last page where there are fewer."""
    listed = Case.objects.order_by("-received_on", "-id")
    page = min(pages, listed.count() // PAGE)
    last = listed.values_list("received_on", "pk")[(page - 1) * PAGE - 1]
    return str(Mark(*last)), page


def words_to_search() -> list[str]:
    """What people type: a whole name, a surname and a street, a word of what it is about."""
    cases = Case.objects.select_related("resident").order_by("pk")
    named = [case.resident for case in Random(8).sample(list(cases[:20_000]), 60) if case.resident]
    found = [person.name for person in named[:30]]
    found += [f"{person.name.split()[-1]} {person.address.split()[1]}" for person in named[30:50]]
    return [word.replace(" ", "+") for word in [*found, "damp", "boiler", "bins", "mould fan", "lift order"]]


def cost_of(client: Client, address: str) -> dict[str, int]:
    """The statements and the bytes of a page; the second time, when all is loaded."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"bench: {address} answered {answer.status_code}.")
    return {"statements": len(asked), "bytes": len(answer.content)}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
