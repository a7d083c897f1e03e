"""Make the bare site ready: its tables, its rows and somebody signed in. Prints one JSON document.

python bench/support/ready_bare.py ROWS
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

ROWS = """
INSERT INTO bare_row (owner, due_on, reference, name, note)
SELECT 1 + number %% 10, date '2021-01-04' + number %% 2000, 'TV-' || number,
       'Somebody with a name ' || number %% 2600, 'What it is about, in a few words ' || number
FROM generate_series(1, %s) AS number"""


def main(rows: int) -> dict[str, Any]:
    """What visitors need to know, and what was counted."""
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bare_row")
        if cursor.fetchone() == (0,):
            cursor.execute(ROWS, [rows])
            cursor.execute("VACUUM ANALYZE")
    user, _ = get_user_model().objects.get_or_create(username="ben")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    client = Client()
    client.cookies["sessionid"] = session.session_key
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/")
    if answer.status_code != 200:
        raise SystemExit(f"bench: the bare page answered {answer.status_code}.")
    return {
        "session": session.session_key,
        "cost": {"bare": {"statements": len(asked), "bytes": len(answer.content)}},
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
