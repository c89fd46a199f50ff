"""What others read of people, their viewers' numbers and the host."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from wardcast.accounts import devices, rules
from wardcast.accounts.models import (
    AccountViewer,
    Block,
    Credential,
    DeviceViewer,
    Follow,
    Host,
    StandingConsent,
    User,
    Viewer,
)
from wardcast.accounts.rules import Consent, HostPolicy, Quorum
from wardcast.accounts.values import (
    Account,
    CredentialCard,
    CredentialDetail,
    PersonCard,
    Profile,
    RosterEntry,
)
from wardcast.platform import clock, sql
from wardcast.platform.policy import Actor
from wardcast.platform.routing import LINKS

_CHUNK = 500

# Every request of a person asks these, so that they are written out (`platform.sql`).
_ACTOR = (
    "SELECT u.handle, u.is_moderator, u.is_admin,"
    " EXISTS (SELECT 1 FROM accounts_credential c WHERE c.user_id = u.id"
    " AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > %s)),"
    " EXISTS (SELECT 1 FROM accounts_host h WHERE h.named_person_id = u.id)"
    " FROM accounts_user u WHERE u.id = %s AND u.is_active"
)
_NUMBERS = (
    "SELECT a.viewer_id, d.viewer_id FROM accounts_accountviewer a"
    " LEFT JOIN accounts_deviceviewer d ON d.merged_into = a.viewer_id WHERE a.user_id = %s"
)
_FOLLOWS = "SELECT followed_id FROM accounts_follow WHERE follower_id = %s"
_BLOCKED = (
    "SELECT blocked_id FROM accounts_block WHERE blocker_id = %s"
    " UNION SELECT blocker_id FROM accounts_block WHERE blocked_id = %s"
)


def actor_for(request: HttpRequest) -> Actor:
    """Who sends this request: the person signed in, else the guest's device, else just a guest."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return actor_of(user.pk)
    token = devices.token_of(request)
    if not token:
        return Actor()
    if token == devices.NAMELESS:
        return Actor(nameless=True)
    device = DeviceViewer.objects.filter(
        token_hash=devices.digest(token), merged_into=None, viewer__erased_at=None
    ).first()
    if device is None:
        return Actor()
    return Actor(viewer=device.viewer_id, viewers=frozenset({device.viewer_id}))


def actor_of(user_id: UUID) -> Actor:
    """A person as an actor, with the roles and numbers that they have now.

    Someone who is gone or shut out is a guest.
    """
    found = sql.rows(_ACTOR, (sql.moment(clock.now()), sql.key(user_id)))
    if not found:
        return Actor()
    handle, moderator, admin, clinician, named = found[0]
    number, numbers = _numbers_of(user_id)
    return Actor(
        user_id=user_id,
        viewer=number,
        viewers=numbers,
        handle=handle,
        roles=rules.roles(
            clinician=bool(clinician),
            moderator=bool(moderator),
            admin=bool(admin),
            named_person=bool(named),
        ),
    )


_FLAGS = ("is_moderator", "is_admin", "clinician", "named")


def _with_flags(found: QuerySet[User], *fields: str) -> QuerySet[User, dict[str, Any]]:
    """Rows with what their roles follow from."""
    flagged: QuerySet[User, dict[str, Any]] = found.annotate(
        clinician=Exists(_in_force(clock.now()).filter(user=OuterRef("pk"))),
        named=Exists(Host.objects.filter(named_person=OuterRef("pk"))),
    ).values("pk", "handle", *_FLAGS, *fields)
    return flagged


def _roles(flags: dict[str, Any]) -> frozenset[str]:
    return rules.roles(
        clinician=flags["clinician"],
        moderator=flags["is_moderator"],
        admin=flags["is_admin"],
        named_person=flags["named"],
    )


def _numbers_of(user_id: UUID) -> tuple[int | None, frozenset[int]]:
    found = sql.rows(_NUMBERS, (sql.key(user_id, LINKS),), LINKS)
    numbers = {number for row in found for number in row if number is not None}
    return (found[0][0] if found else None), frozenset(numbers)


def account(user_id: UUID) -> Account | None:
    """A person's own account, or None if there is none."""
    row = User.objects.filter(pk=user_id).first()
    if row is None:
        return None
    return Account(row.pk, row.handle, row.name, row.email, row.bio, row.town, row.is_active)


def town_of(user_id: UUID) -> str:
    """The town where a person works, as they or else the host say; empty where neither does."""
    own = User.objects.filter(pk=user_id).values_list("town", flat=True).first()
    return own or host_policy().town


def mail_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The addresses of those who can still be written to."""
    found = User.objects.filter(pk__in=list(user_ids), is_active=True)
    return dict(found.values_list("pk", "email"))


def id_of(handle: str) -> UUID | None:
    """Whose handle this is, in any case of letters."""
    return User.objects.filter(handle=handle.lower()).values_list("pk", flat=True).first()


def id_by_email(email: str) -> UUID | None:
    """Whose address this is, in any case of letters."""
    return User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()


def people(ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Cards of people by id, in two queries; ids that are nobody's are left out."""
    wanted = list(ids)
    credentials = {
        row["user_id"]: CredentialCard(row["profession"], row["specialty"], row["checked_at"])
        for row in _in_force(clock.now())
        .filter(user__in=wanted)
        .values("user_id", "profession", "specialty", "checked_at")
    }
    return {
        pk: PersonCard(pk, handle, name, credentials.get(pk))
        for pk, handle, name in User.objects.filter(pk__in=wanted).values_list(
            "pk", "handle", "name"
        )
    }


