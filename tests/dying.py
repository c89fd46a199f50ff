"""A process that ends in the midst of what it does, for tests that go on afterwards."""

from collections.abc import Callable
from typing import Any

import pytest

from wardcast.recall import resting


def die_while_packing() -> None:
    """Packs the ledger, and ends between its first half, the audiences, and the histories."""
    kept: Callable[..., int] = resting._into_histories

    def dies(*_: Any) -> int:
        raise KeyboardInterrupt

    resting._into_histories = dies  # type: ignore[assignment]
    try:
        with pytest.raises(KeyboardInterrupt):
            resting.pack()
    finally:
        resting._into_histories = kept  # type: ignore[assignment]
