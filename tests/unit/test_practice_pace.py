"""Pace and the header rule."""

from __future__ import annotations

import pytest

from keykata.practice.pace import pace, pace_cells, pace_row

LIMIT = 130 * 60.0


def test_the_exam_on_the_sketch_is_three_minutes_behind() -> None:
    assert pace(22, 65, 47 * 60, LIMIT).minutes == -3
    assert pace_cells(76, 22, 65, 47 * 60, LIMIT).mark == 23


@pytest.mark.parametrize(
    ("elapsed", "minutes"),
    [
        (0, 20),
        (20 * 60 - 59, 0),
        (20 * 60 + 59, 0),
        (20 * 60 - 60, 1),
        (20 * 60 + 60, -1),
        (20 * 60 + 90, -2),
    ],
)
def test_within_a_minute_is_on_pace(elapsed: float, minutes: int) -> None:
    where = pace(10, 65, elapsed, LIMIT)
    assert where.minutes == minutes
    assert where.on_pace == (minutes == 0)


def test_pace_follows_the_count_and_the_limit_of_any_test() -> None:
    assert pace(5, 10, 300, 600).minutes == 0
    assert pace(5, 10, 120, 600).minutes == 3


def test_one_cell_a_question_where_there_is_room() -> None:
    rule = pace_cells(118, 22, 65, 0, LIMIT)
    assert (rule.cells, rule.heavy, rule.mark) == (65, 22, 0)


def test_on_a_narrow_rule_the_last_cell_waits_for_the_last_answer() -> None:
    assert pace_cells(20, 64, 65, 0, LIMIT).heavy == 19
    assert pace_cells(20, 65, 65, 0, LIMIT).heavy == 20
    assert pace_cells(20, 1, 65, 0, LIMIT).heavy == 1
    assert pace_cells(20, 0, 65, 0, LIMIT).heavy == 0


def test_the_mark_stays_on_the_rule_when_the_time_is_over_or_has_no_end() -> None:
    assert pace_cells(65, 0, 65, LIMIT, LIMIT).mark == 64
    assert pace_cells(65, 0, 65, 2 * LIMIT, LIMIT).mark == 64
    assert pace_cells(65, 0, 65, 99, 0).mark == 0


def test_by_position_a_question_passed_over_leaves_a_gap() -> None:
    answered = [place < 23 and place != 8 for place in range(65)]
    assert pace_row(76, answered) == tuple(answered)


@pytest.mark.parametrize("width", [1, 7, 20, 64])
def test_on_a_narrow_rule_every_question_belongs_to_one_cell(width: int) -> None:
    for blank in range(65):
        row = pace_row(width, [place != blank for place in range(65)])
        assert row.count(False) == 1
    assert all(pace_row(width, [True] * 65))


def test_a_rule_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="question"):
        pace(0, 0, 0, 60)
    with pytest.raises(ValueError, match="cell"):
        pace_cells(0, 0, 65, 0, 60)
    with pytest.raises(ValueError, match="cell"):
        pace_row(5, [])
