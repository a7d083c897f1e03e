"""Email that waits, sent: each is asked of the gate again, sent once, and what became of it is written down.

Of a message handed to a mail server nobody can know, after a crash, whether it left. So before it is handed over
its row is marked and put off; whoever finds a marked row due again does not send it, but gives it to a person.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, mailers
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone

from complaint_rules.events import Actor
from putright.casework import posting
from putright.record.correspondence import outbox
from putright.record.correspondence.models import Outgoing
from putright.record.letters import records

SENDING = "Being sent now."
MAY_HAVE_LEFT = "It may have left: we lost touch while sending. Ask whether it came before you send it again."
PUT_OFF = timedelta(minutes=30)
"""How long a message may take to hand over. Far longer than the mail server is given for each step of it."""

WAITS_FOR_ITS_HOUR = timedelta(minutes=15)
SYSTEM = Actor("system")


@dataclass(slots=True)
class Went:
    """How many messages left, were stopped, wait for their hour, did not leave, and may have left."""

    sent: int = 0
    stopped: int = 0
    waits: int = 0
    not_sent: int = 0
    in_doubt: int = 0

    def count(self, what: str) -> None:
        """One more."""
        setattr(self, what, getattr(self, what) + 1)


def configured() -> bool:
    """Whether there is a mail server to send by."""
    return "default" in settings.MAILERS


def send_waiting() -> Went:
    """Send every email that is due. Safe to run twice, and by two workers at once."""
    went = Went()
    if not configured():
        return went
    for number in outbox.due(timezone.now()):
        what = _send(number)
        if what:
            went.count(what)
    return went


def _send(number: int) -> str:
    """Send one; the name of what became of it, empty where it was not ours to send."""
    taken = _take(number, timezone.now())
    if isinstance(taken, str):
        return taken
    try:
        message = _message(taken)
    except (OSError, ValueError, ValidationError) as problem:
        return _given_up(taken, _why_unwritable(problem))
    return _hand_over(taken, message)


# Taking one


def _take(number: int, at: datetime) -> Outgoing | str:
    """One that may leave now, marked as being sent; else what became of it."""
    with transaction.atomic():
        rows = Outgoing.objects.filter(pk=number, state="waiting", way="email", not_before__lte=at)
        skip = connection.features.has_select_for_update_skip_locked
        row = rows.select_for_update(skip_locked=skip).first()
        if row is None:
            return ""
        if row.says == SENDING:
            Outgoing.objects.filter(pk=row.pk).update(state="failed", done_at=at, says=MAY_HAVE_LEFT)
            return "in_doubt"
        [asked] = posting.ready([row], SYSTEM, at)
        if asked.waits:
            Outgoing.objects.filter(pk=row.pk).update(
                not_before=asked.answer.not_before or at + WAITS_FOR_ITS_HOUR
            )
            return "waits"
        if not asked.answer.allowed:
            return "stopped"
        Outgoing.objects.filter(pk=row.pk).update(says=SENDING, not_before=at + PUT_OFF)
        return row


# Writing it


def _message(row: Outgoing) -> EmailMessage:
    """The email of a row. ValidationError for an address that is none; ValueError for a letter that was changed."""
    validate_email(row.to)
    name, domain = one_line(row.landlord.name), settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    message = EmailMessage(
        subject=one_line(row.subject),
        body=row.words,
        from_email=formataddr((name, settings.DEFAULT_FROM_EMAIL)),
        to=[row.to],
        headers={
            "Message-ID": f"<putright.{row.landlord_id}.{row.pk}.{row.made_at:%Y%m%d%H%M%S}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    reference = row.case.reference if row.case else str(row.pk)
    for letter in row.letters.order_by("pk"):
        kind = letter.media_type.partition(";")[0]
        ending = "txt" if kind == "text/plain" else "pdf"
        message.attach(one_line(f"Letter {reference}.{ending}"), records.content_of(letter), kind)
    return message


def one_line(text: str) -> str:
    """A text that is safe in a header: no line ends of any kind, no control characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _why_unwritable(problem: Exception) -> str:
    if isinstance(problem, ValidationError):
        return "The address is not one that email can go to. Correct it, and send the letter again."
    return "The letter could not be read as it was kept. Tell whoever looks after the system."


# Handing it over


def _hand_over(row: Outgoing, message: EmailMessage) -> str:
    mailer: Any = mailers["default"]
    try:
        mailer.open()
    except (OSError, smtplib.SMTPException) as problem:
        return _later(row, f"The mail server was not reached: {type(problem).__name__}.")
    try:
        mailer.send_messages([message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as problem:
        return _refused(row, problem)
    except (OSError, smtplib.SMTPException):
        return _in_doubt(row)
    finally:
        _hang_up(mailer)
    rows = Outgoing.objects.filter(pk=row.pk, says__in=(SENDING, MAY_HAVE_LEFT))
    rows.update(state="sent", done_at=timezone.now(), says="")
    return "sent"


def _hang_up(mailer: Any) -> None:
    try:
        mailer.close()
    except (OSError, smtplib.SMTPException):
        return


def _refused(row: Outgoing, problem: smtplib.SMTPException) -> str:
    """The server answered that it does not take it. A refusal for good is not tried again."""
    code = _code(problem)
    says = f"The mail server did not take it (answer {code})."
    return _given_up(row, says) if 500 <= code < 600 else _later(row, says)


def _code(problem: smtplib.SMTPException) -> int:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in problem.recipients.values()), default=0)
    return int(getattr(problem, "smtp_code", 0))


def _later(row: Outgoing, says: str) -> str:
    outbox.not_sent(row.pk, says, timezone.now())
    return "not_sent"


def _given_up(row: Outgoing, says: str) -> str:
    Outgoing.objects.filter(pk=row.pk, state="waiting").update(
        state="failed", done_at=timezone.now(), says=says
    )
    return "not_sent"


def _in_doubt(row: Outgoing) -> str:
    Outgoing.objects.filter(pk=row.pk, state="waiting").update(
        state="failed", done_at=timezone.now(), says=MAY_HAVE_LEFT
    )
    return "in_doubt"
