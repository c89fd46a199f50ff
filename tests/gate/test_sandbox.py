import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import pytest

from wardcast.gate import landlock, sandbox
from wardcast.gate.errors import GateBroken, LimitExceeded
from wardcast.gate.failures import error_for
from wardcast.gate.sandbox import INPUT, UNSAFE_OVERRIDE, Caps, Tier, detect, hand_out, run, shell
from wardcast.gate.source import BytesSource

CAPS = Caps(wall_seconds=20, memory_bytes=2_000_000_000, output_bytes=5_000_000)
TEXT = re.compile(r"[a-z]+\.txt")


def ignore(name: str, data: BinaryIO) -> None:
    """Nobody needs it."""


def commands() -> Iterator[str]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield (entry / "cmdline").read_bytes().decode(errors="replace")
            except (FileNotFoundError, ProcessLookupError):
                continue


def wait_until(condition: object, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if callable(condition) and condition():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(params=[Tier.BUBBLEWRAP, Tier.LANDLOCK], ids=lambda tier: str(tier.value))
def tier(request: pytest.FixtureRequest) -> Tier:
    """Each tier that this machine has: both must hold."""
    wanted: Tier = request.param
    if wanted is Tier.LANDLOCK and landlock.version() == 0:
        pytest.skip("this kernel has no Landlock")
    return wanted


@pytest.fixture
def fresh_detection() -> Iterator[None]:
    detect.cache_clear()
    yield
    detect.cache_clear()


def test_it_says_which_sandbox_works_here() -> None:
    status = detect()
    assert status.tier is not Tier.NONE
    assert status.may_decode
    assert not status.unsafe_override


def test_the_input_arrives_whole_and_the_output_comes_back(tier: Tier) -> None:
    data = os.urandom(3_000_000)
    kept: dict[str, bytes] = {}
    finished = run(
        f"{shell('cat', INPUT)} >copy.txt; printf hello >a.txt",
        source=BytesSource(data),
        caps=CAPS,
        names=TEXT,
        tier=tier,
        sink=lambda name, stream: kept.update({name: stream.read()}),
    )
    assert finished.ok
    assert list(kept) == ["a.txt", "copy.txt"]
    assert kept["copy.txt"] == data


def test_what_is_handed_in_beside_the_input_arrives_whole_and_in_no_command_line(
    tier: Tier,
) -> None:
    words = f"words of a draft {uuid4()}".encode()
    kept: dict[str, bytes] = {}
    seen: list[str] = []
    finished = run(
        'echo waiting >&2; sleep 0.3; cat "$BESIDE" >words.txt',
        source=BytesSource(b"a clip"),
        beside=words,
        caps=CAPS,
        names=TEXT,
        tier=tier,
        sink=lambda name, stream: kept.update({name: stream.read()}),
        on_line=lambda _: seen.extend(commands()),
    )
    assert finished.ok
    assert kept == {"words.txt": words}
    assert seen
    assert not any(words.decode() in each for each in seen)


def test_there_is_no_network_inside(tier: Tier) -> None:
    script = "bash -c 'echo hello >/dev/tcp/127.0.0.1/80'"
    finished = run(script, source=None, caps=CAPS, names=TEXT, sink=ignore, tier=tier)
    assert not finished.ok
    assert any("socket: Operation not permitted" in line for line in finished.log)


@pytest.mark.parametrize(
    ("script", "because"),
    [
        ("unshare --user true", "Operation not permitted"),
        ("mount -t tmpfs none .", "permission denied|Operation not permitted|must be superuser"),
        ("touch /usr/x", "Read-only file system|Permission denied"),
        ("cat /etc/shadow", "No such file|Permission denied"),
    ],
)
def test_what_a_decoder_never_needs_is_refused(script: str, because: str, tier: Tier) -> None:
    finished = run(script, source=None, caps=CAPS, names=TEXT, sink=ignore, tier=tier)
    assert not finished.ok
    assert re.search(because, " ".join(finished.log))


def test_neither_our_files_nor_our_environment_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tier: Tier
) -> None:
    monkeypatch.setenv("WARDCAST_MASTER_KEY", "a-key-that-nobody-may-see")
    secret = tmp_path / "draft.txt"
    secret.write_text("another person's draft")
    kept: dict[str, bytes] = {}
    finished = run(
        f"env >env.txt; {shell('cat', str(secret))} >draft.txt || echo unseen >draft.txt",
        source=None,
        tier=tier,
        caps=CAPS,
        names=TEXT,
        sink=lambda name, stream: kept.update({name: stream.read()}),
    )
    assert finished.ok
    assert b"a-key-that-nobody-may-see" not in kept["env.txt"]
    assert kept["draft.txt"] == b"unseen\n"


def test_a_run_that_takes_too_long_is_ended() -> None:
    finished = run(
        "sleep 60", source=None, caps=Caps(0.3, 2_000_000_000, 1_000), names=TEXT, sink=ignore
    )
    assert finished.timed_out
    assert not finished.ok


