"""Filters for pictures: upright (ffmpeg turns them itself), in range and colour of BT.709, on the
clock.

HDR is brought down by zscale and tonemap. Its colours are stated, not guessed: zscale refuses a
picture whose matrix is unknown. Light up to a third of diffuse white stays as it is, and what is
above is pressed together up to 1,000 nits: "hable" would show a white coat as a grey one.
"""

from collections.abc import Sequence
from math import ceil, floor
from typing import Final

from wardcast.gate.edits import NO_EDITS, Cover, EditList, Span
from wardcast.gate.probe import Probe

_TONEMAP: Final = (
    "zscale=tin={transfer}:pin=bt2020:min=bt2020nc:rin=limited:t=linear:npl=203,"
    "format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=mobius:param=0.3:peak=4.93:desat=0,"
    "zscale=t=bt709:m=bt709:r=limited"
)

_LEAST_FPS: Final = 10
_NEARLY: Final = 0.25
"""30.01 pictures a second are 30; of 27.4 none is to be lost, so they are shown at 28."""
TAIL_MS: Final = 500
"""Sound that outlasts the picture by more than this gets the last picture held under it."""


_SCALER_REACH: Final = 4
"""Pixels of a shrunk picture that a bicubic scaler may spread light over."""
_COLOURS_REACH: Final = 4
"""And those over which colours are spread that are made of others: chroma is taken to full size, or
from it, by such a scaler too."""


def frame_rate(
    probe: Probe, max_fps: int, *, whole: bool = False, edits: EditList = NO_EDITS
) -> float | None:
    """A constant rate where one is needed, else None: pictures keep their own times.

    It is needed to thin out more than ``max_fps`` pictures a second, to hold the last picture, to
    cut (a picture that is held over a cut must be there behind it too), and where keyframes can
    only be counted: ``whole`` asks for a whole number of pictures a second.
    """
    if probe.fps > max_fps * 1.02:
        return float(max_fps)
    if whole:
        return float(min(max_fps, max(_LEAST_FPS, ceil(probe.fps - _NEARLY))))
    if tail_ms(probe) or edits.cuts:
        return float(min(max_fps, max(_LEAST_FPS, round(probe.fps))))
    return None


def tail_ms(probe: Probe) -> int:
    """How long the last picture must be held for the sound to end, in milliseconds; 0 if hardly at
    all."""
    tail = probe.duration_ms - probe.video_ms
    return tail if tail > TAIL_MS else 0


def expected_frames(
    probe: Probe, max_fps: int, *, whole: bool = False, edits: EditList = NO_EDITS
) -> int:
    """How many pictures a rendition must hold."""
    rate = frame_rate(probe, max_fps, whole=whole, edits=edits)
    if rate is None:
        return probe.frame_count
    return round(edits.edited_ms(probe.video_ms + tail_ms(probe)) * rate / 1000)


def on_the_clock(
    label: str,
    out: str,
    probe: Probe,
    size: tuple[int, int],
    rate: float | None,
    edits: EditList = NO_EDITS,
) -> str:
    """Pictures in the edited clip's clock, ``size`` large, 8-bit BT.709, nothing left of what is
    covered or cut out; `rate` is `frame_rate`'s."""
    steps = [f"setpts=PTS-{probe.first_frame_s:.6f}/TB"]
    if rate is not None:
        steps.append(f"fps={rate:g}")
    if tail_ms(probe):
        steps.append(f"tpad=stop_mode=clone:stop_duration={tail_ms(probe)}ms")
    steps += [*colours(probe, size), *covered(edits.covers, probe, size)]
    if edits.cuts and rate is not None:
        steps += without_cuts(edits.cuts, rate)
    return f"[{label}]{','.join([*steps, 'settb=1/90000'])}[{out}]"


