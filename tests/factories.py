"""Posts without their long way: rows made through the rooms' own actions, clips of a few bytes.

`a_draft` and `a_public_post` need no ffmpeg: their renders are ready and hold tiny sealed files.
`a_filmed_draft` holds a clip that can be rendered anew.
`tiny_clip()` is a real clip of one second, for tests that send something through the gate.
"""

import io
import secrets
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from drills.boxes import box
from people import Person

BLURHASH = "L_In3z|Bs9J;spn~jsa}fQfQfQfQ"
PROBE: dict[str, Any] = {
    "container": "mov", "duration_ms": 4000, "width": 360, "height": 640, "rotation": 0,
    "fps": 30.0, "frame_count": 120, "video_codec": "h264", "pix_fmt": "yuv420p", "hdr": False,
    "plain_colour": True,
    "audio_codec": "aac", "truncated": False, "no_declared_duration": False, "video_index": 0,
    "audio_index": 1, "transfer": "", "video_ms": 4000, "first_frame_s": 0.0,
    "container_start_s": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A post that a factory made. `version_id` and `serial` are of its latest version."""

    post_id: UUID
    number: int
    version_id: UUID
    serial: int
    author: Person


@cache
def tiny_clip(seconds: int = 1, *metadata: str) -> bytes:
    """A real MP4, upright, with sound; `metadata` as "name=value". Made once a session."""
    tags = [word for each in metadata for word in ("-metadata", each)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        subprocess.run(
            [
                *"ffmpeg -nostdin -v error -f lavfi -i".split(),
                f"testsrc2=size=180x320:rate=20:duration={seconds}",
                *"-f lavfi -i".split(),
                f"sine=frequency=440:sample_rate=48000:duration={seconds}",
                *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac".split(),
                *tags,
                *"-movflags use_metadata_tags".split(),
                str(path),
            ],
            check=True,
        )
        return path.read_bytes()


def an_asset(author: Person) -> UUID:
    """An original that the gate has accepted, of random bytes, with its plain render ready."""
    from wardcast.media.models import Asset
    from wardcast.platform import clock, ids, vault

    asset_id = ids.new_id()
    sealed = vault.put(asset_id, secrets.token_bytes(64))
    Asset.objects.create(
        id=asset_id,
        owner_id=author.id,
        kind=Asset.Kind.ORIGINAL,
        name="clip.mp4",
        size=sealed.size,
        sha256=sealed.sha256,
        sealed_ref=sealed.ref,
        state=Asset.State.READY,
        probe=PROBE,
        created_at=clock.now(),
    )
    finish_render(asset_id)
    return asset_id


def boxed(data: bytes) -> bytes:
    """The least that is an MP4: nothing to play, but it can be signed."""
    return box(b"ftyp", b"isom", bytes(4)) + box(b"moov") + box(b"mdat", data)


def finish_render(asset_id: UUID, edits_json: str = "") -> UUID:
    """A ready render of this original, of tiny files; as if the gate had made it."""
    from wardcast.gate.edits import NO_EDITS
    from wardcast.media.models import Render
    from wardcast.platform import clock, ids, vault

    text = edits_json or NO_EDITS.to_json()
    render_id = ids.new_id()
    kinds = {
        "master.m3u8": "application/vnd.apple.mpegurl",
        "360.m3u8": "application/vnd.apple.mpegurl",
        "360_init.mp4": "video/mp4",
        "360_00000.m4s": "video/iso.segment",
        "clip.mp4": "video/mp4",
        "poster.jpg": "image/jpeg",
    }
    files = {}
    for name, kind in kinds.items():
        data = secrets.token_bytes(3000)
        one = vault.put(asset_id, boxed(data) if name == "clip.mp4" else name.encode() + data)
        files[name] = {"ref": one.ref, "size": one.size, "sha256": one.sha256, "type": kind}
    Render.objects.update_or_create(
        asset_id=asset_id,
        edits_hash=sha256(text.encode()).hexdigest(),
        defaults={
            "id": render_id,
            "edits": text,
            "state": Render.State.READY,
            "duration_ms": 4000,
            "width": 360,
            "height": 640,
            "clip_sha256": files["clip.mp4"]["sha256"],
            "files": files,
            "blurhash": BLURHASH,
            "variants": [{"rung": "360"}],
            "created_at": clock.now(),
        },
    )
    return render_id


def a_draft(
    author: Person,
    title: str = "How to use a spacer",
    *,
    text: str = "Shake, one puff, then breathe slowly.",
    lane: str = "lesson",
    visibility: str = "public",
    script: str = "",
) -> UUID:
    """A draft post whose clip is accepted and rendered; answers the post's id."""
    from wardcast.posts import drafts

    post_id = drafts.draft(author.id, an_asset(author), lane)
    drafts.autosave(
        post_id, drafts.Changes(title=title, text=text, script=script, visibility=visibility)
    )
    return post_id


@cache
def plain_clip(seconds: int) -> bytes:
    """A real MP4, upright, with a tone and nothing to be seen; made once a session."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        sources = [
            f"color=c=slategray:size=180x320:rate=10:duration={seconds}",
            f"sine=frequency=440:sample_rate=48000:duration={seconds}",
        ]
        subprocess.run(
            [
                *"ffmpeg -nostdin -v error".split(),
                *(word for each in sources for word in ("-f", "lavfi", "-i", each)),
                *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac".split(),
                str(path),
            ],
            check=True,
        )
        return path.read_bytes()


def a_filmed_draft(
    author: Person, do_jobs: Callable[[], int], title: str = "A morning", text: str = ""
) -> UUID:
    """A draft of a real clip of four seconds, measured; answers the post's id. For tests in which
    something is covered, muted or cut, since then the finished clip is examined."""
    from wardcast.posts import drafts

    clip = plain_clip(4)
    post_id = drafts.begin(author.actor, "clip.mp4", len(clip), stream(clip))
    drafts.autosave(post_id, drafts.Changes(title=title, text=text))
    do_jobs()
    return post_id


def a_cleared_post(author: Person, title: str = "How to use a spacer", **words: str) -> Made:
    """A post whose working version has every clearance that its lane needs, and is not public."""
    from wardcast.posts import actions, queries

    post_id = a_draft(author, title, **words)
    version_id = actions.cut(post_id)
    clear_all(version_id)
    found = queries.version(version_id)
    return Made(post_id, found.post_number, version_id, found.serial, author)


def clear_all(version_id: UUID) -> None:
    """Clears every gate that a version needs."""
    from wardcast.posts import actions, queries
    from wardcast.posts.rules import Gate

    for gate in Gate:
        if gate in queries.needs(version_id):
            actions.clear(version_id, gate, "cleared", by=None)


def a_public_post(author: Person, title: str = "How to use a spacer", **words: str) -> Made:
    """A post that is public. `words`: text, lane, visibility, script."""
    from wardcast.posts import actions
    from wardcast.posts.values import Published

    made = a_cleared_post(author, title, **words)
    assert isinstance(actions.publish(made.version_id, author.id), Published)
    return made


def a_newer_version(made: Made, title: str = "How to use a spacer, mended") -> Made:
    """The next version of a public post, public in the place of the one before."""
    from wardcast.posts import actions, drafts, queries
    from wardcast.posts.values import Published

    drafts.autosave(made.post_id, drafts.Changes(title=title))
    version_id = actions.cut(made.post_id)
    clear_all(version_id)
    assert isinstance(actions.publish(version_id, made.author.id), Published)
    found = queries.version(version_id)
    return Made(made.post_id, made.number, version_id, found.serial, made.author)


def stream(data: bytes) -> io.BytesIO:
    """Bytes as an upload's body."""
    return io.BytesIO(data)
