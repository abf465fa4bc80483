"""A running attempt. Whatever it is told is on disk, and folded, before the call returns."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from keykata.core import event as ev
from keykata.core.days import MINUTE
from keykata.core.errors import UsageError
from keykata.core.event import Draft, Event, voided
from keykata.memory.fold import steps_follow
from keykata.memory.leech import told_at
from keykata.memory.model import CardState, Outlook, Rating
from keykata.memory.rating import rate_answer
from keykata.practice.marking import check_choice, is_right
from keykata.practice.paper import Paper, QuestionSlot, RecallSlot, Slot
from keykata.study.cards import Cards
from keykata.study.ledger import Ledger
from keykata.study.repairs import Repairs, entries, of_answer, tested, withdrawal
from keykata.study.reports import Reports
from keykata.study.seat import Seat, together
from keykata.study.today import cost
from keykata.study.views import Again, Report, Standing

CAUSES = ("unknown", "misread", "between", "slip")
KNOWN_BEFORE = 1


class _Here(msgspec.Struct, frozen=True):
    """What is known of the position on show, looked up when first asked for; thrown away on leaving it."""

    state: CardState | None = None
    seen_before: bool = False
    entered: int = 0
    outlooks: tuple[Outlook, ...] = ()


class Sitting(Seat):
    """One attempt under way, from its paper and the events on disk."""

    _here: _Here | None
    _shown_at: float  # seconds of the steady clock

    def __init__(
        self,
        attempt_id: str,
        paper: Paper,
        events: Sequence[Event],
        *,
        ledger: Ledger,
        cards: Cards,
        reports: Reports,
        repairs: Repairs,
    ) -> None:
        super().__init__(attempt_id, paper, events, ledger=ledger, cards=cards, reports=reports)
        self._repairs = repairs
        self._costs = tuple(cost(slot.kind) for slot in paper.slots)
        self._theirs: frozenset[str] = frozenset()  # answers given in another program while it was open here
        self._position = self.attempt.next_open() or len(self.attempt.turns)
        self._arrive()

    # --- looking -----------------------------------------------------------------------------------------

    @property
    def done(self) -> bool:
        """Whether every position has its answer."""
        return self.attempt.next_open() is None

    def standing(self) -> Standing:
        """What to show now."""
        turn, slot = self._turn(), self._slot()
        known, kept = self._cards.state_and_kept(slot.card, slot.item)
        here = self._known_before(known)
        return Standing(
            position=self._position,
            total=len(self.attempt.turns),
            slot=slot,
            turn=turn,
            outlooks=tuple(Again(days=o.interval, seconds=o.seconds) for o in here.outlooks),
            again=self._again(known) if known and turn.answered else None,
            minutes_left=self._minutes_left(),
            entered=here.entered,
            kept=kept,
            seen_before=here.seen_before,
            slipped=known.lapses if known is not None and told_at(known.lapses) else 0,
        )

    # --- answering ---------------------------------------------------------------------------------------

    @together
    def respond(self, chosen: Sequence[int], confidence: str | None = None) -> None:
        """Answer a question or a sorter scenario with shown places (from 0).

        Raises:
            UsageError: nothing or too much is chosen, or it was answered already.
            UnwritableError: it could not be saved; nothing was kept.
        """
        slot = self._open_slot()
        places = check_choice(slot, chosen)
        if not places:
            raise UsageError("Nothing is chosen yet.", hint="Choose an option first.")
        before, correct = self._before(), is_right(slot, places)
        if correct is None:
            raise UsageError("This is a fact to recall.", hint="Turn it, then rate it.")
        body = self._body() | {"chosen": list(places), "changed_from": None}
        drafts = [self._draft(ev.RESPONSE, slot, body)]
        rating, lucky = rate_answer(correct, confidence)
        drafts.append(self._answer(slot, body, rating, correct, confidence, lucky=lucky))
        missed = self._cards.enter_drafts(
            tested(slot) if not correct else (), why="missed", attempt=self.id, position=self._position
        )
        self._append([*drafts, *missed])
        self._here = replace(before, entered=len(missed), outlooks=())

    @together
    def rate(self, rating: int) -> None:
        """Rate a recalled fact: 1 forgot, 2 hard, 3 knew it, 4 easy.

        Raises:
            UsageError: not a rating, not a fact, or rated already.
            UnwritableError: it could not be saved; nothing was kept.
        """
        slot = self._open_slot()
        if not isinstance(slot, RecallSlot) or rating not in tuple(Rating):
            raise UsageError("A fact is rated 1 to 4.", hint="1 forgot, 2 hard, 3 knew it, 4 easy.")
        body = self._body() | {"chosen": [], "changed_from": None}
        self._append([self._answer(slot, body, Rating(rating), None, None, lucky=False)])

    @together
    def undo(self) -> bool:
        """Withdraw the last answer given here, with the cards its miss brought in, and stand there again."""
        position = self.attempt.last_answered(self._events, but=self._theirs)
        if position is None or self.finished:
            return False
        gone = voided(self._events)
        targets = [event for event in self._events if event.id not in gone and of_answer(event, position)]
        self._append([withdrawal(event, position) for event in targets])
        self.go(min(position, len(self.attempt.turns)))
        return True

    @together
    def cause(self, cause: str, position: int | None = None) -> None:
        """Say why an answer was a miss: the one on show, or that of a position.

        What the miss brought into the queue follows from the cause (`Repairs`), also when it is said anew.

        Raises:
            UsageError: not a cause, or there is no miss there.
        """
        place = position or self._position
        self._check_position(place)
        turn = self.attempt.turns[place - 1]
        slot = self.paper.slots[turn.slot]
        if cause not in CAUSES or not turn.answered or turn.correct is not False:
            raise UsageError("A cause belongs to a missed question.", hint=", ".join(CAUSES))
        said = self._draft(ev.CAUSE, slot, {"v": 1, "target": turn.answer_id, "cause": cause})
        self._append([said, *self._repair(place, cause)])
        if place == self._position:
            self._here = replace(self._before(), entered=len(entries(self._events, place)))

    def catch_up(self, *, anyway: bool = False) -> None:
        """As ever; answers given elsewhere are not taken back here."""
        before, turn = self.attempt, self._turn()
        super().catch_up(anyway=anyway)
        if self.attempt is not before:
            self._theirs |= self.attempt.answers - before.answers
            self._here = None
            if turn.answered and not self._turn().answered:
                self._arrive()  # taken back elsewhere: its time begins again here, too

    # --- moving ------------------------------------------------------------------------------------------

    @together
    def advance(self) -> bool:
        """Go to the next unanswered position, those before this one last; False when none is left."""
        target = self.attempt.next_open(after=self._position)
        if target is None:
            return False
        self.go(target)
        return True

    @together
    def skip(self) -> bool:
        """Leave this position for later; False when it is the only one left."""
        if self.attempt.next_open(after=self._position) in (None, self._position):
            return False
        return self.advance()

    def go(self, position: int) -> None:
        """Show a position.

        Raises:
            UsageError: there is no such position.
        """
        self._check_position(position)
        self._position = position
        self._arrive()

    # --- ending ------------------------------------------------------------------------------------------

    @together
    def finish(self) -> Report:
        """End the attempt, what is unanswered stays so; its report."""
        if not self.finished:
            self._end("ended")
        return self.report()

    def _time_over(self) -> None:
        self._end("time")

    def _item_spent(self) -> float | None:
        """The clock of an item stands still once it is answered: its reasons may be read at leisure."""
        turn = self._turn()
        running = self.paper.seconds_each and not (turn.answered or turn.late or self.finished)
        return self._ledger.clock.monotonic() - self._shown_at if running else None

    def _item_over(self) -> None:
        """It stays blank, which moves no card; the next open one stands there, if there is one."""
        late = self._body() | {"chosen": [], "changed_from": None, "late": True}
        self._append([self._draft(ev.RESPONSE, self._slot(), late)])
        self.advance()

    def _end(self, reason: str) -> None:
        body = {"v": 1, "reason": reason, "used": round(self.used, 3)}
        at = self._clock.deadline() if reason == "time" else None
        self._append([Draft(ev.ATTEMPT_FINISHED, body, self.id)], at=at)

    # --- inside ------------------------------------------------------------------------------------------

    def _open_slot(self) -> Slot:
        self._still_open()
        if self._turn().answer_id in self._theirs:
            raise UsageError("Another program answered this one meanwhile.")
        if self._turn().answered:
            raise UsageError("This one is answered.", hint="Undo takes the answer back.")
        return self._slot()

    def _arrive(self) -> None:
        self._here = None
        self._shown_at = self._ledger.clock.monotonic()

    def _before(self) -> _Here:
        """What was known of the position before anything is done there."""
        return self._here or self._known_before(self._cards.state(self._slot().card))

    def _known_before(self, state: CardState | None) -> _Here:
        """The same, from the state of its card when it is first looked at."""
        if self._here is None:
            slot = self._slot()
            fresh = isinstance(slot, RecallSlot) and not self._turn().answered
            self._here = _Here(
                state=state,
                seen_before=state is not None and state.reps >= KNOWN_BEFORE,
                outlooks=self._cards.outlooks(slot.card, slot.kind, state) if fresh else (),
            )
        return self._here

    def _repair(self, place: int, cause: str) -> list[Draft]:
        """What a cause changes in the queue: cards it has no use for leave again, others enter."""
        turn = self.attempt.turns[place - 1]
        wanted = self._repairs.cards(self.paper.slots[turn.slot], turn.chosen, cause)
        needed = {*wanted, *self._repairs.others(self.paper, self.attempt, but=place)}
        brought = entries(self._events, place)
        leaving = [withdrawal(event, place) for event in brought if event.card not in needed]
        entering = self._cards.enter_drafts(wanted, why="missed", attempt=self.id, position=place)
        return [*leaving, *entering]

    def _answer(
        self,
        slot: Slot,
        body: dict[str, object],
        rating: Rating,
        correct: bool | None,
        confidence: str | None,
        *,
        lucky: bool,
    ) -> Draft:
        counted = body | {
            "correct": correct,
            "rating": int(rating),
            "confidence": confidence,
            "lucky": lucky,
            "seconds": round(self._within(self._ledger.clock.monotonic() - self._shown_at), 3),
            "retention": self._ledger.retention,
            "within_day": steps_follow(self._before().state, rating, slot.kind),
        }
        if isinstance(slot, QuestionSlot):
            counted["wording"] = slot.wording
        return self._draft(ev.ANSWER, slot, counted)

    def _again(self, state: CardState) -> Again:
        seconds = max(0, (state.due_at - self._ledger.now()) // 1000) if state.due_at else 0
        return Again(days=self._cards.by_the_exam(state.interval), seconds=seconds)

    def _minutes_left(self) -> int:
        left = sum([self._costs[turn.slot] for turn in self.attempt.turns if not turn.answer_id])
        return -(-left // MINUTE)
