"""Nothing becomes public but what every gate has cleared, and what is public can be taken back."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest

import factories
from drills.boxes import box, boxes
from people import Person
from wardcast.gate import credentials
from wardcast.media import actions as media
from wardcast.media.models import Publication, Render
from wardcast.notify import queries as inbox
from wardcast.platform import clock, config, policy, signing, storage
from wardcast.platform.http import Conflict, Invalid, NotFound
from wardcast.posts import actions, drafts, queries, rules
from wardcast.posts.models import Post, Version
from wardcast.posts.rules import Gate, Held
from wardcast.posts.values import Published

pytestmark = pytest.mark.django_db


def folder_of(made: factories.Made) -> str:
    return Publication.objects.get(version_id=made.version_id).folder


def without_credential(clip: bytes) -> bytes:
    return b"".join(box(kind, data) for kind, data in boxes(clip) if kind != b"uuid")


def told(person: Person) -> list[str]:
    return [each.kind for each in inbox.worded(list(inbox.of(person.id)))]


def test_a_cleared_version_is_published_with_the_very_bytes_that_were_checked(ana: Person) -> None:
    made = factories.a_public_post(ana)
    render = Render.objects.get(pk=queries.version(made.version_id).render_id)
    for name, kept in render.files.items():
        public = storage.path(folder_of(made), name)
        assert public is not None
        data = public.read_bytes()
        if name == "clip.mp4":  # the content credential lies between its first box and the rest
            assert (data := without_credential(data)) != public.read_bytes()
        assert sha256(data).hexdigest() == kept["sha256"]
    assert queries.version(made.version_id).state == "public"
    assert queries.post(made.post_id).state == "public"
    assert told(ana).count("published") == 1


@pytest.mark.parametrize("missing", list(Gate))
def test_no_gate_can_be_left_out(ana: Person, missing: Gate) -> None:
    version_id = actions.cut(factories.a_draft(ana))
    for gate in Gate:
        if gate is not missing:
            actions.clear(version_id, gate, "cleared", by=None)
    held = actions.publish(version_id, ana.id)
    assert isinstance(held, Held)
    assert held.because
    assert queries.post(queries.version(version_id).post_id).state == "draft"
    assert not Publication.objects.exists()


def test_a_superseded_version_can_never_be_published_whatever_clearances_it_has(
    ana: Person,
) -> None:
    made = factories.a_cleared_post(ana)
    drafts.autosave(made.post_id, drafts.Changes(text="Other words."))
    actions.cut(made.post_id)
    held = actions.publish(made.version_id, ana.id)
    assert isinstance(held, Held)
    assert "newer version" in held.because
    assert not Publication.objects.exists()


def test_a_clearance_counts_for_the_bytes_that_were_examined_only(ana: Person) -> None:
    made = factories.a_cleared_post(ana)
    Version.objects.filter(pk=made.version_id).update(render_hash="0" * 64)
    assert isinstance(actions.publish(made.version_id, ana.id), Held)


def test_a_revoked_clearance_counts_no_more(ana: Person) -> None:
    made = factories.a_cleared_post(ana)
    actions.revoke(made.version_id, "check", "Someone recognised a voice.")
    assert isinstance(actions.publish(made.version_id, ana.id), Held)
    assert queries.version(made.version_id).state == "checking"


def test_publishing_twice_is_publishing_once(ana: Person) -> None:
    made = factories.a_public_post(ana)
    again = actions.publish(made.version_id, ana.id)
    assert again == Published(made.post_id, made.version_id)
    assert Publication.objects.count() == 1
    assert told(ana).count("published") == 1


def test_a_newer_version_takes_the_place_of_the_older_under_the_same_post(ana: Person) -> None:
    first = factories.a_public_post(ana)
    second = factories.a_newer_version(first)
    assert queries.version(first.version_id).state == "withdrawn"
    assert queries.version(first.version_id).because == rules.REPLACED
    assert storage.path(folder_of(first), "clip.mp4") is None
    assert storage.path(folder_of(second), "clip.mp4") is not None
    assert queries.current(first.post_id) == queries.version(second.version_id)
    assert folder_of(first) != folder_of(second)


def test_a_tampered_file_stops_the_publication_and_nothing_stays(ana: Person) -> None:
    from wardcast.media.copying import Mismatch

    made = factories.a_cleared_post(ana)
    render = Render.objects.get(pk=queries.version(made.version_id).render_id)
    render.files["clip.mp4"]["sha256"] = "0" * 64
    render.save()
    with pytest.raises(Mismatch):
        actions.publish(made.version_id, ana.id)
    assert queries.post(made.post_id).state == "draft"
    assert storage.path(folder_of(made), "master.m3u8") is None


def test_the_published_clip_is_signed_and_it_is_noted_what_and_by_whom(ana: Person) -> None:
    made = factories.a_public_post(ana, "Shake it first")
    row = Publication.objects.get(version_id=made.version_id)
    public = storage.path(row.folder, "clip.mp4")
    assert public is not None
    with public.open("rb") as file:
        found = credentials.read(file, signing.signer().root)
    assert found is not None
    assert found.state == "Trusted"
    assert row.signed_by == found.signed_by == signing.signer().name
    assert row.signed_sha256 == sha256(public.read_bytes()).hexdigest()
    assert row.clip_sha256 == Version.objects.get(pk=made.version_id).render_hash
    said = json.dumps(found.said)
    for word in ("Shake it first", "Dr Ana Araujo", "@ana@", "Physician, surgery"):
        assert word in said
    assert queries.version(made.version_id).hash in said


def test_what_was_copied_but_not_noted_is_noted_when_it_is_published_again(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = factories.a_cleared_post(ana)
    publish_and_be_killed(made, monkeypatch)
    noted = Publication.objects.get(version_id=made.version_id)
    Publication.objects.update(signed_sha256="", signed_by="")
    assert isinstance(actions.publish(made.version_id, ana.id), Published)
    again = Publication.objects.get(version_id=made.version_id)
    assert (again.signed_sha256, again.signed_by) == (noted.signed_sha256, noted.signed_by)
    assert again.signed_by


def test_a_house_that_cannot_sign_publishes_nothing_and_says_so(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = factories.a_cleared_post(ana)
    monkeypatch.setenv("WARDCAST_C2PA_CERT", "/nowhere/cert.pem")
    config.current.cache_clear()
    try:
        with pytest.raises(signing.CannotSign) as refused:
            actions.publish(made.version_id, ana.id)
    finally:
        monkeypatch.undo()
        config.current.cache_clear()
    assert "wardcast doctor" in refused.value.detail
    assert "/nowhere" not in refused.value.detail
    assert queries.post(made.post_id).state == "draft"
    assert storage.path(folder_of(made), "clip.mp4") is None
    assert isinstance(actions.publish(made.version_id, ana.id), Published)


def publish_and_be_killed(made: factories.Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publishes, and dies once the files are copied."""

    def die(version_id: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(media, "go_live", die)
        with pytest.raises(KeyboardInterrupt):
            actions.publish(made.version_id, made.author.id)


def test_a_kill_between_copying_and_publishing_leaves_a_folder_that_is_swept(
    ana: Person, monkeypatch: pytest.MonkeyPatch, do_jobs: Callable[[], int]
) -> None:
    made = factories.a_cleared_post(ana)
    publish_and_be_killed(made, monkeypatch)
    folder = folder_of(made)
    assert storage.path(folder, "clip.mp4") is not None
    assert queries.version(made.version_id).state == "cleared"
    assert queries.cards([made.version_id]) == {}
    clock.advance(timedelta(hours=4))
    do_jobs()
    assert storage.path(folder, "clip.mp4") is None
    assert not Publication.objects.exists()


def test_after_a_kill_publishing_goes_on_where_it_was(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = factories.a_cleared_post(ana)
    publish_and_be_killed(made, monkeypatch)
    folder = folder_of(made)
    assert isinstance(actions.publish(made.version_id, ana.id), Published)
    assert folder_of(made) == folder
    assert Publication.objects.count() == 1


def test_the_sweep_puts_the_store_right_where_it_and_the_rows_differ(
    ana: Person, dev: Person, do_jobs: Callable[[], int]
) -> None:
    public, held = factories.a_public_post(ana, "One"), factories.a_public_post(ana, "Two")
    actions.hold(held.post_id, dev.id, "Wait.")
    storage.withdraw(folder_of(public))
    storage.restore(folder_of(held))
    clock.advance(timedelta(hours=4))
    do_jobs()
    assert storage.path(folder_of(public), "master.m3u8") is not None
    assert storage.path(folder_of(held), "master.m3u8") is None


def test_who_may_see_a_public_post_changes_at_once_in_the_feeds_too(
    ana: Person, cleo: Person
) -> None:
    from wardcast.feed import queries as feed

    made = factories.a_public_post(ana)
    assert made.post_id in feed.watchable(cleo.actor)
    drafts.autosave(made.post_id, drafts.Changes(visibility="followers"))
    assert made.post_id not in feed.watchable(cleo.actor)
    assert not policy.can(cleo.actor, "see", "posts.post", made.post_id).allowed


def test_nothing_changed_since_is_refused_and_said(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    actions.cut(post_id)
    with pytest.raises(Conflict) as refused:
        actions.cut(post_id)
    assert refused.value.code == "already_submitted"


def test_another_lane_is_another_version(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    first = actions.cut(post_id)
    drafts.autosave(post_id, drafts.Changes(lane="humour"))
    second = queries.version(actions.cut(post_id))
    assert second.hash == queries.version(first).hash
    assert (second.number, second.lane) == (2, "humour")
    assert queries.version(first).state == "superseded"


def test_a_clip_without_a_title_cannot_be_checked(ana: Person) -> None:
    with pytest.raises(Invalid) as refused:
        actions.cut(factories.a_draft(ana, "  "))
    assert refused.value.code == "no_title"


def test_what_was_cut_stays_as_it_was(ana: Person) -> None:
    post_id = factories.a_draft(ana, "One")
    version_id = actions.cut(post_id)
    drafts.autosave(post_id, drafts.Changes(title="Two"))
    assert queries.version(version_id).title == "One"


def test_an_objection_stops_a_version_and_says_why(ana: Person, ines: Person) -> None:
    version_id = actions.cut(factories.a_draft(ana))
    actions.clear(version_id, "check", "cleared", by=None)
    actions.clear(version_id, "attestation", "objected", by=ines.id, note="A face at 0:02.")
    assert queries.version(version_id).state == "objected"
    assert queries.version(version_id).because == "A face at 0:02."
    held = actions.publish(version_id, ana.id)
    assert isinstance(held, Held)


def test_held_means_gone_until_restored_and_the_author_reads_why(ana: Person, dev: Person) -> None:
    made = factories.a_public_post(ana)
    folder = folder_of(made)
    actions.hold(made.post_id, dev.id, "Someone says that they are in it.")
    assert storage.path(folder, "clip.mp4") is None
    assert queries.cards([made.version_id]) == {}
    assert queries.post(made.post_id).held_reason == "Someone says that they are in it."
    assert "held" in told(ana)
    actions.restore(made.post_id, dev.id)
    assert storage.path(folder, "clip.mp4") is not None
    assert made.version_id in queries.cards([made.version_id])
    assert "restored" in told(ana)


def test_a_hold_needs_its_reason(ana: Person, dev: Person) -> None:
    made = factories.a_public_post(ana)
    with pytest.raises(Invalid):
        actions.hold(made.post_id, dev.id, " ")
    assert queries.post(made.post_id).state == "public"


def test_a_held_post_cannot_be_published(ana: Person, dev: Person) -> None:
    made = factories.a_public_post(ana)
    actions.hold(made.post_id, dev.id, "Wait.")
    drafts.autosave(made.post_id, drafts.Changes(title="Mended"))
    version_id = actions.cut(made.post_id)
    factories.clear_all(version_id)
    held = actions.publish(version_id, ana.id)
    assert isinstance(held, Held)
    assert "moderator" in held.because


def test_a_withdrawn_version_is_gone_at_once(ana: Person) -> None:
    made = factories.a_public_post(ana)
    folder = folder_of(made)
    actions.withdraw(made.version_id, "The dose was wrong.")
    assert storage.path(folder, "master.m3u8") is None
    assert queries.current(made.post_id) is None
    assert queries.version(made.version_id).because == "The dose was wrong."
    actions.withdraw(made.version_id, "Twice is fine.")


def test_what_is_deleted_is_gone(ana: Person) -> None:
    from wardcast.media.models import Asset
    from wardcast.platform import vault

    made = factories.a_public_post(ana)
    folder, asset = folder_of(made), Asset.objects.get(pk=queries.post(made.post_id).asset_id)
    actions.delete(made.post_id, ana.id)
    assert storage.path(folder, "clip.mp4") is None
    assert not Asset.objects.filter(pk=asset.pk).exists()
    with pytest.raises(vault.Broken):
        vault.read(asset.sealed_ref)
    with pytest.raises(NotFound):
        queries.post(made.post_id)
    row = Post.objects.get(pk=made.post_id)
    assert (row.state, row.title) == ("deleted", "")
    assert Version.objects.get(pk=made.version_id).state == "withdrawn"


def test_a_card_says_what_its_version_is(ana: Person) -> None:
    made = factories.a_public_post(ana, "Spacers", lane="lesson")
    card = json.loads(queries.cards([made.version_id])[made.version_id])
    assert card["post_id"] == str(made.post_id)
    assert card["title"] == "Spacers"
    assert card["author"]["credential"]["specialty"] == "surgery"
    assert card["media"]["hls"] == f"/media/{folder_of(made)}/master.m3u8"
    assert card["media"]["mp4"] == f"/clips/{folder_of(made)}/clip.mp4"
    assert card["media"]["captions"] == []
    assert card["rehearsed"] is True
    assert card["correction"] is None
    assert (card["width"], card["height"], card["duration_ms"]) == (360, 640, 4000)


def test_a_card_is_made_anew_when_its_standing_changes(ana: Person) -> None:
    made = factories.a_public_post(ana)
    queries.cards([made.version_id])
    actions.set_correction(made.version_id, {"headline": "It is 4, not 40."})
    actions.set_label(made.version_id, rules.NOT_REHEARSED)
    card = json.loads(queries.cards([made.version_id])[made.version_id])
    assert card["correction"]["headline"] == "It is 4, not 40."
    assert (card["rehearsed"], card["label"]) == (False, rules.NOT_REHEARSED)


def test_a_card_loses_a_credential_that_was_revoked(ana: Person, ada: Person) -> None:
    from wardcast.accounts import actions as accounts

    made = factories.a_public_post(ana)
    queries.cards([made.version_id])
    accounts.revoke_credential(ada.id, ana.id)
    card = json.loads(queries.cards([made.version_id])[made.version_id])
    assert card["author"]["credential"] is None


def test_cards_that_are_kept_need_one_query(
    ana: Person, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    made = [factories.a_public_post(ana, f"Clip {number}") for number in range(3)]
    ids = [each.version_id for each in made]
    queries.cards(ids)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert list(queries.cards(ids)) == ids


def test_only_the_author_sees_a_draft(
    ana: Person, ben: Person, ines: Person, dev: Person, eli: None
) -> None:
    post_id = factories.a_draft(ana)
    version_id = actions.cut(post_id)
    assert policy.can(ana.actor, "see", "posts.post", post_id).allowed
    assert policy.can(ana.actor, "play", "posts.version", version_id).allowed
    for actor in (ben.actor, ines.actor, dev.actor, policy.Actor()):
        assert not policy.can(actor, "see", "posts.post", post_id).allowed
        assert not policy.can(actor, "see", "posts.version", version_id).allowed
        assert not policy.can(actor, "play", "posts.version", version_id).allowed
        assert not policy.can(actor, "edit", "posts.post", post_id).allowed


def test_a_post_for_followers_is_theirs_alone(ana: Person, ben: Person, cleo: Person) -> None:
    made = factories.a_public_post(ana, visibility="followers")
    for verb, kind, pk in (
        ("see", "posts.post", made.post_id),
        ("play", "posts.version", made.version_id),
    ):
        assert policy.can(ben.actor, verb, kind, pk).allowed
        assert policy.can(ana.actor, verb, kind, pk).allowed
        assert not policy.can(cleo.actor, verb, kind, pk).allowed
        assert not policy.can(policy.Actor(), verb, kind, pk).allowed


def test_a_block_closes_both_ways_but_not_to_moderators(
    ana: Person, cleo: Person, dev: Person
) -> None:
    from wardcast.accounts import actions as accounts

    made = factories.a_public_post(ana)
    accounts.block(ana.id, cleo.id)
    accounts.block(ana.id, dev.id)
    assert not policy.can(cleo.actor, "see", "posts.post", made.post_id).allowed
    assert not policy.can(cleo.actor, "play", "posts.version", made.version_id).allowed
    assert policy.can(dev.actor, "see", "posts.post", made.post_id).allowed


def test_a_held_post_is_seen_by_its_author_and_moderators_alone(
    ana: Person, ben: Person, dev: Person
) -> None:
    made = factories.a_public_post(ana)
    actions.hold(made.post_id, dev.id, "Wait.")
    assert policy.can(ana.actor, "see", "posts.post", made.post_id).allowed
    assert policy.can(dev.actor, "play", "posts.version", made.version_id).allowed
    assert not policy.can(ben.actor, "see", "posts.post", made.post_id).allowed
    assert not policy.can(ben.actor, "play", "posts.version", made.version_id).allowed


def test_captions_are_published_by_language_and_the_card_lists_them(ana: Person) -> None:
    post_id = factories.a_draft(ana)
    drafts.set_captions(post_id, "WEBVTT\n\n00:00.000 --> 00:01.000\nKeep it.\n", "en")
    drafts.set_captions(post_id, "WEBVTT\n\n00:00.000 --> 00:01.000\nGuarde.\n", "pt-br")
    version_id = actions.cut(post_id)
    factories.clear_all(version_id)
    assert isinstance(actions.publish(version_id, ana.id), Published)
    folder = Publication.objects.get(version_id=version_id).folder
    card = json.loads(queries.cards([version_id])[version_id])
    assert card["media"]["captions"] == [
        {"language": "en", "spoken": True, "url": f"/media/{folder}/captions.en.vtt"},
        {"language": "pt-BR", "spoken": False, "url": f"/media/{folder}/captions.pt-BR.vtt"},
    ]
    portuguese = storage.path(folder, "captions.pt-BR.vtt")
    assert portuguese is not None
    assert "Guarde." in portuguese.read_text()
