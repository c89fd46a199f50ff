"""What the check promises about one version."""

from datetime import UTC, datetime

from wardcast.check import ContainerTag, Lexicon, Material, Severity, examine, examine_text
from wardcast.check.language import name_of, tag_of
from wardcast.check.transcript import parse_captions

CAPTIONS = """WEBVTT

00:00.000 --> 00:02.000
So my patient Harold Okafor came in

00:02.000 --> 00:05.000
to room four twelve with chest pain
"""


def kinds(text: str) -> dict[str, str]:
    return {f.text: f.kind for f in examine_text(text).findings}


def test_a_name_found_in_the_script_is_found_in_the_title_too() -> None:
    report = examine(
        Material(title="What Okafor taught me", script="My patient Harold Okafor came in at noon.")
    )
    title = [f for f in report.findings if f.channel == "title"]
    assert [f.text for f in title] == ["Okafor"]
    assert title[0].severity is Severity.BLOCK


def test_captions_tell_when_a_name_is_said() -> None:
    report = examine(Material(captions=parse_captions(CAPTIONS), duration_ms=5000))
    name, room = report.findings
    assert (name.text, room.text) == ("Harold Okafor", "room four twelve")
    assert name.time is not None
    assert room.time is not None
    assert 0 < name.time.start_ms < 1000 < name.time.end_ms <= 2000
    assert 2000 <= room.time.start_ms < room.time.end_ms < 5000


def test_a_channel_that_nobody_looked_at_is_never_clean() -> None:
    report = examine(Material(title="Three facts about blood pressure", has_audio=False))
    assert report.findings == ()
    assert report.verdict == "not_checked"
    assert {c.name for c in report.not_checked} == {"screen", "faces"}


def test_typed_words_do_not_prove_what_is_said() -> None:
    report = examine(Material(script="Drink water."))
    states = {c.name: c.state for c in report.channels}
    assert states["script"] == "checked"
    assert states["speech"] == states["voices"] == "not_checked"


def test_every_channel_that_is_not_checked_says_why_and_what_to_do() -> None:
    report = examine(Material(title="Dolor de pecho: lo que hay que saber de los síntomas en casa"))
    assert all(c.reason and c.remedy for c in report.not_checked)
    assert "title" in {c.name for c in report.not_checked}


def test_the_place_in_the_original_is_told_and_said_to_be_removed() -> None:
    tags = (
        ContainerTag("com.apple.quicktime.location.ISO6709", "+41.4090-075.6624+230.0/"),
        ContainerTag("encoder", "Lavf60.3.100"),
    )
    (finding,) = [f for f in examine(Material(tags=tags)).findings if f.channel == "metadata"]
    assert finding.kind == "location"
    assert finding.severity is Severity.INFO
    assert "removed" in finding.reason
    assert finding.actions == ("strip",)


def test_the_authors_own_name_is_no_patient() -> None:
    text = "Ana Reyes here. My patient Harold Okafor came in."
    lexicon = Lexicon.of(["Ana Reyes"])
    assert [f.text for f in examine_text(text, lexicon=lexicon).findings] == ["Harold Okafor"]


def test_yesterday_is_told_as_the_date_it_becomes() -> None:
    posted = datetime(2026, 3, 1, 9, tzinfo=UTC)
    report = examine(Material(caption="My patient coded last night.", posted_at=posted))
    (finding,) = report.findings
    assert finding.severity is Severity.ASK
    assert "28 February 2026" in finding.reason


def test_captions_in_a_language_the_check_does_not_know_are_read_and_said_to_be_not_checked() -> (
    None
):
    german = parse_captions("WEBVTT\n\n00:00.000 --> 00:02.000\nRuf 0151 23456789 an\n")
    report = examine(
        Material(
            captions=parse_captions(CAPTIONS), translations=(("de", german),), duration_ms=5000
        )
    )
    states = {c.name: c for c in report.channels}
    assert states["captions"].state == "checked"
    assert states["captions.de"].state == "not_checked"
    assert "German" in states["captions.de"].reason
    phone = next(f for f in report.findings if f.kind == "phone")
    assert (phone.channel, phone.time and phone.time.end_ms) == ("captions.de", 2000)


def test_spoken_captions_are_checked_only_where_their_language_is_known() -> None:
    spanish = parse_captions("WEBVTT\n\n00:00.000 --> 00:02.000\nHola\n")
    states = {c.name: c.state for c in examine(Material(captions=spanish, spoken="es")).channels}
    assert states["captions"] == "not_checked"


def test_tags_are_written_as_the_rfc_recommends() -> None:
    assert [tag_of(text) for text in ("EN", "pt-br", " zh-hANT-tw ", "es-419", "de-1996")] == [
        "en", "pt-BR", "zh-Hant-TW", "es-419", "de-1996",
    ]  # fmt: skip
    wrong = ("", "e", "english", "en_US", "x-klingon", "en/..", "a" * 40)
    assert {tag_of(text) for text in wrong} == {None}
    assert (name_of("de"), name_of("pt-BR"), name_of("tlh")) == (
        "German", "Portuguese (pt-BR)", "tlh",
    )  # fmt: skip
