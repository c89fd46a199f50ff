"""Who may do what here: this room's rows of the policy."""

from wardcast.platform.policy import HOUSE, Row, row

_OWN = "Only people with an account have an inbox."
_MAILED = "Only people with an account are reminded by mail."

ROWS: tuple[Row, ...] = (
    row("see_inbox", HOUSE, "viewer", reason=_OWN),
    row("read_inbox", HOUSE, "viewer", reason=_OWN),
    row("see_reminders", HOUSE, "viewer", reason=_MAILED),
    row("choose_reminders", HOUSE, "viewer", reason=_MAILED),
    row(
        "stop_mail",
        HOUSE,
        "guest",
        "viewer",
        reason="Who holds the link in a mail may end such mails.",
    ),
)
