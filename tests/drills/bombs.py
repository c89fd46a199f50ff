# ruff: noqa: E501  # a bomb a line can be found and counted
"""Hand-made bombs: files that anyone can write and nobody films.

Each is a name and a recipe that gets a `Lure`: the file that it tries to reach, and the server that
it tries to call.
"""

import io
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from drills import boxes as b
from drills.boxes import SEEDS, Bits, add, box, element, full, number, patched, replace, u16, u32

STBL = "moov/trak/mdia/minf/stbl"
FTYP = box(b"ftyp", b"isom", u32(512), b"isomiso2avc1mp41")


@dataclass(frozen=True)
class Lure:
    """What a bomb tries to reach: a file on this machine, and an address on it."""

    path: str
    url: str


Recipe = Callable[[Lure], bytes]
BOMBS: dict[str, Recipe] = {}
"""Every bomb by its name."""


def bomb(name: str) -> Callable[[Recipe], Recipe]:
    def register(recipe: Recipe) -> Recipe:
        BOMBS[name] = recipe
        return recipe

    return register


def plain(name: str, data: Callable[[], bytes]) -> None:
    """A bomb that reaches for nothing."""
    BOMBS[name] = lambda _: data()


def phone() -> bytes:
    return SEEDS["phone.mp4"]()


def webm() -> bytes:
    return SEEDS["browser.webm"]()


def mkv() -> bytes:
    return SEEDS["screen.mkv"]()


def mov(path: str, change: b.Change, nth: int = 0) -> Callable[[], bytes]:
    """The phone's clip with one box changed."""
    return lambda: patched(phone(), path, change, nth=nth)


# Pictures larger than any screen, and smaller


