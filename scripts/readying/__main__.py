"""Make learners, tell them, let them sit a paper; print the tables, or put them into docs/readiness.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from readying.measures import reliability, trials
from readying.page import tables
from readying.picture import diagram

DOCS = Path(__file__).resolve().parents[2] / "docs"
MARK = "<!-- written by scripts/readiness -->"


def main() -> int:
    """Run the study."""
    parser = argparse.ArgumentParser(prog="scripts/readiness", description=__doc__)
    parser.add_argument("--each", type=int, default=100, help="learners of each kind and length (100)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write docs/readiness.md and docs/readiness.svg")
    given = parser.parse_args()
    found = trials(given.each, given.seed)
    text = "\n".join(tables(found))
    if not given.write:
        print(text)
        return 0
    page = DOCS / "readiness.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(MARK)
    after = rest.partition(MARK)[2]
    page.write_text(f"{before}{MARK}\n\n{text}\n\n{MARK}{after}", encoding="utf-8")
    told = reliability([(one.told.probability, one.passed) for one in found if one.told])
    plain = reliability([(one.naive_odds, one.passed) for one in found if one.told])
    (DOCS / "readiness.svg").write_text(diagram(told, plain), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
