"""What others read of posts and versions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from wardcast.accounts import queries as accounts
from wardcast.accounts.rules import HostPolicy
from wardcast.gate.edits import EditList
from wardcast.media import queries as clips
from wardcast.media import waiting
from wardcast.media.values import AssetView, PublicTrack, RenderView
from wardcast.platform import clock, jobs
from wardcast.platform.http import NotFound
from wardcast.posts import captions, rules, verdicts
from wardcast.posts.cards import cards
from wardcast.posts.models import Clearance, Post, Standing, Version
from wardcast.posts.rules import Gate, PostState, VersionState
from wardcast.posts.tracks import from_row
from wardcast.posts.values import GateView, PostFacts, VersionFacts
from wardcast.posts.way import Facts, Wait, Way, Work, way

__all__ = ["cards"]  # and every function below


def facts(version_id: UUID) -> VersionFacts | None:
    """One version, or None."""
    row = Version.objects.select_related("post").filter(pk=version_id).first()
    return _version(row) if row else None


def version(version_id: UUID) -> VersionFacts:
    """One version; raises `NotFound`."""
    found = facts(version_id)
    if found is None:
        raise NotFound("version")
    return found


def versions_of(post_id: UUID) -> list[VersionFacts]:
    """A post's versions, oldest first."""
    rows = Version.objects.select_related("post").filter(post=post_id).order_by("number")
    return [_version(row) for row in rows]


def versions(ids: Iterable[UUID]) -> dict[UUID, VersionFacts]:
    """Versions by id."""
    rows = Version.objects.select_related("post").filter(pk__in=list(ids))
    return {row.pk: _version(row) for row in rows}


def of_serials(serials: Iterable[int]) -> dict[int, VersionFacts]:
    """Versions by serial."""
    rows = Version.objects.select_related("post").filter(serial__in=list(serials))
    return {row.serial: _version(row) for row in rows}


def being_checked(asset_id: UUID) -> list[VersionFacts]:
    """The versions of an original that are being worked on and not yet cleared by the check."""
    rows = Version.objects.select_related("post").filter(
        asset=asset_id, state=VersionState.CHECKING
    )
    return [_version(row) for row in rows]


def of_assets(asset_ids: Iterable[UUID]) -> dict[UUID, list[VersionFacts]]:
    """The versions of originals, by original; those without one are left out."""
    found: dict[UUID, list[VersionFacts]] = {}
    for row in Version.objects.select_related("post").filter(asset__in=list(asset_ids)):
        if row.asset_id is not None:
            found.setdefault(row.asset_id, []).append(_version(row))
    return found


def current(post_id: UUID) -> VersionFacts | None:
    """A post's public version, or None."""
    row = Version.objects.select_related("post").filter(post=post_id, state="public").first()
    return _version(row) if row else None


def currents(post_ids: Iterable[UUID]) -> dict[UUID, VersionFacts]:
    """Posts' public versions, by post; those that have none are left out."""
    rows = Version.objects.select_related("post").filter(post__in=list(post_ids), state="public")
    return {row.post_id: _version(row) for row in rows}


def post(post_id: UUID) -> PostFacts:
    """One post; raises `NotFound` for one that is not there or was deleted."""
    row = Post.objects.filter(pk=post_id).exclude(state=PostState.DELETED).first()
    if row is None:
        raise NotFound("post")
    return post_of(row)


def posts_of(rows: Iterable[Post]) -> list[PostFacts]:
    """Rows of a queryset that the policy gave, as others may read them."""
    return [post_of(row) for row in rows]


def post_of(row: Post) -> PostFacts:
    """A row of a queryset that the policy gave, as others may read it."""
    return PostFacts(
        id=row.pk,
        number=row.number,
        author_id=row.author_id,
        lane=row.lane,
        state=row.state,
        visibility=row.visibility,
        title=row.title,
        text=row.text,
        script=row.script,
        tracks=from_row(row.tracks),
        cover_ms=row.cover_ms,
        edits=EditList.from_json(row.edits),
        asset_id=row.asset_id,
        current_id=row.current_id,
        working_id=row.working_id,
        updated_at=row.updated_at,
        published_at=row.published_at,
        held_reason=row.held_reason,
        held_by=row.held_by_id,
        held_at=row.held_at,
    )


def id_of_asset(asset_id: UUID) -> UUID | None:
    """The post that was made of an original, unless it was deleted."""
    found = Post.objects.filter(asset=asset_id).exclude(state=PostState.DELETED)
    return found.values_list("pk", flat=True).first()


