"""Uploads that may break off and go on: begun, sent on, finished, given up.

What is here is sealed part by part as it comes, each synced before it is counted, so that no break
and no kill loses what was acknowledged. Two that send the same bytes at once both seal them; the
first to count them wins. Finishing joins the parts without copying them.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import BinaryIO, Protocol, cast
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Sum

from wardcast.gate.errors import FileRefused
from wardcast.gate.sniff import HEAD_BYTES, sniff
from wardcast.media import actions, rules
from wardcast.media.models import Part, Upload
from wardcast.platform import clock, config, jobs, vault
from wardcast.platform.http import Conflict, Invalid, NotFound, Refused, TooLarge, TooMany

EXPIRE = "media.expire"
PIECE = 16 * 1024 * 1024
"""An upload is counted at least every so many bytes: a kill loses no more than that."""
PIECE_SECONDS = 5.0
"""And at least so often, for a slow line fills a piece in minutes."""
SETTLE_SECONDS = 1.0
"""So long the question how far an upload is waits for a request that is still being read. Mostly
its connection is gone, and what lies in the kernel's buffers would have to be sent again."""
MOST_PARTS = 4096
"""Each break leaves a part; more of them than this are no connection that breaks."""


class Hash(vault.Hash, Protocol):
    """A hash of bytes, as `hashlib` makes them."""

    def digest(self) -> bytes:
        """The hash of all that was taken."""

    def hexdigest(self) -> str:
        """The same in hex."""

    def copy(self) -> "Hash":
        """Another that goes on from here."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the sender says the bytes of one request hash to; `hash` is a fresh one of that kind."""

    hash: Hash
    expected: bytes


@dataclass(frozen=True, slots=True)
class UploadView:
    """An upload: `offset` of `length` bytes are here."""

    id: UUID
    name: str
    metadata: str
    length: int
    offset: int
    created_at: datetime
    expires_at: datetime
    finished: bool


def begin(owner_id: UUID, name: str, length: int | None, metadata: str = "") -> UploadView:
    """Opens an upload of so many bytes; nothing of it is here yet.

    Guards: the size; a sandbox to look at it in; what its owner has open already.
    """
    if wrong := rules.size_fits(length, config.current().max_upload_bytes):
        raise Refused(wrong.code, wrong.because, status=wrong.status)
    actions.need_a_sandbox()
    now = clock.now()
    with transaction.atomic():
        get_user_model().objects.select_for_update().filter(pk=owner_id).first()
        _fits_quota(owner_id, length or 0)
        row = Upload.objects.create(
            owner_id=owner_id,
            name=rules.display_name(name),
            metadata=metadata,
            length=length or 0,
            created_at=now,
            expires_at=_until(now),
        )
        jobs.start(EXPIRE, subject=row.pk, due=row.expires_at)
    return _view(row)


def stands(upload_id: UUID) -> UploadView:
    """How far an upload is, once what has arrived of a request that broke off is counted; raises
    `NotFound`. One that is still being sent is not waited for long."""
    vault.settles(upload_id, within=SETTLE_SECONDS)
    return view(upload_id)


def view(upload_id: UUID) -> UploadView:
    """An upload; raises `NotFound`."""
    row = Upload.objects.filter(pk=upload_id).first()
    if row is None:
        raise NotFound("upload")
    return _view(row)


def unfinished(owner_id: UUID) -> list[UploadView]:
    """What somebody has begun and not finished, the latest first."""
    rows = Upload.objects.filter(
        owner=owner_id, finished_at=None, offset__gt=0, expires_at__gt=clock.now()
    )
    return [_view(row) for row in rows.order_by("-created_at")]


def must_be_open(upload: UploadView) -> None:
    """Raises `Refused` (410) for one whose time is over."""
    if not upload.finished and upload.expires_at <= clock.now():
        raise Refused(
            "upload_expired",
            f"{upload.name} was not gone on with for too long, so what had come was destroyed. "
            "Send the file again.",
            status=410,
        )


def append(
    upload_id: UUID,
    offset: int,
    size: int,
    stream: BinaryIO,
    checksum: Checksum | None = None,
    also: Callable[[UUID], None] = lambda _: None,
) -> UploadView:
    """Takes `size` bytes that begin at `offset`; answers how far the upload is.

    Where the stream ends too soon, what came is kept, unless a checksum was promised: then all of
    it counts or nothing. The last byte finishes the upload: then it is an original like any other,
    `also` included, or it is refused and nothing of it stays. Raises `Conflict` when the bytes do
    not begin where the upload stands, also when somebody else sent them meanwhile.
    """
    row = Upload.objects.filter(pk=upload_id).first()
    if row is None:
        raise NotFound("upload")
    must_be_open(_view(row))
    if offset != row.offset or row.finished_at:
        raise _elsewhere(row.offset)
    if offset + size > row.length:
        raise TooLarge(
            "more_than_declared",
            f"The upload was declared with {row.length:,} bytes, and this would go past its end. "
            "Nothing was kept of it; begin anew with the right length.",
        )
    if row.parts.count() >= MOST_PARTS:
        forget(row.pk)
        raise TooLarge(
            "too_many_parts",
            "The upload came in too many small parts and was given up. Send it in larger ones.",
        )
    body = _Body(stream, size)
    if offset == 0 and size >= min(HEAD_BYTES, row.length):
        _must_be_a_clip(row, body.peek(HEAD_BYTES))
    with vault.busy(row.pk):
        while body.left and not body.broken and row.finished_at is None:
            _take(row, body, checksum, also)
    if checksum and body.broken:
        raise actions.cut_off()
    return _view(row)


