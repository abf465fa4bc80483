"""A test or exam in plain mode: letters set the choice, nothing is said of right and wrong before its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from keykata.cli.out import Out
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.exam_telling import list_line, opening_lines, place_lines
from keykata.cli.plain.grammar import Ask, Blank, Choose, Command, Intent, Refused, parse_line
from keykata.cli.plain.offers import shape_lines
from keykata.cli.plain.patience import left_well, patiently
from keykata.cli.plain.reporting import report_lines
from keykata.cli.plain.speech import one_line, sentence
from keykata.cli.plain.telling import aided_lines, asked
from keykata.cli.plain.timing import duration_words, time_line, warning_lines
from keykata.cli.plain.watch import Watch
from keykata.core.errors import UsageError
from keykata.practice.paper import LETTERS, QuestionSlot
from keykata.study.dojo import Dojo
from keykata.study.exam_sitting import ExamSitting
from keykata.study.views import ListLine

T = TypeVar("T")

MOVES = ("next", "skip", "back", "go", "repeat", "list", "time", "hand in", "help")
SHUT = {
    "undo": "undo is shut in a test: say other letters to change your choice, or clear.",
    "terms": "terms is shut until this is handed in.",
    "source": "source is shut until this is handed in.",
    "keep": "keep is shut until this is handed in.",
}
HELP = (
    "Say the letters of your choice, then sure or guess if you like.",
    "Other letters change it, clear takes it away.",
    "Words: mark, cross a, note and your text, back, next, skip, go 12, list, time, repeat, asked.",
    "hand in ends it and gives the report, quit leaves it open. A blank is wrong, a guess may be right.",
)
LEFT_PROMPT = "Say go and a number, or hand in:"
AGAIN = "Say hand in once more to hand it in like this."
ITEM_OVER = "The time for that one is over."
OVER = "The time is over. It was handed in as it is."
ELSEWHERE = "Another program handed it in meanwhile."


class Examination:
    """Runs one test or exam until it is handed in, or to `quit` or the end of input, which leave it open."""

    def __init__(self, dojo: Dojo, sitting: ExamSitting, ear: Ear, out: Out) -> None:
        self._dojo = dojo
        self._sitting = sitting
        self._ear = ear
        self._out = out
        self._afresh = True  # the question has yet to be said
        self._listing = False  # what is left stands at the prompt, and no question
        self._shown = _touched(sitting)
        self._watch = Watch(sitting, out)

    def run(self) -> bool:
        """Ask until it is handed in; whether it was.

        Raises:
            UnwritableError: a choice could not be saved; nothing of it was kept.
        """
        with left_well(self._sitting, self._out):
            self._out.lines(opening_lines(self._sitting))
            if self._sitting.mode == "exam" and not self._sitting.paper.full and not self._shown:
                self._out.lines(shape_lines(self._sitting.paper, self._dojo.exam_offer()))
            if self._sitting.finished:  # while nobody was there
                self._ended()
            while not self._sitting.finished:
                if not self._step():
                    self._say_left_open()
                    return False
            report = self._sitting.report()
            self._out.lines(report_lines(report, self._dojo.readiness_after(report)))
        return True

    # --- one line in, one step ---------------------------------------------------------------------------

    def _step(self) -> bool:
        """Say the question if it is new, take one line; False when the learner leaves."""
        if self._watch.wait() <= 0 and self._sitting.finished:
            return self._ended()
        if self._afresh:
            self._say_place()
        self._out.lines(warning_lines(self._watch.warnings(), self._sitting.lines()))
        line = self._ear.ask(LEFT_PROMPT if self._listing else "Your answer:", self._watch.wait)
        if self._watch.moved() and not self._sitting.finished:
            self._out.line(ITEM_OVER)
            self._arrive()
            return True
        if self._watch.wait() <= 0:  # a line that came too late is dropped
            return self._ended()
        if line is None:
            return False
        intent = parse_line(line, self._asked())
        if isinstance(intent, Command) and intent.word == "quit":
            return False
        try:
            self._do(intent)
        except UsageError as error:
            if self._sitting.finished:
                return self._ended()
            self._out.line(sentence(f"{error.message} {error.hint}"))
        return True

    def _ended(self) -> bool:
        self._out.line(ELSEWHERE if self._sitting.ended_elsewhere else OVER)
        return True

    def _asked(self) -> Ask:
        if self._listing:
            return Ask("list")
        return asked(self._sitting.standing().slot, turned=False, missed=False, patient=self._ear.patient)

    def _do(self, intent: Intent) -> None:
        match intent:
            case Blank():
                pass
            case Choose(places, confidence):
                self._saved(lambda: self._sitting.select(places, confidence))
                self._out.line("Saved.")
                self._onward()
            case Refused(message):
                self._out.line(one_line(message))
            case Command():
                self._obey(intent)

    # --- where one stands --------------------------------------------------------------------------------

    def _say_place(self) -> None:
        self._afresh = False
        if self._listing:
            self._out.line(f"Left: {' '.join(str(line.position) for line in self._left())}".rstrip())
            return
        standing = self._sitting.standing()
        self._shown.add(standing.position)
        self._out.lines(place_lines(standing))

    def _left(self) -> list[ListLine]:
        """What is blank or marked; too few letters count as blank for a person, from a pipe as given."""
        return [
            line
            for line in self._sitting.lines()
            if line.marked or (line.missing > 0 if self._ear.patient else not line.chosen)
        ]

    def _arrive(self, *, listing: bool = False) -> None:
        self._afresh, self._listing = True, listing

    def _onward(self) -> None:
        """After an answer: to the next question, or once all were shown to what is left of them."""
        if len(self._shown) < self._sitting.standing().total and self._sitting.forward():
            self._arrive()
        else:
            self._come_to_the_end()

    def _come_to_the_end(self) -> None:
        """Hand in when nothing is left, else say what is."""
        if self._left():
            self._arrive(listing=True)
        else:
            self._hand_in()

    def _hand_in(self) -> None:
        self._saved(self._sitting.hand_in)
        self._out.line("Handed in.")

    def _say_left_open(self) -> None:
        where = f"{self._sitting.position} of {self._sitting.standing().total}"
        self._out.line(f"Left open at {where}. To go on: keykata {self._sitting.mode} --resume --plain.")
        if self._sitting.paper.strict:
            self._out.line("The clock runs on.")

    # --- words -------------------------------------------------------------------------------------------

    def _obey(self, command: Command) -> None:
        if command.word in SHUT:
            self._out.line(SHUT[command.word])
        elif command.word in MOVES:
            self._move(command)
        elif self._listing:
            self._out.line("No question is on show. Say go and its number.")
        else:
            self._change(command)

    def _move(self, command: Command) -> None:
        match command.word:
            case "next" | "skip":
                self._next()
            case "back":
                self._back()
            case "go":
                self._sitting.go(command.number)
                self._arrive()
            case "repeat":
                self._afresh = True
            case "list":
                self._out.lines(list_line(line) for line in self._sitting.lines())
            case "time":
                self._say_time()
            case "hand in":
                self._asked_to_hand_in()
            case _:
                self._out.lines(HELP)

    def _next(self) -> None:
        if not self._listing and self._sitting.forward():
            self._arrive()
        else:
            self._come_to_the_end()

    def _back(self) -> None:
        if self._listing or self._sitting.backward():
            self._arrive()
        else:
            self._out.line("This is the first question.")

    def _say_time(self) -> None:
        standing = self._sitting.standing()
        self._out.line(time_line(standing) or f"No limit. {duration_words(standing.used)} so far.")

    def _asked_to_hand_in(self) -> None:
        """A person who has questions left is asked once more; a pipe means what it says."""
        if self._ear.patient and not self._listing and self._left():
            self._out.line(AGAIN)
            self._arrive(listing=True)
        else:
            self._hand_in()

    def _change(self, command: Command) -> None:
        """What reads or changes the question on show."""
        match command.word:
            case "asked":
                self._out.lines(aided_lines(self._sitting.standing().slot))
            case "clear":
                self._saved(lambda: self._sitting.select([]))
                self._out.line("Cleared.")
            case "mark":
                self._saved(self._sitting.mark)
                marked = self._sitting.standing().turn.marked
                self._out.line("Marked." if marked else "The mark is gone.")
            case "cross":
                self._cross(command.number)
            case "note":
                item = self._sitting.standing().slot.item
                self._saved(lambda: self._dojo.note(item, command.text))
                self._out.line(f"Noted on number {self._sitting.position}.")
            case "report":
                item = self._sitting.standing().slot.item
                self._saved(lambda: self._dojo.report_wrong(item, command.text))
                self._out.line(f"Reported as wrong: number {self._sitting.position}.")

    def _cross(self, option: int) -> None:
        self._saved(lambda: self._sitting.strike(option))
        standing = self._sitting.standing()
        name = LETTERS[option] if isinstance(standing.slot, QuestionSlot) else str(option + 1)
        self._out.line(f"{name} is crossed out." if option in standing.turn.struck else f"{name} is back.")

    def _saved(self, act: Callable[[], T]) -> T:
        return patiently(act, self._out)


def _touched(sitting: ExamSitting) -> set[int]:
    """The positions that were shown before it was left: up to the last one that anything was done with."""
    turns = enumerate(sitting.attempt.turns, 1)
    last = max((place for place, turn in turns if turn.chosen or turn.marked or turn.struck), default=0)
    return set(range(1, last + 1))
