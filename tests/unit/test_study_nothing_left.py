"""When nothing, or nothing that counts, can be asked: why, and what can be done instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.cli.plain.numbers import stats_lines
from keykata.core.errors import UsageError
from keykata.practice.form import Filter
from support.exam_folder import exam_bank
from support.homes import Desk


def test_who_answered_all_there_is_is_not_told_that_the_banks_are_empty(tmp_path: Path) -> None:
    dojo = Desk(tmp_path, exam_bank(tmp_path, per_task=1), shipped=False).open()
    sitting = dojo.start_today(seed=1)
    for _ in sitting.paper.slots:
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    with pytest.raises(UsageError, match=r"Nothing is left for today\.") as told:
        dojo.start_today(seed=2)
    assert told.value.hint == "Read a page and take it on, or practise."


def test_a_bank_without_an_item_is_told_as_that(tmp_path: Path) -> None:
    bank = tmp_path / "bare"
    bank.mkdir()
    (bank / "bank.yaml").write_text("id: bare\nname: Bare\n")
    with pytest.raises(UsageError, match="There is nothing to study in the open banks"):
        Desk(tmp_path, bank, shipped=False).open().start_today()


def test_a_bank_of_disputed_questions_promises_nothing_by_their_first_tries(tmp_path: Path) -> None:
    bank = exam_bank(tmp_path, per_task=1)
    for path in (bank / "questions").glob("*.yaml"):
        text = path.read_text()
        dispute = "{since: 2026-11, claim: Both fit., links: [https://example.com/why]}"
        path.write_text(text.replace("    level: apply\n", f"    level: apply\n    disputed: {dispute}\n"))
    dojo = Desk(tmp_path, bank, shipped=False).open()
    assert len(dojo.start_quiz(Filter(), count=20).paper.slots) == 14  # they are asked all the same
    (said,) = [line for line in stats_lines(dojo) if line.startswith("Ready?")]
    assert said.endswith("This takes 30 more first tries; the open banks have none that counts.")


def test_a_bank_with_too_few_questions_says_how_many_there_are(tmp_path: Path) -> None:
    dojo = Desk(tmp_path, exam_bank(tmp_path, per_task=1), shipped=False).open()
    quiz = dojo.start_quiz(Filter(), count=2)
    for _ in range(2):
        quiz.respond(quiz.standing().slot.right)
        quiz.advance()
    (said,) = [line for line in stats_lines(dojo) if line.startswith("Ready?")]
    assert "more first tries, some on " in said
    assert said.endswith("; the open banks have only 12 that count.")


def test_without_a_question_none_are_called_for(tmp_path: Path) -> None:
    bank = tmp_path / "bare"
    bank.mkdir()
    (bank / "bank.yaml").write_text("id: bare\nname: Bare\n")
    dojo = Desk(tmp_path, bank, shipped=False).open()
    assert next(iter(stats_lines(dojo))) == "Nothing was answered yet. The open banks hold no question."
