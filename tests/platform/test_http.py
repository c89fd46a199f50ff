"""What every refusal looks like over HTTP."""

import json
from uuid import UUID

import pytest

from wardcast.platform import http

TREE = {
    http.Invalid: 422,
    http.Denied: 403,
    http.Conflict: 409,
    http.TooLarge: 413,
    http.TooMany: 429,
    http.Unavailable: 503,
}


def body(refused: http.Refused) -> dict[str, object]:
    response = http.problem(refused, "/api/v1/posts")
    assert response["Content-Type"] == "application/problem+json"
    assert response.status_code == refused.http_status
    return dict(json.loads(response.content))


@pytest.mark.parametrize("kind", [http.Invalid, http.Conflict, http.TooLarge, http.Unavailable])
def test_a_refusal_is_a_problem_with_code_and_sentence(kind: type[http.Refused]) -> None:
    said = body(kind("bad_thing", "The thing is bad. Send a good one."))
    assert said == {
        "type": "/problems/bad_thing",
        "title": "Bad thing",
        "status": TREE[kind],
        "code": "bad_thing",
        "detail": "The thing is bad. Send a good one.",
        "instance": "/api/v1/posts",
    }


def test_what_is_extra_goes_along_but_hides_nothing() -> None:
    post = UUID(int=7)
    said = body(http.Conflict("duplicate_upload", "You sent this clip before.", post_id=post))
    assert (said["post_id"], said["status"]) == (str(post), 409)


def test_too_many_says_when_to_come_back_in_the_header_too() -> None:
    response = http.problem(http.TooMany("too_often", "Wait a little.", retry_after=30))
    assert (response.status_code, response["Retry-After"]) == (429, "30")


def test_a_thing_that_is_not_there_and_one_that_is_not_yours_look_the_same() -> None:
    said = body(http.NotFound("post"))
    assert (said["status"], said["code"]) == (404, "not_found")
    assert "or it is not open to you" in str(said["detail"])


def test_a_guest_hears_401_and_a_person_403() -> None:
    guest = body(http.Denied("Only people with an account may like.", signed_in=False))
    person = body(http.Denied("Only moderators may hold a post.", verb="hold"))
    assert (guest["status"], guest["code"]) == (401, "sign_in_first")
    assert (person["status"], person["code"], person["verb"]) == (403, "not_allowed", "hold")
