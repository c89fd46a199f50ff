"""Who may say that something was wrong, what happens then, and what it reaches."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from factories import Made, a_cleared_post, a_newer_version, a_public_post
from people import Person, client_for, make
from wardcast.accounts import viewers
from wardcast.notify.models import Notification
from wardcast.platform import clock
from wardcast.platform.http import Conflict, Denied, Invalid
from wardcast.platform.models import AuditEntry
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.recall import actions, cards, ledger, queries
from wardcast.recall.ledger import Exposed
from wardcast.recall.models import Cohort, Exposure, Notice, Receipt
from wardcast.recall.rules import Counts, Group, Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def opened(by: Person, made: Made, severity: Severity = Severity.CORRECT, **more: Any) -> Any:
    return actions.open_notice(by.actor, made.version_id, severity, WORDS, **more)


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def whole(notice: Any) -> Counts:
    found = queries.proof(notice)
    assert found is not None
    return found.coverage.whole


def test_the_author_corrects_their_own_video(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(ana, made, span=(1000, 2000))
    (owed,) = queries.owed(ben.actor.viewers)
    assert owed.notice.id == notice
    assert owed.notice.span == (1000, 2000)
    entry = AuditEntry.objects.get(verb="correct")
    assert (entry.by, entry.object_id) == (ana.id, str(made.version_id))


def test_a_moderator_corrects_others_and_the_author_is_told(
    ana: Person, ben: Person, dev: Person
) -> None:
    made = a_public_post(ana, "How to use a spacer")
    served(made, ben)
    notice = opened(dev, made)
    told = Notification.objects.get(user=ana.id, kind="notice_opened")
    assert told.subject_id == notice
    (card,) = cards.of(queries.owed(ben.actor.viewers), ben.actor)
    assert (card.author.name, card.by.name) == ("Dr Ana Araujo", "Dev Desai")


def test_who_may_correct_a_video_first_learns_how_many_it_would_reach(
    ana: Person, ben: Person, cleo: Person
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    address = f"/api/v1/versions/{made.version_id}/exposed"
    assert client_for(ana).get(address).json() == {"exposed": 2}
    assert client_for(ben).get(address).status_code in (403, 404)


def test_nobody_else_corrects_it_and_nothing_that_was_never_public_is(
    ana: Person, ben: Person, ines: Person, dev: Person
) -> None:
    public, private = a_public_post(ana), a_cleared_post(ana)
    for person, made in ((ben, public), (ines, public), (ana, private), (dev, private)):
        with pytest.raises(Denied):
            opened(person, made)
    assert not Notice.objects.exists()


def test_a_notice_without_an_apology_is_not_opened(ana: Person) -> None:
    made = a_public_post(ana)
    bare = Words("Right.", "Wrong.", "", "")
    with pytest.raises(Invalid, match="Add an apology"):
        actions.open_notice(ana.actor, made.version_id, Severity.CORRECT, bare)
    assert actions.open_notice(ana.actor, made.version_id, Severity.NOTE, bare)


def test_a_second_press_of_the_button_opens_no_second_notice(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    served(made, ben)
    first = opened(ana, made)
    assert opened(ana, made) == first
    assert len(queries.owed(ben.actor.viewers)) == 1
    clock.advance(timedelta(days=1, minutes=1))
    assert opened(ana, made) != first


def test_a_correction_stands_on_the_card_of_its_version(ana: Person) -> None:
    made = a_public_post(ana)
    notice = opened(ana, made)
    stamp = versions.correction(made.version_id)
    assert stamp is not None
    assert stamp["notice_id"] == str(notice)
    assert stamp["headline"] == "Keep taking it."


def test_a_withdrawal_takes_the_version_back_and_the_notice_outlives_the_post(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(ana, made, Severity.WITHDRAW)
    assert versions.version(made.version_id).state == "withdrawn"
    posts.delete(made.post_id, ana.id)
    (card,) = cards.of(queries.owed(ben.actor.viewers), ben.actor)
    assert card.id == notice
    assert card.title == cards.UNTITLED


def test_a_replacement_needs_a_newer_public_version(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    served(made, ben)
    with pytest.raises(Conflict, match="Publish the mended version first"):
        opened(ana, made, Severity.REPLACE)
    assert not Notice.objects.exists()
    newer = a_newer_version(made)
    opened(ana, made, Severity.REPLACE, span=(500, 900))
    (card,) = cards.of(queries.owed(ben.actor.viewers), ben.actor)
    assert card.changed == cards.Changed(made.post_id, newer.version_id, 500, 900)
    assert versions.correction(newer.version_id) is not None


def test_what_a_privacy_notice_says_was_wrong_is_recorded_and_shown_to_nobody(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana, "Mister Okafor's knee")
    served(made, ben)
    notice = opened(ana, made, Severity.WITHDRAW, privacy=True)
    assert Notice.objects.get().what_wrong == "I said stop."
    for answer in (
        client_for(ben).get("/api/v1/feed"),
        client_for().get(f"/api/v1/notices/{notice}"),
        client_for().get(f"/notices/{notice}"),
        client_for().get(f"/notices/{notice}/coverage"),
        client_for().get("/corrections"),
        client_for().get(f"/v/{made.post_id}"),
    ):
        assert answer.status_code in (200, 410)
        assert b"Okafor" not in answer.content
        assert b"I said stop." not in answer.content


def test_coverage_adds_up_and_counts_a_person_once(
    ana: Person, ben: Person, cleo: Person, ines: Person, dev: Person
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo, ines, dev)
    guest = client_for()
    guest.get("/api/v1/feed")
    token = guest.cookies["wardcast_device"].value
    other = client_for()
    other.get("/api/v1/feed")
    notice = opened(ana, made)
    assert whole(notice) == Counts(owed=6)
    viewers.link(ben.id, token)
    assert whole(notice) == Counts(owed=5)
    actions.shown(ben.actor, [notice])
    actions.acknowledge(cleo.actor, [notice])
    make_inactive(ines)
    assert whole(notice) == Counts(owed=2, shown_only=1, acknowledged=1, unreachable=1)
    proof = queries.proof(notice)
    assert proof is not None
    assert proof.coverage.by_group[Group.GUESTS] == Counts(owed=1)
    assert proof.coverage.by_group[Group.SIGNED_IN].exposed == 4


def test_erasing_a_history_takes_it_out_of_recalls_and_not_out_of_the_sum(
    ana: Person, ben: Person, cleo: Person, do_jobs: Callable[[], int]
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    notice = opened(ana, made)
    actions.acknowledge(cleo.actor, [notice])
    before = queries.proof(notice)
    assert actions.erase(ben.actor.viewers) == 1
    assert actions.erase(cleo.actor.viewers) == 1
    assert actions.erase(cleo.actor.viewers) == 0
    assert not Exposure.objects.exists()
    assert not Receipt.objects.exists()
    assert not queries.owes(ben.actor.viewers)
    assert whole(notice) == Counts(acknowledged=1, unreachable=1)
    after = queries.proof(notice)
    assert before is not None
    assert after is not None
    assert after.coverage.whole.exposed == before.coverage.whole.exposed


def test_a_cohort_is_sealed_two_minutes_after_it_opened(
    ana: Person, ben: Person, cleo: Person, do_jobs: Callable[[], int]
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(ana, made)
    do_jobs()
    assert Cohort.objects.get().sealed_at is None
    clock.advance(timedelta(minutes=3))
    do_jobs()
    assert Cohort.objects.get().sealed_at is not None
    served(made, cleo)
    assert not queries.owes(cleo.actor.viewers)
    assert whole(notice).exposed == 1


def test_the_proof_over_the_api_names_nobody(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(ana, made)
    answer = client_for().get(f"/api/v1/notices/{notice}")
    found = answer.json()
    assert found["coverage"]["exposed"] == found["coverage"]["owed"] == 1
    assert found["coverage"]["by_class"]["signed_in"]["exposed"] == 1
    assert found["coverage"]["goal"] == 0.95
    assert b"Ben" not in answer.content
    assert str(ben.id).encode() not in answer.content


def test_a_notice_over_the_api_says_what_to_mend(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    path = f"/api/v1/versions/{made.version_id}/notices"
    body = {"severity": "correct", "what_right": "Right.", "what_wrong": "Wrong.", "what_now": ""}
    answer = client_for(ana).post(path, {**body, "apology": " "}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_apology")
    long = client_for(ana).post(
        path, {**body, "what_right": "x" * 201, "apology": "Sorry."}, "application/json"
    )
    assert (long.status_code, long.json()["field"]) == (422, "what_right")
    assert client_for(ben).post(path, body, "application/json").status_code == 403
    assert client_for().post(path, body, "application/json").status_code == 401
    good = client_for(ana).post(path, {**body, "apology": "Sorry."}, "application/json")
    assert good.status_code == 200
    assert Notice.objects.get().pk == UUID(good.json()["notice_id"])


def test_notices_of_posts_come_newest_first(ana: Person) -> None:
    made = a_public_post(ana)
    first = opened(ana, made, Severity.NOTE)
    second = opened(ana, made)
    assert [each.id for each in queries.of_posts([made.post_id])[made.post_id]] == [second, first]
    assert [each.id for each in queries.latest(10)] == [second]


def make_inactive(person: Person) -> None:
    from django.contrib.auth import get_user_model

    get_user_model().objects.filter(pk=person.id).update(is_active=False)


def test_a_stranger_has_nothing_to_erase() -> None:
    assert actions.erase({make("eve").actor.viewer or 0}) == 0
