"""``python -m wardcast.gate FILE…``: print each file's probe, or why it is refused, as JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from wardcast.gate.errors import GateError
from wardcast.gate.probe import probe
from wardcast.gate.source import PathSource


def main(paths: list[str]) -> int:
    """Probe the files in turn; the status is 1 if any was refused and 2 without a file."""
    if not paths:
        print("usage: python -m wardcast.gate FILE…", file=sys.stderr)
        return 2
    refused = 0
    for path in paths:
        try:
            answer: dict[str, object] = {"file": path, **asdict(probe(PathSource(Path(path))))}
        except GateError as error:
            refused = 1
            answer = {"file": path, "code": error.code, "detail": error.detail, "log": error.log}
        print(json.dumps(answer, indent=2, ensure_ascii=False))
    return refused


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
