"""What is read of rehearsals: by those who are asked, by the author, by the named person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardcast.accounts import queries as accounts
from wardcast.accounts.values import PersonCard
from wardcast.media import queries as clips
from wardcast.platform import clock, policy
from wardcast.platform.http import NotFound
from wardcast.platform.policy import Actor
from wardcast.posts import queries as versions
from wardcast.posts.values import VersionFacts
from wardcast.posts.way import Wait
from wardcast.rehearsal import access, rules
from wardcast.rehearsal.models import Invitation, Rehearsal
from wardcast.rehearsal.rules import Needs, Part

_SUGGESTED = 30


@dataclass(frozen=True, slots=True)
class Own:
    """What a person answered themselves."""

    answers: dict[str, bool]
    line: str
    moment_ms: int | None


@dataclass(frozen=True, slots=True)
class Task:
    """A rehearsal as an invited person sees it. `asks` is how many people were asked, `duration_ms`
    how long the clip is that they watch."""

    id: UUID
    version: VersionFacts
    author: PersonCard
    state: str
    part: Part
    asks: int
    own: Own | None
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A person who was asked, and whether they have answered."""

    person: PersonCard
    part: Part
    answered: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody answered, without who or when."""

    objection: bool
    look_again: bool
    line: str
    moment_ms: int | None
    answers: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Someone whom the author could ask, and as what."""

    person: PersonCard
    part: Part


@dataclass(frozen=True, slots=True)
class Overview:
    """A rehearsal as its author sees it. `heard` stays empty until it is decided, so that nobody's
    answer can be told from the order in which answers come in."""

    id: UUID
    state: str
    needs: Needs
    invited: list[Asked]
    heard: list[Heard]
    because: str
    releasable_at: datetime | None
    suggestions: list[Suggestion]


@dataclass(frozen=True, slots=True)
class Duty:
    """A rehearsal that waits for somebody. `since`: when they were asked, or when it opened."""

    rehearsal_id: UUID
    version: VersionFacts
    author: PersonCard
    part: Part | None
    since: datetime


def id_of(version_id: UUID) -> UUID | None:
    """The rehearsal of a version, if it has one."""
    return Rehearsal.objects.filter(version=version_id).values_list("pk", flat=True).first()


def duration_ms(version: VersionFacts) -> int:
    """How long the clip of a version is that people watch."""
    return clips.render(version.render_id).duration_ms if version.render_id else 0


def task(actor: Actor, rehearsal_id: UUID) -> Task:
    """What an invited person is asked. Raises `NotFound` for everyone else."""
    invitation = (
        Invitation.objects.filter(rehearsal=rehearsal_id, user=actor.user_id)
        .select_related("rehearsal")
        .first()
    )
    if invitation is None:
        raise NotFound("rehearsal")
    row = invitation.rehearsal
    version = versions.version(row.version_id)
    verdict = row.verdicts.filter(user=actor.user_id).first()
    return Task(
        id=row.pk,
        version=version,
        author=accounts.people([row.author_id])[row.author_id],
        state=row.state,
        part=part_of(invitation.part),
        asks=row.invitations.count(),
        own=Own(verdict.answers, verdict.line, verdict.moment_ms) if verdict else None,
        duration_ms=duration_ms(version),
    )


def overview(rehearsal_id: UUID) -> Overview:
    """What the author sees: whom they asked, and, once it is decided, what was answered."""
    row = Rehearsal.objects.filter(pk=rehearsal_id).first()
    if row is None:
        raise NotFound("rehearsal")
    running = row.state in access.RUNNING
    invitations = list(row.invitations.order_by("pk"))
    people = accounts.people([each.user_id for each in invitations])
    answered = set(row.verdicts.values_list("user_id", flat=True))
    return Overview(
        id=row.pk,
        state=row.state,
        needs=row.needed(),
        invited=[
            Asked(people[each.user_id], part_of(each.part), each.user_id in answered)
            for each in invitations
            if each.user_id in people
        ],
        heard=[] if running else _heard(row),
        because=row.because,
        releasable_at=row.opened_at + rules.RELEASABLE_AFTER if running else None,
        suggestions=_suggestions(row.author_id, set(people)) if running else [],
    )