@pytest.mark.parametrize(
    "script",
    [
        "echo hi >name.exe",
        "mkdir folder && echo hi >folder/a.txt",
        "ln -s /etc/passwd link.txt",
        "for n in a b c d; do echo $n >$n.txt; done",
    ],
)
def test_output_that_was_not_asked_for_is_thrown_away(script: str) -> None:
    caps = Caps(20, 2_000_000_000, 5_000_000, max_files=3)
    with pytest.raises(GateBroken) as caught:
        run(script, source=None, caps=caps, names=TEXT, sink=ignore)
    assert caught.value.code == "output_unexpected"


def test_output_past_its_limit_is_the_file_s_fault() -> None:
    with pytest.raises(LimitExceeded) as caught:
        run(
            "head -c 6000000 /dev/zero >big.txt",
            source=None,
            caps=CAPS,
            names=TEXT,
            sink=ignore,
        )
    assert caught.value.code == "too_much_output"


def test_a_disk_of_its_own_fills_up_alone() -> None:
    finished = run(
        "head -c 999999999999 /dev/zero >big.txt",
        source=None,
        caps=CAPS,
        names=TEXT,
        sink=ignore,
    )
    assert error_for(finished, doing="filling it").code == "too_much_output"


def test_memory_is_bounded() -> None:
    caps = Caps(20, 300_000_000, 1_000)
    script = "head -c 900000000 /dev/zero | tail -n 1 >a.txt"
    finished = run(script, source=None, caps=caps, names=TEXT, sink=ignore)
    assert not finished.ok
    assert "memory exhausted" in " ".join(finished.log)


def test_memory_is_bounded_by_what_a_process_holds() -> None:
    caps = Caps(wall_seconds=20, memory_bytes=200_000_000, output_bytes=5_000_000)
    holding = "head -c {size} /dev/zero | tail -c {size} | wc -c >out.txt"  # tail keeps it all
    small = run(holding.format(size=50_000_000), source=None, caps=caps, names=TEXT, sink=ignore)
    assert small.ok
    large = run(holding.format(size=400_000_000), source=None, caps=caps, names=TEXT, sink=ignore)
    assert "memory exhausted" in " ".join(large.log)


@pytest.mark.parametrize("size", [10, 2_000])
def test_a_source_of_another_size_than_noted_is_our_fault(size: int) -> None:
    class Lying(BytesSource):
        @property
        def size(self) -> int:
            return size

    with pytest.raises(GateBroken) as caught:
        run("echo >a.txt", source=Lying(b"x" * 1_000), caps=CAPS, names=TEXT, sink=ignore)
    assert caught.value.code == "source_unreadable"


def test_an_error_while_reading_the_source_reaches_the_caller() -> None:
    class Sealed(BytesSource):
        def open(self) -> BinaryIO:
            raise PermissionError("the key was destroyed")

    with pytest.raises(PermissionError, match="destroyed"):
        run("cat >a.txt", source=Sealed(b"x"), caps=CAPS, names=TEXT, sink=ignore)


def test_the_source_is_opened_in_the_caller_s_thread_where_its_key_can_be_read() -> None:
    opened_in: list[int] = []

    class Sealed(BytesSource):
        def open(self) -> BinaryIO:
            opened_in.append(threading.get_ident())
            return io.BytesIO(self.data)

    run("echo >a.txt", source=Sealed(b"x"), caps=CAPS, names=TEXT, sink=ignore)
    assert opened_in == [threading.get_ident()]


def test_a_sink_that_fails_ends_the_run() -> None:
    def full(name: str, data: BinaryIO) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        run("echo >a.txt; echo >b.txt", source=None, caps=CAPS, names=TEXT, sink=full)


