"""A post and a report as their author sees them, put together from the rooms that know."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Literal
from uuid import UUID

from wardcast.accounts import queries as accounts
from wardcast.accounts.values import PersonCard
from wardcast.api.before import before, cues
from wardcast.check import Finding, Report, labels, parse_captions
from wardcast.check.clips.editing import moved
from wardcast.check.place import Track
from wardcast.check.span import TimeSpan
from wardcast.gate.edits import EditList
from wardcast.gate.plan import CLIP, POSTER
from wardcast.gate.storyboard import STORYBOARD_VTT
from wardcast.media import covers
from wardcast.media import queries as clips
from wardcast.media import speech as listening
from wardcast.media.values import EARLY, RenderView
from wardcast.platform.http import NotFound
from wardcast.posts import captions, lineage, tracks
from wardcast.posts import queries as posts
from wardcast.posts.rules import Gate, Held
from wardcast.posts.values import PostFacts, VersionFacts
from wardcast.posts.way import Wait, Way
from wardcast.recall import queries as recall
from wardcast.recall.queries import NoticeView
from wardcast.rehearsal import queries as rehearsal
from wardcast.safety import queries as safety
from wardcast.safety import rules
from wardcast.safety.values import Checked, ConsentView, Mark

_NOTHING_TO_PLAY = {"poster": None, "blurhash": "", "preview_url": None, "early_url": None}
_NOBODY = {"id": UUID(int=0), "handle": "", "name": "Somebody who left", "credential": None}


def preview(version_id: UUID, file: str) -> str:
    """Where a version that is not public is played from, by who may."""
    return clips.guarded_url(version_id, file)


def post(post_id: UUID) -> dict[str, Any]:
    """A post for its author."""
    found = posts.post(post_id)
    render = posts.playable_render(found)
    playable = render is not None and render.playable
    return {
        **listed([found])[0],
        "script": found.script,
        "cover": _cover(found, render),
        "storyboard": f"{_folder(found)}/{STORYBOARD_VTT}" if playable else None,
        "captions": captions.opened(found.tracks, found.edits),
        "sources": _sources(post_id),
    }


def speech(post_id: UUID) -> dict[str, Any]:
    """What was heard of a draft's clip."""
    found = posts.post(post_id)
    heard = listening.heard(found.asset_id, found.edits) if found.asset_id else []
    return {
        "recognises": listening.can_recognise(),
        "heard": [replace(each, webvtt=captions.shown(each.webvtt, found.edits)) for each in heard],
    }


CaptionsFile = tuple[str, bytes, str]
"""A file's name, its bytes and their type."""


def captions_file(post_id: UUID, language: str, ending: Literal["vtt", "srt"]) -> CaptionsFile:
    """A draft's captions in a language as a file; raises `NotFound` where there are none."""
    found = posts.post(post_id)
    tag = captions.language(language)
    track = tracks.find(found.tracks, tag)
    if track is None:
        raise NotFound("captions")
    words = moved(parse_captions(clips.captions(track.asset_id)), found.edits)
    name = f"{found.title.strip()[:60] or 'captions'}.{tag}.{ending}"
    if ending == "srt":
        return name, words.to_srt().encode(), "application/x-subrip; charset=utf-8"
    return name, words.to_webvtt().encode(), "text/vtt; charset=utf-8"