def duties(actor: Actor) -> list[Duty]:
    """The rehearsals that wait for this person's answer, oldest first."""
    open_ = policy.scope(actor, "answer", access.REHEARSAL)
    found = (
        Invitation.objects.filter(user=actor.user_id, rehearsal__in=open_.values("pk"))
        .exclude(rehearsal__verdicts__user=actor.user_id)
        .select_related("rehearsal")
        .order_by("invited_at", "pk")
    )
    rows = list(found)
    facts = versions.versions([each.rehearsal.version_id for each in rows])
    people = accounts.people({each.rehearsal.author_id for each in rows})
    return [
        Duty(
            rehearsal_id=each.rehearsal_id,
            version=facts[each.rehearsal.version_id],
            author=people[each.rehearsal.author_id],
            part=part_of(each.part),
            since=each.invited_at,
        )
        for each in rows
        if each.rehearsal.version_id in facts
    ]


def releasable(actor: Actor) -> list[Duty]:
    """The rehearsals that this person may release now, oldest first."""
    rows = list(policy.scope(actor, "release", access.REHEARSAL).order_by("opened_at", "pk"))
    facts = versions.versions([each.version_id for each in rows])
    people = accounts.people({each.author_id for each in rows})
    return [
        Duty(each.pk, facts[each.version_id], people[each.author_id], None, each.opened_at)
        for each in rows
        if each.version_id in facts
    ]


def waits(version_ids: Iterable[UUID]) -> dict[UUID, Wait]:
    """What versions' rehearsals wait for, for their posts' ways; without those where none has begun
    or it is decided."""
    rows = Rehearsal.objects.filter(version__in=list(version_ids), state__in=access.RUNNING)
    return {row.version_id: _wait(row) for row in rows.prefetch_related("verdicts", "invitations")}


def _wait(row: Rehearsal) -> Wait:
    if row.state == Rehearsal.State.LOOK_AGAIN:
        return Wait("look_again", row.because)
    answered = [(each.user_id, each.part) for each in row.verdicts.all()]
    done = {user for user, _ in answered}
    invited = sorted(row.invitations.all(), key=lambda each: each.pk)
    asked = [(each.user_id, each.part) for each in invited]
    awaited = tuple(user for user, _ in asked if user not in done)
    missing = rules.still_missing(row.needed(), [part_of(part) for _, part in answered])
    unasked = rules.still_missing(row.needed(), [part_of(part) for _, part in asked])
    if not unasked.nobody:
        return Wait("ask", f"Ask {rules.people_in_words(unasked)} how it comes across.", awaited)
    late = clock.now() - row.opened_at >= rules.RELEASABLE_AFTER
    detail = f"Waiting for {rules.people_in_words(missing)} to answer."
    if late:
        detail += " The host’s named person may release it."
    return Wait("wait", detail, awaited)


def _heard(row: Rehearsal) -> list[Heard]:
    found = [
        Heard(each.objection, each.look_again, each.line, each.moment_ms, each.answers)
        for each in row.verdicts.all()
    ]
    # Sorted by what was said, so that the order does not tell who said it.
    return sorted(found, key=lambda each: (not each.objection, not each.look_again, each.line))


def _suggestions(author_id: UUID, asked: set[UUID]) -> list[Suggestion]:
    """Colleagues first, then followers who are no clinicians, by name."""
    colleagues = accounts.colleagues(author_id) - asked
    lay = accounts.followers(author_id) - asked - accounts.blocked_between(author_id)
    lay -= accounts.clinicians(lay)
    people = accounts.people(colleagues | lay)
    found = [
        Suggestion(card, rules.COLLEAGUE if pk in colleagues else rules.LAY)
        for pk, card in people.items()
    ]
    found.sort(key=lambda each: (each.part, each.person.name, each.person.handle))
    return found[:_SUGGESTED]


def part_of(kept: str) -> Part:
    """A part as the rules know it."""
    return rules.COLLEAGUE if kept == rules.COLLEAGUE else rules.LAY
