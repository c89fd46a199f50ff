"""What is done with clips: take them in, render them, make them public, take them back."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import BinaryIO, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Q

from wardcast.gate import sandbox
from wardcast.gate.credentials import Statement
from wardcast.gate.edits import NO_EDITS, EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.plan import POSTER
from wardcast.gate.sniff import HEAD_BYTES, sniff
from wardcast.media import copying, covers, late, rules, shareables, speech
from wardcast.media.models import Asset, Intake, Publication, Render, Shareable, Upload
from wardcast.media.sealed import part_key, render_keys
from wardcast.media.values import CAPTIONS_FILE, PublicTrack
from wardcast.platform import clock, config, jobs, storage, vault
from wardcast.platform.http import Conflict, Invalid, Refused, Unavailable
from wardcast.platform.ids import new_id, public_id

PROBE = "media.probe"
RENDER = "media.render"
SWEEP = "media.sweep"
MIRROR = "media.mirror"
STALE = timedelta(hours=2)
"""After this long an upload or a copying that did not end is taken for broken off."""


class Duplicate(Conflict):
    """The owner has brought this very file before, as `asset_id`."""

    def __init__(self, asset_id: UUID, **extra: str) -> None:
        super().__init__(
            "duplicate_upload",
            "You have uploaded this very file before. Go on with that clip, or choose another.",
        )
        self.extra.update(extra)
        self.asset_id = asset_id


def receive(
    owner_id: UUID,
    name: str,
    declared_size: int | None,
    stream: BinaryIO,
    also: Callable[[UUID], None] = lambda _: None,
) -> UUID:
    """Takes an original in and starts looking at it; answers its id.

    Guards: the declared size; a sandbox to look at it in; the first bytes. Then the bytes go sealed
    into the vault as they come. It is saved, `also` included, before this returns; where it raises,
    nothing stays. Raises `Duplicate` for a file that this owner has brought before.
    """
    if wrong := rules.size_fits(declared_size, config.current().max_upload_bytes):
        raise Refused(wrong.code, wrong.because, status=wrong.status)
    need_a_sandbox()
    asset_id = new_id()
    _sweep_later()
    Intake.objects.create(id=asset_id, started_at=clock.now())
    try:
        sealed = vault.seal(asset_id, cast(BinaryIO, _Whole(stream, declared_size or 0)))
        with transaction.atomic():
            keep_original(asset_id, owner_id, rules.display_name(name), sealed)
            also(asset_id)
            Intake.objects.filter(pk=asset_id).delete()
    except IntegrityError as error:  # the same file twice at once
        forget_intake(asset_id)
        refuse_duplicate(owner_id, sealed.sha256)
        raise error
    except BaseException:
        forget_intake(asset_id)
        raise
    return asset_id


def keep_original(asset_id: UUID, owner_id: UUID, name: str, sealed: vault.Sealed) -> None:
    """Notes that an original is here and starts looking at it, in the transaction at hand. Raises
    `Duplicate` for a file that this owner has brought before."""
    refuse_duplicate(owner_id, sealed.sha256)
    Asset.objects.create(
        id=asset_id,
        owner_id=owner_id,
        kind=Asset.Kind.ORIGINAL,
        name=name,
        size=sealed.size,
        sha256=sealed.sha256,
        sealed_ref=sealed.ref,
        created_at=clock.now(),
    )
    jobs.start(PROBE, subject=asset_id, owner=owner_id)


def forget_intake(asset_id: UUID) -> None:
    """Removes what an upload that broke off has left."""
    vault.destroy(asset_id)
    Intake.objects.filter(pk=asset_id).delete()


def tidy(asset_id: UUID) -> None:
    """Removes what broken connections have left beside an original."""
    ref = Asset.objects.filter(pk=asset_id).values_list("sealed_ref", flat=True).first()
    if ref:
        vault.keep_only(ref)


def store_captions(owner_id: UUID, webvtt: str) -> UUID:
    """Keeps a caption track, sealed, in the transaction at hand. The text must have been parsed."""
    data = webvtt.encode()
    asset_id = new_id()
    sealed = vault.put(asset_id, data)
    Asset.objects.create(
        id=asset_id,
        owner_id=owner_id,
        kind=Asset.Kind.CAPTIONS,
        name=CAPTIONS_FILE,
        size=sealed.size,
        sha256=sealed.sha256,
        sealed_ref=sealed.ref,
        state=Asset.State.READY,
        created_at=clock.now(),
    )
    return asset_id


def ensure_render(asset_id: UUID, edits: EditList = NO_EDITS) -> UUID:
    """The render of this original with these edits; starts the work if it was never asked for, or
    anew if it failed through no fault of the file. In the transaction at hand."""
    text = edits.to_json()
    asset = Asset.objects.get(pk=asset_id)
    row, new = Render.objects.get_or_create(
        asset=asset,
        edits_hash=sha256(text.encode()).hexdigest(),
        defaults={"edits": text, "created_at": clock.now()},
    )
    if new or reopen(row):
        jobs.start(RENDER, subject=row.pk, owner=asset.owner_id)
    return row.pk


def reopen(row: Render | None) -> bool:
    """Takes back that a render failed, if it was through no fault of the file; says whether so."""
    if row is None or (row.state, row.failure_code) != (Render.State.FAILED, jobs.OURS):
        return False
    row.state = Render.State.LOWEST_READY if row.variants else Render.State.WAITING
    row.failure_code, row.failure_detail = "", ""
    row.save(update_fields=["state", "failure_code", "failure_detail"])
    return True


def publish(
    render_id: UUID,
    version_id: UUID,
    tracks: Sequence[PublicTrack],
    statement: Statement,
    cover_ms: int | None = None,
) -> None:
    """Copies a ready render's files into the public store, each proven to be what was rendered; the
    MP4 is signed with `statement`, and the poster is the cover that was chosen.

    Call it outside a transaction: copying takes time. Twice is as good as once. Nothing leads to
    the folder until `go_live`; what a kill leaves is swept. Raises `Mismatch`, `CannotSign` and,
    where the cover is not taken yet, `Conflict`.
    """
    cover = covers.taken(render_id, cover_ms) if cover_ms is not None else None
    _sweep_later()
    row, _ = Publication.objects.get_or_create(
        version_id=version_id,
        defaults={
            "render_id": render_id,
            "folder": public_id(),
            "tracks": [[each.language, each.spoken, each.file] for each in tracks],
            "created_at": clock.now(),
        },
    )
    if row.state == Publication.State.COPYING:
        render = Render.objects.get(pk=render_id)
        if cover is not None:
            render.files = {**render.files, POSTER: asdict(cover)}
        storage.publish(copying.copies(render, tracks, statement), row.folder)
        copying.note_copied(row, render)


def go_live(version_id: UUID) -> None:
    """Notes that the published files are a version's, in the transaction at hand."""
    row = Publication.objects.select_for_update().get(version_id=version_id)
    if row.state == Publication.State.COPYING:
        row.state, row.published_at = Publication.State.LIVE, clock.now()
        row.save(update_fields=["state", "published_at"])
        late.take_in_later(row)


