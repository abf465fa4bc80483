"""Before a mock exam: what it will be, what is missing for a whole one, and which clock runs."""

from __future__ import annotations

from textual.content import Content

from keykata.study.home_views import ExamOffer
from keykata.study.phrases import plural
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.home_view import mock_words
from keykata.tui.signs import HERE
from keykata.tui.widgets.sheet import ACCENT, BOLD, DIM, Sheet


class MockScreen(Frame):
    """Three ways to sit it; `enter` takes the first."""

    BINDINGS = bindings_of("mock")

    def __init__(self, offer: ExamOffer) -> None:
        super().__init__()
        self._offer = offer

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
        return ("start", "extra", "strict", "strict extra")

    def lay(self, sheet: Sheet) -> None:
        """What it will be, the ways, what is missing."""
        offer = self._offer
        words = mock_words(offer)
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
        if offer.sealed:
            sheet.blank()
            sheet.text("Its questions are sealed: practice never shows them before.", style=DIM)

    def _row(self, sheet: Sheet, target: str, words: str, right: str) -> None:
        here = HERE if self.cursor == target else " "
        sheet.pair(Content.assemble((here, ACCENT), " ", words), Content.styled(right, DIM), target=target)

    def activate(self, target: str) -> None:
        """Begin."""
        extra, strict = "extra" in target, "strict" in target
        self.keykata.sit(lambda: self.dojo.start_exam(extra=extra, strict=strict), instead=True)
