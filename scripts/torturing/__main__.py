"""The command line: so many kills over all scenes, then every fault; exit code 1 if anything is wrong."""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import tempfile
import time
from pathlib import Path

from torturing.clocks import clock_faults
from torturing.faults import all_faults
from torturing.scenes import Tally, all_scenes
from torturing.terminal import screen_faults

WEIGHTS = {
    "quiz": 6,
    "exam": 4,
    "review": 4,
    "backup": 2,
    "restore": 2,
    "rebuild": 1,
    "migration": 3,
    "merge": 3,
    "sync": 2,
}


def main() -> int:
    """Hurt, count, print."""
    parser = argparse.ArgumentParser(prog="scripts/torture", description=__doc__)
    parser.add_argument("--runs", type=int, default=500, help="kills at random moments")
    parser.add_argument("--seed", type=int, default=None, help="the same moments again")
    parser.add_argument("--minutes", type=float, default=25, help="no new run begins after these")
    parser.add_argument("--small", action="store_true", help="small banks, histories and faults")
    parser.add_argument("--only", action="append", help="only this scene or fault; may be given again")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 30) if given.seed is None else given.seed
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        found = torture(Path(folder), given, random.Random(seed), began + 60 * given.minutes)
    _print(found, seed, time.monotonic() - began, as_json=given.json)
    return 1 if any(tally.wrong for tally in found.values()) else 0


def torture(folder: Path, given: argparse.Namespace, chance: random.Random, end: float) -> dict[str, Tally]:
    """Every scene and fault; its tally by name."""
    makers = all_scenes(folder, chance, small=given.small)
    found: dict[str, Tally] = {}
    bank = folder / "bank" / "made"
    faults = all_faults(folder, bank, chance, small=given.small)
    faults |= clock_faults(folder, bank, small=given.small) | screen_faults(folder, bank)
    for name, fault in faults.items():
        if not given.only or name in given.only:
            found[name] = fault()
    wanted = [name for name in makers if not given.only or name in given.only]
    turns = chance.choices(wanted, [WEIGHTS[name] for name in wanted], k=given.runs) if wanted else []
    scenes = {name: makers[name]() for name in sorted(set(turns))}
    for name in turns:
        if time.monotonic() > end:
            break
        scenes[name].run()
    found |= {name: scene.tally for name, scene in scenes.items()}
    return found


def _print(found: dict[str, Tally], seed: int, seconds: float, *, as_json: bool) -> None:
    rows = {
        name: {
            "runs": tally.runs,
            "killed": tally.killed,
            "acknowledged": tally.acknowledged,
            "lost": tally.lost,
            "resumed": tally.resumed,
            "wrong": tally.wrong,
        }
        for name, tally in found.items()
    }
    if as_json:
        machine = {"cores": os.cpu_count(), "python": platform.python_version()}
        print(
            json.dumps(
                {"seed": seed, "seconds": round(seconds), "machine": machine, "scenes": rows}, indent=2
            )
        )
        return
    print(f"{'':<20}{'runs':>6}{'killed':>8}{'acknowledged':>14}{'lost':>6}{'resumed':>9}{'wrong':>7}")
    for name, row in rows.items():
        figures = f"{row['runs']:>6}{row['killed']:>8}{row['acknowledged']:>14}{row['lost']:>6}"
        print(f"{name:<20}{figures}{row['resumed']:>9}{len(row['wrong']):>7}")
    for tally in found.values():
        for line in tally.wrong[:10]:
            print(f"wrong: {line}")
    print(f"seed {seed}, {seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
