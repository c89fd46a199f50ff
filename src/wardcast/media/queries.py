"""What others read of assets, renders and publications."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from uuid import UUID

from wardcast.gate.edits import EditList
from wardcast.gate.plan import CLIP, POSTER
from wardcast.gate.probe import Tag
from wardcast.gate.render import MASTER
from wardcast.media import covers
from wardcast.media.measured import tags_from_bytes
from wardcast.media.models import Asset, Publication, Render
from wardcast.media.rules import PIECE
from wardcast.media.values import AssetView, File, MediaUrls, Refusal, RenderView, TrackUrl
from wardcast.platform import storage, vault
from wardcast.platform.http import NotFound

GUARDED = "/api/v1/media/versions"
CLIPS = "/clips"
"""Public MP4s are served by a view that answers ranges; the rest by the file server."""


def asset(asset_id: UUID) -> AssetView:
    """An asset; raises `NotFound`."""
    found = assets([asset_id]).get(asset_id)
    if found is None:
        raise NotFound("clip")
    return found


def assets(ids: Iterable[UUID]) -> dict[UUID, AssetView]:
    """Assets by id; those that are gone are left out."""
    return {row.pk: _asset(row) for row in Asset.objects.filter(pk__in=list(ids))}


def tags(asset_id: UUID) -> tuple[Tag, ...]:
    """The container's tags of an original that was measured: sensitive, keep them sealed."""
    row = Asset.objects.get(pk=asset_id)
    return tags_from_bytes(vault.read(row.tags_ref)) if row.tags_ref else ()


def captions(asset_id: UUID) -> str:
    """A caption track's WebVTT."""
    row = Asset.objects.get(pk=asset_id, kind=Asset.Kind.CAPTIONS)
    return vault.read(row.sealed_ref).decode()


def render(render_id: UUID) -> RenderView:
    """A render; raises `NotFound`."""
    found = renders([render_id]).get(render_id)
    if found is None:
        raise NotFound("rendered clip")
    return found


def renders(ids: Iterable[UUID]) -> dict[UUID, RenderView]:
    """Renders by id."""
    return {row.pk: _render(row) for row in Render.objects.filter(pk__in=list(ids))}


def render_of(asset_id: UUID, edits: EditList) -> RenderView | None:
    """The render of an original with these edits, if it was ever asked for."""
    row = Render.objects.filter(asset=asset_id, edits=edits.to_json()).first()
    return _render(row) if row else None


def renders_of(made: Iterable[tuple[UUID, EditList]]) -> dict[tuple[UUID, EditList], RenderView]:
    """Renders by original and edits, those that were ever asked for."""
    wanted = {(asset_id, edits.to_json()): edits for asset_id, edits in made}
    rows = Render.objects.filter(asset__in={asset_id for asset_id, _ in wanted})
    return {
        (row.asset_id, wanted[row.asset_id, row.edits]): _render(row)
        for row in rows
        if (row.asset_id, row.edits) in wanted
    }


def file(render_id: UUID, name: str) -> File:
    """One file of a render; raises `NotFound`."""
    known = Render.objects.filter(pk=render_id).values_list("files", flat=True).first() or {}
    if name not in known:
        raise NotFound("file")
    return File(**known[name])


def poster(render_id: UUID, cover_ms: int | None) -> File:
    """The picture that stands for a render: the one that was chosen, once it is taken, else the one
    that the gate chose; raises `NotFound`."""
    chosen = covers.of([(render_id, cover_ms)]) if cover_ms is not None else {}
    taken = next(iter(chosen.values()), None)
    return taken.file if taken and taken.file else file(render_id, POSTER)


def play_range(render_id: UUID, name: str, start: int, end: int) -> bytes:
    """Bytes `start` up to, and without, `end` of a render's file, unsealed; at most 1 MiB."""
    return read_part(file(render_id, name), start, end)


def read_part(found: File, start: int, end: int) -> bytes:
    """Bytes `start` up to, and without, `end` of a sealed file, unsealed; at most 1 MiB."""
    if not 0 <= start <= end or end - start > PIECE:
        raise ValueError(f"at most {PIECE} bytes at a time, not {start} to {end}")
    return vault.read(found.ref, start, end - start)


