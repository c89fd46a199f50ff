"""`wardcast check CLIP`, `wardcast check --text FILE|-`, `wardcast redact CLIP -o OUT` and
`wardcast models …`: the check without a server.

Exit codes: 0 nothing found (or left), 1 something found (or left), 2 not checked, 3 not readable or
not written.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wardcast.check.clips.copying import small_copy
from wardcast.check.clips.examining import Looked, look
from wardcast.check.clips.gathering import Tools
from wardcast.check.clips.opening import (
    MOST_TEXT_BYTES,
    CannotRead,
    captions_in,
    hash_of,
    text_in,
    text_of,
)
from wardcast.check.examine import Material, Policy, examine_text
from wardcast.check.lexicon import Lexicon
from wardcast.check.policy import DEFAULT
from wardcast.check.policy_file import BadPolicy, parse
from wardcast.check.report import Report, unreadable
from wardcast.check.shown.bar import Bar
from wardcast.check.shown.data import as_json
from wardcast.check.shown.page import as_page
from wardcast.check.shown.sarif import as_sarif
from wardcast.check.shown.subject import Subject
from wardcast.check.shown.text import as_text
from wardcast.gate.limits import DEFAULT_LIMITS, Limits

CLEAN, FINDINGS, NOT_CHECKED, UNREADABLE = 0, 1, 2, 3
TEXT_CHANNELS = (
    "speech", "captions", "caption", "title", "script", "hashtags", "comment", "screen",
)  # fmt: skip
_SHOWN: Final[dict[str, Callable[[Report, Subject], str]]] = {
    "text": as_text, "json": as_json, "sarif": as_sarif, "html": as_page,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Means:
    """What a machine has for looking at clips: a recogniser's model, and how long one may be."""

    recogniser: Path | None = None
    limits: Limits = DEFAULT_LIMITS

    @property
    def reading(self) -> Limits:
        """The limits with which the commands look at a clip: they read its own subtitles too."""
        return replace(self.limits, text_tracks=True)


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wardcast check`."""
    parser.add_argument("clip", nargs="?", metavar="CLIP", help="a clip to check on every channel")
    parser.add_argument("--text", metavar="FILE", help="a text to check; - reads what is piped in")
    parser.add_argument(
        "--channel", choices=TEXT_CHANNELS, default="speech", help="where the text stands"
    )
    parser.add_argument("--format", choices=tuple(_SHOWN), default="text", help="how to tell it")
    add_words(parser)


def add_words(parser: argparse.ArgumentParser) -> None:
    """The options for what an author gives beside a clip."""
    parser.add_argument("--captions", metavar="F", help="the clip's captions: WebVTT or SRT")
    parser.add_argument("--script", metavar="F", help="what is said in it, word by word")
    parser.add_argument(
        "--own", action="append", default=[], metavar="NAME", help="a name that is no patient's"
    )
    parser.add_argument(
        "--my-voice", action="store_true", help="the voice that speaks most is the author's"
    )
    parser.add_argument("--place", default="", help="the author's own town: “Scranton, PA”")
    parser.add_argument(
        "--policy", metavar="FILE", help="a host's policy.toml: how much each kind weighs"
    )


def check(given: argparse.Namespace, means: Means) -> int:
    """Checks a clip or a text and tells what was found; returns the exit code."""
    if bool(given.clip) == bool(given.text):
        return complain(
            "Say what to check: wardcast check CLIP, or wardcast check --text FILE (--text - for "
            "a pipe)."
        )
    try:
        if given.clip:
            return _check_clip(given, means)
        return _check_text(given)
    except CannotRead as error:
        if given.format == "json":
            found = unreadable(error.code, error.detail)
            say(as_json(found, Subject(given.clip or given.text, {})))
        return complain(error.detail)
    except KeyboardInterrupt:
        return complain("Stopped: nothing was checked.")


def _check_text(given: argparse.Namespace) -> int:
    piped = given.text == "-"
    raw = sys.stdin.buffer.read(MOST_TEXT_BYTES + 1) if piped else b""
    text = text_of(raw, "What is piped in") if piped else text_in(Path(given.text))
    report = examine_text(
        text,
        channel=given.channel,
        lexicon=Lexicon.of(given.own),
        policy=policy_of(given),
        place=given.place,
    )
    name = "stdin" if piped else given.text
    say(_SHOWN[given.format](report, Subject(name, {given.channel: text})))
    return exit_code(report)


def _check_clip(given: argparse.Namespace, means: Means) -> int:
    bar = Bar(sys.stderr)
    try:
        looked = looked_at(given, means, bar)
        subject = _subject(given.clip, looked)
        if given.format == "html":
            tools = Tools(limits=means.reading, progress=bar)
            shown = as_page(looked.report, subject, small_copy(looked, tools))
        else:
            shown = _SHOWN[given.format](looked.report, subject)
    finally:
        bar.done()
    say(shown)
    return exit_code(looked.report)


def _subject(name: str, looked: Looked) -> Subject:
    begins, material = {}, looked.material
    if material.captions is not None:
        begins["captions"] = tuple((cue.offset, cue.start_ms) for cue in material.captions.cues)
    return Subject(name, material.texts(), material.duration_ms, begins, hash_of(looked.source))


def looked_at(given: argparse.Namespace, means: Means, bar: Bar) -> Looked:
    """The clip that was named, examined; raises `CannotRead` with the clip's name in front."""
    policy = policy_of(given)
    words = Material(
        script=text_in(Path(given.script)) if given.script else "",
        captions=captions_in(Path(given.captions)) if given.captions else None,
        own_voice=given.my_voice,
        lexicon=Lexicon.of(given.own),
        place=given.place,
    )
    try:
        tools = Tools(means.recogniser, means.reading, bar)
        return look(Path(given.clip), words, tools, policy)
    except CannotRead as error:
        raise CannotRead(error.code, named(given.clip, error.detail)) from error


def policy_of(given: argparse.Namespace) -> Policy:
    """The weights that were given, or those of the house; raises `CannotRead` for a file that is
    none."""
    if not given.policy:
        return DEFAULT
    try:
        return parse(text_in(Path(given.policy)))
    except BadPolicy as error:
        raise CannotRead("bad_policy", f"{given.policy}: {error}") from error


def named(clip: str, detail: str) -> str:
    """A sentence that says of which file it is."""
    return detail if clip in detail else f"{clip}: {detail}"


def exit_code(report: Report) -> int:
    """How the command ends by what it found."""
    codes = {"clean": CLEAN, "findings": FINDINGS, "not_checked": NOT_CHECKED}
    return codes.get(report.verdict, UNREADABLE)


def say(text: str) -> None:
    """Prints, whatever letters the terminal knows."""
    known = sys.stdout.encoding or "utf-8"
    print(text.encode(known, "backslashreplace").decode(known))


def complain(sentence: str) -> int:
    """Says what is wrong; answers the exit code for it."""
    print(sentence, file=sys.stderr)
    return UNREADABLE


def train_text(folders: list[str]) -> int:
    """Trains the model of context anew, on folders of labelled texts too."""
    from wardcast.check.detectors.by_context import MODEL
    from wardcast.check.making.training import Recipe, train

    missing = [name for name in folders if not Path(name).is_dir()]
    if missing:
        return complain(
            f"{missing[0]} is no folder. Give folders of *.jsonl files with text and spans."
        )
    count = train(Recipe(), [Path(name) for name in folders], MODEL)
    print(f"Trained on {count:,} texts: {MODEL} ({MODEL.stat().st_size // 1000} kB)")
    return CLEAN


def make_towns() -> int:
    """Makes the list of towns anew."""
    from wardcast.check.data import FOLDER
    from wardcast.check.making.towns import write

    print(f"{write(FOLDER / 'towns.tsv.gz'):,} towns")
    return CLEAN
