"""What was muted is silence or a tone; anything else is found."""

import numpy as np

from wardcast.check.hushed import RATE, left_in, quiet_in
from wardcast.check.span import TimeSpan

SPAN = TimeSpan(500, 1_500)


def sound(inside: str, loud: float = 0.2) -> bytes:
    """Two seconds of noise with the span replaced, and an encoder's faint hiss over all."""
    some = np.random.default_rng(4)
    clock = np.arange(2 * RATE) / RATE
    wave = some.normal(0, loud, len(clock))
    here = (clock >= 0.5) & (clock < 1.5)
    tone = 0.3 * np.sin(2 * np.pi * 1_000 * clock + 0.7)
    wave[here] = {"silence": 0 * tone, "bleep": tone, "speech": wave, "both": wave * 0.1 + tone}[
        inside
    ][here]
    wave += some.normal(0, 0.0004, len(clock))
    return bytes((np.clip(wave, -1, 1) * 32_767).astype("<i2").tobytes())


def test_silence_and_a_tone_hold_nothing() -> None:
    for inside in ("silence", "bleep"):
        assert list(left_in(sound(inside), [SPAN])) == []


def test_what_is_still_heard_is_found_under_a_tone_too() -> None:
    for inside in ("speech", "both"):
        assert list(left_in(sound(inside), [SPAN])) == [SPAN]


def test_a_span_after_the_end_and_no_sound_hold_nothing() -> None:
    assert list(left_in(b"", [SPAN])) == []
    assert list(left_in(sound("speech"), [TimeSpan(5_000, 6_000)])) == []


def test_only_nothing_at_all_is_quiet() -> None:
    clock = np.arange(2 * RATE)
    wave = np.random.default_rng(4).normal(0, 600, len(clock))
    wave[(clock >= RATE // 2) & (clock < RATE)] = 3  # what a codec leaves of silence
    wave[(clock >= RATE) & (clock < RATE + 640)] = 0  # 40 ms more of it
    wave[(clock >= RATE * 3 // 2) & (clock < RATE * 3 // 2 + 640)] = 0  # too short to be a pause
    assert quiet_in(wave.astype("<i2").tobytes()) == (TimeSpan(500, 1_040),)
    assert quiet_in(bytes(RATE)) == (TimeSpan(0, 500),)
    assert quiet_in(b"") == ()
