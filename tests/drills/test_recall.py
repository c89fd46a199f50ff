"""Thousands of viewers on two devices each, and everything that can go wrong between them: answers
lost and sent again, pages that were under way when a notice opened, writers that die, clocks that
jump, packing that dies half-way. What is owed and what was reached is compared, all the way, with
sets that know nothing of a database.
"""

import os
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from dying import die_while_packing
from wardcast.platform import clock
from wardcast.platform.policy import Actor
from wardcast.proof import verify
from wardcast.recall import actions, ledger, log, queries, resting, rules
from wardcast.recall.ledger import Exposed, Told
from wardcast.recall.models import Cohort, Notice
from wardcast.recall.rules import Counts, Group, Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

VIEWERS = 100_000 if os.environ.get("WARDCAST_DRILLS") == "full" else 5_000
VERSIONS = range(1, 41)
STEPS = 120 if VIEWERS > 5_000 else 70
OPENS = 250 / VIEWERS
"""How often a notice opens while somebody waits for a page: as many notices for however many
viewers, since each is compared with all of them."""


@dataclass(slots=True)
class Viewer:
    """A person with an account and a device linked to it, or a guest with a device."""

    numbers: tuple[int, ...]
    group: Group
    first: dict[int, int] = field(default_factory=dict)  # version → second
    shown: set[UUID] = field(default_factory=set)
    read: set[UUID] = field(default_factory=set)


