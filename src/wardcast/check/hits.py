"""From a text to what was found in it: every detector run, each stretch claimed once, and what is
found in one place found in all.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping

from wardcast.check.detectors import (
    addresses,
    ages,
    appearance,
    by_context,
    cards,
    circumstances,
    colleagues,
    dates,
    emails,
    facilities,
    handles,
    hashtags,
    initials,
    names,
    phones,
    places,
    record_numbers,
    relative_dates,
    roads,
    rooms,
    secrets,
    staff,
)
from wardcast.check.detectors.hit import Detector, Hit
from wardcast.check.finding import Severity
from wardcast.check.gazetteers.folding import fold, listed
from wardcast.check.gazetteers.names import family_name, first_name
from wardcast.check.gazetteers.sounds import sound
from wardcast.check.gazetteers.words import STOP, WORD_NAMES, zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.policy import Rule
from wardcast.check.reading import Reading, read

DETECTORS: tuple[Detector, ...] = (
    emails.find,
    cards.find,
    phones.find,
    secrets.find,
    dates.find,
    record_numbers.find,
    addresses.find,
    ages.find,
    rooms.find,
    handles.find,
    hashtags.find,
    staff.find,
    colleagues.find,
    facilities.find,
    initials.find,
    names.find,
    roads.find,
    places.find,
    relative_dates.find,
    appearance.find,
    circumstances.find,
)
"""In the order in which they win where two claim the same words."""

Found = tuple[int, int, Hit, Severity]
"""Characters from, up to, of the text as written; what was found there; how much it weighs."""

_TITLES = listed(
    """
    mr mrs ms miss mx dr doctor prof professor nurse matron sister the
    """
)
_SPREAD = listed(
    """
    name staff phone email record_number national_id facility room handle address
    """
)
_WHO = listed("name staff family")
"""Of these a name near by proves nothing."""
_PERSON = 0.8
"""A name as sure as this makes the dates and places beside it matter."""
_PEOPLE_AND_HOUSES = ("name", "staff", "facility")
_WIDENS = {
    "name": _PEOPLE_AND_HOUSES,
    "staff": _PEOPLE_AND_HOUSES,
    "facility": (*_PEOPLE_AND_HOUSES, "place"),
    "place": (*_PEOPLE_AND_HOUSES, "place"),
}
"""What the model finds, and which findings of the rules it may make wider."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST_SOUND = 5
_LONGEST = 20
"""Words of a finding that may come back as they stand."""


def find(
    text: str, channel: str, lexicon: Lexicon, policy: Mapping[str, Rule], *, context: bool = True
) -> tuple[Reading, list[Found]]:
    """A text as read, and what the detectors find in it, at its own offsets, each stretch claimed
    once; without `context` by the rules alone."""
    reading = read(text, channel=channel)
    named = list(names.find(reading, lexicon))
    guessed = list(by_context.find(reading, lexicon)) if context else []
    for hit in (*named, *guessed):
        if hit.beside:  # a patient's name is itself a case: dates and houses beside it matter
            insort(reading.case_starts, hit.start)
        if hit.kind == "name" and hit.confidence >= _PERSON:
            insort(reading.name_starts, hit.start)
    hits = (
        hit
        for detector in DETECTORS
        for hit in (named if detector is names.find else detector(reading, lexicon))
    )
    found = kept(_weighed(reading, hits, policy))
    if guessed:
        found = _joined(found, _weighed(reading, guessed, policy))
    return reading, found


def _joined(found: list[Found], more: Iterable[Found]) -> list[Found]:
    """What the rules found, made wider where the model knows more of the same words, then what
    the model alone found."""
    starts = [item[0] for item in found]
    alone: list[Found] = []
    for item in more:
        at = bisect_left(starts, item[1])
        touching = []
        while at and found[at - 1][1] > item[0]:
            at -= 1
            touching.append(at)
        if not touching:
            alone.append(item)
            continue
        old = found[touching[0]]
        if len(touching) == 1 and old[2].kind in _WIDENS.get(item[2].kind, ()):
            start, end = min(old[0], item[0]), max(old[1], item[1])
            hit = item[2] if old[2].kind == "place" else old[2]
            found[touching[0]] = (start, end, hit, old[3])
            starts[touching[0]] = start
    return kept([*found, *alone])


