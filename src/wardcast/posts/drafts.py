"""What an author does to a draft: brings a clip, writes, gives it captions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from wardcast.accounts.rules import LANES
from wardcast.gate.edits import EditList
from wardcast.media import actions as media
from wardcast.media import covers, speech, uploads
from wardcast.media import queries as clips
from wardcast.media.values import RenderView
from wardcast.platform import audit, clock, events
from wardcast.platform.http import Invalid, NotFound
from wardcast.platform.policy import Actor
from wardcast.posts import captions, moves, rules, tracks
from wardcast.posts.events import VisibilityChanged
from wardcast.posts.models import Post
from wardcast.posts.rules import PostState
from wardcast.posts.tracks import Tracks

_POST = "posts.post"


@dataclass(frozen=True, slots=True)
class Changes:
    """What an author changes in a draft; what is None stays."""

    title: str | None = None
    text: str | None = None
    script: str | None = None
    lane: str | None = None
    visibility: str | None = None
    tracks: Tracks | None = None
    edits: EditList | None = None
    cover_ms: int | None = None
    drop_cover: bool = False


def begin(actor: Actor, name: str, declared_size: int | None, stream: BinaryIO) -> UUID:
    """Takes a clip in and makes a draft post of it; answers the post's id.

    A file that this author has brought before is refused with the post that it became.
    """
    author_id = _person(actor)
    made: list[UUID] = []

    def also(asset_id: UUID) -> None:
        made.append(draft(author_id, asset_id))

    with _known_as_its_post():
        media.receive(author_id, name, declared_size, stream, also)
    return made[0]


def send_on(
    actor: Actor,
    upload_id: UUID,
    offset: int,
    size: int,
    stream: BinaryIO,
    checksum: uploads.Checksum | None = None,
) -> uploads.UploadView:
    """Takes more of an upload; its last byte makes a draft post of it."""
    author_id = _person(actor)

    def also(asset_id: UUID) -> None:
        draft(author_id, asset_id)

    with _known_as_its_post():
        return uploads.append(upload_id, offset, size, stream, checksum, also)


@contextmanager
def _known_as_its_post() -> Iterator[None]:
    """Adds to the refusal of a file that was brought before the post that it became."""
    try:
        yield
    except media.Duplicate as again:
        known = Post.objects.filter(asset=again.asset_id).exclude(state=PostState.DELETED).first()
        if known is None:
            raise
        facts = {"post_id": str(known.pk), "post_title": known.title}
        raise media.Duplicate(again.asset_id, **facts) from again


def draft(author_id: UUID, asset_id: UUID, lane: str = "lesson") -> UUID:
    """A new draft post of an original; answers its id. In the transaction at hand."""
    now = clock.now()
    row = Post.objects.create(
        number=moves.next_number("number"),
        author_id=author_id,
        lane=lane,
        asset_id=asset_id,
        created_at=now,
        updated_at=now,
    )
    return row.pk


def autosave(post_id: UUID, changes: Changes) -> None:
    """Saves what an author changed in a draft. Versions that were cut before stay as they are; who
    may see a public post changes at once."""
    with transaction.atomic():
        row = moves.locked(post_id)
        shown_to = row.visibility
        for name in ("title", "text", "script", "lane", "visibility", "cover_ms"):
            value = getattr(changes, name)
            if value is not None:
                setattr(row, name, value)
        if changes.tracks is not None:
            row.tracks = tracks.to_row(changes.tracks)
        if changes.drop_cover:
            row.cover_ms = None
        if changes.edits is not None:
            row.edits = changes.edits.to_json()
        _fits(row)
        row.updated_at = clock.now()
        row.save(
            update_fields=[
                "title", "text", "script", "lane", "visibility", "tracks", "edits", "cover_ms",
                "updated_at",
            ]
        )  # fmt: skip
        if row.visibility != shown_to and row.state in (PostState.PUBLIC, PostState.HELD):
            audit.record("show_to", _POST, post_id, by=row.author_id, visibility=row.visibility)
            if row.current_id:
                moves.revise([row.current_id])  # it may be played from elsewhere now
            events.tell(
                VisibilityChanged(
                    post_id=post_id, author_id=row.author_id, visibility=row.visibility
                )
            )


def set_captions(
    post_id: UUID, source: str, language: str = "en", spoken: bool | None = None
) -> None:
    """Gives a draft captions in a language, from WebVTT or SRT in the clock of the clip as it is
    edited: read, and written anew without what nobody would examine. `spoken` says whether that is
    what is said in the clip; None leaves it.
    """
    words = captions.read(source)
    tag = captions.language(language)
    with transaction.atomic():
        row = moves.locked(post_id)
        have = tracks.from_row(row.tracks)
        before = tracks.find(have, tag)
        if before is None and len(have) >= tracks.MOST:
            raise Invalid(
                "too_many_languages",
                f"A clip has captions in at most {tracks.MOST} languages. Take one away first.",
            )
        clean = captions.kept(words, EditList.from_json(row.edits)).to_webvtt()
        asset_id = media.store_captions(row.author_id, clean)
        autosave(post_id, Changes(tracks=tracks.with_track(have, tag, asset_id, spoken)))
        if before is not None:
            _forget_captions(row, before.asset_id)


def listen(post_id: UUID, *, aligned: bool) -> None:
    """Has a draft's clip listened to, with its typed script or by a recogniser: captions are
    proposed of it, and stay a proposal until they are given to `set_captions`."""
    with transaction.atomic():
        row = moves.locked(post_id)
        if row.asset_id is None:
            raise NotFound("clip")
        speech.ask(row.asset_id, row.script if aligned else None)


def drop_captions(post_id: UUID, language: str = "en") -> None:
    """Takes a draft's captions in a language away; where there are none, nothing happens."""
    tag = captions.language(language)
    with transaction.atomic():
        row = moves.locked(post_id)
        have = tracks.from_row(row.tracks)
        before = tracks.find(have, tag)
        if before is not None:
            autosave(post_id, Changes(tracks=tracks.without(have, tag)))
            _forget_captions(row, before.asset_id)


