"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    """The site's name and the nonce that scripts of this answer carry."""
    return {"site_name": settings.SITE_NAME, "csp_nonce": getattr(request, "csp_nonce", "")}
