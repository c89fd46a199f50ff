"""`wardcast redact CLIP -o OUT`: a clip without what was found in it, examined again.

Exit codes: 0 written, and nothing is left; 1 something is left: what nobody chose (the file is
written), or what was to go (it is not); 2 written, and a channel is not checked; 3 not readable or
not written.
"""

import argparse
import io
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from wardcast.check.chosen import DROP, NotChosen, Wish, chosen, everything, wish_in
from wardcast.check.cli import (
    CLEAN,
    FINDINGS,
    NOT_CHECKED,
    Means,
    add_words,
    complain,
    looked_at,
    named,
    policy_of,
    say,
)
from wardcast.check.clips.examining import Looked
from wardcast.check.clips.gathering import Tools
from wardcast.check.clips.opening import CannotRead, hash_of, opened, text_in
from wardcast.check.clips.redacting import Redacted
from wardcast.check.clips.redacting import redact as redact_clip
from wardcast.check.clips.remaining import Remaining
from wardcast.check.clips.writing import CannotWrite, coming, fill, keep, need_a_place
from wardcast.check.finding import Finding
from wardcast.check.redaction import UnknownFinding
from wardcast.check.shown.bar import Bar
from wardcast.check.shown.subject import Subject
from wardcast.check.shown.text import NOTHING, line, not_checked, whose_voice
from wardcast.check.span import TimeSpan
from wardcast.check.transcript import Transcript
from wardcast.gate.edits import EditList


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wardcast redact`."""
    parser.add_argument("clip", metavar="CLIP", help="the clip that something is taken out of")
    parser.add_argument("-o", "--out", metavar="OUT", required=True, help="the MP4 to write")
    parser.add_argument("--all", action="store_true", help="take out all that the check finds")
    parser.add_argument(
        "--findings", metavar="F",
        help="take these out: a report by `check --format json`, shortened or with a `how` written "
        "into its findings, or a list of ids",
    )  # fmt: skip
    parser.add_argument(
        "--how", choices=("mute", "bleep"), default="mute", help="what takes the words' place"
    )
    add_words(parser)


def redact(given: argparse.Namespace, means: Means) -> int:
    """Writes the clip without the chosen findings; returns the exit code."""
    if given.all == bool(given.findings):
        return complain("Say what to take out: --all, or --findings FILE.")
    clip, out = Path(given.clip), Path(given.out)
    if out.suffix.lower() != ".mp4":
        return complain(f"What is written is an MP4: call it {out.with_suffix('.mp4')}.")
    captions = out.with_suffix((Path(given.captions).suffix if given.captions else "") or ".vtt")
    given_files = [clip, *(Path(f) for f in (given.captions, given.script, given.findings) if f)]
    try:
        for place in (out, *((captions,) if given.captions else ())):
            need_a_place(place, *given_files)
        with _asked_to_end():
            return _redacted(given, means, wish_of(given), captions)
    except UnknownFinding as error:
        return complain(_unknown(str(error.args[0]), given))
    except NotChosen as error:
        return complain(_not_chosen(given, error).detail)
    except CannotRead as error:
        return complain(named(given.clip, error.detail))
    except CannotWrite as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return complain("Stopped: nothing was written.")


@contextmanager
def _asked_to_end() -> Iterator[None]:
    """Meanwhile SIGTERM stops the command as Ctrl-C does, so that nothing half-written stays."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def wish_of(given: argparse.Namespace) -> Wish | None:
    """What the file of findings asks for, None where all is to go; raises `CannotRead`."""
    if given.all:
        return None
    name = given.findings
    try:
        wish = wish_in(text_in(Path(name)))
    except NotChosen as error:
        raise _not_chosen(given, error) from error
    if all(how == DROP for how in wish.hows.values()):
        nothing = "drops every finding" if wish.hows else "holds no finding"
        raise CannotRead("nothing_chosen", f"{name} {nothing}, so nothing would be taken out.")
    if wish.of and wish.of != hash_of(opened(Path(given.clip))):
        raise CannotRead(
            "another_clip", f"{name} was made of another clip than {given.clip}. {_make_one(given)}"
        )
    return wish


def _not_chosen(given: argparse.Namespace, error: NotChosen) -> CannotRead:
    sentence = f"{given.findings}: {error}"
    if not sentence.endswith("."):
        sentence = f"{sentence}. {_make_one(given)}"
    return CannotRead("not_chosen", sentence)


def _make_one(given: argparse.Namespace) -> str:
    return f"Make one: wardcast check {given.clip} --format json > {given.findings}"


def _unknown(ids: str, given: argparse.Namespace) -> str:
    return (
        f"{given.clip} has no finding {ids}. Check it anew, with the same --captions and --script, "
        "and choose among what is found now."
    )


def _redacted(
    given: argparse.Namespace,
    means: Means,
    wish: Wish | None,
    captions: Path,
) -> int:
    out, bar = Path(given.out), Bar(sys.stderr)
    with coming(out) as new:
        try:
            looked = looked_at(given, means, bar)
            wanted = everything(looked.report) if wish is None else chosen(wish, looked.report)
            tools = Tools(means.recogniser, means.reading, bar)
            done = redact_clip(looked, wanted, given.how, new, tools, policy_of(given))
        finally:
            bar.done()
        if done.holds:
            if done.captions is not None:
                need_a_place(captions, Path(given.clip))
                _write_captions(captions, done.captions)
            keep(new, out)
    say("\n".join(_told(done, looked, out, captions)))
    if not done.holds or done.remaining.left:
        return FINDINGS
    return NOT_CHECKED if done.report.not_checked else CLEAN


def _write_captions(place: Path, words: Transcript) -> None:
    text = words.to_srt() if place.suffix.lower() == ".srt" else words.to_webvtt()
    with coming(place) as new:
        fill(new, io.BytesIO(text.encode()))
        keep(new, place)


def _told(done: Redacted, looked: Looked, out: Path, captions: Path) -> list[str]:
    """What was done, what is left, and what nobody looked at. Times are those of the new clip."""
    left = _as_played(done.remaining, done.edits)
    subject = Subject(str(out), {}, looked.probe.duration_ms)
    if not done.holds:
        lines = [f"{out} was not written: what was to go can still be found in it."]
        lines += [line(each, subject) for each in left.against]
        if any(each.channel == "script" and each.time is None for each in left.against):
            lines.append(
                "Nobody knows when these words are said: give a --script that says word by word "
                "what is said, or cut them out yourself."
            )
        return lines
    lines = [_done(done, out)]
    if done.captions is not None:
        lines.append(f"{captions} holds its captions.")
    if left.spared:
        lines.append("This stays, as the file of findings says:")
        lines += [line(each, subject) for each in left.spared]
    if left.left:
        lines.append("Examined again: this was not chosen and is still there.")
        lines += [line(each, subject) for each in left.left]
        lines += whose_voice(done.report)
    else:
        lines.append(f"Examined again: {NOTHING[0].lower()}{NOTHING[1:]}")
    return lines + not_checked(done.report, subject)


def _done(done: Redacted, out: Path) -> str:
    count, cuts = len(done.finding_ids), len(done.edits.cuts)
    shorter = f", {cuts} cut out of both" if cuts else ""
    return (
        f"{out} is written without {count} {'finding' if count == 1 else 'findings'}: "
        f"{len(done.edits.mutes)} in the sound, {len(done.edits.covers)} in the picture{shorter}, "
        "and no metadata."
    )


def _as_played(left: Remaining, edits: EditList) -> Remaining:
    def moved(found: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(replace(each, time=_moved(each.time, edits)) for each in found)

    return Remaining(moved(left.against), moved(left.left), moved(left.spared))


def _moved(time: TimeSpan | None, edits: EditList) -> TimeSpan | None:
    if time is None:
        return None
    return TimeSpan(edits.edited_ms(time.start_ms), edits.edited_ms(time.end_ms))
