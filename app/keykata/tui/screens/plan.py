"""The plan to exam day: the load of each day, what each holds, and what is left out."""

from __future__ import annotations

from textual.content import Content

from keykata.study.home_views import PlanRow
from keykata.study.phrases import date_phrase, exam_phrase
from keykata.study.plan_views import PlanPage
from keykata.study.plan_words import day_name, exam_line, next_mock, notes, today_line
from keykata.tui import ways
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.signs import HERE
from keykata.tui.widgets.day_charts import load_chart
from keykata.tui.widgets.sheet import ACCENT, BOLD, DIM, Sheet

HEADS = ("repeat", "last look", "new", "questions", "minutes")
SHORT_HEADS = ("rep.", "last", "new", "qu.", "min")
DAY = 14  # columns


class PlanScreen(Frame):
    """Worked out again each time it comes to the front; `enter` begins today's session."""

    BINDINGS = bindings_of("plan")

    def __init__(self) -> None:
        super().__init__()
        self._page: PlanPage | None = None

    def on_mount(self) -> None:
        """The frame first, then the plan."""
        self._work_out()

    def on_screen_resume(self) -> None:
        """Practice changes it."""
        if self._page is not None:
            self._work_out()

    def _work_out(self) -> None:
        self.begin(self._look, group="days")

    async def _look(self) -> None:
        page = await self.apart(lambda _: self.dojo.plan_beside())
        if page is not None:
            self._page = page
            self.show()

    def area(self) -> str:
        """The registry's area."""
        return "plan"

    def where(self) -> tuple[str, str]:
        """The name, and the exam."""
        page = self._page
        return "Plan", exam_phrase(page.exam_code, page.exam_date, page.in_days) if page else ""

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("start", "exam-date", "minutes", "pack", "back")

    def enters(self) -> bool:
        """Today's session can always be begun."""
        return True

    def lay(self, sheet: Sheet) -> None:
        """The exam and today, the load, what is left out, and each day."""
        page = self._page
        if page is None:
            sheet.text("The days are worked out.", style=DIM)
            return
        sheet.text(exam_line(page))
        sheet.text(today_line(page), lead=Content.assemble((HERE, ACCENT), " "), target="today")
        if not page.days:
            self._ask_date(sheet, page)
            return
        sheet.blank()
        for line in load_chart(page.days, page.minutes, sheet.width):
            sheet.line(line)
        mock = f"M mock exam, {next_mock(page)}   " if next_mock(page) else ""
        sheet.text(f"{mock}E exam", indent=6, style=DIM)
        sheet.blank()
        for note in notes(page):
            sheet.text(note, lead="  ")
        sheet.blank()
        self._table(sheet, page)

    @staticmethod
    def _ask_date(sheet: Sheet, page: PlanPage) -> None:
        """What a date would bring, where none is ahead."""
        if page.in_days != 0:
            which = "your exam" if page.in_days is None else "your next exam"
            sheet.blank()
            sheet.text(f"d sets the date of {which}, and the days until then are planned for you.")

    def _table(self, sheet: Sheet, page: PlanPage) -> None:
        """A line a day; where the columns do not fit, in words."""
        heads, widths = HEADS, [max(9, len(head) + 2) for head in HEADS]
        if DAY + sum(widths) > sheet.width:
            heads, widths = SHORT_HEADS, [6, 5, 5, 5, 5]
        line = "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))
        sheet.line(f"{'':<{DAY}}{line}", style=DIM)
        for row in page.days:
            sheet.line(self._row(row, widths, page))
        sheet.line(Content.assemble(f"{date_phrase(page.exam_date or ''):<16}", ("the exam", BOLD)))

    @staticmethod
    def _row(row: PlanRow, widths: list[int], page: PlanPage) -> Content:
        name = day_name(row, page)
        if row.mock:
            words = f"mock exam {row.mock}"
            room = sum(widths) - len(words) - 2
            return Content.assemble(f"{name:<{DAY}}  ", (words, BOLD), f"{page.mock_minutes:>{max(1, room)}}")
        counts = (row.repeat, row.last, row.new, row.questions, row.minutes)
        cells = "".join(f"{count or '–':>{width}}" for count, width in zip(counts, widths, strict=True))
        return Content(f"{name:<{DAY}}{cells}")

    # --- actions -----------------------------------------------------------------------------------------

    def action_enter(self) -> None:
        """Begin today's session."""
        self.activate("today")

    def activate(self, target: str) -> None:
        """The line of today, pressed."""
        if target == "today":
            self.keykata.sit(self.dojo.start_today)

    def action_exam_date(self) -> None:
        """Ask for the exam's date."""
        page = self._page
        ways.ask_exam_date(self.keykata, page.exam_date if page else None, self._after_line)

    def action_minutes(self) -> None:
        """Ask for the minutes a day."""
        if self._page is not None:
            ways.ask_minutes(self.keykata, self._page.minutes, self._after_line)

    def action_pack(self) -> None:
        """The page for the night before."""
        ways.open_pack(self.keykata)

    def _after_line(self, text: str | None) -> None:
        if text is not None:
            self._work_out()
