"""The order of the due queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from keykata.core.days import days_between
from keykata.memory.engine import Engine


class DueRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the queue needs of a due card. `sure_wrong`: its last answer was wrong, the learner sure."""

    card: str
    item: str
    kind: str
    phase: str
    stability: float
    last_day: str
    sure_wrong: bool = False


def order_due(rows: Iterable[DueRow], *, day: str, engine: Engine, limit: int | None = None) -> list[DueRow]:
    """Confident errors first, then what was forgotten today, then the least likely to be remembered.

    Cards of one item are kept apart where others can stand between them.

    Args:
        day: the study date recall is reckoned for.
        limit: at most so many, the most urgent ones.
    """
    return apart(sorted(rows, key=lambda row: _urgency(row, day, engine))[:limit])


def _urgency(row: DueRow, day: str, engine: Engine) -> tuple[int, float, str]:
    if row.sure_wrong:
        return (0, 0.0, row.card)
    if row.phase in ("learning", "relearning"):
        return (1, 0.0, row.card)
    days = max(0, days_between(row.last_day, day)) if row.last_day else 0
    return (2, engine.retrievability(row.stability, days), row.card)


def apart(rows: Sequence[DueRow]) -> list[DueRow]:
    """The same rows, the order kept as far as no two of one item meet; they meet only where they must."""
    waiting: list[DueRow] = []
    out: list[DueRow] = []
    for row in rows:
        _next_of_another(out, waiting)
        if out and out[-1].item == row.item:
            waiting.append(row)
        else:
            out.append(row)
    while _next_of_another(out, waiting):
        pass
    for row in waiting:
        out.insert(_gap(out, row.item), row)
    return out


def _next_of_another(out: list[DueRow], waiting: list[DueRow]) -> bool:
    """Let the first waiting row in that does not meet one of its own item."""
    for place, row in enumerate(waiting):
        if not out or out[-1].item != row.item:
            out.append(waiting.pop(place))
            return True
    return False


def _gap(rows: Sequence[DueRow], item: str) -> int:
    """The last place where a row of an item meets none of its own; the end when there is none."""
    for place in range(len(rows), -1, -1):
        around = rows[max(0, place - 1) : place + 1]
        if all(row.item != item for row in around):
            return place
    return len(rows)
