"""A test in plain mode, on a real home, from lines in to lines out."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from keykata.cli.out import Out
from keykata.cli.plain.attending import attend
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.timing import duration_words, left_words, pace_words
from keykata.practice.form import Filter
from keykata.practice.paper import LETTERS, QuestionSlot
from keykata.study.dojo import Dojo
from keykata.study.exam_sitting import ExamSitting
from support.clocks import HandClock
from support.exam_files import write_exam_bank
from support.homes import Desk

CMK = "kms:customer-managed-key"


class Lines(io.StringIO):
    """Lines that come one by one."""

    def __init__(self, text: str, *, typed: bool = False) -> None:
        super().__init__(text)
        self._typed = typed

    def isatty(self) -> bool:
        """Whether a person is typing."""
        return self._typed


class RunningClock(HandClock):
    """Goes on by itself."""

    def monotonic(self) -> float:
        """Seconds, those moved by hand on top."""
        return self.seconds + time.monotonic()


class Slow(Lines):
    """Lines before each of which time goes by, in turn so many seconds."""

    def __init__(self, text: str, clock: HandClock, *seconds: float) -> None:
        super().__init__(text)
        self._clock = clock
        self._seconds = cycle(seconds)

    def readline(self, size: int | None = -1, /) -> str:
        """The next line, later."""
        self._clock.pass_seconds(next(self._seconds))
        return super().readline(-1 if size is None else size)


def hear(dojo: Dojo, sitting: ExamSitting, source: io.StringIO) -> list[str]:
    """Run a sitting on a source of lines; what was said."""
    written = io.StringIO()
    out = Out(written)
    attend(dojo, sitting, Ear(source, out), out)
    return written.getvalue().splitlines()


def say(dojo: Dojo, sitting: ExamSitting, *lines: str, typed: bool = False) -> list[str]:
    """Run a sitting on these lines; what was said."""
    return hear(dojo, sitting, Lines("".join(f"{line}\n" for line in lines), typed=typed))


def singles(dojo: Dojo, count: int = 4, *, minutes: int = 0) -> ExamSitting:
    """A seeded test of questions that take one letter."""
    items = [e.id for e in dojo.library.entries("question") if e.selects == 1 and CMK in e.topics]
    return dojo.start_test(Filter(items=tuple(items)), count=count, minutes=minutes, seed=4)


def letters(sitting: ExamSitting, position: int, *, right: bool = True) -> str:
    """The letters that answer a position rightly, or wrongly."""
    slot = sitting.paper.slots[position - 1]
    assert isinstance(slot, QuestionSlot)
    wrong = [place for place in range(len(slot.options)) if place not in slot.right]
    return "".join(LETTERS[place] for place in (slot.right if right else wrong[: len(slot.right)]))


def test_all_answered_is_handed_in_at_once(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo)
    said = say(dojo, sitting, *(letters(sitting, place, right=place != 2) for place in range(1, 5)))
    answers = [place for place, line in enumerate(said) if line == "Your answer:"]
    assert [said[place + 1] for place in answers] == ["Saved."] * 4
    before = said[: said.index("Handed in.")]
    assert not any(line.startswith(("Right", "Wrong", "Because", "Source", "Term")) for line in before)
    assert "3 of 4, 75 % right." in said
    assert "Missed 1 question:" in said
    assert any(line.startswith("Question 2. ") for line in said[said.index("Missed 1 question:") :])
    assert [answer["correct"] for answer in dojo.log_json()] == [True, False, True, True]


def test_what_is_left_stands_before_handing_in(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo)
    right = [letters(sitting, place) for place in range(1, 5)]
    said = say(dojo, sitting, right[0], "skip", "mark", right[2], right[3], "b", "go 2", right[1], "hand in")
    assert said.count("Left: 2 3") == 1
    assert said.count("Left: 3") == 1
    assert any(line.startswith("No question is on show.") for line in said)
    assert "4 of 4, 100 % right." in said
    assert sitting.finished


def test_too_few_letters_are_told_apart_from_a_blank(desk: Desk) -> None:
    dojo = desk.open()
    items = [entry.id for entry in dojo.library.entries("question") if entry.selects == 2]
    sitting = dojo.start_test(Filter(items=tuple(items)), count=3, seed=4)
    said = say(dojo, sitting, "a b", "c", "hand in")
    assert "Left blank, so wrong: 3." in said
    assert "Too few chosen, so wrong: 2." in said


def test_a_question_comes_back_with_what_was_done(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo)
    said = say(dojo, sitting, "a", "back", "cross c", "cross c", "cross b", "mark", "repeat", "clear", "list")
    assert said.count("Your choice: A.") == 2
    assert "C is back." in said
    assert "Crossed out: B." in said
    assert "Marked." in said
    assert "Cleared." in said
    assert said[-6:-2] == ["1. Blank. Marked.", "2. Blank.", "3. Blank.", "4. Blank."]
    assert not sitting.finished


def test_the_last_letters_count_and_tell_what_they_replace(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo, 1)
    wrong, right = letters(sitting, 1, right=False), letters(sitting, 1)
    say(dojo, sitting, "mark", wrong, "go 1", right, "hand in")
    (answer,) = dojo.log_json()
    assert (answer["chosen"], answer["changed_from"], answer["marked"]) == ([right], [wrong], True)


@pytest.mark.parametrize("word", ["undo", "terms", "source", "keep"])
def test_what_would_help_is_shut_with_one_line(desk: Desk, word: str) -> None:
    dojo = desk.open()
    said = say(dojo, singles(dojo), word)
    after = said[said.index("Your answer:") + 1 :]
    assert after[0].startswith(f"{word} is shut")
    assert after[1] == "Your answer:"


def test_notes_and_spent_lines_keep_the_question(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo)
    said = say(dojo, sitting, "z", "aa", "abc", "", "note Read again", "back", "go 9", "time", "help")
    assert sum(line.endswith("Nothing was saved.") for line in said) == 3
    assert "Noted on number 1." in said
    assert "This is the first question." in said
    assert any(line.startswith("There is no question 9.") for line in said)
    assert any(line.startswith("No limit.") for line in said)
    assert said[-1] == "Left open at 1 of 4. To go on: keykata quiz --resume --plain."
    assert dojo.question_page(sitting.paper.slots[0].item).notes == ("Read again",)


def test_it_goes_on_after_quit_with_the_clock_where_it_stood(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo, minutes=20)
    desk.clock.pass_seconds(300)
    say(dojo, sitting, letters(sitting, 1), "quit")
    desk.clock.pass_days(1)
    again = dojo.resume(sitting.id)
    assert isinstance(again, ExamSitting)
    said = say(dojo, again, *(letters(again, place) for place in (2, 3, 4)))
    assert said[0].endswith("1 answered already.")
    assert said[2] == "Question 2 of 4. 15 minutes left. On pace."
    assert "4 of 4, 100 % right." in said


def test_warnings_come_before_the_next_prompt_and_zero_ends_it(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo, 4, minutes=40)
    said = hear(dojo, sitting, Slow("a\n\n\n\n\n\nb\nb\nb\n", desk.clock, 6.5 * 60))
    spoken = [line for line in said if line.startswith("Less than")]
    assert spoken == [f"Less than {left} left." for left in ("30 minutes", "10 minutes", "1 minute")]
    assert all(said[said.index(line) + 1] == "Your answer:" for line in spoken[:2])
    assert said[said.index(spoken[2]) + 1].startswith("Blank: 2 3 4.")
    assert said.count("Saved.") == 1
    over = said.index("The time is over. It was handed in as it is.")
    assert said[over + 1].endswith("40 of 40 minutes.")
    assert "Left blank, so wrong: 2 3 4." in said
    assert sitting.finished


def test_zero_ends_the_wait_of_someone_who_says_nothing(desk: Desk) -> None:
    desk.clock = RunningClock()
    dojo = desk.open()
    sitting = singles(dojo, 4, minutes=1)
    say(dojo, sitting, "a", "quit")
    desk.clock.pass_seconds(59.7)
    far, near = os.pipe()
    written = io.StringIO()
    with os.fdopen(far) as source:
        out = Out(written)
        attend(dojo, sitting, Ear(source, out), out)
    os.close(near)
    assert sitting.finished
    assert "The time is over. It was handed in as it is." in written.getvalue().splitlines()
    assert [answer["chosen"] for answer in dojo.log_json()] == [["A"]]


def test_what_another_program_handed_in_ends_with_words(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo, 4)
    there = desk.open().resume(sitting.id)
    assert isinstance(there, ExamSitting)
    sitting.select([0])
    there.hand_in()
    said = say(dojo, sitting, "b", "c")
    assert "Another program handed it in meanwhile." in said
    assert "Saved." not in said
    assert "Left blank, so wrong: 2 3 4." in said


def test_a_strict_clock_that_ran_out_while_away(tmp_path: Path) -> None:
    own = Desk(tmp_path / "own", write_exam_bank(tmp_path))
    dojo = own.open()
    sitting = dojo.start_exam(strict=True, seed=1)
    assert say(dojo, sitting, "a", "quit")[-1] == "The clock runs on."
    own.clock.pass_days(1)
    again = dojo.resume(sitting.id)
    assert isinstance(again, ExamSitting)
    said = say(dojo, again, "b")
    own.close()
    assert said[3] == "The time is over. It was handed in as it is."
    assert said[4].endswith("130 of 130 minutes.")
    assert not any(line.startswith("Question 2 of 65.") for line in said)


def test_a_person_is_asked_again_where_a_pipe_is_taken_at_its_word(desk: Desk) -> None:
    dojo = desk.open()
    several = tuple(e.id for e in dojo.library.entries("question") if e.selects == 2)[:2]

    def begin() -> ExamSitting:
        return dojo.start_test(Filter(items=several), count=2, seed=1)

    typed = begin()
    said = say(dojo, typed, "a", "hand in", "back", "hand in", "hand in", typed=True)
    assert any(line.startswith("Too few: this one takes 2") for line in said)
    assert said.count("Left: 1 2") == 2
    assert typed.finished
    assert not list(dojo.log_json())
    piped = begin()
    said = say(dojo, piped, "a", "list", "b")
    assert "1. A, 1 more to select." in said
    assert piped.finished
    assert [answer["chosen"] for answer in dojo.log_json()] == [["A"], ["B"]]


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [
        (left_words, 130 * 60.0, "130 minutes left"),
        (left_words, 82 * 60 + 0.5, "83 minutes left"),
        (left_words, 300.5, "6 minutes left"),
        (left_words, 300.0, "5 minutes left"),
        (left_words, 252.0, "4 minutes 12 seconds left"),
        (left_words, 61.0, "1 minute 1 second left"),
        (left_words, 0.4, "1 second left"),
        (duration_words, 0.0, "0 seconds"),
        (pace_words, -3, "3 behind"),
        (pace_words, 2, "2 ahead"),
        (pace_words, 0, "on pace"),
    ],
)
def test_time_in_words(words: Callable[[float], str], value: float, expected: str) -> None:
    assert words(value) == expected


def test_the_report_tells_what_habits_cost(desk: Desk) -> None:
    dojo = desk.open()
    sitting = singles(dojo, 3, minutes=30)
    rights = [letters(sitting, place) for place in (1, 2, 3)]
    wrongs = [letters(sitting, place, right=False) for place in (1, 2, 3)]
    lines = [wrongs[0], "back", rights[0], "cross " + rights[1], wrongs[1], rights[2]]
    said = hear(dojo, sitting, Slow("\n".join(lines) + "\n", desk.clock, 150, 0, 150, 0, 60, 60))
    assert "Changed 1 answer: 1 to right. Worth 1 more." in said
    assert "Over four minutes: 1. Of them right: 1." in said
    assert "Wrong, with a right option crossed out: 2." in said
    assert "2 of 3, 67 % right." in said
    later = singles(dojo, 3, minutes=30)
    said = say(dojo, later, "hand in")
    assert "Left blank, so wrong: 1 2 3." in said
    assert any(line.startswith("Before, on Monday 23 November: 2 of 3 right") for line in said)


def test_a_timed_quiz_warns_and_ends_at_zero(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(Filter(terms=(CMK,)), count=4, minutes=12, seed=4)
    written = io.StringIO()
    out = Out(written)
    attend(dojo, sitting, Ear(Slow("time\nskip\n\na\na\n", desk.clock, 170), out), out)
    said = written.getvalue().splitlines()
    assert "10 minutes left." in said
    assert [line for line in said if line.startswith("Less than")] == [
        "Less than 10 minutes left.",
        "Less than 5 minutes left.",
        "Less than 1 minute left.",
    ]
    assert said.count("The time is over. What is left counts for nothing.") == 1
    assert sitting.finished
    assert [answer["chosen"] for answer in dojo.log_json()] == [["A"]]


def test_a_strict_exam_says_that_the_clock_was_set_back_while_it_was_left(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_exam(seed=3, strict=True)
    sitting.leave()
    desk.clock.at -= 7_200_000
    resumed = desk.open().resume(sitting.id)
    assert isinstance(resumed, ExamSitting)
    assert "The clock of this computer was set back meanwhile: the time away does not count." in say(
        dojo, resumed, "quit"
    )
