"""Past sessions: those left open go on; every report opens as it was, whatever became of the banks since."""

from __future__ import annotations

from keykata.core.rounding import percent
from keykata.study.home_views import OpenSitting
from keykata.study.phrases import date_phrase, open_phrase, plural
from keykata.study.views import PastSession
from keykata.tui.actions import bindings_of
from keykata.tui.screens.choices import NARROW, Choice, ListFrame
from keykata.tui.screens.exam_report import ExamReportScreen
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.report import ReportScreen

OPEN = "open "
KINDS = ("all", "exams", "tests", "practice")


class PastScreen(ListFrame):
    """Sessions left open, then the ended ones, newest first; `tab` shows only exams, tests or practice."""

    BINDINGS = bindings_of("past", "past-open")

    def __init__(self) -> None:
        super().__init__()
        self._open: tuple[OpenSitting, ...] = ()
        self._all: tuple[PastSession, ...] = ()
        self._kind = KINDS[0]

    def on_mount(self) -> None:
        """Read the list."""
        self._read()

    def on_screen_resume(self) -> None:
        """What was left open may have ended."""
        if self.is_mounted:
            self._read()
            self.show()

    def _read(self) -> None:
        self._open, self._all = self.dojo.open_sittings(), self.dojo.past()

    def area(self) -> str:
        """The registry's area."""
        return "past-open" if self.cursor.startswith(OPEN) else "past"

    def where(self) -> tuple[str, str]:
        """Which are shown, and how many."""
        shown = "" if self._kind == KINDS[0] else f" / {self._kind}"
        return f"Past sessions{shown}", plural(len(self.choices()), "session")

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", *(("kinds",) if len(self._kinds()) > 1 else ()), "page-down", "back")

    def choices(self) -> tuple[Choice, ...]:
        """A line a session: its day, its name, how it ended; of those left open, how far they are."""
        narrow = self.app.size.width < NARROW
        going = (
            Choice(f"{OPEN}{sitting.id}", sitting.title, open_phrase(sitting), "left open")
            for sitting in self._open
            if self._kind in (KINDS[0], _kind(sitting))
        )
        ended = (
            Choice(past.id, past.title, _result(past, share=not narrow), date_phrase(past.day))
            for past in self._all
            if self._kind in (KINDS[0], _kind(past))
        )
        return (*going, *ended)

    def empty(self) -> str:
        """The next step."""
        if not (self._open or self._all):
            return "Nothing is here yet. esc, then enter begins today's session."
        return f"No {self._kind} yet. tab shows the others."

    def action_kind(self, by: int) -> None:
        """Another kind; those there are none of are passed over."""
        kinds = self._kinds()
        self._kind = kinds[(kinds.index(self._kind) + by) % len(kinds)]
        self.cursor = ""
        self.show(top=True)

    def _kinds(self) -> list[str]:
        """All of them, and those there are any of."""
        there = {KINDS[0], *map(_kind, self._open), *map(_kind, self._all)}
        return [kind for kind in KINDS if kind in there]

    def activate(self, target: str) -> None:
        """Go on, or open its report."""
        if target.startswith(OPEN):
            attempt = target.removeprefix(OPEN)
            self.keykata.sit(lambda: self.dojo.resume(attempt))
            return
        screen = self.guarded(lambda: self._report(target))
        if screen is not None:
            self.app.push_screen(screen)

    def _report(self, attempt: str) -> Frame:
        report = self.dojo.report(attempt)
        return ExamReportScreen(report) if report.paper.feedback == "end" else ReportScreen(report)


def _kind(session: PastSession | OpenSitting) -> str:
    if session.mode == "exam":
        return "exams"
    return "tests" if session.at_end else "practice"


def _result(past: PastSession, *, share: bool) -> str:
    """`36 of 50   72 %   748 estimated`, the share only where there is room; facts are only counted."""
    if not past.counted:
        return plural(past.answered, "fact")
    counts = f"{past.right} of {past.counted}"
    if share:
        counts += f"  {percent(past.right, past.counted):>3} %"
    return counts + (f"  {past.scaled} estimated" if past.scaled is not None else "")
