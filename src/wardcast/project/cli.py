"""The `wardcast` command."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from wardcast.check import cli as check_cli
from wardcast.check import redact_cli
from wardcast.check.adapters import whisper
from wardcast.gate.limits import limits_for
from wardcast.platform import config
from wardcast.project import tree
from wardcast.project.lifeline import die_with_parent

_DOCS = Path("docs")


class _Parser(argparse.ArgumentParser):
    """A command's parser; `misused` is how it ends when it is called the wrong way."""

    misused = 2

    def error(self, message: str) -> NoReturn:
        """Says what is wrong with the call, and ends."""
        self.print_usage(sys.stderr)
        self.exit(self.misused, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardcast.project.settings")
    parser = argparse.ArgumentParser(
        prog="wardcast", description="Short video that clinicians can trust with their licence."
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=_Parser
    )
    for name, (help_, _) in _COMMANDS.items():
        command = commands.add_parser(name, help=help_, description=help_)
        if name == "run":
            command.add_argument("--no-demo", action="store_true", help="start with an empty house")
        if name == "models":
            command.add_argument(
                "action", choices=("list", "fetch", "train-text", "towns"), help="what to do"
            )
            command.add_argument(
                "name", nargs="*", help="which model to fetch, folders to train on"
            )
        if name in ("check", "redact"):
            command.misused = check_cli.UNREADABLE  # 2 says that something was not checked
        if name == "check":
            check_cli.add_check_arguments(command)
        if name == "redact":
            redact_cli.add_arguments(command)
        if name == "verify-proof":
            command.add_argument("where", help="the proof: a file, or its address")
            command.add_argument("--key", default="", help="the house's public key (hex)")
            command.add_argument("--since", default="", help="an older proof of the same notice")
            command.add_argument("--root", default="", help="a root of it that you kept (hex)")
            command.add_argument("--mine", default="", help="your own secret for it (hex)")
        if name in ("openapi", "permissions"):
            command.add_argument("--check", action="store_true", help="say whether it is fresh")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    return _COMMANDS[given.command][1](given)


def run(given: argparse.Namespace) -> int:
    """Prepares the data folder, then runs the whole product until Ctrl-C."""
    if not tree.port_is_free():
        print(
            f"Something else listens on port {tree.port()}. "
            f"Stop it, or choose another port: PORT={tree.port() + 1} make run",
            file=sys.stderr,
        )
        return 1
    if not _policy_holds():
        return 1
    fresh = not config.current().static.exists()
    prepare(given)
    children = [tree.web(), tree.worker()]
    if fresh and not given.no_demo:
        children.append(tree.demo())

    def ready() -> None:
        print(
            f"\n  Wardcast runs at http://localhost:{tree.port()}   (Ctrl-C stops it)\n", flush=True
        )

    return tree.supervise(children, ready)


def _policy_holds() -> bool:
    """Whether the host's table of weights can be used; says what is wrong with it, and what of it
    is less strict than by default."""
    from wardcast.check.policy_file import BadPolicy
    from wardcast.safety import weights

    where = config.current().policy
    try:
        for sentence in weights.told():
            print(f"{where}: {sentence}", file=sys.stderr)
    except BadPolicy as error:
        for sentence in error.because:
            print(f"{where}: {sentence}", file=sys.stderr)
        print("Nothing was started. Mend this file, or take it away.", file=sys.stderr)
        return False
    return True


def prepare(given: argparse.Namespace) -> int:
    """Brings the tables up to date and collects the web app's files."""
    from django.core.management import call_command

    from wardcast.pages import bundle

    config.current().data.mkdir(parents=True, exist_ok=True)
    _with_django()
    for database in ("default", "links"):
        call_command("migrate", database=database, verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    bundle.collect()
    return 0


def _with_django() -> None:
    """Sets Django up, which the check and the proof need not load."""
    import django

    django.setup()


def work(given: argparse.Namespace) -> int:
    """Does durable work until it is asked to stop; `run` starts this by itself."""
    if not _policy_holds():
        return 1
    die_with_parent()
    _with_django()
    from wardcast.project import worker

    return worker.main()


def demo(given: argparse.Namespace) -> int:
    """Fills the house with a fictional cast and clips that the project renders itself."""
    _with_django()
    from wardcast.project import demo as demo_

    return demo_.main()


def doctor(given: argparse.Namespace) -> int:
    """Says what is installed, which sandbox runs, what is off and how to turn it on."""
    from wardcast.project import doctor as doctor_

    return doctor_.main()


def models(given: argparse.Namespace) -> int:
    """Lists the recognisers of speech, fetches one, or makes the check's own data anew."""
    if given.action == "train-text":
        return check_cli.train_text(given.name)
    if given.action == "towns":
        return check_cli.make_towns()
    from wardcast.project import recognisers

    return recognisers.models(given.action, given.name[0] if given.name else "")


def check(given: argparse.Namespace) -> int:
    """Says what the confidentiality check finds in a clip or a text."""
    return check_cli.check(given, _means())


def redact(given: argparse.Namespace) -> int:
    """Writes a clip without what was chosen of what the check finds."""
    return redact_cli.redact(given, _means())


def _means() -> check_cli.Means:
    """What this machine has for looking at clips."""
    house = config.current()
    model = house.whisper_model
    return check_cli.Means(
        model if model and not whisper.missing(model) else None,
        limits_for(house.max_upload_bytes, house.max_clip_ms),
    )


def verify_proof(given: argparse.Namespace) -> int:
    """Checks the proof of a notice: 0 when it holds, 1 when it does not, 2 when it is none."""
    from wardcast.project import proofs

    return proofs.verify_file(
        given.where, key=given.key, since=given.since, root=given.root, mine=given.mine
    )


def openapi(given: argparse.Namespace) -> int:
    """Writes openapi.json from the code, or says whether it is fresh."""
    _with_django()
    from wardcast.project import generated

    return generated.keep(Path("openapi.json"), generated.openapi(), check=given.check)


def permissions(given: argparse.Namespace) -> int:
    """Writes docs/permissions.md from the policy, or says whether it is fresh."""
    _with_django()
    from wardcast.project import generated

    return generated.keep(_DOCS / "permissions.md", generated.permissions(), check=given.check)


_COMMANDS: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
    "run": ("run the whole product: web and worker, supervised", run),
    "prepare": ("bring tables and static files up to date", prepare),
    "work": ("do durable work (`run` starts this by itself)", work),
    "demo": ("fill the house with fictional people and clips", demo),
    "doctor": ("say what is installed, what is off and how to turn it on", doctor),
    "verify-proof": ("check the proof of a notice, offline", verify_proof),
    "check": ("check a clip or a text: check CLIP, or check --text FILE", check),
    "redact": ("write a clip without what the check finds: redact CLIP -o OUT --all", redact),
    "models": ("list recognisers of speech, fetch one (models fetch small), or train-text", models),
    "openapi": ("write openapi.json from the code", openapi),
    "permissions": ("write docs/permissions.md from the policy", permissions),
}

if __name__ == "__main__":
    sys.exit(main())
