"""Consents of those who are shown: attested by the author, used by marks, withdrawn, at their end.

A consent never takes a finding away: a mark rests on it, and answers the finding for as long as it
holds. Once it is over, a version that rests on it cannot be published; one that is public is held,
and whoever may correct it is asked to.
"""

from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from wardcast.accounts import queries as accounts
from wardcast.notify import actions as notify
from wardcast.platform import audit, clock, events, policy, vault
from wardcast.platform.http import Invalid, NotFound
from wardcast.platform.ids import new_id
from wardcast.platform.policy import Actor
from wardcast.posts import actions as posts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate, PostState, VersionState
from wardcast.posts.values import VersionFacts
from wardcast.safety import settling, terms
from wardcast.safety.events import ConsentEnded
from wardcast.safety.models import Consent

POST = "posts.post"
CONSENT = "safety.consent"
_HELD = {
    Consent.Ended.WITHDRAWN: "A consent that this post relied on was withdrawn.",
    Consent.Ended.EXPIRED: "A consent that this post relied on has ended.",
}


def give(actor: Actor, post_id: UUID, given: terms.Given) -> UUID:
    """The author attests that somebody consented to be shown; answers the consent's id.

    Who it was is sealed. It answers nothing until a finding is marked with it.
    """
    policy.require(actor, "give_consent", POST, post_id)
    if wrong := terms.given_fits(given, clock.now().date()):
        raise Invalid(wrong.code, wrong.because)
    post = versions.post(post_id)
    if given.covers == "clip" and post.asset_id is None:
        raise NotFound("clip")
    consent_id = new_id()
    sealed = vault.put(consent_id, given.who.strip().encode())
    with transaction.atomic():
        Consent.objects.create(
            id=consent_id,
            post_id=post_id,
            by_id=actor.user_id,
            who_ref=sealed.ref,
            kinds=sorted(set(given.kinds)),
            asset_id=post.asset_id if given.covers == "clip" else None,
            given_on=given.given_on,
            last_day=given.last_day,
            form_sha256=given.form_sha256,
            at=clock.now(),
        )
        audit.record(
            "give_consent", CONSENT, consent_id, by=actor.user_id, post=post_id, covers=given.covers
        )
    return consent_id


def withdraw(actor: Actor, consent_id: UUID) -> None:
    """Takes a consent back, in the name of whoever gave it; twice is once.

    A public post that rests on it is held at once, and its author and the moderators are asked to
    call back what was shown.
    """
    policy.require(actor, "withdraw_consent", CONSENT, consent_id)
    with transaction.atomic():
        row = Consent.objects.select_for_update().get(pk=consent_id)
        if row.ended_at is None:
            _end(row, Consent.Ended.WITHDRAWN, by=actor.user_id)


def look_at_ends() -> None:
    """What the house does about consents each day: those of public posts that end soon or today
    are told to their author; those that are over are acted upon."""
    now = clock.now()
    today = now.date()
    soon = today + timedelta(days=terms.WARN_DAYS)
    near = Consent.objects.filter(ended_at=None, last_day__lte=soon)
    for pk in near.values_list("pk", flat=True):
        with transaction.atomic():
            row = Consent.objects.select_for_update().get(pk=pk)
            if row.ended_at is not None:
                continue
            if row.terms.holds(now):
                _warn(row, today)
            else:
                _end(row, Consent.Ended.EXPIRED, by=None)


def forget(post_id: UUID) -> None:
    """Destroys who consented to what in a post, with the consents."""
    for row in Consent.objects.filter(post=post_id):
        vault.destroy(row.pk)
        row.delete()


def _warn(row: Consent, today: date) -> None:
    assert row.last_day is not None  # it was found by it
    public = _in_public(row, _used_in(row))
    if public is None:
        return
    is_today = row.last_day == today
    kind = "consent_today" if is_today else "consent_soon"
    notify.tell(
        [public.author_id],
        kind,
        subject=public.post_id,
        values={"title": public.title, "day": f"{row.last_day.day} {row.last_day:%B %Y}"},
        event_id=uuid5(row.pk, kind),
    )


def _end(row: Consent, why: Consent.Ended, by: UUID | None) -> None:
    row.ended_at, row.ended = clock.now(), why
    row.save(update_fields=["ended_at", "ended"])
    audit.record("end_consent", CONSENT, row.pk, by=by, why=why.value)
    used = _used_in(row)
    for each in used:
        if each.is_working and each.state.is_open:
            posts.revoke(each.id, Gate.CHECK, _HELD[why])
            settling.close_duties(each.id)  # nobody is shown what the check has not cleared
            settling.settle(each.id)
    author = versions.post(row.post_id).author_id
    shown = tuple(each for each in used if each.public_at is not None)
    public = _in_public(row, used)
    if public is not None:
        posts.hold(row.post_id, author, _HELD[why])
    if shown:
        _ask_to_correct(row, why, shown[-1])
    events.tell(
        ConsentEnded(
            consent_id=row.pk,
            post_id=row.post_id,
            author_id=author,
            why=why.value,
            version_ids=tuple(each.id for each in shown),
        )
    )


def _ask_to_correct(row: Consent, why: Consent.Ended, version: VersionFacts) -> None:
    people = {version.author_id, *accounts.moderators()}
    author = accounts.people([version.author_id])[version.author_id]
    notify.tell(
        sorted(people),
        f"consent_{why.value}",
        subject=version.post_id,
        values={"title": version.title, "author": author.name},
        event_id=uuid5(row.pk, "ended"),
    )


def _used_in(row: Consent) -> list[VersionFacts]:
    """The versions in which findings rest on a consent, oldest first."""
    ids = row.marks.values_list("report__version_id", flat=True)
    return sorted(versions.versions(ids).values(), key=lambda each: each.number)


def _in_public(row: Consent, used: list[VersionFacts]) -> VersionFacts | None:
    """The one among these versions that everybody can see now, or None."""
    if versions.post(row.post_id).state != PostState.PUBLIC:
        return None
    return next((each for each in used if each.state is VersionState.PUBLIC), None)
