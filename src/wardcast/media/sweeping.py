"""What kills have left sealed of renders, found and destroyed once nothing works on them."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from wardcast.media import actions
from wardcast.media.models import Render
from wardcast.platform import jobs, leftovers


def sweep_sealed(before: datetime) -> int:
    """Deletes sealed files from before that moment that no key opens or no render names; answers
    how many. What an unfinished job works on is left alone."""
    count = leftovers.sweep_keyless(before)
    for row in Render.objects.select_related("asset").iterator():
        for key in actions.keys_of(row):
            count += leftovers.sweep_unnamed(key, before, partial(_named_at_rest, row.pk))
    return count


def _named_at_rest(render_id: UUID) -> Collection[str] | None:
    """The refs of all files of a render; None while a job that is not done is about it, or when it
    is gone (and with it its keys).

    The row is read after the jobs: one that ended in between has named its files by then, and one
    that begins makes new ones.
    """
    if not all(job.over for job in jobs.of(render_id)):
        return None
    files = Render.objects.filter(pk=render_id).values_list("files", flat=True).first()
    return None if files is None else {kept["ref"] for kept in files.values()}
