"""What a test shows: one question, or the list of all; beside each other where there is room."""

from __future__ import annotations

from msgspec.structs import replace
from textual.content import Content

from keykata.practice.paper import LETTERS, QuestionSlot
from keykata.study.exam_sitting import ExamSitting
from keykata.study.phrases import SET_BACK
from keykata.study.views import ExamStanding, ListLine
from keykata.tui.action import Action
from keykata.tui.screens.clocked import MARKED, ClockedFrame
from keykata.tui.screens.exam_list import (
    PITCH,
    SIDE_PITCH,
    ListState,
    lay_lines,
    line_target,
    pitch_for,
    rows_for,
)
from keykata.tui.screens.item import enter_says
from keykata.tui.signs import HERE, MARK
from keykata.tui.widgets.body import Body
from keykata.tui.widgets.exam_words import clock_words, in_last_minutes, pace_rule
from keykata.tui.widgets.faces import Choosing, lay_question
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet, Words

EMPTY_LIST = {"blank": "None is blank.", "marked": "None is marked."}
FOOTERS = {
    "exam": ("choose", "next", "backward", "mark", "list"),
    "exam-list": ("go", "blanks", "marked", "hide", "back"),
}
SURENESS = {"sure": "You are sure", "guess": "A guess"}
CHANGED = "Another program changed this one meanwhile."
SIDE_ROWS = 22
SIDE_COLUMNS = 3


