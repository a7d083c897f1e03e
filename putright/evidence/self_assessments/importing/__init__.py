"""Reading the self-assessments that landlords have published: `read_form` takes the bytes of a file.

From a file to rows of cells (`files`), from rows to provisions (`columns`, `alignment`), from marks to answers
(`answers`), and all of it to a `Form` (`reading`). Nothing is guessed: what cannot be read is `unclear`, with
its text kept and its problem named.
"""

from putright.evidence.self_assessments.importing.files import Unreadable
from putright.evidence.self_assessments.importing.form import Form, FormRow, Part
from putright.evidence.self_assessments.importing.reading import NotAForm, read_form

__all__ = ["Form", "FormRow", "NotAForm", "Part", "Unreadable", "read_form"]
