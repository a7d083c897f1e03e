"""Words that may mean danger in a home, by the kind of danger they speak of.

They only make somebody ask: a person confirms or dismisses. What an event keeps is the kind
(`gas`), never the words. A word too many costs a question; a word too few may cost a life, so a
plain word stands alone where it mostly means danger, and needs company where it mostly does not
(a ceiling that sags). What is said in another sense ("fired from my job") is passed over first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# A line is one way of saying it. "~" stands for up to four words between; "*" ends a word any way.
WORDS: dict[str, tuple[str, ...]] = {
    "damp_and_mould": (
        "damp", "dampness", "mould", "moulds", "mouldy", "moulding over", "mold", "moldy", "mildew", "fungus",
        "black spots", "black patches", "condensation", "wet wall", "wet walls", "walls ~ wet", "spores",
    ),
    "gas": ("gas", "gas leak*", "boiler ~ leak*", "fumes", "flue", "flues"),
    "carbon_monoxide": ("carbon monoxide", "carbon monoxyde", "monoxide", "co alarm*", "co detector*", "co poisoning"),
    "fire": (
        "fire", "fires", "on fire", "smoke", "smoke alarm*", "smoking ~ socket*", "smoking ~ plug*", "smoulder*",
        "flame", "flames", "burning", "burnt", "burned", "scorch*", "blaze", "arson", "fire door*", "explosion*",
        "exploded", "explode*", "cladding",
    ),
    "electric": (
        "electric", "electrics", "electrical", "electricity", "electrician*", "electrocut*", "wiring", "rewir*",
        "wire", "wires", "socket", "sockets", "fuse box*", "fusebox*", "consumer unit*", "spark", "sparks", "sparking",
        "sparked", "electric shock*", "got a shock", "a shock from", "no power", "without power", "no lights",
    ),
    "water": (
        "flood", "floods", "flooded", "flooding", "leak", "leaks", "leaked", "leaking", "leaky", "burst", "sewage",
        "sewer*", "overflow*", "water ~ in", "water ~ through", "water ~ pouring", "water ~ dripping",
        "pouring ~ through", "dripping ~ ceiling", "no water", "without water", "toilet ~ blocked", "blocked ~ toilet",
    ),
    "no_heating": (
        "no heating", "no heat", "no hot water", "no ~ hot water", "without heating", "without ~ hot water",
        "without heat", "heating ~ off", "heating ~ broken", "heating ~ broke", "heating ~ failed", "heating ~ fails",
        "heating ~ work*", "heating ~ stopped", "heating ~ down", "heating ~ out", "hot water ~ off",
        "boiler", "boilers", "freezing", "frozen", "hypothermia", "too cold", "so cold", "too hot", "overheat*",
    ),
    "injury": (
        "injur*", "hurt", "hurts", "wound", "wounded", "bleed*", "fell", "fall", "falls", "fallen", "falling",
        "slipped", "slip", "slips", "slippery", "tripped", "trip hazard*", "tripping hazard*", "scald*", "hospital*",
        "ambulance", "a&e", "paramedic*", "unconscious", "concuss*", "broken ~ arm", "broken ~ leg", "broken ~ hip",
        "broke ~ arm", "broke ~ leg", "broke ~ hip", "broke ~ wrist", "died", "death", "poison*",
    ),
    "health": (
        "asthma", "asthmatic", "inhaler*", "wheez*", "breathe", "breathing", "breathless*", "pneumonia", "bronchi*",
        "oxygen", "insulin", "dialysis", "seizure*", "chest infection*", "lung*",
    ),
    "asbestos": ("asbestos", "artex"),
    "structure": (
        "collapse", "collapsed", "collapses", "collapsing", "subsid*", "ceiling ~ down", "ceiling ~ fell",
        "ceiling ~ falling", "ceiling ~ sag*", "sagging ~ ceiling", "ceiling ~ bow*", "ceiling ~ crack*",
        "hole ~ ceiling", "hole ~ floor", "floor ~ gave", "floor ~ given way", "floor ~ rotten", "rotten ~ floor*",
        "coming down", "balcony", "balconies", "loose ~ brick*", "masonry", "crack* ~ wall*", "wall* ~ crack*",
        "stair* ~ broken", "stair* ~ loose", "stair* ~ rotten", "broken ~ stair*", "loose ~ stair*", "broken banister*",
        "loose banister*", "broken handrail*", "loose handrail*", "lift ~ stuck", "stuck ~ lift", "window ~ fall*",
        "door ~ lock", "insecure", "unsafe", "dangerous", "danger",
    ),
    "hygiene": ("rat", "rats", "vermin", "infest*", "cockroach*", "bed bug*", "bedbug*", "legionella", "lead pipe*"),
}  # fmt: skip
KINDS = (*WORDS, "at_risk")
"""The kinds of danger an event may name. `at_risk` is a risk that somebody stated, whatever the words."""

# The same words in another sense.
PASSED_OVER = (
    "fired from", "fired by", "fired me", "fired him", "fired her", "fired them", "was fired", "been fired",
    "got fired", "get fired", "fire off", "fired off", "came under fire", "come under fire", "like a house on fire",
    "hurt ~ feelings", "feelings ~ hurt", "felt hurt", "feel hurt", "very hurt that",
    "fell out with", "fall out with", "falling out with", "fallen out with", "fell behind", "fall behind",
    "falling behind", "fallen behind", "fell asleep", "fall asleep", "fell short", "falls short", "fall short",
    "offer ~ fell through", "sale ~ fell through", "move ~ fell through", "swap ~ fell through", "fell on deaf ears",
    "falls under", "fell due", "falls due",
    "leaked my", "leaked her", "leaked his", "leaked their", "leaked to the press", "data leak*", "leak of ~ data",
    "gas bill*", "electric bill*", "electricity bill*", "electric car*", "electric vehicle*",
    "electricity supplier*", "gas supplier*", "electricity company", "gas company",
    "smoke free", "smoke-free", "sparked a row", "sparked an argument", "bright spark",
    "slip up", "slipped up", "slipped through the net", "slipped ~ mind", "slip of paper", "compliment* slip*",
    "rent slip*", "pay slip*", "sick to death", "bored to death", "scared to death", "burnt out", "burned out",
    "burning question", "overflow car park", "floods of tears", "flooded with ~ calls", "flooded with ~ letters",
    "flood of ~ letters", "flood of ~ calls", "flood of ~ emails", "frozen out", "rent freez*",
    "burst into tears", "burst out crying", "burst out laughing", "boiler suit*", "wound up", "breathing space",
    "breathing down ~ neck", "rat race", "smell a rat", "collapsed ~ tears", "damp squib*",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A danger spoken of: its kind, and the words as they were written."""

    kind: str
    words: str


