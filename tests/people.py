"""The fixed cast, as fixtures. All of them are fictional.

Ana, a verified surgeon; Ben, who follows her; Cleo, who saw the clip and never came back; Dev, a
moderator; Eli, nobody; Ines, a second verified clinician; Mara, the host's named person; Ada, an
admin. Fixtures need the database: use them in tests marked `django_db`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from wardcast.platform.policy import Actor

PASSWORD = "a long and quiet corridor"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast. `actor` is looked up anew each time: roles may have changed."""

    id: UUID
    handle: str
    name: str
    email: str

    @property
    def actor(self) -> "Actor":
        from wardcast.accounts import queries

        return queries.actor_of(self.id)


def make(handle: str, name: str = "", *, password: str | None = None) -> Person:
    """A person with an account and nothing else. Hashing a password takes time: ask for it."""
    from wardcast.accounts import actions

    name = name or handle.title()
    email = f"{handle}@example.org"
    person_id = actions.create_account(handle=handle, email=email, name=name, password=password)
    return Person(person_id, handle, name, email)


def client_for(person: Person | None = None) -> "Client":
    """A browser in which `person` is signed in; without one, a guest's."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    if person is not None:
        client.force_login(get_user_model().objects.get(pk=person.id))
    return client


def verified(person: Person, specialty: str = "surgery", by: UUID | None = None) -> Person:
    """The same person, a verified clinician from now on, who has read that they are."""
    from wardcast.accounts import actions
    from wardcast.notify.models import Notification
    from wardcast.platform.models import Job

    actions.verify(by or person.id, person.id, "physician", specialty, "register looked up")
    told = Notification.objects.filter(user=person.id, kind="verified")
    Job.objects.filter(subject__in=told.values("pk")).delete()
    told.delete()
    return person


@pytest.fixture
def ada(db: None) -> Person:
    from wardcast.accounts import actions

    person = make("ada", "Ada Admin")
    actions.set_roles(person.id, person.id, moderator=False, admin=True)
    return person


@pytest.fixture
def ana(db: None) -> Person:
    return verified(make("ana", "Dr Ana Araujo"))


@pytest.fixture
def ben(ana: Person) -> Person:
    from wardcast.accounts import actions

    person = make("ben", "Ben Bauer")
    actions.follow(person.id, ana.id)
    return person


@pytest.fixture
def cleo(db: None) -> Person:
    return make("cleo", "Cleo Costa")


@pytest.fixture
def dev(db: None) -> Person:
    from wardcast.accounts import actions

    person = make("dev", "Dev Desai")
    actions.set_roles(person.id, person.id, moderator=True, admin=False)
    return person


@pytest.fixture
def eli() -> None:
    """Nobody: a guest. `client_for(eli)` is a browser without an account."""


@pytest.fixture
def ines(db: None) -> Person:
    return verified(make("ines", "Dr Ines Ivanova"), "paediatrics")


@pytest.fixture
def mara(db: None) -> Person:
    from wardcast.accounts import actions

    person = make("mara", "Mara Meyer")
    actions.set_named_person(None, person.id)
    return person


@pytest.fixture
def fast_passwords(settings: "Settings") -> None:
    """Hashes passwords in no time; for tests that sign in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
