"""What this room decides without asking anyone: states, hashes, gates, and a post's way."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from wardcast.accounts.rules import HostPolicy, Quorum
from wardcast.gate.edits import EditList

TITLE_CHARS = 120
TEXT_CHARS = 2_000
SCRIPT_CHARS = 20_000
REASON_CHARS = 1_000

NOT_REHEARSED = "not rehearsed"
"""The label of a version that the host's named person released without a rehearsal."""

REPLACED = "replaced"
"""Why a public version is withdrawn when a newer one takes its place."""


class WrongGraph(TypeError):
    """A state graph that names a state twice, leaves one out, or cannot be walked to its end."""


class IllegalMove(ValueError):
    """A move that the graph does not have."""


class VersionState(StrEnum):
    """How far a version is.

    draft → checking → ready → rehearsing → cleared → public → withdrawn. A version for which nobody
    has to be asked goes from ready to cleared; whoever objects makes it objected; and any that is
    not withdrawn is superseded when a newer one is cut, but a public one stays public until then.
    """

    DRAFT = "draft"
    CHECKING = "checking"
    READY = "ready"
    REHEARSING = "rehearsing"
    CLEARED = "cleared"
    OBJECTED = "objected"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"

    @property
    def follows(self) -> "frozenset[VersionState]":
        """The states that may come next."""
        return VERSIONS.after[self]

    @property
    def is_open(self) -> bool:
        """Whether it may still become public."""
        return self in _OPEN


class PostState(StrEnum):
    """How far a post is: draft (or scheduled) → public ⇄ held; deleted from any."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLIC = "public"
    HELD = "held"
    DELETED = "deleted"


S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Graph(Generic[S]):
    """States and what may follow each; checked when it is made.

    Every state is named; every state can be reached from the first; from every state an end can be
    reached. Raises `WrongGraph`.
    """

    first: S
    after: Mapping[S, frozenset[S]]

    def __post_init__(self) -> None:
        everything = set(type(self.first))
        if set(self.after) != everything:
            raise WrongGraph(f"these states have no line: {everything ^ set(self.after)}")
        if any(state in nexts for state, nexts in self.after.items()):
            raise WrongGraph("a state follows itself")
        if self._reached({self.first}) != everything:
            raise WrongGraph(f"never reached: {everything - self._reached({self.first})}")
        ends = {state for state, nexts in self.after.items() if not nexts}
        stuck = {state for state in everything if not self._reached({state}) & ends}
        if stuck:
            raise WrongGraph(f"no way to an end from {stuck}")

    def may(self, state: S, to: S) -> bool:
        """Whether `to` may follow `state`."""
        return to in self.after[state]

    def require(self, state: S, to: S) -> None:
        """Raises `IllegalMove` unless `to` may follow `state`."""
        if not self.may(state, to):
            raise IllegalMove(f"{type(state).__name__}: {state} is not followed by {to}")

    def _reached(self, begin: set[S]) -> set[S]:
        found, waiting = set(begin), list(begin)
        while waiting:
            for state in self.after[waiting.pop()] - found:
                found.add(state)
                waiting.append(state)
        return found


def _graph(first: S, lines: Mapping[S, Collection[S]]) -> Graph[S]:
    return Graph(first, {state: frozenset(nexts) for state, nexts in lines.items()})


_V, _P = VersionState, PostState

VERSIONS = _graph(
    _V.DRAFT,
    {
        _V.DRAFT: (_V.CHECKING, _V.SUPERSEDED),
        _V.CHECKING: (_V.READY, _V.OBJECTED, _V.SUPERSEDED),
        _V.READY: (_V.CHECKING, _V.REHEARSING, _V.CLEARED, _V.OBJECTED, _V.SUPERSEDED),
        _V.REHEARSING: (_V.CHECKING, _V.CLEARED, _V.OBJECTED, _V.SUPERSEDED),
        _V.CLEARED: (_V.CHECKING, _V.PUBLIC, _V.OBJECTED, _V.SUPERSEDED),
        _V.OBJECTED: (_V.SUPERSEDED,),
        _V.PUBLIC: (_V.WITHDRAWN,),
        _V.WITHDRAWN: (),
        _V.SUPERSEDED: (),
    },
)
"""A clearance that is revoked takes an open version back to checking. A public version is never
superseded: when a newer one takes its place, it is withdrawn, so that its files go."""

POSTS = _graph(
    _P.DRAFT,
    {
        _P.DRAFT: (_P.SCHEDULED, _P.PUBLIC, _P.HELD, _P.DELETED),
        _P.SCHEDULED: (_P.DRAFT, _P.PUBLIC, _P.HELD, _P.DELETED),
        _P.PUBLIC: (_P.HELD, _P.DELETED),
        _P.HELD: (_P.DRAFT, _P.PUBLIC, _P.DELETED),
        _P.DELETED: (),
    },
)

_OPEN = frozenset({_V.DRAFT, _V.CHECKING, _V.READY, _V.REHEARSING, _V.CLEARED, _V.OBJECTED})
OPEN_STATES = tuple(sorted(state.value for state in _OPEN))
"""States of a version that may still become public or is being worked on, as kept."""


class Gate(StrEnum):
    """Who must clear a version before it may be public."""

    CHECK = "check"
    ATTESTATION = "attestation"
    REHEARSAL = "rehearsal"


NOBODY = Quorum(0, 0)


def required(
    lane: str, *, official: bool = False, host: HostPolicy, author_id: UUID
) -> frozenset[Gate]:
    """The gates that a version in this lane must pass.

    The check and the attestation always (the latter clears by itself where every channel was
    checked); the rehearsal where the lane's quorum names anybody, unless the host's standing
    consent waives it for this author. What a host says officially is never spared a rehearsal.
    """
    gates = {Gate.CHECK, Gate.ATTESTATION}
    waived = "rehearsal" in host.waived(lane, author_id) and not official
    if host.quorum.get(lane, NOBODY) != NOBODY and not waived:
        gates.add(Gate.REHEARSAL)
    return frozenset(gates)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a clearance must be bound to: the version's words and the bytes that were rendered."""

    state: VersionState
    version_hash: str
    render_hash: str