def test_a_killed_run_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    marker = f"6{uuid4().int % 10**8}"
    program = (
        "import re\n"
        "from wardcast.gate.sandbox import Caps, run\n"
        "from wardcast.gate.source import BytesSource\n"
        f"run('cat \"$IN\" >x.txt; sleep {marker}', source=BytesSource(b'plaintext' * 9),\n"
        "    caps=Caps(60, 2_000_000_000, 1_000), names=re.compile('x.txt'), sink=print)\n"
    )
    victim = subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    try:
        assert wait_until(lambda: any(f"sleep\0{marker}" in each for each in commands()))
    finally:
        victim.send_signal(signal.SIGKILL)
        victim.wait()
    assert wait_until(lambda: not any(marker in each for each in commands()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("fresh_detection")
def test_without_a_sandbox_nothing_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_TIERS", ())
    monkeypatch.delenv(UNSAFE_OVERRIDE, raising=False)
    with pytest.raises(GateBroken) as caught:
        run("echo >a.txt", source=None, caps=CAPS, names=TEXT, sink=ignore)
    assert caught.value.code == "sandbox_missing"
    assert "Install bubblewrap" in caught.value.detail


@pytest.mark.usefixtures("fresh_detection")
def test_the_unsafe_override_works_and_is_said_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_TIERS", ())
    monkeypatch.setenv(UNSAFE_OVERRIDE, "1")
    status = detect()
    assert status.unsafe_override
    assert status.reason.startswith("UNSAFE")
    kept: dict[str, bytes] = {}
    finished = run(
        shell("cat", INPUT) + " >a.txt",
        source=BytesSource(b"plain"),
        caps=CAPS,
        names=TEXT,
        sink=lambda name, stream: kept.update({name: stream.read()}),
    )
    assert finished.ok
    assert kept == {"a.txt": b"plain"}


def test_what_is_handed_out_early_comes_early_and_again_at_the_end(tier: Tier) -> None:
    told: list[str] = []
    script = (
        f"printf one >a.txt\n{hand_out('a.txt')}\necho between >&2\n"
        f"head -c 300000 /dev/zero >b.txt\n{hand_out('a.txt b.txt')}\n{hand_out('b.txt')}"
    )
    kept: dict[str, bytes] = {}

    def sink(name: str, stream: BinaryIO) -> None:
        told.append(f"whole {name}")
        kept[name] = stream.read()

    finished = run(
        script,
        source=None,
        caps=CAPS,
        names=TEXT,
        tier=tier,
        sink=sink,
        early=lambda name, stream: told.append(f"early {name} {len(stream.read())}"),
        on_line=told.append,
    )
    assert finished.ok
    assert sorted(told) == sorted(
        [
            "early a.txt 3",
            "between",
            "early a.txt 3",
            "early b.txt 300000",
            "early b.txt 300000",
            "whole a.txt",
            "whole b.txt",
        ]
    )
    assert told[-2:] == ["whole a.txt", "whole b.txt"]
    assert len(kept["b.txt"]) == 300_000


def test_what_is_replaced_while_it_is_handed_out_comes_whole_as_it_was(tier: Tier) -> None:
    """As a playlist that grows: for tar it has changed, which is no failure of the clip."""
    came: list[bytes] = []

    def early(name: str, stream: BinaryIO) -> None:
        time.sleep(1)  # until then tar waits with the rest of the file
        came.append(stream.read())

    script = (
        "head -c 3000000 /dev/zero >a.txt\n"
        f"{{ sleep 0.4; printf new >b.txt; mv b.txt a.txt; }} &\n{hand_out('a.txt')}\nwait"
    )
    kept: dict[str, bytes] = {}
    finished = run(
        script,
        source=None,
        caps=CAPS,
        names=TEXT,
        tier=tier,
        sink=lambda name, stream: kept.update({name: stream.read()}),
        early=early,
    )
    assert "file changed" in " ".join(finished.log)
    assert finished.ok
    assert came == [bytes(3_000_000)]
    assert kept == {"a.txt": b"new"}


def test_a_file_that_cannot_be_handed_out_fails_the_script(tier: Tier) -> None:
    script = f"printf x >a.txt\n{hand_out('no.txt')}"
    finished = run(script, source=None, caps=CAPS, names=TEXT, sink=ignore, early=ignore, tier=tier)
    assert not finished.ok


def test_nothing_comes_early_that_was_not_asked_for(tier: Tier) -> None:
    script = f"printf one >a.txt\n{hand_out('a.txt')}"
    with pytest.raises(GateBroken) as caught:
        run(script, source=None, caps=CAPS, names=TEXT, sink=ignore, tier=tier)
    assert caught.value.code == "output_unexpected"


def test_noise_on_standard_output_is_no_archive(tier: Tier) -> None:
    script = "head -c 20480 /dev/urandom; printf x >a.txt"
    with pytest.raises(GateBroken) as caught:
        run(script, source=None, caps=CAPS, names=TEXT, sink=ignore, early=ignore, tier=tier)
    assert caught.value.code == "output_unexpected"


def test_a_line_without_end_is_heard_in_pieces(tier: Tier) -> None:
    script = "head -c 9000 /dev/zero | tr '\\0' x >&2; printf x >a.txt"
    lines: list[str] = []
    run(script, source=None, caps=CAPS, names=TEXT, sink=ignore, on_line=lines.append, tier=tier)
    assert [len(line) for line in lines] == [4_000, 4_000, 1_000]


def test_the_first_command_that_fails_ends_the_script(tier: Tier) -> None:
    script = "echo begun >a.txt\nsh -c 'kill -9 $$'\necho later >b.txt"
    kept: list[str] = []
    finished = run(
        script,
        source=None,
        caps=CAPS,
        names=TEXT,
        tier=tier,
        sink=lambda name, stream: kept.append(name),
    )
    assert finished.status == 137
    assert kept == []
    assert error_for(finished, doing="rendering it").code == "sandbox_failed"
