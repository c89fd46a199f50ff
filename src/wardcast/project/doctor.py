"""`wardcast doctor`: what is installed, what is off, and how to turn it on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import django

from wardcast.check.adapters import faces, reader, speakers, whisper
from wardcast.check.policy_file import BadPolicy
from wardcast.gate import encoders
from wardcast.gate.sandbox import Tier, detect
from wardcast.platform import config, signing, storage
from wardcast.platform.storage.where import Unreachable
from wardcast.project import tree
from wardcast.safety import weights

State = Literal["on", "off", "broken"]
_SIGN = {"on": "ok ", "off": "off", "broken": "!! "}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` says what to do, empty when nothing is needed."""

    state: State
    what: str
    says: str
    remedy: str = ""


def main() -> int:
    """Prints the findings; exit code 1 when something without which nothing works is broken."""
    found = list(examine())
    for each in found:
        print(f"{_SIGN[each.state]}  {each.what}: {each.says}")
        if each.remedy:
            print(f"       → {each.remedy}")
    return 1 if any(each.state == "broken" for each in found) else 0


def examine() -> Iterator[Finding]:
    """Looks at each thing in turn."""
    yield Finding("on", "Python", f"{sys.version.split()[0]}, Django {django.get_version()}")
    yield _data()
    yield _database()
    yield _program("ffmpeg", "-version", "clips cannot be taken in: uploads are refused")
    yield _sandbox()
    yield _av1()
    yield _program(
        "chromium", "--version", "tests in a real browser, and screenshots", needed=False
    )
    yield _web_app()
    yield _site()
    yield _credentials()
    yield _letters()
    yield _speech()
    yield _sight("Words in the picture", reader.missing(), "are read where they change")
    yield _sight("Faces", faces.missing(), "are found and followed; whose they are is asked")
    yield _sight("Voices", speakers.missing(), "are told apart; whose they are is asked")
    yield _weights()
    yield _store()
    yield _for_followers()
    yield _mail()


def _speech() -> Finding:
    folder = config.current().whisper_model
    if folder is None:
        return Finding(
            "off",
            "Speech recognition",
            "there is no model, so speech is checked by a typed English script alone",
            "wardcast models fetch small (484 MB), or copy a faster-whisper model into "
            f"{config.current().data / 'models' / 'whisper'}/NAME.",
        )
    if lacking := whisper.missing(folder):
        return Finding(
            "off",
            "Speech recognition",
            f"{folder} is no whole model: it lacks {', '.join(lacking)}",
            "Copy the model's folder again, all of it, or call `wardcast models fetch`.",
        )
    return Finding(
        "on",
        "Speech recognition",
        f"{folder.name} hears what is said: the check reads it, and captions are proposed",
    )


def _sight(what: str, lacking: tuple[str, ...], says: str) -> Finding:
    if not lacking:
        return Finding("on", what, says)
    return Finding(
        "off",
        what,
        f"count as not checked, since {', '.join(lacking)} is not installed",
        "make setup. Until then two clinicians attest each clip.",
    )


def _weights() -> Finding:
    what, where = "Policy of the check", config.current().policy
    try:
        told = weights.told()
    except BadPolicy as error:
        remedy = "Mend this file, or take it away: until then the house does not start."
        return Finding("broken", what, f"{where}: {' '.join(error.because)}", remedy)
    if where is None:
        return Finding("on", what, "the default weights")
    return Finding("on", what, f"{where}: {' '.join(told) or 'the default weights'}")


def _data() -> Finding:
    folder = config.current().data
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        return Finding(
            "broken",
            "Data folder",
            f"{folder} cannot be written",
            "Set WARDCAST_DATA to one that can.",
        )
    free = shutil.disk_usage(folder).free // config.MB
    return Finding("on", "Data folder", f"{folder}, {free:,} MB free")


