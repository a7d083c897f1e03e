"""Whatever leaves is on the register, and passes the gate: an action that nobody classified fails here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CARRIERS = {
    "django.core.mail",
    "smtplib",
    "anymail",
    "notifications_python_client",
    "twilio",
    "sendgrid",
    "boto3",
}
"""What could carry something to a resident. Whoever imports one sends only what `leaving.leave` let go: name it."""
SENDERS = frozenset({"putright/upkeep/jobs/mail.py"})


def test_every_action_tells_or_does_not_and_says_which() -> None:
    from putright.casework import NAMES, notices

    unknown = sorted(set(NAMES) - notices.classified())
    assert not unknown, (
        f"{unknown}: put each in TELLS (the resident learns something by it), NOTES_WHAT_WENT_OUT or DOES_NOT_TELL "
        "of putright/casework/notices.py. In doubt it tells."
    )
    assert notices.classified() <= set(NAMES), "an action that there is not"


def test_no_action_stands_in_two_lists() -> None:
    from putright.casework import notices

    lists = (notices.TELLS, notices.NOTES_WHAT_WENT_OUT, notices.DOES_NOT_TELL)
    assert sum(map(len, lists)) == len(notices.classified())
    assert not notices.classified() & set(notices.NOTICES)


def test_only_the_senders_that_are_named_can_carry_anything() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "putright").rglob("*.py")
        if any(_is_carrier(name) for name in _imported(path))
    }
    assert found == SENDERS


def _is_carrier(name: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in CARRIERS)


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
