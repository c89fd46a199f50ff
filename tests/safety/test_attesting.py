"""What nothing checked never passes silently, and is shown to one more person for that alone."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model

import factories
from people import Person, client_for
from wardcast.accounts import actions as accounts
from wardcast.platform import clock
from wardcast.platform.http import Conflict, Denied
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate, Held
from wardcast.safety import actions, consents, queries
from wardcast.safety.terms import Given

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]


def cut(ana: Person, do_jobs: Jobs, text: str = "Shake it.") -> UUID:
    version_id = posts.cut(factories.a_draft(ana, text=text))
    do_jobs()
    return version_id


def addresses(version_id: UUID) -> list[str]:
    return [
        f"/api/v1/versions/{version_id}/duty",
        f"/api/v1/versions/{version_id}/report",
        f"/api/v1/media/versions/{version_id}/clip.mp4",
        f"/api/v1/media/versions/{version_id}/poster.jpg",
    ]


def answers(person: Person, version_id: UUID) -> list[int]:
    client = client_for(person)
    return [client.get(address).status_code for address in addresses(version_id)]


def test_what_was_not_checked_is_held_until_two_people_have_looked(
    ana: Person, ines: Person, do_jobs: Jobs
) -> None:
    version_id = cut(ana, do_jobs)
    for step in (
        lambda: None,
        lambda: actions.attest(ana.actor, version_id, ask=ines.id),
    ):
        step()
        gate = versions.gates(version_id).get(Gate.ATTESTATION)
        assert gate is None or not gate.cleared
        held = posts.publish(version_id, ana.id)
        assert isinstance(held, Held)
        assert "could not be checked" in held.because
    actions.second_attest(ines.actor, version_id, agrees=True)
    assert versions.gates(version_id)[Gate.ATTESTATION].cleared


@pytest.mark.parametrize("agrees", [True, False])
def test_who_was_asked_sees_the_clip_while_they_are_and_nothing_afterwards(
    ana: Person, ines: Person, do_jobs: Jobs, agrees: bool
) -> None:
    version_id = cut(ana, do_jobs)
    assert answers(ines, version_id) == [404] * 4
    actions.attest(ana.actor, version_id, ask=ines.id)
    assert answers(ines, version_id) == [200, 403, 200, 200]  # never the report
    actions.second_attest(ines.actor, version_id, agrees=agrees, note="A face at 0:02.")
    assert answers(ines, version_id) == [404] * 4
    assert queries.duties(ines.actor) == []


def test_who_is_no_clinician_any_more_sees_it_no_more(
    ana: Person, ines: Person, ada: Person, do_jobs: Jobs
) -> None:
    version_id = cut(ana, do_jobs)
    actions.attest(ana.actor, version_id, ask=ines.id)
    accounts.revoke_credential(ada.id, ines.id)
    assert answers(ines, version_id) == [404] * 4
    with pytest.raises(Denied):
        actions.second_attest(ines.actor, version_id, agrees=True)


def test_a_consent_that_is_withdrawn_ends_the_duty_since_the_check_is_open_again(
    ana: Person, ines: Person, do_jobs: Jobs
) -> None:
    version_id = cut(ana, do_jobs, "My patient Harold Okafor came in with chest pain.")
    post_id = versions.version(version_id).post_id
    consent = consents.give(ana.actor, post_id, Given("A man", "post", clock.now().date()))
    for finding in queries.checked(version_id).open:
        actions.mark(ana.actor, version_id, finding.id, "consent", consent=consent)
    actions.attest(ana.actor, version_id, ask=ines.id)
    consents.withdraw(ana.actor, consent)
    assert answers(ines, version_id) == [404] * 4


def test_without_a_named_person_the_author_is_told_what_the_host_must_do(
    ana: Person, mara: Person, do_jobs: Jobs
) -> None:
    version_id = cut(ana, do_jobs)

    def refused() -> str:
        with pytest.raises(Conflict) as caught:
            actions.attest(ana.actor, version_id)
        assert caught.value.code == "nobody_to_ask"
        return caught.value.detail

    accounts.set_named_person(None, ana.id)
    assert "Ask whoever runs it to name somebody" in refused()
    accounts.set_named_person(None, mara.id)
    get_user_model().objects.filter(pk=mara.id).update(is_active=False)
    assert "named person" in refused()
    assert not queries.checked(version_id).attested.author


def test_a_block_does_not_keep_the_named_person_from_looking(
    ana: Person, mara: Person, do_jobs: Jobs
) -> None:
    version_id = cut(ana, do_jobs)
    accounts.block(ana.id, mara.id)
    actions.attest(ana.actor, version_id)
    assert answers(mara, version_id)[0] == 200
    actions.second_attest(mara.actor, version_id, agrees=True)
    assert versions.gates(version_id)[Gate.ATTESTATION].cleared
