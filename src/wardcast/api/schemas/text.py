"""Text that comes in."""

from typing import Annotated

from pydantic import AfterValidator, Field

_SURROGATES = range(0xD800, 0xE000)


def _storable(text: str) -> str:
    # PostgreSQL cannot keep a null character, and halves of a pair are no text at all: JSON can
    # name both by an escape.
    if "\0" in text or any(ord(character) in _SURROGATES for character in text):
        raise ValueError("it holds a character that cannot be kept; take it out")
    return text


Text = Annotated[str, AfterValidator(_storable)]
"""Any text that a database can keep. Give it a `max_length` where it is used."""

Words = Annotated[Text, Field(max_length=100)]
"""What is typed into a search field."""
