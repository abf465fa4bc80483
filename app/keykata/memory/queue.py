"""The order of the due queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeVar

import msgspec

from keykata.core.days import add_days, days_between
from keykata.memory.engine import Engine

Row = TypeVar("Row")
WAITING_COSTS = 0.05  # of recall, at most, for standing on another day than a sibling


class Kin(NamedTuple):
    """The names a card goes by among its siblings, and the names it does not want to meet on one day."""

    names: frozenset[str]
    shuns: frozenset[str]


class DueRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the queue needs of a due card. `sure_wrong`: its last answer was wrong, the learner sure."""

    card: str
    item: str
    kind: str
    phase: str
    stability: float
    last_day: str
    sure_wrong: bool = False


class Aim(msgspec.Struct, frozen=True):
    """What the queue is for: the exam's study date, and the share of it (percent) each item stands for."""

    day: str
    weights: Mapping[str, float]


def order_due(
    rows: Iterable[DueRow], *, day: str, engine: Engine, limit: int | None = None, aim: Aim | None = None
) -> list[DueRow]:
    """Confident errors first; then, with an exam ahead, the most at stake on its day.

    Without one: what was forgotten today, then the least likely to be remembered. Cards of one item are kept
    apart where others can stand between them.

    Args:
        day: the study date recall is reckoned for.
        limit: at most so many, the most urgent ones.
        aim: the exam, which is not past.
    """
    return apart(sorted(rows, key=lambda row: _urgency(row, day, engine, aim))[:limit])


def at_stake(row: DueRow, aim: Aim, engine: Engine) -> float:
    """The points a card puts at stake: its share of the exam (percent) x the chance to forget it by then."""
    return aim.weights[row.item] * (1.0 - recall_on(row, aim.day, engine))


def recall_on(row: DueRow, day: str, engine: Engine) -> float:
    """The probability that a card is remembered on a study date if it is not shown before."""
    days = max(0, days_between(row.last_day, day)) if row.last_day else 0
    return engine.retrievability(row.stability, days)


def _urgency(row: DueRow, day: str, engine: Engine, aim: Aim | None) -> tuple[int, float, str]:
    if row.sure_wrong:
        return (0, 0.0, row.card)
    if aim is not None:
        return (1, -at_stake(row, aim, engine), row.card)
    if row.phase in ("learning", "relearning"):
        return (1, 0.0, row.card)
    return (2, recall_on(row, day, engine), row.card)


def on_another_day(
    rows: Iterable[DueRow],
    *,
    seen: Iterable[str],
    kin: Callable[[DueRow], Kin],
    day: str,
    desired: float,
    engine: Engine,
) -> list[DueRow]:
    """The rows without those whose siblings come today and that can wait until tomorrow.

    A card in a step within the day never waits, nor does one that would fall too far below the desired
    retention: separation is worth a little forgetting, not much.

    Args:
        rows: in order; the first of siblings stays.
        seen: the names that were met today already.
        kin: what a card is called, and whose company it keeps away from.
    """
    met = set(seen)
    kept = []
    tomorrow = add_days(day, 1)
    for row in rows:
        names = kin(row)
        if (
            row.phase == "review"
            and not met.isdisjoint(names.shuns)
            and recall_on(row, tomorrow, engine) >= desired - WAITING_COSTS
        ):
            continue
        kept.append(row)
        met |= names.names
    return kept


def apart(rows: Sequence[Row], of: Callable[[Row], str] = attrgetter("item")) -> list[Row]:
    """The same rows, the order kept as far as no two neighbours share a name; they meet only where they must.

    Args:
        of: the name of a row, its item when left out; "" meets nothing.
    """
    waiting: list[tuple[str, Row]] = []
    out: list[tuple[str, Row]] = []
    for row in rows:
        named = of(row), row
        if waiting:
            _next_of_another(out, waiting)
        if out and out[-1][0] == named[0] != "":
            waiting.append(named)
        else:
            out.append(named)
    while _next_of_another(out, waiting):
        pass
    for named in waiting:
        out.insert(_gap(out, named[0]), named)
    return [row for _, row in out]


def _next_of_another(out: list[tuple[str, Row]], waiting: list[tuple[str, Row]]) -> bool:
    """Let the first waiting row in that does not share the name of the last."""
    last = out[-1][0] if out else ""
    for place, (name, _) in enumerate(waiting):
        if name != last or not name:
            out.append(waiting.pop(place))
            return True
    return False


def _gap(rows: Sequence[tuple[str, Row]], name: str) -> int:
    """The last place where a name meets none like it; the end when there is none."""
    for place in range(len(rows), -1, -1):
        around = rows[max(0, place - 1) : place + 1]
        if not any(other == name != "" for other, _ in around):
            return place
    return len(rows)


def first_of_each(
    cards: Iterable[Row], of: Callable[[Row], str], most: int, quota: Mapping[str, int]
) -> list[Row]:
    """The first cards, at most so many, and of each name no more than its quota (1 where it has none)."""
    taken: dict[str, int] = {}
    found: list[Row] = []
    for card in cards:
        if len(found) >= most:
            break
        name = of(card)
        if taken.get(name, 0) < quota.get(name, 1):
            taken[name] = taken.get(name, 0) + 1
            found.append(card)
    return found


def quotas(names: Iterable[str], days: int) -> dict[str, int]:
    """How many of each name a day has to begin so that all are begun in so many days."""
    return {name: -(-count // max(1, days)) for name, count in Counter(names).items()}
