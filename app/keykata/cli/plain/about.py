"""Words about an item of a session: its terms and sources, keeping it, a note, reporting it as wrong."""

from __future__ import annotations

from collections.abc import Iterable

from keykata.cli.out import Out
from keykata.cli.plain.grammar import Command
from keykata.cli.plain.patience import patiently
from keykata.cli.plain.speech import one_line, sentence, short
from keykata.practice.paper import QuestionSlot, Slot
from keykata.study.dojo import Dojo

UNDER_WAY = "Answer first: this would give it away."


class About:
    """Does what is said about an item.

    Raises (from `obey`):
        UnwritableError: it could not be saved.
    """

    def __init__(self, dojo: Dojo, out: Out) -> None:
        self._dojo = dojo
        self._out = out

    def obey(self, command: Command, slot: Slot, position: int, *, known: bool) -> None:
        """Do what a word asks for.

        Args:
            slot: the item.
            position: its number in the session, from 1.
            known: whether its answer was told, so that terms and sources give nothing away.
        """
        match command.word:
            case "terms" | "source" if not known:
                self._out.line(UNDER_WAY)
            case "terms":
                self._out.lines(self._terms(slot))
            case "source":
                self._out.lines([f"Number {position} is item {slot.item}.", *_sources(slot.refs)])
            case "keep":
                self._keep(slot.item, position)
            case "note":
                patiently(lambda: self._dojo.note(slot.item, command.text), self._out)
                self._out.line(f"Noted on number {position}.")
            case "report":
                patiently(lambda: self._dojo.report_wrong(slot.item, command.text), self._out)
                self._out.line(f"Reported as wrong: number {position}, item {slot.item}.")

    def _keep(self, item: str, position: int) -> None:
        kept = self._dojo.is_kept(item)
        patiently(lambda: self._dojo.keep(item, not kept), self._out)
        self._out.line(
            f"Number {position} is no longer kept." if kept else f"Number {position} is kept for good."
        )

    def _terms(self, slot: Slot) -> Iterable[str]:
        topics = [topic.id for topic in slot.topics] if isinstance(slot, QuestionSlot) else [slot.item]
        terms = [self._dojo.term_page(item).term for item in topics if self._dojo.kind_of(item) == "term"]
        if not terms:
            return (f"No term belongs to it. It is from {one_line(slot.title)}.",)
        return tuple(f"Term: {sentence(term.name)} {short(term.short)}" for term in terms)


def _sources(refs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"Source: {one_line(ref)}" for ref in refs) or ("It names no source.",)
