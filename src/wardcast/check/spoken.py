"""The channel "speech": whether what is said was heard, and the moments that somebody must hear.

Speech counts as checked when a recogniser heard it, or when what the author typed as said accounts
for at least 90 % of the voiced time. In both cases each voiced moment without words is asked about:
a script does not say what it leaves out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from wardcast.check.accounting import account
from wardcast.check.finding import Finding, Severity, finding_id
from wardcast.check.language import knows, language_of, name_of
from wardcast.check.policy import Rule
from wardcast.check.report import ChannelState
from wardcast.check.span import TimeSpan, when
from wardcast.check.speech import Speech

CHANNEL: Final = "speech"
UNHEARD: Final = "unheard"
_LISTEN: Final = "Have a second clinician listen to it."
_TYPE: Final = (
    "Type what is said under “What is said”, word by word, then have it checked again; or have a "
    "second clinician listen to it."
)


def audible(said: Speech, muted: Iterable[TimeSpan]) -> Speech:
    """The speech without what nobody will hear."""
    spans = list(muted)

    def heard(start_ms: int, end_ms: int) -> bool:
        return not any(s.start_ms < end_ms and start_ms < s.end_ms for s in spans)

    return replace(said, words=tuple(w for w in said.words if heard(w.start_ms, w.end_ms)))


def state(said: Speech | None, script: str, muted: tuple[TimeSpan, ...]) -> ChannelState:
    """Whether speech was checked, and why not."""
    language = language_of(script)
    if said is None and script.strip() and not language.known:
        return _not_checked(
            f"What was typed as said reads as {language.name}; a script can be laid over English "
            "speech only.",
            _LISTEN,
        )
    if said is None:
        return _not_checked(
            "What was typed as said could not be found in the sound, so nobody has listened to it."
            if script.strip()
            else "This house has no recogniser of speech and nothing was typed as said, so nobody "
            "has listened to it.",
            _TYPE,
        )
    if not knows(said.language):
        return _not_checked(
            f"What is said was heard as {name_of(said.language)}; the check knows English only.",
            _LISTEN,
        )
    found = account(said, without=muted)
    if said.how == "aligned" and not found.enough:
        return _not_checked(
            f"What was typed as said accounts for {found.share:.0%} of what is spoken; 90 % is "
            "needed. The moments that it leaves out are listed.",
            _TYPE,
        )
    return ChannelState(CHANNEL, "checked")


def _not_checked(reason: str, remedy: str) -> ChannelState:
    return ChannelState(CHANNEL, "not_checked", reason, remedy)


def moments(said: Speech | None, muted: tuple[TimeSpan, ...], rule: Rule) -> Iterator[Finding]:
    """A finding for each moment in which somebody speaks and no word is known."""
    if said is None or rule.apart is None:
        return
    because = (
        "what was typed as said does not account for it"
        if said.how == "aligned"
        else "the recogniser made out no word"
    )
    for span in account(said, without=muted).moments:
        moment = when(span)
        yield Finding(
            id=finding_id(CHANNEL, UNHEARD, None, moment),
            kind=UNHEARD,
            channel=CHANNEL,
            span=None,
            time=span,
            severity=rule.apart,
            confidence=0.5,
            text=moment,
            before="",
            after="",
            reason=f"Somebody speaks here, and {because}. Listen to it: mute it if it tells of "
            "anyone, else say that it is no patient's.",
            suggestion="",
            actions=rule.actions,
        )


def left(spans: Iterable[TimeSpan], rule: Rule) -> Iterator[Finding]:
    """A finding for each muted span in which the finished clip still lets something be heard."""
    for span in spans:
        moment = when(span)
        yield Finding(
            id=finding_id(CHANNEL, UNHEARD, None, f"left|{moment}"),
            kind=UNHEARD,
            channel=CHANNEL,
            span=None,
            time=span,
            severity=Severity.BLOCK,
            confidence=1.0,
            text=moment,
            before="",
            after="",
            reason="This was muted, and in the finished clip something is still heard here. Redact "
            "it again; if that does not help, tell whoever runs this house.",
            suggestion="",
            actions=rule.actions,
        )
