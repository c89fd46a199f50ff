"""Who may do what here: this room's rows of the policy."""

from wardcast.platform.policy import HOUSE, Row, row

_OWN = "Only people with an account have an inbox."

ROWS: tuple[Row, ...] = (
    row("see_inbox", HOUSE, "viewer", reason=_OWN),
    row("read_inbox", HOUSE, "viewer", reason=_OWN),
)