def by_author(author_id: UUID) -> QuerySet[Post]:
    """An author's posts that are not deleted, for paging."""
    return Post.objects.filter(author=author_id).exclude(state=PostState.DELETED)


def in_state(state: str) -> QuerySet[Post]:
    """Everyone's posts in one state, for moderators."""
    return Post.objects.filter(state=state)


def public_by(author_id: UUID) -> QuerySet[Post]:
    """An author's posts that have something to play, for their page."""
    return Post.objects.filter(author=author_id, state=PostState.PUBLIC, current__isnull=False)


def gates(version_id: UUID) -> dict[Gate, GateView]:
    """Each gate of a version: whether it counts as cleared now."""
    row = Version.objects.select_related("post").get(pk=version_id)
    return _gates(row, verdicts.clearances_of(row))


def needs(version_id: UUID) -> frozenset[Gate]:
    """The gates that a version needs under the host's policy of now."""
    return verdicts.required(Version.objects.select_related("post").get(pk=version_id))


def may_publish(version_id: UUID) -> rules.Clear | rules.Held:
    """Whether a version could be published now, and why not."""
    row = Version.objects.select_related("post").get(pk=version_id)
    return rules.may_publish(
        verdicts.bound(row), verdicts.clearances_of(row), verdicts.required(row), clock.now()
    )


def captions_of(version_id: UUID) -> tuple[PublicTrack, ...]:
    """A version's caption tracks with their words, as they are shown over its clip, what is spoken
    first; raises `NotFound`."""
    found = version(version_id)
    return captions.opened(found.tracks, found.edits)


