"""Tables that the check reads, each with its source in its first lines or beside it."""

import gzip
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[list[str]]:
    """The fields of a table of ours, without its comments; `.gz` is unpacked."""
    packed = (FOLDER / name).read_bytes()
    text = (gzip.decompress(packed) if name.endswith(".gz") else packed).decode()
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
