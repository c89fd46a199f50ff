"""A recall passes along lineage: who was served a video that holds the part that was wrong is told
too, and so on to what was made from that.

What was said to be made from a version after its notice knew of it, and may be an answer to it.
"""

from collections.abc import Iterator
from uuid import UUID

from wardcast.platform import clock
from wardcast.posts import lineage
from wardcast.posts.values import Derived
from wardcast.recall import rules
from wardcast.recall.models import Notice
from wardcast.recall.queries import span_of


def along(root: Notice) -> Iterator[Notice]:
    """Notices to open beside this one, on whatever was made from what it is about: not saved yet,
    each after the one that it comes from."""
    told = {root.version_id}
    left = [root]
    while left:
        above = left.pop(0)
        for each in lineage.derived(above.version_id, span_of(above), root.at):
            if each.version.id not in told:
                told.add(each.version.id)
                below = _below(above, each)
                left.append(below)
                yield below


def late(version_id: UUID, post_id: UUID) -> Iterator[Notice]:
    """The same for a version that is public only now, of what was opened since its post named the
    video that it was made from. A post that was told of it before has mended what it wanted to."""
    for source, since in lineage.named_by(post_id).items():
        for above in Notice.objects.filter(version_id=source, at__gte=since).order_by("at"):
            if Notice.objects.filter(passed_from=above, post_id=post_id).exists():
                continue
            for each in lineage.derived(source, span_of(above), above.at):
                if each.version.id == version_id:
                    yield _below(above, each)


def _below(above: Notice, to: Derived) -> Notice:
    version = to.version
    mended = above.corrects_id
    return Notice(
        post_id=version.post_id,
        version_id=version.id,
        post_number=version.post_number,
        version_serial=version.serial,
        author_id=version.author_id,
        severity=rules.passed_on(rules.Severity(above.severity), privacy=above.privacy),
        span_start_ms=to.span[0] if to.span else None,
        span_end_ms=to.span[1] if to.span else None,
        what_right=above.what_right,
        what_wrong=above.what_wrong,
        what_now=above.what_now,
        apology=above.apology,
        privacy=above.privacy,
        by=above.by,
        at=clock.now(),
        passed_from=above,
        corrects=Notice.objects.filter(passed_from=mended, version_id=version.id).first()
        if mended
        else None,
    )
