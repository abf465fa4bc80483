"""Today: one mixed session cut to the learner's minutes, which ends by itself.

Due cards come first, up to three quarters of the time while there are questions left to ask; then new
cards, held to the day's limit; questions fill the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from keykata.core.days import MINUTE

SECONDS = {"question": 75, "sort": 20, "recall": 15, "new": 25}
DUE_SHARE = 0.75
NEW_SHARE = 0.25


class TodayItems(msgspec.Struct, frozen=True):
    """What a session holds: card ids of facts (`due`, then `new`), item ids of questions, about how long.

    `waiting` facts were taken on and are not among them.
    """

    due: tuple[str, ...]
    new: tuple[str, ...]
    questions: tuple[str, ...]
    seconds: int
    waiting: int = 0

    @property
    def cards(self) -> tuple[str, ...]:
        """Due and new cards in one row."""
        return (*self.due, *self.new)


def cost(kind: str) -> int:
    """About how many seconds a card takes."""
    return SECONDS[kind] if kind in SECONDS else SECONDS["recall"]


def plan_today(
    *,
    due: Sequence[tuple[str, str]],
    new: Sequence[tuple[str, str]],
    questions: Sequence[str],
    minutes: int,
    new_left: int,
    share: float = DUE_SHARE,
) -> TodayItems:
    """Cut a session to a number of minutes.

    Args:
        due: (card, kind) in the order of the queue.
        new: (card, kind) of cards that entered and were never answered, in order.
        questions: item ids, best first.
        minutes: of the session.
        new_left: how many new cards the day may still bring.
        share: of the time that cards may take while there are questions.
    """
    budget = minutes * MINUTE
    most = share if questions else 1.0
    chosen_due, spent = _take(due, int(budget * most), fresh=False)
    room = min(int(budget * NEW_SHARE), budget - spent)
    chosen_new, more = _take(new[: max(0, new_left)], room, fresh=True)
    spent += more
    count = max(0, (budget - spent) // SECONDS["question"])
    asked = tuple(questions[:count])
    return TodayItems(chosen_due, chosen_new, asked, spent + len(asked) * SECONDS["question"])


def _take(cards: Sequence[tuple[str, str]], room: int, *, fresh: bool) -> tuple[tuple[str, ...], int]:
    taken: list[str] = []
    spent = 0
    for card, kind in cards:
        price = SECONDS["new"] if fresh and kind not in ("question", "sort") else cost(kind)
        if spent + price > room and taken:
            break
        taken.append(card)
        spent += price
    return tuple(taken), spent