def forget(upload_id: UUID) -> None:
    """Destroys what is here of an upload that was not finished; twice is fine."""
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=upload_id, finished_at=None).first()
        if row is None:
            return
        row.delete()
        vault.destroy(upload_id)
    _running.drop(upload_id)


def expire(upload_id: UUID) -> None:
    """Destroys an unfinished upload whose time is over, and of a finished one what breaks have
    left. One that went on meanwhile gets its time."""
    row = Upload.objects.filter(pk=upload_id).first()
    if row is None:
        return
    if row.expires_at > clock.now():
        jobs.start(EXPIRE, subject=row.pk, due=row.expires_at)
    elif row.finished_at is None:
        forget(row.pk)
    else:
        actions.tidy(row.pk)
        row.delete()


def _fits_quota(owner_id: UUID, length: int) -> None:
    house = config.current()
    mine = Upload.objects.filter(owner=owner_id, finished_at=None, expires_at__gt=clock.now())
    wrong = rules.may_begin(
        mine.count(),
        mine.aggregate(all=Sum("length"))["all"] or 0,
        length,
        most_open=house.open_uploads,
        most_bytes=house.open_upload_bytes,
    )
    if wrong:
        kind = TooMany if wrong.status == TooMany.status else TooLarge
        raise kind(wrong.code, wrong.because)


def _until(now: datetime) -> datetime:
    return now + timedelta(hours=config.current().upload_hours)


def _elsewhere(offset: int) -> Conflict:
    return Conflict(
        "wrong_offset",
        f"The upload stands at {offset:,} bytes, and what was sent begins elsewhere. "
        "Ask where it stands, then go on from there.",
        offset=offset,
    )


def _must_be_a_clip(row: Upload, head: bytes) -> None:
    if len(head) < min(HEAD_BYTES, row.length):
        return  # the connection broke before there was enough to judge by
    try:
        sniff(head)
    except FileRefused as refused:
        forget(row.pk)
        raise Invalid(refused.code, refused.detail) from refused


def _take(
    row: Upload, body: "_Body", checksum: Checksum | None, also: Callable[[UUID], None]
) -> None:
    """Seals the next piece of a request and counts it; the row is as far afterwards as it got."""
    whole = _running.of(row.pk, row.offset)
    hashes = [each for each in (whole, checksum.hash if checksum else None) if each]
    piece = body.piece(body.left if checksum else PIECE, whole=checksum is not None)
    if not piece.peek(1):
        return
    try:
        ref, size = vault.seal_part(row.pk, cast(BinaryIO, piece), hashes)
    except FileNotFoundError as error:  # it was given up meanwhile, and its folder is gone
        raise NotFound("upload") from error
    try:
        if checksum:
            _must_match(checksum, body)
        if row.offset + size == row.length:
            _finish(row, ref, size, whole, also)
        else:
            _count(row, ref, size)
    except BaseException:
        vault.remove(ref)
        raise
    if whole and row.finished_at is None:
        _running.keep(row.pk, row.offset, whole)


def _must_match(checksum: Checksum, body: "_Body") -> None:
    if body.broken:
        raise actions.cut_off()
    if checksum.hash.digest() != checksum.expected:
        raise Refused(
            "checksum_mismatch",
            "The bytes that arrived are not those that were sent, so they were not kept. "
            "Send them again.",
            status=460,
        )


def _count(row: Upload, ref: str, size: int) -> None:
    """Counts a sealed part, unless somebody else has counted these bytes."""
    now = clock.now()
    with transaction.atomic():
        _move(row, size, expires_at=_until(now))
        Part.objects.create(upload=row, start=row.offset, size=size, ref=ref)
    row.offset += size
    row.expires_at = _until(now)


def _move(row: Upload, size: int, **also: datetime) -> None:
    moved = Upload.objects.filter(pk=row.pk, offset=row.offset, finished_at=None).update(
        offset=row.offset + size, **also
    )
    if not moved:
        now_at = Upload.objects.filter(pk=row.pk).values_list("offset", flat=True).first()
        if now_at is None:  # sealing has made it a key again
            vault.destroy(row.pk)
            raise NotFound("upload")
        raise _elsewhere(now_at)


