"""What the content credential of a version says."""

from urllib.parse import urlsplit

from wardcast.accounts import queries as accounts
from wardcast.accounts.values import CredentialCard, PersonCard
from wardcast.gate.credentials import Author, Statement
from wardcast.gate.edits import EditList
from wardcast.platform import config
from wardcast.posts.models import Version


def statement(row: Version, burned_in: str | None = None) -> Statement:
    """What is signed about a version: its author with what the host has checked of them, its hash,
    title, page and edits. `burned_in` is the language of captions in the picture."""
    base = config.current().base_url
    host = urlsplit(base).netloc
    author = accounts.people([row.post.author_id])[row.post.author_id]
    return Statement(
        title=row.title,
        author=_author(author, host),
        version=row.hash,
        host=host,
        address=f"{base}/v/{row.post_id}",
        edits=EditList.from_json(row.edits),
        burned_in=burned_in,
    )


def _author(person: PersonCard, host: str) -> Author:
    handle = f"@{person.handle}@{host}"
    if person.credential is None:
        return Author(person.name, handle)
    checked = person.credential.checked_at.date()
    return Author(person.name, handle, _called(person.credential), checked)


def _called(credential: CredentialCard) -> str:
    parts = (credential.profession, credential.specialty)
    what = ", ".join(part for part in parts if part)
    return f"{what[:1].upper()}{what[1:]}"
