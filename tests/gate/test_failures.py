import pickle

import pytest

from wardcast.gate.errors import FileRefused, GateBroken, GateError, LimitExceeded
from wardcast.gate.failures import error_for
from wardcast.gate.sandbox import Finished


@pytest.mark.parametrize(
    ("status", "said", "timed_out", "kind", "code"),
    [
        (-9, "", True, LimitExceeded, "took_too_long"),
        (152, "", False, LimitExceeded, "took_too_long"),
        (127, "sh: ffmpeg: not found", False, GateBroken, "tool_missing"),
        (1, "Unknown encoder 'libx264'", False, GateBroken, "tool_missing"),
        (1, "[AVFilterGraph] No such filter: 'zscale'", False, GateBroken, "tool_missing"),
        (137, "", False, GateBroken, "sandbox_failed"),
        (1, "exceeds max_streams parameter (8)", False, LimitExceeded, "too_many_streams"),
        (1, "av_interleaved_write_frame(): No space left on device", False, LimitExceeded,
         "too_much_output"),
        (153, "", False, LimitExceeded, "too_much_output"),
        (1, "Picture size 9000x9000 exceeds specified max pixel count", False, LimitExceeded,
         "too_many_pixels"),
        (1, "Cannot allocate memory", False, LimitExceeded, "too_much_memory"),
        (1, "x264 [error]: malloc of size 3060800 failed", False, LimitExceeded,
         "too_much_memory"),
        (1, "moov atom not found", False, FileRefused, "unreadable"),
        (1, "Invalid data found when processing input", False, FileRefused, "unreadable"),
        (139, "Segmentation fault", False, FileRefused, "unreadable"),
    ],
)  # fmt: skip
def test_only_what_is_ours_is_worth_retrying(
    status: int, said: str, timed_out: bool, kind: type[GateError], code: str
) -> None:
    error = error_for(Finished(status, (said,), timed_out), doing="looking at it")
    assert type(error) is kind
    assert error.code == code
    assert error.log == said
    assert said not in error.detail or not said


def test_an_error_keeps_its_code_across_a_process() -> None:
    error = LimitExceeded("too_long", "This video is too long. Trim it.", log="said")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.detail, again.log) == (
        LimitExceeded,
        "too_long",
        "This video is too long. Trim it.",
        "said",
    )
