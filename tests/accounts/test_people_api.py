"""People over the API: one's own account, follows, blocks, and what those who run the house do."""

from typing import Any

import pytest
from django.test import Client

from people import Person, client_for, make, verified
from wardcast.accounts import actions, queries

pytestmark = pytest.mark.django_db

JSON = "application/json"


def patch(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.patch(path, body, content_type=JSON)


def post(client: Client, path: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(path, body or {}, content_type=JSON)


def test_a_guest_learns_the_houses_limits_and_nothing_else(eli: None, db: None) -> None:
    me = client_for(eli).get("/api/v1/me").json()
    assert me["signed_in"] is False
    assert me["roles"] == ["guest"]
    assert me["limits"]["max_bytes"] == 500_000_000
    assert me["host"]["name"] == "Wardcast"
    assert me["host"]["quorum"]["patient_story"] == {"colleagues": 2, "lay": 1}
    assert (me["id"], me["email"], me["unread"]) == (None, "", 0)


def test_a_person_sees_their_own_account(ana: Person) -> None:
    me = client_for(ana).get("/api/v1/me").json()
    assert me["id"] == str(ana.id)
    assert me["email"] == "ana@example.org"
    assert me["roles"] == ["clinician", "viewer"]


def test_a_person_changes_what_they_say_about_themselves(cleo: Person) -> None:
    client = client_for(cleo)
    body = {"name": "  Cleo C. ", "bio": "I watch a lot.", "handle": "Cleo_C"}
    me = patch(client, "/api/v1/me", body).json()
    assert (me["name"], me["bio"], me["handle"]) == ("Cleo C.", "I watch a lot.", "cleo_c")
    assert queries.people([cleo.id])[cleo.id].handle == "cleo_c"


def test_the_town_where_a_person_works_is_theirs_else_the_houses(cleo: Person, ada: Person) -> None:
    assert queries.town_of(cleo.id) == ""
    patch(client_for(ada), "/api/v1/console/host", {"town": " Erie, PA "})
    assert queries.town_of(cleo.id) == "Erie, PA"
    me = patch(client_for(cleo), "/api/v1/me", {"town": " Leeds, GB"}).json()
    assert (me["town"], queries.town_of(cleo.id)) == ("Leeds, GB", "Leeds, GB")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "   "}, "bad_name"),
        ({"name": "x" * 81}, "bad_name"),
        ({"name": "a\u202eb"}, "bad_name"),
        ({"bio": "x" * 501}, "bad_bio"),
        ({"town": "x" * 81}, "bad_town"),
        ({"town": "a\u202eb"}, "bad_town"),
        ({"handle": "ab"}, "bad_handle"),
        ({"handle": "with space"}, "bad_handle"),
        ({"handle": "admin"}, "reserved_handle"),
        ({"handle": "ana"}, "handle_taken"),
    ],
)
def test_a_profile_that_does_not_fit_is_refused_in_words(
    ana: Person, cleo: Person, body: dict[str, str], code: str
) -> None:
    answer = patch(client_for(cleo), "/api/v1/me", body)
    assert answer.status_code in (409, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert queries.people([cleo.id])[cleo.id].name == "Cleo Costa"


def test_a_guest_has_no_profile_to_change(eli: None, db: None) -> None:
    answer = patch(client_for(eli), "/api/v1/me", {"name": "Eli"})
    assert answer.status_code == 401


def test_everyone_may_open_a_persons_page(ana: Person, ben: Person, eli: None) -> None:
    page = client_for(eli).get("/api/v1/people/Ana").json()
    assert page["person"]["credential"]["specialty"] == "surgery"
    assert page["credential_detail"]["checked_how"] == "register looked up"
    assert page["followers"] == 1
    assert page["mine"] == {"following": False, "blocked": False, "self": False}
    assert client_for(ben).get("/api/v1/people/ana").json()["mine"]["following"] is True
    assert client_for(ana).get("/api/v1/people/ana").json()["mine"]["self"] is True


def test_a_handle_that_is_nobodys_is_not_found(cleo: Person) -> None:
    assert client_for(cleo).get("/api/v1/people/nobody_here").status_code == 404


def test_following_twice_counts_once(ana: Person, cleo: Person) -> None:
    client = client_for(cleo)
    for _ in range(2):
        answer = post(client, "/api/v1/people/ana/follow").json()
    assert answer == {"following": True, "followers": 1}
    answer = client.delete("/api/v1/people/ana/follow").json()
    assert answer == {"following": False, "followers": 0}


def test_nobody_follows_themselves_or_as_a_guest(ana: Person, eli: None) -> None:
    assert post(client_for(ana), "/api/v1/people/ana/follow").status_code == 403
    assert post(client_for(eli), "/api/v1/people/ana/follow").status_code == 401


def test_blocking_removes_follows_both_ways(ana: Person, ben: Person) -> None:
    actions.follow(ana.id, ben.id)
    assert post(client_for(ana), "/api/v1/people/ben/block").json() == {"blocked": True}
    assert queries.follows(ana.id) == queries.follows(ben.id) == set()
    assert queries.blocked_between(ana.id) == {ben.id}
    assert queries.blocked_between(ben.id) == {ana.id}


def test_a_blocked_person_cannot_follow_and_does_not_learn_why(ana: Person, ben: Person) -> None:
    actions.block(ana.id, ben.id)
    answer = post(client_for(ben), "/api/v1/people/ana/follow")
    assert answer.status_code == 404
    assert "block" not in answer.json()["detail"]
    assert client_for(ben).get("/api/v1/people/ana").status_code == 404
    assert queries.follows(ben.id) == set()


def test_nobody_hides_from_those_who_run_the_house(ana: Person, dev: Person, ada: Person) -> None:
    for person in (dev, ada):
        actions.block(ana.id, person.id)
        assert client_for(person).get("/api/v1/people/ana").status_code == 200


def test_who_blocked_still_sees_the_page_so_as_to_unblock(ana: Person, ben: Person) -> None:
    client = client_for(ana)
    actions.block(ana.id, ben.id)
    assert client.get("/api/v1/people/ben").json()["mine"]["blocked"] is True
    refused = post(client, "/api/v1/people/ben/follow")
    assert refused.status_code == 403
    assert "Unblock them first" in refused.json()["detail"]
    assert client.delete("/api/v1/people/ben/block").json() == {"blocked": False}
    assert post(client, "/api/v1/people/ben/follow").status_code == 200


def test_colleagues_come_first_among_those_who_can_be_asked(ana: Person, ines: Person) -> None:
    stranger = verified(make("abe", "Dr Abe Abebe"))
    make("abby", "Abby Lay")
    actions.follow(ines.id, ana.id)
    found = client_for(ana).get("/api/v1/people", {"colleagues": True}).json()["items"]
    assert [each["handle"] for each in found] == ["ines", "abe"]
    actions.block(stranger.id, ana.id)
    found = client_for(ana).get("/api/v1/people", {"colleagues": True, "q": "dr"}).json()["items"]
    assert [each["handle"] for each in found] == ["ines"]


def test_an_admin_verifies_and_revokes_and_both_are_on_record(ada: Person, cleo: Person) -> None:
    from wardcast.platform.models import AuditEntry

    client = client_for(ada)
    body = {"profession": "nurse", "specialty": "anaesthesia", "country": "PT", "how": "diploma"}
    made = post(client, f"/api/v1/console/people/{cleo.id}/verify", body).json()
    assert made["credential_detail"]["checked_by_name"] == "Ada Admin"
    assert "clinician" in made["roles"]
    gone = client.delete(f"/api/v1/console/people/{cleo.id}/credential").json()
    assert gone["credential_detail"] is None
    entries = AuditEntry.objects.filter(object_id=str(cleo.id), by=ada.id).order_by("pk")
    assert [entry.verb for entry in entries] == ["verify", "revoke_credential"]
    again = client.delete(f"/api/v1/console/people/{cleo.id}/credential")
    assert again.status_code == 409


def test_a_credential_without_its_proof_is_refused(ada: Person, cleo: Person) -> None:
    body = {"profession": "nurse", "how": " "}
    answer = post(client_for(ada), f"/api/v1/console/people/{cleo.id}/verify", body)
    assert answer.json()["code"] == "credential_incomplete"
    assert not queries.is_clinician(cleo.id)


def test_only_admins_verify_and_change_roles(ana: Person, dev: Person, cleo: Person) -> None:
    for person in (ana, dev, cleo):
        client = client_for(person)
        body = {"profession": "nurse", "how": "said so"}
        assert post(client, f"/api/v1/console/people/{cleo.id}/verify", body).status_code == 403
        body_ = {"moderator": True, "admin": True}
        assert post(client, f"/api/v1/console/people/{cleo.id}/roles", body_).status_code == 403
        assert client.get("/api/v1/console/people").status_code == 403


def test_the_last_admin_stays_one(ada: Person, cleo: Person) -> None:
    client = client_for(ada)
    body = {"moderator": False, "admin": False}
    answer = post(client, f"/api/v1/console/people/{ada.id}/roles", body)
    assert answer.json()["code"] == "last_admin"
    post(client, f"/api/v1/console/people/{cleo.id}/roles", {"moderator": True, "admin": True})
    assert post(client, f"/api/v1/console/people/{ada.id}/roles", body).status_code == 200
    assert client.get("/api/v1/console/people").status_code == 403


def test_accounts_are_found_by_name_handle_or_address(ada: Person, cleo: Person) -> None:
    client = client_for(ada)
    for words in ("costa", "cleo", "cleo@example", "CLEO costa"):
        found = client.get("/api/v1/console/people", {"q": words}).json()["items"]
        assert [each["email"] for each in found] == ["cleo@example.org"]


def test_the_house_is_set_up_over_the_api(ada: Person, mara: Person) -> None:
    client = client_for(ada)
    laid = client.get("/api/v1/console/host").json()
    assert laid["named"]["handle"] == "mara"
    assert laid["quorum"]["patient_story"] == {"colleagues": 2, "lay": 1}
    body = {
        "name": "St Elsewhere",
        "named_person": str(ada.id),
        "quorum": {"lesson": {"colleagues": 2, "lay": 0}},
        "recall_goal": 0.9,
    }
    laid = patch(client, "/api/v1/console/host", body).json()
    assert (laid["name"], laid["named_person"], laid["recall_goal"]) == (
        "St Elsewhere",
        str(ada.id),
        0.9,
    )
    assert laid["quorum"]["lesson"] == {"colleagues": 2, "lay": 0}
    assert laid["quorum"]["humour"] == {"colleagues": 1, "lay": 2}
    assert "named_person" not in mara.actor.roles
    laid = patch(client, "/api/v1/console/host", {"contact": "desk@example.org"}).json()
    assert laid["named_person"] == str(ada.id)
    laid = patch(client, "/api/v1/console/host", {"named_person": None}).json()
    assert laid["named_person"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"recall_goal": 0}, "bad_goal"),
        ({"recall_goal": 1.5}, "bad_goal"),
        ({"quorum": {"poem": {"colleagues": 1, "lay": 0}}}, "no_such_lane"),
        ({"quorum": {"lesson": {"colleagues": -1, "lay": 0}}}, "invalid_request"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    ada: Person, body: dict[str, Any], code: str
) -> None:
    assert patch(client_for(ada), "/api/v1/console/host", body).json()["code"] == code


