"""A rung that cannot be made: what was made stays, it alone is tried again, and all is said."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from people import Person, client_for
from wardcast.gate.errors import GateBroken, LimitExceeded
from wardcast.media import queries, rendering, rules
from wardcast.media.models import Asset, Render
from wardcast.media.sealed import part_key
from wardcast.platform import jobs, vault

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Callbacks = Any


def clip(folder: Path) -> bytes:
    """Two seconds upright, large enough for three rungs: 360, 480 and 720."""
    path = folder / "clip.mp4"
    words = "-nostdin -v error -f lavfi -i testsrc2=size=720x1280:rate=30:duration=2"
    coded = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"
    subprocess.run(["ffmpeg", *words.split(), *coded.split(), str(path)], check=True)
    return path.read_bytes()


def brought(who: Person, data: bytes) -> str:
    answer = client_for(who).put(
        "/api/v1/uploads?name=ward.mp4", data, content_type="application/octet-stream"
    )
    assert answer.status_code == 201
    post_id: str = answer.json()["post_id"]
    return post_id


def rendered_line(who: Person, post_id: str) -> dict[str, Any]:
    post = client_for(who).get(f"/api/v1/studio/posts/{post_id}").json()
    found: dict[str, Any] = next(each for each in post["way"] if each["step"] == "rendered")
    return found


@contextmanager
def killing(which: Callable[[str], bool]) -> Iterator[set[int]]:
    """Kills each ffmpeg below this process whose command line is `which`, as one that ran out of
    memory is killed; gives the ids of those."""
    killed: set[int] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            for pid, line in encoders():
                if which(line):
                    killed.add(pid)
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            time.sleep(0.002)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def encoders() -> Iterator[tuple[int, str]]:
    """Ids and command lines of each ffmpeg below this process. Quick, or it comes too late."""
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and (entry / "comm").read_text() == "ffmpeg\n" and ours(entry):
                yield int(entry.name), (entry / "cmdline").read_text().replace("\0", " ")


def ours(entry: Path) -> bool:
    """Whether a process is below this one."""
    pid = int(entry.name)
    while pid > 1 and pid != os.getpid():
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return pid == os.getpid()


def makes(*rungs: str) -> Callable[[str], bool]:
    """Whether a command line makes all these rungs."""
    return lambda line: all(f"{rung}_init.mp4" in line for rung in rungs)


def until_lowest(who: Person, data: bytes) -> tuple[str, jobs.JobView]:
    """A clip whose lowest rung is made, and the job that makes the others."""
    post_id = brought(who, data)
    (probing,) = jobs.of(Asset.objects.get().pk)
    jobs.perform(probing.id, lambda _, step: step())
    (job,) = jobs.of(Render.objects.get().pk)
    rendering.render_lowest(job)
    return post_id, job


def test_where_all_at_once_fails_each_rung_is_made_by_itself(
    ana: Person, tmp_path: Path, django_capture_on_commit_callbacks: Callbacks
) -> None:
    post_id, job = until_lowest(ana, clip(tmp_path))
    lowest = dict(Render.objects.get().files)
    with (
        django_capture_on_commit_callbacks(execute=True),
        killing(makes("480", "720")) as killed,
    ):
        rendering.render_rest(job)
    assert len(killed) == 1
    row = Render.objects.get()
    assert (row.state, row.lacking) == ("ready", {})
    assert [each["rung"] for each in row.variants] == ["360", "480", "720"]
    assert {name: row.files[name] for name in lowest if name.startswith("360")} == {
        name: file for name, file in lowest.items() if name.startswith("360")
    }
    assert (row.width, row.height) == (720, 1280)
    assert row.clip_sha256 == row.files["clip.mp4"]["sha256"] != lowest["clip.mp4"]["sha256"]
    master = vault.read(row.files["master.m3u8"]["ref"]).decode()
    assert all(f"{rung}.m3u8" in master for rung in ("360", "480", "720"))
    assert rendered_line(ana, post_id)["state"] == "done"


def test_a_clip_is_finished_without_a_size_that_cannot_be_made_and_says_so(
    ana: Person, tmp_path: Path
) -> None:
    post_id, job = until_lowest(ana, clip(tmp_path))
    with killing(makes("480")):
        rendering.render_rest(job)
        with pytest.raises(GateBroken):
            rendering.render_lacking(job)
    row = Render.objects.get()
    assert (row.state, row.lacking) == ("ready", {"480": "ours"})
    assert [each["rung"] for each in row.variants] == ["360", "720"]
    assert queries.render(row.pk).lacking == ("480",)
    line = rendered_line(ana, post_id)
    assert line["state"] == "done"
    assert "without the size 480" in line["detail"]


def test_a_late_rung_comes_by_itself_and_changes_nothing_that_was_examined(
    ana: Person, tmp_path: Path
) -> None:
    post_id, job = until_lowest(ana, clip(tmp_path))
    with killing(makes("480")):
        rendering.render_rest(job)
    before = Render.objects.get()
    jobs.fail(job.id, GateBroken("sandbox_failed", "It was killed."))
    assert Render.objects.get().state == "ready"
    answer = client_for(ana).post(f"/api/v1/studio/posts/{post_id}/retry")
    assert answer.status_code == 200
    (again,) = [each for each in jobs.due() if each.name == job.name]
    jobs.perform(again.id, lambda _, step: step())
    row = Render.objects.get()
    assert (row.state, row.lacking) == ("ready", {})
    assert row.clip_sha256 == before.clip_sha256
    kept = {name: file for name, file in before.files.items() if name != "master.m3u8"}
    assert {name: row.files[name] for name in kept} == kept
    assert "480.m3u8" in vault.read(row.files["master.m3u8"]["ref"]).decode()


def test_without_the_rung_of_the_mp4_there_is_no_clip_and_the_next_try_makes_that_alone(
    ana: Person, tmp_path: Path
) -> None:
    _, job = until_lowest(ana, clip(tmp_path))
    with killing(makes("720")) as killed, pytest.raises(GateBroken):
        rendering.render_rest(job)
    assert len(killed) == 2
    assert Render.objects.get().state == "lowest_ready"
    with killing(makes("480", "720")) as killed:
        rendering.render_rest(job)
    assert not killed
    row = Render.objects.get()
    assert (row.state, row.lacking) == ("ready", {})


def test_a_render_that_failed_goes_on_from_what_it_has(ana: Person, tmp_path: Path) -> None:
    post_id, job = until_lowest(ana, clip(tmp_path))
    lowest = Render.objects.get().files["360_00000.m4s"]
    jobs.fail(job.id, GateBroken("sandbox_failed", "It was killed."))
    assert Render.objects.get().state == "failed"
    client_for(ana).post(f"/api/v1/studio/posts/{post_id}/retry")
    assert Render.objects.get().state == "lowest_ready"
    (again,) = [each for each in jobs.due() if each.name == job.name]
    jobs.perform(again.id, lambda _, step: step())
    row = Render.objects.get()
    assert row.state == "ready"
    assert row.files["360_00000.m4s"] == lowest
    assert [each["rung"] for each in row.variants] == ["360", "480", "720"]


def test_a_deleted_draft_leaves_no_rung_that_was_made_by_itself(
    ana: Person, tmp_path: Path
) -> None:
    post_id, job = until_lowest(ana, clip(tmp_path))
    with killing(makes("480", "720")):
        rendering.render_rest(job)
    row = Render.objects.get()
    assert vault.has_key(part_key(row.pk, "rung 480"))
    assert client_for(ana).delete(f"/api/v1/studio/posts/{post_id}").status_code == 200
    assert not [part for part in ("480", "720") if vault.has_key(part_key(row.pk, f"rung {part}"))]


def test_what_is_the_files_own_fault_is_not_tried_rung_by_rung() -> None:
    assert rules.may_succeed_apart(GateBroken("sandbox_failed", "It was killed."))
    assert rules.may_succeed_apart(LimitExceeded("took_too_long", "It took too long."))
    assert not rules.may_succeed_apart(LimitExceeded("too_many_pixels", "It is too large."))
