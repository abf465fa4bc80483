"""The tables of docs/readiness.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readying.learners import LENGTHS, MANNERS
from readying.measures import Summary, Trial, reliability, summary

COLUMNS = (
    "told",
    "silent",
    "Brier",
    "best possible",
    "share so far is my score",
    "share as odds",
    "bias",
    "interval holds",
    "score holds",
    "mean width",
)


def tables(found: Sequence[Trial]) -> Iterator[str]:
    """All tables, as lines of Markdown."""
    yield "### By kind of learner\n"
    yield from _table("learner", [(m.name, [t for t in found if t.manner == m.name]) for m in MANNERS], found)
    yield "\n### By first showings\n"
    yield from _table(
        "first showings",
        [(f"{a} to {b}", [t for t in found if t.length == (a, b)]) for a, b in LENGTHS],
        found,
    )
    yield "\n### Told and passed\n"
    yield "| told | learners | mean told | passed |"
    yield "|---|---|---|---|"
    for one in reliability([(t.told.probability, t.passed) for t in found if t.told]):
        low = min(9, int(one.told * 10)) * 10
        yield f"| {low} to {low + 10} % | {one.count} | {one.told:.1%} | {one.passed:.1%} |"


def _table(name: str, groups: Sequence[tuple[str, Sequence[Trial]]], found: Sequence[Trial]) -> Iterator[str]:
    yield f"| {name} | {' | '.join(COLUMNS)} |"
    yield "|---" * 11 + "|"
    for label, trials in groups:
        yield _row(label, summary(trials))
    yield _row("**all**", summary(found))


def _row(label: str, s: Summary) -> str:
    figures = f"{s.brier:.3f} | {s.ideal:.3f} | {s.naive:.3f} | {s.naive_odds:.3f} | {s.bias:+.3f}"
    return (
        f"| {label} | {s.told} | {s.silent} | {figures} | {s.covered:.0%} | {s.scores:.0%} | {s.width:.2f} |"
    )
