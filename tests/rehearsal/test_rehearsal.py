"""What a rehearsal promises, from its opening to its end."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from factories import a_draft, a_public_post
from people import Person, client_for, make, verified
from wardcast.accounts import actions as accounts
from wardcast.notify import queries as notify
from wardcast.platform import clock, ids, policy
from wardcast.platform.http import Conflict, Denied, Invalid
from wardcast.platform.models import AuditEntry
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.rules import NOT_REHEARSED, Gate
from wardcast.posts.values import Published
from wardcast.rehearsal import actions, queries
from wardcast.rehearsal.models import Rehearsal

pytestmark = pytest.mark.django_db

FINE = {
    "butt": False,
    "recognise": False,
    "laughed_at": False,
    "imitates": False,
    "workplace": False,
    "waiting_room": True,
}
LATER = timedelta(hours=72, seconds=1)


@pytest.fixture
def lesson(ana: Person) -> UUID:
    """A lesson of Ana's whose other gates are cleared, opened for its rehearsal."""
    return opened(ana, "lesson")


def opened(author: Person, lane: str) -> UUID:
    version = posts.cut(a_draft(author, "Wash your hands", lane=lane))
    for gate in ("check", "attestation"):
        posts.clear(version, gate, "cleared", by=None)
    return version


def supersede(author: Person, version: UUID) -> UUID:
    """A newer version takes its place."""
    post = versions.version(version).post_id
    drafts.autosave(post, drafts.Changes(title="Wash your hands well"))
    return posts.cut(post)


def version_state(version: UUID) -> str:
    return versions.version(version).state


def verdict(version: UUID) -> str:
    """What the rehearsal's gate says of a version: cleared, objected, or nothing."""
    gate = versions.gates(version).get(Gate.REHEARSAL)
    return "" if gate is None else "cleared" if gate.cleared else "objected"


def rehearsal_of(version: UUID) -> UUID:
    found = queries.id_of(version)
    assert found
    return found


def invite(author: Person, version: UUID, *people: Person) -> None:
    actions.invite(author.actor, rehearsal_of(version), [each.id for each in people])


def answer(person: Person, version: UUID, line: str = "", **says: bool) -> None:
    actions.answer(
        person.actor,
        rehearsal_of(version),
        {**FINE, **says},
        line=line,
        moment_ms=None,
        watched_ms=10**6,
    )


def state(version: UUID) -> str:
    return Rehearsal.objects.get(version=version).state


def may_play(person: Person, version: UUID) -> bool:
    return policy.can(person.actor, "play", "posts.version", version).allowed


def kinds(person: Person) -> list[str]:
    return list(notify.of(person.id).order_by("pk").values_list("kind", flat=True))


def asked_lay(count: int, prefix: str = "lay") -> Sequence[Person]:
    return [make(f"{prefix}_{number}") for number in range(count)]


def test_a_lesson_goes_on_once_one_colleague_minds_nothing(
    lesson: UUID, ana: Person, ines: Person
) -> None:
    assert version_state(lesson) == "rehearsing"
    invite(ana, lesson, ines)
    assert "rehearse_asked" in kinds(ines)
    answer(ines, lesson)
    assert state(lesson) == "passed"
    assert verdict(lesson) == "cleared"
    assert "rehearsal_passed" in kinds(ana)


def test_nobody_but_the_invited_may_watch_it_and_only_while_it_is_open(
    lesson: UUID, ana: Person, ben: Person, ines: Person
) -> None:
    assert not may_play(ines, lesson)
    invite(ana, lesson, ines)
    assert may_play(ines, lesson)
    assert not may_play(ben, lesson)
    answer(ines, lesson)
    assert not may_play(ines, lesson)


def test_a_patient_story_needs_two_colleagues_and_a_lay_person(
    ana: Person, ines: Person, ben: Person
) -> None:
    story = opened(ana, "patient_story")
    omar = verified(make("omar"))
    invite(ana, story, ines, ben, omar)
    answer(ines, story)
    answer(ben, story)
    assert state(story) == "open"
    assert verdict(story) == ""
    answer(omar, story)
    assert state(story) == "passed"


