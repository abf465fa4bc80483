"""Before a mock exam: the one left open, what a new one will be, and which clock runs."""

from __future__ import annotations

from textual.content import Content

from keykata.study.home_views import ExamOffer, OpenSitting
from keykata.study.phrases import kept_out_words, open_phrase, plural, shape_words
from keykata.tui.action import Action
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.home_view import mock_words
from keykata.tui.screens.item import enter_says
from keykata.tui.signs import HERE
from keykata.tui.starts import PaperWish
from keykata.tui.widgets.sheet import ACCENT, BOLD, DIM, Sheet

ON_IT = "No word of right or wrong before you hand in. Search, terms and sources are shut."
SEALED = "Its questions are sealed: practice never shows them before."
NONE_SEALED = (
    "No sealed paper is left. It takes questions you have not met first, then those you met longest ago."
)


class MockScreen(Frame):
    """Ways to sit one; `enter` goes on with the one left open, or begins."""

    BINDINGS = bindings_of("mock")

    def __init__(
        self, offer: ExamOffer, left_open: tuple[OpenSitting, ...] = (), wish: PaperWish | None = None
    ) -> None:
        super().__init__()
        self._offer = offer
        self._open = left_open
        self._wish = wish if wish is not None and wish.named else None

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

    def footer(self) -> tuple[Action, ...]:
        """What `enter` does here."""
        return enter_says(super().footer(), "go on" if self.cursor.startswith("open ") else "begin")

    def targets(self) -> tuple[str, ...]:
        """The ways."""
        going = (f"open {sitting.id}" for sitting in self._open)
        if self._wish is not None:
            return (*going, "wish")
        return (*going, *(("start", "extra", "strict", "strict extra") if self._offer.items else ()))

    def lay(self, sheet: Sheet) -> None:
        """What is open, then the paper that was asked for, or what a new one will be."""
        self._lay_open(sheet)
        if self._wish is not None:
            sheet.line(Content.styled("The paper you asked for", BOLD))
            sheet.text(ON_IT)
            sheet.blank()
            self._row(sheet, "wish", f"Start it, {_wish_words(self._wish)}", "")
        elif self._offer.items:
            self._lay_offer(sheet)
        else:
            sheet.text("No open bank can fill another one.", style=DIM)

    def _lay_offer(self, sheet: Sheet) -> None:
        offer = self._offer
        words = mock_words(offer, "another" if self._open else "a")
        sheet.line(Content.styled(f"{words[:1].upper()}{words[1:]}", BOLD))
        sheet.text(ON_IT)
        sheet.blank()
        self._row(sheet, "start", f"Start, {offer.minutes} minutes", "the clock stands still while away")
        self._row(sheet, "extra", f"With extra time, {offer.lengthened} minutes", "")
        self._row(sheet, "strict", f"Strict, {offer.minutes} minutes", "the clock runs on while away")
        self._row(sheet, "strict extra", f"Strict with extra time, {offer.lengthened} minutes", "")
        if offer.lacks:
            sheet.blank()
            sheet.text("The open banks cannot fill a whole exam:")
            for lack in offer.lacks:
                sheet.text(f"{lack.name}: {lack.have} of {lack.need}", indent=2, style=DIM)
            if kept_out := kept_out_words((lack.name, lack.kept_out) for lack in offer.lacks):
                sheet.text(kept_out, style=DIM)
            sheet.text("Time and weights of the shorter one are in proportion.")
        elif shape := shape_words(full=offer.full, even=offer.even):
            sheet.blank()
            sheet.text(shape)
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
        wish = self._wish or PaperWish(extra="extra" in target, strict="strict" in target)
        self.keykata.sit(
            lambda: self.dojo.start_exam(
                extra=wish.extra, strict=wish.strict, seed=wish.seed, repeat=wish.repeat
            ),
            instead=True,
        )


def _wish_words(wish: PaperWish) -> str:
    """`seed 7, strict`, `the same questions again`."""
    what = "the same questions again" if wish.repeat is not None else f"seed {wish.seed}"
    return ", ".join([what, *["with extra time"] * wish.extra, *["strict"] * wish.strict])
