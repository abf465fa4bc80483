"""Which sealed paper an exam was made of, by what its attempt keeps.

An attempt keeps the bank of its paper and the paper's number there, so that banks opened beside it, before or
after, change nothing. Attempts of older versions keep one number over all the banks that were open then: of
those the questions they showed tell which paper it was.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from keykata.bank.library import Library, SealedPaper
from keykata.core.errors import UnreadableError
from keykata.core.event import ATTEMPT_STARTED
from keykata.practice.paper import decode_paper
from keykata.store.rows import AttemptRow
from keykata.study.ledger import Ledger

Papers = Mapping[SealedPaper, tuple[str, ...]]


def kept(paper: SealedPaper) -> dict[str, object]:
    """What an attempt keeps of the paper it is made of."""
    bank, number = paper
    return {"bank": bank, "sealed": number}


class SatPapers:
    """Looks attempts up; what an attempt was made of never changes, and is read once."""

    def __init__(self, library: Library, ledger: Ledger) -> None:
        self._library = library
        self._ledger = ledger
        self._known: dict[str, SealedPaper | None] = {}

    def of(self, row: AttemptRow) -> SealedPaper | None:
        """The sealed paper of an exam; None where it was drawn from what is open."""
        if row.id not in self._known:
            self._known[row.id] = self._find(row)
        return self._known[row.id]

    def _find(self, row: AttemptRow) -> SealedPaper | None:
        events = self._ledger.store.attempt_events(row.id)
        started = next((event for event in events if event.kind == ATTEMPT_STARTED), None)
        chosen = started.body.get("filter") if started else None
        number = chosen.get("sealed") if isinstance(chosen, dict) else None
        if not isinstance(chosen, dict) or not isinstance(number, int):
            return None
        bank = chosen.get("bank")
        return (bank, number) if isinstance(bank, str) else self._of_older(row, number)

    def _of_older(self, row: AttemptRow, number: int) -> SealedPaper | None:
        """The paper that has most of what was shown; by its old number where nothing tells any more."""
        papers = self._library.sealed()
        try:
            paper = decode_paper(self._ledger.store.snapshot(row.snapshot))
        except (UnreadableError, msgspec.MsgspecError):
            return next((name for place, name in enumerate(papers, 1) if place == number), None)
        renamed = self._library.renamed()
        shown = {renamed.get(slot.item, slot.item) for slot in paper.slots}
        best = max(papers, key=lambda name: len(shown & set(papers[name])), default=None)
        return best if best is not None and shown & set(papers[best]) else None