def test_lay_people_cannot_stand_in_for_a_colleague(lesson: UUID, ana: Person) -> None:
    people = asked_lay(4)
    invite(ana, lesson, *people)
    for each in people:
        answer(each, lesson)
    assert state(lesson) == "open"


def test_an_off_duty_clip_needs_nobody_and_passes_at_once(ana: Person) -> None:
    clip = opened(ana, "off_duty")
    assert state(clip) == "passed"
    assert verdict(clip) == "cleared"


def test_the_hosts_standing_consent_lets_it_pass_and_is_recorded(ana: Person, ada: Person) -> None:
    accounts.give_standing_consent(
        ada.id, "lesson", {"rehearsal"}, "She works alone on an island.", ana.id
    )
    clip = opened(ana, "lesson")
    row = Rehearsal.objects.get(version=clip)
    assert row.state == "passed"
    assert row.waived_by is not None
    assert "She works alone on an island." in row.because
    assert verdict(clip) == "cleared"
    entry = AuditEntry.objects.get(verb="pass", object_id=row.pk)
    assert entry.facts["waived_by"] == str(row.waived_by)
    other = opened(verified(make("omar")), "lesson")
    assert state(other) == "open"  # the consent is for Ana alone


def test_an_objection_holds_the_version_and_says_why_without_saying_who(
    lesson: UUID, ana: Person, ines: Person, ben: Person
) -> None:
    invite(ana, lesson, ines, ben)
    answer(ben, lesson, "The scar is very particular.", recognise=True)
    assert state(lesson) == "objected"
    assert version_state(lesson) == "objected"
    assert verdict(lesson) == "objected"
    seen = client_for(ana).get(f"/api/v1/versions/{lesson}/rehearsal").json()
    assert "Could a patient recognise themselves" in seen["because"]
    assert "The scar is very particular." in seen["because"]
    assert [each["objection"] for each in seen["verdicts"]] == [True]
    assert "user" not in seen["verdicts"][0]
    assert "person" not in seen["verdicts"][0]
    assert "rehearsal_objected" in kinds(ana)
    with pytest.raises(Denied):
        answer(ines, lesson)


def test_the_workplace_lets_the_author_look_again_before_it_goes_on(
    lesson: UUID, ana: Person, ines: Person
) -> None:
    invite(ana, lesson, ines)
    answer(ines, lesson, "The badge on the door.", workplace=True)
    assert state(lesson) == "look_again"
    assert verdict(lesson) == ""
    assert "rehearsal_look_again" in kinds(ana)
    browser, address = client_for(ana), f"/api/v1/versions/{lesson}/rehearsal/looked"
    assert browser.post(address, {"note": " "}, "application/json").status_code == 422
    response = browser.post(address, {"note": "It is a toy badge."}, "application/json")
    assert response.json()["state"] == "passed"
    assert Rehearsal.objects.get(version=lesson).looked_note == "It is a toy badge."
    assert verdict(lesson) == "cleared"


def test_nobody_answers_before_having_watched_it(lesson: UUID, ana: Person, ines: Person) -> None:
    invite(ana, lesson, ines)
    browser, address = client_for(ines), f"/api/v1/rehearsals/{rehearsal_of(lesson)}"
    task = browser.get(address).json()
    body = {"answers": FINE, "line": "", "moment_ms": None}
    for share, status in ((0.5, 422), (0.9, 200)):
        watched = int(task["version"]["duration_ms"] * share)
        response = browser.post(
            f"{address}/answer", {**body, "watched_ms": watched}, "application/json"
        )
        assert response.status_code == status
        if status == 422:
            assert response.json()["code"] == "not_watched_yet"


