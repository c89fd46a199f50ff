"""Roles follow from what is so now."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from people import Person, client_for, make
from wardcast.accounts import actions, queries, rules
from wardcast.accounts.events import Blocked, CredentialRevoked, PersonChanged
from wardcast.platform import clock, events, policy
from wardcast.platform.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    told: list[events.Event] = []
    monkeypatch.setattr(events, "tell", told.append)
    return told


def test_a_revoked_credential_drops_the_clinician_role_at_once(
    ada: Person, ana: Person, heard: list[events.Event]
) -> None:
    client = client_for(ana)
    assert "clinician" in client.get("/api/v1/me").json()["roles"]
    actions.revoke_credential(ada.id, ana.id, "The register no longer lists her.")
    assert "clinician" not in client.get("/api/v1/me").json()["roles"]
    assert not queries.is_clinician(ana.id)
    assert queries.people([ana.id])[ana.id].credential is None
    assert {type(event) for event in heard} == {CredentialRevoked, PersonChanged}


def test_a_credential_that_expired_counts_no_more(ada: Person, cleo: Person) -> None:
    actions.verify(
        ada.id, cleo.id, "nurse", "", "diploma", expires_at=clock.now() + timedelta(days=30)
    )
    assert "clinician" in cleo.actor.roles
    clock.advance(timedelta(days=31))
    assert "clinician" not in cleo.actor.roles
    assert queries.people([cleo.id])[cleo.id].credential is None


def test_verifying_again_replaces_the_credential(ada: Person, ana: Person) -> None:
    actions.verify(ada.id, ana.id, "physician", "vascular surgery", "board certificate")
    card = queries.people([ana.id])[ana.id].credential
    assert card is not None
    assert card.specialty == "vascular surgery"


def test_an_admin_is_no_moderator_unless_named_one(ada: Person, dev: Person) -> None:
    assert "moderator" not in ada.actor.roles
    assert "admin" not in dev.actor.roles


def test_blocking_is_told_and_following_is_not_possible_either_way(
    ana: Person, ben: Person, heard: list[events.Event]
) -> None:
    actions.block(ana.id, ben.id)
    assert [type(event) for event in heard] == [Blocked]
    actions.block(ana.id, ben.id)
    assert len(heard) == 1
    for by, whom in ((ana, ben), (ben, ana)):
        with pytest.raises(policy.Denied):
            actions.follow(by.id, whom.id)
        assert not policy.can(by.actor, "follow", "accounts.user", whom.id).allowed


def test_what_one_may_see_of_one_person_and_of_a_list_agree(
    ana: Person, ben: Person, cleo: Person
) -> None:
    actions.block(ana.id, ben.id)
    for reader in (ana.actor, ben.actor, cleo.actor, policy.Actor()):
        for verb in ("see", "follow", "block"):
            listed = set(policy.scope(reader, verb, "accounts.user").values_list("pk", flat=True))
            one_by_one = {
                person.id
                for person in (ana, ben, cleo)
                if policy.can(reader, verb, "accounts.user", person.id).allowed
            }
            assert listed == one_by_one


def test_a_house_that_laid_nothing_down_has_the_defaults(db: None) -> None:
    laid = queries.host_policy()
    assert {lane: (need.colleagues, need.lay) for lane, need in laid.quorum.items()} == {
        "lesson": (1, 0),
        "patient_story": (2, 1),
        "humour": (1, 2),
        "off_duty": (0, 0),
    }
    assert laid.named_person is None
    assert laid.standing == ()


def test_colleagues_are_verified_and_near(ana: Person, ben: Person, ines: Person) -> None:
    actions.follow(ana.id, ines.id)
    assert queries.colleagues(ana.id) == {ines.id}
    assert queries.colleagues(ines.id) == {ana.id}
    actions.revoke_credential(ana.id, ines.id)
    assert queries.colleagues(ana.id) == set()


def test_the_first_admin_is_made_on_the_command_line(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("createadmin", email="Boss@example.org", handle="boss", name="The Boss")
    said = capsys.readouterr().out
    assert "The Boss (@boss) is an admin now." in said
    assert "/accounts/password/reset/" in said
    boss = queries.id_of("boss")
    assert boss is not None
    assert "admin" in queries.actor_of(boss).roles


def test_someone_who_is_here_becomes_an_admin_on_the_command_line(
    cleo: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("createadmin", email="CLEO@example.org")
    assert "no password" not in capsys.readouterr().out
    assert "admin" in cleo.actor.roles


def test_a_command_that_lacks_a_handle_says_so(db: None) -> None:
    with pytest.raises(CommandError, match="Add --handle"):
        call_command("createadmin", email="boss@example.org")


def test_two_people_cannot_have_one_handle_or_address(cleo: Person) -> None:
    from wardcast.platform.http import Conflict

    with pytest.raises(Conflict):
        make("cleo")
    with pytest.raises(Conflict):
        actions.create_account(
            handle="cleo_two", email="CLEO@example.org", name="Cleo", password=None
        )
    assert queries.id_of("cleo_two") is None


waives = st.frozensets(st.sampled_from(["second_attestation", "rehearsal", "check", "anything"]))
lanes = st.sampled_from(rules.LANES)
AUTHORS = tuple(new_id() for _ in range(3))


@st.composite
def consents(draw: Callable[..., object]) -> rules.Consent:
    return rules.Consent(
        id=new_id(),
        lane=draw(lanes),  # type: ignore[arg-type]
        author=draw(st.sampled_from([None, *AUTHORS])),  # type: ignore[arg-type]
        waives=draw(waives),  # type: ignore[arg-type]
        reason="",
        given_by=None,
        given_at=clock.now(),
    )


@given(st.lists(consents()), lanes, st.sampled_from(AUTHORS))
def test_no_consent_ever_waives_more_than_the_two_gates_for_whom_it_names(
    given_: list[rules.Consent], lane: str, author: object
) -> None:
    waived = rules.HostPolicy(standing=tuple(given_)).waived(lane, author)  # type: ignore[arg-type]
    assert waived <= {"second_attestation", "rehearsal"}
    for gate in waived:
        assert any(
            gate in each.waives and each.lane == lane and each.author in (None, author)
            for each in given_
        )


@given(st.text(max_size=40))
def test_a_handle_that_fits_needs_no_quoting_anywhere(handle: str) -> None:
    if rules.handle_fits(handle) is None:
        assert handle.isascii()
        assert handle == handle.lower()
        assert handle.replace("_", "a").isalnum()
        assert 3 <= len(handle) <= 30
        assert handle not in rules.RESERVED
