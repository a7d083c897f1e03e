"""Email leaves once, whole and safe; what became of it is written down, also where that cannot be known."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from smtp_sink import Sink, smtp_sink

from putright.record.correspondence import outbox
from putright.record.correspondence.models import Outgoing, Stop
from putright.record.letters import records
from putright.record.letters.models import Letter
from putright.upkeep.jobs import mail


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.DEFAULT_FROM_EMAIL = "complaints@tern-valley.example"


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with smtp_sink() as found:
        settings.MAILERS = found.mailers()
        yield found


def written(cast: Any, **given: Any) -> Outgoing:
    """An email that waits."""
    cast.do("update", cast.open(), summary="The surveyor came.", way="email", **given)
    return Outgoing.objects.latest("pk")


def test_it_leaves_with_the_letter_as_it_was_kept(cast: Any, sink: Sink) -> None:
    row = written(cast)
    assert mail.send_waiting().sent == 1
    [came] = sink.mails
    assert sink.recipients == [["rcpt to:<amira@example.org>"]]
    assert came["From"] == "Tern Valley Homes <complaints@tern-valley.example>"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came["Message-ID"].endswith("@tern-valley.example>")
    assert "The surveyor came." in came.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    [attached] = came.iter_attachments()
    assert attached.get_payload(decode=True) == records.content_of(Letter.objects.get())
    assert attached.get_filename() == f"Letter {row.case.reference}.pdf"  # type: ignore[union-attr]
    row.refresh_from_db()
    assert (row.state, row.says, row.done_at) == ("sent", "", cast.clock.now)


def test_run_again_it_sends_nothing_twice(cast: Any, sink: Sink) -> None:
    written(cast)
    mail.send_waiting()
    assert mail.send_waiting() == mail.Went()
    assert len(sink.raw) == 1


def test_without_a_mail_server_it_waits(cast: Any, settings: Any) -> None:
    settings.MAILERS = {}
    row = written(cast)
    assert mail.send_waiting() == mail.Went()
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)


def test_what_is_not_safe_any_more_stops_and_stands_on_a_list(cast: Any, sink: Sink) -> None:
    from putright.record.people.models import Need

    row = written(cast)
    Need.objects.create(
        landlord=cast.landlord,
        person=cast.resident,
        adjustment="telephone_only",
        since=cast.clock.now.date() - timedelta(days=1),
    )
    assert mail.send_waiting().stopped == 1
    assert sink.raw == []
    row.refresh_from_db()
    assert row.state == "stopped"
    assert Stop.objects.get().verb == "update"


def test_no_server_is_tried_again_later_each_time_after_longer(cast: Any, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    settings.MAILERS = Sink(port=port).mailers()
    row = written(cast)
    waits = []
    for _ in range(outbox.MOST_TRIES):
        assert mail.send_waiting().not_sent == 1
        row.refresh_from_db()
        waits.append(row.not_before - cast.clock.now)
        cast.clock.now = max(cast.clock.now, row.not_before)
    assert waits[:3] == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    assert (row.state, row.says) == ("failed", "The mail server was not reached: ConnectionRefusedError.")


def test_come_again_is_tried_again_and_never_is_not(cast: Any, sink: Sink) -> None:
    row = written(cast)
    sink.answers = "later"
    mail.send_waiting()
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 1)
    cast.clock.pass_by(minutes=3)
    sink.answers = "never"
    mail.send_waiting()
    row.refresh_from_db()
    assert (row.state, row.says) == ("failed", "The mail server did not take it (answer 550).")


def test_a_server_that_falls_silent_leaves_it_in_doubt_and_it_is_not_sent_again(
    cast: Any, sink: Sink
) -> None:
    row = written(cast)
    sink.answers = "silent"
    sink.may_answer.set()  # hangs up at once, without a word
    assert mail.send_waiting().in_doubt == 1
    row.refresh_from_db()
    assert (row.state, row.says) == ("failed", mail.MAY_HAVE_LEFT)
    cast.clock.pass_by(days=2)
    assert mail.send_waiting() == mail.Went()
    assert len(sink.raw) == 1


def test_one_that_was_being_sent_when_its_worker_died_goes_to_a_person(cast: Any, sink: Sink) -> None:
    row = written(cast)
    assert isinstance(mail._take(row.pk, cast.clock.now), Outgoing)
    assert mail.send_waiting() == mail.Went(), "somebody may still be sending it"
    cast.clock.pass_by(minutes=31)
    assert mail.send_waiting().in_doubt == 1
    assert sink.raw == []
    assert [each.says for each in outbox.in_doubt(cast.landlord.pk)] == [mail.MAY_HAVE_LEFT]


HOSTILE = [
    "Tern\r\nBcc: all@example.org",
    "Tern\nBcc: all@example.org",
    "Tern\u2028Bcc: all@example.org",
    "Tern\x00\x85Bcc: all@example.org",
    '"Tern" <other@example.org>, Bcc: all@example.org',
    "Tern \u202e\U0001f525" + "x" * 150,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_or_subject_adds_no_header_and_nobody_to_write_to(
    cast: Any, sink: Sink, name: str
) -> None:
    row = written(cast)
    if connection.vendor == "postgresql":
        name = name.replace("\x00", "")
    cast.landlord.name = name
    cast.landlord.save(update_fields=["name"])
    Outgoing.objects.filter(pk=row.pk).update(subject=name)
    assert mail.send_waiting().sent == 1
    [came] = sink.mails
    assert "Bcc" not in came
    assert sink.recipients == [["rcpt to:<amira@example.org>"]]
    assert len(came.get_all("From") or []) == len(came.get_all("Subject") or []) == 1
    assert [each.addr_spec for each in came["From"].addresses] == ["complaints@tern-valley.example"]


@pytest.mark.parametrize(
    "to", ["a@b.example, c@d.example", "a@b.example\r\nRCPT TO:<c@d.example>", "14 Sedge Court"]
)
def test_an_address_that_is_none_goes_nowhere_and_is_not_tried_again(cast: Any, sink: Sink, to: str) -> None:
    row = written(cast)
    Outgoing.objects.filter(pk=row.pk).update(to=to)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mail.posting, "ready", lambda rows, by, at: [_Allowed()])
        assert mail.send_waiting().not_sent == 1
    row.refresh_from_db()
    assert row.state == "failed"
    assert "address" in row.says
    assert sink.raw == []


class _Allowed:
    waits = False

    class answer:  # noqa: N801
        allowed = True


def test_a_letter_that_was_changed_since_is_not_sent(cast: Any, sink: Sink) -> None:
    row = written(cast)
    Letter.objects.update(digest="0" * 64)
    assert mail.send_waiting().not_sent == 1
    row.refresh_from_db()
    assert row.state == "failed"
    assert sink.raw == []


def test_two_workers_at_once_send_each_once(committed_cast: Any, sink: Sink) -> None:
    for _ in range(6):
        written(committed_cast)
    both, went = threading.Barrier(2), []

    def work() -> None:
        both.wait()
        try:
            went.append(mail.send_waiting())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(each.sent for each in went) == len(sink.raw) == 6
    assert len({each["Message-ID"] for each in sink.mails}) == 6
