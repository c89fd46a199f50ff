"""The public store: a published version's files, in one folder under an unguessable id.

They lie on this machine's disk, from where the file server gives them out. Where the operator names
a bucket (`WARDCAST_STORE`), it holds a copy of what is public, and addresses lead there. The disk
decides: `mirror` makes the bucket agree with it.
"""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from wardcast.platform import config
from wardcast.platform.http import Unavailable
from wardcast.platform.storage import links, local
from wardcast.platform.storage.where import Unreachable, address

_LOG = logging.getLogger("wardcast.storage")

MOUNT = "/media"
"""The path under which this machine serves the public store."""


def publish(files: Iterable[tuple[str, BinaryIO]], folder: str | None = None) -> str:
    """Copies the files into a new public folder and gives its id; all of them or none.

    With `folder` it is idempotent: a folder that is already public is left as it is. Two at once do
    not meet: each writes a folder of its own, and the second to finish finds the first one's.
    Raises `Unavailable` when the bucket does not take them; what it took leads nowhere, and the
    next try finds it.
    """
    folder = local.publish(files, folder)
    try:
        mirror(folder)
    except Unreachable as error:
        raise _unavailable("published") from error
    return folder


def add(folder: str, files: Iterable[tuple[str, BinaryIO]]) -> bool:
    """Adds files to a public folder, each whole, in the order given and only once all are here;
    what lies there under such a name is replaced. False when the folder is not (or no longer)
    public. Raises `Unavailable` when the bucket does not take them: do it again."""
    if not local.add(folder, files):
        return False
    try:
        mirror(folder)
    except Unreachable as error:
        raise _unavailable("published") from error
    return True


def withdraw(folder: str, *, here: bool = False) -> bool:
    """Takes a folder out of the public store, or off this machine's disk alone; doing it twice is
    fine. False while the bucket still holds it, since it does not answer: then call `mirror` until
    it does."""
    local.withdraw(folder)
    if here:
        return True
    try:
        mirror(folder)
    except Unreachable:
        _LOG.exception("folder %s is withdrawn here, and not yet from the bucket", folder)
        return False
    return True


def restore(folder: str) -> None:
    """Puts a withdrawn folder back on the disk; `mirror` brings it to the bucket, which takes
    longer. Doing it twice is fine."""
    local.restore(folder)


def discard(folder: str) -> None:
    """Deletes a folder's files, public or withdrawn. Raises `Unavailable` when the bucket does not
    answer."""
    local.discard(folder)
    try:
        mirror(folder)
    except Unreachable as error:
        raise _unavailable("deleted") from error


def mirror(folder: str) -> None:
    """Makes the bucket agree with the disk about a folder. Raises `Unreachable`."""
    if where := config.current().store:
        from wardcast.platform.storage import bucket  # half a second, which few houses need

        bucket.hold(where, folder, local.files(folder))


def amiss(live: Collection[str], gone: Collection[str]) -> set[str]:
    """Those folders about which the bucket does not say the same: live ones that it lacks, and
    others that it still holds. Raises `Unreachable`."""
    where = config.current().store
    if where is None:
        return set()
    from wardcast.platform.storage import bucket

    held = bucket.folders(where)
    return (set(live) - held) | (set(gone) & held)


def sweep(older_than: datetime) -> None:
    """Removes what publications that were killed have left unfinished before that moment."""
    local.sweep(older_than)
    if where := config.current().store:
        from wardcast.platform.storage import bucket

        bucket.sweep(where, older_than)


def check() -> None:
    """Raises `Unreachable` unless the bucket, where there is one, is there and open to us."""
    if where := config.current().store:
        from wardcast.platform.storage import bucket

        bucket.check(where)


def path(folder: str, name: str) -> Path | None:
    """Where a public file lies on the disk, or None when it is not (or no longer) public."""
    return local.path(folder, name)


def url(folder: str, name: str) -> str:
    """The address of a public file."""
    return f"{base()}/{folder}/{name}"


def base() -> str:
    """What addresses of public files begin with: the bucket's or the operator's, else our own."""
    house = config.current()
    if house.media_url:
        return house.media_url
    return address(house.store) if house.store else MOUNT


def elsewhere() -> str:
    """The origin that public files come from (`https://host`); empty when it is our own."""
    found = urlsplit(base())
    return f"{found.scheme}://{found.netloc}" if found.netloc else ""


def restricted_url(folder: str, name: str) -> str | None:
    """The address of a file for those who may see it, to be signed by `sign` before it leaves; None
    where no file server checks such addresses."""
    house = config.current()
    if not house.link_secret:
        return None
    return links.address(
        links.lead(house.restricted, house.public, house.link_secret, folder), name
    )


def sign(text: bytes, now: datetime) -> bytes:
    """JSON whose restricted addresses can be used for the next minutes."""
    return links.signed(text, config.current().link_secret, now)


def _unavailable(what: str) -> Unavailable:
    return Unavailable(
        "store_unreachable",
        f"The bucket that holds the public clips does not answer, so this could not be {what}. "
        "Try again in a minute; if it stays so, tell whoever runs this house.",
    )
