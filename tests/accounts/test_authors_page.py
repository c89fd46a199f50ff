"""An author's page lists what its reader may see of their posts, and nothing else."""

import pytest

from factories import BLURHASH, a_cleared_post, a_public_post
from people import Person, client_for

pytestmark = pytest.mark.django_db


def titles(reader: Person | None, handle: str = "ana") -> list[str]:
    page = client_for(reader).get(f"/api/v1/people/{handle}").json()
    return [each["title"] for each in page["posts"]]


def test_an_authors_page_shows_their_public_posts_newest_first(ana: Person, eli: None) -> None:
    a_public_post(ana, "How to wash hands")
    a_public_post(ana, "How to use a spacer")
    a_cleared_post(ana, "A draft that nobody else sees")
    assert titles(eli) == ["How to use a spacer", "How to wash hands"]
    assert titles(ana) == titles(eli)
    tile = client_for(eli).get("/api/v1/people/ana").json()["posts"][0]
    assert tile["poster"].startswith(
        "/api/v1/media/versions/"
    )  # it does not tell where the clip is
    assert tile["blurhash"] == BLURHASH
    assert tile["correction"] is None


def test_posts_for_followers_are_on_the_page_of_followers_alone(
    ana: Person, ben: Person, cleo: Person, eli: None
) -> None:
    a_public_post(ana, "For those who follow", visibility="followers")
    a_public_post(ana, "For those with the link", visibility="unlisted")
    assert titles(ben) == ["For those who follow"]
    assert titles(cleo) == titles(eli) == []
