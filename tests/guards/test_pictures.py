"""Every picture of the documentation is shown by a page, and every picture a page shows is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOWN = re.compile(r"!\[[^\]]+\]\(([\w./-]+)\)")


def test_pictures_and_pages_agree() -> None:
    pages = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
    shown = {
        (page.parent / name).resolve()
        for page in pages
        for name in SHOWN.findall(page.read_text(encoding="utf-8"))
    }
    assert {path.relative_to(ROOT.resolve()) for path in shown} == {
        path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.svg")
    }
