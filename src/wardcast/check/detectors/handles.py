"""Handles and links to people's pages."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_HANDLE = re.compile(r"(?<![\w.@/])@[a-z0-9_](?:[a-z0-9_.]{1,29})(?<!\.)")
_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"')\]]+|(?<![\w@.])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.(?:com|org|"
    r"net|edu|gov|io|co|uk|me|info|example|app|online|site|blog|page|link|tv)\b(?:/[^\s<>\"')\]]*)?"
)
_SAID = re.compile(
    r"\b(?:handle|user ?name|screen name|gamer ?tag)(?:'s| is| was)?,? (?:just )?(?:at )?"
    r"((?:\w+ (?:underscore|dot|dash) )*\w+(?: (?:underscore|dot|dash) \w+)+(?: \d+)?)\b"
    r"|\b(?:handle|user ?name|screen name)(?:'s| is| was)?,? (?:just )?at (\w+(?: \w+){0,2})\b"
    r"|\b(?:insta(?:gram)?|tik ?tok|twitter|snap(?:chat)?|youtube|reddit)(?:'s| is| was) at "
    r"((?:\w+ ){0,3}\w+?)(?= (?:and|who|if|or|so|but|because|where)\b|[,.;!?]|$)"
    r"|\b(?:handle|user ?name|account|channel|page|(?:she|he|they|who|patient|mom|mum|daughter|son|"
    r"wife|husband|sister|brother)(?:'s|'re| is| are)|follow(?:s|ing)?|(?:find|tag(?:ged)?|follow) "
    r"(?:her|him|them|me)|tag(?:ged)?|posts?(?: (?:it|this|everything|all of it))?(?: as)?|goes "
    r"by) "
    r"at ((?:\w+ ){0,4}\w+) on (?:tik ?tok|insta(?:gram)?|ig|twitter|threads|you ?tube|"
    r"snap(?:chat)?|"
    r"facebook|reddit|twitch)\b"
)
"""A handle as it is said: "her handle's at sunny underscore jo", "she's at the lucky kidney on
tiktok"."""
_MEMBER = re.compile(
    r"(?<![\w/])/?u/[a-z0-9_-]{3,20}(?![\w/])|(?<![\w@./])[a-z0-9]+(?:_[a-z0-9]+)+(?![\w@./])"
)
"""A member of a forum, "u/one_more_night", or what nobody writes but in a handle: "jo_lou_77"."""
_REFERENCE = re.compile(
    r"(?:nih|cdc|who|nice|nhs|nejm|thelancet|jamanetwork|bmj|doi|pubmed|acc|aha|heart|"
    r"cochrane|fda|europa|uptodate|"
    r"mayoclinic|medlineplus|gov)\b"
)
_NAMES = "A handle names a person; make sure that it is not a patient's or a relative's."
_IP = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])")


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Handles, links that are no known reference, network addresses."""
    low = reading.low
    if "@" in low:
        for match in _HANDLE.finditer(low):
            if not lexicon.holds(match.group()):
                yield Hit("handle", match.start(), match.end(), 0.8, _NAMES, "someone")
    for match in _SAID.finditer(low):
        yield Hit("handle", *match.span(match.lastindex or 0), 0.75, _NAMES, "someone")
    for match in _MEMBER.finditer(low):
        yield Hit("handle", match.start(), match.end(), 0.75, _NAMES, "someone")
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