def profile(reader: UUID | None, handle: str) -> Profile | None:
    """A person's page as `reader` sees it, or None if the handle is nobody's."""
    row = User.objects.filter(handle=handle.lower(), is_active=True).first()
    if row is None:
        return None
    return Profile(
        person=people([row.pk])[row.pk],
        bio=row.bio,
        followers=Follow.objects.filter(followed=row, follower__is_active=True).count(),
        following_count=Follow.objects.filter(follower=row, followed__is_active=True).count(),
        following=Follow.objects.filter(follower=reader, followed=row).exists(),
        blocked=Block.objects.filter(blocker=reader, blocked=row).exists(),
        is_self=row.pk == reader,
        credential=credential_details([row.pk]).get(row.pk),
    )


def credential_details(ids: Iterable[UUID]) -> dict[UUID, CredentialDetail]:
    """The credentials in force of these people, with who checked them and how."""
    found = _in_force(clock.now()).filter(user__in=list(ids)).select_related("checked_by")
    return {
        row.user_id: CredentialDetail(
            profession=row.profession,
            specialty=row.specialty,
            country=row.country,
            checked_how=row.checked_how,
            checked_at=row.checked_at,
            checked_by_name=row.checked_by.name if row.checked_by else "",
            expires_at=row.expires_at,
        )
        for row in found
    }


def is_clinician(user_id: UUID) -> bool:
    """Whether the person is a verified clinician now."""
    return _in_force(clock.now()).filter(user=user_id, user__is_active=True).exists()


def clinicians(ids: Iterable[UUID]) -> set[UUID]:
    """Those of `ids` who are verified clinicians now."""
    found = _in_force(clock.now()).filter(user__in=list(ids), user__is_active=True)
    return set(found.values_list("user_id", flat=True))


def moderators() -> set[UUID]:
    """Who moderates here; the host's named person where nobody does."""
    found = set(User.objects.filter(is_moderator=True, is_active=True).values_list("pk", flat=True))
    named = host_policy().named_person
    return found or ({named} if named else set())


def follows(user_id: UUID) -> set[UUID]:
    """Whom the person follows."""
    return {sql.uuid(each) for (each,) in sql.rows(_FOLLOWS, (sql.key(user_id),))}


def followers(user_id: UUID) -> set[UUID]:
    """Who follows the person."""
    found = Follow.objects.filter(followed=user_id)
    return set(found.values_list("follower_id", flat=True))


def blocked_between(user_id: UUID) -> set[UUID]:
    """Everyone whom the person blocked or who blocked the person."""
    me = sql.key(user_id)
    return {sql.uuid(each) for (each,) in sql.rows(_BLOCKED, (me, me))}


def colleagues(user_id: UUID) -> set[UUID]:
    """Verified clinicians whom the person follows or who follow the person."""
    near = (follows(user_id) | followers(user_id)) - blocked_between(user_id)
    return clinicians(near)


def can_be_asked(user_id: UUID, words: str = "", limit: int = 50) -> list[PersonCard]:
    """Verified clinicians whom the person can ask for something, colleagues first, then by name."""
    near = colleagues(user_id)
    found = (
        _named(words)
        .filter(Exists(_in_force(clock.now()).filter(user=OuterRef("pk"))))
        .exclude(pk=user_id)
        .exclude(pk__in=blocked_between(user_id))
    )
    cards = people(found.order_by("name", "pk").values_list("pk", flat=True)[: limit * 4])
    ordered = sorted(cards.values(), key=lambda card: (card.id not in near, card.name, card.handle))
    return ordered[:limit]


def find(user_id: UUID, words: str, limit: int = 50) -> list[PersonCard]:
    """People by a part of their name or handle, without those with whom there is a block."""
    found = _named(words).exclude(pk__in=blocked_between(user_id))
    cards = people(found.order_by("name", "pk").values_list("pk", flat=True)[:limit])
    return sorted(cards.values(), key=lambda card: (card.name, card.handle))


def roster(words: str, limit: int = 100) -> list[RosterEntry]:
    """Accounts by a part of their name, handle or address, newest first; those shut out too."""
    found = User.objects.all()
    for word in words.lower().split()[:5]:
        found = found.filter(
            Q(name__icontains=word) | Q(handle__contains=word) | Q(email__contains=word)
        )
    return _entries(found.order_by("-pk")[:limit])


def roster_entry(user_id: UUID) -> RosterEntry | None:
    """One account as those who run the house see it."""
    return next(iter(_entries(User.objects.filter(pk=user_id))), None)


