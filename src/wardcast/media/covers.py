"""The cover that an author has chosen: a picture of the finished clip, taken by the worker.

It comes from the render, never from the original, so that whatever was edited away is not in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from wardcast.media.models import Cover, Render
from wardcast.media.sealed import part_key
from wardcast.media.values import File
from wardcast.platform import clock, jobs, vault
from wardcast.platform.http import Conflict

TAKE = "media.cover"
KEY = "cover"
"""The part of a cover's vault key."""

Wanted = tuple[UUID, int]
"""A render, and a moment of its own clock in ms."""


@dataclass(frozen=True, slots=True)
class CoverView:
    """A cover; `file` is its JPEG, None until it is taken."""

    file: File | None
    blurhash: str
    failed: bool


def ensure(render_id: UUID, at_ms: int) -> None:
    """Has this picture taken once the render is finished; anew if that failed before. In the
    transaction at hand."""
    row, new = Cover.objects.get_or_create(
        render_id=render_id, at_ms=at_ms, defaults={"created_at": clock.now()}
    )
    if row.state == Cover.State.FAILED:
        row.state = Cover.State.WAITING
        row.save(update_fields=["state"])
        new = True
    if new and row.render.state == Render.State.READY:
        _start(row)


def begin_waiting(render_id: UUID) -> None:
    """Starts what waited for a render that is finished now. In the transaction at hand."""
    for row in Cover.objects.filter(render=render_id, state=Cover.State.WAITING):
        _start(row)


def of(wanted: Iterable[Wanted]) -> dict[Wanted, CoverView]:
    """Covers by what they were asked for; those that were not are left out."""
    keys = set(wanted)
    if not keys:
        return {}
    rows = Cover.objects.filter(render__in={render_id for render_id, _ in keys})
    return {
        key: CoverView(
            file=File(**row.file) if row.file else None,
            blurhash=row.blurhash,
            failed=row.state == Cover.State.FAILED,
        )
        for row in rows
        if (key := (row.render_id, row.at_ms)) in keys
    }


def taken(render_id: UUID, at_ms: int) -> File:
    """The picture, for publishing it; raises `Conflict` where it is not there yet, and has it taken
    again where that failed."""
    found = of([(render_id, at_ms)]).get((render_id, at_ms))
    if found is None or found.failed:
        with transaction.atomic():
            ensure(render_id, at_ms)
    if found is None or found.file is None:
        raise Conflict(
            "cover_not_ready",
            "The cover that you have chosen is still being taken out of the clip. Try again in a "
            "minute, or take the one that the house proposes.",
        )
    return found.file


def forget(render_id: UUID, at_ms: int) -> None:
    """Destroys a cover that nothing shows any more."""
    for row in Cover.objects.filter(render=render_id, at_ms=at_ms):
        vault.destroy(part_key(row.pk, KEY))
        row.delete()


def forget_all(render_id: UUID) -> None:
    """Destroys the covers of a render."""
    for at_ms in Cover.objects.filter(render=render_id).values_list("at_ms", flat=True):
        forget(render_id, at_ms)


def _start(row: Cover) -> None:
    jobs.start(TAKE, subject=row.pk, owner=row.render.asset.owner_id)
