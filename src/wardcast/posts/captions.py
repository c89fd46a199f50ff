"""Captions that an author brings, read and written anew: what is kept holds words and times only.

Notes, styles and names of cues are dropped, since nobody would examine them.
"""

from wardcast.check import Transcript, parse_captions
from wardcast.check.clips.editing import moved
from wardcast.check.language import TAG_CHARS, tag_of
from wardcast.check.transcript import NotCaptions, fault_in, from_cues
from wardcast.gate.edits import EditList
from wardcast.media import queries as clips
from wardcast.media.values import PublicTrack
from wardcast.platform.http import Invalid
from wardcast.posts.tracks import Tracks

MOST_CHARS = 200_000
"""Three minutes of captions take a few thousand."""


def read(source: str) -> Transcript:
    """WebVTT or SRT as a transcript; raises `Invalid` with the line at which it cannot be read."""
    if len(source) > MOST_CHARS:
        raise Invalid(
            "captions_too_long",
            f"These captions have {len(source):,} characters; at most {MOST_CHARS:,} fit. "
            "Choose the captions of this clip alone.",
        )
    if fault := fault_in(source):
        raise Invalid("bad_captions", fault.because, line=fault.line)
    try:
        transcript = parse_captions(source)
    except NotCaptions as error:
        raise Invalid("bad_captions", str(error), line=1) from error
    if not transcript.text.strip():
        raise Invalid(
            "no_captions",
            "There is not one caption in this file. Write some, or take the captions away.",
            line=1,
        )
    return transcript


def opened(tracks: Tracks, edits: EditList) -> tuple[PublicTrack, ...]:
    """Tracks with their words, unsealed, as they are shown over the edited clip."""
    return tuple(
        PublicTrack(each.language, shown(clips.captions(each.asset_id), edits), each.spoken)
        for each in tracks
    )


def shown(webvtt: str, edits: EditList) -> str:
    """Captions, which are kept in the original's clock, in that of the edited clip; what lies in a
    cut is left out."""
    return moved(parse_captions(webvtt), edits).to_webvtt() if edits.cuts and webvtt else webvtt


def kept(words: Transcript, edits: EditList) -> Transcript:
    """Captions of the edited clip in the original's clock; one that is shown over a cut lasts
    through it."""
    if not edits.cuts:
        return words
    original = edits.original_ms
    return from_cues(
        [(original(c.start_ms), original(c.end_ms - 1) + 1, c.text) for c in words.cues]
    )


def language(text: str) -> str:
    """A language's tag as it is written; raises `Invalid` for what is none."""
    tag = tag_of(text)
    if tag is None:
        raise Invalid(
            "no_such_language",
            f"“{text[:TAG_CHARS]}” is no tag of a language. Choose one from the list, or write a "
            "tag such as de or pt-BR.",
            field="language",
        )
    return tag
