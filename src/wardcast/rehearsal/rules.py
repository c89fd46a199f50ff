"""What a rehearsal decides: pure, over what was asked, what was answered and the time.

Six questions, from the project's rubric on tone. Yes to one of the first four, or no to the last,
is an objection and holds the version; yes to the fifth asks the author to look again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Part = Literal["colleague", "lay"]

COLLEAGUE: Part = "colleague"
LAY: Part = "lay"

LINE_CHARS = 500
NOTE_CHARS = 500
MOST_INVITED = 30
"""People one version may be shown to before it is public."""

WATCHED_SHARE = 0.9
"""How much of a clip must have been watched before an answer counts."""

RELEASABLE_AFTER = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Question:
    """One yes-or-no question. `objection` is the answer that objects, None if none does."""

    id: str
    text: str
    objection: bool | None
    look_again: bool | None = None


QUESTIONS: tuple[Question, ...] = (
    Question("butt", "Is a patient, or a group of patients, the butt of it?", True),
    Question("recognise", "Could a patient recognise themselves in it?", True),
    Question(
        "laughed_at",
        "Is illness, weight, addiction, mental illness, pain, pregnancy or death laughed at?",
        True,
    ),
    Question("imitates", "Does anyone imitate a patient?", True),
    Question("workplace", "Can one tell which workplace it comes from?", None, look_again=True),
    Question("waiting_room", "Would you play it in the waiting room?", False),
)
"""The questions in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Needs:
    """How many answers a version needs: from clinicians, and from people who are none."""

    colleagues: int
    lay: int

    @property
    def nobody(self) -> bool:
        """Whether nobody has to answer."""
        return self.colleagues == 0 and self.lay == 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answers: `says` by question, one line of their own, when they answered."""

    part: Part
    says: Mapping[str, bool]
    line: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pass:
    """Enough people answered and nobody objects."""


@dataclass(frozen=True, slots=True)
class Object:
    """Somebody objects. `because` says to what, in words, without saying who."""

    because: str


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Somebody can tell the workplace; it goes on once the author has looked again."""

    because: str


@dataclass(frozen=True, slots=True)
class Wait:
    """More answers are needed; from `until` on the host's named person may release it."""

    until: datetime
    missing: Needs


@dataclass(frozen=True, slots=True)
class Releasable:
    """It has waited long enough without enough answers."""

    missing: Needs


Outcome = Pass | Object | LookAgain | Wait | Releasable


@dataclass(frozen=True, slots=True)
class Unfit:
    """What cannot be used, and the sentence that says why and what to do."""

    code: str
    because: str


def objects(says: Mapping[str, bool]) -> tuple[Question, ...]:
    """The questions whose answer is an objection, in their order; none if there is none."""
    return tuple(
        each
        for each in QUESTIONS
        if each.objection is not None and says.get(each.id) == each.objection
    )


def looks_again(says: Mapping[str, bool]) -> bool:
    """Whether these answers ask the author to look again."""
    return any(
        each.look_again is not None and says.get(each.id) == each.look_again for each in QUESTIONS
    )


def decide(
    needs: Needs,
    answers: Collection[Answer],
    opened_at: datetime,
    now: datetime,
    looked_at: datetime | None = None,
) -> Outcome:
    """What becomes of a rehearsal.

    1. Any objection holds the version, however many others were content.
    2. Somebody can tell the workplace, and the author has not looked again since: look again.
    3. Enough colleagues and enough others answered: pass. One part never stands in for the other.
    4. 72 hours have gone by: the named person may release it. Else it waits.
    """
    ordered = sorted(answers, key=lambda each: each.at)
    for each in ordered:
        if objects(each.says):
            return Object(objection_in_words(each))
    for each in ordered:
        if looks_again(each.says) and (looked_at is None or each.at > looked_at):
            return LookAgain(look_again_in_words(each))
    missing = still_missing(needs, [each.part for each in ordered])
    if missing.nobody:
        return Pass()
    until = opened_at + RELEASABLE_AFTER
    return Releasable(missing) if now >= until else Wait(until, missing)


def still_missing(needs: Needs, parts: Sequence[Part]) -> Needs:
    """How many answers are missing, of each part."""
    return Needs(
        colleagues=max(0, needs.colleagues - parts.count(COLLEAGUE)),
        lay=max(0, needs.lay - parts.count(LAY)),
    )


