"""Files that the code writes: the API's description and the table of permissions."""

import json
import sys
from pathlib import Path

from wardcast.platform import policy


def keep(path: Path, text: str, *, check: bool) -> int:
    """Writes `text`, or with `check` says whether the file holds it (exit code 1 if not)."""
    if not check:
        path.write_text(text, encoding="utf-8")
        return 0
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return 0
    print(f"{path} is older than the code. Write it again: make fix", file=sys.stderr)
    return 1


def openapi() -> str:
    """The API's description, as JSON."""
    from wardcast.project.urls import api

    return json.dumps(api.get_openapi_schema(path_prefix="/api/"), indent=1, sort_keys=True) + "\n"


def permissions() -> str:
    """The policy as a table that people read."""
    lines = [
        "# Who may do what",
        "",
        "Written from the policy by `make fix`; do not edit. What no row allows is denied, and",
        "a row that forbids wins over every row that allows.",
    ]
    kind = ""
    for row in policy.rows():
        if row.kind != kind:
            kind = row.kind
            lines += ["", f"## {kind}", "", "| verb | who | | because |", "|---|---|---|---|"]
        who = ", ".join(role for role in policy.ROLES if role in row.roles)
        effect = "may not" if row.effect == "forbid" else "may, for some" if row.when else "may"
        lines.append(f"| {row.verb} | {who} | {effect} | {row.reason} |")
    return "\n".join(lines) + "\n"
