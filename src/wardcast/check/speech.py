"""What was said in a recording, word by word, and captions made of it.

The words come from a recogniser (`adapters.whisper`) or from a typed script that was laid over the
sound (`adapters.aligner`). They are as sensitive as the recording: seal them, never log them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from wardcast.check.span import TextSpan, TimeSpan
from wardcast.check.transcript import Transcript, from_cues

How = Literal["recognised", "aligned"]

LINE_CHARS: Final = 42
LINES: Final = 2
SHORTEST_MS: Final = 1_000
LONGEST_MS: Final = 7_000
"""Netflix's timed text guide: two lines of 42 characters, five sixths of a second to seven."""
_PAUSE_MS: Final = 700
_BREATH_MS: Final = 250
_SENTENCE: Final = (".", "!", "?", "…", "。", "！", "？")
_CLAUSE: Final = (",", ";", ":", "—", "、", "，")
_CLOSING: Final = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word and when it is said, in ms of the original's clock; its text has the space before it.

    `confidence`, 0 to 1, is a recogniser's own probability. Of an aligned script it is how well
    the sound fits the word: about 0.7 where it is said, about 0.2 where something else is; None
    where no sound could be laid under it and its time is a guess between its neighbours.
    """

    text: str
    start_ms: int
    end_ms: int
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Speech:
    """All that is said, in order. `language` is a BCP 47 tag, `by` what heard it. `guessed` are
    words of a script that no dictionary knows, `left_out` those that cannot be said at all;
    `voiced` is where somebody speaks, whether words are known for it or not, and `quiet` where
    nothing at all is heard, be it in the midst of that."""

    words: tuple[SpokenWord, ...]
    language: str
    how: How
    by: str
    guessed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    voiced: tuple[TimeSpan, ...] = ()
    quiet: tuple[TimeSpan, ...] = ()

    @property
    def text(self) -> str:
        """What is said, as one text."""
        return "".join(word.text for word in self.words).strip()

    def time_of(self, span: TextSpan) -> TimeSpan | None:
        """When characters of `text` are said; None where no word with a time touches them."""
        touched = [
            word for start, end, word in self._placed() if start < span.end and span.start < end
        ]
        times = [word for word in touched if word.end_ms > word.start_ms]
        if not times:
            return None
        return TimeSpan(min(w.start_ms for w in times), max(w.end_ms for w in times))

    def _placed(self) -> Iterator[tuple[int, int, SpokenWord]]:
        """Each word with where it stands in `text`, the space before it left out."""
        joined = "".join(word.text for word in self.words)
        at = -(len(joined) - len(joined.lstrip()))
        for word in self.words:
            end = at + len(word.text)
            yield end - len(word.text.lstrip()), at + len(word.text.rstrip()), word
            at = end

    def to_json(self) -> str:
        """The words as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Speech":
        """What `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        return cls(
            words=tuple(SpokenWord(**word) for word in data["words"]),
            language=data["language"],
            how=data["how"],
            by=data["by"],
            guessed=tuple(data["guessed"]),
            left_out=tuple(data["left_out"]),
            voiced=tuple(TimeSpan(**span) for span in data.get("voiced", ())),
            quiet=tuple(TimeSpan(**span) for span in data.get("quiet", ())),
        )


def captions_of(
    speech: Speech, *, duration_ms: int, without: Iterable[TimeSpan] = ()
) -> Transcript:
    """Captions of what is said, cut where one pauses: at most two lines of 42 characters, one to
    seven seconds long. Words that touch a span of `without` (muted ones) are left out.

    A cue is shorter than a second only where the next one follows and both would be too long.
    """
    hidden = list(without)
    heard = [word for word in speech.words if word.text.strip() and not _touches(word, hidden)]
    cues = [list(cue) for cue in _cut(heard)]
    return from_cues(list(_timed(_joined(cues), duration_ms, hidden)))


def _touches(word: SpokenWord, spans: Sequence[TimeSpan]) -> bool:
    return any(
        word.start_ms < span.end_ms and span.start_ms < max(word.end_ms, word.start_ms + 1)
        for span in spans
    )


def _cut(words: Sequence[SpokenWord]) -> Iterator[Sequence[SpokenWord]]:
    """Runs of words that make a cue each."""
    at = 0
    while at < len(words):
        length = _best_cut(words[at:], _fitting(words[at:]))
        yield words[at : at + length]
        at += length


def _fitting(words: Sequence[SpokenWord]) -> int:
    """How many words, at least one, fit into one cue before somebody pauses."""
    for count in range(1, len(words)):
        paused = words[count].start_ms - words[count - 1].end_ms >= _PAUSE_MS
        if paused or not _fits(words[: count + 1]):
            return count
    return len(words)


def _fits(words: Sequence[SpokenWord]) -> bool:
    longest = words[-1].end_ms - words[0].start_ms <= LONGEST_MS
    return longest and len(_wrapped(_text(words))) <= LINES


def _best_cut(words: Sequence[SpokenWord], most: int) -> int:
    """Where of the words, at most `most`, to cut: after the first sentence that takes a second,
    else at a pause, else after a clause or a breath in the second half, else as late as can be."""
    for count in range(1, most + 1):
        if _ends(words[count - 1], _SENTENCE) and _length(words[:count]) >= SHORTEST_MS:
            return count
    if most == len(words) or words[most].start_ms - words[most - 1].end_ms >= _PAUSE_MS:
        return most
    for count in range(most, most // 2, -1):
        if _length(words[:count]) >= SHORTEST_MS:
            breath = words[count].start_ms - words[count - 1].end_ms >= _BREATH_MS
            if breath or _ends(words[count - 1], _CLAUSE):
                return count
    return most


def _length(words: Sequence[SpokenWord]) -> int:
    return words[-1].end_ms - words[0].start_ms


def _ends(word: SpokenWord, marks: tuple[str, ...]) -> bool:
    return word.text.rstrip(_CLOSING).endswith(marks)


def _text(words: Iterable[SpokenWord]) -> str:
    return "".join(word.text for word in words).strip()


def _joined(cues: list[list[SpokenWord]]) -> Iterator[list[SpokenWord]]:
    """Cues with those that are too short to read put to a neighbour, where that has room."""
    held: list[SpokenWord] = []
    for words in cues:
        close = bool(held) and words[0].start_ms - held[-1].end_ms < _PAUSE_MS
        short = bool(held) and min(_length(held), _length(words)) < SHORTEST_MS
        if close and short and _fits([*held, *words]):
            held = [*held, *words]
            continue
        if held:
            yield held
        held = words
    if held:
        yield held


def _timed(
    cues: Iterable[list[SpokenWord]], duration_ms: int, hidden: Sequence[TimeSpan]
) -> Iterator[tuple[int, int, str]]:
    """Cues as text with times: each stays a second where nothing follows, never over seven."""
    listed = list(cues)
    for number, words in enumerate(listed):
        start_ms = words[0].start_ms
        starts = [listed[number + 1][0].start_ms] if number + 1 < len(listed) else []
        starts += [span.start_ms for span in hidden if span.start_ms >= words[-1].end_ms]
        room = min([*starts, max(duration_ms, words[-1].end_ms)])
        end_ms = max(words[-1].end_ms, min(start_ms + SHORTEST_MS, room), start_ms + 1)
        yield start_ms, min(end_ms, start_ms + LONGEST_MS), "\n".join(_wrapped(_text(words)))


def _wrapped(text: str) -> list[str]:
    """The lines of a cue: one where it fits, else two of about the same length, else more."""
    if len(text) <= LINE_CHARS:
        return [text]
    places = [at for at, letter in enumerate(text) if letter == " "]
    fair = [at for at in places if at <= LINE_CHARS and len(text) - at - 1 <= LINE_CHARS]
    if fair:
        at = min(fair, key=lambda place: abs(2 * place - len(text)))
        return [text[:at], text[at + 1 :]]
    before = [at for at in places if at <= LINE_CHARS]
    at = before[-1] if before else LINE_CHARS
    return [text[:at].rstrip(), *_wrapped(text[at:].lstrip())]