def _finish(
    row: Upload, ref: str, size: int, whole: Hash | None, also: Callable[[UUID], None]
) -> None:
    """Makes an original of the parts and the last one. Until it is one, the last is not counted:
    so a kill in between leaves an upload to go on with."""
    before = list(row.parts.order_by("start").values_list("ref", "size"))
    parts = [*before, (ref, size)]
    if sum(each for _, each in parts) != row.length:
        raise _elsewhere(Upload.objects.values_list("offset", flat=True).get(pk=row.pk))
    joined = vault.join(row.pk, parts) if before else ref
    try:
        _must_be_a_clip(row, vault.read(joined, 0, HEAD_BYTES))
        digest = whole.hexdigest() if whole else _digest(row.pk, joined)
        _keep(row, vault.Sealed(joined, row.length, digest), size, also)
    except BaseException:
        if joined != ref:
            vault.remove(joined)
        raise


def _keep(row: Upload, sealed: vault.Sealed, size: int, also: Callable[[UUID], None]) -> None:
    now = clock.now()
    try:
        with transaction.atomic():
            _move(row, size, expires_at=_until(now), finished_at=now)
            row.parts.all().delete()
            actions.keep_original(row.pk, row.owner_id, row.name, sealed)
            also(row.pk)
    except actions.Duplicate:
        forget(row.pk)
        raise
    except IntegrityError as error:  # the same file twice at once
        forget(row.pk)
        actions.refuse_duplicate(row.owner_id, sealed.sha256)
        raise error
    _running.drop(row.pk)
    row.offset, row.finished_at, row.expires_at = row.length, now, _until(now)


def _digest(upload_id: UUID, ref: str) -> str:
    """The SHA-256 of what lies sealed, read from where this process has last hashed it."""
    start, running = _running.furthest(upload_id)
    with vault.open(ref) as stream:
        stream.seek(start)
        while chunk := stream.read(vault.CHUNK):
            running.update(chunk)
    return running.hexdigest()


class _Running:
    """Hashes of uploads that this process saw from the start, each with how far it reaches: reading
    them again to hash them would cost as much as receiving them."""

    MOST = 64

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[UUID, tuple[int, Hash]] = OrderedDict()

    def of(self, upload_id: UUID, offset: int) -> Hash | None:
        """A hash of all bytes before `offset`, to go on with; None when it reaches elsewhere."""
        if offset == 0:
            return hashlib.sha256()
        reaches, found = self.furthest(upload_id)
        return found if reaches == offset else None

    def furthest(self, upload_id: UUID) -> tuple[int, Hash]:
        """How far the hash of an upload reaches, and the hash."""
        with self._lock:
            reaches, found = self._kept.get(upload_id) or (0, hashlib.sha256())
            return reaches, found.copy()

    def keep(self, upload_id: UUID, offset: int, found: Hash) -> None:
        """Keeps the hash of all bytes before `offset`."""
        with self._lock:
            self._kept[upload_id] = (offset, found)
            self._kept.move_to_end(upload_id)
            while len(self._kept) > self.MOST:
                self._kept.popitem(last=False)

    def drop(self, upload_id: UUID) -> None:
        """Forgets an upload that is finished or given up."""
        with self._lock:
            self._kept.pop(upload_id, None)


_running = _Running()


class _Body:
    """The body of one request, cut into pieces; knows whether it ended too soon."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._ahead = b""
        self._unread = size
        self.broken = False

    @property
    def left(self) -> int:
        """Bytes that are still to come."""
        return self._unread + len(self._ahead)

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read; fewer where the body ends or breaks off."""
        while len(self._ahead) < size and (chunk := self._receive(size - len(self._ahead))):
            self._ahead += chunk
        return self._ahead[:size]

    def read(self, size: int) -> bytes:
        """Some of the next bytes, none at the end or once the connection broke."""
        if self._ahead:
            given, self._ahead = self._ahead[:size], self._ahead[size:]
            return given
        return self._receive(size)

    def piece(self, size: int, *, whole: bool) -> "_Piece":
        """The next so many bytes as a stream of their own: fewer, unless it must be whole, where
        they come slowly."""
        return _Piece(self, size, whole=whole)

    def _receive(self, size: int) -> bytes:
        if self.broken or not min(size, self._unread):
            return b""
        try:
            chunk = self._stream.read(min(size, self._unread))
        except OSError:  # the connection is gone
            chunk = b""
        self.broken = not chunk
        self._unread -= len(chunk)
        return chunk


class _Piece:  # all that sealing needs of a stream
    """Some bytes of a body."""

    def __init__(self, body: _Body, size: int, *, whole: bool) -> None:
        self._body = body
        self._whole = whole
        self._left = size
        self._until = time.monotonic() + PIECE_SECONDS

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read."""
        return self._body.peek(min(size, self._left))

    def read(self, size: int = -1) -> bytes:
        """The next bytes, none at the end or once the time for a piece is over."""
        if self._until < time.monotonic() and not self._whole:
            return b""
        given = self._body.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(given)
        return given


def _view(row: Upload) -> UploadView:
    return UploadView(
        row.pk, row.name, row.metadata, row.length, row.offset, row.created_at, row.expires_at,
        row.finished_at is not None,
    )  # fmt: skip
