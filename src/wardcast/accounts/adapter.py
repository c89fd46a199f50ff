"""Where django-allauth asks the house: what a handle may be, what signing in entails, what mail
says and which address its links carry."""

import logging
from smtplib import SMTPException
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardcast.accounts import devices, rules, viewers
from wardcast.accounts.models import User
from wardcast.platform import config

log = logging.getLogger(__name__)

_WRONG = (
    "The address or handle and the password do not fit together. Check both, or reset the password."
)
_TAKEN = "There is an account with this address already. Sign in, or reset its password."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The house's answers to allauth's questions."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_taken": _TAKEN,
        "username_taken": rules.HANDLE_TAKEN,
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "enter_current_password": "This is not your present password. Type it again.",
        "too_many_login_attempts": (
            "There were too many attempts to sign in to this account. Wait five minutes, then try "
            "again, or reset the password."
        ),
        "rate_limited": "That came too often. Wait a minute, then try again.",
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A handle that fits and is free."""
        handle = username.strip().lower()
        unfit = rules.handle_fits(handle)
        if unfit:
            raise ValidationError(unfit.because, code=unfit.code)
        return str(super().clean_username(handle, shallow))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Saves a new person with their name, and gives them a viewer's number."""
        user.name = form.cleaned_data["name"]
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit)
        except IntegrityError as error:  # the same form twice at once: the other one was first
            detail = f"{_TAKEN} Or choose another handle."
            page = {"detail": detail, "status": 409}
            raise ImmediateHttpResponse(
                render(request, "pages/error.html", page, status=409)
            ) from error
        viewers.of_account(saved.pk)
        return saved

    def post_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse:
        """Links the device to the account, then has it begin anew: whoever uses the device next
        inherits nothing."""
        response: HttpResponse = super().post_login(request, user, **hooks)
        pk: UUID = user.pk
        token = devices.token_of(request)
        viewers.link(pk, token)
        if token != devices.NAMELESS:  # whoever wanted none wants none after signing out either
            response.delete_cookie(devices.COOKIE, samesite="Lax")
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The mailed link: the house's own address, whatever host the request named."""
        return f"{config.current().base_url}/accounts/password/reset/key/{key}/"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The mailed link that confirms an address."""
        return f"{config.current().base_url}/accounts/confirm-email/{emailconfirmation.key}/"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends mail; where the server does not take it, says so on the page and in the log.

        The page says the same for every address. Preparing a link for a known address takes next
        to no time, so that the two cases take equally long.
        """
        base = config.current().base_url
        said = {
            **context,
            "base_url": base,
            "signup_url": f"{base}/accounts/signup/",
            "password_reset_url": context.get("password_reset_url")
            or f"{base}/accounts/password/reset/",
        }
        try:
            super().send_mail(template_prefix, email, said)
        except (OSError, SMTPException):
            log.exception("mail %s could not be handed to the mail server", template_prefix)
            messages.error(
                self.request,
                "Our mail server did not take the mail, so it was not sent. Try again in a few "
                "minutes.",
            )
