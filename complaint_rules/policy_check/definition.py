"""The definition of a complaint: whether the policy prints the Code's own sentence, and what differs.

The sentence is fixed and the Code's, so it is not shipped: an edition's `policy.toml` holds a
digest of each of its words in order. That is enough to say which words of the landlord's were
added, and where words of the Code's are missing; a missing word is named where it is one that
this module knows anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from hashlib import blake2s
from typing import Any

from complaint_rules.editions import Edition
from complaint_rules.policy_check.answers import Answer, breached, cannot_tell, each_way, met
from complaint_rules.procedure import Definition, Procedure

DIGEST_BYTES = 4
SALT = b"definition"

_COMMON = (
    "a an and the of or by to in on its it is that about those their his her who whom which however any all "
    "complaint complaints landlord organisation association council company resident residents tenant tenants customer "
    "customers individual individuals group groups person people own staff service services standard quality action "
    "actions lack inaction act acting acted behalf made make expressed expression dissatisfaction satisfaction "
    "affecting affected affects contractors contractor agents"
)


def words_of(text: str) -> list[str]:
    """The words of a sentence, without case, stops or quotation marks."""
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("’", "'"))


def digest(word: str) -> str:
    return blake2s(word.encode(), key=SALT, digest_size=DIGEST_BYTES).hexdigest()


@cache
def _known() -> Mapping[str, str]:
    return {digest(word): word for word in _COMMON.split()}


def definition(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the policy defines a complaint with the fixed sentence. `words` are the digests of its words."""
    given = procedure.definitions
    if not given:
        return cannot_tell("It does not print its definition of a complaint.")
    return each_way([_one(each, edition, asks) for each in given])


def _one(given: Definition, edition: Edition, asks: Mapping[str, Any]) -> Answer:
    if given.words is not None:
        return _printed(given, edition, asks)
    if given.as_code is None:
        return cannot_tell("The definition stands elsewhere, and not here.", given.place)
    departs = [*_departures(given)]
    if asks["as"].get(given.as_code) is None:
        departs += [f"It is the sentence of the {given.as_code} Code: {asks['other']}"]
    if departs:
        return breached(" ".join(departs), given.place)
    return met("It is said to use the Code's own sentence.", given.place)


def _departures(given: Definition) -> Iterator[str]:
    for theirs, ours in given.replaced:
        yield f'It says "{ours}" for the Code\'s "{theirs}".'
    for words in given.added:
        yield f'It adds "{words}".'
    for words in given.left_out:
        yield f'It leaves out "{words}".'


def _printed(given: Definition, edition: Edition, asks: Mapping[str, Any]) -> Answer:
    words = words_of(given.words or "")
    code: Sequence[str] = asks["words"]
    start, end = _sentence_within(words, code)
    differs = list(_differences(words[start:end], code))
    if not differs:
        return met("It is the Code's own sentence.", given.place)
    return breached(f"It is not the Code's sentence. {' '.join(differs)}", given.place)


def _sentence_within(words: list[str], code: Sequence[str]) -> tuple[int, int]:
    """Where the sentence stands among what is printed: words that lead up to it ("a complaint is ...") do not count."""
    digests = [digest(word) for word in words]
    blocks = [
        each
        for each in SequenceMatcher(None, digests, code, autojunk=False).get_matching_blocks()
        if each.size
    ]
    if not blocks:
        return 0, len(words)
    lead = blocks[0].a if blocks[0].b <= 1 else 0
    if blocks[0].b == 0 and blocks[0].size == 1 and len(blocks) > 1 and blocks[1].b == 1:
        lead = max(blocks[1].a - 1, 0)
    return lead, len(words)


def _differences(words: list[str], code: Sequence[str]) -> Iterator[str]:
    """What was added, left out or replaced, each with the words around it."""
    digests = [digest(word) for word in words]
    for what, a, b, c, d in SequenceMatcher(None, digests, code, autojunk=False).get_opcodes():
        ours, theirs = " ".join(words[a:b]), _named(code[c:d])
        before = " ".join(words[max(a - 3, 0) : a])
        place = f' after "{before}"' if before else " at the start"
        if what == "insert":
            yield f"Left out{place}: {theirs}."
        elif what == "delete":
            yield f'Added{place}: "{ours}".'
        elif what == "replace":
            yield f'"{ours}" stands for {theirs}{place}.'


def _named(digests: Sequence[str]) -> str:
    """The words behind these digests, where they are known."""
    known = [_known().get(each) for each in digests]
    if all(known):
        return f'"{" ".join(str(word) for word in known)}"'
    number = len(digests)
    return f"{number} word{'' if number == 1 else 's'} of the Code's"