@dataclass(slots=True)
class Opened:
    """A notice as the model knows it."""

    id: UUID
    version: int
    opened_at: int
    sealed_at: int | None = None
    gone: list[tuple[Group, Outcome]] = field(default_factory=list)

    def has(self, viewer: Viewer) -> bool:
        first = viewer.first.get(self.version)
        return first is not None and (self.sealed_at is None or first <= self.sealed_at // 1000)


class Drill:
    """The house and its model, side by side."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.viewers = people(VIEWERS)
        self.notices: list[Opened] = []
        self.served = self.cards = self.lost = 0

    def owed(self, viewer: Viewer) -> set[UUID]:
        return {each.id for each in self.notices if each.has(viewer) and each.id not in viewer.read}

    def visit(self) -> None:
        for viewer in self.dice.sample(self.viewers, VIEWERS // 60):
            number = self.dice.choice(viewer.numbers)
            actor = Actor(viewer=number, viewers=frozenset(viewer.numbers))
            cards = [each.notice.id for each in queries.owed(actor.viewers)]
            assert set(cards) == self.owed(viewer)
            assert not viewer.read & set(cards), "a card came again that was read"
            if cards:
                self._read(viewer, actor, cards)
            else:
                self._watch(viewer, number)

    def _read(self, viewer: Viewer, actor: Actor, cards: list[UUID]) -> None:
        self.cards += len(cards)
        for _ in range(self.dice.randint(0, 2)):  # lost on the way, told, told twice
            actions.shown(actor, cards)
            viewer.shown |= set(cards)
        some = self.dice.sample(cards, self.dice.randint(0, len(cards)))
        for _ in range(self.dice.randint(1, 2)):
            actions.acknowledge(actor, some)
            viewer.shown |= set(some)
            viewer.read |= set(some)

    def _watch(self, viewer: Viewer, number: int) -> None:
        if self.dice.random() < OPENS and self.notices:
            self.open()  # a notice opens between the question and the page
        page = self.dice.sample(VERSIONS, 4)
        at = clock.now()
        batch = [Exposed(each, number, ledger.SERVED, at) for each in page]
        if self.dice.random() < 0.1:
            self._dies(batch)
            return
        for _ in range(self.dice.randint(1, 2)):
            self.dice.shuffle(batch)
            ledger.record(batch)
        self.served += len(page)
        second = ledger.milliseconds(at) // 1000
        for each in page:
            viewer.first[each] = min(second, viewer.first.get(each, second))
        told = {each: Told(self.dice.randint(0, 3)) for each in self.dice.sample(VERSIONS, 3)}
        heard = ledger.raise_levels(viewer.numbers, told, clock.now())
        assert heard == set(told) & set(viewer.first)

    def _dies(self, batch: list[Exposed]) -> None:
        def writes_and_dies() -> None:
            with transaction.atomic():
                ledger.record(batch)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            writes_and_dies()
        self.lost += len(batch)

    def open(self) -> None:
        at = clock.now()
        version = self.dice.choice(VERSIONS)
        row = Notice.objects.create(
            post_id=uuid4(), version_id=uuid4(), post_number=version, version_serial=version,
            author_id=uuid4(), severity=self.dice.choice(["correct", "withdraw"]),
            what_right="Right.", what_wrong="Wrong.", apology="Sorry.", by=uuid4(), at=at,
        )  # fmt: skip
        moment = ledger.milliseconds(at)
        Cohort.objects.create(
            notice=row, post_number=version, version_serial=version, opened_at=moment
        )
        log.opened(row)
        self.notices.append(Opened(row.pk, version, moment))

    def seal(self) -> None:
        for each in self.notices:
            if each.sealed_at is None:
                actions.seal(each.id)
                each.sealed_at = each.opened_at + rules.SEAL_AFTER_MS

    def erase(self) -> None:
        for viewer in self.dice.sample(self.viewers, 3):
            for each in self.notices:
                if each.has(viewer):
                    each.gone.append((viewer.group, _outcome(each.id, viewer, here=False)))
            assert actions.erase(viewer.numbers) <= 2 * len(viewer.first)
            viewer.first, viewer.shown, viewer.read = {}, set(), set()

    def pack(self) -> None:
        if self.dice.random() < 0.5:
            resting.pack()
            return
        die_while_packing()

    def jump(self) -> None:
        clock.advance(timedelta(seconds=self.dice.choice([-3600, -60, 30, 90, 600, 86_400])))

    def sum_is_exact(self, notice: Opened) -> None:
        groups: dict[Group, Counts] = defaultdict(Counts)
        for viewer in self.viewers:
            if notice.has(viewer):
                outcome = _outcome(notice.id, viewer, here=True)
                groups[viewer.group] = groups[viewer.group].plus(outcome)
        for group, outcome in notice.gone:
            groups[group] = groups[group].plus(outcome)
        found = queries.proof(notice.id)
        assert found is not None
        for group in Group:
            assert found.coverage.by_group[group] == groups[group]


def test_whatever_goes_wrong_the_right_people_owe_and_the_sum_is_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seed = int(os.environ.get("WARDCAST_DRILL_SEED") or time.time())
    print(f"seed {seed}")
    drill = Drill(seed)
    ways = [drill.visit] * 6 + [drill.open, drill.seal, drill.erase, drill.pack, drill.jump]
    for _ in range(STEPS):
        drill.dice.choice(ways)()
        if drill.notices:
            drill.sum_is_exact(drill.dice.choice(drill.notices))
    drill.seal()
    for viewer in drill.viewers:
        found = {each.notice.id for each in queries.owed(viewer.numbers)}
        assert found == drill.owed(viewer), f"seed {seed}, viewer {viewer.numbers}"
    for notice in drill.notices:
        drill.sum_is_exact(notice)
        proof = log.public(notice.id)
        assert proof is not None
        checked = verify.check(verify.read(_bytes(proof)), key=log.public_key())
        assert checked.whole, checked.wrong
    print(f"{drill.served} served, {drill.cards} cards, {drill.lost} rolled back")
    assert drill.served > VIEWERS // 2
    assert drill.cards > 0


def people(count: int) -> list[Viewer]:
    """Half of them with an account and a linked device, half guests."""
    from wardcast.accounts.models import AccountViewer, DeviceViewer, User
    from wardcast.accounts.models import Viewer as Row

    now = datetime.now(UTC)
    found = []
    rows, users, accounts, devices = [], [], [], []
    for number in range(1, count + 1):
        account, device = 2 * number - 1, 2 * number
        rows.append(Row(number=device, kind="device", created_at=now))
        signed_in = number % 2 == 0
        devices.append(
            DeviceViewer(
                token_hash=f"{device:064}", viewer_id=device, last_seen=now,
                merged_into=account if signed_in else None,
            )
        )  # fmt: skip
        if signed_in:
            rows.append(Row(number=account, kind="account", created_at=now))
            user = User(id=uuid4(), handle=f"v{number}", email=f"v{number}@example.org", name="V")
            users.append(user)
            accounts.append(AccountViewer(user_id=user.id, viewer_id=account))
            found.append(Viewer((account, device), Group.SIGNED_IN))
        else:
            found.append(Viewer((device,), Group.GUESTS))
    for some in (rows, users, accounts, devices):
        type(some[0]).objects.bulk_create(some, batch_size=5000)
    return found


def _outcome(notice: UUID, viewer: Viewer, *, here: bool) -> Outcome:
    if notice in viewer.read:
        return Outcome.ACKNOWLEDGED
    if notice in viewer.shown:
        return Outcome.SHOWN_ONLY
    return Outcome.OWED if here else Outcome.UNREACHABLE


def _bytes(proof: dict[str, Any]) -> bytes:
    import json

    return json.dumps(proof).encode()
