"""Being ready, over a real log: what counts as a first showing, when nothing is said, and the JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from keykata.cli.plain.numbers import stats_lines
from keykata.practice.form import Filter
from keykata.store.store import Store
from keykata.study.dojo import Dojo
from keykata.study.ready_words import needs_phrase
from support.homes import Desk

DOMAINS = ("1", "2", "3", "4")


@pytest.fixture
def desk(tmp_path: Path, wide_bank: Path) -> Iterator[Desk]:
    """A learner's computer with a bank of 420 questions held to the blueprint."""
    made = Desk(tmp_path, wide_bank)
    yield made
    made.close()


@pytest.fixture
def dojo(desk: Desk) -> Dojo:
    """The dojo."""
    return desk.open()


def practise(
    dojo: Dojo,
    count: int,
    right: Callable[[int], bool] = lambda _: True,
    *,
    confidence: str | None = None,
    domains: tuple[str, ...] = DOMAINS,
) -> None:
    """So many new questions of each domain, right where the rule says so."""
    for domain in domains:
        wanted = Filter(banks=("wide",), domains=(domain,), only="unseen")
        sitting = dojo.start_quiz(wanted, count=count)
        for number in range(count):
            answers = sitting.standing().slot.right
            chosen = (
                answers if right(number) else tuple(p for p in range(4) if p not in answers)[: len(answers)]
            )
            sitting.respond(chosen, confidence=confidence)
            sitting.advance()
        sitting.finish()


def probability(dojo: Dojo) -> float:
    view = dojo.readiness()
    assert view is not None
    assert view.ready is not None
    return view.ready.probability


def test_too_few_to_say_names_how_many_more(dojo: Dojo) -> None:
    practise(dojo, 5)
    view = dojo.readiness()
    assert view is not None
    assert (view.tries, view.more, view.ready) == (20, 10, None)
    stats = dojo.stats_json()
    assert stats["readiness"] is None
    assert stats["readiness_needs"] == {"first_showings": 20, "more": 10, "domains": []}
    assert "Ready? Too few to say. 10 more first tries and this can say something." in list(stats_lines(dojo))


def test_tries_that_are_long_ago_are_not_called_too_few(dojo: Dojo, desk: Desk) -> None:
    practise(dojo, 20, lambda number: number % 4 != 0)
    assert probability(dojo)
    desk.clock.pass_days(900)
    view = dojo.readiness()
    assert view is not None
    assert (view.tries, view.ready) == (80, None)
    said = next(line for line in stats_lines(dojo) if line.startswith("Ready?"))
    assert said.startswith("Ready? The first tries leave it open, or are long ago. ")
    assert said.endswith(" more first tries and this can say something.")


def test_the_domains_that_lack_answers_are_listed_as_people_list_them(dojo: Dojo) -> None:
    practise(dojo, 1)
    view = dojo.readiness()
    assert view is not None
    assert "some on Secure, Resilient, High-performing and Cost-optimized, and" in needs_phrase(view)


def test_a_domain_without_answers_is_named_however_many_the_others_have(dojo: Dojo) -> None:
    practise(dojo, 20, domains=("1", "2", "3"))
    view = dojo.readiness()
    assert view is not None
    assert view.ready is None
    assert view.lacking == ("Cost-optimized",)


def test_the_strong_are_told_more_than_the_weak(dojo: Dojo) -> None:
    practise(dojo, 15, lambda number: number % 3 == 0)
    low = probability(dojo)
    assert low < 0.1
    practise(dojo, 40, domains=DOMAINS)
    assert probability(dojo) > low


def test_an_item_seen_before_says_nothing(dojo: Dojo) -> None:
    practise(dojo, 12, lambda number: number % 2 == 0)
    before = dojo.readiness()
    seen = Filter(banks=("wide",), only="missed")
    sitting = dojo.start_quiz(seen, count=20)
    while not sitting.done:
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    sitting.finish()
    assert dojo.readiness() == before


def test_an_undone_answer_is_never_first_again(dojo: Dojo) -> None:
    practise(dojo, 10)
    before = dojo.readiness()
    assert before is not None
    sitting = dojo.start_quiz(Filter(banks=("wide",), only="unseen"), count=1)
    sitting.respond(sitting.standing().slot.right)
    sitting.undo()
    sitting.respond(sitting.standing().slot.right)
    after = dojo.readiness()
    assert after is not None
    assert after.tries == before.tries


def test_lucky_guesses_count_as_not_known(dojo: Dojo) -> None:
    practise(dojo, 15, confidence="guess")
    assert probability(dojo) < 0.01


def test_the_json_has_its_documented_fields_and_a_point_of_history_a_day(desk: Desk, dojo: Dojo) -> None:
    practise(dojo, 10)
    desk.clock.pass_days(1)
    practise(dojo, 5, lambda number: number > 1)
    told = dojo.stats_json()["readiness"]
    assert isinstance(told, dict)
    assert 0 <= told["low"] <= told["probability"] <= told["high"] <= 1
    assert 100 <= told["score_low"] <= told["score"] <= told["score_high"] <= 1000
    assert told["share_low"] <= told["share"] <= told["share_high"]
    assert (told["first_showings"], told["banks"]) == (60, ["saa-c03", "wide"])
    assert [set(gain) for gain in told["gains"]] == [{"task", "name", "first_showings", "share", "gain"}] * 3
    assert {tell["domain"] for tell in told["tells"]} == set(DOMAINS)
    assert all(tell["after"] < tell["before"] for tell in told["tells"])
    assert [point["day"] for point in told["history"]] == ["2026-11-23", "2026-11-24"]
    assert told["history"][-1]["probability"] == pytest.approx(told["probability"])
    assert dojo.stats_json()["readiness"] == told
    said = "\n".join(stats_lines(dojo))
    assert "likely to pass today, between" in said
    assert "What would tell most: 20 new questions on" in said


def test_it_is_not_asked_for_again_before_something_was_answered(dojo: Dojo) -> None:
    practise(dojo, 10)
    looks = 0

    def count(frame: FrameType, event: str, _arg: object) -> None:
        nonlocal looks
        looks += event == "call" and frame.f_code is Store.first_answers.__code__

    before = probability(dojo)
    sys.setprofile(count)
    try:
        assert probability(dojo) == before
        assert looks == 0
        practise(dojo, 1, lambda _: False)
        assert probability(dojo) < before
    finally:
        sys.setprofile(None)
