"""What is wrong in the open banks, with the place and what to do."""

from __future__ import annotations

from textual.content import Content

from keykata.bank.model import Problem
from keykata.core.safe import safe_line
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.signs import HERE
from keykata.tui.widgets.sheet import ACCENT, BAD, DIM, Sheet


class ProblemsScreen(Frame):
    """A list of findings; the good items stay open."""

    BINDINGS = bindings_of("problems")

    def __init__(self) -> None:
        super().__init__()
        self._problems: tuple[Problem, ...] = ()

    def on_mount(self) -> None:
        """Ask once."""
        self._problems = self.dojo.problems()

    def area(self) -> str:
        """The registry's area."""
        return "problems"

    def where(self) -> tuple[str, str]:
        """How many."""
        return "Problems in the banks", f"{len(self._problems)} found"

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("back", "page-down")

    def targets(self) -> tuple[str, ...]:
        """Each finding."""
        return tuple(str(place) for place in range(len(self._problems)))

    def lay(self, sheet: Sheet) -> None:
        """Place, code, message, hint."""
        if not self._problems:
            sheet.text("Nothing is wrong: every item of every bank is open.")
        for place, problem in enumerate(self._problems):
            target = str(place)
            here = HERE if self.cursor == target else " "
            where = safe_line(f"{problem.place.file}:{problem.place.line}:{problem.place.column}")
            style = BAD if problem.severity == "error" else DIM
            sheet.text(
                Content.assemble(where, "  ", (problem.code, style)),
                lead=Content.assemble((here, ACCENT), " "),
                target=target,
            )
            sheet.text(problem.message, indent=4, target=target)
            if problem.hint:
                sheet.text(problem.hint, indent=4, style=DIM, target=target)
            sheet.blank()
