"""Is this clip safe to publish? A library: a file, a text or `Material` in, a report out.

It says what it recognised and what nobody looked at, never that a clip is safe: "we found nothing
that we can recognise".
"""

from wardcast.check.clips.examining import examine
from wardcast.check.detectors.metadata import ContainerTag
from wardcast.check.examine import Material, examine_text
from wardcast.check.finding import Finding, Severity
from wardcast.check.lexicon import Lexicon
from wardcast.check.report import ChannelState, Report
from wardcast.check.transcript import Transcript, parse_captions

__all__ = [
    "ChannelState",
    "ContainerTag",
    "Finding",
    "Lexicon",
    "Material",
    "Report",
    "Severity",
    "Transcript",
    "examine",
    "examine_text",
    "parse_captions",
]
