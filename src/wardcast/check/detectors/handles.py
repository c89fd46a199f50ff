"""Handles and links to people's pages."""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.gazetteers.words import zipf
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_HANDLE = re.compile(r"(?<![\w.@/])@[a-z0-9_](?:[a-z0-9_.]{1,29})(?<!\.)")
_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"')\]]+|(?<![\w@.])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.(?:com|org|"
    r"net|edu|gov|io|co|uk|me|info|example|app|online|site|blog|page|link|tv)\b(?:/[^\s<>\"')\]]*)?"
)
_PLAIN_AT = (
    r"(?!(?:night|work|home|school|least|first|last|all|noon|midnight|dawn|dinner|lunch|church|once|"
    r"risk|baseline|peace|goal|rest|high|low|the (?:scene|end|time|moment|beginning|gym|hospital|"
    r"clinic|door|top|bottom|bedside|same)|my|our|your|his|her|their|a|an|\d+)\b)"
)
_SITES = (
    r"(?:tik ?tok|insta(?:gram)?|ig|twitter|threads|you ?tube|snap(?:chat)?|facebook|reddit|twitch)"
)
_SAID = re.compile(
    r"\b(?:handle|user ?name|screen name|gamer ?tag)(?:'s| is| was)?,? (?:just )?(?:at )?"
    r"((?:\w+ (?:underscore|dot|dash) )*\w+(?: (?:underscore|dot|dash) \w+)+(?: \d+)?)\b"
    r"|\b(?:handle|user ?name|screen name)(?:'s| is| was),? (?:just )?at "
    rf"{_PLAIN_AT}(\w+(?: \w+){{0,2}})\b"
    rf"|\b{_SITES}(?:'s| is| was) at {_PLAIN_AT}"
    r"((?:\w+ ){0,3}\w+?)(?= (?:and|who|if|or|so|but|because|where)\b|[,.;!?]|$)"
    r"|\b(?:handle|user ?name|account|channel|page|(?:she|he|they|who|patient|mom|mum|daughter|son|"
    r"wife|husband|sister|brother)(?:'s|'re| is| are)|follow(?:s|ing)?|(?:find|tag(?:ged)?|follow) "
    r"(?:her|him|them|me)|tag(?:ged)?|posts?(?: (?:it|this|everything|all of it))?(?: as)?|"
    r"goes by) "
    rf"at {_PLAIN_AT}((?:\w+ ){{0,4}}\w+) on {_SITES}\b"
)
"""A handle as it is said: "her handle's at sunny underscore jo", "she's at the lucky kidney on
tiktok"."""
_UNDERSCORE = re.compile(
    r"(?<![\w'])((?:(?!(?:from|is|was|at|by|to|and|called|handle|it's|she's|he's|the|her|his|their|"
    r"name|username|account|as)\b)\w+ ){0,5}\w+ underscore \w+(?: \d+)?)\b"
)
"""Who says "underscore" after a word for it tells a handle: "from night owl underscore 88"."""
_CUE = re.compile(
    r"\b(?:from|handle|account|user ?name|writes as|by|she's|he's|they're|is|was|at|called|"
    r"posts? as|goes by|instagram|tiktok|twitter|follower) $"
)
_MET_ONLINE = re.compile(
    r"\b(?:follower|comment(?:s|ed)?|dms?|dm'd|account|profile|tagged|stitch(?:ed)?)\b"
    rf"[^.!?\n]{{0,60}}\b(?:she's|he's|they're|is|from|by) at {_PLAIN_AT}"
    r"((?:\w+ ){0,3}\w+?)(?= (?:and|who|if|or|so|but|because|where|she|he|said|says|asked)\b|"
    r"[,.;!?]|$)"
)
_MEMBER = re.compile(
    r"(?<![\w/])(?<!\d )/?u/(?!day|hours?|hr|h\b|dose|kg|m?l\b|min|week|d\b)"
    r"[a-z0-9_-]{3,20}(?![\w/])"
    r"|(?<![\w@#./])[a-z0-9]+(?:_[a-z0-9]+)+(?![\w@./])"
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
    said = [m for m in _UNDERSCORE.finditer(low) if _CUE.search(low[: m.start()][-40:])]
    for match in (*_SAID.finditer(low), *said, *_MET_ONLINE.finditer(low)):
        start, end = match.span(match.lastindex or 0)
        if not lexicon.holds(low[start:end]):
            yield Hit("handle", start, end, 0.75, _NAMES, "someone")
    for match in _MEMBER.finditer(low):
        if not lexicon.holds(match.group()) and not _plain(match.group()):
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


def _plain(written: str) -> bool:
    """ "mental_health", "covid_19": two parts of which none is rare."""
    parts = written.split("_")
    return len(parts) == 2 and all(p.isdigit() or zipf(p) > 3 for p in parts)
