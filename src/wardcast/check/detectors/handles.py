"""Handles and links to people's pages."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_HANDLE = re.compile(r"(?<![\w.@/])@[a-z0-9_](?:[a-z0-9_.]{1,29})(?<!\.)")
_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"')\]]+|(?<![\w@.])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.(?:com|org|"
    r"net|edu|gov|io|co|uk|me|info)\b(?:/[^\s<>\"')\]]*)?"
)
_REFERENCE = re.compile(
    r"(?:nih|cdc|who|nice|nhs|nejm|thelancet|jamanetwork|bmj|doi|pubmed|acc|aha|heart|"
    r"cochrane|fda|europa|uptodate|"
    r"mayoclinic|medlineplus|gov)\b"
)
_IP = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])")


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Handles, links that are no known reference, network addresses."""
    low = reading.low
    if "@" in low:
        for match in _HANDLE.finditer(low):
            if not lexicon.holds(match.group()):
                reason = (
                    "A handle names a person; make sure that it is not a patient's or a relative's."
                )
                yield Hit("handle", match.start(), match.end(), 0.8, reason, "someone")
    if "." not in low:
        return
    for match in _URL.finditer(low):
        end = match.end() - (len(match.group()) - len(match.group().rstrip(".,!?")))
        if not _REFERENCE.search(match.group()) and low[match.start() - 1 : match.start()] != "@":
            reason = "A link may lead to a person's page."
            yield Hit("url", match.start(), end, 0.7, reason, "the link")
    for match in _IP.finditer(low):
        if all(int(part) < 256 for part in match.group().split(".")):
            yield Hit(
                "url",
                match.start(),
                match.end(),
                0.7,
                "A network address leads to a household.",
                "an address",
            )
