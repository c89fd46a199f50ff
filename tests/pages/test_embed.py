"""A video in a frame on a page elsewhere: nobody is known, and what was wrong is said at once."""

from uuid import UUID

import pytest
from django.test import Client

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.accounts.models import DeviceViewer
from wardcast.posts import actions as posts
from wardcast.recall import actions, beside
from wardcast.recall.models import Exposure
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")


def opened(made: Made, severity: Severity = Severity.CORRECT) -> UUID:
    return actions.open_notice(made.author.actor, made.version_id, severity, WORDS)


def test_any_page_may_frame_it_and_nobody_is_known(ana: Person, ben: Person) -> None:
    made = a_public_post(ana, "Inhalers")
    answer = client_for(ben).get(f"/embed/{made.post_id}")
    assert answer.status_code == 200
    assert "frame-ancestors *;" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert not answer.cookies
    assert "Vary" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert f'data-version="{made.version_id}"' in page
    assert 'src="/clips/' in page
    assert not Exposure.objects.exists()
    assert not DeviceViewer.objects.exists()


def test_no_other_page_may_be_framed(ana: Person) -> None:
    made = a_public_post(ana, "Inhalers")
    for address in (f"/v/{made.post_id}", "/corrections"):
        answer = Client().get(address)
        assert "frame-ancestors 'none';" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_each_view_is_counted_beside_the_sum(ana: Person) -> None:
    made = a_public_post(ana, "Inhalers")
    for _ in range(3):
        Client().get(f"/embed/{made.post_id}")
    assert Client().head(f"/embed/{made.post_id}").status_code == 200  # a look at the link alone
    notice = opened(made)
    assert beside.of(notice, made.serial) == beside.Views(feed=0, embed=3, shown=0)
    said = Client().get(f"/notices/{notice}/coverage.json").json()
    assert said["beside_the_sum"]["embed"] == 3
    assert said["coverage"]["exposed"] == 0
    page = Client().get(f"/notices/{notice}/coverage").content.decode()
    assert "Served on pages elsewhere</dt><dd>3 times" in page


def test_what_was_corrected_stands_above_the_clip_at_once(ana: Person) -> None:
    made = a_public_post(ana, "Inhalers")
    notice = opened(made)
    page = Client().get(f"/embed/{made.post_id}").content.decode()
    above, _, below = page.partition("<video")
    assert WORDS.what_right in above
    assert WORDS.what_now in above
    assert f"/notices/{notice}" in above
    assert 'data-corrected="2' in below


def test_a_withdrawn_video_leaves_its_notice_in_the_frame(ana: Person) -> None:
    made = a_public_post(ana, "Inhalers")
    opened(made, Severity.WITHDRAW)
    answer = Client().get(f"/embed/{made.post_id}")
    assert answer.status_code == 410
    assert "frame-ancestors *;" in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert WORDS.what_right in page
    assert "<video" not in page


def test_what_is_not_open_to_everybody_is_not_there(ana: Person, ben: Person, ada: Person) -> None:
    followers = a_public_post(ana, "For followers", visibility="followers")
    held = a_public_post(ana, "Held")
    posts.hold(held.post_id, ada.id, "Somebody can be recognised.")
    for made in (followers, held):
        for person in (ben, ana):
            answer = client_for(person).get(f"/embed/{made.post_id}")
            assert answer.status_code == 404
            assert made.author.name not in answer.content.decode()
            assert "<video" not in answer.content.decode()


def test_the_page_of_a_video_looks_by_itself_for_who_declined_the_token(ana: Person) -> None:
    made = a_public_post(ana, "Inhalers")
    client = client_for()
    client.cookies["wardcast_device"] = "off"
    page = client.get(f"/v/{made.post_id}").content.decode()
    assert f'data-version="{made.version_id}"' in page
    assert 'data-corrected=""' in page
