"""A sitting: one question, fact or scenario at a time, answered here and kept by the study room."""

from __future__ import annotations

from textual.content import Content

from keykata.practice.paper import LETTERS, QuestionSlot, RecallSlot, SortSlot
from keykata.study.sitting import Sitting
from keykata.study.views import Standing
from keykata.study.wording import CAUSE_WORDS, about_minutes
from keykata.tui.actions import bindings_of
from keykata.tui.screens.item import ItemFrame
from keykata.tui.signs import HERE, MARK, NOT_YET, RIGHT, WRONG
from keykata.tui.widgets.faces import (
    Choosing,
    lay_answered,
    lay_question,
    lay_recall,
    lay_sort,
    lay_sorted,
    option_target,
)
from keykata.tui.widgets.sheet import ACCENT, BAD, DIM, GOOD, Sheet, Words

CLOCK_SECONDS = 5
KNEW_IT = 3
FOOTERS = {
    "question": ("choose", "confirm", "sure", "guess", "cross"),
    "recall": ("show", "undo", "back"),
    "turned": ("knew", "rate", "undo", "terms"),
    "sort": ("sort", "undo", "later", "back"),
    "answered": ("next", "terms", "source", "undo", "note"),
    "stopped": ("next", "source", "undo", "note"),
}


class SittingScreen(ItemFrame):
    """Shows where a sitting stands. View state only: the cursor, the choice not confirmed yet, whether turned."""

    BINDINGS = bindings_of("question", "recall", "turned", "sort", "answered", "stopped")
    HAS_SIDE = True

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self._now: Standing = sitting.standing()
        self._chosen: tuple[int, ...] = ()
        self._option = 0
        self._turned = False
        self._before = ""

    def on_mount(self) -> None:
        """The clock is saved now and then, so that a crash gives little back."""
        super().on_mount()
        self.set_interval(CLOCK_SECONDS, self._save_clock)

    def _save_clock(self) -> None:
        self.guarded(self.sitting.leave)

    # --- what is shown -----------------------------------------------------------------------------------

    def area(self) -> str:
        """The registry's area, by what is on show."""
        slot, answered = self._now.slot, self._now.turn.answered
        if isinstance(slot, RecallSlot):
            return "turned" if self._turned or answered else "recall"
        if isinstance(slot, SortSlot):
            return "stopped" if answered else "sort"
        return "answered" if answered else "question"

    def where(self) -> tuple[str, str]:
        """The title, and how far."""
        now = self._now
        right = f"{now.position} of {now.total}"
        if now.total > 1 and now.minutes_left and self.sitting.mode in ("today", "review"):
            right += f" · {about_minutes(now.minutes_left)}"
        marked = f"{MARK} marked · " if now.turn.marked else ""
        return self.sitting.title, marked + right

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return FOOTERS[self.area()]

    def prompt(self) -> Words:
        """Why it was missed, or how much is selected."""
        now, area = self._now, self.area()
        if area in ("answered", "stopped") and now.turn.correct is False:
            if now.turn.cause:
                return Content.styled(f"Noted: {CAUSE_WORDS[now.turn.cause]}.", DIM)
            parts: list[str | tuple[str, str]] = ["Why?"]
            for number, word in enumerate(CAUSE_WORDS.values(), 1):
                parts += ["  ", (str(number), ACCENT), f" {word}"]
            return Content.assemble(*parts, ("   or just go on", DIM))
        if area == "question" and len(now.slot.right) > 1:
            return f"{len(self._chosen)} of {len(now.slot.right)} selected"
        return ""

    def lay(self, sheet: Sheet) -> None:
        """The face of what is on show."""
        now = self._now
        slot = now.slot
        if isinstance(slot, RecallSlot):
            lay_recall(sheet, slot, now, turned=self._turned or now.turn.answered)
        elif isinstance(slot, SortSlot):
            if now.turn.answered:
                lay_sorted(sheet, slot, now)
            else:
                lay_sort(sheet, slot, self._option, before=self._before)
        elif now.turn.answered:
            lay_answered(sheet, slot, now)
        else:
            lay_question(sheet, slot, Choosing(self._chosen, self._option, frozenset(now.turn.struck)))

    def lay_side(self, sheet: Sheet) -> None:
        """What is in this session, and after answering the terms of the item."""
        slot = self._now.slot
        if self._now.turn.answered and isinstance(slot, QuestionSlot) and slot.topics:
            sheet.heading("Terms of this question")
            for topic in slot.topics:
                sheet.text(topic.name, lead="  ", target=f"page {topic.id}")
            sheet.blank()
        sheet.heading("This session")
        for place, turn in enumerate(self.sitting.attempt.turns, 1):
            good = turn.correct if turn.correct is not None else turn.rating > 1
            sign = ((RIGHT, GOOD) if good else (WRONG, BAD)) if turn.answered else (NOT_YET, DIM)
            here = HERE if place == self._now.position else " "
            title = self.sitting.paper.slots[turn.slot].title if turn.answered else ""
            mark = f" {MARK}" if turn.marked else ""
            sheet.line(Content.assemble((here, ACCENT), f"{place:>3}  ", sign, "  ", (title, DIM), mark))

    # --- the item ----------------------------------------------------------------------------------------

    def item_id(self) -> str:
        """The item on show."""
        return self._now.slot.item

    def item_name(self) -> str:
        """What it is about."""
        return self._now.slot.title

    def addresses(self) -> tuple[str, ...]:
        """Its sources."""
        return self._now.slot.refs

    def is_kept(self) -> bool:
        """Whether it is kept."""
        return self._now.kept

    def reload(self) -> None:
        """Ask the sitting again."""
        self._now = self.sitting.standing()
        self.show()

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
        if place < len(self._now.slot.texts):
            self._option = place
            self._strike(place)
            self.say(f"A capital crosses {letter} out, and back. Is caps lock on?")

    def _strike(self, place: int) -> None:
        self.guarded(lambda: self.sitting.strike(place))
        self._now = self.sitting.standing()
        if place in self._now.turn.struck:
            self._chosen = tuple(other for other in self._chosen if other != place)
        self.show()

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
            self.say("Choose an option first." if wanted == 1 else f"Select {wanted}: {len(self._chosen)} so far.")
            return
        after = self.guarded(lambda: self.sitting.respond(self._chosen, confidence))
        if after is not None:
            self._now = after
            self.show(top=True)

    def _sort(self, place: int) -> None:
        slot = self._now.slot
        if not isinstance(slot, SortSlot) or place >= len(slot.choices):
            return
        after = self.guarded(lambda: self.sitting.respond((place,)))
        if after is None:
            return
        self._now = after
        if after.turn.correct:
            self._go_on(before=slot.because)
        else:
            self.show(top=True)

    def _rate(self, rating: int) -> None:
        if not self._turned or self._now.turn.answered:
            return
        if self.guarded(lambda: self.sitting.rate(rating)) is not None:
            self._go_on()

    def _cause(self, number: int) -> None:
        names = tuple(CAUSE_WORDS)
        if self._now.turn.correct is False and number <= len(names):
            self.guarded(lambda: self.sitting.cause(names[number - 1]))
            self.reload()

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

    def _end(self) -> None:
        from keykata.tui.screens.report import ReportScreen

        report = self.guarded(self.sitting.finish)
        if report is not None:
            self.app.switch_screen(ReportScreen(report))

    # --- the other keys ----------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Between options; where there are none, scroll."""
        if self.area() not in ("question", "sort"):
            self.body.scroll_lines(by)
            return
        self._option = max(0, min(self._option + by, len(self._now.slot.texts) - 1))
        self.show()
        self.body.show_target(option_target(self._option))

    def action_undo(self) -> None:
        """Withdraw the last answer and stand there again."""
        undone = self.guarded(self.sitting.undo)
        if undone:
            self._arrive()
            self.say("Taken back. It counts as seen.")
        elif undone is False:
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
        self.guarded(self.sitting.mark)
        self.reload()

    def action_terms(self) -> None:
        """A look at its terms."""
        from keykata.tui.screens.choices import open_terms

        slot = self._now.slot
        topics = slot.topics if isinstance(slot, QuestionSlot) else ()
        open_terms(self, tuple((topic.id, topic.name) for topic in topics) or ((slot.item, slot.title),))

    def action_back(self) -> None:
        """Leave it open; Home offers to go on."""
        self.leave()
        self.dismiss()

    def leave(self) -> None:
        """Save the clock."""
        self.guarded(self.sitting.leave)
