"""Files that an author takes elsewhere."""

from typing import Literal
from uuid import UUID

from ninja import Schema


class ShareableOut(Schema):
    """A signed MP4; `language` is that of the captions in its picture, null for none. Once it is
    ready, `url` gives it in parts and `name` is what to call it; `detail` says why it failed."""

    language: str | None
    state: Literal["making", "ready", "failed"]
    fraction: float
    detail: str
    size: int
    name: str
    url: str


class SharingOut(Schema):
    """What may be taken of a post, or `because` of what nothing may; `languages` are those that
    captions can be drawn in."""

    because: str
    version_id: UUID | None
    number: int
    languages: list[str]
    files: list[ShareableOut]
