"""A session in plain mode, on a real home, from lines in to lines out."""

from __future__ import annotations

import io
import unicodedata

import pytest

from keykata.cli.out import Out
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.menu import Menu
from keykata.cli.plain.pages import page_lines
from keykata.cli.plain.session import Session
from keykata.practice.form import Filter
from keykata.practice.paper import LETTERS, QuestionSlot
from keykata.study.dojo import Dojo
from keykata.study.sitting import Sitting
from support.homes import Desk

CMK = "kms:customer-managed-key"
MENU = (
    "1 First 10 questions. 2 Practise. 3 Review. 4 Key sorter. 5 Mock exam. 6 Library. 7 Progress. "
    "8 Plan. Or: help, quit."
)


class Typed(io.StringIO):
    """Lines from a person."""

    def isatty(self) -> bool:
        return True


def say(dojo: Dojo, sitting: Sitting, *lines: str, typed: bool = False) -> list[str]:
    """Run a sitting on these lines; what was said."""
    heard = "".join(f"{line}\n" for line in lines)
    written = io.StringIO()
    out = Out(written)
    Session(dojo, sitting, Ear(Typed(heard) if typed else io.StringIO(heard), out), out).run()
    return written.getvalue().splitlines()


def letters(sitting: Sitting, position: int, *, right: bool = True) -> str:
    """The letters that answer a position rightly, or wrongly."""
    slot = sitting.paper.slots[position - 1]
    assert isinstance(slot, QuestionSlot)
    wrong = [place for place in range(len(slot.options)) if place not in slot.right]
    return "".join(LETTERS[place] for place in (slot.right if right else wrong[: len(slot.right)]))


def quiz(dojo: Dojo, count: int = 3) -> Sitting:
    """A seeded quiz of single-answer questions on the flagship term."""
    return dojo.start_quiz(Filter(terms=(CMK,)), count=count, seed=4)


def test_a_quiz_from_the_first_line_to_the_last(desk: Desk) -> None:
    dojo = desk.open()
    sitting = quiz(dojo)
    said = say(
        dojo,
        sitting,
        letters(sitting, 1),
        letters(sitting, 2, right=False) + " sure",
        "slip",
        letters(sitting, 3),
    )
    assert said.count("Right.") == 2
    assert [line[:6] for line in said if line.startswith("Wrong.")] == ["Wrong."]
    assert any(", sure. The answer" in line for line in said)
    assert "Noted: slip." in said
    assert said[-2].startswith("2 of 3 right, 67 %. 1 to look at again.")
    assert said[-1].startswith("Comes back: ")
    answers = list(dojo.log_json())
    assert [answer["correct"] for answer in answers] == [True, False, True]
    assert [answer["cause"] for answer in answers] == [None, "slip", None]


def test_spent_lines_log_nothing_and_ask_again(desk: Desk) -> None:
    dojo = desk.open()
    said = say(dojo, quiz(dojo), "z", "abcd", "aa", "", "slip", "next week")
    assert sum(line.endswith("Nothing was saved.") for line in said) == 4
    assert not list(dojo.log_json())
    assert said[-1].startswith("Left open at 1 of 3.")


def test_the_end_of_input_leaves_it_open_and_it_goes_on(desk: Desk) -> None:
    dojo = desk.open()
    sitting = quiz(dojo)
    say(dojo, sitting, letters(sitting, 1))
    attempt = dojo.latest_open("quiz")
    assert attempt == sitting.id
    again = dojo.resume(sitting.id)
    said = say(dojo, again, letters(again, 2), letters(again, 3))
    assert "1 answered already." in said[0]
    assert said[2].startswith("Question 2 of 3.")
    assert dojo.latest_open("quiz") is None


def test_a_person_is_asked_for_more_letters_and_a_pipe_is_not(desk: Desk) -> None:
    dojo = desk.open()
    several = next(
        entry.id
        for entry in dojo.library.entries("question")
        if entry.selects == 2 and entry.id.startswith("kms:")
    )
    wanted = Filter(items=(several,))
    typed = say(dojo, dojo.start_quiz(wanted, count=1), "a", typed=True)
    assert any(line.startswith("Too few") for line in typed)
    assert not list(dojo.log_json())
    say(dojo, dojo.start_quiz(wanted, count=1), "a")
    assert [answer["correct"] for answer in dojo.log_json()] == [False]


def test_words_between_questions(desk: Desk) -> None:
    dojo = desk.open()
    sitting = quiz(dojo)
    said = say(
        dojo,
        sitting,
        "terms",
        "skip",
        "list",
        "back",
        "go 3",
        "go 9",
        "mark",
        "mark",
        "cross a",
        "cross a",
        "clear",
        "hand in",
        "time",
        "go 1",
        letters(sitting, 1),
        "source",
        "terms",
        "keep",
        "note Read again",
        "report No longer so",
        "go 1",
        "undo",
        "undo",
    )
    text = "\n".join(said)
    for expected in (
        "Answer first",
        "Question 2 of 3.",
        "Left: 1 2 3.",
        "There is no number 9.",
        "Marked.",
        "The mark is gone.",
        "A is crossed out.",
        "A is back.",
        "There is nothing to clear",
        "Handing in belongs to tests and exams.",
        "Source: https://",
        "Term: Customer managed key.",
        "Number 1 is kept for good.",
        "Noted on number 1.",
        "Reported as wrong: number 1",
        "Number 1 is answered.",
        "Taken back.",
        "There is no answer to take back.",
    ):
        assert expected in text
    item = sitting.paper.slots[0].item
    assert dojo.question_page(item).kept
    assert dojo.question_page(item).notes == ("Read again",)
    assert not list(dojo.log_json())