def mentioned(*texts: str) -> tuple[Mention, ...]:
    """The dangers these texts may speak of: each kind once, in the order its first word stands."""
    text = _IN_ANOTHER_SENSE.sub(lambda found: " " * len(found[0]), _plain("\n".join(texts)))
    found = [(hit.start(), kind, hit[0]) for kind, words in _KINDS.items() if (hit := words.search(text))]
    return tuple(Mention(kind, " ".join(words.split())) for _, kind, words in sorted(found))


def kinds(*texts: str) -> tuple[str, ...]:
    """The kinds of danger these texts may speak of: what an event keeps."""
    return tuple(mention.kind for mention in mentioned(*texts))


# Characters nobody sees, which would split a word in two.
_UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])


def _plain(text: str) -> str:
    return text.translate(_UNSEEN).replace("’", "'")


def _any(lines: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_pattern(line) for line in lines)})(?!\w)", re.IGNORECASE)


def _pattern(line: str) -> str:
    """One line of the tables; gaps are bounded, so the longest text takes no longer than its length."""
    apart, parts = r"[\s,]+", []
    for word in line.split():
        if word == "~":
            parts.append(rf"(?:[\w'’]+{apart}){{0,4}}")
            continue
        stem = re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        parts.append(stem + apart)
    last = parts.pop()
    return "".join(parts) + last.removesuffix(apart)


_KINDS = {kind: _any(lines) for kind, lines in WORDS.items()}
_IN_ANOTHER_SENSE = _any(PASSED_OVER)
