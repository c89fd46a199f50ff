"""Consents of those who are shown: they answer findings, and stop answering."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

import factories
from people import Person, client_for
from wardcast.accounts import viewers
from wardcast.notify.models import Notification
from wardcast.platform import clock, jobs, vault
from wardcast.platform.http import Denied, Invalid, NotFound
from wardcast.platform.models import AuditEntry
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate, Held
from wardcast.posts.values import Published
from wardcast.recall import actions as recall
from wardcast.recall import drafting, ledger
from wardcast.recall import queries as notices
from wardcast.recall.ledger import Exposed
from wardcast.recall.models import Notice
from wardcast.recall.rules import Severity, check
from wardcast.safety import actions, consents, queries
from wardcast.safety.models import Consent
from wardcast.safety.terms import Given, Terms, covers, given_fits

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
NAMED = "My patient Harold Okafor came in with chest pain."
WHO = "Harold, the man with the blue cap"


def today() -> date:
    return clock.now().date()


def given(**changes: Any) -> Given:
    return replace(Given(WHO, "post", today()), **changes)


def cut(post_id: UUID, do_jobs: Jobs) -> UUID:
    version_id = posts.cut(post_id)
    do_jobs()
    return version_id


def answered(ana: Person, post_id: UUID, do_jobs: Jobs, **changes: Any) -> tuple[UUID, UUID]:
    """A version whose findings all rest on one consent, and that consent."""
    version_id = cut(post_id, do_jobs)
    consent = consents.give(ana.actor, post_id, given(**changes))
    for finding in queries.checked(version_id).open:
        actions.mark(ana.actor, version_id, finding.id, "consent", consent=consent)
    return version_id, consent


def published(ana: Person, do_jobs: Jobs, **changes: Any) -> tuple[UUID, UUID, UUID]:
    """A public post that rests on a consent: post, version, consent."""
    post_id = factories.a_draft(ana, text=NAMED)
    version_id, consent = answered(ana, post_id, do_jobs, **changes)
    for gate in (Gate.ATTESTATION, Gate.REHEARSAL):
        posts.clear(version_id, gate, "cleared", by=None)
    assert isinstance(posts.publish(version_id, ana.id), Published)
    return post_id, version_id, consent


def each_day(days: int, do_jobs: Jobs) -> None:
    for _ in range(days):
        clock.advance(timedelta(days=1))
        jobs.start_due(clock.now())
        do_jobs()


def told(person: Person, kind: str) -> int:
    return Notification.objects.filter(user=person.id, kind=kind).count()


def test_a_consent_answers_a_finding_and_leaves_it_in_the_report(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    version_id, consent = answered(ana, post_id, do_jobs)
    assert versions.version(version_id).state == "ready"
    report = client_for(ana).get(f"/api/v1/versions/{version_id}/report").json()
    (finding,) = [each for each in report["findings"] if each["kind"] == "name"]
    assert (finding["severity"], finding["weighs"]) == ("block", "info")
    assert finding["mark"]["consent_id"] == str(consent)
    assert [(each["who"], each["used"]) for each in report["consents"]] == [(WHO, 1)]


def test_who_consented_is_in_no_table(ana: Person, do_jobs: Jobs) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    _, consent = answered(ana, post_id, do_jobs)
    row = Consent.objects.get(pk=consent)
    entries = AuditEntry.objects.filter(object_id=str(consent))
    kept = f"{row.__dict__} {[each.__dict__ for each in entries]}"
    assert "Harold" not in kept
    assert vault.read(row.who_ref).decode() == WHO
    posts.delete(post_id, ana.id)
    assert not Consent.objects.filter(pk=consent).exists()
    with pytest.raises(vault.Broken):
        vault.read(row.who_ref)


def test_a_finding_needs_a_consent_of_this_post_that_covers_it(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    post_id = versions.version(version_id).post_id
    (finding,) = queries.checked(version_id).open

    def code(consent: UUID | None) -> str:
        with pytest.raises((Invalid, NotFound)) as refused:
            actions.mark(ana.actor, version_id, finding.id, "consent", "Signed.", consent)
        return refused.value.code

    assert code(None) == "no_consent"
    assert code(consents.give(ana.actor, factories.a_draft(ana), given())) == "not_found"
    assert code(consents.give(ana.actor, post_id, given(kinds=("face",)))) == "not_covered"
    over = consents.give(ana.actor, post_id, given())
    consents.withdraw(ana.actor, over)
    assert code(over) == "consent_over"
    assert not versions.gates(version_id)


def test_it_is_used_again_in_later_versions_of_the_same_post(ana: Person, do_jobs: Jobs) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    answered(ana, post_id, do_jobs)
    drafts.autosave(post_id, drafts.Changes(title="Another title"))
    second = cut(post_id, do_jobs)
    assert queries.checked(second).open == ()
    drafts.autosave(post_id, drafts.Changes(text=f"{NAMED} Mary Whitfield, my patient, too."))
    third = cut(post_id, do_jobs)
    (other,) = queries.checked(third).open
    assert other.text == "Mary Whitfield"


def test_only_the_author_gives_sees_and_withdraws(
    ana: Person, ines: Person, dev: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    _, consent = answered(ana, post_id, do_jobs)
    for person in (ines, dev):
        with pytest.raises(Denied):
            consents.give(person.actor, post_id, given())
        with pytest.raises(Denied):
            consents.withdraw(person.actor, consent)
        address = f"/api/v1/studio/posts/{post_id}/consents"
        assert client_for(person).get(address).status_code == 404


def test_withdrawing_one_before_publication_opens_its_findings_again(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    version_id, consent = answered(ana, post_id, do_jobs)
    for gate in (Gate.ATTESTATION, Gate.REHEARSAL):
        posts.clear(version_id, gate, "cleared", by=None)
    assert versions.version(version_id).state == "cleared"
    consents.withdraw(ana.actor, consent)
    assert versions.version(version_id).state == "checking"
    assert isinstance(posts.publish(version_id, ana.id), Held)
    (finding,) = queries.checked(version_id).open
    report = client_for(ana).get(f"/api/v1/versions/{version_id}/report").json()
    (shown,) = [each for each in report["findings"] if each["id"] == finding.id]
    assert (shown["mark"], shown["weighs"]) == (None, "block")
    assert "withdrawn" in shown["lapsed"]
    assert drafting.of_posts([post_id]) == {}
    actions.mark(ana.actor, version_id, finding.id, "not_a_patient", "A name out of a novel.")
    assert isinstance(posts.publish(version_id, ana.id), Published)


def test_withdrawing_one_holds_the_public_post_and_drafts_the_recall(
    ana: Person, dev: Person, do_jobs: Jobs
) -> None:
    post_id, version_id, consent = published(ana, do_jobs)
    consents.withdraw(ana.actor, consent)
    assert versions.post(post_id).state == "held"
    (draft,) = drafting.of_posts([post_id])[post_id]
    assert (draft.version.id, draft.severity, draft.privacy) == (
        version_id, Severity.WITHDRAW, True,
    )  # fmt: skip
    assert check(draft.severity, draft.words, None) is None
    for person in (ana, dev):
        assert told(person, "consent_withdrawn") == 1
        address = f"/api/v1/posts/{post_id}/notice-drafts"
        (item,) = client_for(person).get(address).json()["items"]
        said = f"{item['what_right']} {item['what_wrong']} {item['what_now']} {item['apology']}"
        assert not {"Harold", "Okafor", "chest", "cap"} & set(said.replace(".", "").split())
    assert not Notice.objects.exists()
    consents.withdraw(ana.actor, consent)
    assert len(drafting.of_posts([post_id])[post_id]) == 1


def test_the_draft_that_is_sent_reaches_who_was_shown_it(
    ana: Person, ben: Person, dev: Person, do_jobs: Jobs
) -> None:
    post_id, version_id, consent = published(ana, do_jobs)
    serial = versions.version(version_id).serial
    number = viewers.of_account(ben.id)
    ledger.record([Exposed(serial, number, ledger.SERVED, clock.now())])
    consents.withdraw(ana.actor, consent)
    (draft,) = drafting.of_posts([post_id])[post_id]
    recall.open_notice(dev.actor, version_id, draft.severity, draft.words, privacy=draft.privacy)
    assert versions.version(version_id).state == "withdrawn"
    assert drafting.of_posts([post_id]) == {}
    (owed,) = notices.owed(ben.actor.viewers)
    assert owed.notice.what_wrong == ""


def test_each_version_that_was_public_and_used_it_is_drafted(ana: Person, do_jobs: Jobs) -> None:
    post_id, first, consent = published(ana, do_jobs)
    drafts.autosave(post_id, drafts.Changes(title="Another title"))
    second = cut(post_id, do_jobs)
    for gate in (Gate.ATTESTATION, Gate.REHEARSAL):
        posts.clear(second, gate, "cleared", by=None)
    assert isinstance(posts.publish(second, ana.id), Published)
    consents.withdraw(ana.actor, consent)
    drafted = [each.version.id for each in drafting.of_posts([post_id])[post_id]]
    assert drafted == [second, first]


def test_a_post_that_shows_the_person_no_more_stays_public(ana: Person, do_jobs: Jobs) -> None:
    post_id, first, consent = published(ana, do_jobs)
    drafts.autosave(post_id, drafts.Changes(text="Nobody is told of here."))
    second = cut(post_id, do_jobs)
    for gate in (Gate.ATTESTATION, Gate.REHEARSAL):
        posts.clear(second, gate, "cleared", by=None)
    assert isinstance(posts.publish(second, ana.id), Published)
    consents.withdraw(ana.actor, consent)
    assert versions.post(post_id).state == "public"
    assert [each.version.id for each in drafting.of_posts([post_id])[post_id]] == [first]


def test_the_author_is_told_before_a_consent_ends_and_at_its_end_the_post_is_held(
    ana: Person, dev: Person, do_jobs: Jobs
) -> None:
    post_id, version_id, _ = published(ana, do_jobs, last_day=today() + timedelta(days=20))
    each_day(5, do_jobs)
    assert told(ana, "consent_soon") == 0
    each_day(1, do_jobs)
    assert told(ana, "consent_soon") == 1
    each_day(13, do_jobs)
    assert (told(ana, "consent_soon"), told(ana, "consent_today")) == (1, 0)
    each_day(1, do_jobs)
    assert (told(ana, "consent_today"), versions.post(post_id).state) == (1, "public")
    each_day(1, do_jobs)
    assert versions.post(post_id).state == "held"
    assert [each.version.id for each in drafting.of_posts([post_id])[post_id]] == [version_id]
    assert told(ana, "consent_expired") == told(dev, "consent_expired") == 1
    each_day(2, do_jobs)
    assert told(ana, "consent_expired") == 1


def test_a_consent_that_is_over_clears_nothing_even_before_the_days_work(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    version_id, _ = answered(ana, post_id, do_jobs, last_day=today())
    for gate in (Gate.ATTESTATION, Gate.REHEARSAL):
        posts.clear(version_id, gate, "cleared", by=None)
    clock.advance(timedelta(days=1))
    assert isinstance(posts.publish(version_id, ana.id), Held)
    assert len(queries.checked(version_id).open) == 1
    jobs.start_due(clock.now())
    do_jobs()
    assert versions.version(version_id).state == "checking"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"who": "  "}, "who_missing"),
        ({"who": "x" * 201}, "who_too_long"),
        ({"kinds": ("location",)}, "no_such_kind"),
        ({"given_on": date(2026, 12, 2)}, "not_yet_given"),
        ({"last_day": date(2026, 11, 30)}, "over_already"),
        ({"form_sha256": "abc"}, "bad_hash"),
        ({"form_sha256": "0" * 64, "last_day": date(2026, 12, 1)}, None),
    ],
)
def test_what_a_consent_needs(changes: dict[str, Any], code: str | None) -> None:
    wrong = given_fits(replace(Given(WHO, "post", date(2026, 12, 1)), **changes), date(2026, 12, 1))
    assert (wrong.code if wrong else None) == code


def test_a_consent_to_one_clip_covers_no_other() -> None:
    clip, other = UUID(int=1), UUID(int=2)
    terms = Terms(frozenset({"face"}), clip, None, ended=False)
    assert covers(terms, "face", clip, clock.now()) is None
    assert covers(terms, "face", other, clock.now()) is not None