def unpublish(version_id: UUID) -> None:
    """Discards files that were copied for a version which may not be published after all.

    Where the version was published and withdrawn while they were copied, they go the same way.
    """
    for row in Publication.objects.filter(version_id=version_id):
        if row.state == Publication.State.COPYING:
            storage.discard(row.folder)
            row.delete()
        elif row.state == Publication.State.WITHDRAWN:
            _take_away(row)


def withdraw(version_id: UUID) -> None:
    """Takes a version's public files away at once, and what was made of it to share; twice is fine.

    They go before the transaction ends: should it fail, they are missed and put back by the sweep,
    which is the safe way round.
    """
    for row in Publication.objects.filter(version_id=version_id, state=Publication.State.LIVE):
        row.state, row.withdrawn_at = Publication.State.WITHDRAWN, clock.now()
        row.save(update_fields=["state", "withdrawn_at"])
        _take_away(row)
    forget_shareables(version_id)


def restore(version_id: UUID) -> None:
    """Puts a version's withdrawn files back under the same address. Call it last in a
    transaction."""
    for row in Publication.objects.filter(version_id=version_id, state=Publication.State.WITHDRAWN):
        row.state, row.withdrawn_at = Publication.State.LIVE, None
        row.save(update_fields=["state", "withdrawn_at"])
        put_back(row)
        late.take_in_later(row)


