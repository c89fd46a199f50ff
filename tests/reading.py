"""Every address of the API that can be read, with every id that there is."""

import itertools
from collections.abc import Iterator

from django.apps import apps

from wardcast.api.operation import gates
from wardcast.platform.policy import HOUSE

FILES = ("clip.mp4", "poster.jpg", "captions.en.vtt", "early.m3u8", "plain.mp4", "en.mp4")
"""Names of files that may lie under an address."""
_OTHERS = {"language": "en", "ending": "vtt"}


def addresses() -> Iterator[str]:
    """Each address once, in the order of the API's operations."""
    from wardcast.project.urls import api

    found = (
        f"/api{_filled(path, gate.param, one, file)}"
        for method, path, _, gate in gates(api)
        if method == "GET" and gate is not None
        for one, file in itertools.product(_ids(gate.kind, gate.param, gate.field), FILES)
    )
    return iter(dict.fromkeys(found))


def _ids(kind: str, param: str, field: str) -> list[object]:
    if not param or kind == HOUSE:
        return [""]
    rows = apps.get_model(kind)._default_manager
    return [*rows.values_list(field.removesuffix("__iexact"), flat=True)]


def _filled(path: str, param: str, one: object, file: str) -> str:
    for part in path.split("{")[1:]:
        name = part.split("}")[0]
        called = name.rpartition(":")[2]
        value = one if called == param else _OTHERS.get(called, file)
        path = path.replace("{" + name + "}", str(value))
    return path
