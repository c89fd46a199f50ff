"""What people are told, kind by kind: which values it needs, its sentence and where it leads.

Sentences are written when they are read, so that a better wording reaches old notices too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, str | int]

_UNTITLED = "Untitled clip"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notification.

    `needs` are the values beside the subject; `sentence` and `link` are filled from them and from
    `subject`. `mailed` kinds also go out by mail; `grouped` ones about one subject become one.
    """

    sentence: str
    link: str
    needs: frozenset[str]
    mailed: bool = False
    grouped: bool = False


def _kind(
    sentence: str, link: str, *needs: str, mailed: bool = False, grouped: bool = False
) -> Kind:
    return Kind(sentence, link, frozenset(needs), mailed, grouped)


_STUDIO = "/studio/p/{subject}"

KINDS: Mapping[str, Kind] = {
    "clip_ready": _kind("“{title}” is ready to play. Have it checked next.", _STUDIO, "title"),
    "clip_refused": _kind(
        "“{title}” could not be used. {detail}", _STUDIO, "title", "detail", mailed=True
    ),
    "check_done": _kind(
        "The check of “{title}” is done: {findings}.",
        "/studio/p/{subject}/report",
        "title",
        "findings",
    ),
    "attest_asked": _kind(
        "{author} asks you to look at “{title}”, since part of it could not be checked.",
        "/attest/{subject}",
        "title",
        "author",
        mailed=True,
    ),
    "attested": _kind("A second clinician has looked at “{title}” and agrees.", _STUDIO, "title"),
    "attest_objected": _kind(
        "Whoever you asked to look at “{title}” says: not like this yet. {because}",
        _STUDIO,
        "title",
        "because",
    ),
    "rehearse_asked": _kind(
        "{author} asks how “{title}” comes across, before anyone else sees it.",
        "/rehearse/{subject}",
        "title",
        "author",
        mailed=True,
    ),
    "rehearsal_passed": _kind(
        "“{title}” passed its rehearsal. You can publish it.", _STUDIO, "title"
    ),
    "rehearsal_objected": _kind(
        "Someone who rehearsed “{title}” says: not like this yet. {because}",
        _STUDIO,
        "title",
        "because",
    ),
    "rehearsal_look_again": _kind(
        "Someone who rehearsed “{title}” can tell the workplace. Look again, then say what you "
        "found. {because}",
        _STUDIO,
        "title",
        "because",
    ),
    "rehearsal_released": _kind(
        "“{title}” was released without enough answers and will be shown as not rehearsed. You can "
        "publish it. The reason: {reason}",
        _STUDIO,
        "title",
        "reason",
    ),
    "release_asked": _kind(
        "“{title}” by {author} has had too few answers for three days. You may release it, with a "
        "reason.",
        "/rehearse",
        "title",
        "author",
        mailed=True,
    ),
    "published": _kind("“{title}” is public.", "/p/{subject}", "title"),
    "held": _kind(
        "“{title}” is held, and nobody else can see it. The reason: {reason}",
        _STUDIO,
        "title",
        "reason",
        mailed=True,
    ),
    "restored": _kind("“{title}” is public again.", _STUDIO, "title"),
    "consent_soon": _kind(
        "A consent that “{title}” relies on holds until {day}. Ask for a new one, or the post is "
        "held then.",
        "/studio/p/{subject}/report",
        "title",
        "day",
        mailed=True,
    ),
    "consent_today": _kind(
        "Today is the last day of a consent that “{title}” relies on. Tomorrow the post is held.",
        "/studio/p/{subject}/report",
        "title",
        "day",
        mailed=True,
    ),
    "consent_withdrawn": _kind(
        "A consent for “{title}” by {author} was withdrawn; what relied on it is held. A notice to "
        "those who watched it is drafted: read it and send it.",
        "/studio/p/{subject}/correct",
        "title",
        "author",
        mailed=True,
    ),
    "consent_expired": _kind(
        "A consent for “{title}” by {author} has ended; what relied on it is held. A notice to "
        "those who watched it is drafted: read it and send it.",
        "/studio/p/{subject}/correct",
        "title",
        "author",
        mailed=True,
    ),
    "notice_opened": _kind(
        "A notice on “{title}” is open: {severity}.",
        "/notices/{subject}",
        "title",
        "severity",
        mailed=True,
    ),
    "comment": _kind("{who} wrote a comment on “{title}”.", "/p/{subject}", "title", "who"),
    "like": _kind("{who} {verb} “{title}”.", "/p/{subject}", "title", "who", "by", grouped=True),
    "follow": _kind("{who} follows you now.", "/u/{handle}", "who", "handle"),
    "verified": _kind(
        "You are verified as {profession}. You can publish, and colleagues can ask you.",
        "/studio",
        "profession",
        mailed=True,
    ),
    "credential_revoked": _kind(
        "You are no longer verified as a clinician here, so you cannot publish. "
        "Ask those who run the house if you think that this is a mistake.",
        "/me",
        mailed=True,
    ),
    "correction": _kind(
        "“{title}” by {author} was corrected.", "/notices/{subject}", "title", "author"
    ),
}
"""Every kind, by its code."""

_SEVERITIES = {
    "note": "a note beside the clip",
    "correct": "a correction that its viewers will read",
    "replace": "a correction with a new version",
    "withdraw": "the clip is withdrawn, and its viewers will read why",
}


def sentence(kind: str, values: Values) -> str:
    """The sentence for these values, in plain English."""
    return KINDS[kind].sentence.format(**_worded(values))


def link(kind: str, subject: object, values: Values) -> str:
    """Where the sentence leads: a path of the web app or of a page."""
    return KINDS[kind].link.format(subject=subject, **values)


def _worded(values: Values) -> dict[str, str]:
    words = {name: str(value) for name, value in values.items()}
    words["title"] = words.get("title") or _UNTITLED
    if "findings" in values:
        words["findings"] = _found(int(values["findings"]))
    if "severity" in values:
        words["severity"] = _SEVERITIES.get(words["severity"], words["severity"])
    if "by" in values:
        others = int(values.get("others", 0))
        words["who"] = _with_others(words["who"], others)
        words["verb"] = "like" if others else "likes"
    return words


def _found(count: int) -> str:
    if count == 0:
        return "nothing to look at"
    return "1 thing to look at" if count == 1 else f"{count} things to look at"


def _with_others(who: str, others: int) -> str:
    if others == 0:
        return who
    return f"{who} and 1 other" if others == 1 else f"{who} and {others} others"
