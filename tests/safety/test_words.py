"""What a check found is kept for a while, then destroyed; and it is never logged."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

import factories
from people import Person, client_for
from wardcast.check.speech import Speech, SpokenWord
from wardcast.media import speech
from wardcast.media.models import Listening
from wardcast.platform import clock, jobs, vault
from wardcast.platform.http import Conflict
from wardcast.platform.logs import Formatter
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.models import Version
from wardcast.posts.rules import Gate
from wardcast.posts.values import Published
from wardcast.safety import actions, keeping, queries
from wardcast.safety.models import CheckReport

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
NAMED = "My patient Harold Okafor came in with chest pain."
NOTE = "Okafor is a character in my novel."


def cut(post_id: UUID, do_jobs: Jobs) -> UUID:
    version_id = posts.cut(post_id)
    do_jobs()
    return version_id


def answered(ana: Person, version_id: UUID) -> None:
    for finding in queries.checked(version_id).open:
        actions.mark(ana.actor, version_id, finding.id, "not_a_patient", NOTE)


def publish(ana: Person, version_id: UUID) -> None:
    for gate in (Gate.ATTESTATION, Gate.REHEARSAL):
        posts.clear(version_id, gate, "cleared", by=None)
    assert isinstance(posts.publish(version_id, ana.id), Published)


def after(days: int, do_jobs: Jobs) -> None:
    clock.advance(timedelta(days=days))
    jobs.start_due(clock.now())
    do_jobs()


def gone(version_id: UUID) -> bool:
    return CheckReport.objects.get(version=version_id).words_gone_at is not None


def heard(version_id: UUID) -> UUID:
    """Something was heard of the clip of this version; answers its asset."""
    asset_id = versions.version(version_id).asset_id
    assert asset_id is not None
    row = Listening.objects.create(
        asset_id=asset_id, how="recognised", state="waiting", asked_at=clock.now()
    )
    words = (SpokenWord(" Harold", 0, 500, 0.9), SpokenWord(" Okafor", 500, 900, 0.9))
    speech.keep(row.pk, Speech(words, "en", "recognised", "a test"))
    return asset_id


def test_the_words_of_a_published_version_go_after_thirty_days_and_the_record_stays(
    ana: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    asset_id = heard(version_id)
    answered(ana, version_id)
    (finding,) = queries.checked(version_id).report.blocking
    said = queries.checked(version_id).marks[finding.id]
    publish(ana, version_id)
    ref = CheckReport.objects.get(version=version_id).sealed_ref
    after(29, do_jobs)
    assert not gone(version_id)
    assert speech.kept()
    after(1, do_jobs)
    assert gone(version_id)
    assert asset_id not in speech.kept()
    with pytest.raises(vault.Broken):
        vault.read(ref)
    left = queries.checked(version_id)
    (bare,) = [each for each in left.report.findings if each.id == finding.id]
    assert (bare.kind, bare.severity, bare.text) == ("name", "block", "")
    mark = left.marks[finding.id]
    assert (mark.action, mark.by, mark.at, mark.note) == (said.action, ana.id, said.at, "")
    report = client_for(ana).get(f"/api/v1/versions/{version_id}/report").json()
    assert report["words_gone_at"]
    assert report["findings"][0]["mark"]["by"] == "Dr Ana Araujo"
    assert versions.post(versions.version(version_id).post_id).state == "public"


def test_the_words_of_a_version_that_was_replaced_go_with_its_own_words(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_filmed_draft(ana, do_jobs, "About Harold Okafor", NAMED)
    drafts.set_captions(post_id, "WEBVTT\n\n00:00.000 --> 00:02.000\nHarold Okafor\n")
    first = cut(post_id, do_jobs)
    names = [each.id for each in queries.checked(first).open]
    second = actions.redact(ana.actor, first, names, "bleep")
    do_jobs()
    after(29, do_jobs)
    assert not gone(first)
    after(1, do_jobs)
    assert gone(first)
    assert not gone(second)
    row = Version.objects.get(pk=first)
    assert (row.title, row.text, row.script, row.tracks) == ("", "", "", [])
    assert versions.version(second).tracks
    assert {each.action for each in queries.checked(first).marks.values()} == {"redacted"}


def test_the_words_of_a_draft_go_after_ninety_days_and_it_can_be_read_again(
    ana: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    (finding,) = queries.checked(version_id).open
    with pytest.raises(Conflict):
        actions.read_again(ana.actor, version_id)
    after(89, do_jobs)
    assert not gone(version_id)
    after(1, do_jobs)
    assert gone(version_id)
    for attempt in (
        lambda: actions.mark(ana.actor, version_id, finding.id, "not_a_patient", NOTE),
        lambda: actions.redact(ana.actor, version_id, [finding.id], "mute"),
    ):
        with pytest.raises(Conflict) as refused:
            attempt()
        assert refused.value.code == "words_gone"
    actions.read_again(ana.actor, version_id)
    do_jobs()
    assert [each.text for each in queries.checked(version_id).open] == ["Harold Okafor"]


def test_what_was_decided_still_holds_for_what_stands_in_the_same_place(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    version_id = cut(post_id, do_jobs)
    answered(ana, version_id)
    publish(ana, version_id)
    after(30, do_jobs)
    drafts.autosave(post_id, drafts.Changes(title="Another title"))
    assert queries.checked(cut(post_id, do_jobs)).open == ()


def test_it_is_the_operator_who_says_for_how_long(
    ana: Person, do_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wardcast.platform import config

    monkeypatch.setenv("WARDCAST_DRAFT_WORDS_DAYS", "3")
    config.current.cache_clear()
    try:
        version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
        end = keeping.end_of(versions.version(version_id))
        assert end == versions.version(version_id).created_at + timedelta(days=3)
    finally:
        monkeypatch.undo()
        config.current.cache_clear()


def test_no_word_of_a_draft_is_logged(
    ana: Person, do_jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(Formatter("%(levelname)s %(name)s: %(message)s"))
    post_id = factories.a_draft(ana, "About Harold Okafor", text=NAMED, script=NAMED)
    version_id = cut(post_id, do_jobs)
    client = client_for(ana)
    client.get(f"/api/v1/versions/{version_id}/report")
    (first, *_) = queries.checked(version_id).open
    body = {"finding_id": first.id, "action": "accepted", "note": "Okafor is mine."}
    address = f"/api/v1/versions/{version_id}/marks"
    assert client.post(address, body, "application/json").status_code == 422
    answered(ana, version_id)
    after(90, do_jobs)
    assert "Okafor" not in caplog.text
    assert "Harold" not in caplog.text


def test_an_error_is_logged_without_the_words_that_it_quotes() -> None:
    quoted = "cannot read Harold Okafor"
    try:
        try:
            {}[quoted]
        except KeyError as cause:
            raise ValueError(quoted) from cause
    except ValueError as error:
        trouble = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("wardcast", logging.ERROR, __file__, 1, "it failed", (), trouble)
    said = Formatter("%(message)s").format(record)
    assert {"it failed", "ValueError", "KeyError"} <= {each.strip() for each in said.splitlines()}
    assert "test_words.py" in said
    assert "Okafor" not in said


def test_an_error_of_the_machine_keeps_its_message() -> None:
    error = FileNotFoundError(2, "No such file or directory", "/data/keys/master.key")
    record = logging.LogRecord(
        "wardcast", logging.ERROR, __file__, 1, "it failed", (), (type(error), error, None)
    )
    assert "/data/keys/master.key" in Formatter("%(message)s").format(record)


def test_the_house_logs_by_that_formatter() -> None:
    from django.conf import settings

    (name,) = {each["formatter"] for each in settings.LOGGING["handlers"].values()}
    assert settings.LOGGING["formatters"][name]["()"] == "wardcast.platform.logs.Formatter"
