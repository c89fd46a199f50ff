"""A report survives being written and read, and says as little as it must."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wardcast.check import ChannelState, Finding, Report, Severity, examine_text
from wardcast.check.policy import DEFAULT, Rule, override
from wardcast.check.report import CHANNELS
from wardcast.check.span import TextSpan, TimeSpan

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
PAIR = st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)).map(lambda p: (p[0], p[0] + p[1]))
FINDING = st.builds(
    Finding,
    id=TEXT, kind=st.sampled_from(sorted(DEFAULT)), channel=st.sampled_from(CHANNELS),
    span=st.none() | PAIR.map(lambda p: TextSpan(*p)),
    time=st.none() | PAIR.map(lambda p: TimeSpan(*p)),
    severity=st.sampled_from(Severity), confidence=st.floats(0, 1), text=TEXT, before=TEXT,
    after=TEXT,
    reason=TEXT, suggestion=TEXT, actions=st.lists(TEXT, max_size=3).map(tuple),
)  # fmt: skip
STATE = st.builds(
    ChannelState,
    name=st.sampled_from(CHANNELS),
    state=st.sampled_from(["checked", "not_checked", "absent"]),
    reason=TEXT,
    remedy=TEXT,
)
REPORT = st.builds(
    Report,
    findings=st.lists(FINDING, max_size=4).map(tuple),
    channels=st.lists(STATE, max_size=9).map(tuple),
)


@given(REPORT)
def test_a_report_written_and_read_is_the_same(report: Report) -> None:
    assert Report.from_json(report.to_json()) == report


@given(REPORT)
def test_a_report_is_clean_only_when_all_was_checked_and_nothing_asks(report: Report) -> None:
    if report.verdict == "clean":
        assert not report.not_checked
        assert all(f.severity is Severity.INFO for f in report.findings)


@given(REPORT)
def test_the_summary_counts_and_quotes_nothing(report: Report) -> None:
    assert set(report.summary) == {"block", "ask", "info", "not_checked"}
    assert sum(report.summary.values()) == len(report.findings) + len(report.not_checked)


def test_the_same_text_gives_the_same_ids() -> None:
    text = "My patient Harold Okafor was in room 412."
    first, second = examine_text(text), examine_text(text)
    assert [f.id for f in first.findings] == [f.id for f in second.findings]
    assert len({f.id for f in first.findings}) == len(first.findings) == 2


def test_a_host_may_weigh_a_kind_anew() -> None:
    stricter = override({"room": Rule(Severity.BLOCK, Severity.BLOCK)})
    (room,) = examine_text("He was in room 412.", policy=stricter).findings
    assert room.severity is Severity.BLOCK


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_examined_and_every_span_quotes_it(text: str) -> None:
    for finding in examine_text(text).findings:
        assert finding.span is not None
        assert text[finding.span.start : finding.span.end] == finding.text
        assert finding.text
