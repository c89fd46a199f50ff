"""Files that carry names as careless phones write them: in tags, tracks and chapters."""

import subprocess
from pathlib import Path

from drills.saying import RATE

PLACE = "+41.4090-075.6624/"
TOLD = ("41.4090", "075.6624", "75 deg 39", "iphone", "fictional")
"""What of the place and the device may stand nowhere in an output."""
KINDS = ("mp4", "doubled", "covered", "mov", "mkv")
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""The id of the box in which XMP lies (XMP Specification Part 3, 1.1.6)."""


def carried(folder: Path, seed: int, name: str, number: str) -> tuple[Path, str]:
    """Pictures and sound in one file that tells where, whose and by what; and its kind."""
    kind = KINDS[seed // 2 % len(KINDS)]
    path = folder / f"clip.{kind if kind in ('mov', 'mkv') else 'mp4'}"
    (folder / "chapters.txt").write_text(
        f";FFMETADATA1\ntitle={name}\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle={name}\n"
    )
    inputs = [folder / "silent.mp4", folder / "chapters.txt"]
    maps = ["-map", "0:v", "-map", "1:a", "-map_metadata", "2", "-map_chapters", "2"]
    if kind == "doubled":  # a second track of sound, in which all of it is said, and of words
        inputs.append(folder / "said.vtt")
        maps += ["-map", "1:a", "-map", "3:s", "-c:s", "mov_text"]
    if kind == "covered":
        inputs.append(_cover(folder, name))
        maps += ["-map", "3:v", "-disposition:v:1", "attached_pic"]
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", "-i", str(inputs[0])),
            *("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(folder / "said.pcm")),
            *(word for each in inputs[1:] for word in ("-i", str(each))),
            *maps, *"-c:v copy -c:a aac -ar 48000 -b:a 96k".split(), *_tags(name, number),
            *(("-movflags", "use_metadata_tags") if kind != "mkv" else ()), str(path),
        ],
        check=True,
    )  # fmt: skip
    if kind != "mkv":
        with path.open("ab") as file:
            file.write(_xmp(name))
    return path, kind


def _tags(name: str, number: str) -> list[str]:
    tags = {
        "location": PLACE, "make": "Fictional", "model": f"Phone of {name}", "artist": name,
        "comment": f"MRN {number}", "description": f"{name}, {number}",
        "com.apple.quicktime.location.ISO6709": PLACE, "creation_time": "2026-03-04T05:06:07Z",
    }  # fmt: skip
    words = [word for key, value in tags.items() for word in ("-metadata", f"{key}={value}")]
    return [*words, "-metadata:s:v:0", f"handler_name={name}", "-metadata:s:a", f"title={name}"]


def _cover(folder: Path, name: str) -> Path:
    """A picture of the patient's band, as players show it for the file."""
    from PIL import Image

    import drawn

    picture = Image.new("RGB", (480, 270), (70, 90, 100))
    drawn.words(picture, f"Patient {name}", (20, 100), 24)
    path = folder / "cover.png"
    picture.save(path)
    return path


def _xmp(name: str) -> bytes:
    text = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="{name}"/></rdf:RDF></x:xmpmeta>'
    ).encode()
    return (24 + len(text)).to_bytes(4, "big") + b"uuid" + _XMP + text
