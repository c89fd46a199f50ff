"""What is done with posts: drafted, cut into versions, cleared, published, held, withdrawn.

Each write is whole in one function: guard, lock, write, tell. Versions never change but in state.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wardcast.gate.edits import EditList
from wardcast.media import actions as media
from wardcast.media import covers
from wardcast.media import queries as clips
from wardcast.media.values import AssetView
from wardcast.notify import actions as notify
from wardcast.platform import audit, clock, events
from wardcast.platform.http import Conflict, Invalid, NotFound
from wardcast.platform.jobs import OURS
from wardcast.posts import captions, credentials, moves, rules, tracks, verdicts
from wardcast.posts.events import (
    PostDeleted,
    PostHeld,
    PostPublished,
    PostRestored,
    ReachChanged,
    VersionCleared,
    VersionCut,
    VersionObjected,
)
from wardcast.posts.models import Clearance, Post, Standing, Version
from wardcast.posts.rules import VERSIONS, Gate, PostState, VersionState
from wardcast.posts.tracks import Tracks
from wardcast.posts.values import Published

POST = "posts.post"
VERSION = "posts.version"


def cut(post_id: UUID) -> UUID:
    """Cuts a new, immutable version of a draft, starts its render and has it examined; answers its
    id.

    The working version before it is superseded and can never be published, unless it is public.
    Raises Conflict `already_submitted` when nothing changed since; but a render that failed through
    no fault of the file is begun anew.
    """
    with transaction.atomic():
        row = moves.locked(post_id)
        if wrong := rules.can_be_cut(row.title):
            raise Invalid(wrong.code, wrong.because, field="title")
        asset = _original(row)
        digest = _hash(row, asset.sha256)
        before = row.working
        edits = EditList.from_json(row.edits)
        if before is not None and (before.hash, before.lane) == (digest, row.lane):
            return _begun_anew(before, edits)
        if before is not None:
            moves.supersede(before)
        render = clips.render(media.ensure_render(asset.id, edits))
        if row.cover_ms is not None:
            covers.ensure(render.id, row.cover_ms)
        version = Version.objects.create(
            post=row,
            number=(before.number if before else 0) + 1,
            serial=moves.next_number("serial"),
            hash=digest,
            state=VersionState.DRAFT,
            asset_id=asset.id,
            edits=row.edits,
            title=row.title.strip(),
            text=row.text,
            script=row.script,
            tracks=row.tracks,
            cover_ms=row.cover_ms,
            lane=row.lane,
            render_id=render.id,
            render_hash=render.hash,
            created_at=clock.now(),
        )
        Standing.objects.create(version=version)
        moves.move(version, VersionState.CHECKING)
        row.working = version
        row.save(update_fields=["working"])
        events.tell(VersionCut(**moves.of(version), asset_id=asset.id))
    return version.pk


def clear(
    version_id: UUID,
    gate: str,
    verdict: str,
    by: UUID | None,
    note: str = "",
    expires: datetime | None = None,
) -> None:
    """Notes one gate's verdict, bound to the version's words and to the rendered bytes; from
    `expires` on it counts no more.

    A version that is not open any more, or that has not been rendered, cannot be cleared. Once the
    check has cleared it, it is ready; once every gate that its lane needs has, it is cleared; an
    objection stops it, with its note for the author.
    """
    with transaction.atomic():
        row = _open_version(version_id)
        if not row.render_hash:
            raise Conflict(
                "not_rendered",
                "The clip is still being rendered, and what is cleared are its very bytes. "
                "Wait until it is done, then try again.",
            )
        now = clock.now()
        row.clearances.filter(gate=gate, revoked_at=None).update(revoked_at=now)
        Clearance.objects.create(
            version=row,
            version_hash=row.hash,
            render_hash=row.render_hash,
            gate=Gate(gate),
            verdict=Clearance.Verdict(verdict),
            by=by,
            at=now,
            expires_at=expires,
            note=note,
        )
        audit.record("clear", VERSION, version_id, by=by, reason="", gate=gate, verdict=verdict)
        if verdict == Clearance.Verdict.OBJECTED:
            moves.move(row, VersionState.OBJECTED, note)
            events.tell(VersionObjected(**moves.of(row), gate=gate, because=note))
        else:
            _advance(row, Gate(gate))


def revoke(version_id: UUID, gate: str, because: str) -> None:
    """Takes a gate's verdict back; an open version is checked again from there."""
    with transaction.atomic():
        row = Version.objects.select_for_update().get(pk=version_id)
        found = row.clearances.filter(gate=gate, revoked_at=None)
        if not found.update(revoked_at=clock.now()):
            return
        audit.record("revoke", VERSION, version_id, by=None, reason=because, gate=gate)
        if VERSIONS.may(VersionState(row.state), VersionState.CHECKING):
            moves.move(row, VersionState.CHECKING, because)


