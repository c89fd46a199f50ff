"""Facts that one room tells and others hear, written in the transaction that they tell of.

A room states its facts in `<room>/events.py`. `project.wiring` says who hears them: `inside`
handlers write rows in the same transaction; `after` handlers become jobs, done at least once, and
must be safe to run twice (a job's id follows from the event's id and the handler's name).
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeVar
from uuid import UUID, uuid5

from django.db import transaction
from pydantic import TypeAdapter

from wardcast.platform import jobs
from wardcast.platform.ids import new_id

When = Literal["inside", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact. Fields are ids and plain values, never rows."""

    event_id: UUID = field(default_factory=new_id)


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]

_inside: dict[type[Event], list[Handler]] = {}
_after: dict[type[Event], list[str]] = {}


def hear(event: type[E], handler: Callable[[E], None], when: When) -> None:
    """Registers a handler; the same one twice counts once."""
    if when == "inside":
        heard = _inside.setdefault(event, [])
        if handler not in heard:
            heard.append(handler)
        return
    name = f"event:{event.__name__}:{handler.__module__}.{handler.__qualname__}"
    if name in _after.setdefault(event, []):
        return
    _after[event].append(name)
    adapter = TypeAdapter(event)

    def deliver(job: jobs.JobView) -> None:
        handler(adapter.validate_python(job.payload))

    jobs.work(name, deliver)


def tell(event: Event) -> None:
    """Lets everyone hear `event`. Must be called inside the transaction that it tells of."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{type(event).__name__} was told outside a transaction")
    for handler in _inside.get(type(event), ()):
        handler(event)
    payload = TypeAdapter(dict[str, Any]).dump_python(asdict(event), mode="json")
    for name in _after.get(type(event), ()):
        jobs.start(
            name, subject=event.event_id, payload=payload, job_id=uuid5(event.event_id, name)
        )
