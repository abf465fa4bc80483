"""Coverage as authors see it, from real sittings on banks on disk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from keykata.cli.plain.coverage import coverage_lines, remark_lines
from keykata.core.errors import UsageError
from keykata.practice.form import Filter
from keykata.practice.paper import Paper, Slot
from keykata.study.coverage_views import Coverage
from keykata.study.dojo import Dojo
from support.exam_folder import exam_bank
from support.homes import Desk
from support.mixup_banks import queue_bank
from support.program import run

FIELDS = [
    "banks",
    "kinds",
    "multiple",
    "exam",
    "by_domain",
    "by_task",
    "by_level",
    "by_topic",
    "untested",
    "answers",
    "answered",
    "trouble",
]
WRONG = "a Blue queue"


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, queue_bank(tmp_path))
    yield desk
    desk.close()


def place_of(slot: Slot, words: str) -> tuple[int, ...]:
    return (next(place for place, text in enumerate(slot.texts) if words in text),)


def answer(dojo: Dojo, name: str, *, right: bool, sure: str | None = None) -> Paper:
    sitting = dojo.start_quiz(Filter(items=(f"mine:{name}",)), count=1)
    slot = sitting.standing().slot
    sitting.respond(slot.right if right else place_of(slot, WRONG), sure)
    sitting.finish()
    return sitting.paper


def covered(dojo: Dojo) -> Coverage:
    return dojo.covering(["mine"]).coverage()


def test_what_is_there_is_counted_of_the_banks_named(mine: Desk) -> None:
    found = covered(mine.open())
    assert found.banks == ("mine",)
    assert (found.kinds["terms"], found.kinds["questions"], found.kinds["sorter"]) == (3, 3, 3)
    assert [(group.name, group.questions) for group in found.by_topic] == [("mine:red", 3)]
    assert [group.title for group in found.untested] == ["Blue queue", "Green queue"]
    assert [(group.name, group.questions) for group in found.by_level] == [
        ("recall", 3),
        ("apply", 0),
        ("analyse", 0),
    ]
    assert {group.name: group.questions for group in found.by_task}["1.3"] == 3
    assert mine.open().covering().coverage().banks == ("kms", "saa-c03", "mine")


def test_a_deep_bank_is_counted_as_if_it_were_held_to_the_blueprint(mine: Desk) -> None:
    exam = covered(mine.open()).exam
    assert exam is not None
    assert (exam.held, exam.items, exam.missing) == (False, 65, 62)


def test_a_whole_bank_fills_a_form_and_deep_banks_do_not_count(tmp_path: Path) -> None:
    desk = Desk(tmp_path, exam_bank(tmp_path))
    exam = desk.open().covering().coverage().exam
    desk.close()
    assert exam is not None
    assert (exam.held, exam.banks, exam.missing) == (True, ("saa-c03", "whole"), 0)


def test_first_showings_alone_tell_how_hard_a_group_is(mine: Desk) -> None:
    dojo = mine.open()
    answer(dojo, "q1", right=False)
    answer(dojo, "q1", right=True)
    answer(dojo, "q2", right=True)
    (level, *_) = covered(dojo).by_level
    assert (level.first.tried, level.first.right) == (2, 1)


def test_an_unknown_bank_is_named(mine: Desk) -> None:
    with pytest.raises(UsageError, match="'nope'"):
        mine.open().covering(["nope"])


def test_a_question_that_goes_wrong_again_and_again_is_too_hard(mine: Desk) -> None:
    dojo = mine.open()
    for _ in range(9):
        answer(dojo, "q1", right=False)
    assert covered(dojo).trouble == ()
    answer(dojo, "q1", right=True, sure="guess")
    assert covered(dojo).trouble == ()
    answer(dojo, "q1", right=False)
    (one,) = covered(dojo).trouble
    assert (one.item, one.trouble, one.firm, one.firm_correct, one.tries) == (
        "mine:q1",
        "too-hard",
        10,
        0,
        11,
    )
    assert one.file.endswith("q.yaml")
    assert one.line == 2


def test_idle_distractors_go_by_their_letters_in_the_file(mine: Desk) -> None:
    dojo = mine.open()
    for number in range(20):
        answer(dojo, "q2", right=number > 0)
    (one,) = covered(dojo).trouble
    assert (one.trouble, one.options, one.tries, one.correct) == ("idle-distractor", ("C", "D"), 20, 19)


def test_undone_answers_and_an_older_wording_do_not_count(mine: Desk, tmp_path: Path) -> None:
    dojo = mine.open()
    sitting = dojo.start_quiz(Filter(items=("mine:q1",)), count=1)
    sitting.respond(place_of(sitting.standing().slot, WRONG))
    sitting.undo()
    sitting.finish()
    assert covered(dojo).answers == 0
    answer(dojo, "q1", right=True)
    assert covered(dojo).answers == 1
    path = tmp_path / "mine" / "questions" / "q.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("the case q1 has it", "the case has it"))
    changed = covered(mine.open())
    assert (changed.answers, changed.answered) == (0, 0)
    assert changed.by_level[0].first.tried == 0  # what was undone was the first showing


def test_a_test_under_way_tells_nothing(mine: Desk) -> None:
    dojo = mine.open()
    sitting = dojo.start_test(Filter(items=("mine:q1",)), count=1)
    sitting.select(sitting.standing().slot.right)
    assert covered(dojo).answers == 0
    sitting.hand_in()
    assert covered(dojo).answers == 1


def test_notes_and_reports_come_with_their_place_and_date(mine: Desk) -> None:
    dojo = mine.open()
    dojo.note("mine:q3", "Which queue\x1b[31m is it?")
    dojo.report_wrong("mine:red", "It waits longer.")
    dojo.note("kms:grant", "Not of this bank.")
    note, report = dojo.covering(["mine"]).remarks()
    assert (note.item, note.kind, note.day) == ("mine:q3", "note", "2026-11-23")
    assert note.file is not None
    assert note.file.endswith("q.yaml")
    assert (report.kind, report.text) == ("report", "It waits longer.")
    text = "\n".join(remark_lines((note, report)))
    assert "Note, Mon 23 Nov 2026: Which queue␛[31m is it?" in text
    assert "Reported as wrong, Mon 23 Nov 2026: It waits longer." in text
    assert len(dojo.covering().remarks()) == 3


def test_a_note_on_what_is_gone_says_so(mine: Desk, tmp_path: Path) -> None:
    mine.open().note("mine:q3", "Mend this.")
    queue_bank(tmp_path, questions=2)
    (one,) = mine.open().covering(["mine"]).remarks()
    assert (one.file, one.line) == (None, None)
    assert "no longer in an open bank mine:q3" in "\n".join(remark_lines((one,)))


def test_every_line_fits_eighty_columns(mine: Desk) -> None:
    dojo = mine.open()
    for number in range(20):
        answer(dojo, "q2", right=number > 0)
        answer(dojo, "q1", right=False)
    lines = list(coverage_lines(dojo.covering().coverage()))
    assert [line for line in lines if len(line) > 80 and "q.yaml:" not in line] == []
    assert any("Option C, D in 20 showings" in line or "option C, D in 20" in line for line in lines)


def test_the_command_prints_its_documented_fields(tmp_path: Path) -> None:
    done = run(tmp_path, "coverage", "--json")
    assert done.returncode == 0, done.stderr
    assert list(json.loads(done.stdout)) == FIELDS
    documented = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    section = documented.split("## `keykata coverage --json`")[1]
    words = {word for span in re.findall("`([^`]+)`", section) for word in re.findall("[a-z_]+", span)}
    for struct in (Coverage, *_structs()):
        assert set(struct.__struct_fields__) <= words, struct
    assert run(tmp_path, "coverage", "--notes", "--json").stdout.strip() == "[]"


def _structs() -> tuple[type[msgspec.Struct], ...]:
    from keykata.practice.supply import DomainCover, TaskCover
    from keykata.study.coverage_views import ExamCover, FirstShown, Group, Multiple, Troubled
    from keykata.study.remarks import Remark

    return (DomainCover, TaskCover, ExamCover, FirstShown, Group, Multiple, Troubled, Remark)
