"""Notices as the API takes and shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from wardcast.api.schemas.people import PersonOut
from wardcast.recall.closing import Because
from wardcast.recall.rules import Severity

_WORDS = 4000  # nothing longer is read; the rules say the real limits
LAST_MS = 2**31 - 1
"""The last millisecond of a clip that the database can keep."""


class SpanOut(Schema):
    """A part of the version's clip, in milliseconds of the clip as it played."""

    start_ms: int
    end_ms: int


class ChangedOut(Schema):
    """The part of the newer version that changed, in milliseconds of that version's clip."""

    post_id: UUID
    version_id: UUID
    start_ms: int
    end_ms: int


class ReachOut(Schema):
    """How many were exposed, how many were shown the card, how many of them read it."""

    exposed: int
    shown: int
    acknowledged: int


class DraftOut(Schema):
    """A notice that waits for somebody to read and send it, with the words that are proposed."""

    version_id: UUID
    number: int
    title: str
    duration_ms: int
    author: PersonOut
    severity: Severity
    what_right: str
    what_wrong: str
    what_now: str
    apology: str
    privacy: bool
    at: datetime


class DraftsOut(Schema):
    """All that waits about one post."""

    items: list[DraftOut]


class OwedNoticeOut(Schema):
    """A correction that stands before any other video. `author` made the video, `by` signs."""

    id: UUID
    severity: Severity
    watched_at: datetime
    post_id: UUID
    version_id: UUID
    title: str
    author: PersonOut
    by: PersonOut
    what_right: str
    what_wrong: str
    what_now: str
    apology: str
    at: datetime
    span: SpanOut | None
    changed: ChangedOut | None
    coverage: ReachOut
    poster: str | None
    proof_url: str
    privacy: bool


class CountsOut(Schema):
    """exposed = owed + shown_only + acknowledged + unreachable + not_reached. Once a recall has
    ended nobody owes it: who did is `not_reached`."""

    exposed: int
    owed: int
    shown_only: int
    acknowledged: int
    unreachable: int
    not_reached: int


class GroupsOut(Schema):
    """The same sum for people with an account and for guests; both add up to the whole."""

    signed_in: CountsOut
    guests: CountsOut


class LostOut(Schema):
    """Why the unreachable are: their account is gone; they erased what they watched; their device's
    cookie has run out, or it was so long ago that it is no longer kept."""

    deleted: int
    erased: int
    expired: int


class PointOut(Schema):
    """The share of the exposed who had been shown the card when `day` days had passed."""

    day: int
    share: float


class CoverageOut(CountsOut):
    """What a notice has reached. It names nobody."""

    by_class: GroupsOut
    unreachable_because: LostOut
    curve: list[PointOut]
    goal: float


class EndedOut(Schema):
    """How a recall ended: nobody has to read its notice any more, and its numbers stay. `by_rule`:
    the house ended it, not a person."""

    at: datetime
    because: Because
    words: str
    by_rule: bool


class NoticeOut(Schema):
    """A notice and what it has reached, as everyone may read it."""

    id: UUID
    severity: Severity
    post_id: UUID
    version_id: UUID
    version_number: int
    title: str
    author: PersonOut
    by: PersonOut
    what_right: str
    what_wrong: str
    what_now: str
    apology: str
    at: datetime
    span: SpanOut | None
    privacy: bool
    ended: EndedOut | None
    coverage: CoverageOut


class SpanIn(Schema):
    """A part of the version's clip, in milliseconds of the clip as it plays."""

    start_ms: Annotated[int, Field(ge=0, le=LAST_MS)]
    end_ms: Annotated[int, Field(ge=0, le=LAST_MS)]


class LaterQuestionIn(Schema):
    """What some who read the notice are asked later: a statement that is right, and one or two that
    are not."""

    right: Annotated[str, Field(max_length=_WORDS)]
    wrong: Annotated[list[Annotated[str, Field(max_length=_WORDS)]], Field(max_length=10)]


class NoticeIn(Schema):
    """What an author or moderator says of a version. Of a `privacy` notice what was wrong is
    recorded and not shown. `corrects`: an earlier notice on the version that was wrong itself."""

    severity: Severity
    what_right: Annotated[str, Field(max_length=_WORDS)]
    what_wrong: Annotated[str, Field(max_length=_WORDS)] = ""
    what_now: Annotated[str, Field(max_length=_WORDS)] = ""
    apology: Annotated[str, Field(max_length=_WORDS)] = ""
    span: SpanIn | None = None
    privacy: bool = False
    corrects: UUID | None = None
    question: LaterQuestionIn | None = None


class ExposedOut(Schema):
    """How many were served a version until now, an account and its devices once."""

    exposed: int


class OpenedOut(Schema):
    """The notice that was opened."""

    notice_id: UUID


class NoticesIn(Schema):
    """Which notices were shown or read."""

    ids: Annotated[list[UUID], Field(max_length=100)]


class AskingOut(Schema):
    """One question about a correction that was read hours ago: which statement is right?"""

    notice_id: UUID
    read_at: datetime
    choices: list[str]


class LaterQuestionOut(Schema):
    """The question that waits for this viewer, if one does."""

    question: AskingOut | None


class QuestionShownIn(Schema):
    """Which notice's question was shown."""

    notice_id: UUID


class LaterAnswerIn(Schema):
    """The place of the chosen statement, from 0 on; null for who would rather not say."""

    notice_id: UUID
    choice: int | None = None


class LaterVerdictOut(Schema):
    """Whether the answer was right (null for none), and what is."""

    right: bool | None
    what_right: str


class OwedOut(Schema):
    """Whether anything else is owed."""

    owed: bool


class HeadOut(Schema):
    """The signed head of a log: how many entries, the RFC 6962 root over them (hex), since when,
    the ed25519 signature (hex)."""

    size: int
    root: str
    at: str
    signature: str


class ProofOut(Schema):
    """A notice's log. `key`: the house's public key (hex); `entries`: JSON texts, each with the
    hash of the one before; `cohort`: the leaves of who was sealed in, in order (hex)."""

    format: str
    notice: UUID
    key: str
    entries: list[str]
    head: HeadOut
    cohort: list[str]


class SecretOut(Schema):
    """The secret (hex) that `wardcast verify-proof --mine` takes; null for who is in no cohort."""

    secret: str | None
