"""The final window before the exam: how long it is, and on which of its days each card is shown last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

import msgspec

LEAST_DAYS = 3


class Shaky(msgspec.Struct, frozen=True, gc=False):
    """A card that falls below the desired retention by exam day unless it is shown again.

    `stake` is what it puts at stake on exam day; `last` and `due` count days from today (`last` is never
    above 0, `due` never below).
    """

    card: str
    group: str
    seconds: int
    stake: float
    stability: float
    difficulty: float
    last: int
    due: int


class Window(NamedTuple):
    """The first day of the window (0 = today), and how many waiting facts can be begun before it."""

    start: int
    begin: int


@dataclass(slots=True)
class Placed:
    """Where last showings went: the day by card, each day's count and seconds, and what found no room."""

    at: dict[str, int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    seconds: dict[int, int] = field(default_factory=dict)
    left_out: list[Shaky] = field(default_factory=list)


def size_window(rooms: Sequence[int], shaky: Sequence[Shaky], *, wanted: int, rate: int, look: int) -> Window:
    """The shortest window that holds every last showing and lets the most waiting facts be begun before it.

    Args:
        rooms: seconds for cards of each day from today; 0 where nothing is planned.
        wanted: waiting facts. rate: of those a day can begin. look: seconds of the last showing of one.
    """
    count = len(rooms)
    slack = max((card.seconds for card in shaky), default=1) - 1  # days do not fill to the last second
    studied = [0]
    for room in rooms:
        studied.append(studied[-1] + (room > 0))
    spare = -sum(card.seconds for card in shaky)
    chosen = Window(0, -1)
    for start in range(count - 1, -1, -1):
        spare += max(0, rooms[start] - slack)
        if spare >= 0 and count - start >= min(LEAST_DAYS, count):
            begin = min(wanted, rate * studied[start], spare // look)
            if begin > chosen.begin:
                chosen = Window(start, begin)
    return Window(chosen.start, max(0, chosen.begin))


def lay_window(rooms: Sequence[int], start: int, shaky: Iterable[Shaky]) -> Placed:
    """Give each card one day of the window; the weakest memories come last, siblings on different days.

    Where the room is too small, what puts the least at stake is left out.
    """
    placed = Placed()
    days = [day for day in range(len(rooms) - 1, start - 1, -1) if rooms[day] > 0]
    chosen, total = _most_at_stake(shaky, sum(rooms[day] for day in days), placed.left_out)
    if not days:
        return placed
    largest = max((card.seconds for card in chosen), default=0)
    even = -(-total // len(days)) + largest
    limits = {day: min(rooms[day], even) for day in days}
    groups: dict[int, set[str]] = {day: set() for day in days}
    for card in sorted(chosen, key=lambda card: (card.stability, card.card)):
        day = _day_for(card, days, limits, placed.seconds, groups)
        if day is None:
            placed.left_out.append(card)
            continue
        placed.at[card.card] = day
        placed.counts[day] = placed.counts.get(day, 0) + 1
        placed.seconds[day] = placed.seconds.get(day, 0) + card.seconds
        groups[day].add(card.group)
    if len(placed.at) < len(chosen):
        placed.left_out.sort(key=_STAKE, reverse=True)
    return placed


_STAKE = attrgetter("stake")


def _most_at_stake(shaky: Iterable[Shaky], room: int, left_out: list[Shaky]) -> tuple[list[Shaky], int]:
    """What fits, the most at stake first (ties as they came), and the seconds it takes."""
    chosen: list[Shaky] = []
    total = 0
    for card in sorted(shaky, key=_STAKE, reverse=True):
        if total + card.seconds <= room:
            chosen.append(card)
            total += card.seconds
        else:
            left_out.append(card)
    return chosen, total


def _day_for(
    card: Shaky,
    days: list[int],
    limits: dict[int, int],
    spent: dict[int, int],
    groups: dict[int, set[str]],
) -> int | None:
    """The latest day with room and no sibling; then any with room. Days that are full are taken away."""
    fallback = None
    full = []
    found = None
    for day in days:
        left = limits[day] - spent.get(day, 0)
        if left <= 0:
            full.append(day)
        elif left >= card.seconds:
            if card.group not in groups[day]:
                found = day
                break
            fallback = day if fallback is None else fallback
    for day in full:
        days.remove(day)
    return fallback if found is None else found
