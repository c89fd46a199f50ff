"""What identifiers promise."""

import threading
import uuid

from wardcast.platform import ids


def test_ids_are_version_7_and_sort_in_the_order_they_were_made() -> None:
    made = [ids.new_id() for _ in range(5000)]
    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {uuid.RFC_4122}
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_threads_never_get_the_same_id() -> None:
    made: list[list[uuid.UUID]] = [[] for _ in range(8)]

    def work(into: list[uuid.UUID]) -> None:
        into.extend(ids.new_id() for _ in range(2000))

    threads = [threading.Thread(target=work, args=(each,)) for each in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each for some in made for each in some}) == 8 * 2000
    assert all(some == sorted(some) for some in made)


def test_an_id_tells_the_millisecond_it_was_made_in() -> None:
    one, other = ids.new_id(), ids.new_id()
    assert 0 <= (other.int >> 80) - (one.int >> 80) < 60_000


def test_a_public_id_is_long_random_and_a_plain_file_name() -> None:
    made = {ids.public_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(each) == 36 and each.isalnum() for each in made)
