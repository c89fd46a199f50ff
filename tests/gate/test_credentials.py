"""A signed clip says who made it and what was done to it, and is the same clip."""

import io
import json
import struct
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import factories
from drills.boxes import FOLDERS, boxes
from gate.conftest import ffmpeg
from wardcast.gate import credentials
from wardcast.gate.credentials import Author, Credential, Statement
from wardcast.gate.edits import EditList, Mute
from wardcast.gate.errors import GateBroken
from wardcast.platform import signing

ANA = Author("Dr Ana Araujo", "@ana@house.example", "Physician, surgery", date(2026, 3, 4))
SAID = Statement(
    title="How to use a spacer",
    author=ANA,
    version="ab" * 32,
    host="house.example",
    address="https://house.example/v/1",
    edits=EditList((Mute(1000, 2000), Mute(3000, 3500, "bleep"))),
)


def signed(clip: bytes, said: Statement = SAID) -> bytes:
    out = io.BytesIO()
    made = credentials.sign(io.BytesIO(clip), out, said, signing.signer().key)
    assert made.size == len(out.getvalue())
    return out.getvalue()


def read(clip: bytes, *, trusted: bool = True) -> Credential:
    found = credentials.read(io.BytesIO(clip), signing.signer().root if trusted else "")
    assert found is not None
    return found


def assertion(found: Credential, label: str) -> dict[str, object]:
    (data,) = (each["data"] for each in found.said["assertions"] if each["label"] == label)
    assert isinstance(data, dict)
    return data


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A clip as the gate leaves it: its index in front, no metadata."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    ffmpeg(
        *"-f lavfi -i testsrc2=size=96x160:rate=12:duration=2 -f lavfi -i sine=duration=2".split(),
        *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -map_metadata -1".split(),
        *"-fflags +bitexact -movflags +faststart".split(), path,
    )  # fmt: skip
    return path.read_bytes()


def leaves(data: bytes, at: str = "") -> Iterator[tuple[str, bytes]]:
    for kind, inner in boxes(data):
        path = f"{at}/{kind.decode()}"
        if kind in FOLDERS:
            yield from leaves(inner, path)
        else:
            yield path, inner


def test_nothing_of_the_clip_changes_but_its_own_box_and_the_offsets_that_point_past_it(
    clip: bytes,
) -> None:
    made = signed(clip)
    shift = len(made) - len(clip)
    before, after = list(leaves(clip)), list(leaves(made))
    added = [each for each in after if each[0] == "/uuid"]
    assert len(added) == 1
    assert len(added[0][1]) + 8 == shift
    after.remove(added[0])
    assert [path for path, _ in before] == [path for path, _ in after]
    offsets = 0
    for (path, old), (_, new) in zip(before, after, strict=True):
        if path.endswith("/stco"):
            count = struct.unpack_from(">I", old, 4)[0]
            was = struct.unpack_from(f">{count}I", old, 8)
            assert struct.unpack_from(f">{count}I", new, 8) == tuple(each + shift for each in was)
            offsets += count
        else:
            assert old == new, path
    assert offsets


def test_its_pictures_and_sound_are_the_same_to_the_bit(clip: bytes, tmp_path: Path) -> None:
    def frames(data: bytes, name: str) -> bytes:
        path = tmp_path / name
        path.write_bytes(data)
        words = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "framemd5", "-"]
        return subprocess.run(words, check=True, capture_output=True).stdout

    plain = frames(clip, "plain.mp4")
    assert plain.count(b"\n0,") == 24
    assert plain.count(b"\n1,") > 80
    assert frames(signed(clip), "signed.mp4") == plain


def test_a_reader_that_trusts_the_house_trusts_the_clip_and_others_see_that_it_is_whole(
    clip: bytes,
) -> None:
    made = signed(clip)
    assert (read(made).state, read(made).problems) == ("Trusted", ())
    stranger = read(made, trusted=False)
    assert (stranger.state, stranger.problems) == ("Valid", ("signingCredential.untrusted",))
    assert stranger.whole
    assert stranger.signed_by == signing.signer().name


