"""The worker is killed at named points of a clip's way: it goes on, repeats no finished step, and
leaves nothing behind.

The product knows nothing of these points: each is a state that can be seen from outside (rows, the
engine's steps, sealed files, running programs), and the kill comes when it is.
"""

import json
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

import life
from drills.boxes import real
from house import House, Person, eventually

pytestmark = [pytest.mark.tree, pytest.mark.slow]

FULL = os.environ.get("WARDCAST_DRILLS") == "full"
TRIES = 4
"""A state that lasts a moment may pass unseen: another clip is sent then."""


@dataclass(frozen=True)
class Sight:
    """What can be seen of one clip's way from outside."""

    house: House
    post: str
    asset: str

    def rows(self, query: str, *values: object, file: str = "wardcast.sqlite3") -> list[Any]:
        """Rows of one of the house's databases, opened for reading alone."""
        path = self.house.data / file
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as database:
            return database.execute(query, values).fetchall()

    def job(self, name: str) -> tuple[str, str, str, float]:
        """Id, state, stage and share of the clip's job of that name; empty when there is none."""
        subject = {
            "media.probe": self.asset,
            "media.render": self.render[0],
            "safety.examine": self.version,
        }[name]
        found = self.rows(
            "SELECT id, state, stage, fraction FROM platform_job WHERE name = ? AND subject = ?",
            name,
            subject,
        )
        return found[-1] if found else ("", "", "", 0.0)

    @property
    def render(self) -> tuple[str, str, str]:
        """Id, state and files of its render."""
        found = self.rows(
            "SELECT id, state, files FROM media_render WHERE asset_id = ?", self.asset
        )
        return found[0] if found else ("", "", "{}")

    @property
    def version(self) -> str:
        """Id of its version."""
        found = self.rows("SELECT id FROM posts_version WHERE post_id = ?", self.post)
        return str(found[0][0]) if found else ""

    def steps(self, name: str) -> list[Any]:
        """What the engine has written down of a job's steps."""
        job_id = self.job(name)[0]
        if not job_id:
            return []
        return self.rows(
            "SELECT function_id, function_name, started_at_epoch_ms, completed_at_epoch_ms"
            " FROM operation_outputs WHERE workflow_uuid = ? ORDER BY function_id",
            str(UUID(job_id)),
            file="jobs.sqlite3",
        )

    def sealed(self, part: str, pattern: str = "[!.]*") -> int:
        """How many files lie under the key of a part of its render."""
        render_id = self.render[0]
        if not render_id:
            return 0
        folder = self.house.data / "vault" / uuid5(UUID(render_id), part).hex
        return len(list(folder.glob(pattern)))

    def runs(self, *words: str) -> bool:
        """Whether the worker runs a program with these words in its command line."""
        return any(all(word in line for word in words) for line in below(worker(self.house)))


Point = Callable[[Sight], object]


def reached(name: str, *states: str) -> Point:
    return lambda sight: sight.job(name)[1] in states


def share(least: float) -> Point:
    return lambda sight: sight.job("media.render")[3] >= least


def step(name: str, count: int) -> Point:
    return lambda sight: len(sight.steps(name)) >= count


def sealed(part: str, least: int, pattern: str = "[!.]*") -> Point:
    return lambda sight: sight.sealed(part, pattern) >= least


