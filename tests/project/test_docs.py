"""What an operator can set is documented, and what is documented can be set."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NAME = re.compile(r"""["'](WARDCAST_[A-Z0-9_]+|PORT|DATABASE_URL)["']""")
_CELL = re.compile(r"^\| (`[A-Z0-9_`, ]+`) \|", re.MULTILINE)


def test_every_setting_is_documented_and_no_other() -> None:
    settings = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in _NAME.findall(path.read_text(encoding="utf-8"))
    }
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    documented = {name for cell in _CELL.findall(page) for name in re.findall("[A-Z0-9_]+", cell)}
    assert len(settings) > 10
    assert documented == settings
