"""Where drafts lie sealed: originals, renders of drafts, captions, findings.

A key per draft (AES-256-GCM), wrapped by the house's master key, which is outside the database and
outside backups. A file is a header and chunks of 64 KiB, each sealed with its number and whether it
is the last, so that chunks cannot be swapped, dropped or cut off unnoticed. Destroying the key
destroys every file under it, backups included.

    header  b"WCV1" | nonce prefix (8 bytes) | plaintext chunks, each + 16 bytes of tag

A nonce is the prefix and the chunk's number (4 bytes). With 64 random bits a file, a draft with a
thousand files meets a repeated prefix with a chance of 3 in 10^14.

What came in parts lies as it came: a list, sealed likewise (b"WCJ1", and the name is part of what
each chunk is sealed with), names the parts and their sizes in order. It is read as one file.
"""

import fcntl
import hashlib
import io
import json
import os
import secrets
import shutil
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from typing_extensions import Buffer

from wardcast.platform import clock, config
from wardcast.platform.files import fsync_folder
from wardcast.platform.models import VaultKey

CHUNK = 64 * 1024
_MAGIC = b"WCV1"
_JOINED = b"WCJ1"
_PREFIX = 8
_HEADER = len(_MAGIC) + _PREFIX
_TAG = 16
_POLL_S = 0.001
_WRITTEN_OUT_EVERY = 32  # chunks


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file: where it lies, the size in bytes and the SHA-256 of what is inside."""

    ref: str
    size: int
    sha256: str


class Hash(Protocol):
    """What is fed with plaintext on its way into the vault."""

    def update(self, data: bytes, /) -> None:
        """Takes the next bytes."""


class Broken(Exception):
    """A sealed file was changed, cut off, or its key is gone."""


def seal(key_id: UUID, stream: BinaryIO) -> Sealed:
    """Seals everything that `stream` gives under the draft's key, made now if there is none.

    When it returns, the file is on the disk and survives a power cut. When the stream fails,
    nothing stays.
    """
    digest = hashlib.sha256()
    ref, size = _seal(key_id, stream, [digest], _MAGIC)
    return Sealed(ref, size, digest.hexdigest())


def seal_part(key_id: UUID, stream: BinaryIO, hashes: Sequence[Hash]) -> tuple[str, int]:
    """Seals a part of something larger: where it lies, and its size in bytes. `hashes` are fed with
    it; the rest is as with `seal`."""
    return _seal(key_id, stream, hashes, _MAGIC)


def join(key_id: UUID, parts: Sequence[tuple[str, int]]) -> str:
    """One name for sealed parts (each with its size) in this order, all under the draft's key.
    Nothing is copied."""
    if any(_key_id(ref) != key_id for ref, _ in parts):
        raise ValueError("parts that lie under another key cannot be joined")
    listed = io.BytesIO(json.dumps(list(parts)).encode())
    ref, _ = _seal(key_id, listed, [], _JOINED)
    return ref


@contextmanager
def busy(key_id: UUID) -> Iterator[None]:
    """Says, to other processes too, that something is on its way in under this key; until it ends
    or is killed."""
    folder = _root() / key_id.hex
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)  # which unlocks it


def settles(key_id: UUID, within: float) -> bool:
    """Waits up to so many seconds until nothing is on its way in under this key any more."""
    try:
        handle = os.open(_root() / key_id.hex, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return True
    deadline = time.monotonic() + within
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(_POLL_S)
    finally:
        os.close(handle)


def _seal(key_id: UUID, stream: BinaryIO, hashes: Sequence[Hash], magic: bytes) -> tuple[str, int]:
    cipher = AESGCM(_key(key_id, make=True))
    folder = _root() / key_id.hex
    folder.mkdir(parents=True, exist_ok=True)
    prefix = secrets.token_bytes(_PREFIX)
    size = 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as out:
        try:
            out.write(magic + prefix)
            for number, last, chunk in _chunks(stream):
                for each in hashes:
                    each.update(chunk)
                size += len(chunk)
                out.write(
                    cipher.encrypt(_nonce(prefix, number), chunk, _about(magic, number, last))
                )
                if number % _WRITTEN_OUT_EVERY == _WRITTEN_OUT_EVERY - 1:
                    _start_writing_out(out.fileno(), number // _WRITTEN_OUT_EVERY)
            out.flush()
            os.fsync(out.fileno())
        except BaseException:
            Path(out.name).unlink()
            raise
    name = secrets.token_hex(16)
    Path(out.name).replace(folder / name)
    fsync_folder(folder)
    return f"{key_id.hex}/{name}", size


def put(key_id: UUID, data: bytes) -> Sealed:
    """Seals bytes that are in memory."""
    return seal(key_id, io.BytesIO(data))


def open(ref: str) -> BinaryIO:  # noqa: A001  # read as `vault.open`
    """A reader that unseals as it goes and can seek. Raises `Broken`."""
    return io.BufferedReader(_reader(ref), buffer_size=CHUNK)


def read(ref: str, start: int = 0, length: int | None = None) -> bytes:
    """Some bytes of a sealed file; only the chunks that hold them are read."""
    with _reader(ref) as reader:
        reader.seek(start)
        if length is None:
            return reader.readall()
        return b"".join(_parts(reader, length))  # a raw reader gives one chunk at a time


def remove(ref: str) -> None:
    """Deletes one sealed file; the key stays, and so do the parts that it joins."""
    _path(ref).unlink(missing_ok=True)


def keep_only(ref: str) -> None:
    """Deletes what else lies under the key of this file and of the parts that it joins. Nothing
    may be on its way in under that key."""
    with _reader(ref) as reader:
        kept = {_path(ref), *(_path(part) for part in reader.parts)}
    for path in _path(ref).parent.iterdir():
        if path not in kept:
            path.unlink(missing_ok=True)


def has_key(key_id: UUID) -> bool:
    """Whether anything may lie sealed under this key."""
    return VaultKey.objects.filter(id=key_id).exists()


def destroy(key_id: UUID) -> None:
    """Destroys the draft's key, then its files: what is left anywhere is noise.

    The files go when the transaction at hand is committed: should it fail, nothing is lost.
    """
    VaultKey.objects.filter(id=key_id).delete()
    _unwrap.cache_clear()
    folder = _root() / key_id.hex
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _reader(ref: str) -> "_Reader | _JoinedReader":
    found = _Reader(ref)
    return _JoinedReader(ref, found) if found.joins else found


class _Reader(io.RawIOBase):
    """Reads plaintext out of a sealed file, one chunk at a time."""

    parts: Sequence[str] = ()

    def __init__(self, ref: str, cipher: AESGCM | None = None) -> None:
        self.cipher = cipher or AESGCM(_key(_key_id(ref), make=False))
        try:
            self._file = _path(ref).open("rb")
        except FileNotFoundError as error:
            raise Broken(f"the sealed file {ref} is gone") from error
        header = self._file.read(_HEADER)
        self._magic = header[: len(_MAGIC)]
        if self._magic not in (_MAGIC, _JOINED):
            raise Broken(f"{ref} is not a sealed file")
        sealed = os.fstat(self._file.fileno()).st_size - _HEADER
        if sealed < _TAG:
            raise Broken(f"the sealed file {ref} was cut off")
        self._prefix = header[len(_MAGIC) :]
        self._count = -(-sealed // (CHUNK + _TAG))
        self._size = sealed - self._count * _TAG
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    @property
    def joins(self) -> bool:
        """Whether it is a list of parts."""
        return self._magic == _JOINED

    @property
    def size(self) -> int:
        """Bytes of plaintext."""
        return self._size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        if self._at >= self._size:
            self._must_end()
            return 0
        number, skip = divmod(self._at, CHUNK)
        chunk = self._chunk(number)[skip : skip + len(view)]
        view[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)

    def close(self) -> None:
        if hasattr(self, "_file"):  # not when opening it is what failed
            self._file.close()
        super().close()

    def _must_end(self) -> None:
        # Opening the last chunk proves that nothing was cut off behind it.
        self._chunk(self._count - 1)

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            self._file.seek(_HEADER + number * (CHUNK + _TAG))
            sealed = self._file.read(CHUNK + _TAG)
            about = _about(self._magic, number, number == self._count - 1)
            try:
                plain = self.cipher.decrypt(_nonce(self._prefix, number), sealed, about)
            except InvalidTag as error:
                raise Broken("a sealed file was changed or cut off") from error
            self._held = (number, plain)
        return self._held[1]


class _JoinedReader(io.RawIOBase):
    """Reads the plaintext of parts as one file; one part is open at a time."""

    def __init__(self, ref: str, listed: _Reader) -> None:
        # Kept for the parts: who reads may do so in a thread that has no business in the database.
        self._cipher = listed.cipher
        with listed:
            said = json.loads(listed.readall())
        self.parts = [str(part) for part, _ in said]
        if any(_key_id(part) != _key_id(ref) for part in self.parts):
            raise Broken(f"{ref} joins what lies under another key")
        self._ends = list(accumulate(int(size) for _, size in said))
        self._at = 0
        self._open: tuple[int, _Reader] | None = None

    @property
    def _size(self) -> int:
        return self._ends[-1] if self._ends else 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        if self._at >= self._size:
            return 0
        number = bisect_right(self._ends, self._at)
        start = self._ends[number - 1] if number else 0
        part = self._part(number, self._ends[number] - start)
        part.seek(self._at - start)
        count = part.readinto(buffer)
        self._at += count
        return count

    def close(self) -> None:
        self._shut()
        super().close()

    def _part(self, number: int, size: int) -> _Reader:
        if self._open is None or self._open[0] != number:
            self._shut()
            self._open = (number, _Reader(self.parts[number], self._cipher))
        found = self._open[1]
        if found.joins or found.size != size:
            raise Broken("a part of a sealed file was changed or cut off")
        return found

    def _shut(self) -> None:
        if getattr(self, "_open", None):  # not when reading the list is what failed
            assert self._open
            self._open[1].close()
            self._open = None


def _start_writing_out(handle: int, lot: int) -> None:
    """Has the kernel begin to write what is in its memory, so that the sync at the end is short."""
    size = _WRITTEN_OUT_EVERY * (CHUNK + _TAG)
    os.posix_fadvise(handle, lot * size, size, os.POSIX_FADV_DONTNEED)


def _chunks(stream: BinaryIO) -> Iterator[tuple[int, bool, bytes]]:
    number = 0
    chunk = _full(stream)
    while True:
        following = _full(stream) if len(chunk) == CHUNK else b""
        yield number, not following, chunk
        if not following:
            return
        number, chunk = number + 1, following


def _full(stream: BinaryIO) -> bytes:
    """As much as a chunk holds, also from a stream that gives less at a time."""
    return b"".join(_parts(stream, CHUNK))


def _parts(stream: BinaryIO | io.RawIOBase, length: int) -> Iterator[bytes]:
    while length and (part := stream.read(length)):
        yield part
        length -= len(part)


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")


def _about(magic: bytes, number: int, last: bool) -> bytes:
    named = b"" if magic == _MAGIC else magic
    return named + number.to_bytes(8, "big") + bytes([last])


def _root() -> Path:
    return config.current().vault


def _path(ref: str) -> Path:
    key, _, name = ref.partition("/")
    if not (key.isalnum() and name.isalnum()):
        raise Broken(f"{ref!r} does not name a sealed file")
    return _root() / key / name


def _key_id(ref: str) -> UUID:
    try:
        return UUID(ref.partition("/")[0])
    except ValueError as error:
        raise Broken(f"{ref!r} does not name a sealed file") from error


def _key(key_id: UUID, *, make: bool) -> bytes:
    row = VaultKey.objects.filter(id=key_id).first()
    if row is None:
        if not make:
            raise Broken("the key of this draft was destroyed")
        wrapped = _wrap(key_id, AESGCM.generate_key(256))
        row, _ = VaultKey.objects.get_or_create(
            id=key_id, defaults={"wrapped": wrapped, "created_at": clock.now()}
        )
    return _unwrap(key_id, bytes(row.wrapped))


def _wrap(key_id: UUID, key: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(config.current().master_key()).encrypt(nonce, key, key_id.bytes)


@lru_cache(maxsize=256)
def _unwrap(key_id: UUID, wrapped: bytes) -> bytes:
    master = AESGCM(config.current().master_key())
    try:
        return master.decrypt(wrapped[:12], wrapped[12:], key_id.bytes)
    except InvalidTag as error:
        raise Broken("the master key does not fit this draft's key") from error
