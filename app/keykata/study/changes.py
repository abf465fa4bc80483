"""What editing a bank does to progress: noticed once, when a session starts, and appended to the log.

A rename (`was:`) and a reworded cloze carry their progress on (`moved`). When the right answer of a question
itself changed, its card starts again (`reset`); any other wording change keeps progress.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keykata.bank import clozes
from keykata.bank.library import Library
from keykata.bank.model import Question, Term
from keykata.core.errors import UnreadableError
from keykata.core.event import MOVED, RESET, Draft
from keykata.core.ids import item_of
from keykata.practice.paper import QuestionSlot, decode_paper
from keykata.store.rows import ItemRow
from keykata.study.ledger import Ledger

SAME_TEXT = 60.0  # a right option this alike (0..100) to the one answered before is the same answer, reworded
MANY = 1_000  # facts of concepts in the queue; to look through more takes too long for a key


class Changes:
    """Compares what was answered with what the banks say now."""

    def __init__(self, library: Library, ledger: Ledger) -> None:
        self._library = library
        self._ledger = ledger
        self._done = False
        self._found: tuple[int, tuple[Draft, ...]] | None = None  # with the size of the log it is true of

    def notice(self) -> tuple[str, ...]:
        """Append what changed since the answers were given; the items whose card starts again."""
        if self._done or not self._ledger.store.writable:
            return ()
        self.look()
        self._done = True
        _, drafts = self._found or (0, ())
        self._found = None
        if drafts:
            self._ledger.append(drafts)
        return tuple(str(draft.item) for draft in drafts if draft.kind == RESET)

    def pending(self) -> bool:
        """Whether there is so much to look through that a thread should do it before a session starts."""
        store = self._ledger.store
        return not self._done and store.writable and not self._looked() and store.holds_more("concept", MANY)

    def look(self) -> None:
        """Find out what changed, unless it is known of the log as it is."""
        if not self._looked():
            size = self._ledger.store.size()
            self._found = size, (*self._renames(), *self._reworded(), *self._resets())

    def adopt(self, other: Changes) -> None:
        """Take over what was found out beside."""
        self._found = other._found

    def _looked(self) -> bool:
        return self._found is not None and self._found[0] == self._ledger.store.size()

    def _renames(self) -> Iterable[Draft]:
        renamed = self._library.renamed()
        cards = self._ledger.store.cards(list(renamed))
        for old in sorted(cards):
            yield _moved(old, renamed[old])

    def _reworded(self) -> Iterable[Draft]:
        told: dict[str, list[str]] = {}
        for card in self._ledger.store.cards_of_kind("concept"):
            told.setdefault(card.rpartition("/")[0], []).append(card)
        for part, cards in sorted(told.items(), key=lambda found: found[0].split("/")):
            present = [f"{part}/{cloze}" for cloze in self._present(part)]
            lost = set(cards).difference(present)
            if len(lost) == 1:
                known = self._ledger.store.cards(present)
                unknown = [card for card in present if card not in known]
                if len(unknown) == 1:
                    yield _moved(lost.pop(), unknown[0])

    def _present(self, part: str) -> tuple[str, ...]:
        """The clozes of a concept, named by its term and its own id."""
        item, _, name = part.partition("/")
        term = self._library.item(item)
        concepts = term.concepts if isinstance(term, Term) else ()
        concept = next((concept for concept in concepts if concept.id == name), None)
        return clozes.identities(concept.text) if concept else ()

    def _resets(self) -> Iterable[Draft]:
        store = self._ledger.store
        found = {item: wording for item, wording in store.wordings() if self._differs(item, wording)}
        rows = store.items([*found]) if found else {}
        for entry in self._library.entries("question") if rows else ():
            if entry.id not in rows:
                continue
            question = self._library.item(entry.id)
            if isinstance(question, Question) and self._answer_changed(rows[entry.id], question):
                body = {"v": 1, "old": found[entry.id], "new": entry.wording}
                yield Draft(kind=RESET, body=body, item=entry.id, card=entry.id)

    def _differs(self, item: str, wording: str) -> bool:
        entry = self._library.entry(item)
        return entry is not None and entry.wording not in ("", wording)

    def _answer_changed(self, row: ItemRow, question: Question) -> bool:
        before = self._answered_slot(row)
        if before is None:
            return False
        if len(before.right) != question.selects:
            return True
        texts = [option.text for option in before.options]
        return not all(still_right(texts, texts[place], question) for place in before.right)

    def _answered_slot(self, row: ItemRow) -> QuestionSlot | None:
        attempt = self._ledger.store.attempt(row.last_attempt)
        if attempt is None:
            return None
        try:
            paper = decode_paper(self._ledger.store.snapshot(attempt.snapshot))
        except (UnreadableError, ValueError):  # the doctor tells of it
            return None
        slots = (slot for slot in paper.slots if isinstance(slot, QuestionSlot))
        return next((slot for slot in slots if slot.item == row.item), None)


def still_right(before: Sequence[str], text: str, question: Question) -> bool:
    """Whether what a right option became is right: the same text, or the likest of those that are new.

    Args:
        before: the texts of all options as they were.
        text: the one of them that was right.
    """
    from rapidfuzz import fuzz

    same = next((option for option in question.options if option.text == text), None)
    if same:
        return same.right
    fresh = [option for option in question.options if option.text not in before]
    best = max(fresh, key=lambda option: fuzz.ratio(text, option.text), default=None)
    return best is not None and best.right and fuzz.ratio(text, best.text) >= SAME_TEXT


def _moved(old: str, new: str) -> Draft:
    return Draft(kind=MOVED, body={"v": 1, "from": old}, item=item_of(new), card=new)
