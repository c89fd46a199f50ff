"""`wardcast verify-proof`: fetches a proof and says whether it holds."""

import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from wardcast.proof import verify

HOLDS, BROKEN, UNREADABLE = 0, 1, 2
_MOST_BYTES = 200_000_000
_SECONDS = 30


def verify_file(
    where: str, *, key: str = "", since: str = "", root: str = "", mine: str = ""
) -> int:
    """Checks the proof at an address or in a file. Exit code 0 when it holds, 1 when it does not,
    2 when there is nothing to check."""
    try:
        proof = verify.read(_fetch(where))
        before = verify.read(_fetch(since)) if since else None
    except (OSError, verify.Unreadable) as error:
        print(f"The proof cannot be read. {error}", file=sys.stderr)
        return UNREADABLE
    found = verify.check(proof, key=key, before=before, root=root, mine=mine)
    for line in found.wrong or found.holds:
        print(f"  {line}")
    if found.whole and not since and not root:
        print(f"  To see later that nothing was changed, keep this root: {proof['head']['root']}")
    print("The proof holds." if found.whole else "The proof does not hold.")
    return HOLDS if found.whole else BROKEN


def _fetch(where: str) -> bytes:
    if urlsplit(where).scheme in ("http", "https"):
        with urlopen(where, timeout=_SECONDS) as answer:  # noqa: S310  # the scheme was looked at
            data: bytes = answer.read(_MOST_BYTES)
        return data
    return Path(where).read_bytes()
