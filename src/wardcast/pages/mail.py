"""The way out of mail, which asks nobody to sign in.

Programs that look at mail follow its links, so a link alone changes nothing: its page has one
button. The same address takes what a mail program posts when its own button is pressed (RFC 8058);
that brings neither cookies nor a form's token, and needs none: the ticket says it all.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wardcast.notify import choices
from wardcast.pages import door
from wardcast.platform.http import NotFound, Request


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door.opens("stop_mail")
def reminders(request: Request, ticket: str) -> HttpResponse:
    """Ends reminders by mail for whom the mail was sent to."""
    if not choices.stops(ticket):
        raise NotFound("link")
    if request.method == "POST":
        choices.stop(ticket)
    words = {
        "title": "No more reminders by mail?",
        "text": "Corrections of what you watched still come before your next video here.",
        "button": "End reminders by mail",
        "done": "You get no more reminders by mail",
        "after": "You can have them again under “Me”.",
    }
    return _page(request, words)


def _page(request: Request, words: dict[str, str]) -> HttpResponse:
    context = {**words, "is_done": request.method == "POST"}
    answer = render(request, "pages/mail.html", context)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address holds the ticket
    return answer
