"""Marking: right only if exactly the right options are selected (our rule: AWS publishes none)."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from keykata.core.errors import UsageError
from keykata.practice.paper import LETTERS, QuestionSlot, RecallSlot, Slot


def is_right(slot: Slot, chosen: Iterable[int]) -> bool | None:
    """Whether a choice is right; None where nothing is chosen (a recall card)."""
    if isinstance(slot, RecallSlot):
        return None
    return frozenset(chosen) == frozenset(slot.right)


def selects(slot: Slot) -> int:
    """How many options are to be selected: 0 for a recall card."""
    return len(slot.right)


def check_choice(slot: Slot, chosen: Iterable[int]) -> tuple[int, ...]:
    """The choice in order, each place once.

    Raises:
        UsageError: a place that is not shown, or more places than are to be selected.
    """
    places = tuple(sorted(set(chosen)))
    if any(place < 0 or place >= len(slot.texts) for place in places):
        raise UsageError("That is not one of the options.", hint=f"Choose {offered(slot)}.")
    if len(places) > selects(slot):
        raise UsageError(f"This one takes {selects(slot)}.", hint="Let one go first.")
    return places


def offered(slot: Slot) -> str:
    """The letters (or numbers, for the sorter) a slot takes, as a range."""
    last = len(slot.texts)
    return f"A to {LETTERS[last - 1]}" if isinstance(slot, QuestionSlot) else f"1 to {last}"


def letters(places: Iterable[int]) -> str:
    """Shown places as letters: `B` or `A C`; a sorter may have more places than there are letters: `27`."""
    return " ".join(_letter(place) for place in sorted(places))


def _letter(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)
