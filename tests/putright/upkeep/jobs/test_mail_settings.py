"""The address of a mail server in the environment: what it becomes, and that a malformed one is refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from putright import settings


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://relay.example", 25, False, False),
        ("smtp+starttls://ann:p%40ss@relay.example", 587, True, False),
        ("smtps://ann:p%40ss@relay.example:4650", 4650, False, True),
        ("smtp://ann:p%40ss@localhost:2525", 2525, False, False),
    ],
)
def test_an_address_becomes_a_mailer(url: str, port: int, tls: bool, ssl: bool) -> None:
    options = settings._mailers(url)["default"]["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, tls, ssl)
    assert options["password"] == ("p@ss" if "ann" in url else "")


@pytest.mark.parametrize(
    "url",
    [
        "relay.example",
        "http://relay.example",
        "smtp://",
        "smtp://relay.example:port",
        "smtp://[::1",
        "smtps://a/b",
    ],
)
def test_a_malformed_address_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="write smtps://"):
        settings._mailers(url)


def test_a_password_never_goes_unencrypted_to_another_machine() -> None:
    with pytest.raises(ImproperlyConfigured, match="unencrypted"):
        settings._mailers("smtp://ann:secret@relay.example")


def test_none_means_that_mail_waits() -> None:
    assert settings._mailers("") == {}


@pytest.mark.parametrize(
    "written", ["", "complaints", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"]
)
def test_whom_mail_is_from_is_one_address(written: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PUTRIGHT_MAIL_FROM"):
        settings._mail_from(written)
