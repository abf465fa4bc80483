"""Words that more than one screen says."""

from __future__ import annotations

from keykata.study.wording import moment_phrase


def test_a_moment_is_told_in_the_learners_zone_with_the_day_of_the_week() -> None:
    assert moment_phrase("2026-11-25T23:30:00.000Z", lambda _: 0) == "Wed 25 Nov 23:30"
    assert moment_phrase("2026-11-25T23:30:00.000Z", lambda _: 3600) == "Thu 26 Nov 00:30"
    assert moment_phrase("2026-11-25T23:30:00.000Z", lambda _: -8 * 3600) == "Wed 25 Nov 15:30"
