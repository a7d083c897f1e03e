"""The templates' environment: what it finds, what it refuses, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable

import jinja2
import pytest

from putright.interfaces.pages.chrome import Chrome

Draw = Callable[..., str]


@pytest.mark.parametrize(
    "scrap", ["{{ case }}", "{% if case %}{% endif %}", "{{ case.title }}", "{{ case|long_day }}"]
)
def test_a_name_the_page_was_not_given_is_told_and_not_left_blank(draw: Draw, scrap: str) -> None:
    with pytest.raises((jinja2.UndefinedError, AttributeError)):
        draw(scrap)


def test_an_attribute_that_an_object_lacks_is_told(draw: Draw) -> None:
    with pytest.raises(jinja2.UndefinedError, match="no attribute 'landlrd'"):
        draw("{{ chrome.landlrd }}", chrome=Chrome("Tern Valley Homes"))


def test_a_key_that_a_mapping_lacks_reads_as_nothing(draw: Draw) -> None:
    assert draw("[{{ row.hint }}{% if row.href %}x{% endif %}]", row={}) == "[]"


def test_what_is_drawn_is_escaped(draw: Draw) -> None:
    assert draw("{{ who }}", who="<b>") == "&lt;b&gt;"


def test_a_template_lies_beside_its_view(templates: jinja2.Environment) -> None:
    found = templates.get_template("pages/jinja2/putright/base.html")
    assert found.filename is not None
    assert found.filename.endswith("putright/interfaces/pages/jinja2/putright/base.html")


@pytest.mark.parametrize("name", ["../settings.py", "/etc/passwd", "pages/../../settings.py"])
def test_no_template_is_looked_for_outside(templates: jinja2.Environment, name: str) -> None:
    with pytest.raises(jinja2.TemplateNotFound):
        templates.get_template(name)


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", '#123456"><script>', "#123456;"])
def test_a_landlords_colour_is_six_figures_or_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="A colour is written like"):
        Chrome("Tern Valley Homes", colour=colour)