def without_cuts(cuts: Sequence[Span], rate: float) -> list[str]:
    """Steps that take the cuts out of pictures of a constant rate; what comes after them moves up,
    and is brought to the rate again, so that picture and sound stay together however many there
    are."""
    within = "+".join(f"gte(t,{_s(each.start_ms)})*lt(t,{_s(each.end_ms)})" for each in cuts)
    gone = "+".join(f"gte(T,{_s(each.end_ms)})*{_s(each.end_ms - each.start_ms)}" for each in cuts)
    return [
        f"select='not({within})'",
        f"setpts='PTS-({gone})/TB'",
        f"fps={rate:g}:start_time=0",
    ]


def _s(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"


def shrunk(size: tuple[int, int]) -> str:
    """The step that shrinks 4:2:0 of even sizes: as sharp as swscale's bicubic, for half its price.
    zscale's own bicubic is softer, which costs a rung of 480 a point of VMAF."""
    return f"zscale={size[0]}:{size[1]}:f=bicubic:param_a=0:param_b=0.6"


def covered(covers: Sequence[Cover], probe: Probe, size: tuple[int, int]) -> list[str]:
    """Steps that fill the covered boxes with black, in pictures on the clock that have this size
    and 8 bits.

    A shrunk pixel takes light from its neighbours, so a box reaches further by what the scaler
    does; so does the colour of a pixel whose colours were not 4:2:0 of BT.709 to begin with. A
    picture counts until the next one, so the one before a span is covered too.
    """
    around = _reach(probe, size)
    across, down = size[0] / probe.width, size[1] / probe.height
    ahead = 1 / max(1.0, probe.fps)
    return [
        _filled(
            each,
            (
                _even(each.left * across - around),
                _even(each.top * down - around),
                _even(each.right * across + around, up=True),
                _even(each.bottom * down + around, up=True),
            ),
            ahead,
        )
        for each in covers
    ]


def _reach(probe: Probe, size: tuple[int, int]) -> int:
    """Pixels of this size beyond a box over which what is in it was spread."""
    is_shrunk = (probe.width, probe.height) != size
    is_plain = probe.plain_colour and not probe.hdr and probe.pix_fmt == "yuv420p"
    return (_SCALER_REACH if is_shrunk else 0) + (0 if is_plain else _COLOURS_REACH)


def _filled(cover: Cover, edges: tuple[int, int, int, int], ahead: float) -> str:
    left, top, right, bottom = edges
    start, end = cover.start_ms / 1000 - ahead, cover.end_ms / 1000
    return (
        f"drawbox=x={left}:y={top}:w={right - left}:h={bottom - top}:color=black:t=fill:"
        f"enable='gte(t,{start:.3f})*lt(t,{end:.3f})'"
    )


def _even(edge: float, *, up: bool = False) -> int:
    """The next even pixel outward: two by two share a colour."""
    return max(0, (ceil(edge / 2) if up else floor(edge / 2)) * 2)


def colours(probe: Probe, size: tuple[int, int]) -> list[str]:
    """Steps that scale to ``size`` and leave 8-bit 4:2:0 in BT.709, with square pixels.

    Naming the matrix costs half as much CPU again as the encoder needs, also where it is BT.709
    already: so it is named only where there is something to convert. zscale is the cheaper one to
    shrink what needs nothing else; swscale the one that passes on untouched what has its size, and
    the one that takes 4:2:0 of odd sizes, as browsers record.
    """
    width, height = size
    scale = f"scale={width}:{height}:flags=bicubic"
    if probe.hdr:
        steps = [scale, _TONEMAP.format(transfer=probe.transfer)]
    elif probe.plain_colour:
        is_even = probe.pix_fmt == "yuv420p" and not (probe.width % 2 or probe.height % 2)
        is_shrunk = (probe.width, probe.height) != size
        steps = [shrunk(size) if is_even and is_shrunk else scale]
    else:
        steps = [f"{scale}:out_color_matrix=bt709:out_range=limited"]
    return [*steps, "format=yuv420p", "setsar=1"]
