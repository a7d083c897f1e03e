"""Words that may mean danger in a home. They only make the page ask: a person decides."""

from __future__ import annotations

import re

WORDS = (
    "damp", "mould", "mold", "gas", "carbon monoxide", "fumes", "boiler", "no heating", "no hot water",
    "fire", "smoke", "electric", "electrics", "electrical", "electricity", "wiring", "wires", "socket", "shock",
    "sparks", "asbestos", "flood", "flooded", "flooding", "leak", "leaking", "leaks", "water coming", "sewage",
    "ceiling", "collapse", "collapsed", "collapsing", "injured", "injury", "hurt", "fell", "hospital",
    "asthma", "cannot breathe", "can't breathe", "balcony", "stairs", "rats", "legionella",
)  # fmt: skip

_ANY = re.compile(rf"\b({'|'.join(re.escape(word) for word in WORDS)})\b", re.IGNORECASE)


def mentioned(*texts: str) -> str:
    """The first word in these texts that may mean danger, as it is written; empty where there is none."""
    found = _ANY.search("\n".join(texts).replace("’", "'"))
    return found[1] if found else ""