def test_a_standing_consent_is_recorded_and_taken_back(ada: Person, ana: Person) -> None:
    client = client_for(ada)
    body = {
        "lane": "lesson",
        "waives": ["second_attestation", "rehearsal"],
        "reason": "She works alone on an island.",
        "author_id": str(ana.id),
    }
    made = client.post("/api/v1/console/standing-consents", body, content_type=JSON)
    assert made.status_code == 201
    assert made.json()["author"]["handle"] == "ana"
    policy = queries.host_policy()
    assert policy.waived("lesson", ana.id) == {"second_attestation", "rehearsal"}
    asked = client_for(ana).get("/api/v1/me").json()["host"]["quorum"]
    assert asked["lesson"] == {"colleagues": 0, "lay": 0}
    assert asked["humour"] == {"colleagues": 1, "lay": 2}
    assert policy.waived("humour", ana.id) == policy.waived("lesson", ada.id) == frozenset()
    left = client.delete(f"/api/v1/console/standing-consents/{made.json()['id']}").json()
    assert left["standing_consents"] == []
    assert queries.host_policy().waived("lesson", ana.id) == frozenset()


def test_the_check_can_never_be_waived(ada: Person) -> None:
    body = {"lane": "lesson", "waives": ["check"], "reason": "We are in a hurry."}
    answer = post(client_for(ada), "/api/v1/console/standing-consents", body)
    assert answer.json()["code"] == "cannot_be_waived"
    assert queries.host_policy().standing == ()


def test_the_named_person_gives_consents_but_changes_no_settings(mara: Person) -> None:
    client = client_for(mara)
    body = {"lane": "off_duty", "waives": ["second_attestation"], "reason": "Pets only."}
    assert post(client, "/api/v1/console/standing-consents", body).status_code == 201
    assert patch(client, "/api/v1/console/host", {"name": "Mine"}).status_code == 403


def test_following_too_often_is_refused_for_a_while(ana: Person, cleo: Person) -> None:
    client = client_for(cleo)
    codes = {post(client, "/api/v1/people/ana/follow").status_code for _ in range(201)}
    assert codes == {200, 429}


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 5000])
def test_text_that_no_database_keeps_is_refused(cleo: Person, ada: Person, text: str) -> None:
    for field in ("name", "bio", "handle", "town"):
        assert patch(client_for(cleo), "/api/v1/me", {field: text}).status_code == 422
    verify = {"profession": text, "how": "register"}
    path = f"/api/v1/console/people/{cleo.id}/verify"
    assert post(client_for(ada), path, verify).status_code == 422
    found = client_for(cleo).get("/api/v1/people", {"q": "a\0b"})
    assert found.status_code == 422
