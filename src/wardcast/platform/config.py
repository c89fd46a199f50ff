"""What an operator can set, read once from the environment (`docs/operating.md` lists it)."""

import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from wardcast.platform.files import write_secret

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of an S3-compatible service; `endpoint` is empty for Amazon's own."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """The house's settings. Sizes are bytes, times milliseconds unless the name says otherwise."""

    data: Path
    base_url: str
    database_url: str
    links_url: str
    max_upload_bytes: int
    max_clip_ms: int
    open_uploads: int
    open_upload_bytes: int
    upload_hours: int
    words_days: int
    draft_words_days: int
    keep_days: int
    recall_ends_itself: bool
    recall_quiet_days: int
    check_share: float
    check_most: int
    comment_chars: int
    policy_named: Path | None
    whisper_named: Path | None
    store: Bucket | None
    media_url: str
    link_secret: str
    c2pa_cert: Path | None
    c2pa_key: Path | None
    c2pa_timestamps: str
    av1: bool
    push_local: bool
    debug: bool

    @property
    def whisper_model(self) -> Path | None:
        """The folder of the recogniser's model: the one that is named, else the one that came last
        into the data folder. Looked up each time, so that a model that comes is used at once."""
        here = (self.data / "models" / "whisper").glob("[!.]*")
        return self.whisper_named or max(here, key=lambda each: each.stat().st_mtime, default=None)

    @property
    def policy(self) -> Path | None:
        """The host's table of the check's weights: the one that is named, else `policy.toml` in the
        data folder, else None."""
        here = self.data / "policy.toml"
        return self.policy_named or (here if here.exists() else None)

    @property
    def vault(self) -> Path:
        """Sealed files; never under anything that is served."""
        return self.data / "vault"

    @property
    def public(self) -> Path:
        """The public store: one folder a published version, served as it is."""
        return self.data / "public"

    @property
    def withdrawn(self) -> Path:
        """Folders taken out of the public store."""
        return self.data / "withdrawn"

    @property
    def restricted(self) -> Path:
        """Links into the public store, for a file server that checks who may follow them."""
        return self.data / "restricted"

    @property
    def static(self) -> Path:
        """The web app's files, collected."""
        return self.data / "static"

    def master_key(self) -> bytes:
        """32 bytes that wrap every draft's key: `WARDCAST_MASTER_KEY` (hex), else a file."""
        given = os.environ.get("WARDCAST_MASTER_KEY", "")
        if given:
            return bytes.fromhex(given)
        return _kept(self.data / "keys" / "master.key", 32)

    def secret_key(self) -> str:
        """Django's secret: `WARDCAST_SECRET_KEY`, else a file."""
        given = os.environ.get("WARDCAST_SECRET_KEY", "")
        return given or _kept(self.data / "keys" / "secret.key", 48).hex()


@lru_cache(maxsize=8)
def _kept(path: Path, size: int) -> bytes:
    if path.exists():
        return path.read_bytes()
    return write_secret(path, secrets.token_bytes(size))


@lru_cache(maxsize=1)
def current() -> Config:
    """The settings of this process."""
    data = Path(os.environ.get("WARDCAST_DATA") or "data").absolute()
    port = os.environ.get("PORT") or "8000"
    database = os.environ.get("DATABASE_URL") or f"sqlite:///{data / 'wardcast.sqlite3'}"
    return Config(
        data=data,
        base_url=os.environ.get("WARDCAST_BASE_URL") or f"http://localhost:{port}",
        database_url=database,
        links_url=os.environ.get("WARDCAST_LINKS_URL") or _links_beside(database),
        max_upload_bytes=int(os.environ.get("WARDCAST_MAX_UPLOAD_MB") or 500) * MB,
        max_clip_ms=int(os.environ.get("WARDCAST_MAX_CLIP_SECONDS") or 180) * 1000,
        open_uploads=int(os.environ.get("WARDCAST_OPEN_UPLOADS") or 5),
        open_upload_bytes=int(os.environ.get("WARDCAST_OPEN_UPLOADS_MB") or 2000) * MB,
        upload_hours=int(os.environ.get("WARDCAST_UPLOAD_HOURS") or 24),
        words_days=int(os.environ.get("WARDCAST_WORDS_DAYS") or 30),
        draft_words_days=int(os.environ.get("WARDCAST_DRAFT_WORDS_DAYS") or 90),
        keep_days=int(os.environ.get("WARDCAST_KEEP_DAYS") or 365),
        recall_ends_itself=os.environ.get("WARDCAST_RECALL_ENDS_ITSELF") == "1",
        recall_quiet_days=int(os.environ.get("WARDCAST_RECALL_QUIET_DAYS") or 30),
        check_share=float(os.environ.get("WARDCAST_CHECK_SHARE") or 0.2),
        check_most=int(os.environ.get("WARDCAST_CHECK_MOST") or 400),
        comment_chars=2000,
        policy_named=_file(os.environ.get("WARDCAST_POLICY")),
        whisper_named=_file(os.environ.get("WARDCAST_WHISPER_MODEL")),
        store=bucket_named(os.environ.get("WARDCAST_STORE", "")),
        media_url=os.environ.get("WARDCAST_MEDIA_URL", "").rstrip("/"),
        link_secret=os.environ.get("WARDCAST_LINK_SECRET", ""),
        c2pa_cert=_file(os.environ.get("WARDCAST_C2PA_CERT")),
        c2pa_key=_file(os.environ.get("WARDCAST_C2PA_KEY")),
        c2pa_timestamps=os.environ.get("WARDCAST_C2PA_TIMESTAMPS", ""),
        av1=os.environ.get("WARDCAST_AV1") == "1",
        push_local=os.environ.get("WARDCAST_PUSH_LOCAL") == "1",
        debug=os.environ.get("WARDCAST_DEBUG") == "1",
    )


def bucket_named(address: str) -> Bucket | None:
    """The bucket that `s3://name/prefix?endpoint=https://…&region=…` names; None for none.

    Raises `ValueError` for what is no such address.
    """
    if not address:
        return None
    found = urlsplit(address)
    said = dict(parse_qsl(found.query, strict_parsing=bool(found.query)))
    if found.scheme != "s3" or not found.netloc or said.keys() - {"endpoint", "region"}:
        raise ValueError(
            f"WARDCAST_STORE is {address!r}. Write s3://bucket, s3://bucket/prefix or "
            "s3://bucket?endpoint=https://host&region=name, or leave it out."
        )
    return Bucket(
        name=found.netloc,
        prefix=found.path.strip("/"),
        endpoint=said.get("endpoint", "").rstrip("/"),
        region=said.get("region", ""),
    )


def _file(named: str | None) -> Path | None:
    return Path(named).absolute() if named else None


def _links_beside(database: str) -> str:
    """The database that pairs people and devices with viewer numbers: a file or a name apart."""
    if database.startswith("sqlite"):
        folder, _, _ = database.rpartition("/")
        return f"{folder}/links.sqlite3"
    address, question, query = database.partition("?")
    return f"{address}_links{question}{query}"