def listed(found: Sequence[PostFacts]) -> list[dict[str, Any]]:
    """Posts for their author's list, without what only the page of one shows. As many queries for
    many as for one."""
    versions = posts.versions(
        pk for each in found for pk in (each.working_id, each.current_id) if pk
    )
    working = {each.id: versions[each.working_id] for each in found if each.working_id in versions}
    drawn = posts.drawn(found, _waits(working.values()))
    awaited = {user for each in drawn.values() for step in each.way.steps for user in step.awaited}
    people = _people(found, awaited)
    assets = clips.assets(each.asset_id for each in found if each.asset_id)
    examined = safety.examined(each.id for each in working.values())
    notices = recall.of_posts(each.id for each in found)
    chosen = covers.of(
        (render.id, each.cover_ms)
        for each in found
        if (render := drawn[each.id].render) and each.cover_ms is not None
    )
    return [
        {
            **_shown(each, versions, notices, people),
            "title": each.title,
            "text": each.text,
            "lane": each.lane,
            "asset": assets.get(each.asset_id) if each.asset_id else None,
            "working": _working(working.get(each.id), examined),
            **_way(drawn[each.id].way, people),
            **_played(each, working.get(each.id), drawn[each.id].render, chosen),
        }
        for each in found
    ]


def moderated(found: Sequence[PostFacts]) -> list[dict[str, Any]]:
    """Posts for moderators: what is or was public of them, and nothing of their drafts."""
    currents = posts.currents(each.id for each in found)
    versions = posts.versions(each.current_id for each in found if each.current_id)
    renders = clips.renders(each.render_id for each in currents.values() if each.render_id)
    people = _people(found)
    notices = recall.of_posts(each.id for each in found)
    return [
        {
            **_shown(each, versions, notices, people),
            **_was_public(currents.get(each.id), each.lane, renders),
            "asset": None,
            "working": None,
            "way": [],
            "next_action": {"code": "none", "text": ""},
        }
        for each in found
    ]


def _was_public(
    current: VersionFacts | None, lane: str, renders: Mapping[UUID, RenderView]
) -> dict[str, Any]:
    if current is None:
        words: dict[str, Any] = {"title": "", "text": "", "lane": lane}
        return {**words, **_NOTHING_TO_PLAY}
    render = renders.get(current.render_id) if current.render_id else None
    return {
        "title": current.title,
        "text": current.text,
        "lane": current.lane,
        **_NOTHING_TO_PLAY,
        "poster": preview(current.id, POSTER),
        "blurhash": render.blurhash if render else "",
        "preview_url": preview(current.id, CLIP),
    }


def report(version_id: UUID) -> dict[str, Any]:
    """The check's report for the author. It holds the words that were found."""
    found = safety.checked(version_id)
    version = found.version
    marked = {each.by for each in found.marks.values() if each.by}
    second = found.attested.second.person
    people = accounts.people(marked | ({second} if second else set()))
    decision = posts.may_publish(version_id)
    return {
        "version": {
            "id": version.id,
            "number": version.number,
            "state": version.state,
            "post_id": version.post_id,
            "title": version.title,
        },
        "verdict": "findings" if found.open else _verdict(found),
        "findings": [
            _finding(each, version.edits, found.marks, people) for each in found.report.findings
        ],
        "channels": [
            {
                "name": each.name,
                "label": labels.label_of_channel(each.name),
                "state": each.state,
                "reason": each.reason,
                "remedy": each.remedy,
            }
            for each in found.report.channels
        ],
        "picture": _picture(found.report),
        "story": _story(found.report),
        "texts": {
            "title": version.title,
            "caption": version.text,
            "script": version.script,
            "captions": [
                {
                    "channel": each.channel,
                    "language": each.language,
                    "spoken": each.spoken,
                    "cues": cues(each.transcript, version.edits),
                }
                for each in found.captions
            ],
        },
        "duration_ms": _duration_ms(version),
        "preview_url": preview(version_id, CLIP),
        "poster_url": preview(version_id, POSTER),
        "before": before(version),
        "attestation": {
            "needed": found.attested.needed,
            "channels": [labels.label_of_channel(each) for each in found.attested.channels],
            "statement": rules.statement(found.attested.channels),
            "author": found.attested.author,
            "second": {
                "state": found.attested.second.state,
                "person": people.get(second) if second else None,
            },
        },
        "consents": consents(found.consents),
        "words_gone_at": found.words_gone_at,
        "versions": posts.versions_of(version.post_id),
        "can_publish": not isinstance(decision, Held),
        "because": decision.because if isinstance(decision, Held) else "",
    }


