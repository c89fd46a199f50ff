"""The check of one version:

every text channel and the container's tags read, what nobody read said so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from wardcast.check import sights, spoken, voices
from wardcast.check.detectors import metadata, relative_dates
from wardcast.check.detectors.hit import Hit
from wardcast.check.detectors.metadata import ContainerTag
from wardcast.check.finding import Finding, Severity, finding_id
from wardcast.check.hits import find, kept, spread
from wardcast.check.language import knows, language_of, name_of
from wardcast.check.lexicon import EMPTY, Lexicon
from wardcast.check.policy import DEFAULT, STRIP, Rule
from wardcast.check.reading import Reading
from wardcast.check.report import ChannelState, Report, translation_channel
from wardcast.check.seen import Seen
from wardcast.check.span import TextSpan, TimeSpan
from wardcast.check.speech import Speech
from wardcast.check.storied import KIND as STORY
from wardcast.check.storied import with_story
from wardcast.check.telling import Found, Telling, telling
from wardcast.check.transcript import Transcript
from wardcast.check.voices import Voices

Policy = Mapping[str, Rule]

TEXT_CHANNELS = ("title", "caption", "script", "captions")
CONTEXT = 48
"""Characters of the text that a finding has on each side."""


@dataclass(frozen=True, slots=True)
class Material:
    """What of a version can be read:

    texts, captions, the original's tags, and the author's own words. `captions` are those of what
    is spoken, in `spoken`; `translations` are caption tracks in other languages, by tag. `said` is
    what a recogniser heard, or the script laid over the sound, of which nobody hears `muted`;
    `seen` is what eyes saw in the pictures, None where nothing looked; `voices` are those that were
    told apart, None where nothing could, and `own_voice` says that the main one is the author's.
    `place` is the author's own town, among whose people a story is weighed. Of the clip that was
    made `left_tags` are the tags that it still carries, `left_heard` the muted spans in which
    something is still heard.
    """

    title: str = ""
    caption: str = ""
    script: str = ""
    captions: Transcript | None = None
    spoken: str = "en"
    translations: tuple[tuple[str, Transcript], ...] = ()
    tags: tuple[ContainerTag, ...] = ()
    duration_ms: int = 0
    has_audio: bool = True
    said: Speech | None = None
    muted: tuple[TimeSpan, ...] = ()
    seen: Seen | None = None
    voices: Voices | None = None
    own_voice: bool = False
    lexicon: Lexicon = EMPTY
    posted_at: datetime | None = None
    place: str = ""
    left_tags: tuple[ContainerTag, ...] = ()
    left_heard: tuple[TimeSpan, ...] = ()

    def texts(self) -> dict[str, str]:
        """The text channels that hold something, by name."""
        captions = self.captions.text if self.captions else ""
        named = zip(TEXT_CHANNELS, (self.title, self.caption, self.script, captions), strict=True)
        translated = ((translation_channel(tag), each.text) for tag, each in self.translations)
        heard = self.heard
        said = ((spoken.CHANNEL, heard.text),) if heard and heard.how == "recognised" else ()
        seen = ((sights.SCREEN, self.seen.text),) if self.seen else ()
        every = (*named, *translated, *said, *seen)
        return {name: text for name, text in every if text.strip()}

    @property
    def heard(self) -> Speech | None:
        """What is said and not muted."""
        return spoken.audible(self.said, self.muted) if self.said else None

    def clocks(self) -> "Clocks":
        """How the channels that have times tell when words are said."""
        found: Clocks = {"captions": self.captions.time_of} if self.captions else {}
        heard = self.heard
        if heard and heard.how == "recognised":
            found[spoken.CHANNEL] = heard.time_of
        elif self.said and self.said.text == self.script.strip():
            found["script"] = _shifted(self.said, len(self.script) - len(self.script.lstrip()))
        if self.seen:
            found[sights.SCREEN] = self.seen.time_of
        return found | {
            translation_channel(tag): each.whole_time_of for tag, each in self.translations
        }


Clocks = dict[str, Callable[[TextSpan], TimeSpan | None]]


def _shifted(said: Speech, by: int) -> Callable[[TextSpan], TimeSpan | None]:
    """When characters of a script are said that begins with so many spaces."""
    return lambda span: said.time_of(TextSpan(max(0, span.start - by), max(0, span.end - by)))


def examine(material: Material, policy: Policy = DEFAULT) -> Report:
    """Reads every channel that can be read and says which could not be.

    What is found in one text channel is found in all of them: a name said to be a patient's in the
    script is flagged in the title too.
    """
    texts = material.texts()
    looked = {name: find(text, name, material.lexicon, policy) for name, text in texts.items()}
    found = {name: hits for name, (_, hits) in looked.items()}
    again = spread(texts, found)
    findings: list[Finding] = []
    clocks = material.clocks()
    stories: list[Telling] = []
    for name, text in texts.items():
        here = []
        for start, end, hit, severity in kept([*found[name], *again[name]]):
            found_here = _finding(
                name, text, TextSpan(start, end), hit, severity, policy, clocks.get(name)
            )
            found_here = sights.placed(found_here, material.seen)
            here.append(_told_by_date(found_here, material.posted_at))
        story = _story(looked[name][0], here, material.place, material.posted_at)
        if story is not None:
            stories.append(story)
            here = with_story(here, story, text, name, policy[STORY])
        findings += here
    findings += sights.findings(material.seen, policy, material.lexicon)
    if material.has_audio:
        findings += spoken.moments(material.said, material.muted, policy[spoken.UNHEARD])
        findings += voices.findings(
            material.voices, material.muted, policy, is_own=material.own_voice
        )
    findings += spoken.left(material.left_heard, policy[spoken.UNHEARD])
    findings += _tag_findings(material.tags, policy)
    findings += (_left(each) for each in _tag_findings(material.left_tags, policy))
    worst = min((each.risk for each in stories), key=lambda risk: risk.k, default=None)
    size = (material.seen.width, material.seen.height) if material.seen else None
    return Report(tuple(findings), tuple(_channels(material, texts)), picture=size, story=worst)


def examine_text(
    text: str,
    *,
    channel: str = "speech",
    lexicon: Lexicon = EMPTY,
    policy: Policy = DEFAULT,
    place: str = "",
    posted_at: datetime | None = None,
    context: bool = True,
) -> Report:
    """One text alone, as if it were all there is: findings count their offsets in `text`.

    `place` is the author's own town, `posted_at` makes dates of "yesterday"; without `context`
    the rules stand alone.
    """
    reading, found = find(text, channel, lexicon, policy, context=context)
    again = spread({channel: text}, {channel: found})
    findings = [
        _told_by_date(
            _finding(channel, text, TextSpan(start, end), hit, severity, policy, None), posted_at
        )
        for start, end, hit, severity in kept([*found, *again[channel]])
    ]
    story = _story(reading, findings, place, posted_at)
    if story is not None:
        findings = with_story(findings, story, text, channel, policy[STORY])
    risk = story.risk if story is not None else None
    return Report(tuple(findings), (_text_state(channel, text),), story=risk)


def _story(
    reading: Reading, findings: list[Finding], place: str, posted_at: datetime | None
) -> Telling | None:
    """The story's figure, from what was found of places, dates and what is unusual."""

    def spans(kind: str) -> tuple[TextSpan, ...]:
        return tuple(f.span for f in findings if f.span and f.kind == kind)

    found = Found(spans("place"), spans("date"), spans("circumstance"), place, posted_at)
    return telling(reading, found)


