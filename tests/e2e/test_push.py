"""A knock of the house in a real browser: what no imitation of one can say."""

import pytest
from playwright.sync_api import expect

from browsers import PHONE
from e2e.conftest import Opens
from house import House, Person, eventually

WAITS = "A correction waits for you."

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
        lambda said: known.extend(
            each["registrationId"]
            for each in said["registrations"]
            if each["scopeURL"].startswith(house.url)
        ),
    )
    for event in ("workerErrorReported", "workerVersionUpdated"):
        line.on(f"ServiceWorker.{event}", lambda said: print(said))
    line.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    eventually(lambda: page.evaluate("1") and known, what="the worker is registered")

    def knocked() -> list[str]:
        """What the browser shows soon after a push; like a push server, the test sends again."""
        push = {"origin": house.url, "registrationId": known[-1], "data": WAITS}
        line.send("ServiceWorker.deliverPushMessage", push)
        page.wait_for_timeout(1_000)
        shown = "navigator.serviceWorker.ready.then((each) => each.getNotifications())"
        words: list[str] = page.evaluate(f"{shown}.then((all) => all.map((each) => each.body))")
        return words

    assert eventually(knocked, what="the browser shows it", within=120) == [WAITS]
