"""Whether a sentence tells of one person or of people in general: what is worn, or swallowed, by
"anyone" or by "you" points to nobody.
"""

import re

from wardcast.check.reading import Reading

_SUPPOSED = re.compile(
    r"\b(?:if|whenever|should|shouldn't|can|can't|could|may|might|avoid|don't|never|always|often|"
    r"usually|sometimes|rarely|imagine|suppose|say|for example|such as|ask (?:about|whether)|"
    r"risk of|study|trial|guidelines?|movie|film|novel|fiction|character|mannequin|dummy)\b"
)
_GENERAL = re.compile(
    r"\b(?:you|you're|your|yourself|people|patients|persons|children|kids|adults|babies|anyone|"
    r"anybody|everyone|everybody|most|many)\b"
)
_CLOSE = re.compile(
    r"\b(?:my (?:\w+ )?patient|he|he's|she|she's|(?:a|the|this|that|our) (?:\w+ )?(?:man|woman|guy|"
    r"lady|kid|boy|girl|gentleman|teenager))\b"
)
"""One person, named after people in general were: "what brings you here, my patient fell"."""
_SOMEBODY = re.compile(
    r"\b(?:he|he's|she|she's|his|her|hers|him|man|woman|guy|lady|gentleman|kid|boy|girl|patient|"
    r"pt|teenager|teen|toddler|fellow|baby|mother|father|mom|mum|dad|grandma|grandpa|student|"
    r"farmer|teacher|who|driver|child|my \w+ case|one of my|male|female|husband|wife|son|"
    r"daughter)\b"
)
_BEFORE, _AFTER = 70, 45
_STOP = re.compile(r"[.!?\n]")


def of_one(reading: Reading, start: int, end: int, *, somebody: bool = False) -> bool:
    """Whether somebody is spoken of in the sentence around these characters (or by them, with
    `somebody`), and nobody in general just before."""
    before = reading.low[max(0, start - _BEFORE) : start]
    cuts = [match.end() for match in _STOP.finditer(before)]
    sentence = before[cuts[-1] :] if cuts else before
    if _SUPPOSED.search(sentence[-45:]):
        return False
    general = [match.end() for match in _GENERAL.finditer(sentence[-45:])]
    if general and not _CLOSE.search(sentence[-45:], general[-1]):
        return False
    if not reading.beside_case(start, end):
        return False
    around = before + reading.low[start : end + _AFTER]
    return somebody or _SOMEBODY.search(around) is not None