def move(version_id: UUID, to: str, because: str = "") -> None:
    """Moves a version to a state that may follow its own; raises `IllegalMove` else. Where it is
    already, nothing happens."""
    with transaction.atomic():
        row = Version.objects.select_for_update().get(pk=version_id)
        if row.state != to:
            moves.move(row, VersionState(to), because)


def publish(version_id: UUID, by: UUID) -> Published | rules.Held:
    """Makes a version public if every gate that its lane needs has cleared exactly these bytes.

    Asked twice: before the files are copied, and again in the transaction that makes it public.
    An older public version is withdrawn. Publishing what is public already is fine.
    """
    row = Version.objects.select_related("post").get(pk=version_id)
    if row.state == VersionState.PUBLIC:
        return Published(row.post_id, version_id)
    if held := verdicts.held(row, clock.now()):
        return held
    assert row.render_id is not None
    words = captions.opened(tracks.from_row(row.tracks), EditList.from_json(row.edits))
    media.publish(row.render_id, version_id, words, credentials.statement(row), row.cover_ms)
    with transaction.atomic():
        now = clock.now()  # copying takes time, in which a clearance can expire
        post = Post.objects.select_for_update().get(pk=row.post_id)
        row = Version.objects.select_for_update().select_related("post").get(pk=version_id)
        if row.state == VersionState.PUBLIC:
            return Published(row.post_id, version_id)
        if held := verdicts.held(row, now):
            media.unpublish(version_id)
            return held
        if post.current_id is not None:
            moves.withdraw(Version.objects.get(pk=post.current_id), rules.REPLACED)
        media.go_live(version_id)
        _open_to_all(post, row, now, by)
    return Published(row.post_id, version_id)


def hold(post_id: UUID, by: UUID, reason: str) -> None:
    """Holds a post: its public files go at once, and nobody but its author and moderators sees it.

    The reason is shown to the author.
    """
    _needs(reason)
    with transaction.atomic():
        row = moves.locked(post_id)
        if row.state == PostState.HELD:
            return
        moves.move_post(row, PostState.HELD)
        row.held_reason, row.held_by_id, row.held_at = reason.strip(), by, clock.now()
        row.save(update_fields=["state", "held_reason", "held_by", "held_at"])
        if row.current_id:
            media.withdraw(row.current_id)
            moves.revise([row.current_id])
        audit.record("hold", POST, post_id, by=by, reason=reason)
        event = PostHeld(post_id=post_id, author_id=row.author_id, reason=row.held_reason, by=by)
        events.tell(event)
        notify.tell(
            [row.author_id],
            "held",
            subject=post_id,
            values={"title": _title(row), "reason": row.held_reason},
            event_id=event.event_id,
        )


