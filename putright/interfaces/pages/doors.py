"""Which pages stand open to people who are not signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """Mark a view that needs nobody to be signed in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view
