"""What our own work is weighed against: one bare ffmpeg command that makes the same renditions.

One decode, the same four rungs with the same settings, aligned keyframes, HLS in fragmented MP4.
Nothing is sealed, measured, levelled or read back, and there is no poster.
"""

import os
import shlex
import subprocess

_SOURCE = """
ffmpeg -nostdin -v error -y
 -f lavfi -i testsrc2=size=1080x1920:rate=30:duration={seconds}
 -f lavfi -i sine=frequency=330:sample_rate=48000:duration={seconds}
 -vf noise=alls=12:allf=t -c:v libx264 -preset veryfast -b:v 12M -pix_fmt yuv420p
 -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv
 -c:a aac -b:a 128k -movflags +faststart
"""
_DOWN = (
    "[0:v]split=2[v1080][s1];[s1]scale=720:1280:flags=bicubic,split=2[v720][s2];"
    "[s2]scale=480:854:flags=bicubic,split=2[v480][s3];[s3]scale=360:640:flags=bicubic[v360]"
)
_RUNG = """
 -map [v{width}] -map 0:a:0
 -c:v libx264 -preset veryfast -profile:v {profile} -bf 0 -sc_threshold 0 -g 30
 -keyint_min 30 -crf 23 -maxrate {kbps}k -bufsize {kbps}k -pix_fmt yuv420p
 -c:a aac -b:a {sound}k -ar 48000 -ac 2 -map_metadata -1
 -f hls -hls_time 1 -hls_playlist_type vod -hls_segment_type fmp4
 -hls_fmp4_init_filename {width}_init.mp4 -hls_segment_filename {width}_%05d.m4s {width}.m3u8
"""
_RUNGS = (
    (1080, "high", 4_500, 128),
    (720, "high", 2_072, 128),
    (480, "main", 900, 128),
    (360, "main", 400, 96),
)


def phone_clip(path: str, seconds: int, folder: str) -> None:
    """A clip like a phone's: 1080×1920, 30 pictures a second, about 12 Mbit/s. Another path gives
    another file: the same one twice would be refused."""
    words = [*shlex.split(_SOURCE.format(seconds=seconds)), "-metadata", f"title={path}", path]
    run(words, folder)


def renditions(source: str) -> list[str]:
    """The one command."""
    words = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", source, "-filter_complex", _DOWN]
    for width, profile, kbps, sound in _RUNGS:
        words += shlex.split(_RUNG.format(width=width, profile=profile, kbps=kbps, sound=sound))
    return words


def run(words: list[str], folder: str) -> None:
    """Runs a command to its end."""
    subprocess.run(words, cwd=folder, check=True, env={**os.environ, "LC_ALL": "C"})