def published_urls(version_id: UUID) -> MediaUrls:
    """Where a version is played from; raises `NotFound` unless it is public now."""
    found = urls_of([version_id]).get(version_id)
    if found is None:
        raise NotFound("public clip")
    return found


def guarded_url(version_id: UUID, name: str) -> str:
    """Where one file of a version is had by who may play it, whether it is public or not. Unlike
    the public address, it leads to no other file."""
    return f"{GUARDED}/{version_id}/{name}"


def urls_of(
    version_ids: Iterable[UUID], *, for_some: Collection[UUID] = frozenset()
) -> dict[UUID, MediaUrls]:
    """Where versions are played from; those that are not public now are left out.

    `for_some` are versions that not everyone may see: where a file server checks signed addresses,
    theirs must be signed (`storage.sign`) before they leave, and run out.
    """
    live = Publication.objects.filter(
        version_id__in=list(version_ids), state=Publication.State.LIVE
    )
    found = {}
    for version_id, folder, rows, av1 in live.values_list("version_id", "folder", "tracks", "av1"):
        tracks = tuple(map(tuple, rows))
        found[version_id] = (
            version_id in for_some and _restricted(version_id, folder, tracks, av1)
        ) or _urls(folder, tracks, av1)
    return found


def signed_by(version_id: UUID) -> str:
    """Who has signed the public MP4 of a version, as readers of content credentials show it; empty
    when nobody has, or it is not public now."""
    live = Publication.objects.filter(version_id=version_id, state=Publication.State.LIVE)
    return live.values_list("signed_by", flat=True).first() or ""


@lru_cache(maxsize=4096)
def _urls(folder: str, tracks: tuple[tuple[str, bool, str], ...], av1: bool) -> MediaUrls:
    return MediaUrls(
        hls=storage.url(folder, MASTER),
        mp4=storage.url(folder, CLIP) if storage.elsewhere() else f"{CLIPS}/{folder}/{CLIP}",
        poster=storage.url(folder, POSTER),
        # Browsers take captions of another origin for a video of that origin alone.
        captions=tuple(
            TrackUrl(language, spoken, f"{storage.MOUNT}/{folder}/{file}")
            for language, spoken, file in tracks
        ),
        av1=av1,
    )


def _restricted(
    version_id: UUID, folder: str, tracks: tuple[tuple[str, bool, str], ...], av1: bool
) -> MediaUrls | None:
    """Addresses that run out, or None where no file server checks them. Players whose playlist has
    run out turn to the MP4: its address does not, and is asked for by who may play it."""
    hls = storage.restricted_url(folder, MASTER)
    if hls is None:
        return None
    return MediaUrls(
        hls=hls,
        mp4=guarded_url(version_id, CLIP),
        poster=guarded_url(version_id, POSTER),
        captions=tuple(
            TrackUrl(language, spoken, storage.restricted_url(folder, file) or "")
            for language, spoken, file in tracks
        ),
        av1=av1,
    )


def _asset(row: Asset) -> AssetView:
    probe = row.probe or {}
    refused = row.state == Asset.State.REFUSED
    return AssetView(
        id=row.pk,
        owner_id=row.owner_id,
        kind=row.kind,
        name=row.name,
        size=row.size,
        sha256=row.sha256,
        state=row.state,
        duration_ms=probe.get("duration_ms"),
        has_audio=probe.get("audio_codec") is not None if probe else True,
        truncated=bool(probe.get("truncated")),
        refusal=Refusal(row.refusal_code, row.refusal_detail) if refused else None,
        created_at=row.created_at,
    )


def _render(row: Render) -> RenderView:
    failed = row.state == Render.State.FAILED
    return RenderView(
        id=row.pk,
        asset_id=row.asset_id,
        edits=EditList.from_json(row.edits),
        state=row.state,
        duration_ms=row.duration_ms,
        width=row.width,
        height=row.height,
        hash=row.clip_sha256,
        files={name: File(**kept) for name, kept in row.files.items()},
        blurhash=row.blurhash,
        lacking=tuple(row.lacking) if row.state == Render.State.READY else (),
        failure=Refusal(row.failure_code, row.failure_detail) if failed else None,
    )
