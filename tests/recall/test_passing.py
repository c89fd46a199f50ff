"""A recall passes along to what was made from the video that was wrong, and to its viewers."""

from typing import Any
from uuid import UUID

import pytest

from factories import Made, a_cleared_post, a_newer_version, a_public_post
from people import Person, client_for
from wardcast.accounts import viewers
from wardcast.gate.edits import EditList, Span
from wardcast.notify.models import Notification
from wardcast.platform import clock
from wardcast.platform.http import Conflict, Denied, Invalid
from wardcast.posts import actions as posts
from wardcast.posts import lineage
from wardcast.posts import queries as versions
from wardcast.posts.models import Version
from wardcast.recall import actions, ledger, queries
from wardcast.recall.ledger import Exposed, Told
from wardcast.recall.models import Notice
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
PART = (2_000, 6_000)


def made_from(by: Person, source: Made, at_ms: int | None = None, **words: str) -> Made:
    """A public video of somebody's that holds a part of another one."""
    made = a_cleared_post(by, "What I make of it", **words)
    lineage.add(by.actor, made.post_id, source.post_id, PART, at_ms)
    posts.publish(made.version_id, by.id)
    return made


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def opened(by: Person, made: Made, severity: Severity = Severity.CORRECT, **more: Any) -> UUID:
    return actions.open_notice(by.actor, made.version_id, severity, WORDS, **more)


def below(notice: UUID) -> Notice:
    return Notice.objects.get(passed_from=notice)


def test_who_saw_only_what_was_made_from_it_owes_the_correction(
    ana: Person, ines: Person, ben: Person, cleo: Person
) -> None:
    source = a_public_post(ana)
    derived = made_from(ines, source)
    served(source, ben)
    served(derived, cleo)
    notice = opened(ana, source)
    (owed,) = queries.owed(cleo.actor.viewers)
    assert owed.notice.version_id == derived.version_id
    assert owed.notice.what_right == "Keep taking it."
    assert owed.notice.passed_from == notice
    (other,) = queries.owed(ben.actor.viewers)
    assert other.notice.id == notice
    actions.acknowledge(cleo.actor, [owed.notice.id])
    proof = queries.proof(owed.notice.id)
    assert proof is not None
    assert (proof.coverage.whole.exposed, proof.coverage.whole.acknowledged) == (1, 1)
    assert Notification.objects.filter(user=ines.id, kind="notice_opened").count() == 1


def test_it_passes_on_from_there_and_comes_to_each_version_once(
    ana: Person, ines: Person, ben: Person
) -> None:
    source = a_public_post(ana)
    first = made_from(ines, source)
    second = made_from(ana, first)
    # A ring, as two who answer each other make one.
    lineage.add(ana.actor, source.post_id, second.post_id, PART, None)
    served(second, ben)
    notice = opened(ana, source)
    assert below(notice).version_id == first.version_id
    assert below(below(notice).pk).version_id == second.version_id
    assert Notice.objects.count() == 3
    (owed,) = queries.owed(ben.actor.viewers)
    assert owed.notice.post_id == second.post_id


def test_a_notice_on_another_part_stays_where_it_is(ana: Person, ines: Person) -> None:
    source = a_public_post(ana)
    made_from(ines, source)
    notice = opened(ana, source, span=(0, 2_000))
    assert not Notice.objects.filter(passed_from=notice).exists()


def test_the_part_is_found_where_it_lies_in_the_other_clip(
    ana: Person, ines: Person, ben: Person, cleo: Person
) -> None:
    source = a_public_post(ana)
    derived = made_from(ines, source, at_ms=10_000)
    served(derived, ben, cleo)
    skipped, played = (
        ledger.told(2, [(0, 11_000)], whole=True),
        ledger.told(2, [(11_000, 12_000)], whole=True),
    )
    raised(ben, derived, skipped)
    raised(cleo, derived, played)
    notice = opened(ana, source, span=(3_500, 5_000))
    assert (below(notice).span_start_ms, below(notice).span_end_ms) == (11_500, 13_000)
    assert not queries.owes(ben.actor.viewers)
    assert queries.owes(cleo.actor.viewers)


def raised(person: Person, made: Made, told: Told) -> None:
    ledger.raise_levels([viewers.of_account(person.id)], {made.serial: told}, clock.now())


def test_what_was_cut_out_of_a_version_passes_nothing_to_it(ana: Person, ines: Person) -> None:
    source = a_public_post(ana)
    first = made_from(ines, source, at_ms=100)
    second = a_newer_version(first)
    cut = EditList(cuts=(Span(50, 90_000),)).to_json()
    Version.objects.filter(pk=second.version_id).update(edits=cut)
    notice = opened(ana, source)
    assert below(notice).version_id == first.version_id


def test_a_withdrawal_takes_down_what_leaks_and_corrects_what_merely_quotes(
    ana: Person, ines: Person
) -> None:
    source = a_public_post(ana)
    quoting = made_from(ines, source)
    notice = opened(ana, source, Severity.WITHDRAW)
    assert below(notice).severity == Severity.CORRECT
    assert versions.current(quoting.post_id) is not None

    leaking = a_public_post(ana)
    copy = made_from(ines, leaking)
    notice = opened(ana, leaking, Severity.WITHDRAW, privacy=True)
    assert below(notice).severity == Severity.WITHDRAW
    assert below(notice).privacy
    assert versions.current(copy.post_id) is None


def test_who_named_it_after_the_correction_knew(ana: Person, ines: Person) -> None:
    source = a_public_post(ana)
    notice = opened(ana, source)
    made_from(ines, source)
    assert not Notice.objects.filter(passed_from=notice).exists()


