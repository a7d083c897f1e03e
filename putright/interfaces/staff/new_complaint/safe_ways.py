"""Safe ways to reply, asked while somebody is on the telephone: which ways, to what, and what never."""

from __future__ import annotations

from typing import Any

from django import forms

from putright.interfaces.pages.forms import Form
from putright.interfaces.pages.words import WAYS
from putright.record.people.safe_contact import NotPossible

ANY, SOME, NONE, NOT_ASKED = "any", "some", "none", "not_asked"
SAFE = [
    (ANY, "Any way is safe"),
    (SOME, "Only some ways are safe"),
    (NONE, "No way is safe: they will come to us"),
    (NOT_ASKED, "Not asked yet"),
]
ASKED = ("letter", "telephone", "text", "email")
TO = {
    "letter": ("Safe address, if not the one above", 300),
    "telephone": ("Safe number, if not the one above", 40),
    "text": ("Safe number, if not the one above", 40),
    "email": ("Safe email address, if not the one above", 254),
}
_ASK = {"letter": "Write", "telephone": "Ring", "text": "Text", "email": "Email"}


class SafeWays(Form):
    """The part of a form that asks "Is it safe to write, ring, text, email?"."""

    safe = forms.ChoiceField(
        label="Is it safe to write, ring, text or email?",
        required=False,
        choices=SAFE,
        widget=forms.RadioSelect,
        help_text="Ask everybody. Somebody else may open their letters or hear their messages.",
    )
    safe_ways = forms.MultipleChoiceField(
        label="These are safe",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(way, _ASK[way]) for way in ASKED],
    )
    safe_to_letter = forms.CharField(label=TO["letter"][0], required=False, max_length=TO["letter"][1])
    safe_to_telephone = forms.CharField(
        label=TO["telephone"][0], required=False, max_length=TO["telephone"][1]
    )
    safe_to_text = forms.CharField(label=TO["text"][0], required=False, max_length=TO["text"][1])
    safe_to_email = forms.CharField(label=TO["email"][0], required=False, max_length=TO["email"][1])
    safe_voicemail = forms.BooleanField(label="It is safe to leave a message", required=False)
    safe_never = forms.CharField(
        label="Never use these",
        required=False,
        max_length=2_000,
        widget=forms.Textarea,
        help_text="Numbers and addresses, one a line.",
    )
    safe_code_word = forms.CharField(
        label="Code word",
        required=False,
        max_length=60,
        help_text="So that they know it is us, and we know it is them.",
    )
    safe_note = forms.CharField(
        label="Hours, and anything else", required=False, max_length=2_000, widget=forms.Textarea
    )

    def safe_ways_agree(self, cleaned: dict[str, Any]) -> None:
        """What is ticked and what is answered say the same."""
        if cleaned.get("safe") == SOME and not cleaned.get("safe_ways"):
            self.add_error("safe_ways", "Choose each way that is safe.")

    def what_is_safe(self) -> dict[str, Any] | None:
        """What `set_safe_contact` takes; None where nothing was said that limits anything."""
        cleaned = self.cleaned_data
        if cleaned["safe"] not in (SOME, NONE):
            return None
        ways = [self._way(way) for way in cleaned["safe_ways"]] if cleaned["safe"] == SOME else []
        note = cleaned["safe_note"].strip()
        if not ways and not (note or cleaned["safe_never"].strip() or cleaned["safe_code_word"]):
            note = "No way is safe. They come to us."
        return {
            "allowed": ways,
            "not_to": [line.strip() for line in cleaned["safe_never"].splitlines() if line.strip()],
            "code_word": cleaned["safe_code_word"],
            "note": note,
        }

    def _way(self, way: str) -> dict[str, Any]:
        voicemail = way == "telephone" and self.cleaned_data["safe_voicemail"]
        return {"way": way, "to": self.cleaned_data[f"safe_to_{way}"], "voicemail": voicemail}

    def safe_ways_refused(self, problem: NotPossible) -> None:
        """Say at the field what cannot be written down so."""
        names = {"not_to": "safe_never", "code_word": "safe_code_word", "note": "safe_note"}
        self.add_error(names.get(problem.field, "safe_ways"), str(problem))


def told_as_safe(way: str) -> str:
    """A way in the words of the page."""
    return WAYS.get(way, way)
