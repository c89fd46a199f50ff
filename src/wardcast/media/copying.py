"""Copying a render's files into the public store: each proven, the MP4 signed on its way."""

import hashlib
import io
import logging
import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast
from uuid import UUID

from wardcast.gate import credentials
from wardcast.gate.credentials import Statement
from wardcast.gate.plan import CLIP
from wardcast.gate.playlists import AV1_MASTER
from wardcast.media import rules
from wardcast.media.models import Publication, Render
from wardcast.media.values import PublicTrack
from wardcast.platform import config, signing, storage, vault
from wardcast.platform.http import Conflict, NotFound

_LOG = logging.getLogger("wardcast.media")


class Mismatch(Conflict):
    """A sealed file is not what was rendered and checked; nothing was published."""

    def __init__(self, name: str, render_id: UUID) -> None:
        super().__init__(
            "not_what_was_checked",
            "A file of this clip is no longer what was rendered and checked, so nothing was "
            "published. Tell whoever runs this house, then have the clip checked again.",
        )
        self.name = name
        self.render_id = render_id


def copies(
    render: Render, tracks: Iterable[PublicTrack], statement: Statement
) -> Iterator[tuple[str, BinaryIO]]:
    """A render's files, unsealed, the MP4 signed with `statement`; raises `Mismatch` before the
    store takes a folder in which one is not what was rendered, and `CannotSign`."""
    if render.state != Render.State.READY:
        raise NotFound("finished clip")
    for name, file in sorted(rules.published(render.files).items()):
        with vault.open(file["ref"]) as stream:
            if name == CLIP:
                prove(stream, name, render)
                # It has no name, so that a kill leaves nothing of it.
                with tempfile.TemporaryFile(dir=config.current().data) as out:
                    signing.sign(stream, cast(BinaryIO, out), statement)
                    yield name, cast(BinaryIO, out)
            else:
                yield from _proven(stream, name, render)
    for track in tracks:
        yield track.file, io.BytesIO(track.webvtt.encode())


def late_copies(render: Render) -> Iterator[tuple[str, BinaryIO]]:
    """A render's files in AV1, unsealed, the playlist that leads to them last; raises `Mismatch`
    like `copies`."""
    names = [name for name in rules.published(render.files) if rules.is_av1(name)]
    for name in sorted(names, key=lambda name: (name == AV1_MASTER, name)):
        with vault.open(render.files[name]["ref"]) as stream:
            yield from _proven(stream, name, render)


def _proven(stream: BinaryIO, name: str, render: Render) -> Iterator[tuple[str, BinaryIO]]:
    proven = _Proven(stream)
    yield name, cast(BinaryIO, proven)
    proven.must_be(name, render)


def prove(stream: BinaryIO, name: str, render: Render) -> None:
    """Raises `Mismatch` unless a stream is what was rendered under this name; it is then at its
    beginning again."""
    proven = _Proven(stream)
    while proven.read(1 << 20):
        pass
    proven.must_be(name, render)
    stream.seek(0)


def note_copied(row: Publication, render: Render) -> None:
    """Notes what was signed, what came of it and by whom, and whether AV1 is there: as the public
    files themselves say, since two may have copied them at once."""
    path = storage.path(row.folder, CLIP)
    if path is None:
        return
    with path.open("rb") as public:
        found = credentials.read(public)
        public.seek(0)
        row.signed_sha256 = hashlib.file_digest(public, "sha256").hexdigest() if found else ""
    row.clip_sha256 = render.clip_sha256
    row.signed_by = found.signed_by if found else ""
    row.av1 = storage.path(row.folder, AV1_MASTER) is not None
    row.save(update_fields=["clip_sha256", "signed_sha256", "signed_by", "av1"])


class _Proven:  # all that copying needs of a stream
    """A stream that hashes what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self._stream.read(size)
        self._hash.update(chunk)
        return chunk

    def must_be(self, name: str, render: Render) -> None:
        """Raises `Mismatch` unless what was read is what was rendered under this name."""
        if self._hash.hexdigest() != render.files[name]["sha256"]:
            _LOG.error("%s of render %s is not what was rendered", name, render.pk)
            raise Mismatch(name, render.pk)
