"""What is said in an original: heard by a recogniser, or found by laying a typed script over it.

A durable job each; the sound is in memory only, the words and the script lie sealed like drafts.
Nothing here is published: captions are proposed from it, and their author takes them or not.
"""

import threading
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wardcast.check.adapters import whisper
from wardcast.check.clips import hearing
from wardcast.check.clips.hearing import NothingHeard
from wardcast.check.language import language_of
from wardcast.check.span import TimeSpan
from wardcast.check.speech import How, Speech, captions_of
from wardcast.gate.edits import EditList
from wardcast.gate.errors import FileRefused
from wardcast.gate.limits import Limits
from wardcast.media.events import AssetHeard
from wardcast.media.measured import probe_from_json
from wardcast.media.models import Asset, Listening
from wardcast.media.sealed import SealedSource, fresh_key, part_key
from wardcast.platform import clock, config, events, jobs, vault
from wardcast.platform.http import Conflict, Invalid
from wardcast.platform.ids import new_id

LISTEN = "media.listen"
_WORDS = "words"


@dataclass(frozen=True, slots=True)
class Heard:
    """How far the listening is; `webvtt` are captions to propose once it is ready, empty
    where nobody speaks. `guessed` are
    words whose times were found by their letters, `left_out` those that cannot be said."""

    how: How
    state: str
    detail: str
    language: str = ""
    webvtt: str = ""
    guessed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def can_recognise() -> bool:
    """Whether this house has a whole model of a recogniser."""
    folder = config.current().whisper_model
    return folder is not None and not whisper.missing(folder)


def ask(asset_id: UUID, script: str | None) -> None:
    """Has an original listened to: its typed script laid over the speech, or without one recognised
    by the house's model. What was heard before the same way is forgotten."""
    if script is None and not can_recognise():
        raise Conflict(
            "no_recogniser",
            "This house has no recogniser of speech. Type what is said, and its times are found; "
            "or ask whoever runs it to call `wardcast doctor`, which says how to turn it on.",
        )
    if script is not None:
        _fits(script)
    with transaction.atomic():
        asset = Asset.objects.select_for_update().get(pk=asset_id)
        row = _asked(asset, "recognised" if script is None else "aligned", script)
        jobs.start(LISTEN, subject=row.pk, owner=asset.owner_id)


def _asked(asset: Asset, how: How, script: str | None) -> Listening:
    """The row of this way of listening, which waits; what was heard this way before is gone."""
    row, _ = Listening.objects.get_or_create(
        asset=asset, how=how, defaults={"asked_at": clock.now()}
    )
    _destroy(row)
    row.state, row.detail, row.words_ref, row.script_ref = "waiting", "", "", ""
    row.asked_at = clock.now()
    if script is not None:
        row.script_ref = vault.put(new_id(), script.encode()).ref
    row.save()
    return row


def listen_by_itself(asset: Asset) -> None:
    """Has a new original listened to, where the house can recognise and there is sound: its author
    finds captions proposed. Like `ask`, in the transaction at hand."""
    if can_recognise() and probe_from_json(asset.probe or {}).audio_index is not None:
        ask(asset.pk, None)


def _fits(script: str) -> None:
    if not script.strip():
        raise Invalid(
            "no_script", "Type what is said first: its words are laid over the speech.",
            field="script",
        )  # fmt: skip
    language = language_of(script)
    if not language.known:
        raise Invalid(
            "script_not_english",
            f"What was typed reads as {language.name}. Times can be found for English only: write "
            "the captions line by line, or choose a file.",
            field="script",
        )


def heard(asset_id: UUID, edits: EditList) -> list[Heard]:
    """What was heard of an original, by every way that was asked for; muted words are left out."""
    rows = Listening.objects.filter(asset=asset_id).select_related("asset").order_by("-how")
    return [_view(row, edits) for row in rows]


def listen_again(asset_id: UUID) -> None:
    """Has an original listened to anew where what was heard of it was destroyed and the house can
    recognise; else nothing happens. In the transaction at hand."""
    asset = Asset.objects.filter(pk=asset_id, state=Asset.State.READY).first()
    if asset is not None and not Listening.objects.filter(asset=asset, how="recognised").exists():
        listen_by_itself(asset)


def kept() -> dict[UUID, datetime]:
    """Of which originals there is something that was heard, and when that was last asked for."""
    found: dict[UUID, datetime] = {}
    for asset_id, at in Listening.objects.values_list("asset_id", "asked_at"):
        found[asset_id] = max(at, found.get(asset_id, at))
    return found


def forget(asset_id: UUID) -> None:
    """Destroys the keys of what was heard of an original."""
    for row in Listening.objects.filter(asset=asset_id):
        _destroy(row)
        row.delete()


def _destroy(row: Listening) -> None:
    for ref in (row.words_ref, row.script_ref):
        if ref:
            vault.destroy(UUID(ref.partition("/")[0]))
    vault.destroy(part_key(row.pk, _WORDS))  # what a job that was killed has sealed