def _database() -> Finding:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardcast.project.settings")
    django.setup()
    kinds = []
    for alias in ("default", "links"):
        connection = connections[alias]
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError as error:
            return Finding(
                "broken",
                "Database",
                f"{alias} does not answer ({type(error).__name__})",
                "Check DATABASE_URL and WARDCAST_LINKS_URL.",
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return Finding("off", "Database", "tables are not up to date", "wardcast prepare")
        kinds.append(f"{alias} on {connection.display_name}")
    return Finding("on", "Database", ", ".join(kinds))


def _program(name: str, flag: str, lost: str, *, needed: bool = True) -> Finding:
    where = shutil.which(name)
    if not where:
        return Finding(
            "broken" if needed else "off", name, f"not installed: {lost}", f"apt-get install {name}"
        )
    said = subprocess.run([where, flag], capture_output=True, text=True, timeout=20, check=False)
    return Finding("on", name, (said.stdout.splitlines() or ["installed"])[0][:70])


def _sandbox() -> Finding:
    status = detect()
    if status.tier is Tier.NONE:
        return Finding("broken", "Sandbox", status.reason, status.remedy)
    return Finding("on", "Sandbox", f"{status.tier.name.lower()}: {status.reason}", status.remedy)


def _av1() -> Finding:
    what, wanted = "AV1", config.current().av1
    if not encoders.has_av1():
        lost = "clips get H.264 alone: this ffmpeg has no libsvtav1"
        remedy = "Install Debian's ffmpeg (apt-get install ffmpeg)."
        return Finding("broken" if wanted else "off", what, lost, remedy)
    if not wanted:
        says = "the encoder is there; clips get H.264 alone"
        remedy = "WARDCAST_AV1=1 makes each size in AV1 too: about half the bytes, more work."
        return Finding("off", what, says, remedy)
    return Finding("on", what, "each finished clip gets its sizes in AV1 too, by SVT-AV1")


def _web_app() -> Finding:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardcast.project.settings")
    from wardcast.pages import bundle

    if bundle.entry() is None:
        return Finding("broken", "Web app", "not built", "make setup")
    return Finding("on", "Web app", "built")


def _site() -> Finding:
    if tree.answers():
        return Finding("on", "Site", f"answers at http://localhost:{tree.port()}")
    return Finding("off", "Site", f"nothing answers on port {tree.port()}", "make run")


def _credentials() -> Finding:
    """Signs a few bytes and reads them back, so that what is said here is what would happen."""
    what, remedy = "Content credentials", "See “Content credentials” in docs/operating.md."
    try:
        by = signing.try_out()
    except signing.CannotSign as error:
        return Finding(
            "broken", what, f"nothing can be signed or published: {error.because}", remedy
        )
    whose = "a certificate of yours" if by.brought else "this house's own certificate"
    says = f"clips are signed by {by.name}, with {whose}, until {by.ends_at:%d %b %Y}"
    if by.brought:
        return Finding("on", what, says)
    root = f"{config.current().base_url}/.well-known/wardcast-ca.pem"
    return Finding("on", what, says, f"Readers trust it once they have {root}")


_SCRIPTS = (
    ("dejavu/DejaVuSans.ttf", "fonts-dejavu-core", "Latin, Greek, Cyrillic, Arabic and Hebrew"),
    ("noto/NotoSansDevanagari-Regular.ttf", "fonts-noto-core", "most other scripts"),
    ("noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk", "Chinese, Japanese and Korean"),
)


def _letters() -> Finding:
    """What captions can be written into a picture with."""
    what, fonts = "Captions in the picture", Path("/usr/share/fonts")
    kinds = ("truetype", "opentype")
    found = {name: any((fonts / kind / name).exists() for kind in kinds) for name, _, _ in _SCRIPTS}
    have = [scripts for name, _, scripts in _SCRIPTS if found[name]]
    lack = [package for name, package, _ in _SCRIPTS if not found[name]]
    remedy = f"For more: apt-get install {' '.join(lack)}" if lack else ""
    if not have:
        return Finding("off", what, "Latin letters alone", remedy)
    return Finding("on", what, f"in {', '.join(have)}", remedy)


def _store() -> Finding:
    where = config.current().store
    if where is None:
        return Finding("on", "Public clips", f"lie in {config.current().public}")
    try:
        storage.check()
    except Unreachable as error:
        remedy = "Check WARDCAST_STORE and the AWS_* credentials (docs/operating.md)."
        return Finding("broken", "Public clips", str(error), remedy)
    return Finding("on", "Public clips", f"are copied to the bucket {where.name}")


def _for_followers() -> Finding:
    what = "Clips for followers"
    if config.current().link_secret:
        return Finding("on", what, "have addresses that run out, which a file server checks")
    says = "have the addresses of the public store, which last until they are taken back"
    return Finding("off", what, says, "Put nginx in front (deploy/nginx.conf).")


def _mail() -> Finding:
    from django.conf import settings

    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Finding("on", "Mail", f"by {settings.EMAIL_HOST}")
    return Finding(
        "off",
        "Mail",
        f"written to {config.current().data / 'mail'}, not sent",
        "Name a mail server (docs/operating.md).",
    )
