"""What a post was made from: a part of another post's clip, as its author says. A correction of
that part passes along to the post and its viewers, so what was said while it was public stays."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wardcast.gate.clocks import in_edited, in_original
from wardcast.gate.edits import EditList
from wardcast.platform import clock, policy
from wardcast.platform.http import Conflict, Invalid, NotFound
from wardcast.platform.policy import Actor
from wardcast.posts import moves, queries
from wardcast.posts.models import Lineage, Post, Version
from wardcast.posts.rules import VersionState
from wardcast.posts.values import Derived, Source, VersionFacts

MOST = 10
"""So many other posts one is made from."""

Pair = tuple[int, int]


def add(actor: Actor, post_id: UUID, source_id: UUID, part: Pair, at_ms: int | None) -> None:
    """Says that a post holds a part of another's public clip (milliseconds of that clip as it
    plays), from `at_ms` of its own clip on. Said anew of the same version before the post
    is public, it is put right."""
    if not 0 <= part[0] < part[1]:
        raise Invalid(
            "bad_part", "The part must end after it begins. Change one of the two times.",
            field="end_ms",
        )  # fmt: skip
    policy.require(actor, "see", "posts.post", source_id)
    with transaction.atomic():
        row = moves.locked(post_id)
        if source_id == post_id:
            raise Invalid("own_source", "A video is not made from itself. Name another one.")
        source = Version.objects.filter(post=source_id, state=VersionState.PUBLIC).first()
        if source is None:
            raise NotFound("video")
        named = Lineage.objects.filter(post=row, source=source).first()
        if named and _stays(named):
            raise _noted()
        others = Lineage.objects.filter(post=row).exclude(source=source)
        if others.count() >= MOST:
            raise Conflict(
                "too_many_sources",
                f"A video names at most {MOST} others that it is made from. Remove one first.",
            )
        own = _own(at_ms, EditList.from_json(row.edits))
        lies = {"start_ms": part[0], "end_ms": part[1], "at_ms": own}
        Lineage.objects.update_or_create(
            post=row, source=source, defaults=lies, create_defaults={**lies, "at": clock.now()}
        )


def drop(post_id: UUID, source_id: UUID) -> None:
    """Takes back that a post was made from another. Once it was public with it, that stays: its
    viewers may be owed what is found wrong there."""
    with transaction.atomic():
        row = moves.locked(post_id)
        found = Lineage.objects.filter(post=row, source__post=source_id)
        if any(_stays(each) for each in found.select_related("post")):
            raise _noted()
        found.delete()


def sources(post_ids: Collection[UUID]) -> dict[UUID, list[Source]]:
    """What these posts were made from, by post; what was said first comes first."""
    found: dict[UUID, list[Source]] = {}
    rows = Lineage.objects.filter(post__in=list(post_ids)).select_related("post", "source__post")
    for row in rows.order_by("at", "pk"):
        edits = EditList.from_json(row.post.edits)
        lies = in_edited((row.at_ms, row.at_ms + 1), edits.cuts) if row.at_ms is not None else None
        found.setdefault(row.post_id, []).append(
            Source(
                post_id=row.source.post_id,
                version_id=row.source_id,
                author_id=row.source.post.author_id,
                title=row.source.title if _open_to_all(row.source) else "",
                start_ms=row.start_ms,
                end_ms=row.end_ms,
                at_ms=lies[0] if lies else None,
                stays=_stays(row),
            )
        )
    return found


def derived(version_id: UUID, span: Pair | None, before: datetime) -> Iterator[Derived]:
    """Versions that are or were public and hold what a version shows in `span` of its original
    (None for any part), as was said before a moment."""
    source = queries.version(version_id)
    for row in Lineage.objects.filter(source=version_id, at__lt=before).order_by("at", "pk"):
        part = (row.start_ms, row.end_ms)
        common = _common(part, in_edited(span, source.edits.cuts)) if span else part
        if common is None:
            continue
        lies = _moved(common, part, row.at_ms)
        for each in queries.versions_of(row.post_id):
            if each.public_at is not None and _holds(each, lies):
                yield Derived(each, lies)


def named_by(post_id: UUID) -> dict[UUID, datetime]:
    """The versions of other posts that a post holds parts of, and since when that is said."""
    return dict(Lineage.objects.filter(post=post_id).values_list("source_id", "at"))


def _common(part: Pair, other: Pair | None) -> Pair | None:
    if other is None:
        return None
    start, end = max(part[0], other[0]), min(part[1], other[1])
    return (start, end) if start < end else None


def _moved(common: Pair, part: Pair, at_ms: int | None) -> Pair | None:
    if at_ms is None:
        return None
    return at_ms + common[0] - part[0], at_ms + common[1] - part[0]


def _open_to_all(source: Version) -> bool:
    """Whether everyone may read its title: that of one that was taken back may repeat a leak."""
    return (
        source.state == VersionState.PUBLIC
        and source.post.state == Post.State.PUBLIC
        and source.post.visibility != Post.Visibility.FOLLOWERS
    )


def _holds(version: VersionFacts, lies: Pair | None) -> bool:
    """Whether what lies there was not cut out of a version."""
    return lies is None or in_edited(lies, version.edits.cuts) is not None


def _own(at_ms: int | None, edits: EditList) -> int | None:
    """A moment of the draft's clip as it plays, in its original's clock."""
    if at_ms is None:
        return None
    parts = in_original((at_ms, at_ms + 1), edits.cuts)
    return parts[0][0] if parts else None


def _noted() -> Conflict:
    return Conflict(
        "source_stays",
        "This was public with the part of the other video in it, so that stays noted as it is: its "
        "viewers learn what is found wrong there.",
    )


def _stays(row: Lineage) -> bool:
    return Version.objects.filter(post=row.post_id, public_at__isnull=False).exists()
