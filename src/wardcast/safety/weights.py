"""The table by which this house weighs findings: its own file, else the default."""

from collections.abc import Mapping
from functools import lru_cache

from wardcast.check.policy import DEFAULT, Rule
from wardcast.check.policy_file import BadPolicy, changed, lowered, parse
from wardcast.platform import config


@lru_cache(maxsize=1)
def current() -> Mapping[str, Rule]:
    """The table of this process, read once; raises `BadPolicy` for a file that cannot be used."""
    path = config.current().policy
    if path is None:
        return DEFAULT
    try:
        return parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicy((f"It cannot be read ({type(error).__name__}).",)) from error


def told() -> tuple[str, ...]:
    """What whoever runs the house must know of its table: a sentence each. Raises `BadPolicy`."""
    table = current()
    if not (other := changed(table)):
        return ()
    told_ = [f"{len(other)} kinds weigh otherwise than by default: {', '.join(other)}."]
    if low := lowered(table):
        told_.append(
            f"What identifies a patient directly blocks less than by default: {', '.join(low)}."
        )
    return tuple(told_)
