"""A session in plain mode: what is asked, what is said, and every word that may be said in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from keykata.cli.out import Out
from keykata.cli.plain.about import About
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.grammar import (
    Blank,
    Cause,
    Choose,
    Command,
    Intent,
    Rate,
    Refused,
    Reveal,
    parse_line,
)
from keykata.cli.plain.patience import left_well, patiently
from keykata.cli.plain.speech import one_line, sentence, short
from keykata.cli.plain.telling import (
    CAUSES_LINE,
    aided_lines,
    asked,
    feedback_lines,
    item_lines,
    prompt_of,
    turned_lines,
)
from keykata.cli.plain.timing import left_words, warning_lines
from keykata.cli.plain.watch import Watch
from keykata.core.errors import UsageError
from keykata.practice.paper import LETTERS, QuestionSlot, Slot
from keykata.study.dojo import Dojo
from keykata.study.phrases import about_minutes, plural
from keykata.study.sitting import Sitting
from keykata.study.wording import session_lines

T = TypeVar("T")

HELP = (
    "Questions: say the letters of your answer, then sure or guess if you like.",
    "Sorter: say the number. Facts: any line turns one, then rate it 1 to 4.",
    "Words: skip, back, go 12, list, time, repeat, asked, mark, cross a, undo, quit, help.",
    "asked reads a question in another order: what is asked, the limits, the story.",
    "About the item answered last: terms, source, keep, note and your text, report and what is wrong.",
    "After a miss: unknown, misread, between or slip says why.",
)
NOTHING_CHOSEN = "There is nothing to clear: an answer counts as soon as it is said, and undo takes it back."
NO_HANDING_IN = "Handing in belongs to tests and exams. Say quit to leave this session open."
ITEM_OVER = "The time for that one is over. It stays blank."
ELSEWHERE = "Another program ended it meanwhile."
OVER = "The time is over. What is left counts for nothing."


class Session:
    """Runs one sitting to its end, or to `quit` or the end of input, which leave it open."""

    def __init__(self, dojo: Dojo, sitting: Sitting, ear: Ear, out: Out) -> None:
        self._sitting = sitting
        self._ear = ear
        self._out = out
        self._watch = Watch(sitting, out)
        self._about_item = About(dojo, out)
        self._turned = False
        self._last = 0  # the position answered last, 0 before the first
        self._missed = False  # it was a miss, and takes its cause
        self._afresh = True  # the item has yet to be said

    def run(self) -> bool:
        """Ask until all is answered; whether it came to its end.

        Raises:
            UnwritableError: an answer could not be saved; nothing of it was kept.
        """
        with left_well(self._sitting, self._out):
            self._out.lines(opening_lines(self._sitting))
            while not self._over():
                if not self._step():
                    self._say_left_open()
                    return False
            self._saved(self._sitting.finish)
            self._out.lines(sentence(line) for line in session_lines(self._sitting.report()))
        return True

    def _over(self) -> bool:
        """Whether all is answered, or the time of a timed quiz is over, which is said."""
        if self._sitting.done:
            return True
        ended = self._watch.wait() <= 0
        if self._item_over():
            return self._sitting.done
        if ended:
            self._out.line(ELSEWHERE if self._sitting.ended_elsewhere else OVER)
        return ended

    def _item_over(self) -> bool:
        """Whether the time of an item was over, which is said; the next one stands there."""
        moved = self._watch.moved()
        if moved:
            self._out.line(ITEM_OVER)
            self._missed = False
            self._arrive()
        return moved

    # --- one line in, one step ---------------------------------------------------------------------------

    def _step(self) -> bool:
        """Say the item if it is new, take one line; False when the learner leaves."""
        self._pass_by()
        slot = self._sitting.standing().slot
        if self._afresh:
            self._say_item()
        self._out.lines(warning_lines(self._watch.warnings()))
        line = self._ear.ask(prompt_of(slot, turned=self._turned), self._watch.wait)
        if self._item_over():
            return True
        if self._watch.wait() <= 0:  # a line that came too late is dropped
            return True
        if line is None:
            return False
        intent = parse_line(
            line, asked(slot, turned=self._turned, missed=self._missed, patient=self._ear.patient)
        )
        if isinstance(intent, Command) and intent.word == "quit":
            return False
        try:
            self._do(intent, slot)
        except UsageError as error:
            if self._sitting.finished:
                return True
            self._out.line(sentence(f"{error.message} {error.hint}"))
        return True

    def _pass_by(self) -> None:
        """What another program answered meanwhile is not asked here."""
        if self._sitting.attempt.turns[self._sitting.position - 1].answered and self._sitting.advance():
            self._arrive()

    def _do(self, intent: Intent, slot: Slot) -> None:
        match intent:
            case Blank():
                pass
            case Reveal():
                self._turned = True
                self._out.lines(turned_lines(self._sitting.standing()))
            case Choose(places, confidence):
                self._answered(lambda: self._sitting.respond(places, confidence))
            case Rate(rating):
                self._answered(lambda: self._sitting.rate(rating))
            case Cause(cause):
                self._say_cause(cause)
            case Refused(message):
                self._out.line(one_line(message))
            case Command():
                self._obey(intent, slot)

    def _answered(self, answer: Callable[[], object]) -> None:
        self._saved(answer)
        standing = self._sitting.standing()
        self._out.lines(feedback_lines(standing))
        if self._sitting.paper.deciding:
            self._out.line(f"What decides: {short(self._sitting.paper.deciding)}")
        self._last = standing.position
        self._missed = standing.turn.correct is False
        if self._sitting.advance():
            if self._missed:
                self._out.line(CAUSES_LINE)
            self._arrive()

    def _arrive(self) -> None:
        self._turned, self._afresh = False, True

    def _say_item(self) -> None:
        self._afresh = False
        standing = self._sitting.standing()
        self._out.lines(item_lines(standing))
        if self._turned:
            self._out.lines(turned_lines(standing))

    def _say_cause(self, cause: str) -> None:
        self._saved(lambda: self._sitting.cause(cause, self._last))
        self._out.line(f"Noted: {cause}.")

    def _say_left_open(self) -> None:
        where = f"{self._sitting.position} of {len(self._sitting.attempt.turns)}"
        self._out.line(f"Left open at {where}. To go on: keykata {self._sitting.mode} --resume --plain.")

    # --- words -------------------------------------------------------------------------------------------

    def _obey(self, command: Command, slot: Slot) -> None:
        match command.word:
            case "skip" | "next":
                self._move(self._sitting.skip(), "This is the only one left.")
            case "back":
                self._back()
            case "go":
                self._go(command.number)
            case "repeat":
                self._afresh = True
            case "asked":
                self._out.lines(aided_lines(slot))
            case "undo":
                self._undo()
            case "mark":
                self._mark()
            case "cross":
                self._cross(command.number, slot)
            case "clear":
                self._out.line(NOTHING_CHOSEN)
            case "hand in":
                self._out.line(NO_HANDING_IN)
            case "list":
                self._out.line(f"Left: {' '.join(str(place) for place in self._open())}.")
            case "time":
                self._say_time()
            case "help":
                self._out.lines(HELP)
            case _:
                self._about(command)

    def _say_time(self) -> None:
        left = self._sitting.left()
        about = f"{about_minutes(self._sitting.standing().minutes_left)} left".capitalize()
        self._out.line(sentence(about if left is None else left_words(left)))

    def _open(self) -> list[int]:
        return [place for place, turn in enumerate(self._sitting.attempt.turns, 1) if not turn.answered]

    def _move(self, moved: bool, otherwise: str) -> None:
        if moved:
            self._arrive()
        else:
            self._out.line(otherwise)

    def _back(self) -> None:
        before = [place for place in self._open() if place < self._sitting.position]
        if before:
            self._sitting.go(before[-1])
        self._move(bool(before), "None before this one is left. Say undo to take back your last answer.")

    def _go(self, position: int) -> None:
        if position in self._open():
            self._sitting.go(position)
            self._arrive()
        elif 1 <= position <= len(self._sitting.attempt.turns):
            self._out.line(f"Number {position} is answered. Say undo to take back your last answer.")
        else:
            self._out.line(f"There is no number {position}. Say 1 to {len(self._sitting.attempt.turns)}.")

    def _undo(self) -> None:
        if not self._saved(self._sitting.undo):
            self._out.line("There is no answer to take back.")
            return
        self._last, self._missed = 0, False
        self._out.line("Taken back.")
        self._arrive()

    def _mark(self) -> None:
        self._saved(self._sitting.mark)
        marked = self._sitting.standing().turn.marked
        self._out.line("Marked." if marked else "The mark is gone.")

    def _cross(self, option: int, slot: Slot) -> None:
        if option >= len(slot.texts):
            self._out.line("There is no such option here.")
            return
        self._saved(lambda: self._sitting.strike(option))
        struck = self._sitting.standing().turn.struck
        name = LETTERS[option] if isinstance(slot, QuestionSlot) else str(option + 1)
        self._out.line(f"{name} is crossed out." if option in struck else f"{name} is back.")

    # --- about an item -----------------------------------------------------------------------------------

    def _about(self, command: Command) -> None:
        """About the item answered last, or the one on show once it is turned or while nothing is answered."""
        position = self._sitting.position if self._turned or not self._last else self._last
        known = self._turned or position == self._last
        turns = self._sitting.attempt.turns  # another program may have taken back what made one come again
        slot = self._sitting.paper.slots[turns[min(position, len(turns)) - 1].slot]
        self._about_item.obey(command, slot, position, known=known)

    def _saved(self, act: Callable[[], T]) -> T:
        return patiently(act, self._out)


def opening_lines(sitting: Sitting) -> tuple[str, ...]:
    """What a session begins with."""
    total = len(sitting.attempt.turns)
    start = f"{sentence(sitting.title)} {plural(total, 'item')}. Seed {sitting.paper.seed}."
    answered = sitting.attempt.answered
    return (f"{start} {answered} answered already." if answered else start, "Say help for the words.")
