"""Handing in: what is blank and what is marked, before it is too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from keykata.study.blanks import blanks_of
from keykata.study.phrases import plural
from keykata.tui.action import Action
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.signs import HERE
from keykata.tui.widgets.exam_words import blank_words
from keykata.tui.widgets.sheet import ACCENT, BOLD, DIM, Sheet

if TYPE_CHECKING:
    from keykata.tui.screens.exam_view import ExamView

NO_CLOCK = "This test has no clock."


class HandInScreen(Frame):
    """How many are answered, and two ways on; the test's own clock stands in the header."""

    BINDINGS = bindings_of("hand-in")

    def __init__(self, exam: ExamView, hand_in: Callable[[], None], go: Callable[[int], None]) -> None:
        super().__init__()
        self._exam = exam
        self._hand_in = hand_in
        self._go = go

    def area(self) -> str:
        """The registry's area."""
        return "hand-in"

    def where(self) -> tuple[str, str]:
        """The test, and its clock."""
        return self._exam.heading(self._exam.sitting.title, self._exam.clock(), page=" · hand in")

    def tone(self) -> str:
        """Amber in the last five minutes."""
        return self._exam.tone()

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", "hide", "back")

    def does(self, action: Action) -> bool:
        """As in the test."""
        return self._exam.clocked if action.name == "hide" else super().does(action)

    def targets(self) -> tuple[str, ...]:
        """With blanks left the first way is back to them."""
        blanks = ("blank",) if self._exam.sitting.standing().blank else ()
        return (*blanks, "hand in", "back")

    def lay(self, sheet: Sheet) -> None:
        """Counts, blanks, marked ones, the ways on."""
        now, lines = self._exam.sitting.standing(), self._exam.sitting.lines()
        sheet.line(Content.styled(f"{now.answered} of {now.total} answered", BOLD))
        if now.blank:
            sheet.text(f"{blank_words(lines)}. A blank is wrong, a guess may be right.")
        if now.marked:
            marked = " ".join(str(line.position) for line in lines if line.marked)
            sheet.text(f"Marked: {marked}")
        sheet.blank()
        if now.blank:
            self._row(sheet, "blank", f"Go to the first of {plural(now.blank, 'blank')}")
        self._row(sheet, "hand in", "Hand in")
        self._row(sheet, "back", "Go back, and hand in later")
        sheet.blank()
        sheet.text("After handing in you see what was right, and nothing can be changed.", style=DIM)

    def _row(self, sheet: Sheet, target: str, words: str) -> None:
        here = HERE if self.cursor == target else " "
        sheet.line(Content.assemble((here, ACCENT), " ", words), target=target)

    def activate(self, target: str) -> None:
        """Hand in, or go back."""
        lines = self._exam.sitting.lines()
        self.dismiss()
        if target == "hand in":
            self._hand_in()
        elif target == "blank":
            self._go(next(iter(blanks_of(lines).places), 1))

    def action_hide_clock(self) -> None:
        """Hide the clock, or show it again."""
        self._exam.hide_clock()
        self.show()
        if not self._exam.clocked:
            self.say(NO_CLOCK)
