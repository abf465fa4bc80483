"""Siblings: cards that give each other away, and are kept on different days."""

from __future__ import annotations

from collections.abc import Iterable

from keykata.bank.library import Library
from keykata.core.ids import item_of
from keykata.memory.queue import Kin

Names = frozenset[str]


class Siblings:
    """Who is kin to whom: a term's cards, the cells of a comparison's row, a question and what it tests."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, Kin] = {}

    def kin(self, card: str, kind: str) -> Kin:
        """The names of a card, and those it keeps away from."""
        if kind == "question":
            item = item_of(card)
            tested = self._tested(item)
            alone: frozenset[str] = frozenset((item,))
            return (
                Kin(alone.union(f"? {part}" for part in tested), alone | tested)
                if tested
                else Kin(alone, alone)
            )
        if kind == "sort":
            return Kin(frozenset({card}), frozenset({card}))
        part = "/".join(card.split("/", 2)[:2])
        known = self._known.get(part)
        if known is None:
            own = part if kind == "cell" else item_of(card)
            known = self._known[part] = Kin(frozenset({own, part}), frozenset({own, f"? {part}"}))
        return known

    def met(self, cards: Iterable[tuple[str, str]]) -> set[str]:
        """Every name that (card, kind) pairs go by."""
        return {name for card, kind in cards for name in self.kin(card, kind).names}

    def topic(self, item: str) -> str:
        """What an item's cards are about: the term or comparison, or a question's first topic; or ""."""
        entry = self._library.entry(item)
        if entry is None or entry.kind != "question":
            return item
        return entry.topics[0] if entry.topics else ""

    def _tested(self, item: str) -> Names:
        entry = self._library.entry(item)
        return frozenset(entry.tests) if entry else frozenset()