def test_a_clip_that_was_changed_afterwards_is_seen_to_be(clip: bytes) -> None:
    made = bytearray(signed(clip))
    made[-100] ^= 1
    assert read(bytes(made)).state == "Invalid"
    assert not read(bytes(made)).whole


def test_it_names_the_author_the_version_and_each_edit(clip: bytes) -> None:
    found = read(signed(clip))
    work = assertion(found, "stds.schema-org.CreativeWork")
    assert work["name"] == found.said["title"] == SAID.title
    assert (work["version"], work["url"]) == (SAID.version, SAID.address)
    assert work["author"] == [
        {
            "@type": "Person",
            "name": "Dr Ana Araujo",
            "identifier": "@ana@house.example",
            "hasCredential": {
                "@type": "EducationalOccupationalCredential",
                "name": "Physician, surgery",
                "recognizedBy": {"@type": "Organization", "name": "house.example"},
                "validFrom": "2026-03-04",
            },
        }
    ]
    actions = assertion(found, "c2pa.actions.v2")["actions"]
    assert isinstance(actions, list)
    assert [each["action"] for each in actions] == [
        "c2pa.opened", "c2pa.edited.metadata", "c2pa.edited", "c2pa.edited", "c2pa.transcoded",
    ]  # fmt: skip
    assert actions[2]["parameters"] == {"from_ms": 1000, "to_ms": 2000}
    assert actions[3]["description"] == "Sound was replaced by a tone."


def test_captions_in_the_picture_are_an_edit_too(clip: bytes) -> None:
    said = Statement(SAID.title, ANA, SAID.version, "", "", EditList(), burned_in="ar")
    actions = assertion(read(signed(clip, said)), "c2pa.actions.v2")["actions"]
    assert isinstance(actions, list)
    assert actions[-1]["action"] == "c2pa.addedText"
    assert actions[-1]["parameters"] == {"language": "ar"}


def test_it_says_nothing_that_it_is_not_meant_to_say(clip: bytes) -> None:
    found = read(signed(clip))
    assert {each["label"] for each in found.said["assertions"]} == {
        "c2pa.actions.v2", "c2pa.hash.bmff.v3", "stds.schema-org.CreativeWork",
    }  # fmt: skip
    assert found.said["ingredients"] == [
        {"format": "video", "relationship": "parentOf", "label": "c2pa.ingredient.v3"}
    ]
    assert "thumbnail" not in json.dumps(found.said)
    assert set(found.said["signature_info"]) <= {
        "alg", "issuer", "common_name", "cert_serial_number"
    }  # fmt: skip


def test_an_author_without_a_credential_is_named_without_one(clip: bytes) -> None:
    said = Statement("", Author("Ben", "@ben@house.example"), "", "", "", EditList())
    work = assertion(read(signed(clip, said)), "stds.schema-org.CreativeWork")
    assert work["author"] == [
        {"@type": "Person", "name": "Ben", "identifier": "@ben@house.example"}
    ]


def test_a_remux_drops_it_so_that_signing_comes_last(clip: bytes, tmp_path: Path) -> None:
    path, again = tmp_path / "signed.mp4", tmp_path / "again.mp4"
    path.write_bytes(signed(clip))
    ffmpeg("-i", path, "-c", "copy", again)
    assert credentials.read(io.BytesIO(again.read_bytes())) is None


def test_what_is_no_clip_is_not_signed() -> None:
    with pytest.raises(GateBroken) as broken:
        signed(b"not a clip at all" * 100)
    assert broken.value.code == "not_signed"


@settings(max_examples=25)
@given(
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=80), name=st.text(max_size=40)
)
def test_words_come_back_as_they_went_in(title: str, name: str) -> None:
    said = Statement(title, Author(name, "@x@y"), "", "", "", EditList())
    found = read(signed(factories.boxed(b"x"), said))
    work = assertion(found, "stds.schema-org.CreativeWork")
    assert work["name"] == title
    assert work["author"] == [{"@type": "Person", "name": name, "identifier": "@x@y"}]
