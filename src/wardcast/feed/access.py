"""Who may do what here: this room's rows of the policy."""

from wardcast.platform.policy import Row

ROWS: tuple[Row, ...] = ()
