"""What a reader of pictures gets wrong, put right: letters that look alike, words without a space,
lines in capitals. The length may grow by spaces alone.
"""

import re
from typing import Final

from wardcast.check.gazetteers.folding import listed
from wardcast.check.glued import apart

FORM_WORDS: Final = listed(
    """
    mrn dob nhs name patient hospital ward bed room consultant allergies surname forename admitted
    acct visit age sex dr phone tel address gp mr mrs ms miss theatre nbm unit id
    """
)
_ALIKE_DIGITS: Final = str.maketrans("OoIl|", "00111")
_ALIKE_LETTERS: Final = str.maketrans("01", "OI")
_TOKEN: Final = re.compile(r"[^\W_]+|\|")
_DIGITS: Final = re.compile(r"[0-9OoIl|]*[0-9][0-9OoIl|]*[0-9][0-9OoIl|]*")
_LETTERS: Final = re.compile(r"[A-Z]*[01][A-Z01]*")
_WORD: Final = re.compile(r"[^\W_]+")
_LONG: Final = 4


def mended(line: str) -> str:
    """A line as it was probably written."""
    return _lowered(apart(_TOKEN.sub(lambda found: _alike(found.group()), line)))


def _alike(token: str) -> str:
    if _DIGITS.fullmatch(token):
        return token.translate(_ALIKE_DIGITS)
    if _LETTERS.fullmatch(token):
        letters = token.translate(_ALIKE_LETTERS)
        return letters if letters.lower() in FORM_WORDS else token
    digits = next((n for n, letter in enumerate(token) if letter.isdigit()), None)
    if digits is not None:
        for end in range(len(token), 1, -1):
            head = token[:end].translate(_ALIKE_LETTERS)
            if head.lower() in FORM_WORDS and head.isupper() and end > 2:
                rest = token[end:]
                return head + (_alike(rest) if rest else "")
    return token


def _lowered(line: str) -> str:
    """A line in capitals with its longer words as one writes names."""
    letters = [letter for letter in line if letter.isalpha()]
    if len(letters) < _LONG or sum(letter.isupper() for letter in letters) < 0.9 * len(letters):
        return line
    return _WORD.sub(lambda found: _as_name(found.group()), line)


def _as_name(word: str) -> str:
    plain = word.isalpha() and len(word) >= _LONG and word.lower() not in FORM_WORDS
    return word[0] + word[1:].lower() if plain else word
