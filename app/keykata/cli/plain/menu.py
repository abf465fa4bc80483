"""The numbered menu of plain mode: everything the app does, a line at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from keykata.cli.out import Out
from keykata.cli.plain.asking import LEAVING, numbered, said
from keykata.cli.plain.attending import attend
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.library import Library
from keykata.cli.plain.numbers import stats_lines
from keykata.cli.plain.offers import left_open_line, missed_list_lines, mixup_lines, offer_lines
from keykata.cli.plain.patience import patiently
from keykata.cli.plain.plan import talk_plan
from keykata.cli.plain.speech import sentence
from keykata.cli.plain.telling import notice_lines
from keykata.core.errors import KeyKataError, UsageError
from keykata.practice.form import Filter, Only
from keykata.study.dojo import Dojo
from keykata.study.exam_sitting import ExamSitting
from keykata.study.home_views import Home, OpenSitting
from keykata.study.phrases import new_phrase, plural
from keykata.study.sitting import Sitting
from keykata.study.wording import long_date_phrase

ENTRIES = ("today", "practise", "review", "key sorter", "mock exam", "library", "progress", "plan")
STATES: tuple[Only, ...] = ("weak", "missed", "unseen", "kept")
HELP = (
    "Say the number or the word of what you want.",
    "In a session say the letters of your answer; help tells the other words there.",
    "Everything you answer is saved at once. quit leaves; what is open can go on later.",
)


class Menu:
    """Asks what to do until the learner leaves or the input ends."""

    def __init__(self, dojo: Dojo, ear: Ear, out: Out) -> None:
        self._dojo = dojo
        self._ear = ear
        self._out = out

    def run(self) -> None:
        """Show the menu, do what is said, and come back to it."""
        self._out.lines(notice_lines(self._dojo.notices))
        fresh = True
        while not self._ear.over:
            home = self._dojo.home()
            if fresh:
                self._out.lines(menu_lines(home))
            line = self._ear.ask(">")
            words = " ".join((line or "").split()).casefold()
            if line is None or words in LEAVING:
                return
            fresh = self._menu_line(words, home)

    def _menu_line(self, words: str, home: Home) -> bool:
        """Do one line of the menu; whether the menu is to be said again."""
        if not words:
            return False
        if words == "help":
            self._out.lines(HELP)
            return False
        act = self._acts(home).get(words)
        if act is None:
            self._out.line("That is not in the menu. Say a number, help or quit.")
            return False
        try:
            act()
        except KeyKataError as error:
            self._out.line(f"{sentence(error.message)} {sentence(error.hint)}".rstrip())
        return True

    def _acts(self, home: Home) -> dict[str, Callable[[], None]]:
        today = self._dojo.start_opening if home.first_start and home.opening else self._dojo.start_today
        acts: list[Callable[[], None]] = [
            lambda: self._sit(today),
            self._practise,
            lambda: self._sit(self._dojo.start_review),
            self._sorter,
            self._exam,
            lambda: Library(self._dojo, self._ear, self._out, self._sit).run(),
            lambda: self._out.lines(stats_lines(self._dojo)),
            lambda: talk_plan(self._dojo, self._say, self._out),
        ]
        words = dict(zip(ENTRIES, acts, strict=True))
        if home.open:
            words["go on"] = lambda: self._go_on(home.open)
        return words | {str(number): act for number, act in enumerate(words.values(), 1)}

    def _sit(self, begin: Callable[[], Sitting | ExamSitting]) -> None:
        attend(self._dojo, patiently(begin, self._out), self._ear, self._out)

    def _go_on(self, left_open: Sequence[OpenSitting]) -> None:
        """Go on with the only session left open, or ask which."""
        if len(left_open) == 1:
            self._sit(partial(self._dojo.resume, left_open[0].id))
            return
        self._out.lines(f"{number}. {left_open_line(one)}" for number, one in enumerate(left_open, 1))
        while (words := self._say("Say a number, or back:")) is not None:
            chosen = numbered(left_open, words)
            if chosen:
                self._sit(partial(self._dojo.resume, chosen.id))
                return

    # --- practise ----------------------------------------------------------------------------------------

    def _practise(self) -> None:
        """Ask what to practise, ten questions of it."""
        self._out.line(
            "Practise 10. 1 Mixed. 2 Weak. 3 Missed. 4 Unseen. 5 Kept. 6 Missed list. 7 Mix-ups. "
            "Or the name of a term. Or: back."
        )
        answer = self._say("What?")
        if answer is None:
            return
        words = answer.casefold()
        choices = ("mixed", *STATES, "missed list", "mix-ups")
        named = numbered(choices, words) or words
        if named in ("missed list", "mix-ups"):
            (self._missed_list if named == "missed list" else self._mixups)()
            return
        if named == "mixed":
            self._sit(lambda: self._dojo.start_quiz(count=10))
            return
        state = next((state for state in STATES if state == named), None)
        if state:
            self._sit(lambda: self._dojo.start_quiz(Filter(only=state), count=10))
            return
        term = next(
            (hit.id for hit in self._dojo.named(named) if hit.kind == "term" and not hit.snippet), None
        )
        if term is None:
            raise UsageError("No term is called that.", hint="The library tells the names.")
        self._sit(lambda: self._dojo.start_term(term))

    def _missed_list(self) -> None:
        """Say what was missed, and practise it if that is wanted."""
        items = self._dojo.missed_list()
        if not items:
            raise UsageError("Nothing is on the missed list.", hint="What you miss comes here.")
        self._out.lines(missed_list_lines(items))
        while (words := self._say("Say practise, or back:")) is not None:
            if words.casefold() == "practise":
                self._sit(self._dojo.start_missed_list)
                return

    def _mixups(self) -> None:
        """Say what was taken for what, and drill one of them."""
        mixups = self._dojo.mixups()
        if not mixups:
            raise UsageError("You have not mixed anything up so far.", hint="Practise, or try the sorter.")
        self._out.lines(mixup_lines(mixups))
        while (words := self._say("Say a number to drill it, or back:")) is not None:
            chosen = numbered(mixups, words)
            if chosen:
                self._sit(partial(self._dojo.start_mixup, chosen.right, chosen.chosen))
                return

    # --- sorter and exam ---------------------------------------------------------------------------------

    def _sorter(self) -> None:
        """Sort the only comparison there is, or ask which."""
        sorters = self._dojo.sorters()
        if not sorters:
            raise UsageError("The open banks hold no comparison to sort.")
        if len(sorters) == 1:
            self._sit(partial(self._dojo.start_sorter, sorters[0].id))
            return
        self._out.lines(f"{number}. {sentence(sorter.name)}" for number, sorter in enumerate(sorters, 1))
        while (words := self._say("Say a number, or back:")) is not None:
            chosen = numbered(sorters, words)
            if chosen:
                self._sit(partial(self._dojo.start_sorter, chosen.id))
                return

    def _exam(self) -> None:
        """Say which exam is open and which there is, and go on or begin if that is wanted."""
        offer, left_open = self._dojo.exam_offer(), self._dojo.open_exams()
        if not offer.items:
            self._sit(self._dojo.start_exam)  # it says what is missing
            return
        self._out.lines(offer_lines(offer, left_open))
        go_on = "go on, " if left_open else ""
        self._out.line(
            f"Say {go_on}start, or back. Extra for the extra time, strict for a clock that never stops."
        )
        while (words := self._say("Start?")) is not None:
            wish = set(words.casefold().replace(",", " ").split())
            if left_open and wish == {"go", "on"}:
                self._sit(partial(self._dojo.resume, left_open[0].id))
                return
            if wish and wish <= {"start", "extra", "strict"}:
                extra, strict = "extra" in wish, "strict" in wish
                self._sit(partial(self._dojo.start_exam, extra=extra, strict=strict))
                return
            self._out.line(f"Say {go_on}start, extra, strict or back.")

    def _say(self, prompt: str) -> str | None:
        return said(self._ear, prompt)


def menu_lines(home: Home) -> Iterator[str]:
    """Where the learner stands, and the menu."""
    yield f"KeyKata. {_standing(home)}"
    if home.open:
        more = f" And {len(home.open) - 1} more." if len(home.open) > 1 else ""
        yield left_open_line(home.open[0]) + more
    first = f"First {home.opening} questions" if home.first_start and home.opening else "Today"
    names = [first, *(entry.capitalize() for entry in ENTRIES[1:]), *(["Go on"] if home.open else [])]
    yield " ".join(f"{number} {name}." for number, name in enumerate(names, 1)) + " Or: help, quit."


def _standing(home: Home) -> str:
    if home.first_start:
        stock = home.stock
        held = (
            f"{plural(stock.terms, 'term')}, {plural(stock.questions, 'question')}, "
            f"{plural(stock.comparisons, 'comparison')}."
        )
        return f"{held} {_first_step(home)}".rstrip()
    plan = home.today
    new = new_phrase(plan.new, plan.waiting) or "0 new"
    work = f"{plan.repeat} to repeat, {new}, {plural(plan.questions, 'question')}"
    exam = ""
    if home.exam_date and home.exam_in_days is not None and home.exam_in_days >= 0:
        exam = f" Exam on {long_date_phrase(home.exam_date)}, {plural(home.exam_in_days, 'day')}."
    return f"{work}, about {plural(plan.minutes, 'minute')}.{exam}"


def _first_step(home: Home) -> str:
    """How long the hand-picked questions take; nothing where no open bank names any."""
    if not home.opening:
        return ""
    what = "question takes" if home.opening == 1 else f"{home.opening} questions take"
    return f"The first {what} about {plural(home.opening_minutes, 'minute')}."
