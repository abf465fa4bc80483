"""A sitting: one question, fact or scenario at a time, answered here and kept by the study room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from keykata.core.errors import KeyKataError
from keykata.practice.paper import LETTERS, SortSlot
from keykata.study.phrases import plural
from keykata.study.views import Report, Standing
from keykata.study.wording import CAUSE_WORDS
from keykata.tui.actions import bindings_of
from keykata.tui.screens.line import close_over
from keykata.tui.screens.report import ReportScreen
from keykata.tui.screens.sitting_view import SittingView
from keykata.tui.widgets.faces import option_target

T = TypeVar("T")
KNEW_IT = 3
AT_ZERO = "The time is over: what was answered counts."
ELSEWHERE = "Another program ended it meanwhile."
ANSWERED = "Another program answered this one meanwhile."
TAKEN_BACK = "Another program took its answer to this one back."
ITEM_OVER = "The time for that one was over: it stays blank."


class SittingScreen(SittingView):
    """Every key calls one method of the sitting and shows what it stands at then."""

    BINDINGS = bindings_of("question", "recall", "turned", "sort", "answered", "stopped")

    def look(self) -> None:
        """The clock of a timed quiz: show it, warn, and end at zero."""
        if self.sitting.item_left() == 0 and self._chosen and not self._respond_late():
            self.wait()
            return
        tick = self.guarded(self.sitting.tick)
        if tick is not None and tick.moved:
            self._moved_on()
            return
        if self.sitting.finished or (tick is not None and tick.expired):
            self._over()
            return
        self.show()
        if tick is not None and tick.warnings:
            self.keykata.tell(f"{plural(min(tick.warnings), 'minute')} left.")
        self.wait()

    def overtaken(self) -> None:
        """Go on with the other program; of a question that is another by now, a line says why."""
        before, place = self._now.turn, self._now.position
        self.reload()
        now = self._now.turn
        if self.sitting.finished:
            self._over()
        elif self._now.position != place:  # what came again is gone
            self._arrive()
        elif now.answered != before.answered:
            if self.app.screen is self:  # what is typed into a note over it goes on
                self.keykata.turns.came_by_itself()
            if not now.answered:
                self._arrive()
            self.say(ANSWERED if now.answered else TAKEN_BACK)
        elif now.late and not before.late and self.guarded(self.sitting.advance) is not None:
            self._moved_on()

    def _over(self) -> None:
        """Whatever stands over it closes, and the report opens."""
        self.keykata.turns.came_by_itself()
        trouble = close_over(self)
        why = ELSEWHERE if self.sitting.ended_elsewhere else AT_ZERO
        self._end(said=f"{why} {trouble}".strip())

    def kept(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        """As ever; what another program did meanwhile is shown with what is refused for it."""
        self.keykata.kept(call, then, self._refused)

    def _refused(self, error: KeyKataError) -> None:
        if self.sitting.finished:
            self._over()
            return
        self.reload()
        self.keykata.tell_error(error)

    def _respond_late(self) -> bool:
        """At the end of a question's own time its choice counts as it stands; False when it is not saved."""
        after = self.guarded(lambda: self._respond(self._chosen))
        if after is not None:
            self._now = after
            self.keykata.turns.came_by_itself()
        return after is not None

    def _moved_on(self) -> None:
        """Nothing was chosen in time: the next one, or the end."""
        self.keykata.turns.came_by_itself()
        if self.sitting.done:
            self._end(said=ITEM_OVER)
            return
        self._arrive()
        self.say(ITEM_OVER)
        self.wait()

    # --- choosing ----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """A click: an option, a rating, a term."""
        kind, _, rest = target.partition(" ")
        if kind == "option" and not self._now.turn.answered:
            if isinstance(self._now.slot, SortSlot):
                self._sort(int(rest))
            else:
                self._choose(int(rest))
        elif kind == "rate":
            self._rate(int(rest))
        elif kind == "page":
            self.keykata.open_page(rest)

    def action_letter(self, letter: str) -> None:
        """A letter of an option."""
        self._choose(LETTERS.index(letter.upper()))

    def action_digit(self, number: int) -> None:
        """A digit: an option, a rating, a place, or a cause, by what is on show."""
        match self.area():
            case "question":
                self._choose(number - 1)
            case "sort":
                self._sort(number - 1)
            case "turned":
                self._rate(number)
            case _:
                self._cause(number)

    def _choose(self, place: int) -> None:
        slot = self._now.slot
        if place >= len(slot.texts):
            self.say(f"There is no option {LETTERS[place]}.")
            return
        wanted = len(slot.right)
        self._option = place
        if place in self._chosen:
            self._chosen = tuple(other for other in self._chosen if other != place)
        elif wanted == 1:
            self._chosen = (place,)
        elif len(self._chosen) == wanted:
            self.say(f"Select {wanted}: let one go first.")
        else:
            self._chosen = tuple(sorted((*self._chosen, place)))
        if place in self._chosen and place in self._now.turn.struck:
            self._strike(place)
        self.show()
        self.body.show_target(option_target(place))

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
        self.kept(lambda: self.sitting.strike(place, on=on), lambda _: self._struck(place))

    def _struck(self, place: int) -> None:
        self._now = self.sitting.standing()
        if place in self._now.turn.struck:
            self._chosen = tuple(other for other in self._chosen if other != place)
        self.show()
        self.body.show_target(option_target(place))

    # --- answering ---------------------------------------------------------------------------------------

    def action_enter(self) -> None:
        """The likely next thing: choose, confirm, show, knew it, answer, or go on."""
        match self.area():
            case "question":
                self._enter_question()
            case "recall":
                self._turned = True
                self.show(top=True)
            case "turned":
                self._rate(KNEW_IT)
            case "sort":
                self._sort(self._option)
            case _:
                self._go_on()

    def _enter_question(self) -> None:
        wanted = len(self._now.slot.right)
        if len(self._chosen) < wanted and self._option not in self._chosen:
            self._choose(self._option)
        else:
            self.action_confirm(None)

    def action_confirm(self, confidence: str | None) -> None:
        """Confirm the choice."""
        wanted = len(self._now.slot.right)
        if len(self._chosen) < wanted:
            self.say(
                "Choose an option first." if wanted == 1 else f"Select {wanted}: {len(self._chosen)} so far."
            )
            return
        self.kept(lambda: self._respond(self._chosen, confidence), self._answered)

    def _respond(self, chosen: Sequence[int], confidence: str | None = None) -> Standing:
        self.sitting.respond(chosen, confidence)
        return self.sitting.standing()

    def _answered(self, after: Standing) -> None:
        self._now = after
        self.show(top=True)

    def _sort(self, place: int) -> None:
        slot = self._now.slot
        if not isinstance(slot, SortSlot) or place >= len(slot.choices):
            return
        because = slot.because

        def sorted_(after: Standing) -> None:
            if after.turn.correct:
                self._go_on(before=because)
            else:
                self._answered(after)

        self.kept(lambda: self._respond((place,)), sorted_)

    def _rate(self, rating: int) -> None:
        if not self._turned or self._now.turn.answered:
            return
        self.kept(lambda: self.sitting.rate(rating), lambda _: self._go_on())

    def _cause(self, number: int) -> None:
        names = tuple(CAUSE_WORDS)
        if self._now.turn.correct is False and number <= len(names):
            self.kept(lambda: self.sitting.cause(names[number - 1]), lambda _: self.reload())

    def _go_on(self, before: str = "") -> None:
        on = self.guarded(self.sitting.advance)
        if on:
            self._arrive(before)
        elif on is False:
            self._end()

    def _arrive(self, before: str = "") -> None:
        self._now = self.sitting.standing()
        self._chosen, self._option, self._turned, self._before = (), 0, False, before
        self.show(top=True)
        self.wait()
        self.call_after_refresh(self._lay_ahead)

    def _end(self, said: str = "") -> None:
        self.keykata.kept(self.sitting.finish, lambda report: self._ended(report, said))

    def _ended(self, report: Report, said: str) -> None:
        if self.up and self.close_clock():
            self.app.switch_screen(ReportScreen(report, said=said))

    # --- the other keys ----------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Withdraw the last answer and stand there again."""
        self.kept(self.sitting.undo, self._undone)

    def _undone(self, done: bool) -> None:
        if done:
            self._arrive()
            self.say("Taken back. It counts as seen.")
        else:
            self.say("There is nothing to take back.")

    def action_later(self) -> None:
        """This one comes at the end."""
        if self.guarded(self.sitting.skip):
            self._arrive()
            self.say("It comes again at the end.")
        else:
            self.say("It is the last one.")

    def action_mark(self) -> None:
        """Mark it, or let the mark go."""
        on = not self._now.turn.marked
        self.kept(lambda: self.sitting.mark(on=on), lambda _: self.reload())

    def action_back(self) -> None:
        """Leave it open; Home offers to go on."""
        self.leave()
        self.dismiss()

    def leave(self) -> None:
        """Save the clock."""
        self.save_clock(self.sitting.leave)
