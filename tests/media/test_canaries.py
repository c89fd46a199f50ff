"""A draft's words are found where they belong and nowhere else: not in a log, a file, a database's
bytes, or what anyone else is told."""

import io
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.test import Client

import factories
import reading
from gate.conftest import ffmpeg
from people import Person, client_for, make, verified
from wardcast.gate.credentials import Author, Statement
from wardcast.gate.edits import NO_EDITS
from wardcast.gate.ladder import ladder_for
from wardcast.gate.probe import probe
from wardcast.gate.render import render
from wardcast.gate.source import BytesSource
from wardcast.media import queries as clips
from wardcast.platform import signing, vault
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts.models import Post, Version
from wardcast.posts.values import Published
from wardcast.safety import actions as safety
from wardcast.safety import reports

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Jobs = Callable[[], int]

FILE, TAG, PLACE = "zebrafile", "Okafor zebratag", "+12.3456+065.4321/"
SAID, TITLE, SCRIPT = "zebrasaid", "zebratitle", "zebrascript"
SEALED = (TAG, "zebratag", "12.3456", "065.4321", SAID)
"""What lies sealed and in no row."""
TYPED = (FILE, TITLE, SCRIPT)
"""What its author typed, and what they called the file: rows hold it as it is."""
WEBVTT = f"WEBVTT\n\n00:00.000 --> 00:00.900\nMy patient Harold Okafor {SAID}.\n"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def bring(ana: Person, do_jobs: Jobs) -> UUID:
    """Uploads a clip full of words, describes it, and has it checked; answers its version."""
    clip = factories.tiny_clip(1, f"title={TAG}", f"location={PLACE}", f"comment={TAG}")
    client = client_for(ana)
    answer = client.put(
        f"/api/v1/uploads?name={FILE}.mp4", clip, content_type="application/octet-stream"
    )
    assert answer.status_code == 201, answer.content
    post_id = UUID(answer.json()["post_id"])
    drafts.autosave(post_id, drafts.Changes(title=f"About {TITLE}", script=f"I say {SCRIPT}."))
    drafts.set_captions(post_id, WEBVTT)
    do_jobs()
    version_id = posts.cut(post_id)
    do_jobs()
    return version_id


def addresses() -> Iterator[str]:
    yield from reading.addresses()
    yield from (f"/v/{each}" for each in Post.objects.values_list("pk", flat=True))
    yield from ("/", "/corrections", f"/api/v1/people?q={FILE}")


def told(client: Client, words: tuple[str, ...]) -> list[str]:
    """The addresses that tell this client one of the words; reading leaves no trace."""
    found = []
    for address in addresses():
        with transaction.atomic(), transaction.atomic(using="links"):
            answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            for alias in connections:
                transaction.set_rollback(True, using=alias)
        if any(word.encode() in body + str(answer.headers).encode() for word in words):
            found.append(address)
    return found


def database_bytes() -> bytes:
    """Every byte of both databases: as they would lie on a disk, or else every value."""
    found = b""
    for alias in ("default", "links"):
        connection = connections[alias]
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            found += connection.connection.serialize()
            continue
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found += repr(cursor.fetchall()).encode()
    return found