def mark_spoken(post_id: UUID, language: str, *, spoken: bool) -> None:
    """Says that a draft's captions in a language are of what is spoken, or that they are not."""
    tag = captions.language(language)
    with transaction.atomic():
        have = tracks.from_row(moves.locked(post_id).tracks)
        found = tracks.find(have, tag)
        if found is None:
            raise NotFound("captions")
        if found.spoken != spoken:
            autosave(post_id, Changes(tracks=tracks.with_spoken(have, tag if spoken else None)))


def _forget_captions(row: Post, asset_id: UUID) -> None:
    """Forgets a draft's track that no version was cut with."""
    cut = row.versions.values_list("tracks", flat=True)
    if not any(tracks.find_asset(tracks.from_row(kept), asset_id) for kept in cut):
        media.discard(asset_id)


def set_cover(post_id: UUID, at_ms: int) -> None:
    """Chooses the moment, in ms of the edited clip, whose picture stands for a draft's clip. A
    version keeps the one that it was cut with."""
    with transaction.atomic():
        row = moves.locked(post_id)
        if wrong := rules.cover_fits(at_ms, _length_ms(row)):
            raise Invalid(wrong.code, wrong.because, field="at_ms")
        _forget_cover(row)
        autosave(post_id, Changes(cover_ms=at_ms))
        if render := _rendered(row):
            covers.ensure(render.id, at_ms)


def drop_cover(post_id: UUID) -> None:
    """Leaves a draft's cover to the house again."""
    with transaction.atomic():
        row = moves.locked(post_id)
        autosave(post_id, Changes(drop_cover=True))
        _forget_cover(row)


def _length_ms(row: Post) -> int | None:
    known = clips.assets([row.asset_id]) if row.asset_id else {}
    length_ms = next((each.duration_ms for each in known.values()), None)
    return EditList.from_json(row.edits).edited_ms(length_ms) if length_ms else length_ms


def _rendered(row: Post) -> RenderView | None:
    return clips.render_of(row.asset_id, EditList.from_json(row.edits)) if row.asset_id else None


def _forget_cover(row: Post) -> None:
    """Forgets a draft's cover that no version was cut with."""
    render = _rendered(row)
    if row.cover_ms is None or render is None:
        return
    if not row.versions.filter(cover_ms=row.cover_ms, render=render.id).exists():
        covers.forget(render.id, row.cover_ms)


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise NotFound("studio")
    return actor.user_id


def _fits(row: Post) -> None:
    if row.lane not in LANES:
        raise Invalid(
            "no_such_lane",
            f"There is no lane “{row.lane[:40]}”. Choose lesson, patient_story, humour or "
            "off_duty.",
        )
    if row.visibility not in Post.Visibility.values:
        raise Invalid(
            "no_such_visibility",
            f"Nothing is called “{row.visibility[:40]}” here. Choose public, followers or "
            "unlisted.",
        )
    if wrong := rules.words_fit(row.title, row.text, row.script):
        raise Invalid(wrong.code, wrong.because)
