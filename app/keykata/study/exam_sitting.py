"""A test or exam under way: nothing is said of right and wrong before it is handed in.

Each choice is on disk before the screen shows it. At zero what is there is handed in with the deadline as its
end; whatever comes later is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keykata.core import event as ev
from keykata.core.errors import UsageError
from keykata.core.event import Draft, Event
from keykata.memory.rating import rate_answer
from keykata.practice.attempt import Turn
from keykata.practice.clock import SAVE_EVERY
from keykata.practice.marking import check_choice, is_right
from keykata.practice.paper import Paper, QuestionSlot
from keykata.study.blanks import blanks_of, list_lines
from keykata.study.cards import Cards
from keykata.study.ledger import Ledger
from keykata.study.reports import Reports
from keykata.study.seat import Seat, together
from keykata.study.views import ExamStanding, ListLine, Report


class ExamSitting(Seat):
    """One test or exam, from its paper and the events on disk."""

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
        super().__init__(attempt_id, paper, events, ledger=ledger, cards=cards, reports=reports)
        self._position = self._first_blank()
        self._arrived = ledger.clock.monotonic()
        self._spent = {place: turn.seconds for place, turn in enumerate(self.attempt.turns, 1)}
        self._expired()

    # --- looking -----------------------------------------------------------------------------------------

    def standing(self) -> ExamStanding:
        """What to show now."""
        lines = self.lines()
        blank = len(blanks_of(lines).places)
        return ExamStanding(
            position=self._position,
            total=len(lines),
            slot=self._slot(),
            turn=self._turn(),
            selects=len(self._slot().right),
            left=self.left(),
            limit=self._clock.limit,
            used=self._clock.used(),
            answered=len(lines) - blank,
            blank=blank,
            marked=sum(line.marked for line in lines),
        )

    def lines(self) -> tuple[ListLine, ...]:
        """Every position with what is chosen there."""
        return list_lines(self.paper, self.attempt)

    # --- answering ---------------------------------------------------------------------------------------

    @together
    def choose(self, option: int, *, on: bool | None = None) -> ExamStanding:
        """Choose an option (place from 0), or let it go; one answer is replaced, too many are refused.

        Args:
            on: which of the two is meant, whatever another program did meanwhile; None for the other one.

        Raises:
            UsageError: not an option, one too many, or the time is over.
            UnwritableError: it could not be saved; nothing was kept.
        """
        chosen = self._turn().chosen
        if (option in chosen) is on:
            self._still_open()
            return self.standing()
        if option in chosen:
            return self._select([place for place in chosen if place != option])
        if len(self._slot().right) == 1:
            return self._select([option])
        return self._select([*chosen, option])

    @together
    def select(self, places: Sequence[int], confidence: str | None = None) -> ExamStanding:
        """Set the choice of the position on show, and how sure; nothing clears it. Raises as `choose`."""
        return self._select(places, confidence)

    def _select(self, places: Sequence[int], confidence: str | None = None) -> ExamStanding:
        self._still_open()
        slot, turn = self._slot(), self._turn()
        chosen = check_choice(slot, places)
        settled = turn.settled if len(chosen) == len(slot.right) and turn.settled else ()
        changed = list(settled) if settled and settled != chosen else turn.changed_from
        body = self._body() | {
            "chosen": list(chosen),
            "changed_from": None if changed is None else list(changed),
            "seconds": self._seconds(),
        }
        drafts = [self._draft(ev.RESPONSE, slot, body)]
        if confidence is not None:
            drafts.append(self._sureness(confidence))
        self._append(drafts)
        return self.standing()

    @together
    def assure(self, confidence: str, *, on: bool | None = None) -> ExamStanding:
        """Say how sure the choice on show is (`sure` or `guess`); the same once more takes it back.

        Args:
            on: whether it is said or taken back, as in `choose`.

        Raises:
            UsageError: nothing is chosen, or the time is over.
            UnwritableError: it could not be saved; nothing was kept.
        """
        self._still_open()
        turn = self._turn()
        if not turn.chosen:
            raise UsageError("Nothing is chosen yet.", hint="Choose an option first.")
        said = turn.confidence == confidence
        if said is not on:
            self._append([self._sureness(None if said else confidence)])
        return self.standing()

    # --- moving ------------------------------------------------------------------------------------------

    @together
    def go(self, position: int) -> None:
        """Show a position.

        Raises:
            UsageError: there is no such position.
        """
        self._check_position(position)
        if self.paper.seconds_each and self._spent[position] >= self.paper.seconds_each:
            raise UsageError(f"The time for question {position} is over.", hint="Go on with another.")
        self._keep_seconds()
        self._position = position
        self._arrived = self._ledger.clock.monotonic()

    def forward(self) -> bool:
        """To the next position whose time is not over; False at the end."""
        return self._to(range(self._position + 1, len(self.attempt.turns) + 1))

    def backward(self) -> bool:
        """To the one before whose time is not over; False at the beginning."""
        return self._to(range(self._position - 1, 0, -1))

    def _to(self, places: Iterable[int]) -> bool:
        limit = self.paper.seconds_each
        target = next((place for place in places if not limit or self._spent[place] < limit), None)
        if target is not None:
            self.go(target)
        return target is not None

    # --- ending ------------------------------------------------------------------------------------------

    @together
    def hand_in(self) -> Report:
        """Hand in what is there; its report."""
        if not self.finished and not self._expired():
            self._hand_in("handed-in")
        return self.report()

    def catch_up(self, *, anyway: bool = False) -> None:
        """As ever; of the time on a position whichever program counted more counts, never both."""
        before = self.attempt
        super().catch_up(anyway=anyway)
        if self.attempt is not before:
            self._seconds()
            for place, turn in enumerate(self.attempt.turns, 1):
                self._spent[place] = max(self._spent[place], turn.seconds)

    @together
    def leave(self) -> None:
        """Save the clock; the time of the question on show too, where it is limited."""
        super().leave()
        spent = self._item_spent()
        if spent is not None and spent - self._turn().seconds >= SAVE_EVERY:
            self._keep_seconds()

    # --- inside ------------------------------------------------------------------------------------------

    def _first_blank(self) -> int:
        return next(iter(blanks_of(self.lines()).places), 1)

    def _seconds(self) -> float:
        """Seconds spent on the position on show, over all its visits, counted up to now."""
        now = self._ledger.clock.monotonic()
        self._spent[self._position] = self._within(self._spent[self._position] + now - self._arrived)
        self._arrived = now
        return round(self._spent[self._position], 3)

    def _sureness(self, confidence: str | None) -> Draft:
        return self._draft(ev.CONFIDENCE, self._slot(), self._body() | {"confidence": confidence})

    def _keep_seconds(self) -> None:
        """The time of a visit that chose nothing is kept with the choice that stands, or if it is limited."""
        turn, spent = self._turn(), self._seconds()
        counts = turn.chosen or self.paper.seconds_each
        if not self.finished and counts and spent - turn.seconds >= 1:
            body = self._body() | {
                "chosen": list(turn.chosen),
                "changed_from": None if turn.changed_from is None else list(turn.changed_from),
                "seconds": spent,
            }
            self._append([self._draft(ev.RESPONSE, self._slot(), body)])

    def _time_over(self) -> None:
        self._hand_in("time")

    def _item_spent(self) -> float | None:
        if not self.paper.seconds_each or self.finished:
            return None
        return self._spent[self._position] + self._ledger.clock.monotonic() - self._arrived

    def _item_over(self) -> None:
        """The next one with time left, those after this one first; without one it is handed in."""
        self._keep_seconds()
        count = len(self.attempt.turns)
        after = ((self._position + step - 1) % count + 1 for step in range(1, count))
        target = next((place for place in after if self._spent[place] < self.paper.seconds_each), None)
        if target is None:
            self._hand_in("time")
        else:
            self.go(target)

    def _still_open(self) -> None:
        super()._still_open()
        if self.item_left() == 0:
            raise UsageError("The time for this one is over.", hint="Go on with another.")

    def _hand_in(self, reason: str) -> None:
        seconds, used = self._seconds(), self._clock.used()
        if reason == "time":  # it may be noticed late: what passed since is no part of the question
            seconds = max(self._turn().seconds, seconds - self._clock.beyond())
            self._spent[self._position] = seconds
        ended = self._clock.deadline() if reason == "time" else None
        answers = [
            self._answer(place, turn) for place, turn in enumerate(self.attempt.turns, 1) if turn.chosen
        ]
        missed = [card for place, slot in self._wrong() for card in slot.tests]
        entered = self._cards.enter_drafts(missed, why="missed", attempt=self.id)
        finish = Draft(ev.ATTEMPT_FINISHED, {"v": 1, "reason": reason, "used": round(used, 3)}, self.id)
        self._append([*answers, *entered, finish], at=ended)

    def _wrong(self) -> list[tuple[int, QuestionSlot]]:
        slots = [
            (place, self.paper.slots[turn.slot], turn) for place, turn in enumerate(self.attempt.turns, 1)
        ]
        return [
            (place, slot)
            for place, slot, turn in slots
            if isinstance(slot, QuestionSlot) and turn.chosen and not is_right(slot, turn.chosen)
        ]

    def _answer(self, position: int, turn: Turn) -> Draft:
        slot = self.paper.slots[turn.slot]
        correct = bool(is_right(slot, turn.chosen))
        rating, lucky = rate_answer(correct, turn.confidence)
        body: dict[str, object] = {
            "v": 1,
            "position": position,
            "slot": turn.slot,
            "kind": slot.kind,
            "used": round(self._clock.used(), 3),
            "chosen": list(turn.chosen),
            "changed_from": None if turn.changed_from is None else list(turn.changed_from),
            "correct": correct,
            "rating": int(rating),
            "confidence": turn.confidence,
            "lucky": lucky,
            "seconds": round(self._spent[position], 3),
            "retention": self._ledger.retention,
            "within_day": not correct,
        }
        if isinstance(slot, QuestionSlot):
            body["wording"] = slot.wording
        return self._draft(ev.ANSWER, slot, body)