def _entries(found: QuerySet[User]) -> list[RosterEntry]:
    rows = list(_with_flags(found, "email", "is_active"))
    ids = [row["pk"] for row in rows]
    cards, details = people(ids), credential_details(ids)
    return [
        RosterEntry(
            person=cards[row["pk"]],
            email=row["email"],
            is_active=row["is_active"],
            roles=_roles(row),
            credential=details.get(row["pk"]),
        )
        for row in rows
    ]


def _named(words: str) -> QuerySet[User]:
    found = User.objects.filter(is_active=True)
    for word in words.lower().split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(handle__contains=word))
    return found


def _in_force(now: datetime) -> QuerySet[Credential]:
    return Credential.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)


def host_policy() -> HostPolicy:
    """What the host has laid down; the defaults where nothing has been."""
    standing = tuple(_consent(row) for row in StandingConsent.objects.filter(revoked_at=None))
    row = Host.objects.first()
    if row is None:
        return HostPolicy(standing=standing)
    kept = {lane: Quorum(**numbers) for lane, numbers in row.quorum.items()}
    return HostPolicy(
        quorum={**rules.DEFAULT_QUORUM, **kept},
        standing=standing,
        named_person=row.named_person_id,
        recall_goal=row.recall_goal,
        name=row.name,
        contact=row.contact,
        mode=row.mode,
        town=row.town,
    )


def _consent(row: StandingConsent) -> Consent:
    return Consent(
        id=row.pk,
        lane=row.lane,
        author=row.author_id,
        waives=frozenset(row.waives),
        reason=row.reason,
        given_by=row.given_by_id,
        given_at=row.given_at,
    )


def roots(numbers: Iterable[int]) -> dict[int, int]:
    """Each number with the account's number that it belongs to, or itself: so that an account and
    the devices linked to it are counted once."""
    wanted = set(numbers)
    merged = {
        device: account
        for some in _chunks(wanted)
        for device, account in DeviceViewer.objects.filter(
            viewer__in=some, merged_into__isnull=False
        ).values_list("viewer_id", "merged_into")
        if account is not None
    }
    return {number: merged.get(number, number) for number in wanted}


def all_numbers(numbers: Iterable[int]) -> dict[int, set[int]]:
    """All numbers of the people and devices that these are of: by the account's number, or the
    device's own."""
    found: dict[int, set[int]] = {}
    for number in roots(numbers).values():
        found.setdefault(number, {number})
    for some in _chunks(set(found)):
        for device, account in DeviceViewer.objects.filter(merged_into__in=some).values_list(
            "viewer_id", "merged_into"
        ):
            if account is not None:
                found[account].add(device)
    return found


def unreachable(numbers: Iterable[int]) -> set[int]:
    """Those of `numbers` that nothing can be shown to any more.

    They were erased; or their account is gone or shut out; or their device has not been seen for
    so long that its cookie has run out.
    """
    root = roots(numbers)
    gone: set[int] = set()
    for some in _chunks(set(root.values())):
        gone |= _gone(some)
    return {number for number, account in root.items() if account in gone}


def account_numbers(numbers: Iterable[int]) -> set[int]:
    """Those of `numbers` that are accounts'; the others are guests' devices."""
    return {
        number
        for some in _chunks(set(numbers))
        for number in Viewer.objects.filter(pk__in=some, kind=Viewer.Kind.ACCOUNT).values_list(
            "pk", flat=True
        )
    }


def owners(numbers: Iterable[int]) -> dict[int, UUID]:
    """Whose account each of `numbers` is; devices are left out. For who writes to people at once,
    and keeps no pair."""
    return {
        number: user_id
        for some in _chunks(set(numbers))
        for number, user_id in AccountViewer.objects.filter(viewer__in=some).values_list(
            "viewer_id", "user_id"
        )
    }


def _gone(numbers: list[int]) -> set[int]:
    viewers = dict(Viewer.objects.filter(pk__in=numbers, erased_at=None).values_list("pk", "kind"))
    owners = dict(
        AccountViewer.objects.filter(viewer__in=numbers).values_list("user_id", "viewer_id")
    )
    alive = {
        owners[pk]
        for pk in User.objects.filter(pk__in=owners, is_active=True).values_list("pk", flat=True)
    }
    expired = clock.now() - devices.LIFETIME
    alive |= set(
        DeviceViewer.objects.filter(viewer__in=numbers, last_seen__gt=expired).values_list(
            "viewer_id", flat=True
        )
    )
    return {number for number in numbers if number not in viewers or number not in alive}


def _chunks(numbers: set[int]) -> Iterable[list[int]]:
    ordered = sorted(numbers)
    return (ordered[at : at + _CHUNK] for at in range(0, len(ordered), _CHUNK))


def with_viewer(actor: Actor, number: int) -> Actor:
    """The same actor, once their number is known."""
    # `dataclasses.replace` does not see through the lazy object that the middleware sets.
    return Actor(
        user_id=actor.user_id,
        viewer=number,
        viewers=actor.viewers | {number},
        roles=actor.roles,
        handle=actor.handle,
        grants=actor.grants,
    )
