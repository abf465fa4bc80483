"""The report of a test or exam: the count and what it proves, domains, habits, time, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from keykata.core.rounding import percent, round_half_up
from keykata.practice.attempt import Turn
from keykata.practice.paper import QuestionSlot
from keykata.study.blanks import blanks_of, list_lines
from keykata.study.exam_shape import shape_of
from keykata.study.pacing import SLOW, Habits, habits
from keykata.study.phrases import about_minutes, date_phrase, plural
from keykata.study.ready_views import ReadinessView
from keykata.study.ready_words import ready_sentence
from keykata.study.views import Report
from keykata.study.wording import score_line
from keykata.tui.actions import bindings_of
from keykata.tui.screens.choices import open_terms
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.item_page import AnswersScreen
from keykata.tui.signs import HERE
from keykata.tui.widgets.charts import scale_line, time_chart
from keykata.tui.widgets.exam_words import COUNTED, lay_domains
from keykata.tui.widgets.sheet import ACCENT, BAD, BOLD, DIM, GOOD, Sheet

SECONDS_EACH = 80
EVEN_SECONDS = 120  # a question of the exam: 130 minutes for 65
LABEL = 22
ESTIMATED = 76  # columns that the table of domains takes with the estimates
NAMES_SHOWN = 3
MEETS = {True: "meets competencies", False: "needs improvement", None: "too few to say"}
FILTERS = ("wrong", "marked", "slow", "guessed")
NONE_THERE = {
    "wrong": "None was wrong.",
    "marked": "None is marked.",
    "slow": "None took over four minutes.",
    "guessed": "None was said to be a guess.",
}


class ExamReportScreen(Frame):
    """What came out, what it says, and the likely next thing."""

    BINDINGS = bindings_of("exam-report")

    def __init__(self, report: Report, *, said: str = "") -> None:
        super().__init__()
        self._report = report
        self._said = said
        self._habits: Habits = habits(report.paper, report.attempt)
        self._ready: ReadinessView | None = None

    def on_mount(self) -> None:
        """The report first; what it says of being ready takes a moment."""
        self.call_after_refresh(self._ask_ready)

    def _ask_ready(self) -> None:
        self._ready = self.guarded(lambda: self.dojo.readiness_after(self._report))
        if self._ready is not None:
            self.show()

    def area(self) -> str:
        """The registry's area."""
        return "exam-report"

    def where(self) -> tuple[str, str]:
        """The test, its day, its time."""
        report = self._report
        used = round_half_up(report.seconds / 60)
        limit = report.paper.minutes
        minutes = f"{used} of {limit} min" if limit else about_minutes(used).removeprefix("about ")
        return f"{report.title} · {date_phrase(report.day)}", minutes

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        some = tuple(which for which in FILTERS if self.positions(which))
        return ("go", *some[:3], *(("terms",) if self._missed_terms() else ()))

    def targets(self) -> tuple[str, ...]:
        """Missed again, all of them, home."""
        return (*(("missed",) if self._report.missed else ()), "look all", "home")

    def positions(self, which: str) -> list[int]:
        """The positions a filter leaves: all, wrong (blank too), marked, slow, guessed."""
        rules: dict[str, Callable[[Turn], bool]] = {
            "wrong": lambda turn: turn.correct is not True,
            "marked": lambda turn: turn.marked,
            "slow": lambda turn: turn.seconds > SLOW,
            "guessed": lambda turn: turn.confidence == "guess",
        }
        wanted = rules.get(which, _every)
        return [place for place, turn in enumerate(self._report.attempt.turns, 1) if wanted(turn)]

    # --- the page ----------------------------------------------------------------------------------------

    def lay(self, sheet: Sheet) -> None:
        """In the order a candidate asks."""
        if self._said:
            sheet.text(self._said, style="$warning")
            sheet.blank()
        self._score(sheet)
        self._domains(sheet)
        if self._ready is not None:
            sheet.blank()
            sheet.text(ready_sentence(self._ready), lead=Content.styled("Ready?   ", BOLD))
        self._did(sheet)
        sheet.blank()
        self._next(sheet)
        self._times(sheet)
        self._earlier(sheet)
        sheet.blank()
        sheet.text(f"Drawn with seed {self._report.seed}.", style=DIM)

    def _score(self, sheet: Sheet) -> None:
        report, paper = self._report, self._report.paper
        if report.scaled is None:
            sheet.line(Content.styled(score_line(report) or "Nothing of it counts.", BOLD))
        else:
            verdict = ("PASS", f"bold {GOOD}") if report.passed else ("NOT YET", f"bold {BAD}")
            words = f"   estimated. {paper.pass_score} passes."
            sheet.pair(Content.assemble((str(report.scaled), BOLD), words), Content.assemble(verdict))
            scale = (paper.scale_from, paper.scale_to)
            sheet.line(
                scale_line(report.scaled, report.proven, cut=paper.pass_score, scale=scale, width=sheet.width)
            )
            sheet.text(self._count_words())
        blanks = blanks_of(list_lines(paper, report.attempt))
        if blanks.places:
            sheet.text(f"{len(blanks.places)} left blank{blanks.remark}, and so wrong.", style=DIM)
        if report.mode == "exam" and (shape := shape_of(paper)):
            sheet.text(shape, style=DIM)

    def _count_words(self) -> str:
        report = self._report
        right, of = report.unscored
        proven = (
            f"One paper says this much: {report.proven[0]} to {report.proven[1]}. " if report.proven else ""
        )
        rest = f", and {right} of the {of} that do not" if of else ""
        return f"{proven}{report.scored_correct} of the {report.scored} that count were right{rest}."

    def _domains(self, sheet: Sheet) -> None:
        report = self._report
        lines = [line for line in report.domains if line.scored]
        if not lines:
            return
        exam = report.mode == "exam"
        sheet.blank()
        if sheet.width < (ESTIMATED if exam else COUNTED):
            lay_domains(sheet, [(line, f", {MEETS[line.meets]}" * exam) for line in lines])
            return
        sheet.line(f"{'':<26}of the exam     right" + "          estimated as" * exam, style=DIM)
        for line in lines:
            share = f"{percent(line.correct, line.scored):>5} %" if line.scored > 2 else " " * 7
            estimate = f"  {MEETS[line.meets]}" * exam
            counted = f"{line.name:<26}{line.weight:>5} %     {line.correct:>3} of {line.scored:>3}{share}"
            sheet.line((counted + estimate).rstrip())

    def _did(self, sheet: Sheet) -> None:
        found = self._habits
        rows = [
            (f"Changed {plural(found.changed, 'answer')}", "", _changes(found)) if found.changed else None,
            self._row_of("Sure, but wrong", found.sure_wrong, self._titles(found.sure_wrong)),
            self._row_of("A guess, and right", found.guessed_right, "counted here, repeated from tomorrow"),
            self._row_of("Over four minutes", found.slow, f"of them {len(found.slow_right)} right"),
            self._row_of("Right one crossed out", found.crossed_out, self._titles(found.crossed_out)),
        ]
        told = [row for row in rows if row]
        if not told:
            return
        sheet.blank()
        sheet.heading("What you did")
        for label, count, words in told:
            if sheet.width < COUNTED:
                sheet.text(f"{label} {count}".rstrip(), lead="  ")
                sheet.text(words, indent=4, style=DIM)
            else:
                sheet.text(words, lead=f"  {label:<{LABEL}}{count:<4}  ")

    @staticmethod
    def _row_of(label: str, places: tuple[int, ...], words: str) -> tuple[str, str, str] | None:
        return (label, str(len(places)), words) if places else None

    def _titles(self, places: tuple[int, ...]) -> str:
        paper, turns = self._report.paper, self._report.attempt.turns
        names = dict.fromkeys(paper.slots[turns[place - 1].slot].title for place in places)
        more = len(names) - NAMES_SHOWN
        return ", ".join(list(names)[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")

    def _next(self, sheet: Sheet) -> None:
        report = self._report
        count = len(report.missed)
        if count:
            words = "Practise the one you missed" if count == 1 else f"Practise the {count} you missed"
            self._row(sheet, "missed", words, about_minutes(-(-count * SECONDS_EACH // 60)))
        keys = [f"{which[0]} {which} {len(places)}" for which in FILTERS if (places := self.positions(which))]
        self._row(sheet, "look all", f"Look at all {plural(report.items, 'question')}", " · ".join(keys))
        self._row(sheet, "home", "Home", "")

    def _row(self, sheet: Sheet, target: str, words: str, right: str) -> None:
        here = HERE if self.cursor == target else " "
        sheet.pair(Content.assemble((here, ACCENT), " ", words), Content.styled(right, DIM), target=target)

    def _times(self, sheet: Sheet) -> None:
        report = self._report
        if not any(report.times):
            return
        even = report.paper.minutes * 60 / report.items if report.paper.minutes else EVEN_SECONDS
        pace = report.paper.seconds_each or even
        sheet.blank()
        sheet.heading("Time for each question")
        for line in time_chart(report.times, pace, sheet.width):
            sheet.line(line)

    def _earlier(self, sheet: Sheet) -> None:
        if not self._report.earlier:
            return
        sheet.blank()
        sheet.heading("Before")
        for line in self._report.earlier:
            score = f"{line.scored_correct:>3} of {line.scored:>3}"
            share = f"{percent(line.scored_correct, line.scored):>5} %"
            scaled = f"   {line.scaled:>4} estimated" if line.scaled is not None else ""
            sheet.line(f"  {date_phrase(line.day):<14}{score}{share}{scaled}")

    # --- actions -----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """Go on."""
        if target == "missed":
            self.keykata.sit(lambda: self.dojo.start_missed(self._report.id), instead=True)
        elif target == "look all":
            self.action_look("all")
        elif target == "home":
            self.action_back()

    def action_look(self, which: str) -> None:
        """Look at the questions a filter leaves."""
        places = self.positions(which)
        if places:
            self.app.push_screen(AnswersScreen(self._report, places, places[0]))
        else:
            self.say(NONE_THERE.get(which, "There is none."))

    def action_terms(self) -> None:
        """The terms behind the misses."""
        open_terms(self, self._missed_terms())

    def _missed_terms(self) -> tuple[tuple[str, str], ...]:
        slots = [
            self._report.paper.slots[self._report.attempt.turns[place - 1].slot]
            for place in self.positions("wrong")
        ]
        topics = {t.id: t.name for slot in slots if isinstance(slot, QuestionSlot) for t in slot.topics}
        return tuple(topics.items())


def _every(_: Turn) -> bool:
    return True


def _changes(found: Habits) -> str:
    """`4 to right, 1 to wrong, 2 wrong to wrong: worth +3`."""
    parts = (
        (len(found.to_right), "to right"),
        (len(found.to_wrong), "to wrong"),
        (len(found.wrong_to_wrong), "wrong to wrong"),
    )
    told = ", ".join(f"{count} {words}" for count, words in parts if count)
    return f"{told}: worth {found.net:+d}" if found.net else f"{told}: worth nothing"
