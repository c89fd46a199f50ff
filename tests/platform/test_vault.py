"""What the vault promises: what was sealed comes back whole or not at all."""

import io
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wardcast.platform import config, ids, vault
from wardcast.platform.models import VaultKey

pytestmark = pytest.mark.django_db

SEALED_CHUNK = vault.CHUNK + 16
HEADER = 12


@pytest.fixture
def draft() -> UUID:
    return ids.new_id()


def file_of(ref: str) -> Path:
    return config.current().vault / ref


def some(size: int) -> bytes:
    return bytes((at * 31 + at // 251) % 256 for at in range(size))


@pytest.mark.parametrize(
    "size", [0, 1, vault.CHUNK - 1, vault.CHUNK, vault.CHUNK + 1, 3 * vault.CHUNK]
)
def test_what_was_sealed_comes_back_to_the_byte(draft: UUID, size: int) -> None:
    data = some(size)
    sealed = vault.put(draft, data)
    assert sealed.size == size
    assert vault.read(sealed.ref) == data
    with vault.open(sealed.ref) as reader:
        assert reader.read() == data


def test_the_words_of_a_draft_are_nowhere_on_the_disk(draft: UUID) -> None:
    sealed = vault.put(draft, b"Harold Okafor" * 20_000)
    assert b"Harold" not in file_of(sealed.ref).read_bytes()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.integers(0, 4 * vault.CHUNK),
    length=st.one_of(st.integers(0, 4 * vault.CHUNK), st.none()),
)
def test_any_part_reads_as_the_same_part_of_the_original(
    draft: UUID, start: int, length: int | None
) -> None:
    data = some(3 * vault.CHUNK + 17)
    sealed = vault.put(draft, data)
    end = None if length is None else start + length
    assert vault.read(sealed.ref, start, length) == data[start:end]
    vault.remove(sealed.ref)


def test_a_reader_seeks_like_a_file(draft: UUID) -> None:
    data = some(2 * vault.CHUNK + 5)
    with vault.open(vault.put(draft, data).ref) as reader:
        assert reader.seek(-10, io.SEEK_END) == len(data) - 10
        assert reader.read() == data[-10:]
        reader.seek(vault.CHUNK - 3)
        assert reader.read(7) == data[vault.CHUNK - 3 : vault.CHUNK + 4]
        reader.seek(-4, io.SEEK_CUR)
        assert reader.read(4) == data[vault.CHUNK : vault.CHUNK + 4]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_single_bit_can_be_changed_unnoticed(draft: UUID, share: float, bit: int) -> None:
    sealed = vault.put(draft, some(vault.CHUNK + 1000))
    path = file_of(sealed.ref)
    raw = bytearray(path.read_bytes())
    raw[int(share * len(raw))] ^= 1 << bit
    path.write_bytes(raw)
    with pytest.raises(vault.Broken):
        vault.read(sealed.ref)
    vault.remove(sealed.ref)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_can_be_cut_off_unnoticed(draft: UUID, data: st.DataObject) -> None:
    sealed = vault.put(draft, some(2 * vault.CHUNK + 100))
    path = file_of(sealed.ref)
    raw = path.read_bytes()
    at_an_edge = st.sampled_from([0, 3, HEADER, HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK])
    keep = data.draw(at_an_edge | st.integers(0, len(raw) - 1))
    path.write_bytes(raw[:keep])
    with pytest.raises(vault.Broken):
        vault.read(sealed.ref)
    vault.remove(sealed.ref)


def test_chunks_cannot_be_swapped_or_dropped(draft: UUID) -> None:
    sealed = vault.put(draft, some(3 * vault.CHUNK))
    path = file_of(sealed.ref)
    raw = path.read_bytes()
    chunks = [raw[HEADER + n * SEALED_CHUNK :][:SEALED_CHUNK] for n in range(3)]
    for order in ((1, 0, 2), (0, 2), (0, 1), (0, 1, 2, 2)):
        path.write_bytes(raw[:HEADER] + b"".join(chunks[n] for n in order))
        with pytest.raises(vault.Broken):
            vault.read(sealed.ref)


def test_a_chunk_of_another_file_does_not_fit(draft: UUID) -> None:
    one, other = vault.put(draft, some(100)), vault.put(draft, some(101))
    raw = file_of(other.ref).read_bytes()
    path = file_of(one.ref)
    path.write_bytes(path.read_bytes()[:HEADER] + raw[HEADER:])
    with pytest.raises(vault.Broken):
        vault.read(one.ref)


def test_a_chunk_that_a_cut_made_the_last_is_refused(draft: UUID) -> None:
    data = some(2 * vault.CHUNK)
    sealed = vault.put(draft, data)
    path = file_of(sealed.ref)
    path.write_bytes(path.read_bytes()[: HEADER + SEALED_CHUNK])
    with pytest.raises(vault.Broken):
        vault.read(sealed.ref, 0, 10)  # the first chunk is the last now, and says it is not


@pytest.mark.django_db(transaction=True)
def test_a_destroyed_draft_is_noise_even_in_a_backup(draft: UUID) -> None:
    sealed = vault.put(draft, b"what nobody should read again")
    path = file_of(sealed.ref)
    backup = path.read_bytes()
    vault.destroy(draft)
    assert not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(backup)
    with pytest.raises(vault.Broken):
        vault.read(sealed.ref)
    assert not VaultKey.objects.filter(id=draft).exists()


def test_a_key_of_one_draft_opens_no_other(draft: UUID) -> None:
    other = ids.new_id()
    vault.put(other, b"theirs")
    sealed = vault.put(draft, b"ours")
    moved = config.current().vault / other.hex / file_of(sealed.ref).name
    moved.write_bytes(file_of(sealed.ref).read_bytes())
    with pytest.raises(vault.Broken):
        vault.read(f"{other.hex}/{moved.name}")


@pytest.mark.parametrize("ref", ["", "nothing", "../../etc/passwd", "abc/def", "a/b/c"])
def test_a_reference_that_names_no_sealed_file_is_said_to_be_broken(ref: str) -> None:
    with pytest.raises(vault.Broken):
        vault.read(ref)


def test_when_the_stream_fails_nothing_stays(draft: UUID) -> None:
    class Failing(io.RawIOBase):
        def __init__(self) -> None:
            self.chunks: Iterator[bytes] = iter([b"x" * 1000])

        def read(self, size: int = -1) -> bytes:
            try:
                return next(self.chunks)
            except StopIteration:
                raise OSError("the line broke") from None

    with pytest.raises(OSError, match="the line broke"):
        vault.seal(draft, Failing())  # type: ignore[arg-type]  # reads are all it is asked for
    assert list((config.current().vault / draft.hex).iterdir()) == []


def test_a_stream_that_gives_little_at_a_time_is_sealed_whole(draft: UUID) -> None:
    class Trickling(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 999))

    data = some(vault.CHUNK + 10)
    sealed = vault.seal(draft, Trickling(data))
    assert vault.read(sealed.ref) == data


def test_what_is_on_its_way_in_is_known_and_waited_for(draft: UUID) -> None:
    assert vault.settles(draft, within=0)
    with vault.busy(draft), vault.busy(draft):
        assert not vault.settles(draft, within=0.02)
    assert vault.settles(draft, within=0)
    ended = threading.Event()

    def send() -> None:
        with vault.busy(draft):
            ended.wait(10)

    sender = threading.Thread(target=send)
    sender.start()
    while vault.settles(draft, within=0):
        pass
    threading.Timer(0.05, ended.set).start()
    assert vault.settles(draft, within=10)
    assert ended.is_set()
    sender.join()
