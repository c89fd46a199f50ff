"""Addresses that run out, which a file server checks by itself (nginx's `secure_link`).

    /restricted/<signature>/<expires>/<folder>/<file>

The folder is not the one in the public store but a name made from it, which leads nowhere without a
signature: `restricted/` holds a link from the one to the other. The signature covers folder and
time, so that the names in a playlist need none of their own. The time is rounded to the minute: all
who are served in it get the same address.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from contextlib import suppress
from datetime import datetime
from pathlib import Path

PREFIX = "/restricted"
LASTS_MINUTES = 5
"""At most; between four and five, since the time is rounded."""

_UNSIGNED = re.compile(rb'"' + PREFIX.encode() + rb"/([A-Za-z0-9_-]{16,64})/")
_MINUTE = 60


def alias(secret: str, folder: str) -> str:
    """The name under which a public folder is served to those who may see it."""
    made = hmac.digest(secret.encode(), f"folder {folder}".encode(), "sha256")
    return urlsafe_b64encode(made[:24]).decode()


def lead(links: Path, public: Path, secret: str, folder: str) -> str:
    """Has `links` lead to a public folder; answers the name there."""
    name = alias(secret, folder)
    link = links / name
    if not link.is_symlink():
        links.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another has made it meanwhile
            link.symlink_to(Path("..") / public.name / folder)
    return name


def address(name: str, file: str) -> str:
    """The address of a file, not signed yet."""
    return f"{PREFIX}/{name}/{file}"


def signed(text: bytes, secret: str, now: datetime) -> bytes:
    """JSON with its unsigned addresses signed; everything else stays as it is."""
    if _UNSIGNED.search(text) is None:
        return text
    expires = (int(now.timestamp()) // _MINUTE + LASTS_MINUTES) * _MINUTE

    def sign(found: re.Match[bytes]) -> bytes:
        name = found[1].decode()
        return f'"{PREFIX}/{signature(secret, name, expires)}/{expires}/{name}/'.encode()

    return _UNSIGNED.sub(sign, text)


def signature(secret: str, name: str, expires: int) -> str:
    """What nginx makes of `secure_link_md5 "$secure_link_expires/$folder SECRET"`. Its hash is MD5;
    with the secret behind the message nobody can lengthen one."""
    made = hashlib.md5(f"{expires}/{name} {secret}".encode(), usedforsecurity=False).digest()
    return urlsafe_b64encode(made).decode().rstrip("=")