def _finding(
    channel: str, text: str, span: TextSpan, hit: Hit, severity: Severity, policy: Policy,
    clock: Callable[[TextSpan], TimeSpan | None] | None,
) -> Finding:  # fmt: skip
    value = text[span.start : span.end]
    time = clock(span) if clock is not None else None
    return Finding(
        id=finding_id(channel, hit.kind, span, value),
        kind=hit.kind,
        channel=channel,
        span=span,
        time=time,
        severity=severity,
        confidence=round(hit.confidence, 2),
        text=value,
        before=text[max(0, span.start - CONTEXT) : span.start],
        after=text[span.end : span.end + CONTEXT],
        reason=hit.reason,
        suggestion=hit.suggestion,
        actions=policy[hit.kind].actions,
    )


def _told_by_date(finding: Finding, posted_at: datetime | None) -> Finding:
    """A relative time with the day it means, where the time of posting is known."""
    if finding.kind != "relative_date" or posted_at is None:
        return finding
    day = relative_dates.dated(finding.text, posted_at)
    if day is None:
        return finding
    meant = f"{day.day} {day:%B %Y}"
    return replace(finding, reason=f"Beside a case, and by the time of posting this is {meant}.")


def _tag_findings(tags: tuple[ContainerTag, ...], policy: Policy) -> Iterator[Finding]:
    for found in metadata.find(tags):
        rule = policy[found.kind]
        if rule.apart is None:
            continue
        tag = found.tag
        yield Finding(
            id=finding_id("metadata", found.kind, None, f"{tag.where}|{tag.name}|{tag.value}"),
            kind=found.kind,
            channel="metadata",
            span=None,
            time=None,
            severity=rule.apart,
            confidence=found.confidence,
            text=tag.value,
            before=f"{tag.where}: {tag.name} = ",
            after="",
            reason=found.reason,
            suggestion="",
            actions=STRIP,
        )


