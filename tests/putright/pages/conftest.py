"""For the tests of page parts: the templates by themselves, whatever the site's settings are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from django.test import override_settings

import putright.interfaces.pages
from putright.interfaces.pages.environment import environment

PAGES = Path(putright.interfaces.pages.__file__).parent


@pytest.fixture(scope="session")
def templates() -> jinja2.Environment:
    """The environment of every page."""
    return environment(loader=jinja2.FileSystemLoader(PAGES / "jinja2"), autoescape=True)


@pytest.fixture(scope="session")
def draw(templates: jinja2.Environment) -> Callable[..., str]:
    """Draw a scrap of template, with the macros of forms.html and parts.html as `forms` and `parts`."""
    head = '{% import "putright/forms.html" as forms %}{% import "putright/parts.html" as parts %}'

    def drawn(scrap: str, **context: object) -> str:
        plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
        with override_settings(STATIC_URL="/static/", STORAGES=plain):
            return templates.from_string(head + scrap).render(context)

    return drawn
