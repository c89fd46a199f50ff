"""No text breaks the check: it always ends, soon, with offsets into the text that was given."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wardcast.check import Report, examine_text

CHANNELS = ("speech", "captions", "title", "comment", "screen", "caption")
WORDS = st.sampled_from(
    "my patient Harold OKAFOR mrs room four twelve 412 @ at dot com born 3rd, \u200fשרה\u200e "
    "\u200b \ud800 İ ß ﬁ Оkafor مريض 病人 🏥 zoe\u0308 [doctor] o k a f o r 555-0142 #tag".split(
        " "
    )
)
MESSY = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(categories=("Cs", "Cf", "Mn", "Zs", "Nd", "Lu")), max_size=120),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
)


@given(MESSY, st.sampled_from(CHANNELS))
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_gives_a_report_with_offsets_into_it(text: str, channel: str) -> None:
    report = examine_text(text, channel=channel)
    at = 0
    for finding in report.findings:
        assert finding.span is not None
        assert at <= finding.span.start < finding.span.end <= len(text)
        assert text[finding.span.start : finding.span.end] == finding.text
        at = finding.span.end
    assert examine_text(text, channel=channel) == report
    assert Report.from_json(report.to_json()) == report


@pytest.mark.parametrize(
    "unit",
    [
        "a", "a-", "a.", "1 ", "1", "@", "a@", "patient ", "o ", "double ", "room 412 ", "(", "'",
        "\n", "Mrs. Okafor ", "my patient Ada ", "at dot ", "a dot ", "www.", "é", "\u200b",
        "1/", "12 ", "one hundred and ", "St. ", "of the ", "A B ", "born ", "שלום ", "A.B",
        "ROOM4", "\u0301", "5-", "a_", "1 Main ", "mrn 1",
    ],
)  # fmt: skip
def test_a_text_of_one_thing_over_and_over_ends_soon(unit: str) -> None:
    text = (unit * (40_000 // len(unit) + 1))[:40_000]
    began = time.process_time()
    examine_text(text, channel="screen")
    examine_text(text)
    assert time.process_time() - began < 20


@pytest.mark.slow
def test_a_megabyte_ends_in_bounded_time() -> None:
    line = "Then my patient Harold Okafor came in to room four twelve and Dr. Nwosu saw him. "
    text = line * (1_000_000 // len(line))
    began = time.process_time()
    report = examine_text(text)
    assert time.process_time() - began < 120
    assert len(report.findings) > 20_000


def test_nothing_is_absent_and_not_clean_by_accident() -> None:
    for text in ("", " \n\t"):
        report = examine_text(text)
        assert report.findings == ()
        assert [c.state for c in report.channels] == ["absent"]
