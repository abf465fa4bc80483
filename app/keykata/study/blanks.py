"""What is blank in a test: one measure while it is sat, before it is handed in, and in its report."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from keykata.practice.attempt import Attempt
from keykata.practice.marking import letters
from keykata.practice.paper import Paper
from keykata.study.views import ListLine


class Blanks(msgspec.Struct, frozen=True):
    """The positions (from 1) whose choice is not whole; of those something is chosen in `partly`."""

    places: tuple[int, ...]
    partly: tuple[int, ...]

    @property
    def empty(self) -> tuple[int, ...]:
        """The positions without any choice."""
        return tuple(place for place in self.places if place not in self.partly)

    @property
    def remark(self) -> str:
        """`, too few chosen in 1 of them`; nothing where all of them are empty."""
        if not self.partly:
            return ""
        which = f"in {len(self.partly)} of them" if self.empty else "there"
        return f", too few chosen {which}"


def list_lines(paper: Paper, attempt: Attempt) -> tuple[ListLine, ...]:
    """Every position with what is chosen there."""
    return tuple(
        ListLine(
            position=place,
            chosen=letters(turn.chosen),
            missing=len(paper.slots[turn.slot].right) - len(turn.chosen),
            marked=turn.marked,
        )
        for place, turn in enumerate(attempt.turns, 1)
    )


def blanks_of(lines: Iterable[ListLine]) -> Blanks:
    """What is blank of the positions of a test."""
    found = [line for line in lines if line.missing > 0]
    return Blanks(
        tuple(line.position for line in found), tuple(line.position for line in found if line.chosen)
    )