def test_nobody_answers_twice(ana: Person, ines: Person) -> None:
    story = opened(ana, "patient_story")
    invite(ana, story, ines)
    answer(ines, story)
    with pytest.raises(Conflict) as refused:
        answer(ines, story, recognise=True)
    assert refused.value.code == "already_answered"
    assert state(story) == "open"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answers": {"butt": False}}, "answers_missing"),
        ({"answers": {**FINE, "horoscope": True}}, "no_such_question"),
        ({"answers": {**FINE, "butt": "perhaps"}}, "invalid_request"),
        ({"line": "x" * 501}, "line_too_long"),
        ({"moment_ms": 10**7}, "no_such_moment"),
        ({"moment_ms": -1}, "invalid_request"),
    ],
)
def test_a_form_that_cannot_be_used_says_what_is_wrong(
    lesson: UUID, ana: Person, ines: Person, change: dict[str, Any], code: str
) -> None:
    invite(ana, lesson, ines)
    body = {"answers": FINE, "line": "", "moment_ms": None, "watched_ms": 10**6, **change}
    response = client_for(ines).post(
        f"/api/v1/rehearsals/{rehearsal_of(lesson)}/answer", body, "application/json"
    )
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert state(lesson) == "open"


def test_what_others_answered_stays_hidden_until_it_is_decided(
    ana: Person, ines: Person, ben: Person
) -> None:
    story = opened(ana, "patient_story")
    omar = verified(make("omar"))
    invite(ana, story, ines, ben, omar)
    answer(ines, story, "A fine clip.")
    author = client_for(ana).get(f"/api/v1/versions/{story}/rehearsal").json()
    assert author["verdicts"] == []
    assert [each["answered"] for each in author["invited"]] == [True, False, False]
    other = client_for(ben).get(f"/api/v1/rehearsals/{rehearsal_of(story)}").json()
    assert "A fine clip." not in str(other)
    assert (other["answered"], other["own"], other["asks"]) == (False, None, 3)
    answer(ben, story)
    answer(omar, story)
    author = client_for(ana).get(f"/api/v1/versions/{story}/rehearsal").json()
    assert len(author["verdicts"]) == 3
    assert "A fine clip." in str(author["verdicts"])
    assert "Ines" not in str(author["verdicts"])


def test_who_takes_part_follows_from_who_they_are(
    lesson: UUID, ana: Person, ines: Person, ben: Person
) -> None:
    invite(ana, lesson, ines, ben)
    invite(ana, lesson, ines)  # asked already: asked no second time
    seen = client_for(ana).get(f"/api/v1/versions/{lesson}/rehearsal").json()
    assert {each["person"]["handle"]: each["part"] for each in seen["invited"]} == {
        "ines": "colleague",
        "ben": "lay",
    }
    assert kinds(ines).count("rehearse_asked") == 1


def test_neither_oneself_nor_somebody_blocked_nor_nobody_can_be_asked(
    lesson: UUID, ana: Person, ben: Person, cleo: Person
) -> None:
    accounts.block(cleo.id, ana.id)
    for wanted in ([ana.id], [ben.id, cleo.id], [ids.new_id()], []):
        with pytest.raises(Invalid):
            actions.invite(ana.actor, rehearsal_of(lesson), wanted)
    assert not Rehearsal.objects.get(version=lesson).invitations.exists()


def test_only_the_author_chooses_whom_to_ask(lesson: UUID, ines: Person, ben: Person) -> None:
    response = client_for(ines).post(
        f"/api/v1/versions/{lesson}/rehearsal/invite",
        {"user_ids": [str(ben.id)]},
        "application/json",
    )
    assert response.status_code == 404  # she does not even learn that there is one


def test_a_block_ends_the_part_of_who_was_asked(lesson: UUID, ana: Person, ines: Person) -> None:
    invite(ana, lesson, ines)
    accounts.block(ines.id, ana.id)
    assert not may_play(ines, lesson)
    with pytest.raises(Denied):
        answer(ines, lesson)


def test_a_colleague_whose_credential_was_revoked_no_longer_counts_as_one(
    lesson: UUID, ana: Person, ines: Person, ada: Person
) -> None:
    invite(ana, lesson, ines)
    accounts.revoke_credential(ada.id, ines.id)
    with pytest.raises(Denied, match="credential"):
        answer(ines, lesson)


