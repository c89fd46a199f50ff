"""A device's history becomes its account's once, and nobody inherits another's."""

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from people import PASSWORD, Person, client_for, make
from wardcast.accounts import actions, devices, middleware, queries, viewers
from wardcast.accounts.models import DeviceViewer, User, Viewer
from wardcast.platform import clock
from wardcast.platform.policy import Actor

pytestmark = pytest.mark.django_db


class Device:
    """A browser that keeps its cookies; `watch` is a request that writes an exposure."""

    def __init__(self) -> None:
        self.client = Client()
        self.actor = Actor()

    def watch(self) -> int:
        request = RequestFactory().get("/")
        request.COOKIES = {key: cookie.value for key, cookie in self.client.cookies.items()}
        user_id = self.client.session.get("_auth_user_id")
        request.user = User.objects.get(pk=user_id) if user_id else None  # type: ignore[assignment]
        number = 0

        def view(request: HttpRequest) -> HttpResponse:
            nonlocal number
            assert isinstance(request, HttpRequest)
            number, _ = actions.ensure_viewer(request)  # type: ignore[arg-type]
            self.actor = request.actor  # type: ignore[attr-defined]
            return HttpResponse()

        response = middleware.actor(view)(request)
        for name, cookie in response.cookies.items():
            self.client.cookies[name] = cookie.value
        return number

    @property
    def token(self) -> str:
        cookie = self.client.cookies.get(devices.COOKIE)
        return cookie.value if cookie else ""

    def sign_in(self, person: Person) -> None:
        self.client.post("/accounts/login/", {"login": person.handle, "password": PASSWORD})
        assert "_auth_user_id" in self.client.session

    def sign_out(self) -> None:
        self.client.post("/accounts/logout/")


@pytest.fixture
def tablet(fast_passwords: None) -> Device:
    return Device()


@pytest.fixture
def ben_(fast_passwords: None) -> Person:
    return make("ben", "Ben Bauer", password=PASSWORD)


@pytest.fixture
def cleo_(fast_passwords: None) -> Person:
    return make("cleo", "Cleo Costa", password=PASSWORD)


def test_a_guests_device_keeps_its_number(tablet: Device) -> None:
    first = tablet.watch()
    assert tablet.watch() == first
    assert tablet.actor.viewer == first
    assert tablet.actor.viewers == {first}
    assert Device().watch() != first


def test_the_house_keeps_no_token(tablet: Device) -> None:
    tablet.watch()
    kept = DeviceViewer.objects.get()
    assert tablet.token
    assert tablet.token not in kept.token_hash
    assert kept.token_hash == devices.digest(tablet.token)


