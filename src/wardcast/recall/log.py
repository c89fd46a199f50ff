"""The log of a notice: its opening, who was sealed in, what it has reached, its end, for anyone
to check.

Entries are JSON texts, each with the hash of the one before; with each the root over all of them
(RFC 6962) is signed with the house's key and kept. A cohort's leaves are HMACs of secrets that only
the viewers and the house know, under a key of the notice's own: they tie nobody to anything, and
whoever is given their secret finds theirs. `wardcast.proof` checks it and shares nothing with this.
"""

import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wardcast.accounts import viewers as salts
from wardcast.platform import clock, config
from wardcast.platform.files import write_secret
from wardcast.recall import closing, rules
from wardcast.recall.models import LogCohort, LogEntry, Notice

FORMAT, ENDED_FORMAT = "wardcast-proof-1", "wardcast-proof-2"
"""The second form is the first with an end: an older verifier reads every log but one that has
ended, and says of that one that it does not know its form."""
_FIRST = "0" * 64
_LEAF = 32
_TERMINATED = "terminated"
_OPEN = ("exposed", "owed", "shown_only", "acknowledged", "unreachable")
_ENDED = ("exposed", "not_reached", "shown_only", "acknowledged", "unreachable")


def opened(row: Notice) -> None:
    """Begins a notice's log. A note, which nobody owes, has one as well."""
    # A hash of few words can be guessed: what would repeat a leak is no part of it.
    wrong = "" if row.privacy else row.what_wrong
    words = [row.severity, row.what_right, wrong, row.what_now, row.apology]
    _append(
        row.pk,
        "opened",
        version=str(row.version_id),
        severity=row.severity,
        opened_at=row.at.isoformat(),
        span_ms=[row.span_start_ms, row.span_end_ms],
        words=sha256(json.dumps(words).encode()).hexdigest(),
        video_key=secrets.token_hex(32),
    )


def sealed(row: Notice, members: Collection[int], coverage: rules.Coverage, departed: int) -> None:
    """Keeps who is in a cohort, as leaves, and its sum. `members`: a number a person or device;
    `departed`: those who had erased their history before."""
    if not _entries(row.pk):
        opened(row)
    key = _video_key(row.pk)
    known = salts.salts(members)
    # Whose number is gone has a leaf as well, which nobody finds.
    leaves = sorted(
        _leaf(key, _secret(known.get(each) or secrets.token_bytes(16), row.pk)) for each in members
    )
    LogCohort.objects.create(notice=row, leaves=b"".join(leaves))
    _append(
        row.pk,
        "sealed",
        cohort_size=len(leaves),
        cohort_root=_root([sha256(b"\0" + each).digest() for each in leaves]).hex(),
        departed=departed,
        coverage=_sums(coverage),
    )


def counted(notice_id: UUID, coverage: rules.Coverage) -> None:
    """Keeps what a notice has reached by now, if that is something new."""
    sums = _sums(coverage)
    said = [json.loads(each) for each in _entries(notice_id)]
    if said and said[-1]["kind"] != _TERMINATED and said[-1].get("coverage") != sums:
        _append(notice_id, "count", coverage=sums)


def terminated(
    notice_id: UUID,
    coverage: rules.Coverage,
    end: closing.MayEnd,
    *,
    goal: float,
    by_person: bool,
) -> None:
    """Ends a notice's log: what it has reached, and why no more is done. Nothing follows it."""
    _append(
        notice_id,
        _TERMINATED,
        coverage=_sums(coverage, _ENDED),
        because=end.because.value,
        words=end.words,
        goal=goal,
        by="a person" if by_person else "the house's rule",
    )


def public(notice_id: UUID) -> dict[str, Any] | None:
    """The proof as a file, or None where the notice has no log."""
    rows = list(LogEntry.objects.filter(notice=notice_id).order_by("number"))
    if not rows:
        return None
    last = rows[-1]
    return {
        "format": _form(each.text for each in rows),
        "notice": str(notice_id),
        "key": public_key(),
        "entries": [each.text for each in rows],
        "head": {
            "size": last.number,
            "root": last.root,
            "at": last.at,
            "signature": last.signature,
        },
        "cohort": [each.hex() for each in _leaves(notice_id)],
    }