def restore(post_id: UUID, by: UUID, reason: str = "") -> None:
    """Lets a held post go: it is public again with the same files, or a draft as it was."""
    with transaction.atomic():
        row = moves.locked(post_id)
        if row.state != PostState.HELD:
            return
        public = row.published_at is not None
        moves.move_post(row, PostState.PUBLIC if public else PostState.DRAFT)
        row.held_reason, row.held_by_id, row.held_at = "", None, None
        row.save(update_fields=["state", "held_reason", "held_by", "held_at"])
        audit.record("restore", POST, post_id, by=by, reason=reason)
        event = PostRestored(
            post_id=post_id,
            author_id=row.author_id,
            by=by,
            public=public and row.current_id is not None,
        )
        events.tell(event)
        notify.tell(
            [row.author_id],
            "restored",
            subject=post_id,
            values={"title": _title(row)},
            event_id=event.event_id,
        )
        if row.current_id:
            moves.revise([row.current_id])
            media.restore(row.current_id)


def withdraw(version_id: UUID, because: str) -> None:
    """Takes a public version back: its files go at once. A version that is not public is left as
    it is."""
    with transaction.atomic():
        row = Version.objects.select_for_update().get(pk=version_id)
        if row.state == VersionState.PUBLIC:
            moves.withdraw(row, because)


def set_correction(version_id: UUID, correction: dict[str, Any] | None) -> None:
    """What a correction says about a version, as its cards show it: {notice_id, severity, at,
    headline}."""
    moves.stand(version_id, correction=correction)


def set_label(version_id: UUID, label: str) -> None:
    """A few words that its cards show, such as `rules.NOT_REHEARSED`; empty for none."""
    moves.stand(version_id, label=label)


def set_staged(version_id: UUID, *, staged: bool) -> None:
    """Whether its cards say that a scene in it is staged."""
    if Standing.objects.filter(version=version_id).exclude(staged=staged).exists():
        moves.stand(version_id, staged=staged)


def set_reach(version_id: UUID, reach: int | None) -> None:
    """How many people feeds may show a version to; None for all. Access stays as it is."""
    with transaction.atomic():
        row = Version.objects.select_related("post").get(pk=version_id)
        moves.stand(version_id, reach=reach)
        events.tell(ReachChanged(**moves.of(row), reach=reach))


def delete(post_id: UUID, by: UUID) -> None:
    """Deletes a post: what is public is withdrawn and its files go, every key of what was sealed
    for it is destroyed, its words are wiped. What others keep about it (notices) outlives it."""
    with transaction.atomic():
        row = moves.locked(post_id)
        if row.current_id:
            moves.withdraw(Version.objects.get(pk=row.current_id), "The author deleted it.")
        versions = list(row.versions.all())
        for version in versions:
            if VersionState(version.state).is_open:
                moves.supersede(version)
            media.discard_public(version.pk)
        for asset_id in _assets_of(row, versions):
            media.discard(asset_id)
        row.versions.update(title="", text="", script="", tracks=[])
        row.refresh_from_db()
        moves.move_post(row, PostState.DELETED)
        row.title, row.text, row.script, row.current, row.working = "", "", "", None, None
        row.tracks = []
        row.save(update_fields=["state", "title", "text", "script", "tracks", "current", "working"])
        audit.record("delete", POST, post_id, by=by)
        events.tell(
            PostDeleted(
                post_id=post_id,
                author_id=row.author_id,
                version_ids=tuple(version.pk for version in versions),
            )
        )


def forget_words(version_id: UUID) -> None:
    """Wipes the words of a version that a newer one has replaced before anybody saw it, and its
    captions where nothing else uses them. Others are left as they are."""
    with transaction.atomic():
        row = Version.objects.select_for_update().select_related("post").get(pk=version_id)
        if row.state != VersionState.SUPERSEDED or row.public_at is not None:
            return
        others = row.post.versions.exclude(pk=row.pk)
        used = _assets_of(row.post, others)
        own = {track.asset_id for track in tracks.from_row(row.tracks)}
        row.title, row.text, row.script, row.tracks = "", "", "", []
        row.save(update_fields=["title", "text", "script", "tracks"])
        for asset_id in own - used:
            media.discard(asset_id)


