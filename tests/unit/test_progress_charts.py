"""The charts of Progress say the same without colour."""

from __future__ import annotations

from keykata.study.progress_views import DayCount, ExamPoint
from keykata.tui.widgets.progress_charts import exam_lines, forecast_lines, year_lines


def test_the_year_has_a_digit_for_every_ten_answers_and_nothing_for_days_to_come() -> None:
    days = (DayCount("2026-11-23", 10), DayCount("2026-11-24", 11), DayCount("2026-11-25", 500))
    lines = [line.plain for line in year_lines(days, "2026-11-25", 76)]
    assert [line[:2] for line in lines[1:]] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert [line[-1] for line in lines[1:4]] == ["1", "2", "9"]
    assert lines[4].endswith("· ")
    assert all(len(line) == 57 for line in lines[1:])
    assert "Nov" in lines[0]
    assert len(year_lines(days, "2026-11-25", 30)[1].plain) == 30


def test_what_is_overdue_does_not_flatten_the_days_to_come() -> None:
    days = [DayCount(f"2026-11-{day}", count) for day, count in ((23, 449), (24, 35), (25, 7), (26, 14))]
    lines = [line.plain for line in forecast_lines(days, 76)]
    assert [sum(line[7 + 2 * place : 8 + 2 * place] == "┃" for line in lines) for place in range(4)] == [
        4,
        5,
        1,
        2,
    ]
    assert lines[0][7] == "+"
    assert lines[0].strip().startswith("35")


def test_a_forecast_column_is_as_high_as_its_share_of_the_most() -> None:
    days = [DayCount(f"2026-11-{day}", count) for day, count in ((23, 10), (24, 5), (25, 1), (26, 0))]
    lines = [line.plain for line in forecast_lines(days, 76)]
    assert [sum(line[7 + 2 * place : 8 + 2 * place] == "┃" for line in lines) for place in range(4)] == [
        5,
        3,
        1,
        0,
    ]
    assert lines[-1].strip() == "MoTuWeTh"
    assert lines[0].strip().startswith("10")
    assert forecast_lines([DayCount("2026-11-23", 0)], 76) == []


def test_one_card_a_day_at_most_is_told_once_at_the_left() -> None:
    days = [DayCount("2026-11-23", 1), DayCount("2026-11-24", 0)]
    assert [line.plain[:7].strip() for line in forecast_lines(days, 76)] == ["1", "", "", "", "", ""]


def test_a_mock_exam_stands_on_its_side_of_the_line_that_passes() -> None:
    exams = [
        ExamPoint("A", "Mock exam 1", "2026-11-02", 640, True),
        ExamPoint("B", "2", "2026-11-16", 720, True),
    ]
    below, at, cut = (line.plain for line in exam_lines(exams, 720, 76))
    assert cut.startswith("passes   720")
    assert cut.index("┃") == below.index("┃")
    assert below.index("●") < below.index("┃")
    assert below.endswith("not yet")
    assert at.endswith("passes")
    assert max(len(below), len(at)) <= 76
    for narrow in (31, 40):
        assert all(len(line.plain) <= narrow for line in exam_lines(exams, 720, narrow))
