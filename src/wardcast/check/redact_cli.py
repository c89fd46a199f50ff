"""`wardcast redact CLIP -o OUT`: a clip without what was found in it, examined again.

Exit codes: 0 written, and nothing is left; 1 something is left: what nobody chose (the file is
written), or what was to go (it is not); 2 written, and a channel is not checked; 3 not readable or
not written.
"""

import argparse
import io
import json
import signal
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from wardcast.check.cli import (
    FINDINGS,
    Means,
    add_words,
    complain,
    exit_code,
    looked_at,
    named,
    policy_of,
    say,
)
from wardcast.check.clips.examining import Looked
from wardcast.check.clips.gathering import Tools
from wardcast.check.clips.opening import CannotRead, text_in
from wardcast.check.clips.redacting import Redacted
from wardcast.check.clips.redacting import redact as redact_clip
from wardcast.check.clips.writing import CannotWrite, coming, fill, keep, need_a_place
from wardcast.check.redaction import UnknownFinding
from wardcast.check.shown.bar import Bar
from wardcast.check.shown.subject import Subject
from wardcast.check.shown.text import NOTHING, line, not_checked


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wardcast redact`."""
    parser.add_argument("clip", metavar="CLIP", help="the clip that something is taken out of")
    parser.add_argument("-o", "--out", metavar="OUT", required=True, help="the MP4 to write")
    parser.add_argument("--all", action="store_true", help="take out all that the check finds")
    parser.add_argument(
        "--findings", metavar="F",
        help="take these out: a report by `check --format json`, whole or shortened, or a list of "
        "ids",
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
    captions = out.with_suffix(Path(given.captions).suffix or ".vtt") if given.captions else None
    given_files = [clip, *(Path(f) for f in (given.captions, given.script, given.findings) if f)]
    try:
        for place in filter(None, (out, captions)):
            need_a_place(place, *given_files)
        wanted = None if given.all else ids_in(text_in(Path(given.findings)), given.findings)
        with _asked_to_end():
            return _redacted(given, means, wanted, captions)
    except UnknownFinding as error:
        return complain(_unknown(str(error.args[0]), given))
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


def ids_in(text: str, name: str) -> list[str]:
    """The ids of findings in a report's JSON, or in a JSON list of ids; raises `CannotRead`."""
    try:
        data = json.loads(text)
        found = data["findings"] if isinstance(data, dict) else data
        ids = [each["id"] if isinstance(each, dict) else each for each in found]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_report(name) from error
    if not all(isinstance(each, str) for each in ids):
        raise _no_report(name)
    if not ids:
        raise CannotRead(
            "nothing_chosen", f"{name} holds no finding, so nothing would be taken out."
        )
    return ids


def _no_report(name: str) -> CannotRead:
    return CannotRead(
        "no_report",
        f"{name} is neither a report nor a list of ids. Make one: wardcast check CLIP --format "
        f"json > {name}",
    )


def _unknown(because: str, given: argparse.Namespace) -> str:
    ids = because.removeprefix("The report holds no finding ").partition(".")[0]
    return (
        f"{given.clip} has no finding {ids}. Check it anew, with the same --captions and --script, "
        "and choose among what is found now."
    )


def _redacted(
    given: argparse.Namespace,
    means: Means,
    wanted: Collection[str] | None,
    captions: Path | None,
) -> int:
    out, bar = Path(given.out), Bar(sys.stderr)
    with coming(out) as new:
        try:
            looked = looked_at(given, means, bar)
            chosen = [each.id for each in looked.report.findings] if wanted is None else wanted
            tools = Tools(means.recogniser, means.limits, bar)
            done = redact_clip(looked, chosen, given.how, new, tools, policy_of(given))
        finally:
            bar.done()
        if done.holds:
            if captions is not None and done.captions is not None:
                _write_captions(captions, done)
            keep(new, out)
    say("\n".join(_told(done, looked, out, captions)))
    if not done.holds or done.remaining.left:
        return FINDINGS
    return exit_code(done.report)


def _write_captions(captions: Path, done: Redacted) -> None:
    assert done.captions is not None
    is_srt = captions.suffix.lower() == ".srt"
    text = done.captions.to_srt() if is_srt else done.captions.to_webvtt()
    with coming(captions) as new:
        fill(new, io.BytesIO(text.encode()))
        keep(new, captions)


def _told(done: Redacted, looked: Looked, out: Path, captions: Path | None) -> list[str]:
    """What was done, what is left, and what nobody looked at."""
    left = done.remaining
    subject = Subject(str(out), {}, looked.probe.duration_ms)
    if not done.holds:
        lines = [f"{out} was not written: what was to go can still be found in it."]
        lines += [line(each, subject) for each in left.against]
        if any(each.channel == "script" for each in left.against):
            lines.append(
                "Nobody knows when these words are said: give a --script that says word by word "
                "what is said, or cut them out yourself."
            )
        return lines
    count = len(done.finding_ids)
    lines = [
        f"{out} is written without {count} {'finding' if count == 1 else 'findings'}: "
        f"{len(done.edits.mutes)} in the sound, {len(done.edits.covers)} in the picture, and no "
        "metadata."
    ]
    if captions is not None:
        lines.append(f"{captions} holds its captions.")
    if left.left:
        lines.append("Examined again: this was not chosen and is still there.")
        lines += [line(each, subject) for each in left.left]
    else:
        lines.append(f"Examined again: {NOTHING[0].lower()}{NOTHING[1:]}")
    return lines + not_checked(done.report, subject)
