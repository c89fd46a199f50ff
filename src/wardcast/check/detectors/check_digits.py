"""Numbers that prove themselves: whether the digits of a register's number fit together.

Sources: NHS Data Dictionary (modulus 11); ISO/IEC 7812-1 (Luhn) for cards, and with the prefix
80840 for the US National Provider Identifier; ISO 13616 (modulus 97) for IBAN; the Social Security
Administration's ranges that are never issued; CMS for the form of a Medicare Beneficiary
Identifier.
"""

import re

_NOT_DIGIT = re.compile(r"\D")
_MBI_LETTER = "[ac-hj-km-np-rt-y]"
_MBI = re.compile(
    rf"[1-9]{_MBI_LETTER}(?:{_MBI_LETTER}|\d)\d-?{_MBI_LETTER}(?:{_MBI_LETTER}|\d)\d-?"
    rf"{_MBI_LETTER}{{2}}\d\d"
)
_SPECIMENS = frozenset({"123456789", "078051120", "219099999", "457555462"})
"""Numbers printed in advertisements and manuals; they are nobody's any more."""


def digits(text: str) -> str:
    """The digits of a text, in order."""
    return _NOT_DIGIT.sub("", text)


def luhn(number: str) -> bool:
    """Whether the last digit is the one that Luhn's rule asks for."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        twice = int(digit) * (1 + at % 2)
        total += twice - 9 if twice > 9 else twice
    return len(number) > 1 and total % 10 == 0


def nhs(number: str) -> bool:
    """Whether ten digits are an NHS number of England, Wales or the Isle of Man."""
    if len(number) != 10 or len(set(number)) == 1:
        return False
    check = 11 - sum(int(d) * (10 - at) for at, d in enumerate(number[:9])) % 11
    return check != 10 and check % 11 == int(number[9])


def npi(number: str) -> bool:
    """Whether ten digits are a US National Provider Identifier."""
    return len(number) == 10 and number[0] in "12" and luhn("80840" + number)


def social_security(number: str) -> bool:
    """Whether nine digits can be a US social security number: no range that is never issued."""
    area, group, serial = number[:3], number[3:5], number[5:]
    issued = area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"
    return len(number) == 9 and issued and number not in _SPECIMENS


def card(number: str) -> bool:
    """Whether the digits can be a payment card's."""
    return 13 <= len(number) <= 19 and number[0] in "3456" and luhn(number)


def iban(text: str) -> bool:
    """Whether an account's number, letters in any case, is an IBAN."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain):
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def medicare(text: str) -> bool:
    """Whether a text has the form of a Medicare Beneficiary Identifier."""
    return _MBI.fullmatch(text.lower()) is not None
