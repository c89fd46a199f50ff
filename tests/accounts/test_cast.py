"""The cast that every room's tests are played by."""

import pytest

from people import Person, client_for

pytestmark = pytest.mark.django_db


def test_each_of_the_cast_has_their_roles(
    ana: Person, ben: Person, dev: Person, ines: Person, mara: Person, ada: Person
) -> None:
    assert ana.actor.roles == ines.actor.roles == {"viewer", "clinician"}
    assert ben.actor.roles == {"viewer"}
    assert dev.actor.roles == {"viewer", "moderator"}
    assert mara.actor.roles == {"viewer", "named_person"}
    assert ada.actor.roles == {"viewer", "admin"}


def test_everyone_has_a_number_of_their_own(ana: Person, ben: Person, cleo: Person) -> None:
    numbers = [person.actor.viewer for person in (ana, ben, cleo)]
    assert None not in numbers
    assert len(set(numbers)) == 3


def test_a_browser_is_signed_in_as_the_person(ana: Person, eli: None) -> None:
    assert "_auth_user_id" in client_for(ana).session
    assert "_auth_user_id" not in client_for(eli).session
