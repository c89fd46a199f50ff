"""The answer where there is nothing to tell."""

from ninja import Schema


class NothingOut(Schema):
    """Nothing to say: it is done."""
