"""Answers when an address leads nowhere, a token does not fit, or the house itself fails."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardcast.platform.http import problem_response

_ERRORS = {
    404: (
        "not_found",
        "There is nothing at this address. Check it, or go back to the feed.",
    ),
    403: (
        "csrf_failed",
        "The form did not carry this page's token, so nothing was done. "
        "Go back, reload the page, then send it again.",
    ),
    500: (
        "ours",
        "Something failed on our side and was logged. Nothing was lost; try again in a minute.",
    ),
}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, as problem details under `/api/`, as a page elsewhere."""
    return _answer(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: says that it is ours, and nothing of what went wrong inside."""
    return _answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without this page's token."""
    return _answer(request, 403)


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    code, detail = _ERRORS[status]
    if request.path.startswith("/api/"):
        return problem_response(status, code, detail, request.path)
    return render(request, "pages/error.html", {"detail": detail, "status": status}, status=status)
