"""The Jinja2 environment of every page: our templates, GOV.UK's components, our filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from putright.interfaces.pages import charts, forms, phrases, proofs, words

INTERFACES = Path(__file__).resolve().parent.parent


# A macro asks whether it was called with a body; GOV.UK's components write the name `undefined`.
_JINJAS_OWN = ("caller", "undefined")


class Missing(jinja2.ChainableUndefined):
    """A name the page was not given. GOV.UK's components ask dictionaries for keys that may be absent,
    and read nothing; any other missing name is a mistake in a page, and is told instead of left blank.
    """

    __slots__ = ()

    def _may_be_absent(self) -> bool:
        return self._undefined_name in _JINJAS_OWN or isinstance(
            self._undefined_obj, dict | jinja2.Undefined | str
        )

    def _tell(self) -> None:
        if not self._may_be_absent():
            self._fail_with_undefined_error()

    def __str__(self) -> str:
        self._tell()
        return ""

    def __iter__(self) -> Any:
        self._tell()
        return iter(())

    def __bool__(self) -> bool:
        self._tell()
        return False

    def __len__(self) -> int:
        self._tell()
        return 0

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._tell()
        return self

    def __getitem__(self, name: str) -> Any:
        self._tell()
        return self


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page. A `query` argument (a mapping) is added after the question mark."""
    query = kwargs.pop("query", None)
    return reverse(name, args=args, kwargs=kwargs, query=query)


def notices_for(request: HttpRequest | None) -> list[Any]:
    """What the last action told this user (Django messages), once; nothing where messages are not used."""
    return list(get_messages(request)) if request is not None and hasattr(request, "_messages") else []


def _as_it_is(text: Any, *_: Any, **__: Any) -> Any:
    return text


def environment(**options: Any) -> jinja2.Environment:
    """The environment Django's Jinja2 backend asks for.

    A name is looked up in each app's `jinja2` folder, then below `putright/interfaces`, so that a
    task's template lies beside its view ("staff/queue/page.html"), then in GOV.UK's components.
    """
    options["undefined"] = Missing
    options["loader"] = jinja2.ChoiceLoader(
        [
            options["loader"],
            jinja2.FileSystemLoader(INTERFACES),
            jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    made = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, **options)
    # GOV.UK's components indent what they wrap, a textarea's text included: a space a line, each time.
    made.filters["indent"] = _as_it_is
    made.globals.update(
        url=url,
        static=static,
        notices_for=notices_for,
        any_errors=forms.any_errors,
        describe=forms.describe,
        error_list=forms.error_list,
        hidden_inputs=forms.hidden_inputs,
        bar_chart=charts.bar_chart,
        line_chart=charts.line_chart,
        stacked_chart=charts.stacked_chart,
        weeks_of=proofs.weeks_of,
        skipped_in=proofs.skipped_in,
        counted=phrases.counted,
        share=phrases.share,
        channels=words.CHANNELS,
    )
    made.filters.update(
        long_day=phrases.long_day,
        short_day=phrases.short_day,
        clock_time=phrases.clock_time,
        resident_time=phrases.resident_time,
        pounds=phrases.pounds,
        how_far=phrases.how_far,
        verdict_word=words.verdict_word,
        action_word=words.action_word,
        clock_word=words.clock_word,
        state_word=words.state_word,
        award_word=words.award_word,
        staff_word=words.staff_word,
        resident_word=words.resident_word,
    )
    return made
