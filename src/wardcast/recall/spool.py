"""Commits what several threads bring at the same time together, and lets each go when its is kept.

A commit waits for the disk; with one a request, so many requests a second are served as the disk
can sync. Whoever comes while another commits waits for their turn, and the first of those who wait
writes for all. Nothing is acknowledged that is not kept, and nothing waits for a timer.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Ticket(Generic[T]):
    rows: Sequence[T]
    done: bool = False
    failed: bool = False


class Spool(Generic[T]):
    """`write` gets the batches of all who wait; when it fails, each writes its own."""

    def __init__(self, write: Callable[[Sequence[Sequence[T]]], None]) -> None:
        self._write = write
        self._waiting: list[_Ticket[T]] = []
        self._list = threading.Lock()
        self._turn = threading.Lock()

    def put(self, rows: Sequence[T]) -> None:
        """Returns when the rows are kept; raises what kept them from it."""
        ticket = _Ticket(rows)
        with self._list:
            self._waiting.append(ticket)
        with self._turn:
            if not ticket.done:
                self._write_for_all()
        if ticket.failed:  # of another's rows, perhaps: each answers for its own
            self._write([rows])

    def _write_for_all(self) -> None:
        with self._list:
            tickets, self._waiting = self._waiting, []
        kept = False
        try:
            self._write([each.rows for each in tickets])
            kept = True
        finally:
            for each in tickets:
                each.done, each.failed = True, not kept
