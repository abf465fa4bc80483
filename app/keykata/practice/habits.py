"""What the habits of one attempt cost, from what was answered.

Only answers that count are looked at, and only what stands in their log lines, so that every number can be
counted again from the log.
"""

from __future__ import annotations

from dataclasses import dataclass

from keykata.practice.attempt import Attempt, Turn
from keykata.practice.marking import is_right
from keykata.practice.paper import Paper, Slot

SLOW = 240.0  # seconds: four minutes, twice an even pace


@dataclass(frozen=True, slots=True)
class Habits:
    """Positions (from 1) by habit.

    Attributes:
        to_right, to_wrong, wrong_to_wrong: answers changed, by what the whole choice before the last and the
            last one were worth. A change between two right choices does not exist.
        sure_wrong: confirmed as sure, and wrong. guessed_right: confirmed as a guess, and right.
        slow: over four minutes. slow_right: those of them that were right.
        crossed_out: wrong, and a right option was crossed out at the end.
    """

    to_right: tuple[int, ...]
    to_wrong: tuple[int, ...]
    wrong_to_wrong: tuple[int, ...]
    sure_wrong: tuple[int, ...]
    guessed_right: tuple[int, ...]
    slow: tuple[int, ...]
    slow_right: tuple[int, ...]
    crossed_out: tuple[int, ...]

    @property
    def changed(self) -> int:
        """How many answers were changed."""
        return len(self.to_right) + len(self.to_wrong) + len(self.wrong_to_wrong)

    @property
    def net(self) -> int:
        """What changing was worth, in items: to right less to wrong."""
        return len(self.to_right) - len(self.to_wrong)


def habits(paper: Paper, attempt: Attempt) -> Habits:
    """The habits of an attempt; recalled facts and blanks are not part of it."""
    rows = [
        (position, slot, turn)
        for position, turn in enumerate(attempt.turns[: len(paper.slots)], 1)
        if turn.answered and (slot := paper.slots[turn.slot]).right
    ]
    changed = [(position, _worth(slot, turn)) for position, slot, turn in rows if _changed(turn)]
    slow = [(position, turn) for position, _, turn in rows if turn.seconds > SLOW]
    return Habits(
        to_right=tuple(position for position, worth in changed if worth == (False, True)),
        to_wrong=tuple(position for position, worth in changed if worth == (True, False)),
        wrong_to_wrong=tuple(position for position, worth in changed if worth == (False, False)),
        sure_wrong=tuple(p for p, _, turn in rows if turn.confidence == "sure" and turn.correct is False),
        guessed_right=tuple(p for p, _, turn in rows if turn.confidence == "guess" and turn.correct is True),
        slow=tuple(position for position, _ in slow),
        slow_right=tuple(position for position, turn in slow if turn.correct is True),
        crossed_out=tuple(p for p, slot, turn in rows if _crossed_out(slot, turn)),
    )


def _changed(turn: Turn) -> bool:
    return turn.changed_from is not None and frozenset(turn.changed_from) != frozenset(turn.chosen)


def _worth(slot: Slot, turn: Turn) -> tuple[bool, bool]:
    """Whether the choice before was right, and whether the answer is."""
    return is_right(slot, turn.changed_from or ()) is True, turn.correct is True


def _crossed_out(slot: Slot, turn: Turn) -> bool:
    return turn.correct is False and not frozenset(slot.right).isdisjoint(turn.struck)
