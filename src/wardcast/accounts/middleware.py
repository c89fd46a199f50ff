"""Sets who asks on each request, and hands a device its token on the answer."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from wardcast.accounts import devices, queries
from wardcast.platform.http import Request
from wardcast.platform.policy import Actor


class DeviceRequest(Request):
    """A request whose answer gives the device `device_token`, if there is one."""

    device_token: str


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: `request.actor`, looked up when it is first asked for."""

    def middleware(request: DeviceRequest) -> HttpResponse:
        request.device_token = ""
        request.actor = cast(Actor, SimpleLazyObject(lambda: queries.actor_for(request)))
        response = get_response(request)
        if request.device_token:
            devices.hand_out(response, request.device_token)
        return response

    return middleware
