"""The pages that say something went wrong: the right status, plain words, and no database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from putright.interfaces.pages import views

GET = RequestFactory().get("/somewhere")


@pytest.fixture(autouse=True)
def without_context_processors() -> Iterator[None]:
    backend = {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "putright.interfaces.pages.environment.environment"},
    }
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(TEMPLATES=[backend], STORAGES=plain, STATIC_URL="/static/"):
        yield


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (lambda: views.bad_request(GET), 400, "This page could not be read"),
        (lambda: views.forbidden(GET), 403, "You may not see this page"),
        (lambda: views.csrf_failure(GET), 403, "This page was open too long"),
        (lambda: views.page_not_found(GET), 404, "There is no page here"),
        (lambda: views.conflict(GET), 409, "Someone else changed this first"),
        (lambda: views.server_error(GET), 500, "Something went wrong here"),
    ],
)
def test_each_says_what_happened_in_plain_words(answer, status: int, says: str) -> None:  # type: ignore[no-untyped-def]
    response: HttpResponse = answer()
    page = response.content.decode()
    assert response.status_code == status
    assert f"<title>{says} – Putright</title>" in page
    assert f'<h1 class="govuk-heading-l">{says}</h1>' in page
    assert str(status) not in page.split("<main")[1].split("</main>")[0], "a status means nothing to a reader"


def test_there_is_no_icon_and_that_is_no_error() -> None:
    assert views.no_icon(GET).status_code == 204
