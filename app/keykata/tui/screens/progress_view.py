"""What Progress shows: one sentence, then what stands behind it."""

from __future__ import annotations

from textual.content import Content

from keykata.core.rounding import round_half_up
from keykata.study import progress_words as words
from keykata.study.phrases import date_phrase, plural
from keykata.study.progress_views import FORECAST_DAYS, Past, Progress
from keykata.study.ready_views import ReadinessPoint, ReadinessView
from keykata.tui.action import Action
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.ready_lines import lay_gains, lay_history, lay_ready
from keykata.tui.signs import CHOSEN, EVEN, HERE, NOT_YET
from keykata.tui.widgets.progress_charts import against, bar, exam_lines, forecast_lines, year_lines
from keykata.tui.widgets.sheet import ACCENT, BOLD, DIM, Sheet

WEAK_SHOWN = 6
LEECHES_SHOWN = 6
EXAMS_SHOWN = 8
BAR = 20
NAME = 26
NEAR_DAYS = 7
EXAM_SECONDS = 120
COST_DAYS = (30, 90)
FROM_HALF = 0.5  # where the lines of expected and measured recall begin


class ProgressView(Frame):
    """Lays Progress out; what takes a look at the whole log comes when it is ready."""

    HAS_SIDE = True
    CURSOR_AT_FIRST = False

    def __init__(self) -> None:
        super().__init__()
        self._now: Progress | None = None
        self._past: Past | None = None
        self._ready: ReadinessView | None = None
        self._points: tuple[ReadinessPoint, ...] = ()
        self._cost_days = COST_DAYS[0]
        self._doing = ""

    def area(self) -> str:
        """The registry's area."""
        return "progress"

    def where(self) -> tuple[str, str]:
        """How much there is to tell from."""
        return "Progress", plural(self._now.answers, "answer") if self._now else ""

    def prompt(self) -> Content:
        """What runs in the background."""
        return Content.styled(self._doing, DIM)

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", "weakest", "retention", "fit", "back")

    def does(self, action: Action) -> bool:
        """The weakest can be practised once something stands out."""
        return self._weak_known() if action.name == "weakest" else super().does(action)

    def enters(self) -> bool:
        """On what is under the cursor, or on the weakest."""
        return bool(self.cursor) or self._weak_known()

    def _weak_known(self) -> bool:
        return self._past is not None and bool(self._past.weakest)

    def targets(self) -> tuple[str, ...]:
        """The weak ones and the leeches."""
        past = self._past
        if past is None:
            return ()
        weak = (f"weak {one.item}" for one in past.weakest[:WEAK_SHOWN])
        return (*weak, *(f"leech {one.item}" for one in past.leeches[:LEECHES_SHOWN]))

    # --- the page ----------------------------------------------------------------------------------------

    def lay(self, sheet: Sheet) -> None:
        """In the order of use: what to do, how sure it is, what comes, what was."""
        now, past = self._now, self._past
        if now is None:
            return
        if past is None:
            sheet.text("Looking through your answers. This page fills when it is done.")
        else:
            sheet.text(Content.styled(words.lead_sentence(now, past), BOLD))
            self._weakest(sheet, past)
            if self._ready is not None:
                lay_ready(sheet, self._ready)
                lay_gains(sheet, self._ready)
                lay_history(sheet, self._points)
            self._retention(sheet, past)
            self._calibration(sheet, past)
            self._mastery(sheet, past)
        self._forecast(sheet, now)
        self._year(sheet, now)
        if not self.sided:
            self._aside(sheet)

    def lay_side(self, sheet: Sheet) -> None:
        """What is looked at less often."""
        self._aside(sheet, first=True)

    def _aside(self, sheet: Sheet, *, first: bool = False) -> None:
        now, past = self._now, self._past
        if now is None or past is None:
            return
        if not first:
            sheet.blank()
        self._exams(sheet, past)
        self._times(sheet, past)
        self._leeches(sheet, past)
        self._cost(sheet, now, past)
        sheet.blank()
        sheet.heading("Memory model")
        sheet.text(words.fit_words(now))

    def _weakest(self, sheet: Sheet, past: Past) -> None:
        if not past.weakest:
            return
        sheet.blank()
        sheet.heading("Weakest")
        for weak in past.weakest[:WEAK_SHOWN]:
            target = f"weak {weak.item}"
            sign = (HERE, ACCENT) if self.cursor == target else " "
            lapses = f", slipped {weak.lapses} times" if weak.lapses > 1 else ""
            lost = f"about {max(1, round_half_up(weak.lost))} of {weak.cards} lost{lapses}"
            sheet.pair(Content.assemble(sign, " ", weak.title), Content.styled(lost, DIM), target=target)

    def _retention(self, sheet: Sheet, past: Past) -> None:
        sheet.blank()
        sheet.heading("Retention")
        sheet.text(words.retention_words(past))
        for month in past.months if past.reviews >= words.LEAST_REVIEWS else ():
            told = f"  {month.month}   {plural(month.reviews, 'review'):>14}   "
            measured = month.remembered / month.reviews
            if month.reviews < words.LEAST_REVIEWS:
                sheet.line(Content.assemble(told, ("too few to say", DIM)))
            else:
                self._against(sheet, told, month.expected, measured)

    def _calibration(self, sheet: Sheet, past: Past) -> None:
        sheet.blank()
        sheet.heading("Is the scheduler right about you?")
        sheet.text(words.calibration_words(past))
        if past.reviews < words.LEAST_REVIEWS:
            return
        sheet.text(f"{EVEN} expected, {CHOSEN} came; the line runs from 50 to 100 %.", style=DIM)
        for one in past.bins:
            told = f"  {words.bin_words(one)} {plural(one.reviews, 'review'):>14}   "
            if one.reviews < words.LEAST_REVIEWS:
                sheet.line(Content.assemble(told, ("too few to say", DIM)))
            else:
                self._against(sheet, told, one.expected, one.measured)

    @staticmethod
    def _against(sheet: Sheet, told: str, expected: float, measured: float) -> None:
        figures = f"  {words.share(expected):>5} expected  {words.share(measured):>5} came"
        room = min(BAR, sheet.width - len(told) - len(figures))
        line = against(expected, measured, room, low=FROM_HALF) if room > 4 else Content("")
        content = Content.assemble(told, line, figures)
        if content.cell_length <= sheet.width:
            sheet.line(content)
        else:
            sheet.text(f"{told.strip()}: {figures.strip()}", indent=2)

    def _mastery(self, sheet: Sheet, past: Past) -> None:
        if not any(domain.tried for domain in past.domains):
            return
        sheet.blank()
        sheet.heading("Known for now, of the questions there are")
        for domain in past.domains:
            told = words.known_words(domain.known, domain.questions)
            self._bar(sheet, domain.name, domain.known, domain.questions, told)
            for task in past.tasks:
                if task.number.split(".", 1)[0] == domain.number and task.tried:
                    self._bar(
                        sheet,
                        f"  {task.number}",
                        task.known,
                        task.questions,
                        f"{task.known} of {task.questions}",
                    )

    @staticmethod
    def _bar(sheet: Sheet, name: str, known: int, of: int, told: str) -> None:
        line = bar(known / of if of else 0.0, BAR)
        content = Content.assemble(f"{name:<{NAME}}", line, f"  {told}")
        if content.cell_length <= sheet.width:
            sheet.line(content)
        else:
            sheet.text(f"{name.rstrip()}: {told}")

    def _forecast(self, sheet: Sheet, now: Progress) -> None:
        sheet.blank()
        sheet.heading("Comes back")
        lines = forecast_lines(now.forecast, sheet.width)
        if not lines:
            until = "in the next four weeks" if len(now.forecast) == FORECAST_DAYS else "until the exam"
            sheet.text(f"Nothing comes back {until}. What you answer next begins this.")
            return
        for line in lines:
            sheet.line(line)
        near = [
            f"{'today' if place == 0 else date_phrase(day.day)} {day.count}"
            for place, day in enumerate(now.forecast[:NEAR_DAYS])
        ]
        sheet.text(" · ".join(near), style=DIM)

    def _year(self, sheet: Sheet, now: Progress) -> None:
        sheet.blank()
        sheet.heading("The year")
        if not now.year:
            sheet.text("Each day you answer something gets its digit here.")
            return
        for line in year_lines(now.year, now.day, sheet.width):
            sheet.line(line)
        sheet.text(
            f"Answers of a day: {NOT_YET} none, 1 up to ten, 2 up to twenty, 9 over eighty.", style=DIM
        )

    def _exams(self, sheet: Sheet, past: Past) -> None:
        sheet.heading("Mock exams")
        if not past.exams:
            sheet.text(f"None yet; m on Home sits one. {past.pass_score} passes.")
            return
        for line in exam_lines(past.exams[-EXAMS_SHOWN:], past.pass_score, sheet.width):
            sheet.line(line)
        sheet.text("Estimated, from 100 to 1000.", style=DIM)

    def _times(self, sheet: Sheet, past: Past) -> None:
        sheet.blank()
        sheet.heading("Time for one")
        if not past.paces:
            sheet.text("Counted from the first answer.")
        for pace in past.paces:
            sheet.text(f"{words.PACE_NAMES[pace.kind]}: {words.pace_words(pace)}.")
        if any(pace.kind == "question" for pace in past.paces):
            sheet.text(f"The exam leaves {EXAM_SECONDS} s for a question.", style=DIM)

    def _leeches(self, sheet: Sheet, past: Past) -> None:
        if not past.leeches:
            return
        sheet.blank()
        sheet.heading("Forgotten again and again")
        for leech in past.leeches[:LEECHES_SHOWN]:
            target = f"leech {leech.item}"
            sign = (HERE, ACCENT) if self.cursor == target else " "
            lead = Content.assemble(sign, " ")
            sheet.text(f"{leech.title}: {words.leech_words(leech)}", lead=lead, target=target)
        sheet.text(words.LEECH_ADVICE, style=DIM)

    def _cost(self, sheet: Sheet, now: Progress, past: Past) -> None:
        sheet.blank()
        sheet.heading("Desired retention")
        sheet.text(f"You want {words.share(now.retention)}. A higher one costs more reviews:")
        costs = past.costs.get(self._cost_days, ())
        if not costs:
            sheet.text("Told from the first answer.")
            return
        for cost in costs:
            here = CHOSEN if cost.retention == now.retention else " "
            lead, told = f"{here} {words.share(cost.retention)}  ", words.cost_words(cost)
            fits = len(lead) + len(told) <= sheet.width
            sheet.text(told if fits else words.short_cost(cost), lead=lead)
        sheet.text(
            f"Simulated with your cards over the next {self._cost_days} days; c changes it.", style=DIM
        )
