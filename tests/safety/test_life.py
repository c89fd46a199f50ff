"""From a cut version to one that may be rehearsed: examined, answered, redacted, attested."""

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

import factories
from check.adapters.tiny import write_model
from check.adapters.voices import clip_saying
from people import Person
from wardcast.accounts import actions as accounts
from wardcast.media.models import Render
from wardcast.notify import queries as inbox
from wardcast.platform import config, policy, vault
from wardcast.platform.http import Conflict, Denied, Invalid, NotFound
from wardcast.platform.policy import Actor
from wardcast.posts import actions as posts
from wardcast.posts import drafts
from wardcast.posts import queries as versions
from wardcast.posts.rules import Gate, Held
from wardcast.safety import actions, queries, reports
from wardcast.safety.models import CheckReport, OwnWords

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]

WEBVTT = """WEBVTT

00:00:00.000 --> 00:00:02.000
So my patient Harold Okafor came in

00:00:02.000 --> 00:00:04.000
with chest pain, and he went home well.
"""
NAMED = "My patient Harold Okafor came in with chest pain."


def told(person: Person) -> list[str]:
    return [each.text for each in inbox.worded(list(inbox.of(person.id)))]


def cut(post_id: UUID, do_jobs: Jobs) -> UUID:
    version_id = posts.cut(post_id)
    do_jobs()
    return version_id


def cleared(version_id: UUID, gate: Gate) -> bool:
    view = versions.gates(version_id).get(gate)
    return view is not None and view.cleared


def ids(version_id: UUID) -> list[str]:
    return [each.id for each in queries.checked(version_id).open]


def test_a_clean_lesson_is_cleared_by_the_check_by_itself(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana), do_jobs)
    assert cleared(version_id, Gate.CHECK)
    assert versions.version(version_id).state == "ready"
    assert not cleared(version_id, Gate.ATTESTATION)
    assert any("nothing to look at" in each for each in told(ana))


