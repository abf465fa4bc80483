"""The command line of the benchmark."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from benching.cards import write_cards, write_terms
from benching.inside import check_ratio, data_work, queue_and_plan, rebuild_ratio, searching
from benching.made import write_bank, write_history
from benching.outside import Home, memory_ratio, press_ratio, start_ratio
from benching.rows import Row

MORNING_BAR = 2.0  # ours: no bar is set for a start that has nothing to go by
CARDS, SMALL_CARDS = 100_000, 10_000
SIZES = ((1_000, 10_000, 1.15), (10_000, 100_000, 1.25))  # questions, answers, the bar of the start


def rows(folder: Path, *, runs: int, small: bool) -> list[Row]:
    """Every row of the table, one after another on the same machine."""
    found: list[Row] = []
    for questions, answers, bar in SIZES[:1] if small else SIZES:
        place = folder / f"{questions}"
        bank = write_bank(place, questions)
        write_history(place / "home", questions, answers)
        home = Home(place / "home", place / "cache", bank)
        found.append(start_ratio(home, runs=runs, bar=bar))
        found.append(start_ratio(home, runs=-(-runs // 3), bar=MORNING_BAR, morning=True))
        found.append(memory_ratio(home))
    found += press_ratio(home, presses=60 if small else 500)
    found += data_work(home, answers=200)
    found += searching(home)
    found.append(check_ratio(bank))
    found.append(rebuild_ratio(home, answers))
    found += _over_cards(folder / "cards", SMALL_CARDS if small else CARDS)
    return found


def _over_cards(place: Path, cards: int) -> list[Row]:
    bank = write_terms(place, cards)
    write_cards(place / "home", cards, cards // 50)
    return queue_and_plan(Home(place / "home", place / "cache", bank), cards)


def main() -> int:
    """Measure, print, and say with the exit code whether every bar holds."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--small", action="store_true", help="the small bank and history only")
    parser.add_argument("--runs", type=int, default=15, help="interleaved starts")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = rows(Path(folder), runs=given.runs, small=given.small)
    if given.json:
        machine = {"cores": os.cpu_count(), "python": platform.python_version()}
        print(json.dumps({"machine": machine, "rows": [row.as_dict() for row in found]}, indent=2))
    else:
        for row in found:
            print(row.line())
    return 0 if all(row.holds for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
