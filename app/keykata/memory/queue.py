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


def order_due(rows: Iterable[DueRow], *, day: str, engine: Engine) -> list[DueRow]:
    """Confident errors first, then what was forgotten today, then the least likely to be remembered.

    Cards of one item are kept apart where others can stand between them.
    """
    return apart(sorted(rows, key=lambda row: _urgency(row, day, engine)))


def _urgency(row: DueRow, day: str, engine: Engine) -> tuple[int, float, str]:
    if row.sure_wrong:
        return (0, 0.0, row.card)
    if row.phase in ("learning", "relearning"):
        return (1, 0.0, row.card)
    days = max(0, days_between(row.last_day, day)) if row.last_day else 0
    return (2, engine.retrievability(row.stability, days), row.card)


def apart(rows: Sequence[DueRow]) -> list[DueRow]:
    """The same order, but the next of another item is drawn forward when two of one item would meet."""
    waiting: list[DueRow] = []
    out: list[DueRow] = []
    for row in rows:
        if out and out[-1].item == row.item:
            waiting.append(row)
            continue
        out.append(row)
        if waiting and waiting[0].item != row.item:
            out.append(waiting.pop(0))
    return out + waiting