def consents(found: Iterable[ConsentView]) -> list[dict[str, Any]]:
    """The consents of a post, for its author."""
    return [
        {
            "id": each.id,
            "who": each.who,
            "covers": each.covers,
            "kinds": [{"kind": kind, "label": labels.label_of(kind)} for kind in each.kinds],
            "given_on": each.given_on,
            "last_day": each.last_day,
            "form_sha256": each.form_sha256,
            "state": each.state,
            "ended_at": each.ended_at,
            "used": each.used,
        }
        for each in found
    ]


def _duration_ms(version: VersionFacts) -> int:
    """How long the clip is, known from the original before it is rendered."""
    if version.asset_id is None:
        return 0
    asset = clips.assets([version.asset_id]).get(version.asset_id)
    return version.edits.edited_ms((asset.duration_ms if asset else None) or 0)


def _verdict(found: Checked) -> str:
    return "not_checked" if found.report.not_checked else "clean"


def _story(report: Report) -> dict[str, Any] | None:
    risk = report.story
    if risk is None:
        return None
    return {
        "level": risk.level,
        "sentence": risk.sentence,
        "advice": risk.best.sentence if risk.best else "",
        "assumed": list(risk.assumed),
        "town_known": risk.told.where != "nowhere",
    }


def _picture(found: Report) -> dict[str, int] | None:
    return {"width": found.picture[0], "height": found.picture[1]} if found.picture else None


def _time(time: TimeSpan | None, edits: EditList) -> dict[str, int] | None:
    """A stretch of the original in the clock of the edited clip."""
    if time is None:
        return None
    return {"start_ms": edits.edited_ms(time.start_ms), "end_ms": edits.edited_ms(time.end_ms)}


def _track(track: Track | None, edits: EditList) -> dict[str, Any] | None:
    if track is None:
        return None
    spots = [
        {
            "at_ms": edits.edited_ms(each.at_ms),
            "left": each.box.left,
            "top": each.box.top,
            "right": each.box.right,
            "bottom": each.box.bottom,
        }
        for each in track.spots
    ]
    return {"spots": spots, "until_ms": edits.edited_ms(track.until_ms)}


def _finding(
    found: Finding, edits: EditList, marks: dict[str, Mark], people: dict[UUID, PersonCard]
) -> dict[str, Any]:
    mark, lapsed = marks.get(found.id), ""
    if mark and not mark.holds:
        mark, lapsed = None, rules.LAPSED
    by = people.get(mark.by) if mark and mark.by else None
    return {
        "id": found.id,
        "kind": found.kind,
        "label": labels.label_of(found.kind),
        "channel": found.channel,
        "span": found.span,
        "time": _time(found.time, edits),
        "severity": found.severity.value,
        "weighs": rules.INFO if mark and mark.action == rules.CONSENT else found.severity.value,
        "confidence": found.confidence,
        "sure": labels.sure(found.confidence),
        "text": found.text,
        "before": found.before,
        "after": found.after,
        "reason": found.reason,
        "suggestion": found.suggestion,
        "track": _track(found.track, edits),
        "actions": list(found.actions),
        "mark": {
            "action": mark.action,
            "by": by.name if by else _NOBODY["name"],
            "at": mark.at,
            "note": mark.note,
            "consent_id": mark.consent,
        }
        if mark
        else None,
        "lapsed": lapsed,
    }


def _waits(working: Collection[VersionFacts]) -> dict[UUID, dict[Gate, Wait]]:
    heard = rehearsal.waits(each.id for each in working)
    return {
        pk: {**waits, Gate.REHEARSAL: heard[pk]} if pk in heard else waits
        for pk, waits in safety.waits(working).items()
    }


def _people(found: Sequence[PostFacts], more: Iterable[UUID] = ()) -> dict[UUID, PersonCard]:
    known = {pk for each in found for pk in (each.author_id, each.held_by) if pk}
    return accounts.people({*known, *more})


