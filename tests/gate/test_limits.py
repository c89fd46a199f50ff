from wardcast.gate.limits import DEFAULT_LIMITS, limits_for


def test_a_short_clip_has_the_usual_limits() -> None:
    assert limits_for(500_000_000, 180_000) == DEFAULT_LIMITS
    assert limits_for(500_000_000, 60_000).max_output_bytes == DEFAULT_LIMITS.max_output_bytes


def test_ten_minutes_may_hold_the_pictures_of_a_slow_motion_camera_and_take_longer() -> None:
    limits = limits_for(2_000_000_000, 600_000)
    assert limits.max_frames >= 600 * 240
    assert limits.render_seconds >= 3 * DEFAULT_LIMITS.render_seconds
    assert limits.max_output_bytes * 8 >= 600 * 16_000_000
