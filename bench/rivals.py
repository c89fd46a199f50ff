"""What Presidio and scrubadub find in texts: run by `identifiers.py` and `check_text.py` with the
Python of `make rivals`, where they are installed as published.

Reads a JSON list of texts; prints {"presidio": [[[start, end, kind], …], …], "scrubadub": …}, and
with `--speed` characters per CPU-second instead.
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

Found = list[tuple[int, int, str]]


def presidio() -> Callable[[str], Found]:
    """Presidio's own recognisers on a blank pipeline: it ships no model."""
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    tldextract.extract = tldextract.tldextract.TLD_EXTRACTOR

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(ner_model_configuration=NerModelConfiguration())
            self.nlp = {"en": spacy.blank("en")}

    engine = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"])

    def find(text: str) -> Found:
        found = engine.analyze(text, language="en")
        return [(r.start, r.end, r.entity_type) for r in found]

    return find


def scrubadub_() -> Callable[[str], Found]:
    """scrubadub with the detectors that it turns on by itself."""
    import scrubadub

    scrubber = scrubadub.Scrubber()

    def find(text: str) -> Found:
        return [(f.beg, f.end, f.type or f.detector_name) for f in scrubber.iter_filth(text)]

    return find


def main() -> None:
    logging.disable(logging.WARNING)
    texts: list[str] = json.loads(Path(sys.argv[1]).read_text())
    out: dict[str, object] = {}
    for name, make in (("presidio", presidio), ("scrubadub", scrubadub_)):
        find = make()
        find("warm up")
        began = time.process_time()
        found = [find(text) for text in texts]
        spent = time.process_time() - began
        out[name] = sum(map(len, texts)) / spent if "--speed" in sys.argv else found
    print(json.dumps(out))


if __name__ == "__main__":
    main()
