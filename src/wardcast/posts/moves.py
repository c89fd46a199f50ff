"""The small writes that actions on posts and versions are made of, in the transaction at hand."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from wardcast.media import actions as media
from wardcast.platform import audit, clock, events
from wardcast.platform.http import NotFound
from wardcast.posts.events import VersionSuperseded, VersionWithdrawn
from wardcast.posts.models import Counter, Post, Standing, Version
from wardcast.posts.rules import POSTS, VERSIONS, PostState, VersionState


def locked(post_id: UUID) -> Post:
    """The post, locked; raises `NotFound` where it is deleted."""
    row = Post.objects.select_for_update().filter(pk=post_id).first()
    if row is None or row.state == PostState.DELETED:
        raise NotFound("post")
    return row


def withdraw(row: Version, because: str) -> None:
    """Takes a public version back, its files at once."""
    move(row, VersionState.WITHDRAWN, because)
    Post.objects.filter(current=row).update(current=None)
    media.withdraw(row.pk)
    revise([row.pk])
    audit.record("withdraw", "posts.version", row.pk, by=None, reason=because)
    events.tell(VersionWithdrawn(**of(row), because=because))


def supersede(row: Version) -> None:
    """Ends the work on a version that a newer one takes the place of; a public one stays."""
    if row.state == VersionState.PUBLIC or not VersionState(row.state).is_open:
        return
    move(row, VersionState.SUPERSEDED)
    media.forget_shareables(row.pk)
    events.tell(VersionSuperseded(**of(row)))


_STAMPS = {
    VersionState.SUPERSEDED: "superseded_at",
    VersionState.PUBLIC: "public_at",
    VersionState.WITHDRAWN: "withdrawn_at",
}


def move(row: Version, to: VersionState, because: str = "") -> None:
    """Moves a version to a state that may follow its own; raises `IllegalMove` else."""
    VERSIONS.require(VersionState(row.state), to)
    row.state, row.because = to.value, because
    changed = ["state", "because"]
    if stamp := _STAMPS.get(to):
        setattr(row, stamp, clock.now())
        changed.append(stamp)
    row.save(update_fields=changed)


def move_post(row: Post, to: PostState) -> None:
    """The same for a post; who calls saves the row."""
    POSTS.require(PostState(row.state), to)
    row.state = to.value


def of(row: Version) -> dict[str, UUID]:
    """The ids that every event of a version carries."""
    return {"post_id": row.post_id, "version_id": row.pk, "author_id": row.post.author_id}


def stand(version_id: UUID, **changes: object) -> None:
    """Changes what others publish about a version, and with it its cards."""
    Standing.objects.filter(version=version_id).update(revision=F("revision") + 1, **changes)


def revise(version_ids: Iterable[UUID]) -> None:
    """Has the cards of versions made anew."""
    Standing.objects.filter(version__in=list(version_ids)).update(revision=F("revision") + 1)


def next_number(name: str) -> int:
    """The next dense number, in the transaction at hand: two at once wait for one another."""
    with transaction.atomic():
        if not Counter.objects.filter(name=name).update(last=F("last") + 1):
            Counter.objects.get_or_create(name=name, defaults={"last": 0})
            Counter.objects.filter(name=name).update(last=F("last") + 1)
        return Counter.objects.values_list("last", flat=True).get(name=name)
