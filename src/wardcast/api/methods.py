"""The answer to a method that an address does not know, as a problem like every other."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wardcast.platform.http import problem_response


def as_problem(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: 405 under `/api/` says which methods there are. The framework's own is text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or not request.path.startswith("/api/"):
            return response
        known = ", ".join(sorted(response.headers.get("Allow", "").split(", ")))
        answer = problem_response(
            405,
            "method_not_allowed",
            f"This address does not take {request.method}, so nothing was done. It takes {known}.",
            request.path,
        )
        answer.headers["Allow"] = known
        return answer

    return middleware
