"""What a kill leaves in the vault goes, and nothing else does."""

import os
import shutil
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from wardcast.platform import clock, config, ids, leftovers, vault
from wardcast.platform.models import VaultKey

pytestmark = pytest.mark.django_db

SINCE = timedelta(hours=2)


@pytest.fixture(autouse=True)
def emptied() -> None:
    shutil.rmtree(config.current().vault, ignore_errors=True)


@pytest.fixture
def draft() -> UUID:
    return ids.new_id()


def file_of(ref: str) -> Path:
    return config.current().vault / ref


def aged(path: Path) -> Path:
    """The file or folder as it is after three hours."""
    then = path.stat().st_mtime - 3 * 3600
    os.utime(path, (then, then))
    return path


def keyless() -> Path:
    """A sealed file whose key a kill let go alone."""
    key = ids.new_id()
    path = aged(file_of(vault.put(key, b"noise").ref))
    VaultKey.objects.filter(id=key).delete()
    aged(path.parent)
    return path


def test_what_no_key_opens_goes_with_its_folder(draft: UUID) -> None:
    kept = aged(file_of(vault.put(draft, b"a draft").ref))
    gone = keyless()
    assert leftovers.sweep_keyless(clock.now() - SINCE) == 1
    assert not gone.parent.exists()
    assert kept.exists()


def test_what_is_young_stays_though_no_key_is_known_yet(draft: UUID) -> None:
    vault.put(draft, b"a draft")
    gone = keyless()
    young = gone.with_name("d" * 32)
    young.write_bytes(b"sealed under a key made a moment ago")
    leftovers.sweep_keyless(clock.now() - SINCE)
    assert young.exists()
    assert not gone.exists()


def test_where_no_key_is_known_at_all_the_database_is_the_wrong_one() -> None:
    lost = [keyless() for _ in range(3)]
    assert leftovers.sweep_keyless(clock.now() - SINCE) == 0
    assert all(path.exists() for path in lost)


def test_what_no_row_names_goes_and_what_is_named_or_young_stays(draft: UUID) -> None:
    named, unnamed, young = (vault.put(draft, bytes([number])).ref for number in range(3))
    half = aged(file_of(named)).with_name(".new-half")
    half.write_bytes(b"cut off")
    aged(half)
    aged(file_of(unnamed))
    assert leftovers.sweep_unnamed(draft, clock.now() - SINCE, lambda: {named}) == 2
    assert [file_of(ref).exists() for ref in (named, unnamed, young)] == [True, False, True]
    assert not half.exists()


def test_while_something_works_under_a_key_all_stays(draft: UUID) -> None:
    path = aged(file_of(vault.put(draft, b"on its way").ref))
    assert leftovers.sweep_unnamed(draft, clock.now() - SINCE, lambda: None) == 0
    assert path.exists()


def test_what_lies_beside_the_keys_folders_is_nobody_s_business(draft: UUID) -> None:
    vault.put(draft, b"a draft")
    other = config.current().vault / "lost+found"
    other.mkdir()
    aged(other)
    leftovers.sweep_keyless(clock.now() - SINCE)
    assert other.exists()
