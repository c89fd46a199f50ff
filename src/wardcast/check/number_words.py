"""The words of numbers, and what they stand for."""


def _counted(first: int, step: int, words: str) -> dict[str, int]:
    return {word: first + step * i for i, word in enumerate(words.split())}


UNITS = _counted(0, 1, "zero one two three four five six seven eight nine")
TEENS = _counted(
    10,
    1,
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
)
TENS = _counted(20, 10, "twenty thirty forty fifty sixty seventy eighty ninety")
ORDINALS = {
    **_counted(1, 1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh"),
    **_counted(12, 1, "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"),
    **_counted(19, 1, "nineteenth twentieth"),
    "thirtieth": 30,
}
