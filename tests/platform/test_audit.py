"""What the trail promises."""

import pytest

from wardcast.platform import audit, ids
from wardcast.platform.models import AuditEntry


@pytest.mark.django_db
def test_a_decision_is_kept_with_who_why_and_when() -> None:
    by, post = ids.new_id(), ids.new_id()
    audit.record("hold", "posts.post", post, by=by, reason="A face is seen.", version=3)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.kind, entry.object_id, entry.by) == (
        "hold",
        "posts.post",
        str(post),
        by,
    )
    assert (entry.reason, entry.facts) == ("A face is seen.", {"version": "3"})
