"""What every attempt under way has in common: its paper, its events, its clock, and the position on show.

It may be open in another program on the same home, as in another tab of the browser: what is done there
counts here too. Each call takes it in first, and one that was overtaken while it wrote is made again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from keykata.core import event as ev
from keykata.core.errors import OvertakenError, UsageError
from keykata.core.event import Draft, Event
from keykata.practice.attempt import Attempt, Turn, fold_attempt, fold_further
from keykata.practice.clock import warnings_due
from keykata.practice.paper import Paper, Slot
from keykata.study.cards import Cards
from keykata.study.exam_clock import clock_of
from keykata.study.ledger import Ledger
from keykata.study.reports import Reports
from keykata.study.views import Report, Tick

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="Seat")


def together(act: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """A call that goes by what every program has done in the attempt."""

    @wraps(act)
    def call(seat: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        seat.catch_up()
        while True:
            try:
                return act(seat, *args, **kwargs)
            except OvertakenError:
                seat.catch_up(anyway=True)

    return call


class Seat(ABC):
    """One attempt, from its paper and the events on disk; its kinds say what may be done in it.

    Attributes:
        id: the attempt's. paper: what it shows. attempt: what its events add up to, after every call.
        ended_elsewhere: another program ended it while it was open here.
        taken_in: how often something was taken in that another program did.
    """

    def __init__(
        self,
        attempt_id: str,
        paper: Paper,
        events: Sequence[Event],
        *,
        ledger: Ledger,
        cards: Cards,
        reports: Reports,
    ) -> None:
        self.id = attempt_id
        self.paper = paper
        self._ledger = ledger
        self._cards = cards
        self._reports = reports
        self._events = list(events)
        self.attempt: Attempt = fold_attempt(paper, self._events)
        self._clock = clock_of(ledger, paper, self.attempt, self._events)
        self._told_left = self._clock.left()
        self._position = 1
        self.ended_elsewhere = self.finished
        self.taken_in = 0
        self._known = self._own(self._events)
        self._others: int | None = None  # what tells whether another program wrote

    @property
    def mode(self) -> str:
        """today, review, quiz, exam or drill."""
        return self.paper.mode

    @property
    def title(self) -> str:
        """What the attempt is called on screen."""
        return self.paper.title

    @property
    def position(self) -> int:
        """The position on show, from 1."""
        return self._position

    @property
    def finished(self) -> bool:
        """Whether it was ended or handed in."""
        return self.attempt.finished

    @property
    def used(self) -> float:
        """Seconds used so far, over all its openings."""
        return self._clock.used()

    @property
    def clock_set_back(self) -> bool:
        """Whether time away should count and cannot: the wall clock was set back meanwhile."""
        return self._clock.set_back

    def left(self) -> float | None:
        """Seconds left of the whole, or of the item on show where each has its own; None without a limit."""
        return self.item_left() if self.paper.seconds_each else self._clock.left()

    def item_left(self) -> float | None:
        """Seconds left of the item on show; None where items have no limit, or it stands still."""
        spent = self._item_spent()
        return None if spent is None else max(0.0, self.paper.seconds_each - spent)

    @together
    def tick(self) -> Tick:
        """Look at the clock: warnings crossed since the last look; at zero it ends with what is there."""
        if self.item_left() == 0 and not self.finished:
            self._item_over()
            return Tick(left=self.left(), expired=self.finished, moved=not self.finished)
        left = self._clock.left()
        if left is None or self.finished:
            return Tick(left=self.left())
        before, self._told_left = self._told_left, left
        if self._expired():
            return Tick(left=0.0, expired=True)
        return Tick(left=left, warnings=warnings_due(before, left))

    @together
    def strike(self, option: int, *, on: bool | None = None) -> None:
        """Cross an option out, or back (place from 0).

        Args:
            on: which of the two is meant, whatever another program did meanwhile; None for the other one.
        """
        self._still_open()
        slot, turn = self._slot(), self._turn()
        if not 0 <= option < len(slot.texts):
            raise UsageError("That is not one of the options.")
        struck = option in turn.struck
        if struck is not on:
            body = self._body() | {"option": option, "on": not struck}
            self._append([self._draft(ev.STRIKE, slot, body)])

    @together
    def mark(self, *, on: bool | None = None) -> None:
        """Mark the position to come back to, or let the mark go; `on` as in `strike`."""
        self._still_open()
        marked = self._turn().marked
        if marked is not on:
            self._append([self._draft(ev.MARK, self._slot(), self._body() | {"on": not marked})])

    def report(self) -> Report:
        """The report as it stands."""
        return self._reports.build(self.id, self.paper)

    def catch_up(self, *, anyway: bool = False) -> None:
        """Take in what another program did in the attempt.

        Args:
            anyway: even if no other one seems to have written since this was called last.
        """
        store = self._ledger.store
        others = store.others_wrote()
        if others == self._others and not anyway:
            return
        count = store.event_count(self.id)  # before they are read: what comes in between is found later
        if count != self._known:
            before, events = self.attempt, store.attempt_events(self.id)
            self._events, self.attempt = events, fold_attempt(self.paper, events)
            self._known = count
            self.taken_in += 1
            self._position = min(self._position, len(self.attempt.turns))  # what came again may be gone
            self.ended_elsewhere = self.ended_elsewhere or (self.finished and not before.finished)
        self._clock.at_least(max(store.clock(self.id), self.attempt.used))
        self._others = others

    @together
    def leave(self) -> None:
        """Save the clock; it stays open and can be resumed."""
        if not self.finished:
            self._ledger.store.save_clock(self.id, round(self.used, 3), self._ledger.now())

    # --- for the kinds of attempt ------------------------------------------------------------------------

    @abstractmethod
    def _time_over(self) -> None:
        """End it with what is there, the deadline as its end."""

    @abstractmethod
    def _item_spent(self) -> float | None:
        """Seconds spent on the item on show; None where items have no limit, or its clock stands still."""

    @abstractmethod
    def _item_over(self) -> None:
        """Go on to the next item, or end where there is none."""

    @together
    def _expired(self) -> bool:
        """End it if the time is over, whatever is being done."""
        over = self._clock.left() == 0 and not self.finished
        if over:
            self._time_over()
        return over

    def _still_open(self) -> None:
        if self._expired() or (self.finished and self._ended_by_time()):
            raise UsageError("The time is over; it has ended.", hint="Look at the report.")
        if self.finished:
            raise UsageError("This session has ended.", hint="Look at the report.")

    def _own(self, events: Sequence[Event]) -> int:
        """How many events are of the attempt itself: what withdraws one may say that it is of another."""
        return sum(event.attempt == self.id for event in events)

    def _ended_by_time(self) -> bool:
        ends = (event for event in self._events if event.kind == ev.ATTEMPT_FINISHED)
        return any(event.body.get("reason") == "time" for event in ends)

    def _check_position(self, position: int) -> None:
        if not 1 <= position <= len(self.attempt.turns):
            raise UsageError(f"There is no question {position}.", hint=f"1 to {len(self.attempt.turns)}.")

    def _turn(self) -> Turn:
        return self.attempt.turns[self._position - 1]

    def _slot(self) -> Slot:
        return self.paper.slots[self._turn().slot]

    def _body(self) -> dict[str, object]:
        return {
            "v": 1,
            "position": self._position,
            "slot": self._turn().slot,
            "kind": self._slot().kind,
            "used": round(self.used, 3),
        }

    def _within(self, seconds: float) -> float:
        """Seconds on an item, none past its own time: that it is over may be noticed late."""
        return min(seconds, self.paper.seconds_each or seconds)

    def _draft(self, kind: str, slot: Slot, body: dict[str, object]) -> Draft:
        return Draft(kind=kind, body=body, attempt=self.id, item=slot.item, card=slot.card)

    def _append(self, drafts: Sequence[Draft], at: int | None = None) -> None:
        added = self._ledger.append(drafts, at=at, known=(self.id, self._known))
        self._events += added
        self._known += self._own(added)
        further = fold_further(self.paper, self.attempt, added)
        self.attempt = fold_attempt(self.paper, self._events) if further is None else further
