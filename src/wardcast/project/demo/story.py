"""What happens in the demo: clips go their whole way, people watch, one clip proves wrong."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

import orjson

from wardcast.check import parse_captions
from wardcast.check.voices import SPEAKER
from wardcast.conversation import actions as conversation
from wardcast.gate.compose import compose
from wardcast.platform.ids import new_id
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate
from wardcast.project.demo import lessons, scenes
from wardcast.project.demo.cast import Cast, viewer
from wardcast.project.demo.lessons import Lesson
from wardcast.recall import actions as recall
from wardcast.recall.rules import Severity, Words
from wardcast.rehearsal import actions as rehearsals
from wardcast.rehearsal import queries as circles
from wardcast.safety import actions as safety
from wardcast.safety import reports, rules
from wardcast.watch import actions as watch

Wait = Callable[[], None]

_SECOND = {"ana": "ines", "ines": "ana", "noor": "ana"}
"""Who is asked to look a second time at whose clips."""
_ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "lesson": {"ana": ("ines",), "ines": ("noor",), "noor": ("ines",)},
    "humour": {"noor": ("ines", "ben", "gia")},
    "off_duty": {"ines": ()},
}
"""Who hears whose clips first, by lane."""
_FINE = {
    "butt": False,
    "recognise": False,
    "laughed_at": False,
    "imitates": False,
    "workplace": False,
    "waiting_room": True,
}
_LOOKED = "I have looked and listened: nobody is named or to be seen."
_WRONG = "inhaler"
_SAW_IT = ("ben", "cleo", "finn", "gia", "hana")
_READ_IT = ("gia", "hana")
_COMMENTS = (
    ("hands", "ben", "The thumbs. Every time."),
    ("hands", "finn", "I sing the chorus twice, that is about right."),
    ("dog", "cleo", "He looks very fair about it."),
    ("heart", "hana", "My aunt only felt it in her jaw. Thank you for this."),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A clip on its way: its lesson, its post, and the version that was cut of it."""

    lesson: Lesson
    post_id: UUID
    version_id: UUID


def play(cast: Cast, wait: Wait) -> None:
    """Plays the whole story; `wait` lets the worker go on for a moment."""
    first, *others = lessons.PUBLIC
    drafts = [_bring(cast, first)]
    _see_through(cast, drafts, wait)  # the first clip plays while the others still render
    drafts += [_bring(cast, lesson) for lesson in others]
    night, stairs = _bring(cast, lessons.NIGHT_SHIFT), _bring(cast, lessons.STAIRS)
    _see_through(cast, drafts[1:], wait)
    wrong = next(draft for draft in drafts if draft.lesson.key == _WRONG)
    for handle in _SAW_IT:
        _watch(cast, handle, wrong)
    _talk(cast, {draft.lesson.key: draft for draft in drafts})
    _prove_wrong(cast, wrong)
    while not (_is_examined(cast, night) and _is_examined(cast, stairs)):
        wait()
    _state(cast, stairs)
    _ask(cast, stairs)


def _bring(cast: Cast, lesson: Lesson) -> Draft:
    """Renders a clip, uploads it and has it checked."""
    clip = compose(
        scenes.pictures(lesson.scene, lesson.look, lesson.heading, lesson.duration_ms),
        fps=scenes.FPS,
        duration_ms=lesson.duration_ms,
        spoken=lesson.script,
    )
    author = viewer(cast, lesson.author)
    post_id = drafts.begin(author, f"{lesson.key}.mp4", len(clip), io.BytesIO(clip))
    drafts.autosave(
        post_id,
        drafts.Changes(
            title=lesson.title, text=lesson.text, script=lesson.script, lane=lesson.lane
        ),
    )
    drafts.set_captions(post_id, parse_captions(lesson.webvtt).to_webvtt())
    return Draft(lesson, post_id, posts.cut(post_id))


def _see_through(cast: Cast, drafts: Iterable[Draft], wait: Wait) -> None:
    """Brings drafts to the public, each as soon as it is ready."""
    left = list(drafts)
    while left:
        for draft in [each for each in left if _is_examined(cast, each)]:
            _state(cast, draft)
            for handle in _ask(cast, draft):
                _answer(cast, draft, handle)
            posts.publish(draft.version_id, cast[draft.lesson.author])
            left.remove(draft)
        if left:
            wait()


