"""What an author takes elsewhere: a signed file of what is public, or of what could be.

The house signs nothing that not every gate has cleared. Whether it may be taken is asked each time.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from wardcast.media import shareables
from wardcast.media.shareables import ShareableView
from wardcast.media.values import File
from wardcast.platform import clock
from wardcast.platform.http import Conflict, Invalid, NotFound
from wardcast.posts import credentials, verdicts
from wardcast.posts.models import Post, Version
from wardcast.posts.rules import Held, PostState
from wardcast.posts.tracks import from_row


@dataclass(frozen=True, slots=True)
class Sharing:
    """What may be taken of a post: `because` says why nothing may, and is empty else; `languages`
    are those that captions can be drawn in."""

    because: str
    version_id: UUID | None
    number: int
    languages: tuple[str, ...]
    files: tuple[ShareableView, ...]


def look(post_id: UUID) -> Sharing:
    """What may be taken of a post, and what was made."""
    found = _version(post_id)
    if isinstance(found, Held):
        return Sharing(found.because, None, 0, (), ())
    files = tuple(shareables.of(found.pk))
    return Sharing("", found.pk, found.number, tuple(_tracks(found)), files)


def ask(post_id: UUID, language: str | None) -> None:
    """Has the file made with captions in this language in its picture; None for none."""
    with transaction.atomic():
        found = _version(post_id)
        if isinstance(found, Held):
            raise Conflict("not_cleared", found.because)
        assert found.render_id
        tracks = _tracks(found)
        if language is not None and language not in tracks:
            raise Invalid(
                "no_such_captions",
                f"This version has no captions in “{language[:35]}”. Choose another language, or "
                "make the file without captions.",
                field="language",
            )
        captions = tracks[language] if language is not None else None
        said = credentials.statement(found, language)
        shareables.ensure(found.pk, found.render_id, captions, said)


def file(post_id: UUID, language: str | None) -> File:
    """A file that is ready and may be taken now; raises `NotFound`."""
    found = _version(post_id)
    if isinstance(found, Held):
        raise NotFound("file")
    return shareables.file(found.pk, language or "")


def _version(post_id: UUID) -> Version | Held:
    """The public version, else the one that could be public now."""
    post = Post.objects.get(pk=post_id)
    if post.state == PostState.PUBLIC and post.current_id:
        return Version.objects.select_related("post").get(pk=post.current_id)
    if post.working_id is None:
        return Held("Have it checked first: a file to share is made of what was cleared.")
    row = Version.objects.select_related("post").get(pk=post.working_id)
    if held := verdicts.held(row, clock.now()):
        return held
    return row


def _tracks(row: Version) -> dict[str, UUID]:
    """The assets of a version's captions by their language."""
    return {each.language: each.asset_id for each in from_row(row.tracks)}