def _needs(reason: str) -> None:
    if wrong := rules.reason_fits(reason):
        raise Invalid(wrong.code, wrong.because, field="reason")


def _original(row: Post) -> AssetView:
    if row.asset_id is None:
        raise NotFound("clip")
    asset = clips.asset(row.asset_id)
    if asset.refusal is not None:
        raise Conflict("clip_refused", asset.refusal.detail)
    return asset


def _hash(row: Post, original: str) -> str:
    return rules.version_hash(
        original=original,
        edits=EditList.from_json(row.edits),
        captions=_captions(tracks.from_row(row.tracks)),
        title=row.title.strip(),
        text=row.text,
        script=row.script,
        cover_ms=row.cover_ms,
    )


def _captions(kept: Tracks) -> list[tuple[str, str, bool]]:
    assets = clips.assets(each.asset_id for each in kept)
    return [(each.language, assets[each.asset_id].sha256, each.spoken) for each in kept]


def _begun_anew(version: Version, edits: EditList) -> UUID:
    assert version.render_id is not None
    render = clips.render(version.render_id)
    if render.failure and render.failure.code == OURS and version.asset_id:
        media.ensure_render(version.asset_id, edits)
        return version.pk
    raise Conflict(
        "already_submitted",
        "Nothing has changed since this clip was last checked. Look at its report, or change "
        "something first.",
        version_id=str(version.pk),
    )


def _open_version(version_id: UUID) -> Version:
    row = Version.objects.select_for_update().select_related("post").filter(pk=version_id).first()
    if row is None:
        raise NotFound("version")
    if not VersionState(row.state).is_open or row.post.working_id != row.pk:
        raise Conflict(
            "not_open",
            "This version is no longer worked on: a newer one has taken its place, or it is "
            "public or withdrawn. Open the post to see where it stands.",
        )
    return row


def _advance(row: Version, gate: Gate) -> None:
    now = clock.now()
    have = rules.cleared_gates(verdicts.bound(row), verdicts.clearances_of(row), now)
    need = verdicts.required(row)
    if gate is Gate.CHECK and row.state == VersionState.CHECKING:
        moves.move(row, VersionState.READY)
    whole = need <= have
    if whole and VERSIONS.may(VersionState(row.state), VersionState.CLEARED):
        moves.move(row, VersionState.CLEARED)
    events.tell(VersionCleared(**moves.of(row), gate=gate.value, all=whole))


def _open_to_all(post: Post, row: Version, now: datetime, by: UUID) -> None:
    moves.move(row, VersionState.PUBLIC)
    first = post.published_at is None
    if post.state != PostState.PUBLIC:
        moves.move_post(post, PostState.PUBLIC)
    published_at = post.published_at or now
    post.current, post.published_at = row, published_at
    post.save(update_fields=["state", "current", "published_at"])
    moves.revise([row.pk])
    audit.record("publish", VERSION, row.pk, by=by, hash=row.hash, render=row.render_hash)
    event = PostPublished(
        **moves.of(row),
        post_number=post.number,
        version_serial=row.serial,
        lane=row.lane,
        visibility=post.visibility,
        published_at=published_at,
        first=first,
        reach=row.standing.reach,
    )
    events.tell(event)
    notify.tell(
        [post.author_id],
        "published",
        subject=post.pk,
        values={"title": row.title},
        event_id=event.event_id,
    )


def _title(row: Post) -> str:
    return row.current.title if row.current else row.title


def _assets_of(row: Post, versions: Iterable[Version]) -> set[UUID]:
    found: set[UUID | None] = {row.asset_id, *(each.asset_id for each in versions)}
    for kept in (row.tracks, *(each.tracks for each in versions)):
        found |= {track.asset_id for track in tracks.from_row(kept)}
    return {each for each in found if each is not None}