def test_a_draft_that_named_it_before_is_told_of_when_it_is_public(
    ana: Person, ines: Person, ben: Person
) -> None:
    source = a_public_post(ana)
    made = a_cleared_post(ines, "What I make of it")
    lineage.add(ines.actor, made.post_id, source.post_id, PART, None)
    notice = opened(ana, source)
    assert not Notice.objects.filter(passed_from=notice).exists()
    posts.publish(made.version_id, ines.id)
    assert below(notice).version_id == made.version_id
    a_newer_version(made)
    assert Notice.objects.filter(passed_from=notice).count() == 1


def test_a_correction_that_was_wrong_is_mended_there_too(
    ana: Person, ines: Person, ben: Person
) -> None:
    source = a_public_post(ana)
    derived = made_from(ines, source)
    served(derived, ben)
    wrong = opened(ana, source)
    right = actions.open_notice(
        ana.actor, source.version_id, Severity.CORRECT,
        Words("Take half of it.", "I said all of it.", "Ask.", "I am sorry."), corrects=wrong,
    )  # fmt: skip
    assert below(right).corrects_id == below(wrong).pk
    (owed,) = queries.owed(ben.actor.viewers)
    assert owed.notice.id == below(right).pk


def test_what_passed_along_does_not_count_among_the_authors_own(ana: Person) -> None:
    for _ in range(2):
        source = a_public_post(ana)
        made_from(ana, source)
        opened(ana, source)
    opened(ana, a_public_post(ana))  # the third of the week


def test_lineage_is_told_by_the_author_over_the_api(ana: Person, ines: Person, ben: Person) -> None:
    source = a_public_post(ana, "How to use a spacer")
    made = a_cleared_post(ines, "What I make of it")
    client = client_for(ines)
    url = f"/api/v1/studio/posts/{made.post_id}/sources/{source.post_id}"
    body = {"start_ms": 2000, "end_ms": 6000, "at_ms": 0}
    answer = client.put(url, body, content_type="application/json").json()
    (said,) = answer["sources"]
    assert (said["title"], said["author"]["name"]) == ("How to use a spacer", "Dr Ana Araujo")
    assert (said["start_ms"], said["end_ms"], said["at_ms"], said["stays"]) == (
        2000,
        6000,
        0,
        False,
    )
    assert client_for(ben).put(url, body, content_type="application/json").status_code in (403, 404)
    assert client.delete(url).json()["sources"] == []
    client.put(url, body, content_type="application/json")
    posts.publish(made.version_id, ines.id)
    page = client_for(ben).get(f"/v/{made.post_id}").content.decode()
    assert f'Holds a part of <a href="/v/{source.post_id}">How to use a spacer</a>' in page
    assert client.delete(url).status_code == 409
    shrunk = client.put(url, {**body, "end_ms": 2001}, content_type="application/json")
    assert (shrunk.status_code, shrunk.json()["code"]) == (409, "source_stays")
    # The title of what was taken back may repeat what leaked.
    opened(ana, source, Severity.WITHDRAW, privacy=True)
    (said,) = client.get(f"/api/v1/studio/posts/{made.post_id}").json()["sources"]
    assert said["title"] == ""


@pytest.mark.parametrize("part", [(3, 3), (5, 2), (-1, 4)])
def test_a_part_without_a_length_is_refused(ana: Person, ines: Person, part: Any) -> None:
    made = a_cleared_post(ines, "What I make of it")
    with pytest.raises(Invalid, match="must end after"):
        lineage.add(ines.actor, made.post_id, a_public_post(ana).post_id, part, None)


def test_what_one_may_not_see_or_what_is_ones_own_is_no_source(ana: Person, ines: Person) -> None:
    made = a_cleared_post(ines, "What I make of it")
    with pytest.raises(Denied):
        lineage.add(ines.actor, made.post_id, a_cleared_post(ana).post_id, PART, None)
    mine = a_public_post(ines)
    with pytest.raises(Invalid, match="itself"):
        lineage.add(ines.actor, mine.post_id, mine.post_id, PART, None)


def test_so_many_sources_and_no_more(ana: Person, ines: Person) -> None:
    made = a_cleared_post(ines, "What I make of it")
    for _ in range(lineage.MOST):
        lineage.add(ines.actor, made.post_id, a_public_post(ana).post_id, PART, None)
    with pytest.raises(Conflict, match="at most 10"):
        lineage.add(ines.actor, made.post_id, a_public_post(ana).post_id, PART, None)


def test_two_versions_of_one_video_are_two_sources(ana: Person, ines: Person) -> None:
    source = a_public_post(ana)
    made = a_cleared_post(ines, "What I make of it")
    lineage.add(ines.actor, made.post_id, source.post_id, PART, None)
    newer = a_newer_version(source)
    lineage.add(ines.actor, made.post_id, source.post_id, PART, None)
    said = client_for(ines).get(f"/api/v1/studio/posts/{made.post_id}").json()["sources"]
    assert [each["version_id"] for each in said] == [str(source.version_id), str(newer.version_id)]


def test_the_page_of_the_proof_leads_along(ana: Person, ines: Person, cleo: Person) -> None:
    source = a_public_post(ana)
    derived = made_from(ines, source)
    served(source, cleo)
    served(derived, cleo)
    notice = opened(ana, source)
    page = client_for(cleo).get(f"/notices/{notice}/coverage").content.decode()
    assert f"/notices/{below(notice).pk}/coverage" in page
    page = client_for(cleo).get(f"/notices/{below(notice).pk}/coverage").content.decode()
    assert f"/notices/{notice}/coverage" in page
    assert (
        f"/notices/{notice}"
        in client_for(cleo).get(f"/notices/{below(notice).pk}").content.decode()
    )
