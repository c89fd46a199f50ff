"""A post's way, as its author sees it: what is done, where it is now, who is awaited, what to do.

Pure: everything comes in as values. What only rooms above know (who must attest, who rehearses)
comes in as `Wait`s by gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from wardcast.posts.rules import Gate, VersionState

StepName = Literal["saved", "rendered", "checked", "attested", "rehearsed", "public"]
StepState = Literal["done", "now", "waiting", "failed", "skipped"]
Action = Literal[
    "wait", "write", "check", "review", "attest", "ask", "look_again", "publish", "corrected",
    "retry", "none",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wait:
    """What a gate that is not cleared waits for: what its author can do, in words, and who is
    awaited. `skipped` when the gate has nothing to ask of anybody."""

    action: Action
    detail: str
    awaited: tuple[UUID, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A render under way: `fraction` 0 to 1, seconds that it may still take."""

    fraction: float
    eta_s: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a post. `refusal` and `failure` are sentences; empty where there is none.

    `changed` when the draft is no longer what the working version was cut from; `retry` when work
    failed that trying again may help, `check_failed` when it was the check. `lacking` names sizes
    that a finished clip is without.
    """

    title: str = ""
    refusal: str = ""
    failure: str = ""
    retry: bool = False
    check_failed: bool = False
    measured: bool = False
    growing: bool = False
    playable: bool = False
    rendered: bool = False
    lacking: tuple[str, ...] = ()
    work: Work | None = None
    version: VersionState | None = None
    objection: tuple[Gate, str] | None = None
    changed: bool = False
    cleared: frozenset[Gate] = frozenset()
    required: frozenset[Gate] = frozenset(Gate)
    waits: Mapping[Gate, Wait] = field(default_factory=dict)
    notes: Mapping[Gate, str] = field(default_factory=dict)
    is_public: bool = False
    held: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the way. `fraction` 0 to 1 and `eta_s` in seconds where work is under way."""

    step: StepName
    state: StepState
    detail: str
    fraction: float | None = None
    eta_s: int | None = None
    awaited: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """The whole list, and the one thing to do next."""

    steps: tuple[Step, ...]
    next: Action
    next_text: str


_STEPS: tuple[tuple[StepName, Gate], ...] = (
    ("checked", Gate.CHECK),
    ("attested", Gate.ATTESTATION),
    ("rehearsed", Gate.REHEARSAL),
)
_DONE = {
    Gate.CHECK: "Nothing is left to answer.",
    Gate.ATTESTATION: "Stated by two clinicians.",
    Gate.REHEARSAL: "Heard by colleagues.",
}
_CHECK_FAILED = (
    "We could not finish the check, and it is not the clip's fault. Try again in a while; if it "
    "stays so, tell whoever runs this house."
)
_LATER = {
    Gate.CHECK: "Once you have it checked.",
    Gate.ATTESTATION: "Once the check has nothing left to answer.",
    Gate.REHEARSAL: "Once the check is through.",
}


def way(facts: Facts) -> Way:
    """The steps in order, and what the author can do next."""
    gates = [_gate_step(name, gate, facts) for name, gate in _STEPS]
    steps = (
        Step("saved", "done", "Only you can see this." if not facts.is_public else "Saved."),
        _rendered(facts),
        *gates,
        _public(facts),
    )
    action, text = _next(facts)
    return Way(steps, action, text)


def _rendered(facts: Facts) -> Step:
    if facts.refusal or facts.failure:
        return Step("rendered", "failed", facts.refusal or facts.failure)
    if facts.rendered:
        return Step("rendered", "done", _ready(facts.lacking))
    eta = facts.work.eta_s if facts.work else None
    fraction = facts.work.fraction if facts.work else None
    if facts.playable:
        detail = "It can be played already; the larger sizes still render."
    elif facts.growing:
        detail = "Its first seconds can be played already; the rest still renders."
    elif facts.measured:
        detail = "Rendering. You may close this page."
    else:
        detail = "Looking at the file. You may close this page."
    return Step("rendered", "now", detail, fraction, eta)


def _ready(lacking: tuple[str, ...]) -> str:
    if not lacking:
        return "Ready to play on phones and large screens."
    size = "size" if len(lacking) == 1 else "sizes"
    return (
        f"Ready to play, without the {size} {' and '.join(lacking)}, which could not be made. "
        "Phones and screens take the next one."
    )


def _gate_step(name: StepName, gate: Gate, facts: Facts) -> Step:
    if gate not in facts.required:
        return Step(name, "skipped", "Nobody has to be asked in this lane.")
    if facts.version is None:
        return Step(name, "waiting", _LATER[gate])
    if gate in facts.cleared:
        skipped = gate in facts.waits and facts.waits[gate].skipped
        detail = facts.notes.get(gate) or _DONE[gate]
        return Step(name, "skipped" if skipped else "done", detail)
    if facts.objection and facts.objection[0] is gate:
        return Step(name, "failed", facts.objection[1] or "Somebody objects.")
    if gate is Gate.CHECK and facts.check_failed:
        return Step(name, "failed", _CHECK_FAILED)
    wait = facts.waits.get(gate)
    if wait is None or not _is_turn(gate, facts):
        return Step(name, "waiting", _LATER[gate])
    return Step(name, "now", wait.detail, awaited=wait.awaited)


def _is_turn(gate: Gate, facts: Facts) -> bool:
    """Whether every needed gate before this one has cleared."""
    before = list(Gate)[: list(Gate).index(gate)]
    return all(each in facts.cleared for each in before if each in facts.required)


def _public(facts: Facts) -> Step:
    if facts.held:
        return Step("public", "failed", f"Held: {facts.held}")
    if facts.version is VersionState.PUBLIC:
        return Step("public", "done", "Everyone can watch it.")
    if facts.version is VersionState.WITHDRAWN:
        return Step("public", "failed", "Withdrawn. Nobody can watch it any more.")
    if facts.version is VersionState.CLEARED:
        return Step("public", "now", "Everything is cleared. You can publish it.")
    detail = "The older version is public." if facts.is_public else "Once everything is cleared."
    return Step("public", "waiting", detail)


def _next(facts: Facts) -> tuple[Action, str]:
    if facts.held:
        return "none", "A moderator holds this post. Read the reason, then answer them."
    if facts.retry:
        return "retry", "It was not the file's fault. Try again."
    if facts.refusal or (facts.failure and not facts.changed):
        return "none", "This file cannot be used. Delete the draft, then choose another file."
    if facts.version is None or facts.changed:
        return _before_check(facts)
    if facts.objection:
        return "write", "Change what was objected to, then have it checked again."
    if facts.version is VersionState.PUBLIC:
        if facts.corrected:
            return "corrected", "A correction is open. See whom it has reached."
        return "none", "Everyone can watch it. Nothing to do."
    if facts.version is VersionState.WITHDRAWN:
        return "write", "It is withdrawn. Change it, then have it checked again."
    if facts.version is VersionState.CLEARED:
        return "publish", "Publish it."
    for _, gate in _STEPS:
        if gate in facts.required and gate not in facts.cleared:
            wait = facts.waits.get(gate)
            return (wait.action, wait.detail) if wait else ("wait", "Wait a moment.")
    return "wait", "Wait until the clip is rendered."


def _before_check(facts: Facts) -> tuple[Action, str]:
    if not facts.title.strip():
        return "write", "Give it a title, then have it checked."
    if facts.version is None:
        return "check", "Have it checked."
    return "check", "You have changed it since. Have it checked again."