def _take_away(row: Publication) -> None:
    if not storage.withdraw(row.folder):
        jobs.start(MIRROR, subject=row.pk, payload={"folder": row.folder})


def put_back(row: Publication) -> None:
    """Puts a publication's files back; a bucket gets them a little later, for that takes long."""
    storage.restore(row.folder)
    if config.current().store:
        jobs.start(MIRROR, subject=row.pk, payload={"folder": row.folder})


def discard(asset_id: UUID) -> None:
    """Destroys the keys of an original or caption track and of all its renders, and forgets them.

    What was published of it stays in the public store: withdraw it first.
    """
    of_it = Q(render__asset=asset_id) | Q(captions=asset_id)
    shareables.forget(Shareable.objects.filter(of_it))
    for row in Render.objects.select_related("asset").filter(asset=asset_id):
        covers.forget_all(row.pk)
        for key in keys_of(row):
            vault.destroy(key)
    vault.destroy(part_key(asset_id, "tags"))
    speech.forget(asset_id)
    vault.destroy(asset_id)
    Upload.objects.filter(pk=asset_id).delete()
    Asset.objects.filter(pk=asset_id).delete()


def keys_of(row: Render) -> list[UUID]:
    """Every vault key that a render may have sealed under."""
    probe = row.asset.probe
    return render_keys(row.pk, min(probe["width"], probe["height"]) if probe else None)


def discard_public(version_id: UUID) -> None:
    """Deletes a version's files from the public store for good."""
    for row in Publication.objects.filter(version_id=version_id):
        storage.discard(row.folder)
        row.delete()
    forget_shareables(version_id)


def forget_shareables(version_id: UUID) -> None:
    """Destroys what was made of a version to share elsewhere."""
    shareables.forget(Shareable.objects.filter(version_id=version_id))


def _sweep_later() -> None:
    """Whatever begins now and is killed is swept once it is stale. One sweep an hour."""
    hour = int(clock.now().timestamp()) // 3600 + 1
    jobs.start(
        SWEEP,
        subject=_SWEEP,
        job_id=uuid5(_SWEEP, str(hour)),
        due=datetime.fromtimestamp(hour * 3600, UTC) + STALE,
    )


_SWEEP = uuid5(NAMESPACE_URL, SWEEP)


def need_a_sandbox() -> None:
    """Raises `Unavailable` where no clip could be looked at safely."""
    status = sandbox.detect()
    if not status.may_decode:
        raise Unavailable(
            "no_sandbox",
            "This house takes no clips now: it has no sandbox to look at them in safely. "
            "Ask whoever runs it to call `wardcast doctor`, which says what to install.",
        )


def refuse_duplicate(owner_id: UUID, digest: str) -> None:
    """Raises `Duplicate` for an original (SHA-256, hex) that this owner has brought before."""
    known = Asset.objects.filter(owner=owner_id, sha256=digest, kind=Asset.Kind.ORIGINAL).first()
    if known is not None:
        raise Duplicate(known.pk)


def cut_off() -> Invalid:
    """What is said when a body ends before it is whole."""
    return Invalid(
        "upload_cut_off",
        "The upload broke off before the whole file was here, so nothing was kept. "
        "Send the file again.",
    )


class _Whole:  # all that sealing needs of a stream
    """An upload's stream that must begin like a clip and be as long as was declared."""

    def __init__(self, stream: BinaryIO, declared: int) -> None:
        self._stream = stream
        self._left = declared
        self._head: bytes | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises `Refused` when they are not a clip's or end too soon."""
        if self._head is None:
            self._head = self._take(HEAD_BYTES)
            try:
                sniff(self._head)
            except FileRefused as refused:
                raise Invalid(refused.code, refused.detail) from refused
        if self._head:
            given, self._head = self._head[:size], self._head[size:] if size >= 0 else b""
            return given
        return self._next(size)

    def _take(self, size: int) -> bytes:
        head = b""
        while len(head) < size and (chunk := self._next(size - len(head))):
            head += chunk
        return head

    def _next(self, size: int) -> bytes:
        if not self._left:
            return b""
        try:
            chunk = self._stream.read(min(size, self._left) if size >= 0 else self._left)
        except OSError as error:  # the connection is gone
            raise cut_off() from error
        if not chunk:
            raise cut_off()
        self._left -= len(chunk)
        return chunk
