"""Corrections by mail, and the way out of mail, which asks nobody to sign in.

Programs that look at mail follow its links, so a link alone changes nothing: its page has one
button. The same address takes what a mail program posts when its own button is pressed (RFC 8058);
that brings neither cookies nor a form's token, and needs none: the ticket says it all.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from wardcast.notify import choices
from wardcast.pages import door
from wardcast.platform import clock
from wardcast.platform.http import NotFound, Request, place_of
from wardcast.recall import subscribing


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


@require_POST
@door.opens("follow_corrections")
def ask(request: Request) -> HttpResponse:
    """Sends the link that subscribes an address. Says the same of every address."""
    subscribing.ask(request.POST.get("address", ""), place_of(request))
    answer = render(request, "pages/corrections_asked.html")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door.opens("follow_corrections")
def confirm(request: Request, ticket: str) -> HttpResponse:
    """Subscribes the address that the link was sent to."""
    if not subscribing.asked(ticket):
        raise NotFound("link")
    if request.method == "POST":
        subscribing.confirm(ticket, clock.now())
    words = {
        "title": "Corrections by mail?",
        "text": "When something here proves wrong, you get a mail that says what is right, at most "
        "one a day. Each holds a link that ends them.",
        "button": "Yes, send them to me",
        "done": "You get corrections by mail",
        "after": "Each mail holds a link that ends them, and then your address is forgotten.",
    }
    return _page(request, words)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door.opens("stop_mail")
def corrections(request: Request, ticket: str) -> HttpResponse:
    """Ends corrections by mail for the address that the mail was sent to."""
    if not subscribing.stops(ticket):
        raise NotFound("link")
    if request.method == "POST":
        subscribing.stop(ticket)
    words = {
        "title": "No more corrections by mail?",
        "text": "Your address is forgotten then.",
        "button": "End corrections by mail",
        "done": "You get no more corrections by mail",
        "after": "Your address is forgotten.",
    }
    return _page(request, words)


def _page(request: Request, words: dict[str, str]) -> HttpResponse:
    context = {**words, "is_done": request.method == "POST"}
    answer = render(request, "pages/mail.html", context)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address holds the ticket
    return answer
