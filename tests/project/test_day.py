"""A small house gets a clean lesson public within a day, on a clock that the test moves."""

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest

import people
from clips import phone_clip
from people import Person
from wardcast.accounts import actions as accounts
from wardcast.check import parse_captions
from wardcast.platform import clock
from wardcast.platform.http import Refused
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate
from wardcast.posts.values import Published
from wardcast.rehearsal import actions as rehearsals
from wardcast.rehearsal import queries as circles
from wardcast.safety import actions as safety
from wardcast.safety import queries as reports
from wardcast.safety import reports as sealed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

Jobs = Callable[[], int]

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nWash your hands for twenty seconds.\n"
FINE = {
    "butt": False,
    "recognise": False,
    "laughed_at": False,
    "imitates": False,
    "workplace": False,
    "waiting_room": True,
}
LOOKS_AT = (8, 20)
"""At these hours a colleague looks into their inbox."""


def test_one_author_one_colleague_and_twelve_viewers_have_a_lesson_public_within_a_day(
    ana: Person, ines: Person, do_jobs: Jobs
) -> None:
    for number in range(12):
        viewer = people.make(f"viewer{number}")
        accounts.follow(viewer.id, ana.id)
    version_id = _brings_a_lesson(ana)

    hours = _until_public(version_id, ana, ines, do_jobs)

    assert hours <= 24


def test_a_solo_author_with_the_hosts_standing_consent_has_a_lesson_public_within_a_day(
    ana: Person, ada: Person, do_jobs: Jobs
) -> None:
    accounts.give_standing_consent(
        ada.id,
        lane="lesson",
        waives=["second_attestation", "rehearsal"],
        reason="A practice of one",
        author_id=ana.id,
    )
    version_id = _brings_a_lesson(ana)

    hours = _until_public(version_id, ana, None, do_jobs)

    assert hours <= 24


def test_a_solo_author_without_a_consent_stays_unpublished(ana: Person, do_jobs: Jobs) -> None:
    version_id = _brings_a_lesson(ana)

    assert _until_public(version_id, ana, None, do_jobs) > 24


def _brings_a_lesson(author: Person) -> UUID:
    clip = phone_clip(2)
    post_id = drafts.begin(author.actor, "hands.mp4", len(clip), io.BytesIO(clip))
    drafts.autosave(
        post_id, drafts.Changes(title="Twenty seconds", text="Wash your hands.", lane="lesson")
    )
    drafts.set_captions(post_id, parse_captions(CAPTIONS).to_webvtt())
    return posts.cut(post_id)


def _until_public(version_id: UUID, author: Person, colleague: Person | None, work: Jobs) -> int:
    """Hours until the version is public; 25 when a day was not enough."""
    for hour in range(25):
        work()
        _author_goes_on(version_id, author, colleague)
        if colleague and hour % 24 in LOOKS_AT:
            _colleague_answers(version_id, colleague)
        if isinstance(posts.publish(version_id, author.id), Published):
            return hour
        clock.advance(timedelta(hours=1))
    return 25


def _author_goes_on(version_id: UUID, author: Person, colleague: Person | None) -> None:
    _says_whose_the_voice_is(version_id, author)
    gates = versions.gates(version_id)
    if Gate.CHECK in gates and not reports.checked(version_id).attested.author and colleague:
        safety.attest(author.actor, version_id, colleague.id)
    elif Gate.CHECK in gates and not reports.checked(version_id).attested.author:
        _attests_alone(version_id, author)
    rehearsal_id = circles.id_of(version_id)
    if rehearsal_id and colleague and not circles.overview(rehearsal_id).invited:
        rehearsals.invite(author.actor, rehearsal_id, [colleague.id])


def _says_whose_the_voice_is(version_id: UUID, author: Person) -> None:
    row = sealed.find(version_id)
    for each in sealed.index_of(row) if row else ():
        if each.kind == "speaker" and each.id not in sealed.marks_of(row):
            safety.mark(author.actor, version_id, each.id, "mine")


def _attests_alone(version_id: UUID, author: Person) -> None:
    # A house without a colleague and without a named person has nobody to ask.
    with suppress(Refused):
        safety.attest(author.actor, version_id)


def _colleague_answers(version_id: UUID, colleague: Person) -> None:
    if reports.duty(colleague.id, version_id):
        safety.second_attest(colleague.actor, version_id, agrees=True)
        return
    for duty in circles.duties(colleague.actor):
        rehearsals.answer(
            colleague.actor, duty.rehearsal_id, FINE, line="", moment_ms=None, watched_ms=2000
        )