def sps(width: int, height: int, refs: int = 1) -> bytes:
    """H.264's header for pictures of this size, in multiples of sixteen."""
    bits = Bits().put(8, 0x67).put(8, 66).put(8, 0xC0).put(8, 51)
    bits.golomb(0, 4, 0, 4, refs).put(1, 0).golomb(width // 16 - 1, height // 16 - 1)
    return bits.put(1, 1).put(1, 1).put(1, 0).put(1, 0).data()


def avcc(header: bytes, length_size: int = 4) -> bytes:
    """The box that says how H.264 is stored."""
    pps = b"\x68\xce\x3c\x80"
    return box(
        b"avcC", bytes([1, 66, 0xC0, 51, 0xFC | length_size - 1, 0xE1]), u16(len(header)), header,
        b"\x01", u16(len(pps)), pps,
    )  # fmt: skip


def entry(kind: bytes, inner: bytes, width: int = 96, height: int = 160) -> bytes:
    """A picture track's only sample description."""
    head = bytes(6) + u16(1) + bytes(16) + u16(width, height) + u32(0x480000, 0x480000, 0)
    return u32(0, 1) + box(kind, head, u16(1), bytes(32), u16(0x18, 0xFFFF), inner)


plain("frame 65535 by 65535 by name", mov(f"{STBL}/stsd", b.write(40, u16(65535, 65535))))
plain("frame 65535 by 65535 in tkhd", mov("moov/trak/tkhd", b.write(76, u32(-65536, -65536))))
plain(
    "frame 65536 by 65536 in the stream",
    mov(f"{STBL}/stsd", replace(entry(b"avc1", avcc(sps(65536, 65536)), 65535, 65535))),
)
plain(
    "frame 16384 by 16384 with 16 references",
    mov(f"{STBL}/stsd", replace(entry(b"avc1", avcc(sps(16384, 16384, 16)), 96, 160))),
)
plain(
    "VP8 frame of 16383 by 16383 in a few bytes",
    lambda: webm().replace(
        b"\x9d\x01\x2a" + struct.pack("<HH", 96, 160), b"\x9d\x01\x2a\xff\x3f\xff\x3f"
    ),
)
plain("Matroska picture of 2^32 pixels across", lambda: b.in_tracks(mkv(), 0xB0, replace(u32(-1))))
plain("picture of no width", lambda: b.in_tracks(mkv(), 0xB0, replace(b"\0")))
plain("one pixel", lambda: b.real("-vf scale=1:1 -c:v libvpx -b:v 9k -an", name="x.webm"))
plain("one pixel high", lambda: b.real("-vf scale=640:1 -c:v libvpx -b:v 9k -an", name="x.webm"))
plain(
    "8190 by 2",
    lambda: b.real("-c:v libx264 -preset ultrafast -pix_fmt yuv420p -an", size="8190x2", rate="4"),
)
plain(
    "odd sides", lambda: b.real("-c:v libvpx -b:v 90k -c:a libopus", size="97x161", name="x.webm")
)
plain("pixels 65535 times as wide", lambda: _pasp(65535, 1))
plain("pixels 65535 times as high", lambda: _pasp(1, 65535))
plain("pixels of no size", lambda: _pasp(0, 0))
plain("turned by 45 degrees", lambda: _matrix(46341, 46341, -46341, 46341))
plain("turned by a matrix of zeros", lambda: _matrix(0, 0, 0, 0))
plain("turned by a matrix of the largest numbers", lambda: _matrix(-1, 0x7FFFFFFF, -(2**31), -1))


def _pasp(across: int, down: int) -> bytes:
    def change(payload: bytes) -> bytes:
        inner = payload[16:] + box(b"pasp", u32(across, down))
        return u32(0, 1) + box(b"avc1", inner)

    return patched(phone(), f"{STBL}/stsd", change)


def _matrix(a: int, bb: int, c: int, d: int) -> bytes:
    return patched(phone(), "moov/trak/tkhd", b.write(40, u32(a, bb, 0, c, d, 0, 0, 0, 0x40000000)))


# Time


def _video_timing(timescale: int, deltas: Iterable[int] | None = None) -> bytes:
    made = patched(phone(), "moov/trak/mdia/mdhd", b.write(12, u32(timescale)))
    if deltas is None:
        return made
    return patched(made, f"{STBL}/stts", replace(u32(0, *deltas)))


plain("10^9 pictures a second", lambda: _video_timing(10**9, (1, 9, 1)))
plain("4 * 10^9 pictures a second", lambda: _video_timing(2**32 - 1, (1, 9, 1)))
plain("a clock of zero", lambda: _video_timing(0))
plain("a clock of zero in the film", mov("moov/mvhd", b.write(12, u32(0))))
plain("24 hours in nine pictures", lambda: _video_timing(1, (1, 9, 9600)))
plain("4 billion pictures in the table of times", lambda: _video_timing(12, (1, -1, 1)))
plain("pictures of no length", lambda: _video_timing(12, (1, 9, 0)))
plain("pictures of negative length", lambda: _video_timing(12, (1, 9, -5)))
plain("times before the beginning", lambda: _ctts(-(2**31)))
plain("times at the end of the world", lambda: _ctts(2**31 - 1))
plain(
    "an edit that plays itself a hundred thousand times",
    lambda: _elst([(100, 0, 0x10000)] * 100_000),
)
plain("an edit from nowhere", lambda: _elst([(2**31, -1, 0x10000), (100, -5, 0x10000), (0, 0, 0)]))
plain(
    "edits that play the same half second a thousand times",
    lambda: _elst([(500, 0, 0x10000)] * 1_000),
)
plain("an edit list that says 4 billion", mov("moov/trak/edts/elst", b.write(4, u32(-1))))
plain("an edit at speed -1", lambda: _elst([(800, 0, -0x10000)]))


def _ctts(offset: int) -> bytes:
    return patched(phone(), STBL, add(full(b"ctts", u32(1, 9, offset), version=1)))


def _elst(edits: list[tuple[int, int, int]]) -> bytes:
    body = u32(0, len(edits)) + b"".join(u32(*edit) for edit in edits)
    return patched(phone(), "moov/trak/edts/elst", replace(body))


@bomb("24 hours at one picture a second")
def _day(_: Lure) -> bytes:
    count = 86_400
    made = patched(phone(), f"{STBL}/stts", replace(u32(0, 1, count, 12_288)))
    made = patched(made, f"{STBL}/stsz", replace(u32(0, 200, count)))
    made = patched(made, f"{STBL}/stsc", replace(u32(0, 1, 1, 1, 1)))
    return patched(made, f"{STBL}/stco", replace(u32(0, count, *[60] * count)))


@bomb("60,000 pictures in a minute")
def _many(_: Lure) -> bytes:
    count = 60_000
    made = patched(phone(), f"{STBL}/stts", replace(u32(0, 1, count, 12)))
    made = patched(made, f"{STBL}/stsz", replace(u32(0, 40, count)))
    made = patched(made, f"{STBL}/stsc", replace(u32(0, 1, 1, 1, 1)))
    return patched(made, f"{STBL}/stco", replace(u32(0, count, *[60] * count)))


# Tables that ask for memory


def _table(name: str, *values: int) -> Callable[[], bytes]:
    return mov(f"{STBL}/{name}", replace(u32(*values)))


plain("a hundred million samples of one byte", lambda: _samples(100_000_000))
plain("four billion samples of one byte", lambda: _samples(2**32 - 2))
plain("sizes for 4 billion samples and none there", _table("stsz", 0, 0, -1))
plain("samples of 2 GB each", _table("stsz", 0, 0x7FFFFFF0, 9))
plain("chunks in falling order", _table("stsc", 0, 3, 5, 1, 1, 2, 1, 1, 1, 9, 1))
plain("chunks of 4 billion samples", _table("stsc", 0, 1, 1, -1, 1))
plain("offsets behind the end", _table("stco", 0, 1, 0xFFFFFF00))
plain("offsets of 63 bits", lambda: patched(phone(), STBL, add(box(b"co64", u32(0, 1, -1, -1)))))
plain(
    "a table of keyframes that lies",
    lambda: patched(phone(), f"{STBL}/stss", replace(u32(0, -1, 9, 1))),
)
plain("no tables at all", mov(STBL, replace(b"")))
plain("an empty mdat", lambda: patched(phone(), "mdat", replace(b"")))
plain("two sample descriptions, one of another kind", lambda: _two_kinds())


def _samples(count: int) -> bytes:
    made = patched(phone(), f"{STBL}/stsz", replace(u32(0, 1, count)))
    made = patched(made, f"{STBL}/stts", replace(u32(0, 1, count, 1)))
    made = patched(made, f"{STBL}/stsc", replace(u32(0, 1, 1, count, 1)))
    return patched(made, f"{STBL}/stco", replace(u32(0, 1, 60)))


def _two_kinds() -> bytes:
    def change(payload: bytes) -> bytes:
        second = entry(b"hvc1", box(b"hvcC", bytes(30)), 4000, 4000)[8:]
        return u32(0, 2) + payload[8:] + second

    made = patched(phone(), f"{STBL}/stsd", change)
    return patched(made, f"{STBL}/stsc", replace(u32(0, 2, 1, 1, 1, 1, 8, 2)))


# Boxes


def _deep(count: int, kind: bytes = b"udta") -> bytes:
    sizes = b"".join(struct.pack(">I", 8 * (count - n)) + kind for n in range(count))
    return FTYP + box(b"moov", sizes)


plain("boxes 200,000 deep", lambda: _deep(200_000))
plain("trak in trak in trak", lambda: _deep(5_000, b"trak"))
plain("a million empty boxes", lambda: FTYP + box(b"free") * 1_000_000 + phone())
plain("a box of no size for ever", lambda: FTYP + box(b"moov", box(b"udta", size=0) * 500, size=0))
plain(
    "a box of 2^63 bytes", lambda: FTYP + u32(1) + b"mdat" + struct.pack(">Q", 2**63) + bytes(900)
)
plain("a box of 2^64-1 bytes", lambda: FTYP + u32(1) + b"moov" + b"\xff" * 8 + bytes(900))
plain("boxes of seven bytes", lambda: FTYP + box(b"moov", u32(7) * 9_000))
plain("5,000 tracks", lambda: _tracks(5_000))
plain("9 tracks", lambda: _tracks(9))
plain("5,000 tracks in Matroska", lambda: _mkv_tracks(5_000))
plain("tracks with the same number", lambda: _mkv_tracks(6))
plain("a compressed index of 200 MB", lambda: _cmov(200 << 20, bytes(200 << 20)))
plain("a compressed index in a compressed index", lambda: _cmov(1_000, _cmov(9, b"x")[len(FTYP) :]))
plain("an index that says it unfolds to 4 GB", lambda: _cmov(2**32 - 1, bytes(1_000)))


def _tracks(count: int) -> bytes:
    return patched(phone(), "moov", lambda moov: moov + _trak(moov) * count)


def _trak(moov: bytes) -> bytes:
    return box(b"trak", next(inner for kind, inner in b.boxes(moov) if kind == b"trak"))


def _mkv_tracks(count: int) -> bytes:
    (_, segment) = list(b.elements(mkv()))[1]
    tracks = next(inner for name, inner in b.elements(segment) if name == b.TRACKS)
    first = next(b.elements(tracks))[1]
    more = element(b.TRACKS, element(b.TRACK, first) * count)
    return b.with_element(mkv(), more, before=b.TRACKS)


def _cmov(says: int, index: bytes) -> bytes:
    packed = zlib.compress(index)
    inner = box(b"dcom", b"zlib") + box(b"cmvd", u32(says), packed)
    return FTYP + box(b"moov", box(b"cmov", inner)) + box(b"mdat", bytes(100))


# Fragments


def fragments() -> bytes:
    return SEEDS["fragments.mp4"]()


plain("fragments without their moof", lambda: b"".join(
    box(kind, inner) for kind, inner in b.boxes(fragments()) if kind != b"moof"
))  # fmt: skip
plain("fragments without their moov", lambda: b"".join(
    box(kind, inner) for kind, inner in b.boxes(fragments()) if kind != b"moov"
))  # fmt: skip
plain(
    "a run of 4 billion samples",
    lambda: patched(fragments(), "moof/traf/trun", b.write(4, u32(-1))),
)
plain(
    "a run that starts at -2^31",
    lambda: patched(fragments(), "moof/traf/trun", b.write(8, u32(-(2**31)))),
)
plain("a fragment at the end of time", lambda: patched(
    fragments(), "moof/traf/tfdt", replace(u32(0x01000000, 0x7FFFFFFF, -1))
))  # fmt: skip
plain(
    "a fragment of a track that is not there",
    lambda: patched(fragments(), "moof/traf/tfhd", b.write(4, u32(77))),
)
plain("a fragment far behind the end", lambda: patched(
    fragments(), "moof/traf/tfhd", replace(u32(1, 1, 0x7FFFFFFF, -9))
))  # fmt: skip
plain("5,000 empty fragments", lambda: fragments() + box(b"moof", full(b"mfhd", u32(1))) * 5_000)
plain("an index of segments that lies", lambda: _sidx(65_535, 0x7FFFFFFF, 2**31 - 1))
plain("an index of segments that leads back to itself", lambda: _sidx(9, 0x80000000, 1))
plain("an index of segments with a clock of zero", lambda: _sidx(3, 100, 1, timescale=0))
plain("an index at the end that lies", lambda: fragments() + box(
    b"mfra", full(b"tfra", u32(1, 0, -1, *[0] * 40)), full(b"mfro", u32(2**31))
))  # fmt: skip


def _sidx(count: int, size: int, length: int, timescale: int = 1000) -> bytes:
    references = u32(size, length, 0x90000000) * min(count, 9)
    sidx = full(b"sidx", u32(1, timescale, 0, 0), u16(0, count), references)
    head, rest = fragments()[:36], fragments()[36:]
    return head + sidx + rest


# Codec headers that lie

plain("garbage for avcC", mov(f"{STBL}/stsd", replace(entry(b"avc1", box(b"avcC", b"\xff" * 60)))))
plain("no avcC", mov(f"{STBL}/stsd", replace(entry(b"avc1", b""))))
plain(
    "avcC with lengths of one byte",
    mov(f"{STBL}/stsd", replace(entry(b"avc1", avcc(sps(96, 160), 1)))),
)
plain("avcC of another size", mov(f"{STBL}/stsd", replace(entry(b"avc1", avcc(sps(1920, 1088))))))
plain("hvcC with 255 arrays", mov(f"{STBL}/stsd", replace(
    entry(b"hvc1", box(b"hvcC", bytes(22), b"\xff", b"\xa0\xff\xff\xff\xff" * 20))
)))  # fmt: skip
plain("H.264 called HEVC", mov(f"{STBL}/stsd", lambda payload: payload.replace(b"avc1", b"hvc1")))
plain(
    "H.264 called AV1",
    mov(f"{STBL}/stsd", replace(entry(b"av01", box(b"av1C", b"\x81\xff\xff\xff")))),
)
plain("AV1 of 65536 by 65536", mov(f"{STBL}/stsd", replace(
    entry(b"av01", box(b"av1C", b"\x81\x00\x0c\x00\x0a\x0e\x00\x00\x00\x02\xff\xff\xff\xff\xff\xff\xf8\x20\x00\x08"))
)))  # fmt: skip
plain("H.264 called VP9", mov(f"{STBL}/stsd", replace(entry(b"vp09", full(b"vpcC", b"\xff" * 8)))))
plain("H.264 called PNG", mov(f"{STBL}/stsd", lambda payload: payload.replace(b"avc1", b"png ")))
plain(
    "H.264 called a text for ffmpeg",
    mov(f"{STBL}/stsd", lambda p: p.replace(b"avc1", b"\0\0\0\x01")),
)
plain("an Opus header that lies", lambda: b.in_tracks(
    webm(), 0x63A2, replace(b"OpusHead\x01\xff" + b"\xff" * 9 + bytes(255)), track=1
))  # fmt: skip
plain("an Opus header cut off", lambda: b.in_tracks(webm(), 0x63A2, replace(b"OpusHead"), track=1))
plain("255 channels", lambda: b.in_tracks(webm(), 0x9F, replace(b"\xff"), track=1))
plain("a Vorbis header that lies", lambda: b.in_tracks(
    SEEDS["export.webm"](), 0x63A2, lambda data: data[:3] + b"\xff" * 300 + data[303:], track=1
))  # fmt: skip
plain("a Vorbis header of laced nothing", lambda: b.in_tracks(
    SEEDS["export.webm"](), 0x63A2, replace(b"\x02" + b"\xff" * 4_000), track=1
))  # fmt: skip
plain(
    "garbage for esds", mov(f"{STBL}/stsd", lambda data: data[:60] + b"\xff" * (len(data) - 60), 1)
)
plain("mp3 in mov", lambda: b.real(
    "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a libmp3lame -f mov", name="x.mov"
))  # fmt: skip
plain("PCM of 32 channels", lambda: _pcm(16, u16(32)))
plain("PCM at 2^32 samples a second", lambda: _pcm(24, u32(-1)))
plain("PCM at one sample a second", lambda: _pcm(24, u32(0x00010000)))
plain("PCM at no rate", lambda: _pcm(24, u32(0)))
plain("PCM of 65535 channels", lambda: _pcm(16, u16(65535)))
plain("sound that nothing can be decoded from", lambda: _noise_for_sound())
plain("pictures that nothing can be decoded from", lambda: patched(
    phone(), "mdat", lambda data: b"\xa5" * len(data)
))  # fmt: skip


def _pcm(at: int, new: bytes) -> bytes:
    return patched(SEEDS["index_first.mov"](), f"{STBL}/stsd", b.write(16 + at, new), nth=1)


def _noise_for_sound() -> bytes:
    def noise(payload: bytes) -> bytes:
        name = payload[:4]
        return name + b"\x55" * (len(payload) - 4) if payload[0] == 0x82 else payload

    (_, head), (_, segment) = list(b.elements(webm()))[:2]
    out = b""
    for kind, payload in b.elements(segment):
        body = payload
        if kind == b.CLUSTER:
            body = b"".join(
                element(each, noise(inner) if each == b.SIMPLE_BLOCK else inner)
                for each, inner in b.elements(payload)
            )
        out += element(kind, body)
    return element(b.EBML, head) + element(b.SEGMENT, out, size=-1)


# Pictures that change on their way


def _stream(size: str, codec: str = "libx264") -> bytes:
    words = f"-an -c:v {codec} -preset ultrafast -pix_fmt yuv420p -f h264"
    return b.real(words, size=size, seconds="0.5", name="x.264")


def _joined(*sizes: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "x.mp4"
        words = "ffmpeg -nostdin -v error -y -f h264 -r 12 -i pipe:0 -c copy".split()
        subprocess.run([*words, str(made)], input=b"".join(map(_stream, sizes)), check=True)
        return made.read_bytes()


plain("the size changes on the way", lambda: _joined("96x160", "320x240"))
plain("the size grows past 4K on the way", lambda: _joined("96x160", "4200x2200"))
plain(
    "the size changes with each half second", lambda: _joined("96x160", "64x64", "480x270", "32x32")
)
plain("a 4K picture whose sixteen references are kept", lambda: b.real(
    "-an -c:v libx264 -preset ultrafast -refs 16 -pix_fmt yuv420p", size="3840x2160", seconds="1"
))  # fmt: skip
plain("HDR with garbage beside it", lambda: _hdr())
plain("a colour profile of noise", mov(f"{STBL}/stsd", lambda payload: u32(0, 1) + box(
    b"avc1", payload[16:], box(b"colr", b"prof", b"\x7f" * 50_000)
)))  # fmt: skip
plain("colours that do not exist", mov(f"{STBL}/stsd", lambda payload: u32(0, 1) + box(
    b"avc1", payload[16:], box(b"colr", b"nclx", u16(250, 251, 252), b"\xff")
)))  # fmt: skip


def _hdr() -> bytes:
    def change(payload: bytes) -> bytes:
        inner = payload[16:]
        extra = box(b"mdcv", b"\xff" * 24) + box(b"clli", b"\xff" * 4)
        extra += box(b"dvcC", b"\xff" * 24) + box(b"SmDm", b"\xff" * 24)
        return u32(0, 1) + box(b"hvc1", inner, extra)

    return patched(SEEDS["hevc.mov"](), f"{STBL}/stsd", change)


# Secrets and compression


def _encrypted(kind: bytes) -> bytes:
    def change(payload: bytes) -> bytes:
        sinf = box(
            b"sinf", box(b"frma", b"avc1"), full(b"schm", b"cenc", u32(0x10000)),
            box(b"schi", full(b"tenc", bytes([0, 0, 1, 8]), b"k" * 16)),
        )  # fmt: skip
        return u32(0, 1) + box(kind, payload[16:], sinf)

    return patched(phone(), f"{STBL}/stsd", change)


def _content_encoding(algorithm: int, packed: bytes, kind: int = 0) -> bytes:
    inner = number(0x5031, 0) + number(0x5032, 1) + number(0x5033, kind)
    inner += element(0x5034, number(0x4254, algorithm)) if kind == 0 else element(0x5035, b"")
    encodings = element(0x6D80, element(0x6240, inner))
    made = b.in_tracks(webm(), 0, add(encodings))
    block = b"\x81" + b"\x00\x00" + b"\x80" + packed
    cluster = element(b.CLUSTER, number(0xE7, 0), element(b.SIMPLE_BLOCK, block) * 3)
    return b.with_element(made, cluster)


plain("encrypted pictures", lambda: _encrypted(b"encv"))
plain("pictures that say they are encrypted", lambda: _encrypted(b"avc1"))
plain("encrypted Matroska", lambda: _content_encoding(0, b"\xa5" * 400, kind=1))
plain(
    "a block of 300 MB, compressed", lambda: _content_encoding(0, zlib.compress(bytes(300 << 20)))
)
plain("a block compressed with garbage", lambda: _content_encoding(0, b"\x78\x9c" + b"\xff" * 500))
plain("a block compressed in an unknown way", lambda: _content_encoding(9, bytes(50)))

# Matroska's lies

plain("an element of 2^56-2 bytes", lambda: webm() + element(0xEC, size=2**56 - 2))
plain("a header of 2^55 bytes", lambda: b"\x1aE\xdf\xa3" + element(0x4282, b"webm", size=2**55)[2:])
plain("a file of a header", lambda: element(b.EBML, element(0x4282, b"webm")))
plain("100,000 clusters without end", lambda: b.with_element(
    webm(), element(b.CLUSTER, number(0xE7, 0), size=-1) * 100_000
))  # fmt: skip
plain("tags 20,000 deep", lambda: b.with_element(mkv(), _deep_tags(20_000)))
plain("a million tags", lambda: b.with_element(mkv(), _wide_tags(100_000)))
plain("chapters in chapters", lambda: b.with_element(mkv(), _deep_chapters(3_000)))
plain("a hundred thousand chapters", lambda: b.with_element(mkv(), element(
    b.CHAPTERS, element(0x45B9, element(0xB6, number(0x91, 0), element(
        0x80, element(0x85, b"x"))) * 100_000)
)))  # fmt: skip
plain("cues that lead to themselves", lambda: b.with_element(webm(), element(
    b.CUES, element(0xBB, number(0xB3, 0), element(0xB7, number(0xF7, 1), number(0xF1, 0))) * 900
)))  # fmt: skip
plain("a list of contents that leads to itself", lambda: b.with_element(webm(), element(
    0x114D9B74, element(0x4DBB, element(0x53AB, b"\x11\x4d\x9b\x74"), number(0x53AC, 0)) * 50
), before=b.INFO))  # fmt: skip
plain("a clock of zero in Matroska", lambda: _info(number(0x2AD7B1, 0)))
plain("a clock of one nanosecond", lambda: _info(number(0x2AD7B1, 1)))
plain("a clock of 2^63", lambda: _info(number(0x2AD7B1, 2**63)))
plain("a length that is no number", lambda: _info(element(0x4489, b"\x7f\xf8" + bytes(6))))
plain("a length that is infinite", lambda: _info(element(0x4489, b"\x7f\xf0" + bytes(6))))
plain("pictures of one nanosecond", lambda: b.in_tracks(mkv(), 0x23E383, replace(b"\x01")))
plain("blocks laced with lies", lambda: b.with_element(webm(), element(
    b.CLUSTER, number(0xE7, 0), *(
        element(b.SIMPLE_BLOCK, b"\x81\0\0" + bytes([0x80 | lacing, 255]) + b"\xff" * 300)
        for lacing in (2, 4, 6)
    ),
)))  # fmt: skip


def _info(new: bytes) -> bytes:
    (_, head), (_, segment) = list(b.elements(webm()))[:2]
    out = b"".join(
        element(name, payload + new if name == b.INFO else payload)
        for name, payload in b.elements(segment)
    )
    return element(b.EBML, head) + element(b.SEGMENT, out, size=-1)


def _deep_tags(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        head = element(0x45A3, b"x")
        size = len(head) + len(inner)
        inner = b"\x67\xc8" + struct.pack(">Q", size | 1 << 56) + head + inner
        if len(inner) > 4_000_000:
            break
    return element(b.TAGS, element(0x7373, inner))


def _wide_tags(count: int) -> bytes:
    each = b"".join(
        element(0x67C8, element(0x45A3, f"NAME{n}".encode()), element(0x4487, b"x" * 20))
        for n in range(count)
    )
    return element(b.TAGS, element(0x7373, each))


def _deep_chapters(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = element(0xB6, number(0x91, 0), inner)
    return element(b.CHAPTERS, element(0x45B9, inner))


# Words, tags and pictures beside the film


def _named(value: bytes, key: bytes = b"\xa9nam") -> bytes:
    data = box(b"data", u32(1, 0), value)
    hdlr = full(b"hdlr", u32(0), b"mdirappl", bytes(9))
    return patched(
        phone(), "moov", add(box(b"udta", full(b"meta", hdlr, box(b"ilst", box(key, data)))))
    )


plain("a title of 20 MB", lambda: _named(b"T" * (20 << 20)))
plain("a title of newlines and escapes", lambda: _named(b'\n\x1b[2J\x00\xff\xfe"}]\\u0000\r' * 40))
plain("a title that is no text", lambda: _named(bytes(range(256)) * 20))
plain("a hundred thousand keys", lambda: _keys(100_000))
plain("XMP of 20 MB", lambda: phone() + box(
    b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), b"<x:xmpmeta>" * 2_000_000
))  # fmt: skip
plain("an ID3 tag in front", lambda: _id3(200) + phone())
plain("an ID3 tag of 256 MB that is not there", lambda: _id3(2**28 - 1) + phone())
plain("an ID3 tag inside", lambda: patched(
    phone(), "moov", add(full(b"meta", full(b"hdlr", u32(0), b"ID32", bytes(13)), box(
        b"ID32", u32(0), _id3(2**28 - 1))))
))  # fmt: skip
plain("only a cover", lambda: patched(_sound_only(), "moov", add(box(b"udta", full(
    b"meta", full(b"hdlr", u32(0), b"mdirappl", bytes(9)), box(b"ilst", box(b"covr", box(
        b"data", u32(13, 0), _jpeg()))),
)))))  # fmt: skip
plain("a cover of garbage", lambda: _named(b"\xff\xd8\xff" + b"\xa5" * 3_000, b"covr"))
plain("subtitles beside the film", lambda: _mixed("-c:s mov_text"))
plain("subtitles for a screen reader beside the film", lambda: _mixed("-c:s srt", "x.mkv"))
plain("styled subtitles that ask for fonts", lambda: _mixed("-c:s ass", "x.mkv"))
plain("a data track", lambda: _handled(b"meta", box(b"mett", bytes(8), b"a/b\0")))
plain("a clock track", lambda: _handled(b"tmcd", box(b"tmcd", bytes(26))))
plain("a track that refers to itself", lambda: patched(
    phone(), "moov/trak", add(box(b"tref", box(b"chap", u32(1)), box(b"hint", u32(1, 2, 99))))
))  # fmt: skip
plain("closed captions of garbage", lambda: _handled(b"clcp", box(b"c608", bytes(8))))


def _keys(count: int) -> bytes:
    keys = b"".join(box(b"mdta", f"k{n}".encode()) for n in range(count))
    values = b"".join(
        box(struct.pack(">I", n + 1), box(b"data", u32(1, 0), b"v" * 30)) for n in range(count)
    )
    hdlr = full(b"hdlr", u32(0), b"mdta", bytes(13))
    meta = box(b"meta", hdlr, full(b"keys", u32(count), keys), box(b"ilst", values))
    return patched(phone(), "moov", add(meta))


def _id3(size: int) -> bytes:
    length = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + length + b"TIT2" + bytes(min(size, 4_000))


def _sound_only() -> bytes:
    return b.real("-map 1 -c:a aac", name="x.m4a")


def _jpeg() -> bytes:
    return b.real("-map 0 -frames:v 1 -c:v mjpeg -pix_fmt yuvj420p -f image2", name="x.jpg")


def _mixed(words: str, name: str = "x.mp4") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        film, said, made = (Path(folder) / each for each in ("film.mp4", "said.srt", name))
        film.write_bytes(phone())
        said.write_text("1\n00:00:00,000 --> 00:00:00,500\n<font face=/etc/passwd>Words\n")
        command = f"ffmpeg -nostdin -v error -y -i {film} -i {said} -map 0 -map 1 -c copy {words}"
        subprocess.run([*command.split(), str(made)], check=True)
        return made.read_bytes()


def _handled(kind: bytes, description: bytes) -> bytes:
    """A third track of another kind."""
    moov = next(inner for name, inner in b.boxes(phone()) if name == b"moov")
    trak = patched(_trak(moov), "trak/tkhd", b.write(12, u32(3)))
    trak = patched(trak, "trak/mdia/hdlr", b.write(8, kind))
    trak = patched(trak, "trak/mdia/minf/stbl/stsd", replace(u32(0, 1), description))
    return patched(phone(), "moov", add(trak))


# Reaching for what is not theirs


@bomb("a track whose bytes lie in another file")
def _dref(lure: Lure) -> bytes:
    url = full(b"url ", f"file://{lure.path}\0".encode())
    return patched(phone(), "moov/trak/mdia/minf/dinf/dref", replace(u32(0, 1), url))


@bomb("a track whose bytes lie on a server")
def _dref_url(lure: Lure) -> bytes:
    url = full(b"url ", f"{lure.url}/x.mp4\0".encode())
    return patched(phone(), "moov/trak/mdia/minf/dinf/dref", replace(u32(0, 1), url))


@bomb("a track whose bytes lie behind an alias")
def _alias(lure: Lure) -> bytes:
    path = lure.path.encode()
    record = bytes(150) + struct.pack(">HH", 18, len(path)) + path + b"\xff\xff\0\0"
    return patched(
        phone(), "moov/trak/mdia/minf/dinf/dref", replace(u32(0, 1), full(b"alis", record))
    )


@bomb("a film that is made of other films")
def _reference_movie(lure: Lure) -> bytes:
    reference = box(b"rdrf", u32(0), b"url ", u32(len(lure.url) + 1), lure.url.encode(), b"\0")
    return FTYP + box(b"moov", box(b"rmra", box(b"rmda", reference)))


ATTACHED = "../../../../../../../../tmp/escaped.txt"


@bomb("an attachment with a name that climbs")
def _attachment(lure: Lure) -> bytes:
    return _attached(ATTACHED, "text/plain", lure.path.encode())


@bomb("an attachment with an absolute name")
def _absolute(lure: Lure) -> bytes:
    return _attached(lure.path, "text/plain", b"overwritten")


plain(
    "a font of garbage attached",
    lambda: _attached("x.ttf", "font/ttf", b"\0\1\0\0" + b"\xff" * 5_000),
)
plain(
    "900 attachments",
    lambda: b.with_element(mkv(), element(b.ATTACHMENTS, _file("x", "a/b", b"x") * 900)),
)


def _file(name: str, kind: str, data: bytes) -> bytes:
    return element(
        0x61A7, element(0x466E, name.encode()), element(0x4660, kind.encode()),
        element(0x465C, data), number(0x46AE, 7),
    )  # fmt: skip


def _attached(name: str, kind: str, data: bytes) -> bytes:
    return b.with_element(mkv(), element(b.ATTACHMENTS, _file(name, kind, data)))


@bomb("a linked segment of another film")
def _linked(lure: Lure) -> bytes:
    return _info(element(0x3E83AB, lure.path.encode()) + element(0x3EB923, b"u" * 16))


_SCRIPTS: dict[str, str] = {
    "an HLS playlist": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{path}\n#EXT-X-ENDLIST\n",
    "an HLS playlist of a server": "#EXTM3U\n#EXTINF:9,\n{url}/a.ts\n#EXT-X-ENDLIST\n",
    "an HLS playlist with a key elsewhere": '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{url}/k"\n'
    "#EXTINF:9,\n{url}/a.ts\n",
    "an HLS playlist after a mark": "\ufeff#EXTM3U\n#EXTINF:9,\nconcat:{path}|{path}\n",
    "a concat list": "ffconcat version 1.0\nfile '{path}'\nfile '{url}/x.mp4'\n",
    "a concat list without its first line": "file '{path}'\nfile '{url}/x.mp4'\n",
    "a DASH manifest": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period>'
    "<BaseURL>{url}/</BaseURL><AdaptationSet/></Period></MPD>",
    "an SVG": '<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{path}"/></svg>',
    "an SVG with entities": '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file://{path}">]>'
    "<svg>&x;</svg>",
    "styled subtitles": "[Script Info]\n[Events]\nDialogue: 0,0:00:00,0:00:09,,,{path}\n",
    "an edit list for a player": "# mpv EDL v0\n{path},0,5\n{url}/x.mp4,0,5\n",
    "a session description": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n",
    "a list of songs": "[playlist]\nFile1={url}/x.mp4\nNumberOfEntries=1\n",
    "a SMIL": '<smil><body><video src="{url}/x.mp4"/></body></smil>',
    "an XSPF": '<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><track><location>{url}/x'
    "</location></track></playlist>",
    "a script for AviSynth": 'DirectShowSource("{path}")\n',
    "a shell script": "#!/bin/sh\ncat {path} >/tmp/escaped.txt\ncurl {url}\n",
    "ffmpeg's metadata": ";FFMETADATA1\ntitle={path}\n",
    "a page": "<!doctype html><script src={url}/x.js></script>",
    "a program": "<?php readfile('{path}');",
    "a PostScript": "%!PS\n({path}) (r) file\n",
}
for _name, _text in _SCRIPTS.items():
    BOMBS[f"{_name} in disguise"] = lambda lure, text=_text: text.format(  # type: ignore[misc]
        path=lure.path, url=lure.url
    ).encode()


@bomb("a playlist behind the beginning of a film")
def _late_playlist(lure: Lure) -> bytes:
    return FTYP + f"\n#EXTM3U\n#EXTINF:9,\nfile://{lure.path}\n".encode()


@bomb("a playlist in the name of a box")
def _box_playlist(lure: Lure) -> bytes:
    return b"\x00\x00\x00\x08wide#EXTM3U\n#EXTINF:9,\n" + f"{lure.url}/x\n".encode()


@bomb("MP4 and a page")
def _html(lure: Lure) -> bytes:
    page = f"<!doctype html><script src={lure.url}/x.js></script>".encode()
    return box(b"ftyp", b"isom", u32(512), b"isom") + box(b"free", page * 50) + phone()[32:] + page


@bomb("MP4 and a ZIP archive")
def _zip(lure: Lure) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../escaped.txt", lure.path)
    return phone() + out.getvalue()


@bomb("MP4 and a PDF")
def _pdf(lure: Lure) -> bytes:
    return phone() + f"%PDF-1.7\n1 0 obj<</Type/Action/URI({lure.url})>>endobj\n".encode()


@bomb("WebM and a playlist")
def _webm_playlist(lure: Lure) -> bytes:
    lines = f"\n#EXTM3U\n#EXTINF:9,\nfile://{lure.path}\n#EXTINF:9,\n{lure.url}/x.ts\n".encode()
    return b.with_element(webm(), element(0xEC, lines), before=b.INFO) + lines


plain("MP4 in WebM", lambda: webm() + phone())
plain("WebM in MP4", lambda: FTYP + box(b"mdat", webm()))
plain("nothing", lambda: b"")
plain("one byte", lambda: b"\x1a")
plain("zeros", lambda: bytes(100_000))
plain("a header and zeros", lambda: FTYP + bytes(5_000_000))
plain("a picture from a phone", lambda: box(b"ftyp", b"heic", u32(0), b"mif1heic") + bytes(900))
plain(
    "a picture in motion from a browser",
    lambda: box(b"ftyp", b"avis", u32(0), b"avis") + bytes(900),
)
