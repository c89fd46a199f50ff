"""The one clock. Actions ask it once and pass the answer down; rules take `now` as an argument."""

from datetime import UTC, datetime, timedelta

_ahead = timedelta(0)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _ahead


def advance(by: timedelta) -> None:
    """Moves this process's clock: simulations live a day in a second with it."""
    global _ahead
    _ahead += by


def reset() -> None:
    """Sets the clock back to the machine's."""
    global _ahead
    _ahead = timedelta(0)
