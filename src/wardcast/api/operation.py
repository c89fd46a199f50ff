"""How an API operation is declared: its path, and the verb of the policy that opens it.

Every operation goes through `route`, which asks the policy before the view runs. An operation that
was declared otherwise keeps the app from starting (`assert_all_named`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.utils import check_csrf

from wardcast.platform import policy
from wardcast.platform.http import Denied, NotFound, Refused, Request

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, R]

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Gate:
    """What the policy is asked before an operation runs, and before anything sent is read.

    `param` names the path parameter that identifies the object, `field` the object's field that it
    is compared with. `csrf` asks for the page's token where something is changed.
    """

    verb: str
    kind: str
    param: str | None
    field: str
    csrf: bool

    def __call__(self, request: Request) -> bool:
        """Raises what refuses the request; the framework calls it where it authenticates."""
        if self.csrf and request.method not in _SAFE and check_csrf(request):
            raise Refused(
                "csrf_failed",
                "The request did not carry this page's token, so nothing was done. "
                "Reload the page, then try again.",
                status=403,
            )
        found = request.resolver_match
        value = found.kwargs.get(self.param) if found and self.param else None
        try:
            _ask(request.actor, self, value)
        except (ValidationError, ValueError) as error:  # no id of this kind looks like that
            raise NotFound(self.kind.rpartition(".")[2]) from error
        return True


def route(
    method: Callable[..., Any],
    path: str,
    *,
    verb: str,
    kind: str = policy.HOUSE,
    param: str | None = None,
    field: str = "pk",
    csrf: bool = True,
    **options: Any,
) -> Callable[[View[P, R]], View[P, R]]:
    """Declares an operation: `@route(router.get, "/posts/{uuid:post_id}", verb="see", …)`.

    Who may not even see the object gets 404, and so does a guest to whom others of its kind are
    open; other guests who are refused get 401, other people 403.
    """
    if param and f"{param}}}" not in path:
        raise LookupError(f"{path} has no parameter {param!r}: its object would not be asked for")
    gate = Gate(verb, kind, param, field, csrf)

    def declare(view: View[P, R]) -> View[P, R]:
        options.setdefault("operation_id", view.__name__)
        extra = {"x-verb": verb, "x-kind": kind, **options.pop("openapi_extra", {})}
        method(path, auth=gate, openapi_extra=extra, **options)(view)
        return view

    return declare


def gates(api: NinjaAPI) -> Iterator[tuple[str, str, Operation, Gate | None]]:
    """(method, path, operation, gate) of every operation of the API."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                gates_ = (each for each in operation.auth_callbacks if isinstance(each, Gate))
                gate = next(gates_, None)
                for method in operation.methods:
                    yield method, f"{prefix}{path}".replace("//", "/"), operation, gate


def assert_all_named(api: NinjaAPI) -> None:
    """Raises `LookupError` for an operation without a verb, or with one that no row speaks of."""
    for method, path, _, gate in gates(api):
        if gate is None:
            raise LookupError(f"{method} {path} names no verb: declare it with api.operation.route")
        if not policy.knows(gate.verb, gate.kind):
            raise LookupError(f"{method} {path}: no policy row for {gate.verb!r} on {gate.kind!r}")


def _ask(actor: policy.Actor, gate: Gate, value: object) -> None:
    decision = policy.can(actor, gate.verb, gate.kind, value, field=gate.field)
    if decision.allowed:
        return
    if value is not None and _is_hidden(actor, gate, value):
        raise NotFound(gate.kind.rpartition(".")[2])
    raise Denied(decision.reason, verb=gate.verb, signed_in=actor.signed_in)


def _is_hidden(actor: policy.Actor, gate: Gate, value: object) -> bool:
    if not actor.signed_in:
        return policy.is_for(actor, gate.verb, gate.kind)
    if not policy.knows("see", gate.kind):
        return False
    return not policy.can(actor, "see", gate.kind, value, field=gate.field).allowed
