"""The forms of the sign-in pages, where the house asks for more or says it otherwise."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.hashers import make_password

from wardcast.accounts import rules

_NEW_PASSWORD = "At least 10 characters. A few words that nobody would guess are good."  # noqa: S105  # words for people


class SignupForm(allauth.SignupForm):  # type: ignore[misc]  # allauth has no types
    """Name, handle, address and password."""

    name = forms.CharField(
        label="Your name",
        max_length=rules.NAME_CHARS,
        help_text="As colleagues and viewers know you. It is shown on what you publish.",
        error_messages={"required": "Write your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "username", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["username"],
            "Handle",
            "3 to 30 small letters, digits or underscores, such as ana_surgery.",
            "Choose a handle.",
        )
        self.fields["username"].widget.attrs["autocapitalize"] = "none"
        _say(self.fields["email"], "E-mail", "Only you see it.", "Write your e-mail address.")
        _say(self.fields["password1"], "Password", _NEW_PASSWORD, "Choose a password.")

    def clean_name(self) -> str:
        """The name without spaces around it."""
        name = str(self.cleaned_data["name"]).strip()
        unfit = rules.name_fits(name)
        if unfit:
            raise forms.ValidationError(unfit.because, code=unfit.code)
        return name

    def try_save(self, request: Any) -> Any:
        """Makes the account; for an address that is known, takes as long as if it did.

        Hashing the password is what takes the time, and its absence would tell.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def signup(self, request: Any, user: Any) -> None:
        """Nothing more to do: the adapter has saved the name with the rest."""


class LoginForm(allauth.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Address or handle, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], "E-mail or handle", "", "Write your e-mail address or handle.")
        self.fields["login"].widget.attrs |= {
            "autocapitalize": "none",
            "autocomplete": "username",
        }
        _say(self.fields["password"], "Password", "", "Type your password.")


class ResetForm(allauth.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The address of an account whose password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], "E-mail", "", "Write your e-mail address.")


class NewAddressForm(allauth.AddEmailForm):  # type: ignore[misc]  # allauth has no types
    """A new address for an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], "New address", "", "Write the new address.")


class NewPasswordForm(allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A new password, twice, after following the mailed link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], "New password", _NEW_PASSWORD, "Choose a password.")
        _say(self.fields["password2"], "New password again", "", "Type the password again.")


class ChangePasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The old password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], "Present password", "", "Type your present password.")
        _say(self.fields["password1"], "New password", _NEW_PASSWORD, "Choose a password.")
        _say(self.fields["password2"], "New password again", "", "Type the password again.")


def _say(field: forms.Field, label: str, hint: str, missing: str) -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
