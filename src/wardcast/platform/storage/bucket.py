"""A bucket of an S3-compatible service, by django-storages: it holds a copy of what is public.

A bucket knows no rename, so a folder fills file by file, playlists last: nothing leads to it until
it is whole. Withdrawn files are deleted. What caches may keep is told with each file: playlists
nothing without asking, everything else for a minute.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config as Client
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

from wardcast.platform.config import Bucket
from wardcast.platform.storage.where import Unreachable

_AT_ONCE = 8
_PLAYLIST = ".m3u8"
_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "jpg": "image/jpeg",
    "vtt": "text/vtt",
}
_CLIENT = {
    "connect_timeout": 5,
    "read_timeout": 20,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
    "max_pool_connections": _AT_ONCE + 2,
    # Services other than Amazon's do not all know the newer checksums.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


def hold(where: Bucket, folder: str, files: Mapping[str, Path]) -> None:
    """Makes a folder in the bucket hold exactly these files: sends what is missing, deletes what is
    too much. Raises `Unreachable`."""
    with _answers(where):
        there = _sizes(where, folder)
        wanted = {name: path for name, path in files.items() if _differs(path, there.get(name))}
        _send(where, folder, {k: v for k, v in wanted.items() if not k.endswith(_PLAYLIST)})
        _send(where, folder, {k: v for k, v in wanted.items() if k.endswith(_PLAYLIST)})
        if not files and there:
            _objects(where, folder).delete()  # a thousand a request


def folders(where: Bucket) -> set[str]:
    """The folders that it holds something of. Raises `Unreachable`."""
    prefix = f"{where.prefix}/" if where.prefix else ""
    with _answers(where):
        client = _storage(where).connection.meta.client
        pages = client.get_paginator("list_objects_v2").paginate(
            Bucket=where.name, Prefix=prefix, Delimiter="/"
        )
        found = [each["Prefix"] for page in pages for each in page.get("CommonPrefixes", ())]
    return {each.removeprefix(prefix).rstrip("/") for each in found}


def sweep(where: Bucket, older_than: datetime) -> None:
    """Gives up files that were sent in parts by somebody who was killed: they cost, unseen."""
    with _answers(where):
        client = _storage(where).connection.meta.client
        pages = client.get_paginator("list_multipart_uploads").paginate(
            Bucket=where.name, Prefix=where.prefix
        )
        for upload in [each for page in pages for each in page.get("Uploads", ())]:
            if upload["Initiated"] < older_than:
                client.abort_multipart_upload(
                    Bucket=where.name, Key=upload["Key"], UploadId=upload["UploadId"]
                )


def check(where: Bucket) -> None:
    """Raises `Unreachable` unless the bucket is there and open to us."""
    with _answers(where):
        _storage(where).connection.meta.client.head_bucket(Bucket=where.name)


class _Storage(S3Storage):  # type: ignore[misc]  # it has no types
    """Says of each file what it is and how long caches may keep it."""

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        ending = name.rpartition(".")[2]
        return {
            "CacheControl": "no-cache" if name.endswith(_PLAYLIST) else "public, max-age=60",
            "ContentType": _TYPES.get(ending, "application/octet-stream"),
        }


@lru_cache(maxsize=4)
def _storage(where: Bucket) -> _Storage:
    style = {"addressing_style": "path"} if where.endpoint else {}
    return _Storage(
        bucket_name=where.name,
        location=where.prefix,
        endpoint_url=where.endpoint or None,
        region_name=where.region or None,
        querystring_auth=False,
        file_overwrite=True,
        default_acl=None,
        client_config=Client(signature_version="s3v4", s3=style, **_CLIENT),
        transfer_config=TransferConfig(use_threads=False),  # the files of a folder go side by side
    )


@contextmanager
def _answers(where: Bucket) -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, OSError) as error:
        raise Unreachable(f"the bucket {where.name}: {error}") from error


def _objects(where: Bucket, folder: str) -> Any:
    prefix = "/".join(each for each in (where.prefix, folder) if each) + "/"
    return _storage(where).bucket.objects.filter(Prefix=prefix)


def _sizes(where: Bucket, folder: str) -> dict[str, int]:
    return {each.key.rpartition("/")[2]: each.size for each in _objects(where, folder)}


def _differs(path: Path, size: int | None) -> bool:
    return size is None or path.stat().st_size != size


def _send(where: Bucket, folder: str, files: Mapping[str, Path]) -> None:
    def send(name: str, path: Path) -> None:
        with path.open("rb") as stream:
            _storage(where).save(f"{folder}/{name}", File(stream, name=name))

    tasks: list[Callable[[], None]] = [partial(send, *each) for each in sorted(files.items())]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()
