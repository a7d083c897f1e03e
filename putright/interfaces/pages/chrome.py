"""What stands round every page: the landlord's name, the way about, who is signed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; `current` marks the part of the service this page belongs to."""

    text: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chrome:
    """Given to a template as `chrome`, usually by a context processor of the wing.

    `colour` ("#0a5c2f") is drawn only as a 4 px line; anything else is refused, since it goes into a
    page. Empty addresses leave that part out: no `search_url`, no search; no `sign_out_url`, no way out.
    """

    landlord: str
    home_url: str = "/"
    colour: str = ""
    logo_url: str = ""
    places: Sequence[Place] = ()
    user_name: str = ""
    account_url: str = ""
    sign_out_url: str = ""
    search_url: str = ""
    search_text: str = ""
    keys: bool = True

    def __post_init__(self) -> None:
        if self.colour and not _COLOUR.fullmatch(self.colour):
            raise ValueError(f'A colour is written like "#6b2c78", not "{self.colour}".')
