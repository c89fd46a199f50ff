"""What the API's door promises, whichever room is behind it."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from ninja import NinjaAPI, Router

from factories import a_draft, a_public_post
from people import Person, client_for
from wardcast.api.operation import assert_all_named, route
from wardcast.platform import ids

pytestmark = pytest.mark.django_db


def refused(response: object, status: int, code: str) -> dict[str, object]:
    assert response.status_code == status, response.content  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/problem+json"  # type: ignore[index]
    body = dict(json.loads(response.content))  # type: ignore[attr-defined]
    assert body["code"] == code
    assert body["detail"]
    return body


def test_a_body_that_is_no_json_is_said_to_be_none(ben: Person) -> None:
    response = client_for(ben).patch("/api/v1/me", "{not json", "application/json")
    refused(response, 422, "unreadable_body")


def test_a_body_of_the_wrong_shape_says_where(ben: Person) -> None:
    response = client_for(ben).patch(
        "/api/v1/me", {"name": ["a", "list"], "bio": 7}, "application/json"
    )
    body = refused(response, 422, "invalid_request")
    assert "body.name" in str(body["detail"])
    assert len(body["errors"]) == 2  # type: ignore[arg-type]


def test_a_body_that_is_too_large_names_the_limit(ben: Person) -> None:
    response = client_for(ben).patch("/api/v1/me", {"bio": "x" * 2_000_000}, "application/json")
    body = refused(response, 413, "body_too_large")
    assert "1,000,000 bytes" in str(body["detail"])


def test_a_body_with_several_mistakes_names_the_first_and_lists_all(ben: Person) -> None:
    response = client_for(ben).post(
        "/api/v1/notifications/read", {"ids": ["x", "y"], "all": "maybe"}, "application/json"
    )
    body = refused(response, 422, "invalid_request")
    first, *others = body["errors"]  # type: ignore[misc]
    assert f"({first['where']}: {first['what']})" in str(body["detail"])
    assert first["where"] == "body.ids.0"
    assert len(others) == 2


def test_a_method_that_an_address_does_not_take_is_a_problem_that_names_those_it_takes() -> None:
    response = Client().delete("/api/v1/me")
    body = refused(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, PATCH"
    assert "GET, PATCH" in str(body["detail"])


def test_a_guest_who_asks_for_what_is_not_there_is_not_asked_to_sign_in(ana: Person) -> None:
    draft = a_draft(ana)
    for_followers = a_public_post(ana, visibility="followers").post_id
    addresses = ["people/nobody_there", f"notices/{ids.new_id()}"]
    addresses += [f"posts/{each}" for each in (draft, for_followers, ids.new_id())]
    for address in addresses:
        refused(Client().get(f"/api/v1/{address}"), 404, "not_found")
    refused(Client().post(f"/api/v1/posts/{ids.new_id()}/like"), 401, "sign_in_first")


def test_an_address_that_leads_nowhere_is_a_problem_too() -> None:
    for path in ("/api/v1/nothing", "/api/v1/comments/not-an-id"):
        refused(Client().get(path), 404, "not_found")


def test_a_write_without_the_pages_token_does_nothing(ben: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for(ben).cookies
    response = client.patch("/api/v1/me", {"name": "Changed"}, "application/json")
    refused(response, 403, "csrf_failed")


@pytest.mark.parametrize("named", [True, False])
def test_an_operation_without_a_verb_that_the_policy_knows_keeps_the_app_from_starting(
    named: bool,
) -> None:
    router = Router()
    declare: Callable[..., object] = (
        route(router.get, "/x", verb="never_heard_of") if named else router.get("/x")
    )

    def view(request: object) -> None: ...

    declare(view)
    api = NinjaAPI(urls_namespace=f"door-{named}")
    api.add_router("/v1", router)
    with pytest.raises(LookupError, match=r"/v1/x"):
        assert_all_named(api)


def test_who_may_not_is_refused_before_what_they_sent_is_read() -> None:
    refused(Client().patch("/api/v1/me", "{not json", "application/json"), 401, "sign_in_first")


def test_a_gate_whose_object_is_not_in_the_address_cannot_be_declared() -> None:
    with pytest.raises(LookupError, match="post_id"):
        route(Router().get, "/posts/{uuid:id}", verb="see", kind="posts.post", param="post_id")
