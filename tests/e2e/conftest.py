"""A running house and real browsers for the tests that play what a person does.

Every page that a test opens is watched: a violation of the content security policy, an error in the
console or an uncaught exception fails the test that saw it.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import browsers
import life
from browsers import DESKTOP
from clips import phone_clip
from house import House, Person

PATIENCE_MS = 40_000
"""How long a browser waits for what a screen should show at once, on a machine under load."""

LISTEN = """
addEventListener('securitypolicyviolation', (event) => {
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`);
});
"""
# What the browser itself says of answers that the app expects and shows.
_EXPECTED = (
    "Failed to load resource",
    "Chrome currently does not support the Push API in incognito",
)


@dataclass
class Watched:
    """What went wrong on the pages of a test."""

    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        page.on(
            "console",
            lambda said: (
                self.complaints.append(f"{said.text} (on {page.url})")
                if said.type == "error" and not said.text.startswith(_EXPECTED)
                else None
            ),
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The real product on a folder and a port of its own; nobody lives in it yet."""
    with running(Path(tmp_path_factory.mktemp("house"))) as house:
        yield house


@contextmanager
def running(data: Path) -> Iterator[House]:
    house = House(data)
    try:
        yield house.start()
    finally:
        house.stop()


@dataclass(frozen=True)
class Town:
    """A house in which people live, with videos that are public; made over the API, once for all.

    A module whose tests play in it says so by a `house` fixture of its own. Whoever must not meet
    what other tests left behind comes as a guest or by `newcomer`.
    """

    cast: life.Cast
    titles: tuple[str, ...]
    post_id: str
    """The first of the videos: Ana's lesson."""

    def newcomer(self, name: str) -> Person:
        """Someone who signs up now, and has watched nothing."""
        return Person(self.cast.house, name).sign_up()


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Ada, Dev, Ana and Ines, and three videos."""
    with running(Path(tmp_path_factory.mktemp("town"))) as house:
        yield _settle(house)


def _settle(house: House) -> Town:
    cast = life.move_in(house)
    clips = ((cast.ana, cast.ines, "Wash your thumbs", "lesson"),)
    clips += ((cast.ines, cast.ana, "My dog", "off_duty"), (cast.ines, cast.ana, "Run", "off_duty"))
    drafts = [
        life.bring(author, phone_clip(shade=60 + 40 * number), title=title, lane=lane)
        for number, (author, _, title, lane) in enumerate(clips)
    ]
    for draft, (author, second, _, _) in zip(drafts, clips, strict=True):
        life.see_through(author, second, draft)
    return Town(cast, tuple(title for _, _, title, _ in clips), drafts[0])


@pytest.fixture(scope="session")
def chromium(chromium: Browser) -> Browser:
    """Debian's Chromium, with patience."""
    expect.set_options(timeout=PATIENCE_MS)
    return chromium


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers of a test that it failed, so that its pages are kept as pictures."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


Opens = Callable[..., Page]


@pytest.fixture
def opens(
    chromium: Browser, house: House, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Opens]:
    """Opens a browser of its own for somebody: `opens(PHONE)` gives a guest's first page,
    `opens(PHONE, ben)` that of someone who has signed in over the API."""
    watched = Watched()
    contexts: list[BrowserContext] = []

    def open_(
        size: tuple[int, int] = DESKTOP, who: Person | None = None, *, scripts: bool = True
    ) -> Page:
        context = browsers.context_for(chromium, house.url, size, scripts=scripts)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(LISTEN)
        context.on("page", watched.watch)
        if who:
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": house.url}
                    for name, value in who.cookies.items()
                ]
            )
        contexts.append(context)
        return context.new_page()

    yield open_
    if request.node.stash.get(_FAILED, False):
        _keep_pictures(contexts, tmp_path)
    for context in contexts:
        context.close()
    assert not watched.complaints, "\n".join(watched.complaints)


def _keep_pictures(contexts: list[BrowserContext], folder: Path) -> None:
    for number, page in enumerate(page for context in contexts for page in context.pages):
        path = folder / f"page-{number}.png"
        page.screenshot(path=path)
        print(f"{page.url} as it was: {path}")
