"""Whether a proof holds, in plain words where it does not.

A proof is a JSON file about one notice: entries that were appended one after another, each naming
the hash of the one before; a head with the RFC 6962 root over all of them, signed with the house's
ed25519 key; and the leaves of the cohort that was sealed, in order.
"""

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wardcast.proof import merkle

FORMAT, ENDED_FORMAT = "wardcast-proof-1", "wardcast-proof-2"
"""The second form is the first, and may end with the termination of the recall."""
_KINDS = {
    FORMAT: {"opened", "sealed", "count"},
    ENDED_FORMAT: {"opened", "sealed", "count", "terminated"},
}
_SUM = ("owed", "shown_only", "acknowledged", "unreachable")
_ENDED_SUM = ("not_reached", "shown_only", "acknowledged", "unreachable")
_CLASSES = ("signed_in", "guests")
_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Found:
    """What a check has found: everything that is wrong, and what holds."""

    wrong: tuple[str, ...]
    holds: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


class Unreadable(Exception):
    """The file is no proof at all."""


def read(data: bytes) -> dict[str, Any]:
    """The file's content. Raises `Unreadable`."""
    try:
        found = json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"This is not JSON: {error}.") from error
    if not isinstance(found, dict) or found.get("format") not in _KINDS:
        raise Unreadable(f"This is no proof of the form {FORMAT} or {ENDED_FORMAT}.")
    return found


def check(
    proof: dict[str, Any],
    *,
    key: str = "",
    before: dict[str, Any] | None = None,
    root: str = "",
    mine: str = "",
) -> Found:
    """Checks a proof. `key`: the house's public key (hex) that it must be signed with; `before`: an
    older proof of the same notice that this one must continue; `root`: the root (hex) of an older
    one, from which it must have grown; `mine`: a viewer's own secret for this notice (hex), whose
    leaf must be in the cohort."""
    try:
        wrong = list(_wrong(proof, key, before, mine))
        if root and _grown_from(root, proof["entries"]) is None:
            wrong.append(
                "The log has not grown from the root that was kept: what was said then has been "
                "changed since, however well all of it fits together now."
            )
    except (
        KeyError,
        TypeError,
        ValueError,
        IndexError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        return Found((f"A part is missing or has the wrong form ({type(error).__name__}).",))
    return Found(tuple(wrong), () if wrong else _holds(proof, root, mine))


def leaf_of(mine: str, video_key: str) -> bytes:
    """A viewer's leaf: HMAC of their secret under the notice's key. Nobody can tell whose it is
    without the secret, and the same viewer has another leaf in every other video's."""
    return hmac.new(bytes.fromhex(video_key), bytes.fromhex(mine), sha256).digest()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _wrong(
    proof: dict[str, Any], key: str, before: dict[str, Any] | None, mine: str
) -> Iterator[str]:
    entries: list[str] = proof["entries"]
    yield from _form(proof)
    yield from _signature(proof, key)
    yield from _chain(proof["notice"], entries)
    bodies = [json.loads(each, object_pairs_hook=_once) for each in entries]
    yield from _order(bodies, proof["format"])
    for number, body in enumerate(bodies, 1):
        if body["kind"] in ("count", "sealed", "terminated"):
            yield from _sums(body["coverage"], number, _parts(body))
        if body["kind"] == "terminated":
            yield from _reason(body, number)
    yield from _cohort(bodies, proof["cohort"])
    if before is not None:
        yield from _continues(proof, before)
    if mine:
        yield from _mine(bodies, proof["cohort"], mine)


def _form(proof: dict[str, Any]) -> Iterator[str]:
    names = {"format", "notice", "key", "entries", "head", "cohort"}
    if set(proof) != names or set(proof["head"]) != {"size", "root", "at", "signature"}:
        yield "The file has parts that no proof has, or lacks some that each has."
    if not all(isinstance(each, str) for each in [*proof["entries"], *proof["cohort"]]):
        raise TypeError


def _signature(proof: dict[str, Any], key: str) -> Iterator[str]:
    head, entries = proof["head"], proof["entries"]
    if key and key.lower() != proof["key"]:
        yield (
            "It is signed with another key than the house's: either it was made by somebody else, "
            "or the house has changed its key."
        )
    if head["size"] != len(entries):
        yield f"The signed head counts {head['size']} entries, the file holds {len(entries)}."
    top = merkle.root([merkle.leaf(each.encode()) for each in entries])
    if top.hex() != head["root"]:
        yield (
            "The entries are not those that were signed: one was changed, removed, added or moved."
        )
    signed = f"{proof['format']}\n{proof['notice']}\n{head['size']}\n{head['root']}\n{head['at']}\n"
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(proof["key"]))
        public.verify(bytes.fromhex(head["signature"]), signed.encode())
    except (InvalidSignature, ValueError):
        yield "The signature does not fit the head and the key in the file."


def _chain(notice: str, entries: Sequence[str]) -> Iterator[str]:
    previous = _FIRST
    for number, text in enumerate(entries, 1):
        body = json.loads(text, object_pairs_hook=_once)
        if body["before"] != previous:
            yield f"Entry {number} does not follow the one that stands before it."
        if body["notice"] != notice:
            yield f"Entry {number} is about another notice."
        if body["number"] != number:
            yield f"Entry {number} says that it is number {body['number']}."
        previous = sha256(text.encode()).hexdigest()


