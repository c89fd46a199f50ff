"""How mail leaves the house, from one setting.

`WARDCAST_MAIL` is empty or `file` (written to a folder), `console`, or the address of a server:
`smtp://user:password@mail.example.org:587` (STARTTLS), `smtps://…:465` (TLS from the start), or
`smtp://localhost:25?plain` (neither: for a server on the same machine alone).
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

_DJANGO = "django.core.mail.backends"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Mail:
    """Django's mail settings. `sent` says whether anything leaves the machine."""

    backend: str
    folder: str = ""
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sent: bool = False


def read(setting: str, folder: Path) -> Mail:
    """The settings that `setting` means; raises ValueError where it means nothing."""
    if setting in ("", "file"):
        return Mail(f"{_DJANGO}.filebased.EmailBackend", folder=str(folder))
    if setting == "console":
        return Mail(f"{_DJANGO}.console.EmailBackend")
    address = urlsplit(setting)
    plain = address.query == "plain"
    if address.scheme not in ("smtp", "smtps") or not address.hostname:
        raise ValueError(
            "WARDCAST_MAIL is neither file, console nor an address such as "
            "smtp://user:password@mail.example.org:587. Set it to one of these."
        )
    if plain and address.hostname not in _LOCAL:
        raise ValueError(
            "WARDCAST_MAIL would send passwords' links unencrypted to another machine. "
            "Leave “?plain” out."
        )
    tls = address.scheme == "smtps"
    return Mail(
        f"{_DJANGO}.smtp.EmailBackend",
        host=address.hostname,
        port=address.port or (465 if tls else 587),
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
        starttls=not tls and not plain,
        tls=tls,
        sent=True,
    )
