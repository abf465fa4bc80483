"""The final window before the exam: how long it is, and on which of its days each card is shown last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

LEAST_DAYS = 3


class Shaky(msgspec.Struct, frozen=True, gc=False):
    """A card that falls below the desired retention by exam day unless it is shown again.

    `stake` is what it puts at stake on exam day; `last` and `due` count days from today (`last` is never
    above 0, `due` never below). `presses`: a step within the day is left of it, so that it waits for no plan.
    """

    card: str
    group: str
    seconds: int
    stake: float
    stability: float
    difficulty: float
    last: int
    due: int
    presses: bool = False


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

    What presses comes first, unless days before the window take it. Where the room is too small, what puts
    the least at stake for its time is left out.
    """
    placed = Placed()
    days = [day for day in range(len(rooms) - 1, start - 1, -1) if rooms[day] > 0]
    chosen, total = _most_at_stake(shaky, sum(rooms[day] for day in days), placed.left_out)
    if not days:
        return placed
    largest = max((card.seconds for card in chosen), default=0)
    even = _level([rooms[day] for day in days], total) + largest
    limits = {day: min(rooms[day], even) for day in days}
    groups: dict[int, set[str]] = {day: set() for day in days}
    at_once = not any(rooms[:start])
    for card in sorted(chosen, key=lambda card: (not card.presses, card.stability, card.card)):
        first = at_once and card.presses
        day = _first_day(card, days, rooms, placed.seconds) if first else None
        if day is None:
            day = _day_for(card, days, limits, placed.seconds, groups)
        if day is None:
            placed.left_out.append(card)
            continue
        placed.at[card.card] = day
        placed.counts[day] = placed.counts.get(day, 0) + 1
        placed.seconds[day] = placed.seconds.get(day, 0) + card.seconds
        groups[day].add(card.group)
    if len(placed.at) < len(chosen):
        placed.left_out.sort(key=_rate, reverse=True)
    return placed


def _rate(card: Shaky) -> tuple[bool, float]:
    """What gets its showing before others: what presses, then the most at stake for its time."""
    return card.presses, card.stake / card.seconds


def _most_at_stake(shaky: Iterable[Shaky], room: int, left_out: list[Shaky]) -> tuple[list[Shaky], int]:
    """What fits, the most at stake for its time first (ties as they came), and the seconds it takes."""
    chosen: list[Shaky] = []
    total = 0
    for card in sorted(shaky, key=_rate, reverse=True):
        if total + card.seconds <= room:
            chosen.append(card)
            total += card.seconds
        else:
            left_out.append(card)
    return chosen, total


def _level(rooms: Sequence[int], total: int) -> int:
    """The seconds a day that hold so many in all, when days with less room give what they have."""
    left = total
    for number, room in enumerate(sorted(rooms)):
        days = len(rooms) - number
        if room * days >= left:
            return -(-left // days)
        left -= room
    return max(rooms)


def _first_day(card: Shaky, days: list[int], rooms: Sequence[int], spent: dict[int, int]) -> int | None:
    """The first day with room, siblings or not."""
    return next((day for day in reversed(days) if rooms[day] - spent.get(day, 0) >= card.seconds), None)


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
