"""Corrections for readers of feeds, for machines, and for who watched what was corrected."""

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.accounts import viewers
from wardcast.platform import clock
from wardcast.recall import actions, ledger
from wardcast.recall.ledger import Exposed
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
NASTY = Words(
    "Take <b>two</b> & </script><script>alert(1)</script>",
    "I said “one” ]]> & nothing else.",
    "",
    "I am sorry.",
)
PLAIN = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def opened(
    made: Made, severity: Severity = Severity.CORRECT, words: Words = PLAIN, **more: Any
) -> Any:
    return actions.open_notice(made.author.actor, made.version_id, severity, words, **more)


def served(made: Made, *people: Person) -> None:
    for person in people:
        number = viewers.of_account(person.id)
        ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def linked(address: str, person: Person | None = None) -> dict[str, Any]:
    page = client_for(person).get(address).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(block)
    assert found["@context"] == "https://schema.org"
    return found


def test_the_corrections_are_a_feed_in_three_forms_of_plain_text(ana: Person) -> None:
    opened(a_public_post(ana, "Inhalers"), words=NASTY)
    opened(a_public_post(ana, "Run"), Severity.NOTE)
    atom = client_for().get("/corrections.atom")
    assert atom.headers["Content-Type"].startswith("application/atom+xml")
    space = {"a": "http://www.w3.org/2005/Atom"}
    (entry,) = ElementTree.fromstring(atom.content).findall("a:entry", space)
    assert entry.findtext("a:title", "", space) == NASTY.what_right
    assert "What was wrong: I said “one” ]]> & nothing else." in entry.findtext(
        "a:summary", "", space
    )
    assert entry.findtext("a:author/a:name", "", space) == "Dr Ana Araujo"
    rss = ElementTree.fromstring(client_for().get("/corrections.rss").content)
    assert rss.findtext("channel/item/title") == NASTY.what_right
    found = client_for().get("/corrections.json")
    assert found.headers["Content-Type"] == "application/feed+json"
    feed = found.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["title"] == NASTY.what_right
    assert feed["items"][0]["url"] == entry.find("a:link", space).attrib["href"]  # type: ignore[union-attr]
    page = client_for().get("/corrections").content.decode()
    for name in ("atom", "rss", "json"):
        assert f'href="/corrections.{name}"' in page


def test_a_privacy_notice_leaks_into_no_feed_and_no_data_block(ana: Person) -> None:
    made = a_public_post(ana, "Mister Okafor's knee")
    words = Words("Please do not share it.", "I named Mister Okafor.", "", "I am sorry.")
    notice = opened(made, Severity.WITHDRAW, words, privacy=True)
    addresses = [f"/corrections.{name}" for name in ("atom", "rss", "json")]
    for address in (*addresses, f"/notices/{notice}"):
        assert b"Okafor" not in client_for().get(address).content
    assert linked(f"/notices/{notice}")["@type"] == "CorrectionComment"


def test_a_notice_is_a_correction_and_a_reviewed_claim_that_no_word_breaks_out_of(
    ana: Person,
) -> None:
    made = a_public_post(ana, "Inhalers")
    notice = opened(made, words=NASTY)
    correction, review = linked(f"/notices/{notice}")["@graph"]
    assert correction["@type"] == "CorrectionComment"
    assert correction["text"] == NASTY.what_right
    assert correction["about"]["name"] == "Inhalers"
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == NASTY.what_wrong
    assert review["itemReviewed"]["author"]["name"] == "Dr Ana Araujo"


def test_a_permalink_tells_machines_what_was_corrected_and_no_address_of_a_file(
    ana: Person, ben: Person
) -> None:
    made = a_public_post(ana, "Inhalers")
    assert "correction" not in linked(f"/v/{made.post_id}", ben)
    notice = opened(made)
    actions.acknowledge(ben.actor, [notice])
    found = linked(f"/v/{made.post_id}", ben)
    assert found["@type"] == "VideoObject"
    (correction,) = found["correction"]
    assert correction["url"].endswith(f"/notices/{notice}")
    assert "/clips/" not in json.dumps(found)
    assert "/media/" not in json.dumps(found)


def test_everyone_finds_what_they_watched_and_what_was_corrected_and_how(
    ana: Person, ben: Person, cleo: Person
) -> None:
    first, other = a_public_post(ana, "Inhalers"), a_public_post(ana, "Run")
    served(first, ben)
    served(other, ben)
    notice = opened(first)
    clock.advance(timedelta(days=1))
    served(first, cleo)  # who comes later sees the correction on the video itself
    page = client_for(ben).get("/watched")
    assert page.headers["Cache-Control"] == "no-store"
    text = page.content.decode()
    assert "Keep taking it." in text
    assert "You have not read it yet." in text
    assert f'href="/v/{other.post_id}"' in text
    actions.shown(ben.actor, [notice])
    assert "You were shown it on" in client_for(ben).get("/watched").content.decode()
    actions.acknowledge(ben.actor, [notice])
    assert "You read it on" in client_for(ben).get("/watched").content.decode()
    assert "Nothing that you watched has been" in client_for(cleo).get("/watched").content.decode()
    guest = client_for().get("/watched").content.decode()
    assert "Nothing is known here of what you watched." in guest


def test_everyone_may_keep_what_they_watched_as_a_file(
    ana: Person, ben: Person, cleo: Person
) -> None:
    made = a_public_post(ana, "Inhalers")
    served(made, ben)
    played = ledger.told(2, [(1_000, 3_500), (7_000, 8_000)], whole=True)
    ledger.raise_levels([viewers.of_account(ben.id)], {made.serial: played}, clock.now())
    notice = opened(made)
    actions.shown(ben.actor, [notice])
    answer = client_for(ben).get("/watched.json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found = answer.json()
    (watched,) = found["watched"]
    assert (watched["post_id"], watched["title"]) == (str(made.post_id), "Inhalers")
    assert watched["how_far"] == "two seconds or more"
    assert watched["seconds_played"] == [[1, 4], [7, 8]]
    (correction,) = found["corrections"]
    assert correction["notice"] == str(notice)
    assert correction["shown_at"] is not None
    assert correction["read_at"] is None
    assert client_for(cleo).get("/watched.json").json()["watched"] == []