def people_in_words(needs: Needs) -> str:
    """So many colleagues and lay people, as one says it."""
    said = [
        _count(number, one, many)
        for number, one, many in (
            (needs.colleagues, "colleague", "colleagues"),
            (needs.lay, "lay person", "lay people"),
        )
        if number
    ]
    return " and ".join(said)


def objection_in_words(answer: Answer) -> str:
    """What an answer objects to, and its line."""
    said = " and ".join(
        f"“{'yes' if each.objection else 'no'}” to “{each.text}”" for each in objects(answer.says)
    )
    return _with_line(f"Someone answered {said}", answer.line)


def look_again_in_words(answer: Answer) -> str:
    """Why the author is asked to look again, and the answer's line."""
    asked = next(each for each in QUESTIONS if each.look_again is not None)
    return _with_line(f"Someone answered “yes” to “{asked.text}”", answer.line)


def answers_fit(says: Mapping[str, bool]) -> Unfit | None:
    """What is wrong with a form of answers, or None."""
    known = [each.id for each in QUESTIONS]
    open_ = [each.text for each in QUESTIONS if each.id not in says]
    if open_:
        return Unfit(
            "answers_missing",
            f"{_count(len(open_), 'question has', 'questions have')} no answer yet: “{open_[0]}” "
            "Answer each one, then send it.",
        )
    strange = sorted(set(says) - set(known))
    if strange:
        return Unfit(
            "no_such_question",
            f"There is no question “{strange[0][:40]}”. Reload the page, then answer again.",
        )
    return None


def line_fits(line: str) -> Unfit | None:
    """What is wrong with the line that goes with the answers, or None."""
    if len(line) > LINE_CHARS:
        return Unfit(
            "line_too_long",
            f"Your line has {len(line)} characters; {LINE_CHARS} fit. Shorten it, then send it.",
        )
    return None


def watched_fits(watched_ms: int, duration_ms: int) -> Unfit | None:
    """What is missing of the clip before an answer counts, or None."""
    if watched_ms >= WATCHED_SHARE * duration_ms:
        return None
    left = -(-(duration_ms - max(0, watched_ms)) // 1000)
    return Unfit(
        "not_watched_yet",
        f"You have not watched the whole clip yet: {_count(left, 'second is', 'seconds are')} "
        "missing. Watch it to the end, then answer.",
    )


def moment_fits(moment_ms: int | None, duration_ms: int) -> Unfit | None:
    """What is wrong with the moment that an answer points at, or None."""
    if moment_ms is None or 0 <= moment_ms <= duration_ms:
        return None
    return Unfit(
        "no_such_moment",
        "The moment you marked is not within the clip. Mark it again, then send your answers.",
    )


def invitation_fits(
    wanted: Collection[object],
    already: int,
    new: int,
    unknown: Iterable[object],
    author: object,
    apart: Collection[object],
) -> Unfit | None:
    """What is wrong with inviting `wanted`, of whom `new` were not asked before, or None.

    `unknown` are those of them who have no account here (any more), `apart` those between whom and
    the author there is a block.
    """
    if not wanted:
        return Unfit("nobody_chosen", "Nobody was chosen. Choose at least one person to ask.")
    if author in wanted:
        return Unfit(
            "cannot_invite_oneself",
            "Nobody rehearses their own clip. Choose someone else to ask.",
        )
    if any(each in apart for each in wanted) or list(unknown):
        return Unfit(
            "cannot_be_invited",
            "One of the people you chose cannot be asked. Nobody was asked; choose again.",
        )
    if already + new > MOST_INVITED:
        return Unfit(
            "too_many_invited",
            f"A clip may be shown to {MOST_INVITED} people before it is public; {already} were "
            f"asked already. Choose at most {MOST_INVITED - already}.",
        )
    return None


def note_fits(note: str, what: str) -> Unfit | None:
    """What is wrong with a note or reason (already stripped), or None."""
    if not note:
        return Unfit(f"no_{what}", f"A {what} is needed. Write one in a sentence, then send it.")
    if len(note) > NOTE_CHARS:
        return Unfit(
            f"{what}_too_long",
            f"The {what} has {len(note)} characters; {NOTE_CHARS} fit. Shorten it, then send it.",
        )
    return None


def _with_line(said: str, line: str) -> str:
    return f"{said} and writes: “{line}”" if line else f"{said}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