def _shown(
    found: PostFacts,
    versions: dict[UUID, VersionFacts],
    notices: dict[UUID, list[NoticeView]],
    people: dict[UUID, PersonCard],
) -> dict[str, Any]:
    current = versions.get(found.current_id) if found.current_id else None
    return {
        "id": found.id,
        "author": people.get(found.author_id, _NOBODY),
        "state": found.state,
        "visibility": found.visibility,
        "public": _public(current) if found.state == "public" else None,
        "held": _held(found, people),
        "notices": [
            {"id": each.id, "severity": each.severity, "at": each.at}
            for each in notices.get(found.id, [])
        ],
        "updated_at": found.updated_at,
    }


def _working(version: VersionFacts | None, examined: set[UUID]) -> dict[str, Any] | None:
    if version is None:
        return None
    return {
        "id": version.id,
        "number": version.number,
        "state": version.state,
        "hash": version.hash,
        "because": version.because,
        "examined": version.id in examined,
    }


def _public(current: VersionFacts | None) -> dict[str, Any] | None:
    if current is None:
        return None
    return {"version_id": current.id, "number": current.number, "at": current.public_at}


def _held(found: PostFacts, people: dict[UUID, PersonCard]) -> dict[str, Any] | None:
    if found.state != "held" or found.held_at is None:
        return None
    by = people.get(found.held_by) if found.held_by else None
    return {
        "reason": found.held_reason,
        "by": by.name if by else "A moderator",
        "at": found.held_at,
    }


def _way(way: Way, people: dict[UUID, PersonCard]) -> dict[str, Any]:
    return {
        "way": [
            {
                "step": each.step,
                "state": each.state,
                "detail": each.detail,
                "fraction": each.fraction,
                "eta_s": each.eta_s,
                "awaited": [people[user] for user in each.awaited if user in people],
            }
            for each in way.steps
        ],
        "next_action": {"code": way.next, "text": way.next_text},
    }


def _played(
    found: PostFacts,
    working: VersionFacts | None,
    render: RenderView | None,
    chosen: Mapping[covers.Wanted, covers.CoverView],
) -> Mapping[str, str | None]:
    """Where the author plays the latest of it: the working version, else the draft's clip."""
    if render is None:
        return _NOTHING_TO_PLAY
    folder = _folder(found)
    if render.growing:
        return {**_NOTHING_TO_PLAY, "early_url": f"{folder}/{EARLY}"}
    cut = working.id if working is not None and render.id == working.render_id else None
    poster = preview(cut, POSTER) if cut else f"{folder}/{POSTER}"
    cover = chosen.get((render.id, found.cover_ms)) if found.cover_ms is not None else None
    if cover and cover.file:
        # Named by the moment, or browsers would go on showing the picture from before.
        poster = f"{folder}/{POSTER}?at={found.cover_ms}"
    return {
        **_NOTHING_TO_PLAY,
        "poster": poster,
        "blurhash": (cover.blurhash if cover else "") or render.blurhash,
        "preview_url": preview(cut, CLIP) if cut else f"{folder}/{CLIP}",
    }


def _folder(found: PostFacts) -> str:
    return f"/api/v1/media/drafts/{found.id}"


def _sources(post_id: UUID) -> list[dict[str, Any]]:
    found = lineage.sources([post_id]).get(post_id, [])
    people = accounts.people({each.author_id for each in found})
    return [{**asdict(each), "author": people.get(each.author_id, _NOBODY)} for each in found]


def _cover(found: PostFacts, render: RenderView | None) -> dict[str, Any] | None:
    if found.cover_ms is None:
        return None
    wanted = (render.id, found.cover_ms) if render else None
    cover = covers.of([wanted]).get(wanted) if wanted else None
    state = "waiting"
    if cover:
        state = "taken" if cover.file else "failed" if cover.failed else "waiting"
    return {"at_ms": found.cover_ms, "state": state}
