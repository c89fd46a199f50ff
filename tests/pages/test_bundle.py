"""The page links the files that are served."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from wardcast.pages import bundle


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> Path:
    """Where the app is built, with files collected from it elsewhere."""
    dist = tmp_path / "dist"
    settings.WEB_DIST = dist
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STATICFILES_DIRS = [("app", str(dist))]
    return dist


def build(dist: Path, name: str) -> None:
    """What Vite leaves: an entry with its styles, and a chunk that it imports."""
    (dist / "assets").mkdir(parents=True, exist_ok=True)
    (dist / "assets" / f"{name}.js").write_text("")
    (dist / "early.js").write_text(f"begin({name})")
    chunks = {
        "src/main.ts": {
            "file": f"assets/{name}.js",
            "css": [f"assets/{name}.css"],
            "imports": ["_svelte.js"],
        },
        "_svelte.js": {"file": "assets/svelte.js"},
    }
    (dist / "manifest.json").write_text(json.dumps(chunks))


def test_an_app_that_was_never_built_is_none(built: Path) -> None:
    assert bundle.entry() is None


def test_the_page_links_the_entry_its_styles_and_what_it_imports(built: Path) -> None:
    build(built, "main-1")
    assert bundle.entry() == bundle.Bundle(
        "assets/main-1.js", ("assets/main-1.css",), ("assets/svelte.js",), "begin(main-1)"
    )


def test_a_build_beside_a_running_house_changes_nothing_until_it_is_collected(
    built: Path, tmp_path: Path
) -> None:
    build(built, "main-1")
    bundle.collect()
    build(built, "main-2")
    running = bundle.entry()
    assert running is not None
    assert (tmp_path / "static" / "app" / running.script).is_file()
    assert running.script == "assets/main-1.js"
    bundle.collect()
    restarted = bundle.entry()
    assert restarted is not None
    assert restarted.script == "assets/main-2.js"