def test_the_author_is_offered_colleagues_and_lay_followers(
    lesson: UUID, ana: Person, ben: Person, ines: Person, cleo: Person
) -> None:
    accounts.follow(ana.id, ines.id)
    blocked = make("zoe")
    accounts.follow(blocked.id, ana.id)
    accounts.block(ana.id, blocked.id)
    seen = client_for(ana).get(f"/api/v1/versions/{lesson}/rehearsal").json()
    assert [(each["handle"], each["part"]) for each in seen["suggestions"]] == [
        ("ines", "colleague"),
        ("ben", "lay"),
    ]
    invite(ana, lesson, ines)
    seen = client_for(ana).get(f"/api/v1/versions/{lesson}/rehearsal").json()
    assert [each["handle"] for each in seen["suggestions"]] == ["ben"]


def test_after_72_hours_the_named_person_may_release_it_and_it_is_shown(
    lesson: UUID, ana: Person, mara: Person
) -> None:
    address = f"/api/v1/versions/{lesson}/rehearsal/release"
    browser = client_for(mara)
    body = {"reason": "Nobody else of this specialty is here."}
    assert browser.post(address, body, "application/json").status_code == 403
    assert client_for(mara).get("/api/v1/duties").json()["release"] == []
    clock.advance(LATER)
    assert client_for(ana).post(address, body, "application/json").status_code == 403
    (waiting,) = browser.get("/api/v1/duties").json()["release"]
    assert waiting["version_id"] == str(lesson)
    assert may_play(mara, lesson)
    assert browser.post(address, {"reason": " "}, "application/json").status_code == 422
    response = browser.post(address, body, "application/json")
    assert (response.status_code, response.json()["state"]) == (200, "released")
    assert verdict(lesson) == "cleared"
    entry = AuditEntry.objects.get(verb="release")
    assert (entry.by, entry.reason) == (mara.id, body["reason"])
    assert "rehearsal_released" in kinds(ana)


def card(author: Person, version: UUID) -> dict[str, Any]:
    """What everyone sees of a version once it is public."""
    assert isinstance(posts.publish(version, author.id), Published)
    return dict(json.loads(versions.cards([version])[version]))


def test_what_was_released_is_shown_as_not_rehearsed_and_what_was_heard_is_not(
    lesson: UUID, ana: Person, ines: Person, mara: Person
) -> None:
    clock.advance(LATER)
    actions.release(mara.actor, rehearsal_of(lesson), "Nobody else of this specialty is here.")
    shown = card(ana, lesson)
    assert (shown["rehearsed"], shown["label"]) == (False, NOT_REHEARSED)
    heard = opened(ana, "lesson")
    invite(ana, heard, ines)
    answer(ines, heard)
    shown = card(ana, heard)
    assert (shown["rehearsed"], shown["label"]) == (True, None)


def test_what_the_host_waived_is_shown_as_not_rehearsed(ana: Person, ada: Person) -> None:
    accounts.give_standing_consent(ada.id, "lesson", {"rehearsal"}, "She works alone.", ana.id)
    assert card(ana, opened(ana, "lesson"))["rehearsed"] is False


def test_nobody_can_be_asked_before_the_check_and_the_attestation_are_cleared(ana: Person) -> None:
    version = posts.cut(a_draft(ana, "Wash your hands"))
    for gate in ("check", "attestation"):
        assert queries.id_of(version) is None
        assert client_for(ana).get(f"/api/v1/versions/{version}/rehearsal").status_code == 404
        posts.clear(version, gate, "cleared", by=None)
    assert queries.id_of(version) is not None


def test_the_named_person_hears_of_what_has_waited_72_hours(
    lesson: UUID, ana: Person, mara: Person, do_jobs: Callable[[], int]
) -> None:
    do_jobs()
    assert kinds(mara) == []
    clock.advance(LATER + timedelta(seconds=1))
    do_jobs()
    assert kinds(mara) == ["release_asked"]


def test_nobody_hears_of_what_was_answered_in_time(
    lesson: UUID, ana: Person, ines: Person, mara: Person, do_jobs: Callable[[], int]
) -> None:
    invite(ana, lesson, ines)
    answer(ines, lesson)
    clock.advance(LATER + timedelta(seconds=1))
    do_jobs()
    assert kinds(mara) == []