def _left(finding: Finding) -> Finding:
    """A tag that the finished clip still carries."""
    return replace(
        finding,
        id=finding_id("metadata", finding.kind, None, f"left|{finding.id}"),
        severity=Severity.BLOCK,
        before=f"left in the clip: {finding.before}",
        reason="The finished clip still carries this. Do not publish it: tell whoever runs this "
        "house.",
    )


def _channels(material: Material, texts: dict[str, str]) -> Iterator[ChannelState]:
    for name in ("title", "caption"):
        yield _text_state(name, texts.get(name, ""))
    yield _track_state("captions", texts.get("captions", ""), material.spoken)
    for tag, _ in material.translations:
        channel = translation_channel(tag)
        yield _track_state(channel, texts.get(channel, ""), tag)
    yield _text_state("script", texts.get("script", ""))
    if material.has_audio:
        yield spoken.state(material.said, material.script, material.muted)
    else:
        yield ChannelState("speech", "absent", "The recording has no sound.")
    yield _screen_state(material, texts)
    yield sights.state(material.seen, sights.FACES)
    if material.has_audio:
        yield voices.state(material.voices)
    else:
        yield ChannelState(voices.CHANNEL, "absent", "The recording has no sound.")
    yield ChannelState("metadata", "checked")


def _screen_state(material: Material, texts: dict[str, str]) -> ChannelState:
    """Words that were read in a language that the detectors do not know are not checked either."""
    looked = sights.state(material.seen, sights.SCREEN)
    if looked.state == "not_checked" or sights.SCREEN not in texts:
        return looked
    return _text_state(sights.SCREEN, texts[sights.SCREEN])


def _track_state(name: str, text: str, tag: str) -> ChannelState:
    """A caption track is in the language that its author says; should it read otherwise, it is
    not checked either."""
    if knows(tag) or not text.strip():
        return _text_state(name, text)
    return ChannelState(
        name, "not_checked",
        f"These captions are in {name_of(tag)}; the check knows English only.",
        "Have a second clinician who reads it look at it.",
    )  # fmt: skip


def _text_state(name: str, text: str) -> ChannelState:
    if not text.strip():
        return ChannelState(name, "absent", "There is no text here.")
    language = language_of(text)
    if language.known:
        return ChannelState(name, "checked")
    return ChannelState(
        name, "not_checked",
        f"This text reads as {language.name}; the check knows English only.",
        "Have a second clinician who reads it look at it, or write it in English.",
    )  # fmt: skip
