"""The channel "voices": whose they are. Nobody is recognised, and nothing of a voice is kept: whose
the main voice is, is asked once for each clip, and each turn of another voice beside.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from wardcast.check.finding import Finding, Severity, finding_id
from wardcast.check.policy import Rule
from wardcast.check.report import ChannelState
from wardcast.check.span import TimeSpan, left_of, long_ms, when

CHANNEL: Final = "voices"
SPEAKER: Final = "speaker"
VOICE: Final = "voice"
_SHORTEST_MS: Final = 300
"""So little of a voice tells nobody whose it is."""

_THROUGHOUT = "One voice speaks throughout. Is it yours, or of somebody who consents?"
_MOST = "This voice speaks most. Is it yours, or of somebody who consents?"
_TOO_LITTLE = (
    "Too little is said to tell voices apart. Listen to all of it: is it yours alone, or of people "
    "who consent?"
)
_ANOTHER = (
    "This sounds like another voice than the one that speaks most. Whose is it? Mute it if it is a "
    "patient's who has not consented."
)


@dataclass(frozen=True, slots=True)
class Voices:
    """Where somebody speaks, and the turns of other voices than the main one, both in order.

    `told` is whether there was enough speech to tell voices apart.
    """

    voiced: tuple[TimeSpan, ...] = ()
    others: tuple[TimeSpan, ...] = ()
    told: bool = True


def state(voices: Voices | None) -> ChannelState:
    """Whether the voices of a clip with sound were told apart."""
    if voices is not None:
        return ChannelState(CHANNEL, "checked")
    return ChannelState(
        CHANNEL,
        "not_checked",
        "Nobody has listened for other voices than the author's, so a patient's would not be "
        "noticed.",
        "Have a second clinician listen to it.",
    )


def findings(
    voices: Voices | None,
    muted: Iterable[TimeSpan],
    policy: Mapping[str, Rule],
    *,
    is_own: bool = False,
) -> Iterator[Finding]:
    """Whose the main voice is, unless `is_own` says that it is the author's, and a finding for each
    turn of another; without what is muted."""
    if voices is None:
        return
    hidden = list(muted)
    heard = left_of(voices.voiced, hidden)
    speaks, turn = policy[SPEAKER], policy[VOICE]
    if long_ms(heard) >= _SHORTEST_MS and speaks.apart is not None and not is_own:
        whole = TimeSpan(voices.voiced[0].start_ms, voices.voiced[-1].end_ms)
        yield _finding(SPEAKER, "Voice 1", whole, speaks.apart, speaks, _because(voices))
    for each in voices.others:
        if turn.apart is not None and long_ms(left_of([each], hidden)) >= _SHORTEST_MS:
            yield _finding(VOICE, "Another voice", each, turn.apart, turn, _ANOTHER)


def _because(voices: Voices) -> str:
    if not voices.told:
        return _TOO_LITTLE
    return _MOST if voices.others else _THROUGHOUT


def _finding(
    kind: str, text: str, time: TimeSpan, severity: Severity, rule: Rule, reason: str
) -> Finding:
    return Finding(
        id=finding_id(CHANNEL, kind, None, when(time)),
        kind=kind,
        channel=CHANNEL,
        span=None,
        time=time,
        severity=severity,
        confidence=0.5 if kind == VOICE else 0.9,
        text=text,
        before="",
        after="",
        reason=reason,
        suggestion="",
        actions=rule.actions,
    )
