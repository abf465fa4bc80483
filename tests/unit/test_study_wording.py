"""Words that more than one screen says."""

from __future__ import annotations

import pytest

from keykata.practice.attempt import Turn
from keykata.study.wording import moment_phrase, rated_line


def test_a_moment_is_told_in_the_learners_zone_with_the_day_of_the_week() -> None:
    assert moment_phrase("2026-11-25T23:30:00.000Z", lambda _: 0) == "Wed 25 Nov 23:30"
    assert moment_phrase("2026-11-25T23:30:00.000Z", lambda _: 3600) == "Thu 26 Nov 00:30"
    assert moment_phrase("2026-11-25T23:30:00.000Z", lambda _: -8 * 3600) == "Wed 25 Nov 15:30"


@pytest.mark.parametrize(("rating", "said"), [(1, "Forgot"), (4, "Easy")])
def test_a_rating_is_told_in_its_word(rating: int, said: str) -> None:
    assert rated_line(Turn(slot=0, rating=rating)) == f"You said: {said}."


@pytest.mark.parametrize("rating", [-1, 0, 5, 2**70])
def test_a_rating_there_is_not_is_told_as_unknown(rating: int) -> None:
    assert rated_line(Turn(slot=0, rating=rating)) == "Its rating is not known."
