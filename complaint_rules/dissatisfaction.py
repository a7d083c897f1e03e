"""Words by which somebody says that they are not happy with what a landlord did or did not do (2024: 1.2).

They only make somebody ask: whether it is a complaint is the resident's own choice (2024: 1.3).
"""

from __future__ import annotations

import re

WORDS = (
    "complain", "complaint", "complaints", "complaining", "complained", "unhappy", "not happy", "not at all happy",
    "isn't happy", "not satisfied", "dissatisfied", "disappointed", "unacceptable", "not acceptable", "not good enough",
    "disgraceful", "disgrace", "disgusted", "disgusting", "appalling", "appalled", "fed up", "sick of", "had enough",
    "angry", "furious", "upset with", "let down", "letting me down", "ignored", "ignoring", "fobbed off", "rude",
    "still waiting", "still not", "still no", "nobody came", "no one came", "never came", "nobody has", "no one has",
    "nobody rang", "no one rang", "never rang", "did not turn up", "didn't turn up", "not turned up",
    "missed appointment",
    "again and again", "over and over", "time and again", "the third time", "for the third", "for months", "for weeks",
    "how many times", "times already", "ombudsman",
)  # fmt: skip
_ANY = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in WORDS)})(?!\w)", re.IGNORECASE)


def said(*texts: str) -> str:
    """The first words of these texts that say so, as they are written; empty where there are none."""
    found = _ANY.search(" ".join("\n".join(texts).replace("’", "'").split()))
    return found[0] if found else ""
