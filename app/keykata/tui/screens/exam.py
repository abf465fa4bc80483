"""A test or exam: choose, mark, cross out, move freely, hand in; nothing is told before that."""

from __future__ import annotations

from collections.abc import Callable

from keykata.core.errors import KeyKataError
from keykata.practice.paper import LETTERS
from keykata.study.views import Report, Tick
from keykata.tui.actions import bindings_of
from keykata.tui.screens.exam_list import line_target
from keykata.tui.screens.exam_report import ExamReportScreen
from keykata.tui.screens.exam_view import ExamView
from keykata.tui.screens.hand_in import NO_CLOCK, HandInScreen
from keykata.tui.screens.line import close_over
from keykata.tui.widgets.body import Body
from keykata.tui.widgets.exam_words import leaving_words, warning_words
from keykata.tui.widgets.faces import option_target

AT_ZERO = "The time was over: it was handed in as it stood."
ELSEWHERE = "Another program handed it in meanwhile."


class ExamScreen(ExamView):
    """Every key calls one method of the sitting and shows what it stands at then."""

    BINDINGS = bindings_of("exam", "exam-list")

    _leaving = False

    # --- the clock ---------------------------------------------------------------------------------------

    def left(self) -> float | None:
        """Seconds left."""
        return None if self.sitting.finished else self.sitting.standing().left

    def look(self) -> None:
        """Look at the clock: show it, warn, and hand in at zero. The focus stays where it is."""
        tick = self.guarded(self.sitting.tick)
        if tick is None or not self._heed(tick):
            if tick is not None and tick.moved:
                self._moved_on()
            self.reload()
            if isinstance(self.app.screen, HandInScreen):
                self.app.screen.show()
            self.wait()

    def _heed(self, tick: Tick) -> bool:
        """Warn on the screen in front; whether it has ended."""
        if self.sitting.finished or tick.expired:
            self._over()
            return True
        if tick.warnings:
            front = self.app.screen
            words = warning_words(min(tick.warnings), self.sitting.lines())
            (front if isinstance(front, HandInScreen) else self).say(words)
        return False

    def _moved_on(self) -> None:
        """The time of a question was over, and the next one stands there."""
        self.keykata.turns.came_by_itself()
        self._listing, self._option = False, 0
        self.reload()
        self.say("The time for that one was over.")
        self.wait()

    def _over(self) -> None:
        """Whatever stands over the test closes, and the report opens."""
        if self._clock_over:
            return
        self.keykata.turns.came_by_itself()
        trouble = close_over(self)
        why = ELSEWHERE if self.sitting.ended_elsewhere else AT_ZERO
        self._show_report(self.sitting.report, said=f"{why} {trouble}".strip())

    def _show_report(self, make: Callable[[], Report], said: str = "") -> None:
        self.kept(make, lambda report: self._shown(report, said))

    def _shown(self, report: Report, said: str) -> None:
        if self.up and self.close_clock():
            self.app.switch_screen(ExamReportScreen(report, said=said))

    def _do(self, call: Callable[[], object], then: Callable[[], object] = lambda: None) -> None:
        """Call the sitting, show what it stands at and go on; what it refuses is said."""
        self.kept(self.sitting.tick, lambda tick: self._ticked(tick, call, then))

    def _ticked(self, tick: Tick, call: Callable[[], object], then: Callable[[], object]) -> None:
        if self._heed(tick):
            return
        if tick.moved:
            self._moved_on()
            return

        def done(_: object) -> None:
            self.reload()
            then()

        def refused(error: KeyKataError) -> None:
            if self.sitting.finished:
                self._over()
                return
            self.keykata.tell_error(error)
            self.reload()

        self.keykata.kept(call, done, refused)

    # --- choosing ----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """A click: an option, or a line of the list."""
        kind, _, rest = target.partition(" ")
        if kind == "option":
            self._listing = False
            self._choose(int(rest))
        elif kind == "line" and int(rest):
            self._go(int(rest))
        elif kind == "line":
            self.action_hand_in()

    def action_letter(self, letter: str) -> None:
        """A letter of an option."""
        self._choose(LETTERS.index(letter.upper()))

    def action_digit(self, number: int) -> None:
        """An option by number; in the list, a digit of a question's number."""
        if self._listing:
            self._list = self._list.with_digit(number, self._now.total)
            self._show_line()
        else:
            self._choose(number - 1)

    def action_choose_here(self) -> None:
        """The option under the cursor."""
        self._choose(self._option)

    def _choose(self, place: int) -> None:
        now = self._now
        if place >= len(now.slot.texts):
            self.say(f"There is no option {LETTERS[place]}.")
            return
        self._option = place
        on = place not in now.turn.chosen  # by what is on show: another program may have done the same
        if on and len(now.turn.chosen) >= now.selects > 1:
            self.show()
            self.say(f"Select {now.selects}: let one go first.")
        else:
            self._do(lambda: self.sitting.choose(place, on=on), lambda: self._chose(place))
        self.body.show_target(option_target(place))

    def _chose(self, place: int) -> None:
        turn = self._now.turn
        if place in turn.chosen and place in turn.struck:
            self._do(lambda: self.sitting.strike(place, on=False))

    def action_clear(self) -> None:
        """Nothing is chosen any more."""
        if self._now.turn.chosen:
            self._do(lambda: self.sitting.select(()))
        else:
            self.say("Nothing is chosen.")

    def action_cross(self) -> None:
        """Cross out under the cursor."""
        self._strike(self._option)

    def action_cross_letter(self, letter: str) -> None:
        """Cross out by a capital."""
        place = LETTERS.index(letter)
        if place >= len(self._now.slot.texts):
            self.say(f"There is no option {letter}.")
            return
        self._option = place
        self._strike(place)
        self.say(f"A capital crosses {letter} out, and back. Is caps lock on?")

    def _strike(self, place: int) -> None:
        on = place not in self._now.turn.struck
        self._do(lambda: self.sitting.strike(place, on=on), lambda: self._struck(place))

    def _struck(self, place: int) -> None:
        turn = self._now.turn
        if place in turn.struck and place in turn.chosen:
            self._do(lambda: self.sitting.choose(place, on=False))
        self.body.show_target(option_target(place))

    def action_assure(self, confidence: str) -> None:
        """How sure the choice is: the report tells what it cost, or gave."""
        if not self._now.turn.chosen:
            self.say("Choose first; then s says sure, g says a guess.")
        else:
            on = self._now.turn.confidence != confidence
            self._do(lambda: self.sitting.assure(confidence, on=on))

    def action_mark(self) -> None:
        """Mark it, or let the mark go."""
        on = not self._now.turn.marked
        self._do(lambda: self.sitting.mark(on=on))

    # --- moving ------------------------------------------------------------------------------------------

    def action_enter(self) -> None:
        """The next question, or what the cursor of the list stands on."""
        if self._listing:
            self.activate(line_target(self._list.position))
        elif self._now.position < self._now.total:
            self._go(self._now.position + 1)
        else:
            self.action_hand_in()

    def action_turn(self, by: int) -> None:
        """The question before or after."""
        if not 1 <= self._now.position + by <= self._now.total:
            self.say("This is the last one. l shows them all." if by > 0 else "This is the first one.")
        else:
            self._go(self._now.position + by)

    def _go(self, position: int) -> None:
        self._do(lambda: self.sitting.go(position), lambda: self._went(position))

    def _went(self, position: int) -> None:
        self.wait()
        self._listing, self._option = False, 0
        self._list = self._list.at(position)
        self.show(top=True)

    def action_move(self, by: int) -> None:
        """Between options, or along the list."""
        if self._listing:
            self._list = self._list.moved(by, self._lines, hand_in=True)
            self._show_line()
            return
        self._option = max(0, min(self._option + by, len(self._now.slot.texts) - 1))
        self.show()
        self.body.show_target(option_target(self._option))

    def action_far(self, way: int) -> None:
        """To the first option and the top of the page, or to the last and the end; so in the list."""
        self.action_move(way * (len(self._lines) + 1 if self._listing else len(self._now.slot.texts)))
        (self.query_one("#side", Body) if self._listing and self.sided else self.body).scroll_far(way)

    def action_hide_clock(self) -> None:
        """Hide the clock, or show it again."""
        self.hide_clock()
        if not self.clocked:
            self.say(NO_CLOCK)

    # --- ending ------------------------------------------------------------------------------------------

    def action_hand_in(self) -> None:
        """The page that says what is blank."""
        self._do(self.sitting.leave, self._ask_to_hand_in)

    def _ask_to_hand_in(self) -> None:
        self._listing = False
        self.app.push_screen(HandInScreen(self, self._handed_in, self._go))

    def _handed_in(self) -> None:
        self._show_report(self.sitting.hand_in)

    async def action_press(self, key: str) -> None:
        """Any other key stays."""
        if key != "escape":
            self._leaving = False
        await super().action_press(key)

    def action_back(self) -> None:
        """From the list to the question; from there, say what the clock will do, then leave."""
        if self._listing:
            self._listing = False
            self.show(top=not self.sided)
        elif self._leaving:
            self.leave()
            self.dismiss()
        else:
            self._leaving = True
            words = leaving_words(limited=self._now.left is not None, strict=self.sitting.paper.strict)
            self.say(f"{words} esc leaves, any other key stays.")

    def leave(self) -> None:
        """Save the clock."""
        self.save_clock(self.sitting.leave)
