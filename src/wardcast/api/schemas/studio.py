"""Posts and reports as their author sees them."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from wardcast.api.schemas.names import Lane
from wardcast.api.schemas.people import PersonOut


class RefusalOut(Schema):
    """Why a file cannot be used."""

    code: str
    detail: str


class AssetOut(Schema):
    """The clip that was uploaded."""

    name: str
    size: int
    state: Literal["stored", "ready", "refused"]
    duration_ms: int | None
    truncated: bool
    refusal: RefusalOut | None


class StudioVersionOut(Schema):
    """The version that is being worked on. Once it is examined, its report is there."""

    id: UUID
    number: int
    state: str
    hash: str
    because: str
    examined: bool


class PublicVersionOut(Schema):
    """The version that is public."""

    version_id: UUID
    number: int
    at: datetime


class StepOut(Schema):
    """One line of a post's way."""

    step: Literal["saved", "rendered", "checked", "attested", "rehearsed", "public"]
    state: Literal["done", "now", "waiting", "failed", "skipped"]
    detail: str
    fraction: float | None
    eta_s: int | None
    awaited: list[PersonOut]


class NextOut(Schema):
    """The one thing to do next."""

    code: Literal[
        "wait", "write", "check", "review", "attest", "ask", "look_again", "publish", "corrected",
        "retry", "none",
    ]  # fmt: skip
    text: str


class HeldOut(Schema):
    """Why a moderator holds a post."""

    reason: str
    by: str
    at: datetime


class NoticeStampOut(Schema):
    """A notice on a post."""

    id: UUID
    severity: Literal["note", "correct", "replace", "withdraw"]
    at: datetime


class CaptionsOut(Schema):
    """A draft's captions in one language (BCP 47), and whether that is what is spoken."""

    language: str
    spoken: bool
    webvtt: str


class HeardSpeechOut(Schema):
    """What was heard of a clip, and captions proposed of it. `guessed` are words whose times were
    found by their letters, `left_out` those that cannot be said."""

    how: Literal["recognised", "aligned"]
    state: Literal["waiting", "ready", "failed"]
    detail: str
    language: str
    webvtt: str
    guessed: list[str]
    left_out: list[str]


class SpeechOut(Schema):
    """What was heard of a draft's clip, and whether this house recognises speech by itself."""

    recognises: bool
    heard: list[HeardSpeechOut]


class StudioListedOut(Schema):
    """A post in a list of its author's, or of a moderator's. `early_url` is a playlist that grows:
    the first seconds of a clip that is still being made, until there is a `preview_url`."""

    id: UUID
    author: PersonOut
    title: str
    text: str
    lane: Lane
    state: Literal["draft", "scheduled", "public", "held", "deleted"]
    visibility: Literal["public", "followers", "unlisted"]
    asset: AssetOut | None
    working: StudioVersionOut | None
    public: PublicVersionOut | None
    way: list[StepOut]
    next_action: NextOut
    poster: str | None
    blurhash: str
    preview_url: str | None
    early_url: str | None
    held: HeldOut | None
    notices: list[NoticeStampOut]
    updated_at: datetime


class CoverOut(Schema):
    """The picture that the author chose for the poster, at a moment of the original's clock: being
    taken, once the clip is made, or taken."""

    at_ms: int
    state: Literal["waiting", "taken", "failed"]


class SourceOut(Schema):
    """A part of another post's clip that a post was made from, in ms of that clip as it plays;
    where it begins in the post's own, if that is known; `stays` once the post was public with it.
    """

    post_id: UUID
    version_id: UUID
    title: str
    author: PersonOut
    start_ms: int
    end_ms: int
    at_ms: int | None
    stays: bool


class StudioPostOut(StudioListedOut):
    """A post as its author sees it. `storyboard` is a WebVTT file, of which tile of which picture
    shows which time of the clip; None until that can be played."""

    script: str
    cover: CoverOut | None
    storyboard: str | None
    captions: list[CaptionsOut]
    sources: list[SourceOut]


class StudioPostsOut(Schema):
    """A page of posts, those changed last first."""

    items: list[StudioListedOut]
    next: str | None


class CharactersOut(Schema):
    """A stretch of a text, in characters."""

    start: int
    end: int


class TimeOut(Schema):
    """A stretch of a version's clip, in milliseconds."""

    start_ms: int
    end_ms: int


class MarkOut(Schema):
    """What was decided about a finding; `by` is a name."""

    action: str
    by: str
    at: datetime
    note: str
    consent_id: UUID | None


