"""A small run of the study of readiness: what made learners are told is how their papers come out."""

from __future__ import annotations

import importlib
import random
import re
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
KINDS = ("even and steady", "uneven over domains", "improving", "guessing, and says so")
LENGTHS = ((60, 150), (150, 400))
EACH = 16


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The measures of the study."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("readying.measures")


def test_learners_are_told_what_comes_out(study: Any) -> None:
    rng = random.Random(20261126)
    kinds = [manner for manner in study.MANNERS if manner.name in KINDS]
    found = [
        study.trial(study.made(kind, length, rng), length, rng)
        for kind in kinds
        for length in LENGTHS
        for _ in range(EACH)
    ]
    figures = study.summary(found)
    assert figures.told >= 0.95 * len(found)
    assert figures.brier < figures.naive - 0.02
    assert figures.brier < figures.ideal + 0.05
    assert abs(figures.bias) < 0.06
    assert figures.covered >= 0.85
    assert figures.scores >= 0.85
    said = [(one.told.probability, one.truth) for one in found if one.told]
    for low, high in ((0.0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1.01)):
        group = [(told, true) for told, true in said if low <= told < high]
        assert abs(sum(told - true for told, true in group)) < 0.15 * len(group)


def test_those_who_lose_ground_are_told_an_interval_that_holds(study: Any) -> None:
    rng = random.Random(20261127)
    worse = next(manner for manner in study.MANNERS if manner.name == "getting worse")
    found = [
        study.trial(study.made(worse, length, rng), length, rng) for length in LENGTHS for _ in range(EACH)
    ]
    figures = study.summary(found)
    assert figures.covered >= 0.8
    assert figures.bias < 0.15
    assert figures.brier < figures.naive


def test_the_picture_of_the_study_is_the_one_in_the_page() -> None:
    page = (SCRIPTS.parent / "docs" / "readiness.md").read_text(encoding="utf-8")
    assert "](readiness.svg)" in page
    assert (SCRIPTS.parent / "docs" / "readiness.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_the_readme_tells_the_last_figures() -> None:
    root = SCRIPTS.parent
    told = re.search(
        r"calibrated on ([\d,]+) made learners: of the (\d+) told 80 to 90 %, ([\d.]+) % passed",
        (root / "README.md").read_text(encoding="utf-8"),
    )
    written = (root / "docs/readiness.md").read_text(encoding="utf-8")
    heard, silent = re.findall(r"\*\*all\*\* \| (\d+) \| (\d+) ", written)[0]
    told_so, passed = re.findall(r"80 to 90 % \| (\d+) \| [\d.]+% \| ([\d.]+)%", written)[0]
    assert told is not None
    assert told[1] == f"{int(heard) + int(silent):,}"
    assert (told[2], told[3]) == (told_so, passed)