class ExamView(ClockedFrame):
    """Shows where a test stands. View state only: the cursors, what is in front, the clock hidden or not."""

    HAS_SIDE = True

    def __init__(self, sitting: ExamSitting) -> None:
        super().__init__()
        self.sitting = sitting
        self._option = 0
        self._listing = False
        self._list = ListState(position=sitting.position)
        self._clock_hidden = False
        self._now: ExamStanding = sitting.standing()
        self._lines: tuple[ListLine, ...] = sitting.lines()

    def on_mount(self) -> None:
        """A strict clock that could not run on is told of; those of the bases are called as well."""
        if self.sitting.clock_set_back:
            self.say(SET_BACK)

    def seat(self) -> ExamSitting:
        """The test on show."""
        return self.sitting

    def overtaken(self) -> None:
        """The list and the question as they stand by now; of a question that is another, a line says why."""
        before = self._now
        self.look()
        if self.up and before.position == self._now.position and _done(before) != _done(self._now):
            self.say(CHANGED)

    # --- what is shown -----------------------------------------------------------------------------------

    def area(self) -> str:
        """The registry's area: the list or the question, whichever has the cursor."""
        return "exam-list" if self._listing else "exam"

    @property
    def clock_shown(self) -> bool:
        """Whether the time is on show."""
        return not self._clock_hidden and self._now.left is not None

    @property
    def clocked(self) -> bool:
        """Whether the time is limited, in all or for each question."""
        return bool(self._now.limit or self.sitting.paper.seconds_each)

    def clock(self) -> str:
        """The time left in words, nothing while it is hidden or there is no limit."""
        return clock_words(self._now.left) if self.clock_shown else ""

    def hide_clock(self) -> None:
        """Hide the clock, or show it again."""
        self._clock_hidden = not self._clock_hidden and self.clocked
        self.show()

    def does(self, action: Action) -> bool:
        """A clock can be hidden where there is one."""
        return self.clocked if action.name == "hide" else super().does(action)

    def where(self) -> tuple[str, str]:
        """The title, how far, and the time left."""
        now, clock = self._now, self.clock()
        if self._listing and not self.sided:
            return self.heading(self.sitting.title, clock, page=" / list")
        marked = MARKED if now.turn.marked else ""
        return self.heading(self.sitting.title, marked, f"{now.position} of {now.total}", clock)

    def rule(self) -> Words:
        """The pace line while the time is on show and the question in front."""
        if not self.clock_shown or not self._now.limit or (self._listing and not self.sided):
            return ""
        return pace_rule(self._now, self._lines, self.body.text_width)

    def tone(self) -> str:
        """Amber in the last five minutes."""
        return "$warning" if self.clock_shown and in_last_minutes(self._now.left) else DIM

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return FOOTERS[self.area()]

    def enters(self) -> bool:
        """It always goes on, in the end to handing in."""
        return True

    def footer(self) -> tuple[Action, ...]:
        """The letters are those of the options there are; at the end `enter` hands in."""
        last = LETTERS[len(self._now.slot.texts) - 1].lower()
        entries = tuple(
            replace(entry, shown=f"a-{last}") if entry.name == "choose" else entry
            for entry in super().footer()
        )
        if self._listing:
            return enter_says(entries, "hand in" if self._list.position == 0 else "go")
        return enter_says(entries, "hand in" if self._now.position == self._now.total else "next")

    def prompt(self) -> Words:
        """How much is selected; in the list that stands for the question, where it would go."""
        now = self._now
        if self._listing and (self._list.typed or not self.sided):
            return f"Question {self._list.typed}" if self._list.typed else ""
        selected = f"{len(now.turn.chosen)} of {now.selects} selected" if now.selects > 1 else ""
        return " · ".join(words for words in (selected, SURENESS.get(now.turn.confidence or "", "")) if words)

    def lay(self, sheet: Sheet) -> None:
        """The question, or the list where it does not stand beside it."""
        if self._listing and not self.sided:
            self._lay_list(sheet)
        elif isinstance(self._now.slot, QuestionSlot):
            turn = self._now.turn
            lay_question(
                sheet, self._now.slot, Choosing(turn.chosen, self._option, frozenset(turn.struck), self._aid)
            )

    def lay_side(self, sheet: Sheet) -> None:
        """The list beside the question."""
        sheet.heading("All questions")
        keys = f"1-{self._now.total} go   u blanks   m marked" if self._listing else "l  go to one"
        sheet.line(Content.styled(keys, DIM))
        sheet.blank()
        shown = self._list.shown(self._lines)
        pitch = pitch_for(shown, max(SIDE_PITCH, min(PITCH, sheet.width // SIDE_COLUMNS)))
        rows = max(min(SIDE_ROWS, len(shown)), rows_for(sheet.width, len(shown), pitch))
        self._lay_lines(sheet, shown, pitch=pitch, rows=rows)
        if self._listing:
            sheet.blank()
            self._lay_hand_in(sheet)

    # --- the list ----------------------------------------------------------------------------------------

    def _lay_list(self, sheet: Sheet) -> None:
        shown = self._list.shown(self._lines)
        pitch = pitch_for(shown, PITCH)
        self._lay_lines(sheet, shown, pitch=pitch, rows=rows_for(sheet.width, len(shown), pitch))
        sheet.blank()
        now = self._now
        counts = f"{now.answered} answered  {now.blank} blank  {now.marked} marked {MARK}"
        why = ("a blank is wrong, a guess may be right", DIM)
        sheet.text(Content.assemble(counts, "   ", why), indent=2)
        sheet.blank(soft="first")
        self._lay_hand_in(sheet)
        sheet.blank(soft="first")
        words = "  Type a number to go there.   u only blanks   m only marked"
        sheet.line(Content.styled(words, DIM))

    def _lay_lines(self, sheet: Sheet, shown: tuple[ListLine, ...], *, pitch: int, rows: int) -> None:
        self._list = replace(self._list, rows=rows)
        if not shown:
            sheet.text(EMPTY_LIST[self._list.only], style=DIM, indent=2)
            return
        cursor = self._list.position if self._listing else self._now.position
        lay_lines(sheet, shown, cursor, pitch=pitch, rows=rows)

    def _lay_hand_in(self, sheet: Sheet) -> None:
        here = HERE if self._list.position == 0 else " "
        sheet.line(Content.assemble((here, ACCENT), " Hand in …"), target=line_target(0))

    def action_sideways(self, by: int) -> None:
        """Another column of the list."""
        self._list = self._list.sideways(by, self._lines)
        self._show_line()

    def action_only(self, only: str) -> None:
        """Show only blanks or marked ones, or all again."""
        self._list = self._list.narrowed(only, self._lines)
        self.show(top=True)

    def _show_line(self) -> None:
        self.show()
        (self.query_one("#side", Body) if self.sided else self.body).show_target(
            line_target(self._list.position)
        )

    def action_list(self) -> None:
        """The cursor goes to the list."""
        self._listing = True
        self._list = self._list.at(self._now.position)
        self.show(top=not self.sided)

    # --- the item, for a note ----------------------------------------------------------------------------

    def item_id(self) -> str:
        """The question on show."""
        return self._now.slot.item

    def item_name(self) -> str:
        """Its number: its terms are not told before the end."""
        return f"question {self._now.position}"

    def reload(self) -> None:
        """Ask the sitting again."""
        self._now = self.sitting.standing()
        self._lines = self.sitting.lines()
        self.show()


def _done(now: ExamStanding) -> tuple[object, ...]:
    turn = now.turn
    return turn.chosen, turn.confidence, turn.marked, frozenset(turn.struck)
