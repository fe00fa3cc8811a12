"""A form sent twice is one: it carries a key made when it was shown, and what is stored keeps it."""

from __future__ import annotations

import secrets

from django import forms


def new_sending_key() -> str:
    return secrets.token_urlsafe(24)


class SendingKeyField(forms.CharField):
    """The form's own key; a form that came without one gets one now, and is then sent once only."""

    def __init__(self) -> None:
        super().__init__(max_length=40, required=False, widget=forms.HiddenInput)

    def clean(self, value: object) -> str:
        return super().clean(value) or new_sending_key()
