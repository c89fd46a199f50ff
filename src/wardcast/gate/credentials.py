"""Content credentials (C2PA): who made a clip, which version it is and what was done to it, signed.

They lie in the MP4 itself, in a box of their own behind the first one; nothing else of the file
changes but the offsets that point past it. Any remux drops them, so a file is signed last of all.
What they say is what a `Statement` holds and nothing more: no thumbnail, and nothing of the
original, not even its hash, which would tell whoever has the original that this is it.

The first action is ``c2pa.opened``, of a recording of which nothing is said: the house knows what
it was brought, not how that came to be, and ``c2pa.created`` would have to say so. Muting is
``c2pa.edited``: ``c2pa.redacted`` means that a credential was cut, not a clip.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, Final

from wardcast.gate.edits import EditList, Mute, Span
from wardcast.gate.errors import GateBroken

MEDIA_TYPE: Final = "video/mp4"
_WORK: Final = "stds.schema-org.CreativeWork"
_ORIGINAL: Final = "recording"
_OFFLINE: Final = {
    "verify": {
        "verify_after_sign": False,
        "verify_trust": True,
        "remote_manifest_fetch": False,
        "ocsp_fetch": False,
    },
    "builder": {"thumbnail": {"enabled": False}},
}
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Author:
    """Who a credential names. `handle` is whole, as in ``@ana@house.example``; `credential` is what
    the host has checked them to be, empty if nothing, `checked_on` when."""

    name: str
    handle: str
    credential: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """All that a credential says of a clip.

    `version` is the version's hash; `address` where it is shown and perhaps corrected; `burned_in`
    is the language (BCP 47) of captions that are part of the picture, None for none.
    """

    title: str
    author: Author
    version: str
    host: str
    address: str
    edits: EditList
    burned_in: str | None = None


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the certificates above it, leaf first, in PEM. `algorithm` is C2PA's name
    (``es256``); `timestamps` the address of a time-stamp authority, empty for none."""

    chain: str
    private: str = field(repr=False)
    algorithm: str
    timestamps: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """What was written: its length in bytes and SHA-256 (hex)."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Credential:
    """What a reader learns from a file. `state` is ``Trusted``, ``Valid`` (whole, but by somebody
    whom the reader does not know) or ``Invalid``; `signed_by` the certificate's organisation."""

    state: str
    signed_by: str
    problems: tuple[str, ...]
    said: dict[str, Any]

    @property
    def whole(self) -> bool:
        """Whether the file is what was signed."""
        return self.state in ("Trusted", "Valid")


def sign(source: BinaryIO, out: BinaryIO, statement: Statement, key: SigningKey) -> Signed:
    """Write the MP4 in ``source`` to ``out`` with a credential; both must be able to seek, and
    ``out`` to be read.

    Raises `GateBroken` where it cannot be signed, or no time-stamp can be had from the authority
    that the key names. ``out`` may then hold a part of the file.
    """
    import c2pa  # 13 MB of memory, and only who signs needs it

    words = json.dumps(manifest(statement))
    named = c2pa.C2paSignerInfo(
        key.algorithm.encode(), key.chain.encode(), key.private.encode(),
        key.timestamps.encode() or None,
    )  # fmt: skip
    with (
        _said_plainly("not_signed", "The clip could not be signed"),
        c2pa.Context.from_dict(_OFFLINE) as context,
        c2pa.Signer.from_info(named) as signer,
        c2pa.Builder.from_json(words, context=context) as builder,
    ):
        builder.sign(signer, MEDIA_TYPE, source, out)
    return _measured(out)


def read(stream: BinaryIO, trusted: str = "") -> Credential | None:
    """The credential in an MP4, checked against the certificates in ``trusted`` (PEM); None where
    there is none."""
    import c2pa

    trust = {"trust": {"trust_anchors": trusted}} if trusted else {}
    with (
        _said_plainly("not_read", "The content credential could not be read"),
        c2pa.Context.from_dict({**_OFFLINE, **trust}) as context,
    ):
        reader = c2pa.Reader.try_create(MEDIA_TYPE, stream, context=context)
        if reader is None:
            return None
        with reader:
            return _credential(json.loads(reader.json()))


def manifest(statement: Statement) -> dict[str, Any]:
    """What is signed, as C2PA wants it."""
    return {
        "claim_generator_info": [{"name": "Wardcast"}],
        "title": statement.title,
        "format": MEDIA_TYPE,
        "ingredients": [{"label": _ORIGINAL, "relationship": "parentOf", "format": "video"}],
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {"actions": list(_actions(statement)), "allActionsIncluded": True},
            },
            {"label": _WORK, "kind": "Json", "data": _work(statement)},
        ],
    }


def _actions(statement: Statement) -> Iterator[dict[str, Any]]:
    yield {"action": "c2pa.opened", "parameters": {"ingredientIds": [_ORIGINAL]}}
    yield {
        "action": "c2pa.edited.metadata",
        "description": "What the recording's file said of device, time and place was taken away.",
    }
    for mute in statement.edits.mutes:
        yield {"action": "c2pa.edited", "description": _muted(mute), "parameters": _span(mute)}
    for cut in statement.edits.cuts:
        said = "A part was taken out."
        yield {"action": "c2pa.trimmed", "description": said, "parameters": _span(cut)}
    yield {"action": "c2pa.transcoded"}
    if statement.burned_in is not None:
        yield {
            "action": "c2pa.addedText",
            "description": "Captions were written into the picture.",
            "parameters": {"language": statement.burned_in},
        }


def _muted(mute: Mute) -> str:
    return "Sound was replaced by a tone." if mute.how == "bleep" else "Sound was silenced."


def _span(edit: Mute | Span) -> dict[str, Any]:
    return {"from_ms": edit.start_ms, "to_ms": edit.end_ms}


def _work(statement: Statement) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": statement.title,
        "version": statement.version,
        "url": statement.address,
        "author": [_person(statement.author, statement.host)],
        "publisher": {"@type": "Organization", "name": statement.host},
    }


def _person(author: Author, host: str) -> dict[str, Any]:
    known = {"@type": "Person", "name": author.name, "identifier": author.handle}
    if not author.credential:
        return known
    checked = {"validFrom": author.checked_on.isoformat()} if author.checked_on else {}
    return {
        **known,
        "hasCredential": {
            "@type": "EducationalOccupationalCredential",
            "name": author.credential,
            "recognizedBy": {"@type": "Organization", "name": host},
            **checked,
        },
    }


def _credential(report: dict[str, Any]) -> Credential:
    found = report["manifests"][report["active_manifest"]]
    problems = report.get("validation_status") or ()
    return Credential(
        state=report["validation_state"],
        signed_by=(found.get("signature_info") or {}).get("issuer") or "",
        problems=tuple(each["code"] for each in problems),
        said=found,
    )


def _measured(stream: BinaryIO) -> Signed:
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    stream.seek(0)
    return Signed(size, digest.hexdigest())


@contextmanager
def _said_plainly(code: str, what: str) -> Iterator[None]:
    import c2pa

    try:
        yield
    except c2pa.C2paError as error:
        raise GateBroken(code, f"{what}. `wardcast doctor` says more.", log=str(error)) from error