def _weighed(reading: Reading, hits: Iterable[Hit], policy: Mapping[str, Rule]) -> Iterator[Found]:
    for hit in hits:
        named = hit.kind not in _WHO
        beside = hit.beside or reading.beside_case(hit.start, hit.end, named=named)
        severity = policy[hit.kind].weight(hit.confidence, beside=beside)
        if severity is not None:
            span = reading.normal.source(hit.start, hit.end)
            yield span.start, span.end, hit, severity


def kept(found: Iterable[Found]) -> list[Found]:
    """Of findings that overlap, the one that came first; in order of place."""
    starts: list[int] = []
    taken: dict[int, Found] = {}
    for item in found:
        start, end = item[0], item[1]
        at = bisect_left(starts, end)
        if at and taken[starts[at - 1]][1] > start:
            continue
        if start not in taken and start < end:
            insort(starts, start)
            taken[start] = item
    return [taken[start] for start in starts]


def spread(texts: dict[str, str], found: dict[str, list[Found]]) -> dict[str, list[Found]]:
    """Every other place where the words of a finding stand again, or words that sound like a
    name that was found."""
    known: dict[tuple[str, ...], tuple[Hit, Severity]] = {}
    for name, items in found.items():
        for start, end, hit, severity in items:
            if hit.kind in _SPREAD and severity is not Severity.INFO:
                for words in _forms(texts[name][start:end], hit.kind):
                    if words not in known or severity is Severity.BLOCK:
                        known[words] = (hit, severity)
    return {name: list(_again(text, known)) if known else [] for name, text in texts.items()}


def _forms(value: str, kind: str) -> Iterator[tuple[str, ...]]:
    """The ways in which a value may come back: whole, and a name's single words."""
    words = tuple(_bare(m.group()) for m in _WORD.finditer(value))
    if value.startswith("#"):
        words = hashtags.named(hashtags.words(value[1:]))
    if kind in {"name", "staff"}:
        words = tuple(w for w in words if w not in _TITLES)
        for word in words:
            known = max(first_name(word), family_name(word))
            telling = known >= 1 or (word not in WORD_NAMES and zipf(word) < 3.0)
            if telling and len(word) > 2 and word not in STOP:
                yield (word,)
        if len(words) == 1:
            return
    if 0 < len(words) <= _LONGEST and not (
        len(words) == 1 and (words[0] in STOP or words[0] in WORD_NAMES)
    ):
        yield words


def _bare(word: str) -> str:
    folded = fold(word)
    return folded[:-2] if folded.endswith(("'s", "’s")) else folded


def _again(text: str, known: dict[tuple[str, ...], tuple[Hit, Severity]]) -> Iterator[Found]:
    words = [(m.start(), m.end(), _bare(m.group()), m.group()) for m in _WORD.finditer(text)]
    longest = max(len(w) for w in known)
    heads = {w[0] for w in known}
    sounds = {
        sound(run[0]): given
        for run, given in known.items()
        if len(run) == 1 and given[0].kind == "name" and len(run[0]) >= _SHORTEST_SOUND
    }
    for index, (start, end, word, _) in enumerate(words):
        if word not in heads:
            heard = _heard(word, sounds)
            if heard is not None:
                yield start, end, heard[0], heard[1]
            continue
        for length in range(min(longest, len(words) - index), 0, -1):
            run = words[index : index + length]
            hit = known.get(tuple(w for _, _, w, _ in run))
            if hit is not None:
                tail = run[-1]
                last = tail[1] - (2 if len(fold(tail[3])) != len(tail[2]) else 0)
                yield start, last, hit[0], hit[1]
                break


def _heard(word: str, sounds: dict[str, tuple[Hit, Severity]]) -> tuple[Hit, Severity] | None:
    """The name that a rare word sounds like: "Okafour" after "Okafor"."""
    if not sounds or len(word) < _SHORTEST_SOUND or zipf(word) >= 2.5 or not word.isalpha():
        return None
    return sounds.get(sound(word))
