"""Every route, asked as every principal about every real thing, answers as the policy says."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connections, transaction
from django.http import HttpResponseBase
from django.test import Client

from factories import a_cleared_post, a_draft, a_public_post
from people import Person, client_for, make, verified
from wardcast.accounts import actions as accounts
from wardcast.api.operation import Gate, gates
from wardcast.check import examine_text
from wardcast.platform import clock, ids, policy
from wardcast.platform.policy import HOUSE, Actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Operation:
    """One operation of the API: where it is, and what opens it."""

    method: str
    path: str
    gate: Gate

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, value: object) -> str:
        """Its address for one object, other parameters filled with something that exists."""
        address = self.path
        for name, filled in _parameters(self.path):
            given = value if name == self.gate.param else filled
            start, end = address.index("{"), address.index("}")
            address = f"{address[:start]}{given}{address[end + 1 :]}"
        return f"/api{address}"


def _parameters(path: str) -> Iterator[tuple[str, str]]:
    for part in path.split("{")[1:]:
        kind, _, name = part.split("}")[0].rpartition(":")
        yield name, str(ids.new_id()) if kind.startswith("uuid") else "clip.mp4"


def operations() -> list[Operation]:
    from wardcast.project.urls import api

    found = []
    for method, path, _, gate in gates(api):
        assert gate is not None
        found.append(Operation(method, path, gate))
    return found


@pytest.fixture
def principals(
    ana: Person, ben: Person, ines: Person, dev: Person, mara: Person, ada: Person
) -> dict[str, Person | None]:
    """Ana is the author of everything; Ben follows her; Ines was asked."""
    return {
        "guest": None,
        "viewer": ben,
        "clinician": verified(make("omar")),
        "asked colleague": ines,
        "author": ana,
        "moderator": dev,
        "named person": mara,
        "admin": ada,
    }


@pytest.fixture
def world(ana: Person, ines: Person, ben: Person, ada: Person) -> None:
    """One of everything that an address can name, in the states that matter."""
    from wardcast.conversation import actions as conversation
    from wardcast.media import uploads
    from wardcast.posts import actions as posts
    from wardcast.recall import actions as recall
    from wardcast.recall import rules as notices
    from wardcast.rehearsal import actions as rehearsals
    from wardcast.rehearsal import queries as rehearsal
    from wardcast.safety import consents, own
    from wardcast.safety.terms import Given

    uploads.begin(ana.id, "night.mp4", 1000)
    public = a_public_post(ana, "A public lesson")
    a_public_post(ana, "For followers", visibility="followers")
    a_draft(ana, "A draft")
    a_cleared_post(ana, "Cleared and not yet public")
    held = a_public_post(ana, "Held")
    posts.hold(held.post_id, ada.id, "Somebody can be recognised.")
    heard = posts.cut(a_draft(ana, "In rehearsal"))
    for gate in ("check", "attestation"):
        posts.clear(heard, gate, "cleared", by=None)
    rehearsed = rehearsal.id_of(heard)
    assert rehearsed
    rehearsals.invite(ana.actor, rehearsed, [ines.id])
    conversation.comment(ben.actor, public.post_id, "Thank you.")
    given = Given("A man", "post", clock.now().date())
    consents.give(ana.actor, public.post_id, given)
    own.remember(ana.id, examine_text("My patient Harold Okafor had chest pain.").findings[0])
    accounts.give_standing_consent(ada.id, "off_duty", {"rehearsal"}, "A dog is a dog.")
    recall.open_notice(
        ana.actor,
        public.version_id,
        notices.Severity.CORRECT,
        notices.Words("Shake it first.", "I said not to.", "The clip is corrected.", "I am sorry."),
    )


def values(gate: Gate) -> list[object]:
    """Every value of this kind that an address can name, and one that names nothing."""
    if gate.param is None or gate.kind == HOUSE:
        return [None]
    field = gate.field.removesuffix("__iexact")
    found = apps.get_model(gate.kind)._default_manager.values_list(field, flat=True)
    nothing = ids.new_id() if any(isinstance(each, UUID) for each in found) else "nobody_there"
    return [*found, nothing]


def ask(client: Client, operation: Operation, value: object) -> HttpResponseBase:
    """Sends the least that the operation takes, and leaves no trace of what it did."""
    with transaction.atomic(), transaction.atomic(using="links"):
        answer = client.generic(
            operation.method, operation.address(value), "{}", "application/json"
        )
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    return answer


def test_every_route_answers_every_principal_as_the_policy_says(
    principals: dict[str, Person | None], world: None
) -> None:
    wrong = []
    asked = 0
    actors = {name: person.actor if person else Actor() for name, person in principals.items()}
    browsers = {name: client_for(person) for name, person in principals.items()}
    for operation in operations():
        gate = operation.gate
        for value in values(gate):
            for name, person in principals.items():
                decision = policy.can(actors[name], gate.verb, gate.kind, value, field=gate.field)
                status = ask(browsers[name], operation, value).status_code
                refusals = {403, 404}
                if person is None:
                    refusals = {404} if policy.is_for(Actor(), gate.verb, gate.kind) else {401}
                asked += 1
                fits = status not in {401, 403} if decision.allowed else status in refusals
                if not fits or status >= 500:
                    may = "may" if decision.allowed else "may not"
                    wrong.append(f"{name} {may}, got {status}: {operation} {value}")
    assert wrong == []
    assert asked > 500


def test_nonsense_is_answered_with_a_problem_and_never_breaks_anything(
    ana: Person, ines: Person, world: None
) -> None:
    accounts.set_roles(ana.id, ana.id, moderator=True, admin=True)
    wrong = []
    bodies: tuple[tuple[str, str], ...] = (
        ("", "application/json"),
        ("[]", "application/json"),
        ('{"text": 7, "ids": "x", "user_ids": [7], "reason": null}', "application/json"),
        ('{"text": "\\u0000", "note": "\\ud800", "reason": "\\u0000"}', "application/json"),
        ("\x00\x01", "application/octet-stream"),
        ("{", "application/json"),
    )
    nonsense = ("not-an-id", "00000000-0000-0000-0000-000000000000", "%00", "a" * 300, "' OR 1=1")
    browsers = [client_for(ana), client_for(ines)]
    for operation in operations():
        real = values(operation.gate)[:2]
        tries = [(value, bodies[0]) for value in nonsense if operation.gate.param]
        tries += [(value, body) for value in real for body in bodies]
        for value, (body, kind) in tries:
            answers = {_nonsense(each, operation, value, body, kind) for each in browsers} - {""}
            wrong += [f"{operation} {value} {body!r}: {each}" for each in answers]
    assert wrong == []


def _nonsense(browser: Client, operation: Operation, value: object, body: str, kind: str) -> str:
    with transaction.atomic(), transaction.atomic(using="links"):
        answer: Any = browser.generic(operation.method, operation.address(value), body, kind)
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    if answer.status_code < 400:
        return ""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if operation.method == "HEAD":  # its answers have no body to say more in
        return ""
    if answer["Content-Type"] != PROBLEM:
        return f"{answer.status_code} as {answer['Content-Type']}"
    said = json.loads(answer.content)
    missing = {"type", "title", "status", "code", "detail", "instance"} - said.keys()
    if missing:
        return f"a problem without {sorted(missing)}"
    return "" if said["status"] == answer.status_code and said["detail"] else "an empty problem"
