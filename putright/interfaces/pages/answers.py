"""The box in which somebody who was asked writes their answer, inside or by a link."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest

from putright.interfaces.pages.fields import FilesField
from putright.interfaces.pages.forms import Form

LONGEST = 20_000
MOST_FILES = 20


class AnswerForm(Form):
    """An answer in words, with photos and job records. Somebody outside says who they are."""

    answer = forms.CharField(
        label="Your answer",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter your answer."},
    )
    attached = FilesField(
        label="Photos and job records", required=False, help_text="You can choose several at once."
    )
    answered_by = forms.CharField(
        label="Your name", max_length=120, error_messages={"required": "Enter your name."}
    )
    sent_as = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, inside: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if inside:
            del self.fields["answered_by"]

    @property
    def key(self) -> str | None:
        """What makes sending it twice answer once."""
        given = self.cleaned_data.get("sent_as")
        return f"asked:{given}" if given else None


def several_files(request: HttpRequest) -> list[Any]:
    """The files that were sent, as many as are taken at once and one more."""
    return list(request.FILES.getlist("attached")[: MOST_FILES + 1])
