"""The days before the final window: what is kept up, and what is begun, within the capacity of each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from operator import attrgetter
from typing import NamedTuple

from keykata.memory.engine import Engine
from keykata.memory.model import Rating
from keykata.memory.queue import first_of_each
from keykata.memory.window import Shaky


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast waiting facts are begun.

    `limits` are facts a day at most, one a day; `rooms` seconds for them, `caps` seconds of the whole day;
    `seconds` what one takes, `look` what showing it again takes; `quota` how many of an item a day begins.
    """

    limits: Sequence[int]
    rooms: Sequence[int]
    caps: Sequence[int]
    seconds: int
    look: int
    quota: Mapping[str, int]


@dataclass(slots=True)
class Upkeep:
    """Counts and seconds of each early day, and the waiting facts that were begun."""

    reviews: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)
    begun: list[Fact] = field(default_factory=list)


Waits = tuple[float, str, Shaky]


class Fact(NamedTuple):
    """A waiting fact: its card and item, and what it puts at stake."""

    card: str
    item: str
    stake: float


def keep_up(
    shaky: Sequence[Shaky],
    rooms: Sequence[int],
    pace: Pace,
    *,
    begin: Sequence[Fact],
    desired: float,
    engine: Engine,
) -> Upkeep:
    """Walk through the days before the window, the most at stake first each day; what is shown is remembered.

    Args:
        shaky: cards with their due day. rooms: seconds for cards of each day before the window.
        begin: the waiting facts that may be begun, in order.
        desired: retention, a proportion.
    """
    days = len(rooms)
    due: list[list[Shaky]] = [[] for _ in range(days)]
    for card in shaky:
        if card.due < days:
            due[card.due].append(card)
    first = engine.next_memory(None, 0, Rating.GOOD)
    told, heap = Upkeep(), list[Waits]()
    waiting = {fact.card: fact for fact in begin}
    for day, room in enumerate(rooms):
        for card in due[day]:
            heappush(heap, (-card.stake, card.card, card))
        shown: list[Shaky] = []
        spent = _review(heap, room, shown)
        for card in shown:
            memory = engine.next_memory((card.stability, card.difficulty), day - card.last, Rating.GOOD)
            _again(due, card, memory, day, engine.interval(memory[0], desired))
        fresh = _begin(pace, day, spent, room, waiting)
        for fact in fresh:
            del waiting[fact.card]
            card = Shaky(fact.card, fact.item, pace.look, fact.stake, *first, day, day)
            _again(due, card, first, day, engine.interval(first[0], desired))
        told.begun += fresh
        told.reviews.append(len(shown))
        told.new.append(len(fresh))
        told.seconds.append(spent + len(fresh) * pace.seconds)
    return told


def _review(heap: list[Waits], room: int, shown: list[Shaky]) -> int:
    """Take what is due, the most at stake first, until the next one does not fit; the seconds it takes."""
    spent = 0
    while heap and spent + heap[0][2].seconds <= room:
        card = heappop(heap)[2]
        shown.append(card)
        spent += card.seconds
    return spent


def _begin(pace: Pace, day: int, spent: int, room: int, waiting: Mapping[str, Fact]) -> list[Fact]:
    """The facts a day begins: as many as its time and its limit allow, of each item its quota."""
    if not room:
        return []
    seconds = min(pace.rooms[day], pace.caps[day] - spent)
    most = max(0, min(pace.limits[day], seconds // pace.seconds))
    return first_of_each(waiting.values(), attrgetter("item"), most, pace.quota)


def _again(due: list[list[Shaky]], card: Shaky, memory: tuple[float, float], day: int, interval: int) -> None:
    if day + interval < len(due):
        stability, difficulty = memory
        due[day + interval].append(
            Shaky(card.card, card.group, card.seconds, card.stake, stability, difficulty, day, day + interval)
        )
