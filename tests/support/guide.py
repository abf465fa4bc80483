"""The bank that docs/authors-guide.md teaches, written as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "authors-guide.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```yaml\n# (?P<path>\S+)\n(?P<text>.*?)^```$", re.S | re.M)


def write_guide_bank(folder: Path) -> None:
    """Copy each block with a file name in its first line."""
    for block in BLOCK.finditer(GUIDE):
        path = folder / block["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["text"], encoding="utf-8")
