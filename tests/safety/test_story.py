"""The story's figure in the house: among whose people it is reckoned, and from when."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

import factories
from people import Person, client_for
from wardcast.accounts import actions as accounts
from wardcast.check.story import StoryRisk
from wardcast.platform import clock
from wardcast.posts import actions as posts
from wardcast.safety import queries

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]

TOLD = "This month a 54-year-old woman came in with a heart attack, and she walked home."
TUESDAY = datetime(2026, 3, 3, 20, tzinfo=UTC)


def cut(author: Person, do_jobs: Jobs, text: str = TOLD) -> UUID:
    version_id = posts.cut(factories.a_draft(author, text=text, lane="patient_story"))
    do_jobs()
    return version_id


def figure(version_id: UUID) -> StoryRisk:
    risk = queries.checked(version_id).report.story
    assert risk is not None
    return risk


def report(author: Person, version_id: UUID) -> dict[str, Any]:
    answer = client_for(author).get(f"/api/v1/versions/{version_id}/report")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_story_is_reckoned_among_the_people_of_the_authors_town(
    ana: Person, do_jobs: Jobs
) -> None:
    accounts.update_profile(ana.id, town="Scranton, PA")
    version_id = cut(ana, do_jobs)
    assert (figure(version_id).told.place, figure(version_id).level) == ("Scranton, PA", "red")
    found = queries.checked(version_id).open
    assert any("in Scranton, PA" in each.reason for each in found)
    assert report(ana, version_id)["story"]["town_known"] is True


def test_the_hosts_town_counts_for_authors_who_name_none(
    ana: Person, ines: Person, ada: Person, do_jobs: Jobs
) -> None:
    accounts.change_host(ada.id, town="Erie, PA")
    accounts.update_profile(ines.id, town="Leeds, GB")
    assert figure(cut(ana, do_jobs)).told.place == "Erie, PA"
    abroad = figure(cut(ines, do_jobs))
    assert (abroad.told.place, abroad.told.country) == ("Leeds, GB", "the United Kingdom")


def test_where_nobody_said_a_town_the_report_says_what_was_assumed(
    ana: Person, do_jobs: Jobs
) -> None:
    story = report(ana, cut(ana, do_jobs))["story"]
    assert story["town_known"] is False
    assert any("the author's town is not known here" in each for each in story["assumed"])
    assert story["sentence"].endswith("in the United States.")


def test_the_time_of_the_version_narrows_this_month(
    ana: Person, do_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    assert figure(cut(ana, do_jobs)).told.days == 3
    yesterday = TOLD.replace("This month", "Yesterday")
    assert figure(cut(ana, do_jobs, yesterday)).told.days == 1


def test_a_lesson_has_no_figure(ana: Person, do_jobs: Jobs) -> None:
    assert report(ana, cut(ana, do_jobs, "Shake, one puff, then breathe."))["story"] is None


def test_nobody_else_learns_the_authors_town(ana: Person, ben: Person) -> None:
    accounts.update_profile(ana.id, town="Scranton, PA")
    assert client_for(ana).get("/api/v1/me").json()["town"] == "Scranton, PA"
    page = client_for(ben).get("/api/v1/people/ana")
    assert page.status_code == 200
    assert "Scranton" not in page.content.decode()
