"""A notice as mail says it: what is right first, what to do now, and where to read the rest.

Mail lies about where the house cannot mend it. So it holds neither what was wrong nor the title of
the video, since either may prove to say too much about somebody later, nor a picture of any kind.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from wardcast.platform import config
from wardcast.recall.cards import About
from wardcast.recall.queries import NoticeView

_WHAT = {
    "note": "A note on a video",
    "correct": "A correction to a video",
    "replace": "A newer version of a video",
    "withdraw": "The withdrawal of a video",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice in a mail, each field a line of plain text."""

    what_right: str
    what_now: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class Mail:
    """The words around the entries. `url` leads to what `button` says, `why` tells why this came,
    `stop_url` is the way out, where there is something to end."""

    lead: str
    button: str
    url: str
    why: str
    stop_url: str = ""


def entry(notice: NoticeView, about: About, watched_at: datetime | None) -> Entry:
    """A notice for a mail; with when its reader watched the video, if they did."""
    seen = f" that you watched on {_day(watched_at)}" if watched_at else f", of {_day(notice.at)}"
    made = f"{_WHAT[notice.severity.value]} by {about.author.name}{seen}"
    signed = "" if about.by.id == about.author.id else f" Signed: {about.by.name}."
    return Entry(
        what_right=line(notice.what_right),
        what_now=line(notice.what_now),
        about=line(f"{made}.{signed}"),
        url=f"{config.current().base_url}/notices/{notice.id}",
    )


def worded(mail: Mail, entries: Sequence[Entry]) -> tuple[str, str]:
    """The mail as plain text and as HTML."""
    parts = ["\n".join(line for line in _lines(each) if line) for each in entries]
    text = "\n\n".join(
        [
            mail.lead,
            *parts,
            f"{mail.button}:\n{mail.url}",
            f"-- \n{mail.why}"
            + (f" To end these mails:\n{mail.stop_url}" if mail.stop_url else ""),
        ]
    )
    return f"{text}\n", render_to_string("recall/mail.html", {"mail": mail, "entries": entries})


def _lines(each: Entry) -> tuple[str, ...]:
    return (f"* {each.what_right}", each.what_now and f"  {each.what_now}", f"  {each.about}",
        f"  {each.url}")  # fmt: skip


def line(text: str) -> str:
    """One line without control characters: what somebody wrote passes for no part of the mail."""
    plain = "".join(" " if unicodedata.category(each)[0] == "C" else each for each in text)
    return " ".join(plain.split())


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
