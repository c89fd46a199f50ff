"""The tracks of words that a file brings along, read as captions like those given beside it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wardcast.check.examine import Material
from wardcast.check.language import tag_of
from wardcast.check.transcript import from_cues, parse_captions
from wardcast.gate.words import TextTrack

_SPOKEN: Final = "en"
_UNSAID: Final = frozenset({"", "und", "eng"})
"""What files say of English, or where they do not say: how it reads is looked at anyway."""


def with_tracks(words: Material, tracks: Iterable[TextTrack]) -> Material:
    """`words`, which name no translations, with a file's own tracks. Those in English are the
    captions where none were given, else one more channel; each other language is a channel."""
    by_tag: dict[str, list[tuple[int, int, str]]] = {}
    for track in tracks:
        cues = _on_the_clock(track)
        if cues:
            by_tag.setdefault(_tag(track.language), []).extend(cues)
    found = {tag: from_cues(sorted(cues)) for tag, cues in by_tag.items()}
    captions = words.captions if words.captions is not None else found.pop(_SPOKEN, None)
    return replace(words, captions=captions, translations=(*words.translations, *found.items()))


def _on_the_clock(track: TextTrack) -> list[tuple[int, int, str]]:
    return [
        (max(0, cue.start_ms + track.zero_ms), max(0, cue.end_ms + track.zero_ms), cue.text)
        for cue in parse_captions(track.webvtt).cues
    ]


def _tag(language: str) -> str:
    return _SPOKEN if language.lower() in _UNSAID else tag_of(language) or _SPOKEN
