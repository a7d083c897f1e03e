"""Make a multiplied database ready for searching: somebody signed in, what to search for, and the plans.

    python bench/support/ready_search.py

Prints one JSON document. Words are chosen by how many cases hold them, which is asked of the index itself.
"""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from putright.evidence.search import asked, engines  # noqa: E402
from putright.record.accounts.models import User  # noqa: E402
from putright.record.cases.models import Case  # noqa: E402
from putright.record.landlords.models import Landlord  # noqa: E402
from support import multiply  # noqa: E402

KINDS = 40


def main() -> dict[str, Any]:
    """What visitors need to know, and what was planned."""
    user = User.objects.get(email="ben@tern-valley.example")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    searches = to_search()
    landlord = Landlord.objects.get(slug="tern-valley").pk
    return {
        "session": session.session_key,
        "cases": Case.objects.count(),
        "landlord": landlord,
        "searches": {
            name: [f"/search/?{urlencode({'q': each})}" for each in some] for name, some in searches.items()
        },
        "counts": {name: counted(landlord, some[0]) for name, some in searches.items()},
        "cost": {name: cost_of(client, some[0]) for name, some in searches.items()},
        "plans": {name: plans_of(client, some[0]) for name, some in searches.items()},
        "by_hand": by_hand(landlord),
        "vendor": connection.vendor,
    }


def to_search() -> dict[str, list[str]]:
    """What people type: rare words, two words, the worst word there is, and a word that every case has.

    A rare word is in a handful of cases, as a surname may be. Of the two words each is in some hundreds or thousands
    of a million cases, and both are in few. Two common words are in tens of thousands each.
    """
    random, last = Random(11), Case.objects.order_by("-pk").values_list("pk", flat=True)[0]
    found: dict[str, list[str]] = {"rare word": [], "two words": [], "two common words": []}
    while any(len(some) < KINDS for some in found.values()):
        case = random.randint(max(1, last // 2), last)
        by_rank = sorted(multiply.drawn(case, place) for place in range(multiply.WORDS_A_CASE))
        told = [multiply.word(each) for each in by_rank]
        resident = Case.objects.filter(pk=case).values_list("resident_id", flat=True).first() or 0
        found["rare word"].append(multiply.word(resident) if resident > multiply.VOCABULARY else told[-1])
        found["two words"].append(f"{told[2]} {told[4]}")
        found["two common words"].append(f"{told[0]} {told[1]}")
    return found | {"worst word": [multiply.EVERYWHERE], "in every case": ["tv"]}


def counted(landlord: int, text: str) -> int:
    """How many cases match, up to the bound and one more."""
    with engines.in_time(60):
        return engines.find(landlord, asked.read(text), [], 1).count


def by_hand(landlord: int) -> dict[str, Any]:
    """The newest of all that hold the worst word, as somebody would fence it by hand: every match, then in order."""
    bounded = engines.STATEMENTS[connection.vendor]
    query = asked.read(multiply.EVERYWHERE)
    told = engines.parameters(landlord, query, [], 20)
    return {
        "statement": re.sub(r"\n +LIMIT %s\n\)", "\n)", bounded, count=1),
        "parameters": [*told[:2], *told[3:]],
        "bounded": bounded,
        "bounded parameters": told,
    }


def cost_of(client: Client, text: str) -> dict[str, int]:
    """The statements and the bytes of a page; the second time, when all is loaded."""
    client.get("/search/", {"q": text})
    with CaptureQueriesContext(connection) as made:
        answer = client.get("/search/", {"q": text})
    if answer.status_code != 200:
        raise SystemExit(f"bench: a search for {text} answered {answer.status_code}.")
    return {"statements": len(made), "bytes": len(answer.content)}


def plans_of(client: Client, text: str) -> list[dict[str, Any]]:
    """The plan of each statement of a page, as it is planned inside a search: its nodes, outermost first."""
    with CaptureQueriesContext(connection) as made:
        client.get("/search/", {"q": text})
    read = [
        each["sql"]
        for each in made
        if re.match(r"\s*(SELECT|WITH)\b", each["sql"]) and "set_config" not in each["sql"]
    ]
    found = []
    for statement in read:
        about = "the words" if "search_document" in statement else re.search(r'FROM "?(\w+)', statement)
        named = about if isinstance(about, str) else about[1] if about else "?"
        with engines.in_time(60), connection.cursor() as cursor:
            found.append({"about": named, "nodes": planned(cursor, statement.replace("%", "%%"))})
    return found


def planned(cursor: Any, statement: str) -> list[str]:
    """The nodes of a plan, each on a line of its own."""
    if connection.vendor == "sqlite":
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return [row[3] for row in cursor.fetchall()]
    cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
    told = cursor.fetchone()[0]
    return nodes((told if isinstance(told, list) else json.loads(told))[0]["Plan"])


def nodes(plan: dict[str, Any]) -> list[str]:
    """A node and those below it. A walk that goes backwards says so."""
    parts = [
        plan["Node Type"],
        plan.get("Index Name") or plan.get("Relation Name") or plan.get("CTE Name") or "",
    ]
    if plan.get("Scan Direction") == "Backward":
        parts.append("BACKWARD")
    own = " ".join(part for part in parts if part)
    return [own, *(each for below in plan.get("Plans", []) for each in nodes(below))]


if __name__ == "__main__":
    print(json.dumps(main()))
