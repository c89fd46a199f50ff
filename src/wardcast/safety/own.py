"""What an author has said is their own: names, and the words of their monitors. It makes no finding
in their later clips.

The words lie sealed, each under a key of its own, and their author can have each forgotten. Of a
face or a voice nothing is kept: whose it is, is asked once for each clip.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from wardcast.check import Finding, Lexicon, examine_text
from wardcast.check.eyes.forms import form_in
from wardcast.platform import clock, policy, vault
from wardcast.platform.ids import new_id
from wardcast.platform.policy import Actor
from wardcast.safety.models import OwnWords
from wardcast.safety.rules import NAMES
from wardcast.safety.values import OwnWordsView

KIND = "safety.ownwords"
MOST = 200
"""So many are kept for one author; the oldest go first."""

_CUT = "…"
_FILLED_IN = re.compile(r"[^\W\d]\.?[ \t]*:[ \t]*[^\s:]+(?!\S*:)")
"""Something stands behind a label and its colon: “Bed: 2”, but not “Name: Age:” nor “12:30”."""


def lexicon_of(author_id: UUID, names: Iterable[str]) -> Lexicon:
    """The author's own words: these names, and what they have said is theirs."""
    kept = of(author_id)
    said = [each.words for each in kept if each.what == OwnWords.What.NAME]
    screens = [each.words for each in kept if each.what == OwnWords.What.MONITOR]
    return Lexicon.of([*names, *said], screens)


def of(author_id: UUID) -> list[OwnWordsView]:
    """What is kept of an author's own, newest first."""
    return [
        OwnWordsView(row.pk, row.what, vault.read(row.sealed_ref).decode(), row.at)
        for row in OwnWords.objects.filter(author=author_id).order_by("-at", "-pk")[:MOST]
    ]


def remember(author_id: UUID, finding: Finding) -> None:
    """Keeps for later clips what an author calls their own: a name as it stands, and of a monitor
    its words, if they hold nothing that identifies anybody. Nothing of a face or a
    voice."""
    what = OwnWords.What.NAME if finding.kind in NAMES else OwnWords.What.MONITOR
    words = _words(finding)
    if not words or any(each.words == words and each.what == what for each in of(author_id)):
        return
    pk = new_id()
    sealed = vault.put(pk, words.encode())
    OwnWords.objects.create(
        id=pk, author_id=author_id, what=what, sealed_ref=sealed.ref, at=clock.now()
    )
    for row in OwnWords.objects.filter(author=author_id).order_by("-at", "-pk")[MOST:]:
        _forget(row)


def take_back(author_id: UUID, finding: Finding) -> None:
    """An author takes back that this is their own: what was remembered of it is forgotten."""
    words = _words(finding)
    for each in of(author_id):
        if each.words == words:
            _forget(OwnWords.objects.get(pk=each.id))


def forget(actor: Actor, words_id: UUID) -> None:
    """Forgets one of the actor's own words: it makes findings again in their next versions."""
    policy.require(actor, "forget_own_words", KIND, words_id)
    with transaction.atomic():
        _forget(OwnWords.objects.select_for_update().get(pk=words_id))


def _forget(row: OwnWords) -> None:
    vault.destroy(row.pk)
    row.delete()


def _words(finding: Finding) -> str:
    return finding.text.strip() if finding.kind in NAMES else _screen(finding)


def _screen(finding: Finding) -> str:
    if finding.kind != "form" or finding.text.endswith(_CUT):
        return ""
    words = finding.text.replace(" · ", "\n")
    if form_in(words).number or _FILLED_IN.search(words):
        return ""
    found = examine_text(words, channel="screen")
    return "" if found.blocking or found.asking else words