LOWEST, REST = "lowest", "rest"
POINTS: dict[str, Point] = {
    "the clip waits to be looked at": reached("media.probe", "queued"),
    "the engine has its look": reached("media.probe", "handed", "running"),
    "its look runs": reached("media.probe", "running"),
    "the stage is reading": lambda sight: sight.job("media.probe")[2] == "reading",
    "bubblewrap looks at it": lambda sight: sight.runs("bwrap", "ffprobe", "report.json"),
    "ffprobe looks at it": lambda sight: sight.runs("/in/clip", "-show_chapters"),
    "it was measured": lambda sight: sight.rows(
        "SELECT 1 FROM media_asset WHERE id = ? AND state = 'ready'", sight.asset
    ),
    "its tags are sealed": lambda sight: (
        sight.house.data / "vault" / uuid5(UUID(sight.asset), "tags").hex
    ).exists(),
    "the look is written down": step("media.probe", 1),
    "the look is done": reached("media.probe", "done"),
    "a render is wanted": lambda sight: sight.render[0],
    "the render waits": reached("media.render", "queued"),
    "the engine has the render": reached("media.render", "handed", "running"),
    "the render runs": reached("media.render", "running"),
    "the lowest rung is the stage": lambda sight: sight.job("media.render")[2] == LOWEST,
    "bubblewrap makes the lowest rung": lambda sight: sight.runs("bwrap", "libx264"),
    "ffmpeg makes the lowest rung": lambda sight: sight.runs("/in/clip", "libx264"),
    "the lowest rung has begun": share(0.02),
    "a quarter of the lowest rung": share(0.09),
    "half of the lowest rung": share(0.17),
    "three quarters of the lowest rung": share(0.26),
    "a first file of the lowest rung is being sealed": sealed(LOWEST, 1, ".new-*"),
    "a first file of the lowest rung is sealed": sealed(LOWEST, 1),
    "three files of the lowest rung are sealed": sealed(LOWEST, 3),
    "five files of the lowest rung are sealed": sealed(LOWEST, 5),
    "it can be played": lambda sight: sight.render[1] in ("lowest_ready", "ready"),
    "the lowest rung is written down": step("media.render", 1),
    "the rest is the stage": lambda sight: sight.job("media.render")[2] == REST,
    "ffmpeg makes the rest": lambda sight: (
        sight.render[1] == "lowest_ready" and sight.runs("/in/clip", "libx264")
    ),
    "the rest has begun": share(0.37),
    "a quarter of the rest": share(0.5),
    "half of the rest": share(0.65),
    "three quarters of the rest": share(0.8),
    "the rest is encoded": share(0.92),
    "a first file of the rest is being sealed": sealed(REST, 1, ".new-*"),
    "a first file of the rest is sealed": sealed(REST, 1),
    "four files of the rest are sealed": sealed(REST, 4),
    "it is rendered": lambda sight: sight.render[1] == "ready",
    "the rest is written down": step("media.render", 2),
    "the render is done": reached("media.render", "done"),
    "the check waits": reached("safety.examine", "queued"),
    "the engine has the check": reached("safety.examine", "handed", "running", "done"),
    "the report is there": lambda sight: sight.rows(
        "SELECT 1 FROM safety_checkreport WHERE version_id = ?", sight.version
    ),
    "the check is written down": step("safety.examine", 1),
    "the check is done": reached("safety.examine", "done"),
}
SOME = ("it can be played", "a quarter of the rest")
"""Killed here by default: after a step, and in the midst of one."""


def below(pid: int) -> list[str]:
    """The command lines of all that runs below a process."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        for each in parents.get(todo.pop(), []):
            todo.append(each)
            try:
                line = Path(f"/proc/{each}/cmdline").read_bytes()
            except OSError:
                continue
            found.append(line.replace(b"\0", b" ").decode(errors="replace"))
    return found


def worker(house: House) -> int:
    """The worker's process id; 0 while there is none."""
    return min((pid for pid, line in house.processes() if "cli work" in line), default=0)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    running = House(tmp_path / "house").start()
    yield running
    running.stop()


def send(ana: Person, shade: int) -> Sight:
    """Uploads a clip of its own and asks for the check at once."""
    post = life.upload(ana, clip(shade))
    life.describe(ana, post)
    ana.ask("POST", f"studio/posts/{post}/check")
    rows = Sight(ana.house, UUID(post).hex, "").rows(
        "SELECT asset_id FROM posts_post WHERE id = ?", UUID(post).hex
    )
    return Sight(ana.house, UUID(post).hex, str(rows[0][0]))


def clip(shade: int) -> bytes:
    """Long enough to be met at each point; no two are the same bytes."""
    words = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -movflags use_metadata_tags"
    seconds = "6" if FULL else "3"
    return real(f"{words} -metadata comment=take{shade}", size="720x1280", seconds=seconds)


def killed_at(point: Point, sight: Sight, house: House) -> bool:
    """Kills the worker as soon as the point is seen; False when all was over before."""
    while not (seen := point(sight)):
        if sight.job("safety.examine")[1] == "done" and sight.job("media.render")[1] == "done":
            break
        time.sleep(0.004)
    pid = worker(house)
    if pid:
        os.kill(pid, signal.SIGKILL)
    return bool(seen)


def finished(sight: Sight) -> bool:
    render, check = sight.job("media.render"), sight.job("safety.examine")
    assert "failed" not in (render[1], check[1]), f"{sight.post}: {render} {check}"
    return render[1] == check[1] == "done"


JOBS = ("media.probe", "media.render", "safety.examine")


def test_killed_at_named_points_it_goes_on_repeats_nothing_and_leaves_nothing(
    house: House,
) -> None:
    ana = life.move_in(house).ana
    shade = 0
    missed = []
    for name in POINTS if FULL else SOME:
        for _ in range(TRIES):
            shade += 1
            eventually(lambda: worker(house), within=60, what="a worker runs")
            sight = send(ana, shade)
            seen = killed_at(POINTS[name], sight, house)
            before = {each: sight.steps(each) for each in JOBS}
            state, files = sight.render[1:]
            eventually(lambda s=sight: finished(s), within=180, what=f"on after: {name}")
            repeats_nothing(sight, before, state, files)
            if seen:
                print(f"killed when {name}; {sum(map(len, before.values()))} steps were done")
                break
        else:
            missed.append(name)
    assert not missed, f"never seen in {TRIES} clips each: {missed}"
    leaves_nothing(house)


