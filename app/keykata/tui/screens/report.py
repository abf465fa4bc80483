"""The report of a session: the straight count first, then what to do."""

from __future__ import annotations

from textual.content import Content

from keykata.core.rounding import percent
from keykata.study.phrases import about_minutes, date_phrase, plural
from keykata.study.views import Report
from keykata.study.wording import coming_line, facts_line, score_line
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.item_page import AnswersScreen
from keykata.tui.signs import HERE, WRONG
from keykata.tui.widgets.exam_words import COUNTED, lay_domains
from keykata.tui.widgets.sheet import ACCENT, BAD, BOLD, DIM, Sheet

SECONDS_EACH = 80


class ReportScreen(Frame):
    """What came out, and the likely next thing."""

    BINDINGS = bindings_of("report")

    def __init__(self, report: Report, *, said: str = "") -> None:
        super().__init__()
        self._said = said
        self._report = report

    def area(self) -> str:
        """The registry's area."""
        return "report"

    def where(self) -> tuple[str, str]:
        """The session, its day, its time."""
        report = self._report
        minutes = about_minutes(round(report.seconds / 60)).removeprefix("about ")
        return f"{report.title} · {date_phrase(report.day)}", minutes

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", *(("all",) if self._answered() else ()), "back")

    def targets(self) -> tuple[str, ...]:
        """Missed again, all of them, each missed one, home."""
        report = self._report
        missed = ("missed",) if report.missed else ()
        every = ("all",) if self._answered() else ()
        return (*missed, *every, "home", *(f"position {entry.position}" for entry in report.missed))

    def _answered(self) -> list[int]:
        """The positions that hold an answer: questions, facts and cases alike."""
        return [place for place, turn in enumerate(self._report.attempt.turns, 1) if turn.answered]

    # --- the page ----------------------------------------------------------------------------------------

    def lay(self, sheet: Sheet) -> None:
        """Count, facts, domains, what to do, what was missed, what comes back."""
        report = self._report
        if self._said:
            sheet.text(self._said, style="$warning")
            sheet.blank()
        score = score_line(report)
        if score:
            sheet.line(Content.styled(score, BOLD))
        facts = facts_line(report)
        if facts:
            sheet.line(facts if score else Content.styled(facts, BOLD))
        if report.answered < report.items:
            sheet.text(f"{report.items - report.answered} not answered.", style=DIM)
        sheet.text(coming_line(report.coming), style=DIM)
        self._domains(sheet)
        self._habits(sheet)
        sheet.blank()
        self._next(sheet)
        self._missed(sheet)

    def _domains(self, sheet: Sheet) -> None:
        lines = [line for line in self._report.domains if line.scored]
        if not lines:
            return
        sheet.blank()
        if sheet.width < COUNTED:
            lay_domains(sheet, [(line, "") for line in lines])
            return
        sheet.line(f"{'':<26}of the exam     right", style=DIM)
        for line in lines:
            share = f"{percent(line.correct, line.scored):>5} %" if line.scored > 2 else ""
            sheet.line(f"{line.name:<26}{line.weight:>5} %     {line.correct:>3} of {line.scored:>3}{share}")

    def _habits(self, sheet: Sheet) -> None:
        report = self._report
        if not report.sure_wrong and not report.lucky:
            return
        sheet.blank()
        if report.sure_wrong:
            sheet.line(f"Sure, but wrong       {report.sure_wrong:>3}     these come back first of all")
        if report.lucky:
            sheet.line(f"A guess, and right    {report.lucky:>3}     again tomorrow")

    def _next(self, sheet: Sheet) -> None:
        report = self._report
        count = len(report.missed)
        if count:
            minutes = about_minutes(-(-count * SECONDS_EACH // 60))
            self._row(
                sheet,
                "missed",
                "Practise the one you missed" if count == 1 else f"Practise the {count} you missed",
                minutes,
            )
        if answered := len(self._answered()):
            self._row(sheet, "all", f"Look at all {plural(answered, 'answer')} again", "with the reasons")
        self._row(sheet, "home", "Home", "")

    def _missed(self, sheet: Sheet) -> None:
        if not self._report.missed:
            return
        sheet.blank()
        sheet.heading("Missed")
        for entry in self._report.missed:
            target = f"position {entry.position}"
            here = HERE if self.cursor == target else " "
            lead = Content.assemble((here, ACCENT), " ", (WRONG, BAD), f" {entry.position:>3}  ")
            sheet.text(entry.title, lead=lead, target=target)
            sheet.first_line(entry.lead, indent=lead.cell_length, style=DIM, target=target)

    def _row(self, sheet: Sheet, target: str, words: str, right: str) -> None:
        here = HERE if self.cursor == target else " "
        sheet.pair(Content.assemble((here, ACCENT), " ", words), Content.styled(right, DIM), target=target)

    # --- actions -----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """Go on."""
        report = self._report
        kind, _, rest = target.partition(" ")
        if kind == "missed":
            self.keykata.sit(lambda: self.dojo.start_missed(report.id), instead=True)
        elif kind == "all":
            positions = self._answered()
            self.app.push_screen(AnswersScreen(report, positions, positions[0]))
        elif kind == "position":
            missed = [entry.position for entry in report.missed]
            self.app.push_screen(AnswersScreen(report, missed, int(rest)))
        elif kind == "home":
            self.action_back()

    def action_pick(self, target: str) -> None:
        """A key of the list."""
        if target in self.targets():
            self.activate(target)
        else:
            self.say("None was answered.")