def _is_examined(cast: Cast, draft: Draft) -> bool:
    """Whether its clip is finished and its check has cleared, or waits for its author's answers:
    one clip's author has not given them yet, the others give theirs now."""
    report = reports.find(draft.version_id)
    if report is None or not versions.version(draft.version_id).rendered:
        return False
    if draft.lesson is lessons.NIGHT_SHIFT:
        return True
    author = viewer(cast, draft.lesson.author)
    for found in rules.open_findings(reports.index_of(report), reports.marks_of(report).keys()):
        action = rules.MINE if found.kind == SPEAKER else rules.ACCEPTED
        safety.mark(author, draft.version_id, found.id, action, _LOOKED)
    check = versions.gates(draft.version_id).get(Gate.CHECK)
    return check is not None and check.cleared


def _state(cast: Cast, draft: Draft) -> None:
    """Author and a second clinician state that they looked where no recogniser could, if there is
    such a place."""
    stated = versions.gates(draft.version_id).get(Gate.ATTESTATION)
    if stated is not None and stated.cleared:
        return
    author = draft.lesson.author
    second = _SECOND[author]
    safety.attest(viewer(cast, author), draft.version_id, cast[second])
    safety.second_attest(viewer(cast, second), draft.version_id, agrees=True)


def _ask(cast: Cast, draft: Draft) -> tuple[str, ...]:
    """Asks those who hear it first; answers who they are."""
    asked = _ASKED[draft.lesson.lane][draft.lesson.author]
    rehearsal_id = circles.id_of(draft.version_id)
    if asked and rehearsal_id:
        rehearsals.invite(
            viewer(cast, draft.lesson.author), rehearsal_id, [cast[handle] for handle in asked]
        )
    return asked


def _answer(cast: Cast, draft: Draft, handle: str) -> None:
    rehearsal_id = circles.id_of(draft.version_id)
    assert rehearsal_id is not None
    rehearsals.answer(
        viewer(cast, handle),
        rehearsal_id,
        _FINE,
        line="",
        moment_ms=None,
        watched_ms=draft.lesson.duration_ms,
    )


def _watch(cast: Cast, handle: str, draft: Draft) -> None:
    """Someone is served the feed and plays one of its clips to the end."""
    actor = viewer(cast, handle)
    cursor: str | None = ""
    while cursor is not None:
        page = watch.serve(actor, "for_you", cursor)
        if isinstance(page, watch.MustSee):
            return
        if any(_version_of(item) == draft.version_id for item in page.items):
            watch.beacons(actor, [watch.Beacon(new_id(), draft.version_id, "finished")])
            return
        cursor = page.next


def _version_of(item: bytes) -> UUID:
    return UUID(orjson.loads(item)["card"]["version_id"])


def _prove_wrong(cast: Cast, draft: Draft) -> None:
    """The author corrects herself; some have read it, the others owe it."""
    notice_id = recall.open_notice(
        viewer(cast, draft.lesson.author),
        draft.version_id,
        Severity.CORRECT,
        Words(
            what_right="Keep taking your preventer inhaler, also on days without symptoms.",
            what_wrong=(
                "I said that you can stop when you feel well. That is true of the reliever, "
                "not of the preventer."
            ),
            what_now=(
                "The preventer works only when it is taken every day. Stopping it can bring an "
                "attack back within weeks."
            ),
            apology=(
                "I mixed the two up, and some of you may have stopped. I am sorry. I answer every "
                "question below the video."
            ),
        ),
    )
    for handle in _READ_IT:
        recall.shown(viewer(cast, handle), [notice_id])
        recall.acknowledge(viewer(cast, handle), [notice_id])
    recall.shown(viewer(cast, "finn"), [notice_id])


def _talk(cast: Cast, drafts: dict[str, Draft]) -> None:
    for key, handle, text in _COMMENTS:
        if key in drafts:
            conversation.comment(viewer(cast, handle), drafts[key].post_id, text)
    for number, draft in enumerate(drafts.values()):
        for handle in _SAW_IT[: 2 + number % 4]:
            conversation.like(viewer(cast, handle), draft.post_id)
