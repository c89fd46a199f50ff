"""What the studio tells an author about a clip."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import tiny_clip
from people import Person, client_for

pytestmark = pytest.mark.django_db


def test_an_author_is_told_that_a_recording_breaks_off(
    ana: Person, do_jobs: Callable[[], int], tmp_path: Path
) -> None:
    original, whole = tmp_path / "clip.mp4", tmp_path / "recording.webm"
    original.write_bytes(tiny_clip(2))
    live = "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 300k -c:a libopus -f webm -live 1"
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(original), *live.split(), str(whole)]
    subprocess.run(command, check=True)
    data = whole.read_bytes()
    client = client_for(ana)
    for clip, breaks_off in ((data, False), (data[: len(data) * 6 // 10], True)):
        made = client.put("/api/v1/uploads?name=a.webm", clip, "application/octet-stream")
        assert made.status_code == 201, made.content
        do_jobs()
        asset = client.get(f"/api/v1/studio/posts/{made.json()['post_id']}").json()["asset"]
        assert (asset["state"], asset["truncated"]) == ("ready", breaks_off)
