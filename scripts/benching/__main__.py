"""The command line of the benchmark."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from benching.cards import write_cards, write_terms
from benching.inside import check_ratio, data_work, queue_and_plan, rebuild_ratio, searching
from benching.made import write_bank, write_history
from benching.outside import Home, memory_ratio, next_day_ratio, press_ratio, start_ratio
from benching.rows import Row

UNKEPT_BAR = 2.0  # ours: no bar is set for a start that has nothing to go by


@dataclass(frozen=True)
class Scale:
    """How much is measured.

    Attributes:
        sizes: of the made homes: questions, answers, and the bar of the start.
        cards: of the home for the queue and the plan. runs: interleaved starts. presses: of keys.
        answers: whose data work is timed.
    """

    sizes: tuple[tuple[int, int, float], ...] = ((1_000, 10_000, 1.15), (10_000, 100_000, 1.25))
    cards: int = 100_000
    runs: int = 15
    presses: int = 500
    answers: int = 200


WHOLE = Scale()
SMALL = Scale(sizes=WHOLE.sizes[:1], cards=10_000, presses=60)
LEAST = Scale(sizes=((100, 500, 1.15),), cards=500, runs=1, presses=5, answers=10)


def rows(folder: Path, scale: Scale) -> list[Row]:
    """Every row of the table, one after another on the same machine."""
    found: list[Row] = []
    for questions, answers, bar in scale.sizes:
        place = folder / f"{questions}"
        bank = write_bank(place, questions)
        write_history(place / "home", questions, answers)
        home = Home(place / "home", place / "cache", bank)
        found.append(start_ratio(home, runs=scale.runs, bar=bar))
        few = -(-scale.runs // 3)
        found.append(next_day_ratio(home, runs=2 * few, bar=bar))
        found.append(start_ratio(home, runs=few, bar=UNKEPT_BAR, unkept=True))
        found.append(memory_ratio(home))
    found += press_ratio(home, presses=scale.presses)
    found += data_work(home, answers=scale.answers)
    found += searching(home)
    found.append(check_ratio(bank))
    found.append(rebuild_ratio(home, answers))
    found += _over_cards(folder / "cards", scale.cards)
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
    parser.add_argument("--runs", type=int, default=0, help="interleaved starts (15)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scale = SMALL if given.small else WHOLE
        found = rows(Path(folder), replace(scale, runs=given.runs or scale.runs))
    if given.json:
        machine = {"cores": os.cpu_count(), "python": platform.python_version()}
        print(json.dumps({"machine": machine, "rows": [row.as_dict() for row in found]}, indent=2))
    else:
        for row in found:
            print(row.line())
    return 0 if all(row.holds for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
