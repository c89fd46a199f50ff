"""Who steals the database without the one of links, or reads the public log, ties no row in it to
an account, an address or a device."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from factories import a_public_post
from people import Person, client_for
from wardcast.accounts import devices
from wardcast.accounts.models import AccountViewer, DeviceViewer, Viewer
from wardcast.platform import clock
from wardcast.recall import actions, log, resting
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db(databases=["default", "links"])
ACCOUNT, DEVICE = 1_987_654_321, 1_876_543_219
"""Numbers that stand nowhere by chance."""

ADDRESS = "203.0.113.77"
TOKEN = "a-token-that-is-as-long-as-the-real-ones-are"
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def numbered(ben: Person) -> None:
    """Gives Ben and a guest's device numbers that can be told from any other."""
    now = clock.now()
    account = Viewer.objects.create(number=ACCOUNT, kind=Viewer.Kind.ACCOUNT, created_at=now)
    AccountViewer.objects.update_or_create(user_id=ben.id, defaults={"viewer": account})
    device = Viewer.objects.create(number=DEVICE, kind=Viewer.Kind.DEVICE, created_at=now)
    DeviceViewer.objects.create(token_hash=devices.digest(TOKEN), viewer=device, last_seen=now)


def browsers(ben: Person) -> tuple[Any, Any]:
    signed_in, guest = client_for(ben), client_for()
    guest.cookies[devices.COOKIE] = TOKEN
    for each in (signed_in, guest):
        each.defaults["REMOTE_ADDR"] = ADDRESS
    return signed_in, guest


def stolen() -> Iterator[tuple[str, str]]:
    """Every row of the main database as text, with its table's name."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " | ".join(as_text(each) for each in row)


def as_text(value: Any) -> str:
    if isinstance(value, memoryview | bytes):
        value = bytes(value)
        return f"{value.hex()} {value.decode('latin-1')}"
    if isinstance(value, UUID):
        return f"{value} {value.hex}"
    return str(value)


def written(number: int) -> tuple[str, ...]:
    """A number as digits and as bytes in either order."""
    return str(number), number.to_bytes(4, "little").hex(), number.to_bytes(4, "big").hex()


def holds(text: str, marks: tuple[str, ...]) -> bool:
    return any(mark in text for mark in marks)


def test_no_row_and_no_line_of_the_log_leads_to_anybody(
    ana: Person, ben: Person, do_jobs: Callable[[], int]
) -> None:
    numbered(ben)
    made = a_public_post(ana)
    signed_in, guest = browsers(ben)
    for client in (signed_in, guest):
        assert client.get(f"/v/{made.post_id}").status_code == 200
    signed_in.post(f"/api/v1/posts/{made.post_id}/like")
    signed_in.post(f"/api/v1/people/{ana.handle}/follow")
    resting.pack()
    for client in (signed_in, guest):  # one new row each beside what was packed
        client.get(f"/v/{made.post_id}")
    notice = actions.open_notice(ana.actor, made.version_id, Severity.CORRECT, WORDS)
    for client in (signed_in, guest):
        client.post("/notices/read", {"id": str(notice), "next": "/"})
    for days in (0, 4):
        clock.advance(timedelta(days=days, minutes=3))
        do_jobs()

    who = (
        str(ben.id), ben.id.hex, ben.email, ben.name, ben.handle,
        ADDRESS, TOKEN, devices.digest(TOKEN), "wardcast_device",
    )  # fmt: skip
    numbers = (*written(ACCOUNT), *written(DEVICE))
    rows = list(stolen())
    of_numbers = {table for table, text in rows if holds(text, numbers)}
    of_people = {table for table, text in rows if holds(text, who)}
    assert {"recall_exposure", "recall_history", "recall_audience", "recall_receipt"} <= of_numbers
    assert "accounts_user" in of_people
    assert not of_numbers & of_people

    public = json.dumps(log.public(notice))
    assert len(json.loads(public)["cohort"]) == 2
    assert not holds(public, (*who, *numbers))
