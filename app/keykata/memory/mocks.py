"""The days of the mock exams in the plan."""

from __future__ import annotations

MOCK_OFFSETS = (20, 13, 8, 4)  # days before the exam
REST_AFTER_MOCK = 2  # days that pass before another one tells anything new
REPEAT_SHARE = 0.5  # of the time between two of them, for showing once more what the first asked


def mock_gap(seconds: int, capacity: int) -> int:
    """How many days lie between two mock exams, so that they leave room for anything else.

    Args:
        seconds: that showing the questions of one once more takes. capacity: seconds a day.
    """
    return max(REST_AFTER_MOCK, -(-seconds // max(1, int(capacity * REPEAT_SHARE))))


def mock_days(count: int, *, papers: int, sat: int, rested: int | None, gap: int) -> dict[int, int]:
    """Days from today of the mock exams, with their numbers: those sat count too.

    They stand 20, 13, 8 and 4 days before the exam, as far as there are papers and days for them, the last
    one in any case and the others as many days apart as asked for. With fewer papers than days the last day
    keeps its own, and the others are spread.

    Args:
        count: days until the exam. papers: that can still be given. sat: how many were.
        rested: days since the last one, None for none. gap: days between two.
    """
    free: list[int] = []
    for offset in sorted(MOCK_OFFSETS):
        day = count - offset
        rest = gap if free else REST_AFTER_MOCK
        if day < 0 or (rested is not None and day + rested < rest):
            continue
        if not free or free[0] - day >= gap:
            free.insert(0, day)
    taken = min(papers, len(free))
    chosen = [free[(number + 1) * len(free) // taken - 1] for number in range(taken)]
    return {day: number for number, day in enumerate(chosen, sat + 1)}