def files(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                if path.is_file() and path.stat().st_size < 50_000_000:
                    yield path, path.read_bytes()
            except OSError:
                continue  # somebody else's, or gone by now


def strangers() -> dict[str, Client]:
    others = {"viewer": make("omar"), "clinician": verified(make("uma"))}
    return {"guest": client_for()} | {name: client_for(each) for name, each in others.items()}


def is_in_no_log_and_no_file(
    log: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    out, error = capfd.readouterr()
    said = f"{log.text}{out}{error}"
    lying = [*files(data_folder), *files(*_gates_folders())]
    for word in (*SEALED, *TYPED):
        assert word not in said, f"{word} was logged"
        for path, data in lying:
            assert word.encode() not in data, f"{word} lies in {path}"
            assert word not in path.name


def _gates_folders() -> list[Path]:
    """Temporary folders that this process may have left."""
    roots = (Path(tempfile.gettempdir()), Path("/dev/shm"))
    return [path for root in roots for path in root.glob(f"wardcast-gate-{os.getpid()}-*")]


def test_a_draft_s_words_are_told_to_its_author_alone(
    ana: Person,
    do_jobs: Jobs,
    log: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    data_folder: Path,
) -> None:
    version_id = bring(ana, do_jobs)
    assert SAID in WEBVTT
    assert any("Okafor" in each.text for each in reports.opened(reports.need(version_id)).findings)
    assert told(client_for(ana), (SAID, TITLE)), "its author reads it"
    for name, client in strangers().items():
        assert told(client, (*SEALED, *TYPED)) == [], name
    is_in_no_log_and_no_file(log, capfd, data_folder)


def test_what_is_sealed_is_in_no_byte_of_the_databases(ana: Person, do_jobs: Jobs) -> None:
    bring(ana, do_jobs)
    lying = database_bytes()
    for word in SEALED:
        assert word.encode() not in lying, word
    for word in TYPED:  # as docs/threat-model.md says, and it shows that the bytes were looked at
        assert word.encode() in lying, word


def test_made_public_with_redaction_it_tells_what_its_author_meant_to_tell(
    ana: Person,
    do_jobs: Jobs,
    log: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    data_folder: Path,
) -> None:
    first = bring(ana, do_jobs)
    found = reports.opened(reports.need(first)).findings
    chosen = [each.id for each in found if "Okafor" in each.text]
    second = safety.redact(ana.actor, first, chosen, "bleep")
    do_jobs()
    factories.clear_all(second)
    assert isinstance(posts.publish(second, ana.id), Published)
    row = Version.objects.get(pk=second)
    for client in strangers().values():
        assert told(client, (TITLE,)), "its title is public"
        assert told(client, (*SEALED[:4], FILE, SCRIPT, "Okafor")) == []
    out, error = capfd.readouterr()
    for word in (*SEALED, *TYPED, "Okafor"):
        assert word not in f"{log.text}{out}{error}"
    public = list(files(data_folder / "public"))
    assert any(path.name == "clip.mp4" for path, _ in public)
    for path, data in public:
        for word in ("Okafor", *SEALED[:4], FILE, SCRIPT):
            assert word.encode() not in data, f"{word} in {path.name}"
    assert row.render_id
    for file in clips.render(row.render_id).files.values():
        data = vault.read(file.ref)
        assert not any(word.encode() in data for word in (*SEALED, *TYPED))


SAYS = Statement("Its title", Author("Ana", "@ana@house.example"), "", "", "", NO_EDITS)
TRACES = (b"Canary title", b"Canary comment", b"Canaryphone", b"+12.3456", b"2021-02-03")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("x.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac"),
        ("x.mov", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a pcm_s16le"),
        ("x.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 200k -c:a libopus"),
        ("x.mkv", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a libvorbis"),
    ],
)
def test_what_viewers_get_carries_no_title_comment_device_date_or_place(
    tmp_path: Path, name: str, words: str
) -> None:
    path = tmp_path / name
    flags = ("-movflags", "use_metadata_tags") if name[2] == "m" and name != "x.mkv" else ()
    ffmpeg(
        *"-f lavfi -i testsrc2=size=96x160:rate=12:duration=1 -f lavfi".split(),
        *("-i", "sine=frequency=440:sample_rate=48000:duration=1", *words.split()),
        *("-metadata", "title=Canary title", "-metadata", "comment=Canary comment"),
        *("-metadata", "make=Canaryphone", "-metadata", "location=+12.3456+065.4321/"),
        *("-metadata", "creation_time=2021-02-03T04:05:06Z"),
        *("-metadata:s:v", "title=Canary title", "-metadata:s:a", "comment=Canary comment"),
        *(*flags, path),
    )
    source = BytesSource(path.read_bytes())
    assert b"Canary" in source.data
    measured = probe(source)
    made: dict[str, bytes] = {}
    ladder = ladder_for(measured.short_side)
    render(
        source, measured, NO_EDITS, ladder.rungs,
        sink=lambda file, data: made.update({file: data.read()}),
    )  # fmt: skip
    assert {"clip.mp4", "poster.jpg"} <= set(made)
    out = io.BytesIO()
    signing.sign(io.BytesIO(made["clip.mp4"]), out, SAYS)
    made["signed.mp4"] = out.getvalue()
    for file, data in made.items():
        for trace in TRACES:
            assert trace not in data, f"{trace!r} in {file}"
        for clock in re.finditer(rb"(?:mvhd|tkhd|mdhd)\0...", data, re.DOTALL):
            assert data[clock.end() : clock.end() + 8] == bytes(8), f"{file} says when it was made"
    for file in ("clip.mp4", "signed.mp4"):
        names = {tag.name for tag in probe(BytesSource(made[file])).tags}
        assert names <= {"major_brand", "minor_version", "compatible_brands", "handler_name",
                         "vendor_id", "language"}, names  # fmt: skip
