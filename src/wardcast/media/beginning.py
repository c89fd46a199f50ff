"""What a player would ask for before a clip's first segment, to be sent ahead of its asking.

Two playlists and an initialisation segment are three round trips one after the other, and together
hardly a kilobyte.
"""

import base64
import re
from dataclasses import dataclass
from typing import Final

from wardcast.platform import storage

_URI: Final = re.compile(r"^[^#\n].*$", re.MULTILINE)
_INIT: Final = re.compile(r'#EXT-X-MAP:URI="([^"]+)"')
_MOST_BYTES: Final = 60_000
"""More than that is no gain on a poor line: a long clip in many sizes is asked for as usual."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Playlists as text, the one of all sizes first, and the initialisation segment of the size
    that players begin with, in base64; all by name, and relative to `base`. `segment` is the name
    of the first that is to be asked for."""

    base: str
    playlists: dict[str, str]
    inits: dict[str, str]
    segment: str


def of(hls: str) -> Beginning | None:
    """The beginning of the public clip at this address of its playlist; None when it is not on this
    machine's own mount, or no longer public."""
    mount, _, rest = hls.partition(f"{storage.MOUNT}/")
    folder, _, master = rest.partition("/")
    if mount or not master:
        return None
    try:
        return _read(folder, master)
    except FileNotFoundError:
        return None  # withdrawn meanwhile


def _read(folder: str, master: str) -> Beginning | None:
    text = _bytes(folder, master).decode()
    names = _URI.findall(text)
    playlists = {master: text} | {name: _bytes(folder, name).decode() for name in names}
    if not names or sum(map(len, playlists.values())) > _MOST_BYTES:
        return None
    lowest = playlists[names[0]]
    init, segments = _INIT.search(lowest), _URI.findall(lowest)
    if not (init and segments):
        return None
    inits = {init[1]: base64.b64encode(_bytes(folder, init[1])).decode()}
    return Beginning(f"{storage.MOUNT}/{folder}/", playlists, inits, segments[0])


def _bytes(folder: str, name: str) -> bytes:
    path = storage.path(folder, name)
    if path is None:
        raise FileNotFoundError(name)
    return path.read_bytes()
