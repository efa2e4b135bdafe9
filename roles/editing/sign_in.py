"""Signing in with a password and a code of an app."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django_otp import match_token

WRONG = (
    "The code is not right. An app shows another one every thirty seconds, and each counts once; "
    "after a wrong one there is a pause of some seconds."
)


class SignInWithCode(AdminAuthenticationForm):
    """Django's form with one field more; the code is looked at when the password is right."""

    code = forms.CharField(
        label="Code of your app",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean(self) -> Any:
        """Mark the person as verified by the device that has this code."""
        cleaned = super().clean()
        user: Any = self.get_user()
        if user:
            device = match_token(user, cleaned.get("code", ""))
            if device is None:
                raise ValidationError(WRONG, code="code")
            # django-otp keeps it in the session that begins.
            user.otp_device = device
        return cleaned