def correction(version_id: UUID) -> Mapping[str, object] | None:
    """What a correction says about a version, or None."""
    return Standing.objects.filter(version=version_id).values_list("correction", flat=True).first()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A post's way, and what its author can watch now: the working version's render, else the plain
    one."""

    way: Way
    render: RenderView | None


def drawn(
    found: Collection[PostFacts], waits: Mapping[UUID, Mapping[Gate, Wait]]
) -> dict[UUID, Drawn]:
    """Posts' ways, by post. `waits` says by version what each gate waits for; those who know lie
    above this room. As many queries for many posts as for one."""
    rows = _working(found)
    renders = _renders(found, rows)
    known = _Known(
        assets=clips.assets(each.asset_id for each in found if each.asset_id),
        work=_under_way(found, rows, renders),
        left=waiting.seconds_left({each.id for each in renders.values() if _is_under_way(each)}),
        host=accounts.host_policy(),
        corrected=_corrected(each.current_id for each in found if each.current_id),
    )
    made = {}
    for each in found:
        row = rows.get(each.working_id) if each.working_id else None
        render = renders.get(each.id)
        facts_ = _facts(each, row, render, waits.get(row.pk, {}) if row else {}, known)
        made[each.id] = Drawn(way(facts_), _watched(render))
    return made


def is_changed(found: PostFacts, cut: VersionFacts) -> bool:
    """Whether a draft is no longer what its working version was cut from."""
    return (
        found.title.strip(), found.text, found.script, found.tracks, found.edits, found.lane,
        found.cover_ms,
    ) != (
        cut.title, cut.text, cut.script, cut.tracks, cut.edits, cut.lane, cut.cover_ms,
    )  # fmt: skip


def playable_render(found: PostFacts) -> RenderView | None:
    """What a draft's author can watch now, if only its first seconds: the working version's render,
    else the plain one."""
    render = _renders([found], _working([found])).get(found.id)
    return _watched(render)


def _watched(render: RenderView | None) -> RenderView | None:
    return render if render and (render.playable or render.growing) else None


@dataclass(frozen=True, slots=True)
class _Known:
    assets: Mapping[UUID, AssetView]
    work: Mapping[UUID, jobs.JobView]
    left: Mapping[UUID, int]
    host: HostPolicy
    corrected: frozenset[UUID]


def _facts(
    found: PostFacts,
    row: Version | None,
    render: RenderView | None,
    waits: Mapping[Gate, Wait],
    known: _Known,
) -> Facts:
    asset = known.assets.get(found.asset_id) if found.asset_id else None
    checking = known.work.get(row.pk) if row else None
    rendering = known.work.get(render.id) if render else None
    looking = known.work.get(found.asset_id) if found.asset_id else None
    draft = Facts(
        title=found.title,
        refusal=_refusal(asset),
        failure=render.failure.detail if render and render.failure else "",
        retry=any(
            each and each.worth_a_retry
            for each in (looking, None if _is_ready(render) else rendering, checking)
        ),
        check_failed=bool(checking and checking.failed),
        measured=bool(asset and asset.state == "ready"),
        growing=bool(render and render.growing),
        playable=bool(render and render.playable),
        rendered=_is_ready(render),
        lacking=render.lacking if render else (),
        work=_work(rendering, known) if rendering and render and _is_under_way(render) else None,
        required=rules.required(found.lane, host=known.host, author_id=found.author_id),
        held=found.held_reason if found.state == PostState.HELD else "",
    )
    if row is None:
        return draft
    have = verdicts.clearances_of(row)
    views = _gates(row, have)
    objected = next((view for view in views.values() if view.objected), None)
    return replace(
        draft,
        version=VersionState(row.state),
        objection=(objected.gate, objected.note) if objected else None,
        changed=is_changed(found, _version(row)),
        cleared=rules.cleared_gates(verdicts.bound(row), have, clock.now()),
        required=rules.required(row.lane, host=known.host, author_id=found.author_id),
        waits=waits,
        notes={gate: view.note for gate, view in views.items()},
        is_public=found.state == PostState.PUBLIC and found.current_id is not None,
        corrected=found.current_id in known.corrected,
    )


def _working(found: Collection[PostFacts]) -> dict[UUID, Version]:
    wanted = [each.working_id for each in found if each.working_id]
    rows = Version.objects.select_related("post").prefetch_related("clearances")
    return {row.pk: row for row in rows.filter(pk__in=wanted)}


def _renders(found: Collection[PostFacts], rows: Mapping[UUID, Version]) -> dict[UUID, RenderView]:
    cut = {}
    for each in found:
        row = rows.get(each.working_id) if each.working_id else None
        if row is not None and row.render_id:
            cut[each.id] = row.render_id
    plain = {
        each.id: (each.asset_id, each.edits)
        for each in found
        if each.id not in cut and each.asset_id
    }
    by_id, by_edits = clips.renders(cut.values()), clips.renders_of(plain.values())
    return {
        **{post_id: by_id[key] for post_id, key in cut.items() if key in by_id},
        **{post_id: by_edits[key] for post_id, key in plain.items() if key in by_edits},
    }


def _corrected(version_ids: Iterable[UUID]) -> frozenset[UUID]:
    told = Standing.objects.filter(version__in=list(version_ids))
    return frozenset(pk for pk, said in told.values_list("version_id", "correction") if said)


def _refusal(asset: AssetView | None) -> str:
    return asset.refusal.detail if asset and asset.refusal else ""


def _is_under_way(render: RenderView) -> bool:
    return render.state not in ("ready", "failed")


def _is_ready(render: RenderView | None) -> bool:
    return render is not None and render.state == "ready"


def _under_way(
    found: Collection[PostFacts], rows: Iterable[UUID], renders: Mapping[UUID, RenderView]
) -> dict[UUID, jobs.JobView]:
    """The latest work on posts' originals, versions and renders."""
    originals = [each.asset_id for each in found if each.asset_id]
    return jobs.latest([*originals, *rows, *(each.id for each in renders.values())])


def _work(job: jobs.JobView, known: _Known) -> Work:
    return Work(job.fraction, known.left.get(job.subject))


def _gates(row: Version, have: list[rules.Cleared]) -> dict[Gate, GateView]:
    now = clock.now()
    bound = verdicts.bound(row)
    found: dict[Gate, GateView] = {}
    for each in have:
        if each.binds(bound, now):
            objected = each.verdict == Clearance.Verdict.OBJECTED
            found[each.gate] = GateView(each.gate, not objected, objected, each.note)
    return found


def _version(row: Version) -> VersionFacts:
    return VersionFacts(
        id=row.pk,
        post_id=row.post_id,
        post_number=row.post.number,
        author_id=row.post.author_id,
        number=row.number,
        serial=row.serial,
        hash=row.hash,
        state=VersionState(row.state),
        lane=row.lane,
        title=row.title,
        text=row.text,
        script=row.script,
        asset_id=row.asset_id,
        tracks=from_row(row.tracks),
        cover_ms=row.cover_ms,
        edits=EditList.from_json(row.edits),
        render_id=row.render_id,
        render_hash=row.render_hash,
        created_at=row.created_at,
        public_at=row.public_at,
        superseded_at=row.superseded_at,
        because=row.because,
        is_working=row.post.working_id == row.pk,
    )
