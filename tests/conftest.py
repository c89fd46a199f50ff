"""What every test may rely on: a data folder of its own, and a clock that is put back."""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

import browsers
from wardcast.platform import config

logging.raiseExceptions = False
"""A handler may hold the stream of a test that has ended; its complaint would count as a log."""

os.environ["WARDCAST_DATA"] = tempfile.mkdtemp(prefix="wardcast-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardcast.project.settings")
# pytest-django has configured Django before this file is read: what it read is read anew, or tests
# would keep their files in the data folder of whoever runs them.
config.current.cache_clear()

# How long something takes never decides whether it is right: the machine may be busy.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = ["people"]


@pytest.fixture(autouse=True)
def _clock_is_put_back() -> Iterator[None]:
    from wardcast.platform import clock

    yield
    clock.reset()


@pytest.fixture(autouse=True)
def _files_go_with_their_rows() -> Iterator[None]:
    """What a test has sealed or made public is not there for the next one; the keys stay."""
    yield
    house = config.current()
    for folder in (house.vault, house.public, house.withdrawn):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for all: a process can run but one of what drives it."""
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture
def data_folder() -> Path:
    """The folder that this test run keeps its files in; empty of files of other tests."""
    return Path(os.environ["WARDCAST_DATA"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sets the databases before pytest-django reads the marker."""
    for item in items:
        for marker in item.iter_markers("django_db"):
            marker.kwargs.setdefault("databases", ["default", "links"])


@pytest.fixture
def do_jobs() -> Callable[[], int]:
    """Performs every due job in this process until none is left; answers how many there were."""
    from wardcast.platform import jobs

    def run() -> int:
        count = 0
        while waiting := jobs.due():
            for job in waiting:
                jobs.handed(job.id)
                try:
                    jobs.perform(job.id, lambda _, step: step())
                except jobs.Permanent as error:
                    jobs.fail(job.id, error)
                count += 1
        return count

    return run