def test_nobody_watches_or_answers_while_the_check_is_taken_back(
    lesson: UUID, ana: Person, ines: Person
) -> None:
    invite(ana, lesson, ines)
    posts.revoke(lesson, "check", "A detector was mended.")
    assert not may_play(ines, lesson)
    with pytest.raises(Denied):
        answer(ines, lesson)
    posts.clear(lesson, "check", "cleared", by=None)
    assert may_play(ines, lesson)
    answer(ines, lesson)
    assert state(lesson) == "passed"


def test_nobody_watches_the_next_version_of_a_post_that_a_moderator_holds(
    ana: Person, ines: Person, dev: Person
) -> None:
    made = a_public_post(ana, "Wash your hands")
    following = supersede(ana, made.version_id)
    for gate in ("check", "attestation"):
        posts.clear(following, gate, "cleared", by=None)
    invite(ana, following, ines)
    assert may_play(ines, following)
    posts.hold(made.post_id, dev.id, "Somebody can be recognised.")
    assert not may_play(ines, following)
    with pytest.raises(Denied):
        answer(ines, following)


def test_a_rehearsal_ends_when_a_newer_version_takes_over(
    lesson: UUID, ana: Person, ines: Person
) -> None:
    invite(ana, lesson, ines)
    supersede(ana, lesson)
    assert state(lesson) == "closed"
    assert not may_play(ines, lesson)
    with pytest.raises(Denied):
        answer(ines, lesson)
    assert client_for(ines).get("/api/v1/duties").json()["rehearse"] == []


def test_nobody_releases_their_own_clip(ana: Person) -> None:
    accounts.set_named_person(None, ana.id)
    clip = opened(ana, "lesson")
    clock.advance(LATER)
    with pytest.raises(Denied):
        actions.release(ana.actor, rehearsal_of(clip), "I am sure that it is fine.")
    assert state(clip) == "open"


def test_what_was_objected_to_cannot_be_released(
    lesson: UUID, ana: Person, ines: Person, mara: Person
) -> None:
    invite(ana, lesson, ines)
    answer(ines, lesson, butt=True)
    clock.advance(LATER)
    with pytest.raises(Denied):
        actions.release(mara.actor, rehearsal_of(lesson), "It is fine.")


def test_opening_twice_is_opening_once(lesson: UUID) -> None:
    one = rehearsal_of(lesson)
    assert actions.open(lesson) == one
    assert Rehearsal.objects.count() == 1


def test_what_is_asked_of_a_person_stands_in_one_place_until_it_is_answered(
    lesson: UUID, ana: Person, ines: Person
) -> None:
    browser = client_for(ines)
    assert browser.get("/api/v1/duties").json() == {"attest": [], "rehearse": [], "release": []}
    invite(ana, lesson, ines)
    (duty,) = browser.get("/api/v1/duties").json()["rehearse"]
    assert (duty["version_id"], duty["title"], duty["part"], duty["lane"]) == (
        str(lesson),
        "Wash your hands",
        "colleague",
        "lesson",
    )
    answer(ines, lesson)
    assert browser.get("/api/v1/duties").json()["rehearse"] == []


def test_a_posts_way_says_what_its_rehearsal_waits_for(
    ana: Person, ines: Person, ben: Person
) -> None:
    story = opened(ana, "patient_story")

    def waits() -> tuple[str, str, tuple[UUID, ...]]:
        found = queries.waits([story]).get(story)
        assert found
        return found.action, found.detail, found.awaited

    assert waits() == ("ask", "Ask 2 colleagues and 1 lay person how it comes across.", ())
    invite(ana, story, ines, ben)
    assert waits() == ("ask", "Ask 1 colleague how it comes across.", (ines.id, ben.id))
    omar = verified(make("omar"))
    invite(ana, story, omar)
    answer(ines, story)
    assert waits() == (
        "wait",
        "Waiting for 1 colleague and 1 lay person to answer.",
        (ben.id, omar.id),
    )
    answer(ben, story, workplace=True)
    assert waits()[0] == "look_again"
    actions.confirm_looked(ana.actor, rehearsal_of(story), "It is a film set.")
    answer(omar, story)
    assert queries.waits([story]) == {}
