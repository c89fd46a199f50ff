"""What a version was made of: the one before it, whether that can still be played, and what was
changed, for the author who compares the two."""

from typing import Any

from wardcast.check import Transcript, labels
from wardcast.gate.edits import EditList
from wardcast.gate.plan import CLIP, POSTER
from wardcast.media import queries as clips
from wardcast.posts import queries as posts
from wardcast.posts.values import VersionFacts
from wardcast.safety import changes
from wardcast.safety import queries as safety

_TEXTS = ("title", "caption", "script")


def before(version: VersionFacts) -> dict[str, Any] | None:
    """The version before this one of the same clip, or None.

    `preview_url` is None once its clip is there no more.
    """
    earlier = next(
        (
            each
            for each in reversed(posts.versions_of(version.post_id))
            if each.number < version.number and each.asset_id == version.asset_id
        ),
        None,
    )
    if earlier is None:
        return None
    files = _files(earlier)
    made = changes.between(
        earlier.edits, version.edits, (safety.spoken(earlier), safety.spoken(version))
    )
    return {
        "id": earlier.id,
        "number": earlier.number,
        "preview_url": clips.guarded_url(earlier.id, CLIP) if CLIP in files else None,
        "poster_url": clips.guarded_url(earlier.id, POSTER) if POSTER in files else None,
        "cues": cues(safety.spoken(earlier), earlier.edits),
        "changes": [{"what": each.what, "before": each.before, "now": each.now} for each in made],
        "texts": [
            {"channel": name, "label": labels.label_of_channel(name), "before": was, "now": now}
            for name, was, now in zip(_TEXTS, _texts(earlier), _texts(version), strict=True)
            if was != now
        ],
    }


def _files(version: VersionFacts) -> frozenset[str]:
    found = clips.renders([version.render_id]) if version.render_id else {}
    render = next(iter(found.values()), None)
    return frozenset(render.files) if render and render.playable else frozenset()


def _texts(version: VersionFacts) -> tuple[str, ...]:
    return version.title, version.text, version.script


def cues(words: Transcript | None, edits: EditList) -> list[dict[str, Any]]:
    """Captions in the clock of the edited clip, each with its place in the text of them all."""
    at = edits.edited_ms
    times = [(at(c.start_ms), at(c.end_ms), c) for c in (words.cues if words else ())]
    return [
        {"start_ms": start, "end_ms": end, "text": cue.text, "offset": cue.offset}
        for start, end, cue in times
        if start < end or not edits.cuts
    ]
