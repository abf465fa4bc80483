"""The library in plain mode: pages found by words or number, read, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from keykata.cli.out import Out
from keykata.cli.plain.asking import numbered, said
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.pages import hit_line, page_lines, row_line
from keykata.cli.plain.patience import patiently
from keykata.core.safe import safe_line
from keykata.study.dojo import Dojo
from keykata.study.exam_sitting import ExamSitting
from keykata.study.phrases import taken_on_phrase
from keykata.study.sitting import Sitting

LISTED = 9


class Library:
    """Finds pages until the learner goes back.

    `sit` is called with what begins the practice of a page.
    """

    def __init__(
        self, dojo: Dojo, ear: Ear, out: Out, sit: Callable[[Callable[[], Sitting | ExamSitting]], None]
    ) -> None:
        self._dojo = dojo
        self._ear = ear
        self._out = out
        self._sit = sit

    def run(self) -> None:
        """Find pages by words and read them."""
        found: tuple[str, ...] = ()
        self._out.line("Library. Say a name or words, list for all pages, the number of a page, or back.")
        while (words := said(self._ear, "Find:")) is not None:
            if words.casefold() == "list":
                found = self._list()
            elif words.isdecimal() and words.isascii():
                self._found(found, words)
            else:
                found = self._find(words)

    def _list(self) -> tuple[str, ...]:
        rows = [row for kind in ("term", "comparison", "guide") for row in self._dojo.library_rows(kind)]
        self._out.lines(f"{number}. {row_line(row)}" for number, row in enumerate(rows, 1))
        return tuple(row.id for row in rows)

    def _found(self, found: tuple[str, ...], words: str) -> None:
        item = numbered(found, words)
        if item:
            self._page(item)
        else:
            self._out.line("There is no page of that number here." if found else "Say words first, or list.")

    def _find(self, words: str) -> tuple[str, ...]:
        hits = self._dojo.find(words)
        if not hits:
            self._out.line("Nothing holds these words. Try fewer or other ones.")
            return ()
        if not hits[0].snippet:
            self._page(hits[0].id)
            return ()
        pages = {hit.id: hit for hit in reversed(hits)}
        shown = list(reversed(pages.values()))[:LISTED]
        self._out.lines(f"{number}. {hit_line(hit)}" for number, hit in enumerate(shown, 1))
        return tuple(hit.id for hit in shown)

    def _page(self, item: str) -> None:
        """Read a page, then what to do with it."""
        self._out.lines(page_lines(self._dojo, item))
        kind = self._dojo.kind_of(item)
        if kind not in ("term", "comparison"):
            return
        self._out.line("Say practise, take on, keep, note and your text, or back.")
        while (words := said(self._ear, "This page:")) is not None:
            if words.casefold() == "practise":
                self._sit(
                    partial(self._dojo.start_term if kind == "term" else self._dojo.start_comparison, item)
                )
                return
            self._mark_page(item, words)

    def _mark_page(self, item: str, words: str) -> None:
        word, _, text = words.partition(" ")
        word, folded = word.casefold(), words.casefold()
        if folded == "take on":
            entered = patiently(lambda: self._dojo.take_on(item), self._out)
            self._out.line(taken_on_phrase(entered, "came into your queue"))
        elif folded == "keep":
            patiently(lambda: self._dojo.keep(item, True), self._out)
            self._out.line("Kept for good.")
        elif word == "note" and text:
            patiently(lambda: self._dojo.note(item, safe_line(text)), self._out)
            self._out.line("Noted.")
        else:
            self._out.line("Say practise, take on, keep, note and your text, or back.")
