"""Hostile files by the door that everyone has: refused with a sentence or rendered, and nothing
half-made stays."""

import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from drills.bombs import BOMBS, Lure
from drills.mutants import mutant
from drills.test_media_fuzz import FULL, SEED
from people import Person, client_for
from wardcast.media.models import Asset, Intake, Render
from wardcast.platform import vault
from wardcast.platform.models import VaultKey

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Jobs = Callable[[], int]

NAMES = ("-x.mp4", "$(id).mp4", "../../x", "a\0b.mp4", "x" * 10_000, "%2e%2e/x.mp4", "\u202e4pm.x")
SAMPLE = 60 if FULL else 4


def test_a_hostile_upload_is_refused_or_rendered_and_nothing_half_made_stays(
    ana: Person, do_jobs: Jobs, data_folder: Path
) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    lure = Lure(str(data_folder / "keys" / "master.key"), "http://127.0.0.1:9")
    cases = [(name, BOMBS[name](lure)) for name in chance.sample(sorted(BOMBS), SAMPLE)]
    cases += [(made.label, made.data) for made in (mutant(SEED, n) for n in range(SAMPLE))]
    client = client_for(ana)
    for number, (label, data) in enumerate(cases):
        name = quote(NAMES[number % len(NAMES)])
        answer = client.put(
            f"/api/v1/uploads?name={name}", data, content_type="application/octet-stream"
        )
        body = answer.json()
        assert answer.status_code in (201, 409, 413, 422, 400), f"{label}: {answer.status_code}"
        if answer.status_code != 201:
            assert body["detail"].endswith("."), label
        do_jobs()
    assert not Intake.objects.exists()
    kept: set[str] = set()
    for asset in Asset.objects.all():
        assert asset.state in ("ready", "refused"), asset.name
        assert asset.state == "ready" or asset.refusal_detail.endswith(".")
        assert asset.refusal_code != "ours"
        assert asset.name.isprintable()
        assert "/" not in asset.name
        kept |= {ref for ref in (asset.sealed_ref, asset.tags_ref) if ref}
    for render in Render.objects.all():
        assert render.state in ("ready", "failed")
        assert render.failure_code != "ours"
        kept |= {file["ref"] for file in render.files.values()}
    for ref in kept:
        assert vault.read(ref, 0, 1)
    folders = [
        data_folder / "vault" / key.hex for key in VaultKey.objects.values_list("pk", flat=True)
    ]
    assert not [path for folder in folders for path in folder.glob(".new-*")]
