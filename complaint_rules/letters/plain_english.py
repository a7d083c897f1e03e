"""How a text reads: long sentences, hard words, vague words, and promises that give no day."""

from __future__ import annotations

import re

from complaint_rules.letters.names import plain_word
from complaint_rules.letters.phrases import pattern, plain
from complaint_rules.letters.sentences import Sentence, names_a_day, sentences, words

LONG = 25  # words in a sentence
HARD = 8.0  # a reading grade, of somebody about thirteen; ours aim at four

_TO_COME = re.compile(r"\b(?:will|shall|going to)\b|'ll\b")
_VOWELS = re.compile("[aeiouy]+")
_APOSTROPHES = re.compile("['’ʼ‘`´]")
_LETTERS = re.compile("[a-z]+")
_BEGINNINGS = ("some", "where", "there", "here")  # their last e is silent inside a longer word
_ENDINGS = (
    "ments",
    "ment",
    "ings",
    "ing",
    "ly",
)  # a syllable of their own, on a word that keeps its silent e
# An e at the end that nobody says: "made", "asked", "homes"; but not "table", "wanted", "houses", "handled".
_SILENT = re.compile(
    r"(?:[^aeioul]|[aeiouy]l|ll)e$|(?:[^aeioutdl]|[aeiouy]l|ll)ed$|(?:[^aeiousxzcghl]|th|[aeiouy]l|ll)es$"
)
# Two vowels side by side that are two syllables: "serial", "actual", "experience", "create", "survey-or".
_APART = re.compile(
    r"[^ctgsl]i[ao]|[^ctgs]iu|[^gqs]ua[^s]|[rlxdsuv]ie[nt]|creat|reali|reac[^h]|[aeo]y(?:[aio]|er)|[ds]nt$|sm$"
)
_NO_WORD = 45  # letters; the longest English word has as many
_BY_HEART = {
    "business": 2,
    "every": 2,
    "people": 2,
    "area": 3,
    "areas": 3,
    "idea": 3,
    "ideas": 3,
    "video": 3,
    "evening": 2,
    "friend": 1,
    "friends": 1,
    "association": 5,
    "associations": 5,
    "poem": 2,
    "science": 2,
    "our": 1,
    "being": 2,
}


def long_sentences(text: str, limit: int = LONG) -> tuple[str, ...]:
    """The sentences of more than `limit` words, as written, in order."""
    return tuple(each.text for each in sentences(text) if len(words(each.text)) > limit)


def reading_grade(text: str) -> float | None:
    """The Flesch-Kincaid grade of a text: the school year (of the USA) that reads it. None where it has no words.

    0.39 times the words in a sentence, plus 11.8 times the syllables in a word, less 15.59. Add five for an
    age. Figures and addresses of the web are left out; syllables are counted by rule, so a grade is good to
    about a year, and of a few words it tells little.
    """
    spoken: list[int] = []
    counted = 0
    for sentence in sentences(text):
        here = [_syllables_as_written(word) for word in words(sentence.text)]
        said = [each for each in here if each]
        spoken += said
        counted += bool(said)
    if not spoken:
        return None
    return round(0.39 * len(spoken) / counted + 11.8 * sum(spoken) / len(spoken) - 15.59, 1)


def _syllables_as_written(word: str) -> int:
    """Of a word with its marks: "Mary-Jane’s" is read as its parts; an address of the web, or a figure, as none."""
    if "@" in word or "www." in word or "://" in word:
        return 0
    parts = _LETTERS.findall(_APOSTROPHES.sub("", plain_word(word)))
    return sum(syllables(part) for part in parts)


def syllables(word: str) -> int:
    """How many syllables an English word in lower case has, by rule; at least one."""
    if word in _BY_HEART:
        return _BY_HEART[word]
    groups = len(_VOWELS.findall(word))
    if len(word) > _NO_WORD:
        return max(groups, 1)
    for beginning in _BEGINNINGS:
        if (
            word.startswith(beginning)
            and len(word) > len(beginning) + 1
            and word[len(beginning)] not in "srd"
        ):
            return 1 + syllables(word[len(beginning) :])
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and _VOWELS.search(stem):
            return 1 + syllables(stem)
    silent = groups > 1 and _SILENT.search(word) is not None
    return max(groups - silent + len(_APART.findall(word)), 1)


def vague_words(text: str) -> tuple[tuple[str, str], ...]:
    """Words that put something off without a day ("soon"), each with its sentence; none where a day stands beside."""
    found: list[tuple[str, str]] = []
    for sentence in sentences(text):
        said = plain(sentence.text)
        if _gives_its_day(said) or (pattern("reported").search(said) and not pattern("promise").search(said)):
            continue
        vague = pattern("vague").findall(said) or pattern("soon").findall(pattern("not_soon").sub(" ", said))
        found += [(word, sentence.text) for word in dict.fromkeys(vague)]
    return tuple(dict.fromkeys(found))


def undated_promises(text: str) -> tuple[str, ...]:
    """The sentences that promise something and give no day for it. Of a list under "we will:", its items."""
    every = sentences(text)
    found: list[str] = []
    for place, sentence in enumerate(every):
        if not _promises(sentence):
            continue
        items = _items_under(every, place)
        if items and not _gives_its_day(plain(sentence.text)):
            found += [item.text for item in items if not names_a_day(item.text)]
        elif not items and not _gives_its_day(plain(sentence.text)):
            found.append(sentence.text)
    return tuple(dict.fromkeys(found))


def _promises(sentence: Sentence) -> bool:
    said = plain(sentence.text)
    if said.endswith("?") or pattern("no_promise").search(said):
        return False
    return bool(pattern("promise").search(said))


def _items_under(every: tuple[Sentence, ...], place: int) -> list[Sentence]:
    """The list that a sentence with a colon at its end opens."""
    if not every[place].text.endswith(":") or every[place].item:
        return []
    last = place + 1
    while last < len(every) and every[last].item:
        last += 1
    return list(every[place + 1 : last])


def _gives_its_day(said: str) -> bool:
    """Whether what is to come has its day: after the promise, or before it with no past between them."""
    match = _TO_COME.search(said) or pattern("promise").search(said)
    if match is None:
        return names_a_day(said)
    before, after = said[: match.start()], said[match.start() :]
    if names_a_day(after):
        return True
    return names_a_day(before) and bool(
        pattern("deadline").search(before) or not pattern("past").search(before)
    )
