"""A host's own table of weights: a small TOML file with what differs from `policy.DEFAULT`.

    [kinds]
    facility = "block"                          # wherever it is found
    date = { beside = "block", apart = "ask" }  # beside a case, and apart from one
    season = "none"                             # say nothing

What is left out weighs as in the default. A host can lower what identifies directly, too: then it
is said (`lowered`), wherever the file is read.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from wardcast.check.finding import Severity
from wardcast.check.policy import BLOCK, DEFAULT, STRIP, Rule, override

NONE: Final = "none"
_WEIGHTS: Final = (*(each.value for each in Severity), NONE)
_ORDER: Final = {None: 0, Severity.INFO: 1, Severity.ASK: 2, Severity.BLOCK: 3}


class BadPolicy(ValueError):
    """A policy file that cannot be used; `because` has a sentence for each thing to mend."""

    def __init__(self, because: tuple[str, ...]) -> None:
        super().__init__(" ".join(because))
        self.because = because


def parse(text: str) -> Mapping[str, Rule]:
    """The whole table that a file makes of the default; raises `BadPolicy` with all that is wrong
    in it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy((f"It is no TOML: {error}.",)) from error
    wrong: list[str] = [
        f"There is no section “{name}”. Write kinds under [kinds]."
        for name in data
        if name != "kinds"
    ]
    kinds = data.get("kinds", {})
    if not isinstance(kinds, dict):
        raise BadPolicy(("“kinds” is a section: write [kinds], and a kind on each line below.",))
    changes: dict[str, Rule] = {}
    for kind, said in kinds.items():
        if kind not in DEFAULT:
            wrong.append(f"There is no kind “{kind}”. The kinds are: {', '.join(DEFAULT)}.")
            continue
        faults = list(_faults(kind, said))
        wrong += faults
        if not faults:
            changes[kind] = _changed(DEFAULT[kind], said)
    if wrong:
        raise BadPolicy(tuple(wrong))
    return MappingProxyType(override(changes))


def changed(policy: Mapping[str, Rule]) -> tuple[str, ...]:
    """The kinds that weigh otherwise than in the default."""
    return tuple(kind for kind, rule in policy.items() if rule != DEFAULT[kind])


def lowered(policy: Mapping[str, Rule]) -> tuple[str, ...]:
    """The kinds that identify a patient directly and block less than in the default."""
    return tuple(
        kind
        for kind, rule in DEFAULT.items()
        if any(
            before is BLOCK and _ORDER[now] < _ORDER[before]
            for before, now in (
                (rule.beside, policy[kind].beside),
                (rule.apart, policy[kind].apart),
            )
        )
    )


def _faults(kind: str, said: Any) -> Iterator[str]:
    if not isinstance(said, (str, dict)):
        yield f"“{kind}” has no weight. Write one of {_listed()} after it."
        return
    parts = {"": said} if isinstance(said, str) else said
    for where, weight in parts.items():
        if where not in ("", "beside", "apart"):
            yield f"“{kind}” has no part “{where}”. Its parts are “beside” and “apart”."
        elif weight not in _WEIGHTS:
            yield f"“{weight}” is no weight for “{kind}”. The weights are {_listed()}."
        elif DEFAULT[kind].actions == STRIP and weight not in (Severity.INFO.value, NONE):
            yield (
                f"“{kind}” is taken out of every clip by itself, so there is nothing to answer: "
                "write “info” or “none”."
            )


def _changed(rule: Rule, said: str | dict[str, str]) -> Rule:
    if isinstance(said, str):
        return replace(rule, beside=_weight(said), apart=_weight(said), faint=None)
    return replace(
        rule,
        faint=None,
        beside=_weight(said["beside"]) if "beside" in said else rule.beside,
        apart=_weight(said["apart"]) if "apart" in said else rule.apart,
    )


def _weight(said: str) -> Severity | None:
    return None if said == NONE else Severity(said)


def _listed() -> str:
    return ", ".join(f"“{each}”" for each in _WEIGHTS)
