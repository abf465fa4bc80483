"""Before a mock exam: the one left open, what a new one will be, and which clock runs."""

from __future__ import annotations

from textual.content import Content

from keykata.study.home_views import ExamOffer, OpenSitting
from keykata.study.phrases import open_phrase, plural
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.home_view import mock_words
from keykata.tui.signs import HERE
from keykata.tui.widgets.sheet import ACCENT, BOLD, DIM, Sheet

SEALED = "Its questions are sealed: practice never shows them before."
NONE_SEALED = (
    "No sealed paper is left. It takes questions you have not met first, then those you met longest ago."
)


class MockScreen(Frame):
    """Ways to sit one; `enter` goes on with the one left open, or begins."""

    BINDINGS = bindings_of("mock")

    def __init__(self, offer: ExamOffer, left_open: tuple[OpenSitting, ...] = ()) -> None:
        super().__init__()
        self._offer = offer
        self._open = left_open

    def area(self) -> str:
        """The registry's area."""
        return "mock"

    def where(self) -> tuple[str, str]:
        """The name, and how many papers wait sealed."""
        sealed = self._offer.sealed
        return "Mock exam", f"{plural(sealed, 'sealed paper')} left" if sealed else ""

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", "back")

    def targets(self) -> tuple[str, ...]:
        """The ways."""
        going = (f"open {sitting.id}" for sitting in self._open)
        return (*going, "start", "extra", "strict", "strict extra")

    def lay(self, sheet: Sheet) -> None:
        """What is open, what a new one will be, the ways, what is missing."""
        offer = self._offer
        self._lay_open(sheet)
        words = mock_words(offer, "another" if self._open else "a")
        sheet.line(Content.styled(f"{words[:1].upper()}{words[1:]}", BOLD))
        sheet.text("No word of right or wrong before you hand in. Search, terms and sources are shut.")
        sheet.blank()
        self._row(sheet, "start", f"Start, {offer.minutes} minutes", "the clock stands still while away")
        self._row(sheet, "extra", f"With extra time, {offer.lengthened} minutes", "")
        self._row(sheet, "strict", f"Strict, {offer.minutes} minutes", "the clock runs on while away")
        self._row(sheet, "strict extra", f"Strict with extra time, {offer.lengthened} minutes", "")
        if offer.lacks:
            sheet.blank()
            sheet.text("A whole exam would need more questions than the open banks have:")
            for lack in offer.lacks:
                sheet.text(f"{lack.name}: {lack.have} of {lack.need}", indent=2, style=DIM)
            sheet.text("Time and weights of the shorter one are in proportion.")
        if offer.papers:
            sheet.blank()
            sheet.text(SEALED if offer.sealed else NONE_SEALED, style=DIM)

    def _lay_open(self, sheet: Sheet) -> None:
        if not self._open:
            return
        sheet.line(Content.styled("Not handed in yet", BOLD))
        for sitting in self._open:
            self._row(sheet, f"open {sitting.id}", f"Go on: {sitting.title}", open_phrase(sitting))
        sheet.blank()

    def _row(self, sheet: Sheet, target: str, words: str, right: str) -> None:
        here = HERE if self.cursor == target else " "
        sheet.pair(Content.assemble((here, ACCENT), " ", words), Content.styled(right, DIM), target=target)

    def activate(self, target: str) -> None:
        """Go on, or begin."""
        way, _, attempt = target.partition(" ")
        if way == "open":
            self.keykata.sit(lambda: self.dojo.resume(attempt), instead=True)
            return
        extra, strict = "extra" in target, "strict" in target
        self.keykata.sit(lambda: self.dojo.start_exam(extra=extra, strict=strict), instead=True)
