"""What each kind of letter must hold, what a draft or a landlord's own wording lacks, and what reads badly.

`elements` reads what an edition asks of a letter (`editions/code_*/letters.toml`). `check_draft` reads a draft
of one of our own letters, part by part; `check_words` reads a letter of the landlord's own wording. `flags`
finds what is worth a second look in any text, `names_in` the people whom it names.
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
from complaint_rules.letters.draft import (
    DECISIONS,
    Checked,
    Compensation,
    Draft,
    Lack,
    OutcomeAnswer,
    PointAnswer,
    Route,
    Undertaken,
    check_draft,
    repeats,
)
from complaint_rules.letters.flags import Remark, flags
from complaint_rules.letters.names import Mention, mentions, names_in
from complaint_rules.letters.own_letter import check_own_letter
from complaint_rules.letters.plain_english import long_sentences, reading_grade, undated_promises, vague_words
from complaint_rules.letters.routes import KnownRoute, known_routes
from complaint_rules.letters.words import check_words, titles_in

__all__ = [
    "DECISIONS",
    "KINDS",
    "BadLetters",
    "Checked",
    "Compensation",
    "Draft",
    "Element",
    "KnownRoute",
    "Lack",
    "LetterKind",
    "Mention",
    "OutcomeAnswer",
    "PointAnswer",
    "Remark",
    "Route",
    "Undertaken",
    "UnknownLetter",
    "check_draft",
    "check_own_letter",
    "check_words",
    "elements",
    "flags",
    "known_routes",
    "letters",
    "long_sentences",
    "mentions",
    "names_in",
    "reading_grade",
    "repeats",
    "titles_in",
    "undated_promises",
    "vague_words",
]
