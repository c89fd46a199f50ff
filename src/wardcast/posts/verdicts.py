"""What the gates have said about a version, and whether it may be published."""

from datetime import datetime

from wardcast.accounts import queries as accounts
from wardcast.posts import rules
from wardcast.posts.models import Version
from wardcast.posts.rules import Gate, PostState, VersionState


def bound(row: Version) -> rules.Bound:
    """What a clearance of this version must be bound to."""
    return rules.Bound(VersionState(row.state), row.hash, row.render_hash)


def required(row: Version) -> frozenset[Gate]:
    """The gates that this version needs under the host's policy of now."""
    return rules.required(row.lane, host=accounts.host_policy(), author_id=row.post.author_id)


def clearances_of(row: Version) -> list[rules.Cleared]:
    """All verdicts on a version, as the rules read them."""
    return [
        rules.Cleared(
            gate=Gate(each.gate),
            verdict=each.verdict,
            version_hash=each.version_hash,
            render_hash=each.render_hash,
            at=each.at,
            expires_at=each.expires_at,
            revoked_at=each.revoked_at,
            note=each.note,
        )
        for each in sorted(row.clearances.all(), key=lambda each: (each.at, each.pk))
    ]


def held(row: Version, now: datetime) -> rules.Held | None:
    """What keeps a version from being published now, or None."""
    if row.post.state in (PostState.HELD, PostState.DELETED):
        return rules.Held(
            "A moderator holds this post. Answer them before you publish."
            if row.post.state == PostState.HELD
            else "This post was deleted."
        )
    decision = rules.may_publish(bound(row), clearances_of(row), required(row), now)
    return decision if isinstance(decision, rules.Held) else None
