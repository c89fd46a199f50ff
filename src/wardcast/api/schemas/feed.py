"""The feed as the API shows it: what the ready bytes of cards hold."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from wardcast.api.schemas.names import Lane
from wardcast.api.schemas.notices import OwedNoticeOut
from wardcast.api.schemas.people import PersonOut


class TrackOut(Schema):
    """Captions in one language (BCP 47), and whether that is what is spoken."""

    language: str
    spoken: bool
    url: str


class MediaOut(Schema):
    """Where a public version's files are; `blurhash` stands for the poster until it is loaded.
    Captions by language, what is spoken first.

    `rungs` are the sizes that there are, smallest first, by the short side in pixels: the playlist
    of one of them lies beside `hls` as `{rung}.m3u8`. With `av1` the same sizes are there in AV1:
    all as `av1.m3u8` beside `hls`, one as `{rung}av1.m3u8`."""

    hls: str
    mp4: str
    poster: str
    captions: list[TrackOut]
    blurhash: str
    rungs: list[int]
    av1: bool


class StampOut(Schema):
    """The correction that a version carries."""

    notice_id: UUID
    severity: str
    at: datetime
    headline: str


class CardOut(Schema):
    """A public version. `staged`: an actor or a mannequin plays the patient, which must be said
    wherever it is shown."""

    post_id: UUID
    version_id: UUID
    number: int
    title: str
    text: str
    lane: Lane
    duration_ms: int
    width: int
    height: int
    author: PersonOut
    media: MediaOut
    published_at: datetime
    rehearsed: bool
    correction: StampOut | None
    label: str | None
    staged: bool


class TallyOut(Schema):
    """How often a post was liked and commented."""

    likes: int
    comments: int


class MineOut(Schema):
    """What the viewer has to do with a post and its author."""

    liked: bool
    following: bool


class WhyOut(Schema):
    """The true reason why a clip is here."""

    code: str
    text: str


class FeedItemOut(Schema):
    """A clip of the feed."""

    card: CardOut
    counts: TallyOut
    mine: MineOut
    why: WhyOut


class ClipsOut(Schema):
    """Some clips, and where the next page begins; null at the end of the session."""

    kind: Literal["clips"]
    items: list[FeedItemOut]
    next: str | None


class MustSeeOut(Schema):
    """What must be seen before any clip, the gravest first."""

    kind: Literal["must_see"]
    notices: list[OwedNoticeOut]
