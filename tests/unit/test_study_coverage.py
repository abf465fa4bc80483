"""What the banks cover, and what the answers say of their questions."""

from __future__ import annotations

import pytest

from keykata.cli.covering import coverage_lines, note_lines
from keykata.core.errors import UsageError
from keykata.practice.item_stats import Showing, troubles
from support.homes import Desk


def showing(correct: bool, chosen: str = "", others: float | None = None) -> Showing:
    return Showing(correct, (chosen or ("right" if correct else "b"),), ("b", "c", "d"), 4, others)


def test_few_answers_say_nothing() -> None:
    assert troubles([showing(False)] * 9) == ()


@pytest.mark.parametrize(
    ("showings", "kinds"),
    [
        ([showing(True)] * 10, ["too-easy"]),
        ([showing(False)] * 8 + [showing(True)] * 2, ["too-hard"]),
        ([showing(True)] * 10 + [showing(False, "b")] * 5 + [showing(False, "c")] * 5, ["never-picked"]),
        ([showing(True, others=0.4)] * 5 + [showing(False, others=0.9)] * 5, ["wrong-slope"]),
        ([showing(True, others=0.9)] * 5 + [showing(False, others=0.4)] * 5, []),
        ([showing(True)] * 5 + [showing(False)] * 5, []),
    ],
)
def test_what_answers_show(showings: list[Showing], kinds: list[str]) -> None:
    assert [trouble.kind for trouble in troubles(showings)] == kinds


def test_the_distractor_nobody_picks_is_named() -> None:
    (found,) = troubles([showing(True)] * 10 + [showing(False, "b")] * 5 + [showing(False, "c")] * 5)
    assert found.texts == ("d",)


def test_banks_are_held_against_the_blueprint(desk: Desk) -> None:
    dojo = desk.open()
    found = dojo.coverage("kms")
    assert found.questions == sum(domain.questions for domain in found.domains) == 50
    assert [domain.missing for domain in found.domains] == [
        max(0, need - domain.questions) for need, domain in zip((19, 17, 16, 13), found.domains, strict=True)
    ]
    assert {task.task for task in found.tasks} >= {"1.3", "4.4"}
    assert sum(found.levels.values()) == 50
    lines = list(coverage_lines(found))
    assert max(map(len, lines)) <= 80
    assert any("too few to say" in line for line in lines)
    with pytest.raises(UsageError, match="kms"):
        dojo.coverage("kmss")


def test_an_odd_question_is_told_with_its_place(desk: Desk) -> None:
    dojo = desk.open()
    for _ in range(10):
        sitting = dojo.start_opening()
        slot = sitting.standing().slot
        wrong = [place for place in range(len(slot.texts)) if place not in slot.right]
        sitting.respond(wrong[: len(slot.right)])
        sitting.finish()
        desk.clock.pass_days(1)
    (odd,) = dojo.coverage().odd
    assert (odd.trouble, odd.answers, odd.share) == ("too-hard", 10, 0.0)
    assert odd.file.endswith("opening.yaml")
    assert odd.line > 1


def test_an_open_test_gives_nothing_away(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_test(count=3, seed=7)
    sitting.select(sitting.standing().slot.right)
    assert dojo.coverage().odd == ()


def test_notes_and_reports_come_with_file_and_line(desk: Desk) -> None:
    dojo = desk.open()
    assert list(note_lines(dojo.coverage_notes())) == [
        "No notes and no reports yet. n and w on a question write them."
    ]
    dojo.note("kms:kms-open-kinds", "look at \x1b[31mthis")
    dojo.report_wrong("kms:gone", "it is not there")
    first, second = note_lines(dojo.coverage_notes())
    assert "opening.yaml:" in first
    assert "note: look at" in first
    assert "\x1b" not in first
    assert second.startswith("no longer in the banks  kms:gone")
