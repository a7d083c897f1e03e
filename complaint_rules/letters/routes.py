"""Where a matter can go that a complaint cannot settle, and by when."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FILE = Path(__file__).with_name("routes.toml")


@dataclass(frozen=True, slots=True)
class KnownRoute:
    """One way on beside the complaint. `days` are calendar days, the day of being told counted as the first.

    `checked` tells whether somebody has held the days against the law as it stands.
    """

    key: str
    label: str
    days: int | None = None
    checked: bool = False

    def last_day(self, told_on: date) -> date | None:
        """The last day to go there, for somebody told on this day; None where the law's limit is not known here."""
        return None if self.days is None else told_on + timedelta(days=self.days - 1)


@cache
def known_routes() -> Mapping[str, KnownRoute]:
    """Every route listed, by key, in the order to show them."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({each["key"]: KnownRoute(**each) for each in data["routes"]})
