"""A guest's device: a random token in a cookie, of which the house keeps the hash alone."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "wardcast_device"
NAMELESS = "off"
"""What stands in the cookie in a token's place where somebody wants none: the same for all."""

LIFETIME = timedelta(days=365)
RENEWED_EACH = timedelta(days=1)
"""How often the cookie's year begins anew while the device is used."""


def new_token() -> str:
    """256 random bits, safe in a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token. It is random, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(request: HttpRequest) -> str:
    """The token that the request carries, or ""."""
    return request.COOKIES.get(COOKIE, "")


def hand_out(response: HttpResponse, token: str) -> None:
    """Gives the device its token for a year. That it wants none is no secret, and the web app reads
    it there."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=LIFETIME,
        httponly=token != NAMELESS,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
