"""The order of the due queue."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

import msgspec

from keykata.core.days import add_days, days_between
from keykata.memory.engine import Engine

Row = TypeVar("Row")
WAITING_COSTS = 0.05  # of recall, at most, for standing on another day than a sibling


class Kin(NamedTuple):
    """The names a card goes by among its siblings, and the names it does not want to meet on one day."""

    names: frozenset[str]
    shuns: frozenset[str]


class DueRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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
    urgency = _urgency(day, engine, aim)
    return apart(sorted(rows, key=urgency)[:limit])


def at_stake(row: DueRow, aim: Aim, engine: Engine) -> float:
    """The points a card puts at stake: its share of the exam (percent) x the chance to forget it by then."""
    return aim.weights[row.item] * (1.0 - recall_on(row, aim.day, engine))


def recall_on(row: DueRow, day: str, engine: Engine) -> float:
    """The probability that a card is remembered on a study date if it is not shown before."""
    days = max(0, days_between(row.last_day, day)) if row.last_day else 0
    return engine.retrievability(row.stability, days)


def _urgency(day: str, engine: Engine, aim: Aim | None) -> Callable[[DueRow], tuple[int, float, str]]:
    """What rows are sorted by. A queue may hold all there is, so that ages are reckoned once a day."""
    ages = _Ages(aim.day if aim else day)
    curve: tuple[float, float] | None = None
    weights = aim.weights if aim else None

    def urgency(row: DueRow) -> tuple[int, float, str]:
        nonlocal curve
        if row.sure_wrong:
            return (0, 0.0, row.card)
        if weights is None and row.phase in ("learning", "relearning"):
            return (1, 0.0, row.card)
        stability = row.stability
        factor, decay = curve = curve or engine.curve  # not asked for before a row needs it
        recall = (1 + factor * ages[row.last_day] / stability) ** -decay if stability > 0 else 0.0
        if weights is None:
            return (2, recall, row.card)
        return (1, -(weights[row.item] * (1.0 - recall)), row.card)

    return urgency


class _Ages(dict[str, int]):
    """Whole days from a study date to a fixed one, 0 when it is later or there is none."""

    def __init__(self, day: str) -> None:
        super().__init__({"": 0})
        self._day = day

    def __missing__(self, earlier: str) -> int:
        age = self[earlier] = max(0, days_between(earlier, self._day))
        return age


def on_another_day(
    rows: Iterable[DueRow],
    *,
    seen: Iterable[str],
    kin: Callable[[DueRow], Kin],
    day: str,
    desired: float,
    engine: Engine,
    bound: Collection[str] = (),
) -> list[DueRow]:
    """The rows without those whose siblings come today and that can wait until tomorrow.

    A card in a step within the day never waits, nor does one that would fall too far below the desired
    retention: separation is worth a little forgetting, not much.

    Args:
        rows: in order; the first of siblings stays.
        seen: the names that were met today already.
        kin: what a card is called, and whose company it keeps away from.
        bound: cards that have no other day, as the last showing before an exam.
    """
    met = set(seen)
    kept = []
    tomorrow = add_days(day, 1)
    floor = desired - WAITING_COSTS
    for row in rows:
        names = kin(row)
        if (
            row.phase == "review"
            and row.card not in bound
            and not met.isdisjoint(names.shuns)
            and recall_on(row, tomorrow, engine) >= floor
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
    waiting = _Waiting[Row]()
    out: list[Row] = []
    last = ""  # the name of the last row
    for row in rows:
        if waiting and (found := waiting.other_than(last)):
            last, other = found
            out.append(other)
        name = of(row)
        if name == last != "":
            waiting.add(name, row)
        else:
            out.append(row)
            last = name
    while found := waiting.other_than(last):
        last, other = found
        out.append(other)
    left = waiting.left(last)
    return _between(out, left, last, of) if left else out


class _Waiting(Generic[Row]):
    """Rows that wait for a neighbour of another name, by name, each in the order it came."""

    def __init__(self) -> None:
        self._rows: dict[str, deque[tuple[int, Row]]] = {}
        self._heads: list[tuple[int, str]] = []  # a heap: the first that waits of each name
        self._came = 0

    def __bool__(self) -> bool:
        return bool(self._heads)

    def add(self, name: str, row: Row) -> None:
        """Let a row wait."""
        self._came += 1
        queue = self._rows.setdefault(name, deque())
        if not queue:
            heappush(self._heads, (self._came, name))
        queue.append((self._came, row))

    def other_than(self, last: str) -> tuple[str, Row] | None:
        """The first to come of another name, which waits no more; None when there is none."""
        if not self._heads:
            return None
        same = heappop(self._heads) if self._heads[0][1] == last else None
        name = heappop(self._heads)[1] if self._heads else ""
        if same is not None:
            heappush(self._heads, same)
        if not name:
            return None
        queue = self._rows[name]
        row = queue.popleft()[1]
        if queue:
            heappush(self._heads, (queue[0][0], name))
        return name, row

    def left(self, name: str) -> list[Row]:
        """All that wait under a name."""
        return [row for _, row in self._rows.get(name, ())]


def _between(rows: list[Row], left: list[Row], name: str, of: Callable[[Row], str]) -> list[Row]:
    """Rows of one name put from the end on where they meet none of it, one a gap; the rest come last."""
    free = iter(left)
    out: list[Row] = []
    meets = False
    for row in reversed(rows):
        same = of(row) == name
        if not (same or meets or not out) and (one := next(free, None)) is not None:
            out.append(one)
        out.append(row)
        meets = same
    if not meets and (one := next(free, None)) is not None:
        out.append(one)
    return [*reversed(out), *free]


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
