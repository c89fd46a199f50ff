"""Words that a reader of pictures ran together, parted: "ROOM412BEDB" is "ROOM 412 BED B".

Forms are read so: at their keywords, where letters meet digits in what is no word, after commas.
"""

import re
from collections.abc import Iterator

from wardcast.check.gazetteers.folding import fold
from wardcast.check.gazetteers.words import zipf

_CHUNK = re.compile(r"[^\s]{5,80}")
_KEYWORD = (
    r"(?:ROOM|RM|BED|BAY|WARD|MRN|DOB|NHS|NAME|PATIENT|PT|DR\.?|AGE|SEX|TEL|PHONE|ADMITTED|ADM|"
    r"UNIT|THEATRE|CONSULTANT|ATTENDING|NURSE|Room|Bed|Bay|Ward|Name|Patient|Dr\.?|Nurse|Age)"
)
_BEFORE = re.compile(
    rf"(?<=[\da-z])(?={_KEYWORD}[:#.]?(?:[\dA-Z]|$))|(?<=[A-Z])(?=(?:MRN|DOB|NHS)\b)"
)
_AFTER = re.compile(rf"(?:(?<=^)|(?<=[^A-Za-z]))({_KEYWORD})(?=[\dA-Z])")
_COMMA = re.compile(r"(?<=[A-Za-z\d])[,;:](?=[A-Za-z])|(?<=[a-z])[.](?=[A-Z])")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")


def unglued(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that put a space behind a character where two words meet."""
    for chunk in _CHUNK.finditer(text):
        word = chunk.group()
        if word.isalpha() and zipf(fold(word)) > 1.5:
            continue
        for at in sorted(_borders(word)):
            where = chunk.start() + at - 1
            yield where, where + 1, f"{text[where]} "


def apart(text: str) -> str:
    """A text with those spaces."""
    for start, end, written in sorted(unglued(text), reverse=True):
        text = text[:start] + written + text[end:]
    return text


def _borders(word: str) -> set[int]:
    """Where in a chunk a new word begins."""
    found = {m.end() for m in _AFTER.finditer(word)} | {m.end() for m in _COMMA.finditer(word)}
    found |= {m.start() for m in _BEFORE.finditer(word)} | {
        m.start() for m in _CAMEL.finditer(word)
    }
    for at in sorted(found):
        keyword = re.match(_KEYWORD + r"(?=[\dA-Z])", word[at:])
        if keyword:
            found.add(at + keyword.end())
    return {at for at in found if 0 < at < len(word) and "@" not in word and "//" not in word}
