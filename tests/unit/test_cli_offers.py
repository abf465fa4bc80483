"""What the menu of plain mode offers besides practice: sorter, mock exam, missed list, mix-ups."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.cli.out import Out
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.menu import Menu
from keykata.practice.form import Filter
from keykata.practice.paper import SortSlot
from keykata.study.dojo import Dojo
from support.exam_files import seal, write_exam_bank
from support.exam_folder import one_domain_bank
from support.homes import Desk

CMK = "kms:customer-managed-key"


def menu(dojo: Dojo, *lines: str) -> list[str]:
    """The menu on these lines; what was said."""
    written = io.StringIO()
    out = Out(written)
    Menu(dojo, Ear(io.StringIO("".join(f"{line}\n" for line in lines)), out), out).run()
    return written.getvalue().splitlines()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Desk]:
    """A learner with a bank too small for a whole exam."""
    desk = Desk(tmp_path, write_exam_bank(tmp_path, each=2), shipped=False)
    yield desk
    desk.close()


def test_the_exam_says_what_it_is_before_it_starts(small: Desk) -> None:
    dojo = small.open()
    said = menu(dojo, "mock exam", "what", "extra", "a", "quit", "quit")
    offer = dojo.exam_offer()
    place = said.index("The open banks cannot fill a whole exam. This is the largest in its proportions.")
    assert said[place - 1].startswith(f"Mock exam: {offer.items} questions, {offer.minutes} minutes, or ")
    lacks = [f"{lack.name} has {lack.have} of {lack.need} questions." for lack in offer.lacks]
    assert lacks
    assert said[place + 1 : place + 1 + len(lacks)] == lacks
    assert "Say start, extra, strict or back." in said
    assert any(f"{offer.items} questions, {offer.lengthened} minutes. Seed " in line for line in said)
    assert said.count("Saved.") == 1
    assert any(line.startswith("Left open at 2 of ") for line in said)


def test_questions_kept_out_by_their_term_are_told(tmp_path: Path) -> None:
    bank = write_exam_bank(tmp_path)
    for path in (bank / "questions").glob("task-1-*.yaml"):
        path.write_text(re.sub(r"topics: \[thing-\d+\]", "topics: [thing-0]", path.read_text()))
    dojo = Desk(tmp_path, bank, shipped=False).open()
    said = menu(dojo, "mock exam", "back", "quit")
    place = said.index("Secure has 3 of 19 questions.")
    assert said[place + 1] == (
        "Kept out of one exam with the others: twins, near-duplicates, a fourth question on one term"
        " (72 in Secure)."
    )


def test_a_sealed_paper_is_told_as_what_it_is(tmp_path: Path) -> None:
    bank = write_exam_bank(tmp_path)
    seal(bank, range(8, 73), [*range(6), *range(75, 80), *range(125, 130), *range(250, 254)])
    dojo = Desk(tmp_path, bank, shipped=False).open()
    other, shorter = (
        "Its domains have other shares than those of a whole exam.",
        "It is shorter than a whole exam, in the same proportions.",
    )
    said = menu(dojo, "mock exam", "start", "hand in", "hand in", "quit")
    assert said.index("Mock exam: 65 questions, 130 minutes, or 160 with the extra time.") < said.index(other)
    assert [line for line in said if line == other] == [other] * 3  # before, at its start, in its report
    assert "It was not a whole exam: 65 questions." in said
    said = menu(dojo, "mock exam", "start", "hand in", "hand in", "quit")
    assert [line for line in said if line == shorter] == [shorter] * 2
    assert "It was not a whole exam: 20 questions." in said
    assert not any("cannot fill" in line or line == other for line in said)
    whole = menu(dojo, "mock exam", "start", "hand in", "hand in", "quit")
    assert not any(line in (other, shorter) or "not a whole" in line for line in whole)


def test_a_line_without_a_word_begins_no_exam(small: Desk) -> None:
    dojo = small.open()
    said = menu(dojo, "mock exam", ",", "back", "quit")
    assert said.count("Say start, extra, strict or back.") == 1
    assert dojo.open_sittings() == ()


def test_an_open_exam_is_named_before_another_one(desk: Desk) -> None:
    dojo = desk.open()
    first = menu(dojo, "mock exam", "start", "a", "quit", "quit")
    assert "2 papers kept back for it, of questions you have not met in practice." in first
    said = menu(dojo, "mock exam", "go on", "quit", "mock exam", "start", "quit", "mock exam", "back", "quit")
    assert said.count("Left open: Mock exam 1, 2 of 65, 130 min left.") >= 2
    assert "1 paper kept back for it, of questions you have not met in practice." in said
    assert any(line.startswith("Mock exam 1. 65 questions") for line in said)
    assert any(line.startswith("Mock exam 2. 65 questions") for line in said)
    assert "No paper kept back is left. It takes questions you have not met first." in said


def test_several_left_open_are_told_and_any_can_go_on(desk: Desk) -> None:
    dojo = desk.open()
    for number in range(2):
        dojo.start_quiz(count=5, seed=number, title=f"Practice number {number}")
    dojo.start_test(count=4, seed=1).select([0])
    dojo.start_quiz(count=5, seed=7, title="The newest")
    said = menu(dojo, "go on", "nine", "4", "quit", "quit")
    assert said[1] == "Left open: Test, all questions, 2 of 4. And 3 more."
    assert "2. Left open: The newest, 1 of 5." in said
    assert "4. Left open: Practice number 0, 1 of 5." in said
    assert any(line.startswith("Practice number 0. 5 ") for line in said)
    assert dojo.latest_open("quiz") == dojo.open_sittings()[1].id


def test_a_reduced_exam_says_so_in_its_report(small: Desk) -> None:
    dojo = small.open()
    said = menu(dojo, "mock exam", "start", "hand in", "quit")
    assert f"It was not a whole exam: {dojo.exam_offer().items} questions." in said


def test_without_a_bank_for_exams_it_says_what_is_missing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, one_domain_bank(tmp_path), shipped=False)
    said = menu(desk.open(), "5", "quit")
    desk.close()
    assert any("cannot fill an exam: Secure has" in line for line in said)


def test_the_sorter_and_then_a_mix_up_of_its_own(desk: Desk) -> None:
    dojo = desk.open()
    said = menu(dojo, "practise", "mix-ups", "quit")
    assert any(line.startswith("You have not mixed anything up so far.") for line in said)
    sitting = dojo.start_sorter(dojo.sorters()[0].id, seed=3)
    wrong = []
    for slot in sitting.paper.slots:
        assert isinstance(slot, SortSlot)
        wrong.append("2" if slot.fits == 0 else "1")
    dojo.resume(sitting.id)
    said = menu(dojo, "go on", *wrong, "practise", "7", "what", "1", "quit", "quit")
    assert any(" taken for " in line for line in said)
    assert any(line.startswith("What decides: ") for line in said)
    assert any(line.startswith("Left open at 1 of ") for line in said)


def test_the_key_sorter_is_one_word_away(desk: Desk) -> None:
    said = menu(desk.open(), "key sorter", "1", "quit", "quit")
    assert any(line.startswith("Scenario 1 of ") for line in said)


def test_the_missed_list_with_ones_own_note(desk: Desk) -> None:
    dojo = desk.open()
    assert any(line.startswith("Nothing is on the missed list.") for line in menu(dojo, "2", "6", "quit"))
    sitting = dojo.start_quiz(Filter(terms=(CMK,)), count=1, seed=4)
    slot = sitting.paper.slots[0]
    sitting.respond([place for place in range(len(slot.texts)) if place not in slot.right][: len(slot.right)])
    sitting.finish()
    dojo.note(slot.item, "Only that kind can be disabled")
    said = menu(dojo, "practise", "missed list", "what", "practise", "quit", "quit")
    assert any(line.startswith("1. ") and "Missed 1 of 1 time, never right." in line for line in said)
    assert "Your note: Only that kind can be disabled." in said
    assert any(line.startswith("Question 1 of 1.") for line in said)


def test_the_menu_promises_no_first_questions_where_no_bank_names_any(small: Desk) -> None:
    said = menu(small.open(), "quit")
    assert said[0] == "KeyKata. 10 terms, 28 questions, 0 comparisons."
    assert said[1].startswith("1 Today.")
