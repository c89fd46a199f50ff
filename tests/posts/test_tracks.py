"""Captions in several languages belong to a post: one a language, one of them spoken."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factories
from people import Person
from wardcast.media.models import Asset
from wardcast.platform.http import Invalid, NotFound
from wardcast.posts import actions, drafts, queries, tracks
from wardcast.posts.models import Post
from wardcast.posts.tracks import Track

pytestmark = pytest.mark.django_db

ENGLISH = "WEBVTT\n\n00:00.000 --> 00:02.000\nKeep it with you.\n"
GERMAN = "1\n00:00:00,000 --> 00:00:02,000\nTragen Sie es bei sich.\n"


def languages(post_id: UUID) -> list[tuple[str, bool]]:
    return [(each.language, each.spoken) for each in queries.post(post_id).tracks]


def test_the_first_captions_are_of_what_is_spoken_and_the_next_are_not(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    drafts.set_captions(post_id, GERMAN, "de")
    drafts.set_captions(post_id, ENGLISH, "EN")
    assert languages(post_id) == [("de", True), ("en", False)]
    drafts.mark_spoken(post_id, "en", spoken=True)
    assert languages(post_id) == [("en", True), ("de", False)]
    drafts.mark_spoken(post_id, "en", spoken=False)
    assert languages(post_id) == [("de", False), ("en", False)]


def test_changing_one_language_leaves_the_others_and_forgets_what_it_was(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    drafts.set_captions(post_id, ENGLISH, "en")
    drafts.set_captions(post_id, GERMAN, "de")
    english, german = queries.post(post_id).tracks
    drafts.set_captions(post_id, ENGLISH.replace("it", "one"), "en")
    now = queries.post(post_id).tracks
    assert now[1] == german
    assert now[0].asset_id != english.asset_id
    assert not Asset.objects.filter(pk=english.asset_id).exists()
    drafts.drop_captions(post_id, "de")
    assert languages(post_id) == [("en", True)]
    assert not Asset.objects.filter(pk=german.asset_id).exists()


def test_each_change_of_a_track_is_another_version(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    made = [actions.cut(post_id)]
    steps = (
        lambda: drafts.set_captions(post_id, ENGLISH, "en"),
        lambda: drafts.set_captions(post_id, GERMAN, "de"),
        lambda: drafts.mark_spoken(post_id, "de", spoken=True),
        lambda: drafts.drop_captions(post_id, "en"),
    )
    for step in steps:
        step()
        made.append(actions.cut(post_id))
    hashes = [queries.version(each).hash for each in made]
    assert len(set(hashes)) == 5
    assert [each.language for each in queries.version(made[3]).tracks] == ["de", "en"]
    words = {each.language: each.webvtt for each in queries.captions_of(made[2])}
    assert "Keep it" in words["en"]
    assert "Tragen Sie" in words["de"]


def test_a_version_keeps_the_words_that_it_was_cut_with(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    drafts.set_captions(post_id, ENGLISH)
    version_id = actions.cut(post_id)
    drafts.set_captions(post_id, ENGLISH.replace("it", "one"))
    drafts.drop_captions(post_id)
    (track,) = queries.captions_of(version_id)
    assert "Keep it" in track.webvtt


def test_with_the_post_every_track_is_destroyed(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    drafts.set_captions(post_id, ENGLISH, "en")
    actions.cut(post_id)
    drafts.set_captions(post_id, GERMAN, "de")
    actions.delete(post_id, ana.id)
    assert not Asset.objects.filter(kind="captions").exists()
    assert Post.objects.get(pk=post_id).tracks == []


@pytest.mark.parametrize("tag", ["", "german", "en/../x", "e", "x-private"])
def test_what_is_no_language_is_refused(ana: Person, tag: str) -> None:
    post_id = factories.a_draft(ana)
    with pytest.raises(Invalid, match="no tag of a language"):
        drafts.set_captions(post_id, ENGLISH, tag)
    assert languages(post_id) == []


def test_captions_that_are_not_there_cannot_be_the_spoken_ones(ana: Person) -> None:
    with pytest.raises(NotFound):
        drafts.mark_spoken(factories.a_draft(ana), "de", spoken=True)


def test_a_post_has_captions_in_so_many_languages(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    rows: list[Any] = [Track(f"en-{number:03}", UUID(int=number)) for number in range(tracks.MOST)]
    drafts.autosave(post_id, drafts.Changes(tracks=tuple(rows)))
    with pytest.raises(Invalid, match="at most 30 languages"):
        drafts.set_captions(post_id, GERMAN, "de")


TAGS = st.sampled_from(["en", "de", "fr", "pt-BR"])


@given(st.lists(st.tuples(TAGS, st.sampled_from([None, True, False]))))
def test_there_is_one_track_a_language_and_at_most_one_spoken(
    steps: list[tuple[str, bool | None]],
) -> None:
    kept: tracks.Tracks = ()
    for number, (tag, spoken) in enumerate(steps):
        kept = tracks.with_track(kept, tag, UUID(int=number), spoken)
        found = tracks.find(kept, tag)
        assert found is not None
        assert found.asset_id == UUID(int=number)
    assert len({each.language for each in kept}) == len(kept)
    assert sum(each.spoken for each in kept) <= 1
    assert tracks.from_row(tracks.to_row(kept)) == kept
