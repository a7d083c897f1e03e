"""What is asked at the door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from putright.interfaces.pages.forms import Form
from putright.record.accounts.models import Membership


class SignInForm(Form):
    """An email address and a password. `next` is where to go then; `kept` what was sent after signing out."""

    email = forms.CharField(
        label="Email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Enter your email address."},
    )
    password = forms.CharField(
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class LandlordForm(Form):
    """Which landlord to work for, for someone who works at several."""

    landlord = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": "Choose a landlord."})
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, memberships: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.landlord_id), each.landlord.name) for each in memberships]
        self.fields["landlord"].choices = choices  # type: ignore[attr-defined]
