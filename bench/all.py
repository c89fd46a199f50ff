"""Runs every benchmark and draws the table. Exit code 1 when a figure does not hold."""

import json
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_NOT_BENCHMARKS = {
    "drawing.py",
    "labelled.py",
    "rivals.py",
    "scoring.py",
    "all.py",
    "bare.py",
    "figures.py",
    "talking.py",
    "watching.py",
}


def main() -> int:
    figures = []
    broken = []
    for script in sorted(_HERE.glob("*.py")):
        if script.name in _NOT_BENCHMARKS:
            continue
        print(f"… {script.name}", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, script], stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            broken.append(script.name)
        for line in done.stdout.splitlines():
            if line.startswith("{"):
                print(line, flush=True)
                figures.append(json.loads(line))
    _draw(figures)
    for name in broken:
        print(f"{name} did not run to its end", file=sys.stderr)
    return 1 if broken or not all(figure["holds"] for figure in figures) else 0


def _draw(figures: list[dict[str, object]]) -> None:
    print(f"\n{'figure':52} {'value':>12} {'baseline':>12} {'ratio':>8}  {'goal':18} holds")
    for figure in figures:
        value = f"{figure['value']:,} {figure['unit']}"
        print(
            f"{figure['name']:52} {value:>12} {figure['baseline']:>12,} {figure['ratio']:>8}  "
            f"{figure['goal']:18} {'yes' if figure['holds'] else 'NO'}"
        )


if __name__ == "__main__":
    sys.exit(main())