def repeats_nothing(sight: Sight, before: dict[str, list[Any]], state: str, files: str) -> None:
    """Steps that were written down stand as they were; the rungs that were there are the same
    files; no step is there twice."""
    for name, steps in before.items():
        after = sight.steps(name)
        assert after[: len(steps)] == steps, f"{name} was done again"
        assert len({each[1] for each in after}) == len(after), f"{name} has a step twice"
    if state in ("lowest_ready", "ready"):
        was, now = json.loads(files), json.loads(sight.render[2])
        kept = {each: file for each, file in was.items() if each.endswith((".m4s", "_init.mp4"))}
        assert kept
        assert {each: now[each] for each in kept} == kept, "a rung was made again"


SWEEP = """
from datetime import timedelta
from wardcast.media import tasks
from wardcast.platform import clock
clock.advance(timedelta(hours=3))
tasks.sweep(None)
"""


def leaves_nothing(house: House) -> None:
    """After the sweep every key and every sealed file is one that a row names."""
    house.manage("shell", "-c", SWEEP)
    refs, lying = named(house), sealed_files(house)
    assert lying == refs, f"orphans {sorted(lying - refs)}, lost {sorted(refs - lying)}"
    rows = Sight(house, "", "").rows("SELECT id FROM platform_vaultkey")
    keys = {row[0].replace("-", "") for row in rows}
    assert keys == {ref.partition("/")[0] for ref in refs}
    vault = house.data / "vault"
    assert {path.name for path in vault.iterdir() if path.is_dir()} == keys


def unnamed(house: House) -> set[str]:
    """Sealed files that no row names."""
    return sealed_files(house) - named(house)


def sealed_files(house: House) -> set[str]:
    """Every file in the vault, as a row would name it."""
    return {f"{path.parent.name}/{path.name}" for path in (house.data / "vault").glob("*/*")}


def named(house: House) -> set[str]:
    """Every sealed file that a row names."""
    look = Sight(house, "", "")
    refs = {row[0] for row in look.rows("SELECT sealed_ref FROM media_asset")}
    refs |= {row[0] for row in look.rows("SELECT tags_ref FROM media_asset")}
    refs |= {row[0] for row in look.rows("SELECT sealed_ref FROM safety_checkreport")}
    refs |= {
        row[0]
        for row in look.rows(
            "SELECT json_extract(file.value, '$.ref')"
            " FROM media_render, json_each(media_render.files) AS file"
        )
    }
    return refs - {""}


DEADLY = """
import os, signal, sys

armed = os.environ["WARDCAST_DEADLY"]


def deadly(event, args):
    if event in ("os.remove", "shutil.rmtree") and "/vault/" in str(args[0]):
        try:
            with open(armed) as said:
                if said.read() != event:
                    return
        except FileNotFoundError:
            return
        os.unlink(armed)
        os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(deadly)
"""
"""What Python runs at its start: it dies before it deletes something in the vault, if the file says
so. The product knows nothing of it."""


def test_killed_before_it_deletes_what_is_no_longer_named_the_sweep_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    armed = tmp_path / "armed"
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(DEADLY)
    monkeypatch.setenv("WARDCAST_DEADLY", str(armed))
    before = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "start"), before]).rstrip(":"))
    house = House(tmp_path / "house").start()
    try:
        ana = life.move_in(house).ana
        eventually(lambda: worker(house), what="a worker runs")
        armed.write_text("os.remove")
        ends_after_dying(send(ana, 101), armed)  # between a step's commit and what goes with it
        sight = send(ana, 102)
        eventually(lambda: sight.sealed(LOWEST), every=0.01, what="a file is sealed")
        armed.write_text("shutil.rmtree")
        os.kill(worker(house), signal.SIGKILL)
        ends_after_dying(sight, armed)  # between the end of a key and that of its files
        assert unnamed(house), "it was not killed in time"
        leaves_nothing(house)
    finally:
        house.stop()


def ends_after_dying(sight: Sight, armed: Path) -> None:
    eventually(lambda: not armed.exists(), what="the worker died where it deletes")
    eventually(lambda: finished(sight), what="the clip goes its way to the end")


def test_the_points_are_forty_and_more() -> None:
    assert len(POINTS) >= 40
    assert set(SOME) <= set(POINTS)