def test_a_token_is_out_of_scripts_reach_and_lasts_a_year(tablet: Device) -> None:
    response = HttpResponse()
    devices.hand_out(response, "token")
    cookie = response.cookies[devices.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == timedelta(days=365).total_seconds()


def test_signing_in_gives_the_devices_history_to_the_account(tablet: Device, ben_: Person) -> None:
    device = tablet.watch()
    tablet.sign_in(ben_)
    account = tablet.watch()
    assert account != device
    assert tablet.actor.viewer == account
    assert tablet.actor.viewers == {account, device}


def test_a_second_account_on_a_shared_device_inherits_nothing(
    tablet: Device, ben_: Person, cleo_: Person
) -> None:
    device = tablet.watch()
    tablet.sign_in(ben_)
    tablet.watch()
    tablet.sign_out()
    tablet.sign_in(cleo_)
    tablet.watch()
    assert device not in tablet.actor.viewers
    assert tablet.actor.viewers == cleo_.actor.viewers
    assert device in ben_.actor.viewers


def test_after_signing_out_the_device_is_a_new_viewer(tablet: Device, ben_: Person) -> None:
    device = tablet.watch()
    tablet.sign_in(ben_)
    tablet.sign_out()
    after = tablet.watch()
    assert after not in ben_.actor.viewers
    assert after != device


def test_what_is_watched_between_two_accounts_goes_to_the_second_alone(
    tablet: Device, ben_: Person, cleo_: Person
) -> None:
    tablet.sign_in(ben_)
    tablet.sign_out()
    between = tablet.watch()
    tablet.sign_in(cleo_)
    assert between in cleo_.actor.viewers
    assert between not in ben_.actor.viewers


def test_a_token_that_was_linked_is_dead_even_if_the_device_still_has_it(
    tablet: Device, ben_: Person, cleo_: Person
) -> None:
    device = tablet.watch()
    token = tablet.token
    tablet.sign_in(ben_)
    tablet.sign_out()
    tablet.client.cookies[devices.COOKIE] = token  # the answer that took it away got lost
    assert viewers.link(cleo_.id, token) is None
    assert tablet.watch() != device
    assert device in ben_.actor.viewers


def test_signing_up_on_a_device_takes_its_history_along(tablet: Device) -> None:
    device = tablet.watch()
    form = {
        "name": "Zoe Zeller",
        "username": "zoe_z",
        "email": "zoe@example.org",
        "password1": "a door that opens twice",
    }
    tablet.client.post("/accounts/signup/", form)
    tablet.watch()
    assert device in tablet.actor.viewers


def test_an_account_and_its_devices_are_counted_once(tablet: Device, ben_: Person) -> None:
    phone = Device()
    numbers = [tablet.watch(), phone.watch()]
    tablet.sign_in(ben_)
    phone.sign_in(ben_)
    account = ben_.actor.viewer
    assert account is not None
    stranger = Device().watch()
    roots = queries.roots([*numbers, account, stranger])
    assert roots == {numbers[0]: account, numbers[1]: account, account: account, stranger: stranger}


def test_a_made_up_token_is_a_new_device(tablet: Device) -> None:
    tablet.client.cookies[devices.COOKIE] = "made-up"
    assert queries.actor_for(_request("made-up")) == Actor()
    tablet.watch()
    assert tablet.token != "made-up"


def test_a_device_in_use_keeps_its_token_alive(tablet: Device) -> None:
    number, token = tablet.watch(), tablet.token
    clock.advance(timedelta(days=300))
    assert tablet.watch() == number
    assert tablet.token == token
    clock.advance(timedelta(days=300))
    assert queries.unreachable([number]) == set()


def test_who_is_gone_cannot_be_reached(tablet: Device, ben_: Person, cleo_: Person) -> None:
    device, other = tablet.watch(), Device().watch()
    tablet.sign_in(ben_)
    ben, cleo = ben_.actor.viewer, cleo_.actor.viewer
    assert ben is not None
    assert cleo is not None
    assert queries.unreachable([device, other, ben, cleo]) == set()
    User.objects.filter(pk=ben_.id).update(is_active=False)
    Viewer.objects.filter(pk=other).update(erased_at=clock.now())
    assert queries.unreachable([device, other, ben, cleo, 10**6]) == {device, other, ben, 10**6}
    User.objects.get(pk=ben_.id).delete()
    assert queries.unreachable([device, ben, cleo]) == {device, ben}


def test_a_device_whose_cookie_ran_out_cannot_be_reached(tablet: Device) -> None:
    number = tablet.watch()
    clock.advance(timedelta(days=366))
    assert queries.unreachable([number]) == {number}


def test_an_erased_device_begins_anew(tablet: Device) -> None:
    number = tablet.watch()
    Viewer.objects.filter(pk=number).update(erased_at=clock.now())
    assert tablet.watch() != number


def test_asking_who_one_is_takes_few_queries(ana: Person) -> None:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    client = client_for(ana)
    client.get("/api/v1/me")
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["links"]) as links,
    ):
        queries.actor_of(ana.id)
    assert len(main) == 1
    assert len(links) <= 2


def _request(token: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.COOKIES = {devices.COOKIE: token}
    return request