def mine(notice_id: UUID, viewers: Collection[int]) -> str | None:
    """The secret (hex) by which one of these numbers finds itself in the cohort, or None where none
    of them is in it."""
    if not _entries(notice_id):
        return None
    key, leaves = _video_key(notice_id), set(_leaves(notice_id))
    for salt in salts.salts(viewers).values():
        secret = _secret(salt, notice_id)
        if _leaf(key, secret) in leaves:
            return secret.hex()
    return None


@dataclass(frozen=True, slots=True)
class Seal:
    """What a log says since its cohort was sealed: the root then (hex), and who is in it."""

    root: str
    leaves: tuple[bytes, ...]


def seal_of(notice_id: UUID) -> Seal:
    """The seal of a notice's cohort, which was sealed."""
    rows = LogEntry.objects.filter(notice=notice_id).order_by("number")
    root = next(each.root for each in rows if json.loads(each.text)["kind"] == "sealed")
    return Seal(root, tuple(_leaves(notice_id)))


def pseudonym(notice_id: UUID, number: int) -> bytes | None:
    """Who a viewer is in a notice's cohort, and in no other: the leaf of their number. None where
    there is nobody any more."""
    salt = salts.salts([number]).get(number)
    return None if salt is None else _leaf(_video_key(notice_id), _secret(salt, notice_id))


def public_key() -> str:
    """The key (hex) that the house's proofs are signed with."""
    return _key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def sign(line: bytes) -> str:
    """The house's signature (hex) under a line of JSON. No root is signed by it: those begin with
    the log's own name (`_append`)."""
    return _key().sign(line).hex()


def _append(notice_id: UUID, kind: str, **facts: object) -> None:
    """Call it inside a transaction that holds the notice's row."""
    before = _entries(notice_id)
    at = clock.now().isoformat()
    body: Mapping[str, object] = {
        "notice": str(notice_id),
        "number": len(before) + 1,
        "kind": kind,
        "at": at,
        "before": sha256(before[-1].encode()).hexdigest() if before else _FIRST,
        **facts,
    }
    text = json.dumps(body, sort_keys=True)
    root = _root([sha256(b"\0" + each.encode()).digest() for each in (*before, text)]).hex()
    form = _form((*before, text))
    signed = f"{form}\n{notice_id}\n{len(before) + 1}\n{root}\n{at}\n"
    LogEntry.objects.create(
        notice_id=notice_id,
        number=len(before) + 1,
        text=text,
        root=root,
        at=at,
        signature=_key().sign(signed.encode()).hex(),
    )


def _form(entries: Iterable[str]) -> str:
    ended = any(json.loads(each)["kind"] == _TERMINATED for each in entries)
    return ENDED_FORMAT if ended else FORMAT


def _entries(notice_id: UUID) -> list[str]:
    rows = LogEntry.objects.filter(notice=notice_id).order_by("number")
    return list(rows.values_list("text", flat=True))


def _leaves(notice_id: UUID) -> list[bytes]:
    row = LogCohort.objects.filter(pk=notice_id).first()
    data = bytes(row.leaves) if row else b""
    return [data[at : at + _LEAF] for at in range(0, len(data), _LEAF)]


def _video_key(notice_id: UUID) -> bytes:
    first = LogEntry.objects.get(notice=notice_id, number=1)
    return bytes.fromhex(json.loads(first.text)["video_key"])


def _secret(salt: bytes, notice_id: UUID) -> bytes:
    return hmac.digest(salt, notice_id.bytes, "sha256")


def _leaf(key: bytes, secret: bytes) -> bytes:
    return hmac.digest(key, secret, "sha256")


def _root(hashes: Sequence[bytes]) -> bytes:
    """The root of RFC 6962 over leaf hashes, split as its text says."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else sha256(b"").digest()
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\1" + _root(hashes[:split]) + _root(hashes[split:])).digest()


def _sums(coverage: rules.Coverage, names: Sequence[str] = _OPEN) -> dict[str, dict[str, int]]:
    return {
        group.value: {name: getattr(counts, name) for name in names}
        for group, counts in coverage.by_group.items()
    }


def _key() -> Ed25519PrivateKey:
    path = config.current().data / "keys" / "proof.key"
    if path.exists():
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    return Ed25519PrivateKey.from_private_bytes(write_secret(path, secrets.token_bytes(32)))
