"""How somebody looks: ink, hair, build, scars and clothes beside a case.

Whoever knows the person knows them by these. What is examined (a wound, a rash, a mole) and what
people in general wear are none, nor are glasses, masks and gowns.
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.detectors.told import of_one
from wardcast.check.finding import LEAVE_OUT
from wardcast.check.gazetteers.folding import either
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_WORDS = r"(?:[\w'-]+ )"
_WHOSE = r"(?:a|an|the|his|her|their|this|that|both|two|three|matching|several|some)"
_INK = re.compile(
    rf"\b(?:(?:{_WHOSE} {_WORDS}{{0,3}})?(?:neck |face |sleeve |arm |chest |hand )?"
    r"tattoos?(?! (?:ink|removal|remover|artist|parlou?r|studio|needle|pigment|gun|the|mark))"
    r"|(?:heavily |completely )?tattooed(?! (?:the|with ink))|full sleeves?(?= of)|"
    r"(?:name|initials|word|words) inked)\b"
    r"(?:,? (?:of|on|across|down|over|up|saying|reading|covering|that (?:says|said|reads?)|all "
    r"over)"
    r"(?: (?:a|an|the|his|her|their|each|one|both))?(?: (?!and\b|who\b|came\b|was\b|"
    r"on\b)[\w'-]+){1,3})?"
    r"(?: (?:on|across|down|over|up|behind|under) (?:his|her|their|the|one) (?:left |right |whole "
    r")?[\w'-]+)?"
)
_COLOUR = either(
    r"""
    red, blue, purple, violet, pink, green, orange, turquoise, gr[ae]y, silver, white, blonde?,
    platinum, ginger, auburn, rainbow, jet[- ]black, black, brown, copper, strawberry[- ]blonde?,
    salt[- ]and[- ]pepper
    """
)
_HAIR = re.compile(
    rf"\b(?:(?:a|his|her|the|with|their) )?(?:(?:long|short|bright|dark|curly|straight|dyed|wild|"
    rf"frizzy|spiky|waist[- ]length|shoulder[- ]length|bleached|flaming|fiery|shaggy|thick|light|"
    rf"neon|hot) ){{0,2}}{_COLOUR}(?:[- ]dyed)?(?:,? curly| streaks? in (?:his|her))?"
    rf"[- ]hair(?:ed)?\b(?: (?:down|up|in|to|with|tied) [\w' -]{{3,24}}?(?=[,.;!?\n]|$| and | who "
    rf"))?"
    r"|\b(?:(?:a|an|his|her|the|huge|long|short|big|full|bushy|white|grey|gray|red|blonde?|pink|"
    r"green|blue|handlebar|shaved) ){0,3}(?:dreadlocks|dreads|mohawk|afro|cornrows|pony ?tails?|"
    r"pigtails|man bun|mullet|moustache|mustache|goatee|beard|mutton ?chops|redhead|shaved head|"
    r"bald head|comb-?over|bowl cut|buzz ?cut|box braids)\b"
    r"|\b(?:red|grey|gray|white|silver)-?headed\b"
)
_SPOT = either(
    r"""
    face, cheeks?, forehead, chin, lips?, eyebrows?, eye, nose, neck, throat, jaw, temple,
    forearms?, hands?, scalp, ear, head
    """
)
_MARK = re.compile(
    rf"\b(?:{_WHOSE} {_WORDS}{{0,3}})?(?:scars?|birth ?marks?|port[- ]wine stain|burn marks?|"
    rf"dueling scar) (?:on|across|over|down|under|above|below|along|through|near|running \w+) "
    rf"(?:his|her|their|the|one) (?:left |right |whole |entire |upper |lower )?{_SPOT}\b"
    rf"|\b(?:his|her|with a|with an|has a|had a) {_WORDS}{{0,2}}(?:birth ?mark|facial scars?|"
    rf"scarred face|cleft chin|lazy eye|crooked nose|gap between (?:his|her) (?:front )?teeth)\b"
)
_LACKS = re.compile(
    r"\b(?:missing (?:(?:his|her|an?|two|three|four|both|half|one|most|all|of|the|left|right|front|"
    r"index|ring|middle|little|first|\d) ){0,4}(?:fingers?|thumbs?|ears?|eye|tooth|teeth|hand|arm|"
    r"leg|foot|nose)"
    r"|(?:one|1)[- ](?:armed|legged|eyed|eared|handed)"
    r"|(?:a|his|her|the) (?:glass|prosthetic|artificial|bionic) (?:eye|leg|arm|hand|foot)"
    r"|(?:a|his|her|the|two|three|\d) (?:gold|silver|diamond) (?:tooth|teeth)|gold teeth"
    r"|(?:an?|his|her) eye ?patch"
    r"|(?:a|his|her|the|two|several|multiple|many|\d+) (?:\w+ )?(?:nose|lip|eyebrow|septum|facial|"
    r"face|tongue|cheek) (?:rings?|studs?|piercings?)|(?:gauged|pierced|stretched) ear ?lobes"
    r"|(?:mismatched|different[- ]colou?red|2[- ]colou?red) eyes"
    r"|(?:one|1) (?:blue|brown|green|gr[ae]y) eye(?: and (?:one|1) (?:blue|brown|green|gr[ae]y)"
    r"(?: (?:one|eye))?)?)\b"
)
_BUILD = re.compile(
    r"\b(?:built like (?:a|an|the) [\w'-]+|the size of a (?:linebacker|house|bear|"
    r"refrigerator|fridge|doll|door|quarterback|wrestler)|(?:a )?(?:giant|mountain|bear) of a "
    r"(?:man|woman|guy|kid)|(?:(?:a|an|this|the) )?(?:very|really|extremely|incredibly|unusually|"
    r"remarkably|insanely|super) (?:tall|short|skinny|thin|muscular|lanky|hairy|tiny|huge)"
    r"(?:,? (?:young|old|older|elderly|\w+ish))? (?:man|woman|guy|lady|kid|boy|girl|gentleman|"
    r"fellow)|a little person|(?:his|her) (?:strong|thick|heavy) (?:\w+ )?accent)\b"
)
_HEIGHT = re.compile(
    r"\b(\d) ?(?:foot|feet|ft|')[ -]?(?:(\d{1,2})\b(?: ?(?:inches|inch|in\b|\"))?)?(?: tall\b)?"
    r"|\b(\d)(?:-| )(?:foot|feet|ft)(?:-| )(?:tall )?(?=man|woman|guy|lady|kid|boy|girl|gentleman)"
)
_WEIGHT = re.compile(
    r"\b(\d{3})[- ](pounds?|lbs?\.?|kilos?|kgs?|kilograms?)(?: (?:man|woman|guy|lady|gentleman|boy|"
    r"girl|kid|patient)\b)?"
)
_GARMENT = either(
    r"""
    jacket, coat, dress, shirt, t-?shirt, tee, hoodie, sweater, sweatshirt, jumper, jersey, hat,
    baseball cap, cap, beanie, turban, hijab, burqa, niqab, head ?scarf, scarf, boots, sneakers,
    trainers, heels, jeans, trousers, leggings, shorts, skirt, suit, tuxedo, bow ?tie, tie,
    uniform, costume, robes?, kilt, cloak, cape, wig, crown, tiara, sunglasses, backpack,
    necklace, earrings, overalls, vest, pyjamas, pajamas, onesie, bikini, swimsuit, sandals,
    slippers, apron, kippah, yarmulke, habit, cassock, kimono, sari, outfit, poncho, fatigues, kit
    """
)
_WORN = re.compile(
    rf"\b(?:(?:wearing|dressed in|clad in|wore|had on|showed up in|came in in|turned up in) "
    rf"(?:nothing but |only |just )?(?:(?:a|an|his|her|the|their|that|one|two|full|these|those) )?"
    rf"{_WORDS}{{0,4}}?{_GARMENT}s?\b"
    rf"|dressed (?:up )?(?:as|like) (?:an? |the )?[\w'-]+(?: claus| man| queen)?"
    rf"|(?:still |all )?in (?:his|her) {_WORDS}{{0,3}}?(?:uniform|costume|wedding dress|jersey|"
    rf"pyjamas|pajamas|kilt|tuxedo|prom dress|fatigues|work clothes|football kit|bathing suit)\b)"
)
_PROTECTS = re.compile(
    r"\b(?:mask|lead|isolation|hospital|gown|scrubs|sterile|protective|ppe|safety|surgical|"
    r"compression|seat|monitor|holter|pressure)\b"
)

_REASON = "Whoever knows the patient knows them by how they look."


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Looks that stay in a neighbour's mind, each said of one person."""
    low = reading.low
    for pattern in (_INK, _MARK, _LACKS, _HAIR, _BUILD):
        for match in pattern.finditer(low):
            if of_one(reading, match.start(), match.end()):
                yield _hit(match.start(), match.end(), 0.8)
    for match in _WORN.finditer(low):
        worn = _PROTECTS.search(match.group()) is None
        if worn and of_one(reading, match.start(), match.end()):
            yield _hit(match.start(), match.end(), 0.75)
    for match in _HEIGHT.finditer(low):
        if _odd_height(match, low) and of_one(reading, match.start(), match.end()):
            yield _hit(match.start(), match.end(), 0.7)
    for match in _WEIGHT.finditer(low):
        if _odd_weight(match) and of_one(reading, match.start(), match.end()):
            yield _hit(match.start(), match.end(), 0.7)


def _odd_height(match: re.Match[str], low: str) -> bool:
    """A height that few people have, and no depth, distance or length of gut."""
    if match.group(3):
        return int(match.group(3)) >= 7 or int(match.group(3)) <= 4
    feet, inches = int(match.group(1)), match.group(2)
    if inches is None and not match.group().endswith("tall"):
        return False
    before = low[max(0, match.start() - 12) : match.start()]
    if re.search(r"\b(?:fell|fall|from|by|x|over) (?:about )?$", before):
        return False
    total = feet * 12 + int(inches or 0)
    return 36 <= total <= 57 or 76 <= total <= 100


def _odd_weight(match: re.Match[str]) -> bool:
    pounds = match.group(2).startswith(("pound", "lb"))
    return int(match.group(1)) >= (350 if pounds else 160)


def _hit(start: int, end: int, confidence: float) -> Hit:
    return Hit("appearance", start, end, confidence, _REASON, LEAVE_OUT)
