"""What a house says of a notice can be checked without it, and by a viewer for themselves."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.accounts import viewers
from wardcast.platform import clock
from wardcast.proof import verify
from wardcast.recall import actions, ledger
from wardcast.recall.ledger import Exposed
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def opened(by: Person, made: Made) -> Any:
    return actions.open_notice(by.actor, made.version_id, Severity.CORRECT, WORDS)


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def proof(notice: Any) -> dict[str, Any]:
    answer = client_for().get(f"/notices/{notice}/proof.json")
    assert answer.status_code == 200
    assert answer.json() == client_for().get(f"/api/v1/notices/{notice}/proof").json()
    return verify.read(answer.content)


def secret(notice: Any, person: Person | None) -> str | None:
    found: str | None = client_for(person).get(f"/api/v1/notices/{notice}/mine").json()["secret"]
    return found


def kinds(found: dict[str, Any]) -> list[str]:
    return [json.loads(each)["kind"] for each in found["entries"]]


def test_opening_sealing_and_counting_can_be_checked_with_the_published_key(
    ana: Person, ben: Person, cleo: Person, do_jobs: Callable[[], int]
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    notice = opened(ana, made)
    key = client_for().get("/.well-known/wardcast-proof-key").content.decode().strip()
    first = proof(notice)
    assert kinds(first) == ["opened"]
    assert verify.check(first, key=key).whole

    clock.advance(timedelta(minutes=3))
    do_jobs()
    sealed = proof(notice)
    assert kinds(sealed) == ["opened", "sealed"]
    assert len(sealed["cohort"]) == 2
    assert verify.check(sealed, key=key, before=first).whole

    actions.acknowledge(ben.actor, [notice])
    for _ in range(3):
        clock.advance(timedelta(days=1))
        do_jobs()
    counted = proof(notice)
    assert kinds(counted) == ["opened", "sealed", "count"]
    found = verify.check(counted, key=key, before=sealed)
    assert found.whole
    assert "2 exposed = 1 owed + 0 shown only + 1 acknowledged + 0 unreachable." in found.holds[2]


def test_a_viewer_finds_themselves_in_it_and_nobody_else_does(
    ana: Person, ben: Person, cleo: Person, do_jobs: Callable[[], int]
) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(ana, made)
    clock.advance(timedelta(minutes=3))
    do_jobs()
    found, mine = proof(notice), secret(notice, ben)
    assert mine is not None
    assert verify.check(found, mine=mine).whole
    assert secret(notice, cleo) is None
    assert secret(notice, None) is None
    assert mine not in json.dumps(found)


def test_who_erases_their_history_can_no_more_be_found_and_the_proof_still_holds(
    ana: Person, ben: Person, cleo: Person, do_jobs: Callable[[], int]
) -> None:
    made = a_public_post(ana)
    served(made, ben, cleo)
    notice = opened(ana, made)
    actions.erase(cleo.actor.viewers)
    clock.advance(timedelta(minutes=3))
    do_jobs()
    assert len(proof(notice)["cohort"]) == 1
    numbers = ben.actor.viewers
    before = viewers.salts(numbers)
    actions.erase(numbers)
    assert viewers.salts(numbers) != before
    assert secret(notice, ben) is None
    clock.advance(timedelta(days=1))
    do_jobs()
    found = verify.check(proof(notice))
    assert found.whole, found.wrong
    assert "2 exposed = 0 owed + 0 shown only + 0 acknowledged + 2 unreachable." in found.holds[2]


def test_the_coverage_page_leads_to_the_file(ana: Person, ben: Person) -> None:
    made = a_public_post(ana)
    served(made, ben)
    notice = opened(ana, made)
    page = client_for().get(f"/notices/{notice}/coverage").content.decode()
    assert f'href="/notices/{notice}/proof.json"' in page


def test_there_is_no_proof_of_what_is_no_notice() -> None:
    unknown = "01a21361-6489-7bf9-b49f-ea6166c0c92b"
    assert client_for().get(f"/notices/{unknown}/proof.json").status_code == 404
    assert client_for().get(f"/api/v1/notices/{unknown}/proof").status_code == 404
