"""One policy for the whole house: who may do what to which thing, and why not.

A row says that some roles may use a verb on a kind of thing, under a condition that is a `Q`.
`scope` turns the rows into a queryset; `can` is that queryset narrowed to one id. So the answer for
one object and the answer for a list cannot disagree. What no row allows is denied; a row that
forbids wins over every row that allows.

Kinds are `"app_label.model"`, or `HOUSE` for verbs that need no object. They are known by name and
never imported, since the policy lies below every domain.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from wardcast.platform.actor import Actor as Actor  # who asks is part of the question
from wardcast.platform.http import Denied

HOUSE = "house"
"""The kind of verbs that concern the house and no single object."""

ROLES = ("guest", "viewer", "clinician", "moderator", "named_person", "admin")
"""Every role, from the least to the most trusted. A person has several at once."""

When = Callable[[Actor], Q]
Effect = Literal["allow", "forbid"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the policy. `when` narrows it to some objects; `reason` completes "because …"."""

    verb: str
    kind: str
    roles: frozenset[str]
    reason: str
    when: When | None = None
    effect: Effect = "allow"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one question, with its reason in words for the person who asked."""

    allowed: bool
    reason: str


@dataclass(slots=True)
class _Book:
    rows: dict[tuple[str, str], tuple[Row, ...]] = field(default_factory=dict)


_book = _Book()


def row(
    verb: str,
    kind: str,
    *roles: str,
    reason: str,
    when: When | None = None,
    effect: Effect = "allow",
) -> Row:
    """A row for `roles`; raises ValueError for a role that does not exist."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"{verb} {kind}: no such role {sorted(unknown)}; roles are {ROLES}")
    return Row(verb, kind, frozenset(roles), reason, when, effect)


def register(rows: Iterable[Row]) -> None:
    """Adds rows to the book; the same row twice counts once."""
    for each in rows:
        key = (each.verb, each.kind)
        have = _book.rows.get(key, ())
        if each not in have:
            _book.rows[key] = (*have, each)


def rows() -> tuple[Row, ...]:
    """Every row, sorted by kind and verb: what `docs/permissions.md` is written from."""
    return tuple(
        each
        for (_, _), some in sorted(_book.rows.items(), key=lambda item: (item[0][1], item[0][0]))
        for each in some
    )


def knows(verb: str, kind: str) -> bool:
    """Whether any row speaks of this verb on this kind."""
    return (verb, kind) in _book.rows


def is_for(actor: Actor, verb: str, kind: str) -> bool:
    """Whether some row allows this verb to the actor's roles: then a refusal is about the object
    that was asked for, not about who asks."""
    return bool(_matching(actor, verb, kind, "allow"))


def scope(actor: Actor, verb: str, kind: str) -> QuerySet[Any]:
    """The objects of `kind` on which `actor` may use `verb`."""
    manager = _model(kind)._default_manager
    allowing = _matching(actor, verb, kind, "allow")
    if not allowing:
        return manager.none()
    found = manager.filter(_any(actor, allowing))
    for forbidding in _matching(actor, verb, kind, "forbid"):
        found = found.exclude(_condition(actor, forbidding))
    return found


def can(
    actor: Actor, verb: str, kind: str, object_id: object = None, *, field: str = "pk"
) -> Decision:
    """Whether `actor` may use `verb` on the object whose `field` is `object_id`, or on the kind at
    all where no id is given."""
    allowing = _matching(actor, verb, kind, "allow")
    if kind == HOUSE or object_id is None:
        barred = next((f for f in _matching(actor, verb, kind, "forbid") if f.when is None), None)
        if barred:
            return Decision(False, barred.reason)
        return Decision(True, allowing[0].reason) if allowing else _refusal(verb, kind)
    one = Q(**{field: object_id})
    if scope(actor, verb, kind).filter(one).exists():
        return Decision(True, allowing[0].reason)
    for each in _matching(actor, verb, kind, "forbid"):
        if _model(kind)._default_manager.filter(_condition(actor, each), one).exists():
            return Decision(False, each.reason)
    return _refusal(verb, kind)


def require(actor: Actor, verb: str, kind: str, object_id: object = None) -> None:
    """Raises `Denied` with the reason unless `can` says yes."""
    decision = can(actor, verb, kind, object_id)
    if not decision.allowed:
        raise Denied(decision.reason, verb=verb, signed_in=actor.signed_in)


def _refusal(verb: str, kind: str) -> Decision:
    reasons = dict.fromkeys(
        each.reason for each in _book.rows.get((verb, kind), ()) if each.effect == "allow"
    )
    if not reasons:
        return Decision(False, f"Nothing here may be used with “{verb}”.")
    return Decision(False, " Or: ".join(reasons))


def _matching(actor: Actor, verb: str, kind: str, effect: Effect) -> list[Row]:
    return [
        each
        for each in _book.rows.get((verb, kind), ())
        if each.effect == effect and each.roles & actor.roles
    ]


def _any(actor: Actor, some: list[Row]) -> Q:
    if any(each.when is None for each in some):
        return Q()
    condition = Q()
    for each in some:
        condition |= _condition(actor, each)
    return condition


def _condition(actor: Actor, each: Row) -> Q:
    # An empty Q means "all", but it vanishes from `Q(…) | Q()`, and `exclude(Q())` excludes
    # nothing: so "all" is said with a condition that is always true.
    return (each.when(actor) if each.when else Q()) or ~Q(pk__in=[])


def _model(kind: str) -> type[Model]:
    return apps.get_model(kind)
