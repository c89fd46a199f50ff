"""Languages: tags (BCP 47), their names, whether the detectors know one: they know English only."""

import re
from dataclasses import dataclass

from wardcast.check.gazetteers.folding import listed

_WORDS = re.compile(r"[^\W\d_]+")
_ENGLISH = listed(
    """
    the a of and to in is it you that he was for on are with as i his they be at this have
    from or had by not but what we when your can said she do their if will so my her him has
    who me an just there up out then them about
    """
)
_OTHERS = {
    "Spanish": (
        "el la los las de que y en un una es por con para no se lo su del al como pero más mi "
        "paciente muy está yo ella"
    ),
    "French": (
        "le la les de des et un une est que qui dans pour pas je il elle nous vous avec sur "
        "au du ce mon ma son sa était"
    ),
    "German": (
        "der die das und ist ein eine nicht ich sie wir mit auf für von zu den dem im war hat "
        "mein er es auch als"
    ),
    "Italian": (
        "il lo la gli di che e un una è per non con sono mi si del della nel ho mio era anche "
        "come paziente"
    ),
    "Portuguese": (
        "o a os as de que e um uma é para não com em do da no na se eu meu minha ela ele foi "
        "paciente"
    ),
    "Dutch": (
        "de het een en van is dat ik niet in op te zijn met voor hij ze we mijn was aan er maar om"
    ),
    "Swedish": ("och det att en ett är som jag inte på för med den till av har hon han vi min var"),
    "Polish": ("i w na z że się nie do jest to jak o ja on ona mój był dla ale pacjent po"),
    "Turkish": ("ve bir bu da de için ile çok ben o ne var hasta gibi ama daha"),
}
_KNOWN = {name: frozenset(words.split()) for name, words in _OTHERS.items()}

_TAG = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE,
)
TAG_CHARS = 35
"""RFC 5646 section 4.4.1: room for every tag that is of use."""
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mr": "Marathi",
    "ms": "Malay", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian Nynorsk",
    "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "so": "Somali",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


def tag_of(text: str) -> str | None:
    """A language tag in the case that RFC 5646 recommends (`pt-BR`, `zh-Hant`), or None for what
    is none: language, script, region and variants are taken, extensions and private use not."""
    found = _TAG.fullmatch(text.strip()) if len(text) <= TAG_CHARS else None
    if found is None:
        return None
    language, script, region, variants = found.groups()
    parts = [language.lower()]
    parts += [script.title()] if script else []
    parts += [region.upper()] if region else []
    return "-".join(parts) + variants.lower()


def name_of(tag: str) -> str:
    """What English calls the language of a tag: "German", "Portuguese (pt-BR)", else the tag."""
    name = _NAMES.get(tag.partition("-")[0])
    if name is None:
        return tag
    return f"{name} ({tag})" if "-" in tag else name


def knows(tag: str) -> bool:
    """Whether the detectors would understand a text in this language."""
    return tag.partition("-")[0] == "en"


@dataclass(frozen=True, slots=True)
class Language:
    """`known` is False where the detectors would not understand the text;

    `name` is a guess to show.
    """

    known: bool
    name: str


def language_of(text: str) -> Language:
    """A crude guess by script and stop words; a text too short to tell counts as English."""
    words = _WORDS.findall(text.lower())
    letters = "".join(words)
    if letters:
        latin = sum(c < "\u0250" or "\u1e00" <= c < "\u1f00" for c in letters)
        if latin < 0.5 * len(letters):
            return Language(False, "a script other than Latin")
    if len(words) < 6:
        return Language(True, "English")
    english = sum(w in _ENGLISH for w in words) / len(words)
    name, share = max(
        ((n, sum(w in stops for w in words) / len(words)) for n, stops in _KNOWN.items()),
        key=lambda r: r[1],
    )
    if share > english * 1.4 and share >= 0.15:
        return Language(False, name)
    if english < 0.06 and len(words) >= 20:
        return Language(False, "a language that is not English")
    return Language(True, "English")