def test_what_could_identify_somebody_holds_the_check(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    found = queries.checked(version_id)
    assert [each.text for each in found.open] == ["Harold Okafor"]
    assert not cleared(version_id, Gate.CHECK)
    assert versions.version(version_id).state == "checking"
    held = posts.publish(version_id, ana.id)
    assert isinstance(held, Held)


def test_the_words_that_were_found_are_in_no_table(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    row = CheckReport.objects.get(version=version_id)
    assert "Okafor" not in f"{row.index} {row.channels} {row.counts} {row.sealed_ref}"


def test_a_block_cannot_be_waved_through(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    (finding,) = ids(version_id)
    for action, note in (("accepted", "fine"), ("not_a_patient", "  "), ("nonsense", "x")):
        with pytest.raises(Invalid):
            actions.mark(ana.actor, version_id, finding, action, note)
    assert not cleared(version_id, Gate.CHECK)


def test_a_block_that_is_no_patient_is_cleared_with_a_note(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    (finding,) = ids(version_id)
    actions.mark(ana.actor, version_id, finding, "not_a_patient", "A character in my own story.")
    assert cleared(version_id, Gate.CHECK)
    mark = queries.checked(version_id).marks[finding]
    assert (mark.action, mark.by, mark.note) == (
        "not_a_patient",
        ana.id,
        "A character in my own story.",
    )


def test_what_was_said_about_the_same_words_holds_in_the_next_version(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    version_id = cut(post_id, do_jobs)
    actions.mark(ana.actor, version_id, ids(version_id)[0], "not_a_patient", "A character.")
    drafts.autosave(post_id, drafts.Changes(title="Another title"))
    second = cut(post_id, do_jobs)
    assert ids(second) == []
    assert cleared(second, Gate.CHECK)


def test_only_the_author_marks_redacts_and_attests(
    ana: Person, ines: Person, dev: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    (finding,) = ids(version_id)
    for actor in (ines.actor, dev.actor, Actor()):
        with pytest.raises(Denied):
            actions.mark(actor, version_id, finding, "consent", "Mine.")
        with pytest.raises(Denied):
            actions.redact(actor, version_id, [finding], "bleep")
        with pytest.raises(Denied):
            actions.attest(actor, version_id)
        assert not policy.can(actor, "see_report", "posts.version", version_id).allowed


def test_redacted_words_are_gone_from_the_next_version_and_the_old_one_is_dead(
    ana: Person, do_jobs: Jobs
) -> None:
    post_id = factories.a_draft(ana, "About Harold Okafor", text=NAMED, script=NAMED)
    first = cut(post_id, do_jobs)
    second = actions.redact(ana.actor, first, ids(first), "bleep")
    do_jobs()
    assert queries.checked(second).open == ()
    version = versions.version(second)
    for words in (version.title, version.text, version.script):
        assert "Harold" not in words
        assert "Okafor" not in words
    assert versions.version(first).state == "superseded"
    with pytest.raises(Conflict):
        posts.clear(first, Gate.CHECK, "cleared", by=None)
    assert isinstance(posts.publish(first, ana.id), Held)
    assert {mark.action for mark in queries.checked(first).marks.values()} == {"redacted"}


@pytest.mark.parametrize(("how", "kept"), [("bleep", "bleep"), ("mute", "silence")])
def test_what_is_said_in_the_captions_is_covered_in_the_sound(
    ana: Person, do_jobs: Jobs, how: actions.How, kept: str
) -> None:
    post_id = factories.a_draft(ana)
    drafts.set_captions(post_id, WEBVTT)
    first = cut(post_id, do_jobs)
    second = actions.redact(ana.actor, first, ids(first), how)
    version = versions.version(second)
    (mute,) = version.edits.mutes
    assert mute.how == kept
    assert 0 < mute.start_ms < mute.end_ms <= 2000 + 120
    assert not version.rendered
    assert Render.objects.get(pk=version.render_id).state == "waiting"
    (captions,) = reports.captions_of(version)
    transcript = captions.transcript
    assert "Okafor" not in transcript.text
    assert "went home well" in transcript.text


def test_redacting_twice_keeps_what_was_covered_before(ana: Person, do_jobs: Jobs) -> None:
    both = WEBVTT.replace(
        "with chest pain, and he went home well.", "She lives in room 412, bed 7."
    )
    post_id = factories.a_filmed_draft(ana, do_jobs)
    drafts.set_captions(post_id, both)
    first = cut(post_id, do_jobs)
    found = queries.checked(first).open
    assert len(found) > 1
    second = actions.redact(ana.actor, first, [found[0].id], "mute")
    do_jobs()
    third = actions.redact(ana.actor, second, ids(second), "bleep")
    before = versions.version(second).edits.mutes
    after = versions.version(third).edits
    assert len(after.mutes) >= len(before)
    assert all(after.silences((each.start_ms + each.end_ms) // 2) for each in before)


def test_nothing_chosen_and_unknown_findings_are_refused(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    with pytest.raises(Invalid):
        actions.redact(ana.actor, version_id, [], "bleep")
    with pytest.raises(NotFound):
        actions.redact(ana.actor, version_id, ["nothing"], "bleep")
    assert versions.version(version_id).is_working


def test_two_clinicians_attest_what_nobody_checked(
    ana: Person, ines: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana), do_jobs)
    assert set(queries.checked(version_id).attested.channels) == {
        "speech", "screen", "faces", "voices",
    }  # fmt: skip
    actions.attest(ana.actor, version_id, ask=ines.id)
    assert not cleared(version_id, Gate.ATTESTATION)
    assert queries.waits([versions.version(version_id)])[version_id][Gate.ATTESTATION].awaited == (
        ines.id,
    )
    assert any("asks you to look" in each for each in told(ines))
    actions.second_attest(ines.actor, version_id, agrees=True)
    assert cleared(version_id, Gate.ATTESTATION)
    assert versions.version(version_id).state == "rehearsing"
    assert any("agrees" in each for each in told(ana))


def test_the_second_clinician_sees_the_version_for_that_duty_alone(
    ana: Person, ines: Person, cleo: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana), do_jobs)

    def sees(person: Person) -> bool:
        return policy.can(person.actor, "play", "posts.version", version_id).allowed

    assert not sees(ines)
    actions.attest(ana.actor, version_id, ask=ines.id)
    assert sees(ines)
    assert not sees(cleo)
    actions.second_attest(ines.actor, version_id, agrees=True)
    assert not sees(ines)
    with pytest.raises(Denied):
        actions.second_attest(ines.actor, version_id, agrees=False, note="Wait.")


def test_a_second_clinician_who_objects_stops_it_with_a_reason(
    ana: Person, ines: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana), do_jobs)
    actions.attest(ana.actor, version_id, ask=ines.id)
    with pytest.raises(Invalid):
        actions.second_attest(ines.actor, version_id, agrees=False)
    actions.second_attest(ines.actor, version_id, agrees=False, note="A face at 0:02.")
    version = versions.version(version_id)
    assert (version.state, version.because) == ("objected", "A face at 0:02.")
    assert any("A face at 0:02." in each for each in told(ana))
    with pytest.raises(Conflict):
        actions.attest(ana.actor, version_id, ask=ines.id)


def test_nobody_is_shown_what_the_check_has_not_cleared(
    ana: Person, ines: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    with pytest.raises(Conflict) as refused:
        actions.attest(ana.actor, version_id, ask=ines.id)
    assert refused.value.code == "check_first"
    assert not policy.can(ines.actor, "play", "posts.version", version_id).allowed


def test_only_another_verified_clinician_can_be_asked(
    ana: Person, cleo: Person, ines: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana), do_jobs)
    accounts.block(ines.id, ana.id)
    for person in (ana, cleo, ines):
        with pytest.raises(Invalid):
            actions.attest(ana.actor, version_id, ask=person.id)


def test_without_a_colleague_the_named_person_looks(
    ana: Person, mara: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana), do_jobs)
    actions.attest(ana.actor, version_id)
    actions.second_attest(mara.actor, version_id, agrees=True)
    assert cleared(version_id, Gate.ATTESTATION)


def test_without_anybody_it_says_what_to_do(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana), do_jobs)
    with pytest.raises(Conflict) as refused:
        actions.attest(ana.actor, version_id)
    assert refused.value.code == "nobody_to_ask"


def test_the_hosts_standing_consent_makes_the_author_enough_but_never_spares_the_check(
    ana: Person, ada: Person, do_jobs: Jobs
) -> None:
    accounts.give_standing_consent(
        ada.id, "lesson", ["second_attestation", "rehearsal"], "A solo practice.", ana.id
    )
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    with pytest.raises(Conflict):
        actions.attest(ana.actor, version_id)
    second = actions.redact(ana.actor, version_id, ids(version_id), "bleep")
    do_jobs()
    actions.attest(ana.actor, second)
    assert versions.version(second).state == "cleared"
    assert not isinstance(posts.publish(second, ana.id), Held)


def test_asking_somebody_else_closes_the_first_ones_duty(
    ana: Person, ines: Person, mara: Person, do_jobs: Jobs
) -> None:
    version_id = cut(factories.a_draft(ana), do_jobs)
    actions.attest(ana.actor, version_id, ask=ines.id)
    actions.attest(ana.actor, version_id)
    assert queries.duties(ines.actor) == []
    assert [each.version.id for each in queries.duties(mara.actor)] == [version_id]


def test_a_newer_version_closes_every_duty(ana: Person, ines: Person, do_jobs: Jobs) -> None:
    post_id = factories.a_draft(ana)
    version_id = cut(post_id, do_jobs)
    actions.attest(ana.actor, version_id, ask=ines.id)
    drafts.autosave(post_id, drafts.Changes(text="Other words."))
    cut(post_id, do_jobs)
    assert queries.duties(ines.actor) == []
    assert not policy.can(ines.actor, "play", "posts.version", version_id).allowed


def test_what_was_found_is_forgotten_with_the_post(ana: Person, do_jobs: Jobs) -> None:
    post_id = factories.a_draft(ana, text=NAMED)
    version_id = cut(post_id, do_jobs)
    ref = CheckReport.objects.get(version=version_id).sealed_ref
    posts.delete(post_id, ana.id)
    assert not CheckReport.objects.filter(version=version_id).exists()
    with pytest.raises(vault.Broken):
        vault.read(ref)


def test_examining_twice_is_examining_once(ana: Person, do_jobs: Jobs) -> None:
    version_id = cut(factories.a_draft(ana, text=NAMED), do_jobs)
    actions.examine(version_id)
    assert CheckReport.objects.filter(version=version_id).count() == 1


SAID = (
    "Keep your blue inhaler near you at all times. Yesterday I met a man called Bernard Whitfield. "
    "He asked about his inhaler and I told him to keep it near, and to wash it every week."
)
TYPED = SAID.replace(" called Bernard Whitfield", "")


def cut_of(author: Person, script: str, folder: Path, do_jobs: Jobs) -> UUID:
    """A version of a clip in which all of `SAID` is heard, cut with the script that was typed."""
    clip = clip_saying(SAID, folder)
    post_id = drafts.begin(author.actor, "said.mp4", len(clip), factories.stream(clip))
    drafts.autosave(post_id, drafts.Changes(title="Inhalers", script=script))
    do_jobs()
    return cut(post_id, do_jobs)


@pytest.mark.slow
def test_what_a_script_leaves_out_is_listened_to_muted_and_looked_for_again(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    version_id = cut_of(ana, TYPED, tmp_path, do_jobs)
    unheard = [each for each in queries.checked(version_id).open if each.kind == "unheard"]
    assert unheard
    assert not cleared(version_id, Gate.CHECK)
    newer = actions.redact(ana.actor, version_id, [each.id for each in unheard], "mute")
    do_jobs()
    found = queries.checked(newer)
    assert not [each for each in found.open if each.kind == "unheard"]
    assert "speech" not in {each.name for each in found.report.not_checked}


@pytest.mark.slow
def test_the_voice_that_speaks_most_is_answered_for_and_never_redacted(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    version_id = cut_of(ana, SAID, tmp_path, do_jobs)
    (who,) = (each for each in queries.checked(version_id).open if each.kind == "speaker")
    with pytest.raises(Invalid) as refused:
        actions.redact(ana.actor, version_id, [who.id], "mute")
    assert refused.value.code == "cannot_be_redacted"
    assert versions.version(version_id).is_working
    actions.mark(ana.actor, version_id, who.id, "mine")
    assert "speaker" not in {each.kind for each in queries.checked(version_id).open}
    assert list(OwnWords.objects.filter(author=ana.id)) == [], "nothing is kept of a voice"


@pytest.mark.slow
def test_the_check_waits_until_the_recogniser_has_heard(
    ana: Person, do_jobs: Jobs, tmp_path: Path
) -> None:
    home = config.current().data / "models"
    write_model(home / "whisper" / "tiny")
    try:
        clip = clip_saying("Keep your inhaler near.", tmp_path)
        post_id = drafts.begin(ana.actor, "said.mp4", len(clip), factories.stream(clip))
        drafts.autosave(post_id, drafts.Changes(title="Inhalers"))
        version_id = posts.cut(post_id)
        do_jobs()
    finally:
        shutil.rmtree(home)
    (speech,) = (
        each for each in queries.checked(version_id).report.channels if each.name == "speech"
    )
    assert (speech.state, speech.reason) == ("checked", "")
