"""A knock of the house in a real browser: what no imitation of one can say."""

import pytest
from playwright.sync_api import expect

from browsers import PHONE
from e2e.conftest import Opens
from house import House, Person, eventually

pytestmark = pytest.mark.browser


def test_the_browser_takes_the_house_s_worker_and_shows_that_a_correction_waits(
    house: House, opens: Opens
) -> None:
    """Subscribing asks a server of the browser's maker, which no test can reach: the switch says so
    and stays off. The worker is there by then, and a push is put into the browser's own hands."""
    cleo = Person(house, "cleo").sign_up()
    page = opens(PHONE, cleo)
    page.context.grant_permissions(["notifications"], origin=house.url)
    page.goto("/me")
    switch = page.get_by_label("Tell this browser when a correction has waited for a day")
    switch.click()
    expect(page.get_by_text("Your browser could not set this up.")).to_be_visible()
    expect(switch).not_to_be_checked()
    line = page.context.new_cdp_session(page)
    known: list[str] = []
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: known.extend(each["registrationId"] for each in said["registrations"]),
    )
    line.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    eventually(lambda: page.evaluate("1") and known, what="the worker is registered")
    push = {"origin": house.url, "registrationId": known[0], "data": "A correction waits for you."}
    line.send("ServiceWorker.deliverPushMessage", push)
    shown = "navigator.serviceWorker.ready.then((each) => each.getNotifications())"
    words = f"{shown}.then((all) => all.map((each) => each.body))"
    found = eventually(lambda: page.evaluate(words), what="the browser shows it")
    assert found == ["A correction waits for you."]
