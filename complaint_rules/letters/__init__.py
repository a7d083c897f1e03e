"""What each kind of letter must hold, what a draft or a landlord's own wording lacks, and what reads badly.

`elements` reads what an edition asks of a letter (`editions/code_*/letters.toml`); `check_words` reads a
letter of the landlord's own wording; `names_in` finds the people whom a text names.
"""

from complaint_rules.letters.contents import (
    KINDS,
    BadLetters,
    Element,
    LetterKind,
    UnknownLetter,
    elements,
    letters,
)
from complaint_rules.letters.names import Mention, mentions, names_in
from complaint_rules.letters.words import check_words, titles_in

__all__ = [
    "KINDS",
    "BadLetters",
    "Element",
    "LetterKind",
    "Mention",
    "UnknownLetter",
    "check_words",
    "elements",
    "letters",
    "mentions",
    "names_in",
    "titles_in",
]