_LISTENING = tuple(threading.Lock() for _ in range(64))
"""The check may lay a script over an original while its author has asked for the same. Two at once
would destroy each other's key. One process does all work, so its locks suffice."""


def said(asset_id: UUID, script: str) -> Speech | None:
    """What is said in an original, for those who check it: as the house's recogniser has heard it,
    else the typed script laid over the sound, which is done now where it was not before. None where
    neither gives words."""
    rows = {row.how: row for row in Listening.objects.filter(asset=asset_id, state="ready")}
    if "recognised" in rows:
        return _words(rows["recognised"])
    if not script.strip() or not language_of(script).known:
        return None
    if "aligned" not in rows or _script(rows["aligned"]) != script:
        _lay(asset_id, script)
    row = Listening.objects.filter(asset=asset_id, how="aligned", state="ready").first()
    return _words(row) if row else None


def awaited(asset_id: UUID) -> bool:
    """Whether the house's recogniser has still to hear an original."""
    return Listening.objects.filter(asset=asset_id, how="recognised", state="waiting").exists()


def _lay(asset_id: UUID, script: str) -> None:
    asset = Asset.objects.filter(pk=asset_id).first()
    if asset is None:
        return
    with transaction.atomic():
        row = _asked(asset, "aligned", script)
    try:
        _listen(row.pk)
    except jobs.Permanent as error:
        _say_failed(row.pk, str(error))


def listen(job: jobs.JobView) -> None:
    """Listens to an original as its row asks."""
    jobs.report(job.id, "listening", 0.1)
    _listen(job.subject)


def _listen(listening_id: UUID) -> None:
    with _LISTENING[listening_id.int % len(_LISTENING)]:
        rows = Listening.objects.select_related("asset")
        row = rows.filter(pk=listening_id, state="waiting").first()
        if row is not None:
            keep(row.pk, _heard_in(row))


def keep(listening_id: UUID, heard: Speech) -> None:
    """Seals what was heard, unless it was deleted meanwhile."""
    sealed = vault.put(fresh_key(listening_id, _WORDS), heard.to_json().encode())
    found = Listening.objects.filter(pk=listening_id)
    with transaction.atomic():
        kept = found.filter(state="waiting").update(state="ready", words_ref=sealed.ref)
        if kept:
            _tell(listening_id)
    if not kept and not found.exists():
        vault.destroy(part_key(listening_id, _WORDS))  # sealing made its key anew


def listen_failed(job: jobs.JobView, error: BaseException) -> None:
    """Says why nothing was heard."""
    detail = (
        str(error)
        if isinstance(error, jobs.Permanent)
        else "We could not listen to this clip, and it is not the file's fault. Try again later."
    )
    _say_failed(job.subject, detail)


def _say_failed(listening_id: UUID, detail: str) -> None:
    found = Listening.objects.filter(pk=listening_id, state="waiting")
    with transaction.atomic():
        if found.update(state="failed", detail=detail):
            _tell(listening_id)


def _tell(listening_id: UUID) -> None:
    row = Listening.objects.get(pk=listening_id)
    if row.how == "recognised":
        events.tell(AssetHeard(asset_id=row.asset_id))


jobs.work(LISTEN, listen, queue="listen", on_failure=listen_failed)


def _heard_in(row: Listening) -> Speech:
    """Listens; raises `jobs.Permanent` where nothing can be made out."""
    house = config.current()
    limits = Limits(max_bytes=house.max_upload_bytes, max_duration_ms=house.max_clip_ms)
    source = SealedSource(row.asset.sealed_ref, row.asset.size)
    probe = probe_from_json(row.asset.probe or {})
    try:
        if row.how == "aligned":
            return hearing.aligned(source, probe, _script(row), limits)
        return hearing.recognised(source, probe, house.whisper_model, limits)
    except (FileRefused, NothingHeard) as error:
        raise jobs.Permanent(error.code, error.detail) from error


def _script(row: Listening) -> str:
    return vault.read(row.script_ref).decode()


def _words(row: Listening) -> Speech:
    return Speech.from_json(vault.read(row.words_ref))


def _view(row: Listening, edits: EditList) -> Heard:
    how: How = "aligned" if row.how == "aligned" else "recognised"
    if row.state != "ready":
        return Heard(how, row.state, row.detail)
    spoken = _words(row)
    muted = [TimeSpan(each.start_ms, each.end_ms) for each in edits.unheard]
    duration_ms = (row.asset.probe or {}).get("duration_ms", 0)
    captions = captions_of(spoken, duration_ms=duration_ms, without=muted)
    webvtt = captions.to_webvtt() if captions.cues else ""
    return Heard(how, "ready", "", spoken.language, webvtt, spoken.guessed, spoken.left_out)
