"""docs/rules.md is what the pages of the rules say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_the_rules_is_that_of_the_program() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "rules"), "--check"], check=False)
    assert done.returncode == 0, "run scripts/rules"
