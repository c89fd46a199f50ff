"""The security headers of every page, the content security policy first."""

import secrets
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from wardcast.platform import config, storage

_POLICY = (
    "default-src 'none'; "
    "script-src 'nonce-{nonce}' 'strict-dynamic'; "
    "style-src 'self'; "
    "img-src 'self'{elsewhere} data:; "
    "media-src 'self'{elsewhere} blob:; "  # hls.js hands its segments over as blobs
    "connect-src 'self'{elsewhere}; "
    "worker-src 'self'; "
    "font-src 'self'; "
    "manifest-src 'self'; "
    "base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors {ancestors}; "
    "require-trusted-types-for 'script'; "
    "trusted-types svelte-trusted-html wardcast-worker"  # Svelte 5 does not start without its own
)


class NonceRequest(HttpRequest):
    """A request whose templates may mark their scripts with `csp_nonce`."""

    csp_nonce: str


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: a nonce for the request, the headers for the answer. A page that may be shown in
    frames elsewhere says so as Django has it, by `xframe_options_exempt`."""

    elsewhere = storage.elsewhere()
    policy = partial(_POLICY.format, elsewhere=elsewhere and f" {elsewhere}")

    def middleware(request: NonceRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)
        response = get_response(request)
        ancestors = "*" if getattr(response, "xframe_options_exempt", False) else "'none'"
        csp = policy(nonce=request.csp_nonce, ancestors=ancestors)
        response.headers.setdefault("Content-Security-Policy", csp)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), payment=(), usb=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def plain_address(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Middleware: an address that holds a NUL leads nowhere. PostgreSQL cannot be asked for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404
        return get_response(request)

    return middleware


def one_name(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: pages asked for at 127.0.0.1 are answered at the site's own name.

    Cookies do not cross between the two, and browsers refuse an address as a passkey's domain.
    """
    home = urlsplit(config.current().base_url)

    def middleware(request: HttpRequest) -> HttpResponse:
        astray = request.get_host().startswith("127.0.0.1") and home.hostname == "localhost"
        page = request.method == "GET" and not request.path.startswith(("/api/", "/healthz"))
        if astray and page:
            port = request.get_port()
            return HttpResponseRedirect(f"http://localhost:{port}{request.get_full_path()}")
        return get_response(request)

    return middleware