def test_a_fact_is_turned_by_any_line_and_then_rated(desk: Desk) -> None:
    dojo = desk.open()
    dojo.take_on("kms:grant")
    dojo.set_minutes(5)
    sitting = dojo.start_today(seed=1)
    facts = [place for place, slot in enumerate(sitting.paper.slots, 1) if not isinstance(slot, QuestionSlot)]
    said = say(dojo, sitting, f"go {facts[0]}", "I think it is this", "6", "3")
    assert any(line.startswith("Fact ") for line in said)
    assert any(line.startswith("Rate it: 1 forgot, ") for line in said)
    assert "Rate it with 1, 2, 3 or 4. Nothing was saved." in said
    assert any(line.startswith("Knew it. Again") for line in said)
    assert [answer["rating"] for answer in dojo.log_json()] == [3]


def test_the_sorter_takes_numbers_and_letters(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_comparison("kms:kms-key-kinds", count=4)
    said = say(dojo, sitting, "4", "1", "skip", "b")
    assert any(line.startswith("Scenario 1 of 4.") for line in said)
    assert any(line.startswith("There is no option 4. Say 1 to 3") for line in said)
    assert "Asked: Which one fits?" in said


def menu(dojo: Dojo, *lines: str) -> list[str]:
    """The menu on these lines; what was said."""
    written = io.StringIO()
    out = Out(written)
    Menu(dojo, Ear(io.StringIO("".join(f"{line}\n" for line in lines)), out), out).run()
    return written.getvalue().splitlines()


def test_the_menu_leads_everywhere(desk: Desk) -> None:
    dojo = desk.open()
    said = menu(
        dojo,
        "",
        "9",
        "help",
        "6",
        "grant",
        "take on",
        "back",
        "back",
        "7",
        "3",
        "2",
        "back",
        "8",
        "pack",
        "exam 2026-12-14",
        "back",
        "quit",
    )
    text = "\n".join(said)
    assert said[0].startswith(f"KeyKata. {dojo.home().stock.terms} terms, ")
    assert MENU in said
    assert "That is not in the menu." in text
    assert "Term: Grant." in text
    assert " facts came into your queue. A few begin each day, the others wait." in text
    assert "Answers: 0." in text
    assert "Nothing is due." in text
    assert "Practise 10." in text
    assert any(line.startswith("Fact 1. ") and line.endswith("not begun.") for line in said)
    assert "Exam on Monday 14 December, 21 days." in text
    assert not stumbles(text)


def test_the_menu_tells_how_many_facts_wait_that_were_taken_on(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(sitting.standing().slot.right)
    sitting.finish()
    taken = dojo.take_on("kms:customer-managed-key")
    assert f" 1 new, {taken - 1} waiting, " in menu(dojo, "quit")[0]


def test_the_menu_offers_to_go_on(desk: Desk) -> None:
    dojo = desk.open()
    said = menu(dojo, "1", "quit", "go on", "quit")
    assert any(line.startswith("Left open: First questions, 1 of 10.") for line in said)
    assert any(" 9 Go on." in line for line in said)
    assert len(dojo.open_sittings()) == 1


def stumbles(text: str) -> set[str]:
    """Characters a screen reader stumbles on: signs, drawings, typographic quotes, controls."""
    bad = ("Cc", "Cf", "So", "Co", "Cn", "Zl", "Zp")
    typographic = "·›▁—–“”‘’…•"
    return {
        char
        for char in text.replace("\n", "")
        if unicodedata.category(char) in bad or char in typographic or "\u2500" <= char <= "\u259f"
    }


@pytest.mark.parametrize("kind", ["term", "comparison", "question", "guide"])
def test_no_page_holds_what_a_screen_reader_stumbles_on(desk: Desk, kind: str) -> None:
    dojo = desk.open()
    for row in dojo.library_rows(kind):
        lines = page_lines(dojo, row.id)
        assert not stumbles("\n".join(lines))
        assert all(line.strip() for line in lines)


def test_no_transcript_holds_what_a_screen_reader_stumbles_on(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(count=50, seed=1)
    answers = [
        letters(sitting, position, right=position % 2 == 0)
        for position in range(1, len(sitting.paper.slots) + 1)
    ]
    said = say(dojo, sitting, *answers)
    said += say(dojo, dojo.start_comparison("kms:kms-key-kinds", count=80), *(["1"] * 200))
    said += say(dojo, dojo.start_term(CMK, count=60), *(["a", "", "3"] * 60))
    said += menu(dojo, "6", "list", "rotate key", "✓", "back", "7", "nonsense ✗", "quit")
    assert not stumbles("\n".join(said))
    assert len(said) > 500


def test_asked_reads_the_question_in_another_order(desk: Desk) -> None:
    dojo = desk.open()
    sitting = quiz(dojo)
    said = say(dojo, sitting, "asked", "quit")
    slot = sitting.paper.slots[0]
    assert isinstance(slot, QuestionSlot)
    asked = [place for place, line in enumerate(said) if line.startswith("Asked: ")]
    story = next(place for place, line in enumerate(said) if line.startswith("Story: "))
    assert len(asked) == 2
    assert asked[0] < asked[1] < story


def test_a_question_with_its_own_time_is_left_blank(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(Filter(terms=(CMK,)), count=1, seconds_each=30, seed=4)
    desk.clock.pass_seconds(31)
    said = say(dojo, sitting, "a")
    assert "The time for that one is over. It stays blank." in said
    assert sitting.finished
    assert list(dojo.log_json()) == []