def _order(bodies: Sequence[dict[str, Any]], form: str) -> Iterator[str]:
    kinds = [each["kind"] for each in bodies]
    if kinds[:1] != ["opened"] or kinds.count("opened") != 1:
        yield "The log does not begin with one opening of the notice."
    if kinds.count("sealed") > 1:
        yield "The cohort was sealed more than once."
    if not set(kinds) <= _KINDS[form]:
        yield f"The log holds entries of a kind that {form} does not know."
    if kinds.count("terminated") > 1:
        yield "The recall was terminated more than once."
    if "terminated" in kinds:
        end = kinds.index("terminated")
        if "sealed" not in kinds[:end]:
            yield "The recall was terminated before its cohort was sealed."
        if kinds[end + 1 :]:
            yield "Something follows the termination of the recall, which ends the log."


def _parts(body: dict[str, Any]) -> tuple[str, ...]:
    return _ENDED_SUM if body["kind"] == "terminated" else _SUM


def _reason(body: dict[str, Any], number: int) -> Iterator[str]:
    """Who says that the goal was reached must have counted so."""
    if body["because"] not in ("goal_reached", "no_further_reach"):
        yield f"Entry {number} ends the recall for a reason that is not known."
    total = {
        name: sum(body["coverage"][each][name] for each in _CLASSES)
        for name in ("exposed", *_ENDED_SUM)
    }
    told = total["shown_only"] + total["acknowledged"]
    reachable = total["exposed"] - total["unreachable"]
    if body["because"] == "goal_reached" and told + 1e-9 < body["goal"] * reachable:
        yield (
            f"Entry {number} says that the goal was reached, but {told} of {reachable} are not "
            f"{body['goal']:.0%}."
        )


def _sums(coverage: dict[str, Any], number: int, names: Sequence[str]) -> Iterator[str]:
    for name in _CLASSES:
        counts = coverage[name]
        parts = [counts[each] for each in names]
        if set(counts) != {"exposed", *names}:
            yield f"Entry {number} counts something else than it should, under {name}."
        if any(not isinstance(each, int) or each < 0 for each in parts):
            yield f"Entry {number} counts what cannot be counted, under {name}."
        elif counts["exposed"] != sum(parts):
            yield (
                f"Entry {number} does not add up for {name}: {counts['exposed']} exposed, but "
                f"{' + '.join(map(str, parts))} = {sum(parts)}."
            )


def _cohort(bodies: Sequence[dict[str, Any]], leaves: Sequence[str]) -> Iterator[str]:
    sealed = next((each for each in bodies if each["kind"] == "sealed"), None)
    if sealed is None:
        if leaves:
            yield "The file lists a cohort although none was sealed."
        return
    if list(leaves) != sorted(set(leaves)):
        yield "The cohort's leaves are not in order, or one stands twice."
    top = merkle.root([merkle.leaf(bytes.fromhex(each)) for each in leaves])
    if sealed["cohort_size"] != len(leaves) or sealed["cohort_root"] != top.hex():
        yield "The cohort's leaves are not those that were sealed."
    exposed = sum(sealed["coverage"][each]["exposed"] for each in _CLASSES)
    gone = sealed["departed"]
    if exposed != len(leaves) + gone:
        yield (
            f"The seal counts {exposed} exposed, but {len(leaves)} leaves and {gone} who had "
            "erased their history."
        )


def _continues(proof: dict[str, Any], before: dict[str, Any]) -> Iterator[str]:
    old, new = before["entries"], proof["entries"]
    if before["notice"] != proof["notice"]:
        yield "The older proof is about another notice."
    if before["key"] != proof["key"]:
        yield "The older proof was signed with another key."
    if new[: len(old)] != old:
        yield "The log does not continue the older one: what was said then has been changed since."


def _grown_from(root: str, entries: Sequence[str]) -> int | None:
    """How many entries stood under this root when it was signed; None where it is the root of no
    beginning of the log. All entries are at hand, so the proof of consistency of RFC 6962 (section
    2.1.2) is to compute the older root anew."""
    leaves = (merkle.leaf(each.encode()) for each in entries)
    for size, top in enumerate(merkle.roots(leaves), 1):
        if top.hex() == root.lower():
            return size
    return None


def _mine(bodies: Sequence[dict[str, Any]], leaves: Sequence[str], mine: str) -> Iterator[str]:
    own = leaf_of(mine, bodies[0]["video_key"]).hex()
    if own not in leaves:
        yield "You are not in this cohort: no leaf fits your secret."


def _holds(proof: dict[str, Any], root: str, mine: str) -> tuple[str, ...]:
    bodies = [json.loads(each) for each in proof["entries"]]
    last = next((each for each in reversed(bodies) if "coverage" in each), None)
    found = [
        f"{len(bodies)} entries, one after another, as signed on {proof['head']['at']}.",
        f"Signed with the key {proof['key']}: compare it with what the house publishes.",
    ]
    if root:
        size = _grown_from(root, proof["entries"])
        found.append(f"Its first {size} entries are those under the root that was kept.")
    if last:
        names = _parts(last)
        total = {
            name: sum(last["coverage"][each][name] for each in _CLASSES)
            for name in ("exposed", *names)
        }
        parts = " + ".join(f"{total[name]} {name.replace('_', ' ')}" for name in names)
        found.append(f"Of {last['at']}: {total['exposed']} exposed = {parts}.")
    if last and last["kind"] == "terminated":
        found.append(f"The recall was terminated by {last['by']}: {last['words']}")
    if proof["cohort"]:
        found.append(
            f"The sealed cohort has {len(proof['cohort'])} members; it names none of them."
        )
    if mine:
        found.append("You are one of them.")
    return tuple(found)