@dataclass(frozen=True, slots=True)
class Cleared:
    """One gate's verdict, as kept."""

    gate: Gate
    verdict: str
    version_hash: str
    render_hash: str
    at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    note: str = ""

    def binds(self, version: Bound, now: datetime) -> bool:
        """Whether it is about exactly this version and counts at `now`."""
        return (
            self.revoked_at is None
            and (self.expires_at is None or self.expires_at > now)
            and bool(version.render_hash)
            and (self.version_hash, self.render_hash) == (version.version_hash, version.render_hash)
        )


@dataclass(frozen=True, slots=True)
class Clear:
    """It may be published."""


@dataclass(frozen=True, slots=True)
class Held:
    """It may not be published; `because` is for its author."""

    because: str


_WAITS_FOR = {
    Gate.CHECK: "The check is not cleared yet: open the report and answer what it found.",
    Gate.ATTESTATION: (
        "Part of it could not be checked, and two clinicians have not yet stated that they looked."
    ),
    Gate.REHEARSAL: "Not enough people have answered its rehearsal yet.",
}
_STATES = {
    VersionState.SUPERSEDED: "A newer version has taken its place. Publish that one.",
    VersionState.WITHDRAWN: "It was withdrawn. Cut a new version and have it checked.",
    VersionState.OBJECTED: "Somebody objects to it. Change it, then have it checked again.",
    VersionState.PUBLIC: "It is public already.",
}


def cleared_gates(version: Bound, clearances: Iterable[Cleared], now: datetime) -> frozenset[Gate]:
    """The gates whose latest verdict that counts is "cleared"."""
    latest: dict[Gate, Cleared] = {}
    for each in sorted(clearances, key=lambda one: one.at):
        if each.binds(version, now):
            latest[each.gate] = each
    return frozenset(gate for gate, each in latest.items() if each.verdict == "cleared")


def may_publish(
    version: Bound, clearances: Iterable[Cleared], required: Collection[Gate], now: datetime
) -> Clear | Held:
    """Whether a version may become public: its state first, then every gate it needs, in order.

    A superseded version may not, whatever clearances it has.
    """
    if version.state in _STATES:
        return Held(_STATES[version.state])
    if not version.render_hash:
        return Held("The clip is still being rendered. Wait until it is done.")
    have = cleared_gates(version, clearances, now)
    for gate in Gate:
        if gate in required and gate not in have:
            return Held(_WAITS_FOR[gate])
    if version.state is not VersionState.CLEARED:
        return Held("It is still on its way through the check.")
    return Clear()


def version_hash(
    *,
    original: str,
    edits: EditList,
    captions: Iterable[tuple[str, str, bool]] = (),
    title: str,
    text: str,
    script: str,
    cover_ms: int | None = None,
) -> str:
    """The hash that a version's clearances are bound to: SHA-256 (hex) of canonical JSON.

    `original` is a SHA-256 hash; `captions` are (language, SHA-256, whether that is spoken). The
    script is in it, since the check reads it; the lane is not.
    """
    parts = {
        "captions": [list(each) for each in sorted(captions)] or None,
        "cover": cover_ms,
        "edits": json.loads(edits.to_json()),
        "original": original,
        "script": script,
        "text": text,
        "title": title,
    }
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Unfit:
    """What cannot be used, and the sentence that says why and what to do."""

    code: str
    because: str


def words_fit(title: str, text: str, script: str) -> Unfit | None:
    """What is wrong with a draft's words, or None. Anything may be empty while it is a draft."""
    for name, value, most in (
        ("title", title, TITLE_CHARS),
        ("text", text, TEXT_CHARS),
        ("script", script, SCRIPT_CHARS),
    ):
        if len(value) > most:
            return Unfit(
                f"{name}_too_long",
                f"The {name} has {len(value):,} characters; at most {most:,} fit. Shorten it, then "
                "save again.",
            )
        if "\0" in value:
            return Unfit(
                f"bad_{name}",
                f"The {name} holds a character that cannot be kept. Type it again, then save.",
            )
    return None


def can_be_cut(title: str) -> Unfit | None:
    """What a draft still lacks before it can be checked, or None."""
    if not title.strip():
        return Unfit(
            "no_title", "The clip has no title yet. Write one, then have the clip checked."
        )
    return None


def cover_fits(at_ms: int, length_ms: int | None) -> Unfit | None:
    """What is wrong with the moment that a cover is to be taken at, or None."""
    if length_ms is None:
        return Unfit(
            "not_measured",
            "The clip is still being looked at, so no cover can be chosen yet. Wait a moment.",
        )
    if not 0 <= at_ms < length_ms:
        return Unfit(
            "no_such_moment",
            f"The clip runs {length_ms / 1000:.1f} s, and the cover was to be taken at "
            f"{at_ms / 1000:.1f} s. Choose a moment within it.",
        )
    return None


def reason_fits(reason: str) -> Unfit | None:
    """What is wrong with a reason that its reader is to understand, or None."""
    if not reason.strip():
        return Unfit(
            "no_reason", "This needs a reason, which the author will read. Write one, then send it."
        )
    if len(reason) > REASON_CHARS:
        return Unfit(
            "reason_too_long",
            f"The reason has {len(reason):,} characters; at most {REASON_CHARS:,} fit. Shorten it, "
            "then send it.",
        )
    return None