class SpotOut(Schema):
    """A box in the picture from a time on: pixels of the upright original."""

    at_ms: int
    left: int
    top: int
    right: int
    bottom: int


class PathOut(Schema):
    """Where something is seen: straight from spot to spot, until it is gone."""

    spots: list[SpotOut]
    until_ms: int


class PictureOut(Schema):
    """The upright original's size in pixels."""

    width: int
    height: int


class FindingOut(Schema):
    """One thing that the check found. `track` is where in the picture, for what is seen. `weighs`
    is how grave it still is: a consent in force makes it "info" and leaves its `severity`;
    `lapsed` says why what was decided about it holds no more."""

    id: str
    kind: str
    label: str
    channel: str
    span: CharactersOut | None
    time: TimeOut | None
    severity: Literal["block", "ask", "info"]
    weighs: Literal["block", "ask", "info"]
    confidence: float
    sure: Literal["almost sure", "likely", "possible"]
    text: str
    before: str
    after: str
    reason: str
    suggestion: str
    actions: list[str]
    track: PathOut | None
    mark: MarkOut | None
    lapsed: str


class ChannelOut(Schema):
    """Whether one channel was looked at, why not, and what would change that."""

    name: str
    label: str
    state: Literal["checked", "not_checked", "absent"]
    reason: str
    remedy: str


class CueOut(Schema):
    """A caption; it begins at `offset` in the captions' text."""

    start_ms: int
    end_ms: int
    text: str
    offset: int


class TrackTextOut(Schema):
    """The captions in one language, and the channel as which they were examined."""

    channel: str
    language: str
    spoken: bool
    cues: list[CueOut]


class TextsOut(Schema):
    """The words that were examined; captions by language, what is spoken first."""

    title: str
    caption: str
    script: str
    captions: list[TrackTextOut]


class SecondOut(Schema):
    """The second clinician."""

    state: Literal["none", "asked", "agreed", "objected"]
    person: PersonOut | None


class AttestationOut(Schema):
    """What people must look at, since nothing else did, as people call it; and what they state."""

    needed: bool
    channels: list[str]
    statement: str
    author: bool
    second: SecondOut


class OfPostOut(Schema):
    """The version that a report is about."""

    id: UUID
    number: int
    state: str
    post_id: UUID
    title: str


class VersionLineOut(Schema):
    """One of a post's versions."""

    id: UUID
    number: int
    state: str


class KindOut(Schema):
    """A kind of finding, and what people call it."""

    kind: str
    label: str


class ConsentToShowOut(Schema):
    """Somebody's consent to be shown in a post. No `kinds` are all; `used` counts the findings that
    rest on it."""

    id: UUID
    who: str
    covers: Literal["post", "clip"]
    kinds: list[KindOut]
    given_on: date
    last_day: date | None
    form_sha256: str
    state: Literal["in_force", "expired", "withdrawn"]
    ended_at: datetime | None
    used: int


class ConsentsToShowOut(Schema):
    """All consents of a post, those that are over too."""

    items: list[ConsentToShowOut]


class ChangeOut(Schema):
    """A stretch that was changed, in the clock of each of the two clips; a cut lasts no time in the
    new one."""

    what: Literal["bleep", "silence", "cover", "cut", "words"]
    before: TimeOut
    now: TimeOut


class TextChangeOut(Schema):
    """A text that was changed."""

    channel: str
    label: str
    before: str
    now: str


class BeforeOut(Schema):
    """The version before, to compare with; without an address once its clip is gone."""

    id: UUID
    number: int
    preview_url: str | None
    poster_url: str | None
    cues: list[CueOut]
    changes: list[ChangeOut]
    texts: list[TextChangeOut]


class StoryOut(Schema):
    """How many people the version's story fits, the change that would make them most, and what
    was assumed. `town_known` tells whether a place is told or the author's town is known."""

    level: Literal["red", "amber", "green"]
    sentence: str
    advice: str
    assumed: list[str]
    town_known: bool


class ReportOut(Schema):
    """What the check said of a version, and what was decided about it. From `words_gone_at` on its
    words are destroyed: kinds, decisions, who and when are left."""

    version: OfPostOut
    verdict: Literal["clean", "findings", "not_checked"]
    findings: list[FindingOut]
    channels: list[ChannelOut]
    picture: PictureOut | None
    story: StoryOut | None
    texts: TextsOut
    duration_ms: int
    preview_url: str
    poster_url: str
    before: BeforeOut | None
    attestation: AttestationOut
    consents: list[ConsentToShowOut]
    words_gone_at: datetime | None
    versions: list[VersionLineOut]
    can_publish: bool
    because: str
