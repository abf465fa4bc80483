"""Progress, the desired retention and the fit, as a learner meets them."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

import pytest
from msgspec.structs import replace

from keykata.core.days import add_days, days_between
from keykata.core.errors import UsageError
from keykata.core.event import Draft
from keykata.memory.engine import Engine
from keykata.practice.form import Filter
from keykata.study.progress_words import fit_words, lead_sentence, retention_words
from keykata.study.wording import share_of
from support.homes import Desk
from support.remembered import FAST_FORGETTER, learn


def questions(desk: Desk) -> list[str]:
    dojo = desk.open()
    found = [entry.id for entry in dojo.library.entries("question") if entry.id.startswith("kms:")]
    desk.close()
    return found


def test_before_the_first_answer_every_figure_says_so(desk: Desk) -> None:
    dojo = desk.open()
    now, past = dojo.progress(), dojo.look_at_all()
    assert past is not None
    assert lead_sentence(now, past).startswith("Nothing was answered yet")
    assert (past.measured, past.predicted, past.log_loss, past.bins, past.costs) == (None, None, None, (), {})
    assert [day.count for day in now.forecast] == [0] * 28
    assert "at 400 answers; so far 0" in fit_words(now)


def test_the_figures_agree_with_the_log_and_with_each_other(desk: Desk) -> None:
    cards = questions(desk)[:30]
    learn(desk, cards, 12)
    dojo = desk.open()
    now, past = dojo.progress(), dojo.look_at_all()
    assert past is not None
    assert now.answers == 360
    assert past.learned == 30
    assert past.reviews == sum(one.reviews for one in past.bins) == 330
    assert past.remembered == sum(one.remembered for one in past.bins)
    assert sum(day.count for day in now.year) == 360
    told = cast("dict[str, Any]", dojo.stats_json())
    assert told["retention"] == past.remembered / past.reviews
    assert told["cards"]["due"] == now.cards[3]
    due = Counter(max(c.due_day, now.day) for c in dojo.rooms.ledger.store.cards(cards).values())
    assert {day.day: day.count for day in now.forecast} == {day.day: due[day.day] for day in now.forecast}


def test_nothing_is_foretold_for_after_an_exam_that_is_ahead(desk: Desk) -> None:
    dojo = desk.open()
    dojo.set_exam_date(add_days(dojo.progress().day, 5))
    assert [days_between(dojo.progress().day, day.day) for day in dojo.progress().forecast] == [*range(6)]
    desk.clock.pass_days(6)
    assert len(dojo.progress().forecast) == 28


def test_an_undone_answer_leaves_the_year_and_the_measure(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(sitting.standing().slot.right)
    assert [day.count for day in dojo.progress().year] == [1]
    sitting.undo()
    assert dojo.progress().year == ()


def test_what_is_lost_most_is_named_and_can_be_practised(desk: Desk) -> None:
    dojo = desk.open()
    term = "kms:key-rotation"
    cards = [entry.id for entry in dojo.library.questions_on(term)]
    desk.close()
    assert len(cards) >= 3
    learn(desk, cards, 4)
    dojo = desk.open()
    now, past = dojo.progress(), dojo.look_at_all()
    assert past is not None
    assert past.weakest
    assert lead_sentence(now, past).startswith(f"{past.weakest[0].title} is what you lose most")
    assert dojo.start_term(past.weakest[0].item).attempt.turns


def test_a_look_that_is_no_longer_wanted_stops(desk: Desk) -> None:
    learn(desk, questions(desk)[:5], 5)
    assert desk.open().look_at_all(lambda: True) is None


def test_the_desired_retention_holds_from_the_next_answer_and_costs_are_ordered(desk: Desk) -> None:
    learn(desk, questions(desk)[:30], 12)
    dojo = desk.open()
    with pytest.raises(UsageError, match="does not fit"):
        dojo.set_retention(0.99)
    dojo.set_retention(share_of("95 %"))
    assert dojo.settings()["retention"] == 0.95
    past = dojo.look_at_all()
    assert past is not None
    for costs in past.costs.values():
        assert [cost.retention for cost in costs] == [0.80, 0.85, 0.90, 0.95]
        assert costs[0].reviews < costs[-1].reviews
        assert costs[0].held < costs[-1].held


def test_too_few_reviews_are_not_fitted(desk: Desk) -> None:
    learn(desk, questions(desk)[:5], 5)
    with pytest.raises(UsageError, match="takes 400 answers"):
        desk.open().fit()


def test_a_fit_that_foretells_better_is_kept_and_every_card_is_reckoned_by_it(desk: Desk) -> None:
    cards = questions(desk)[:50]
    learn(desk, cards, 20)
    dojo = desk.open()
    before = dojo.rooms.ledger.store.cards(cards)
    stages: list[str] = []
    found = dojo.fit(tell=stages.append)
    assert found is not None
    assert found.after < found.before
    assert len(stages) == 4
    fit = dojo.progress().fit
    assert fit is not None
    assert (fit.before, fit.after) == (found.before, found.after)
    after = dojo.rooms.ledger.store.cards(cards)
    assert after != before
    desk.close()
    again = desk.open()  # another start, and a rebuild, know the same
    assert again.rooms.ledger.store.cards(cards) == after
    again.rebuild()
    assert again.rooms.ledger.store.cards(cards) == after
    assert again.reset_fit()
    assert again.rooms.ledger.store.cards(cards) == before
    assert not again.reset_fit()


def test_a_learner_the_published_weights_describe_keeps_them(desk: Desk) -> None:
    learn(desk, questions(desk)[:60], 20)
    dojo = desk.open()
    dojo.rooms.ledger.set("weights", {"weights": list(FAST_FORGETTER)})
    found = dojo.fit()
    assert found is not None
    assert found.better == (found.after < found.before)
    assert found.before < 0.69  # better than a coin


def test_a_stopped_fit_changes_nothing(desk: Desk) -> None:
    learn(desk, questions(desk)[:60], 20)
    dojo = desk.open()
    asked = iter([False, False])
    assert dojo.fit(lambda: next(asked, True)) is None
    assert dojo.progress().fit is None


def test_calibration_reckons_by_the_weights_that_held_then(desk: Desk) -> None:
    learn(desk, questions(desk)[:20], 10)
    dojo = desk.open()
    past = dojo.look_at_all()
    dojo.rooms.ledger.set("weights", {"weights": list(FAST_FORGETTER)})
    later = dojo.look_at_all()
    assert past is not None
    assert later is not None
    assert later.bins == past.bins
    assert later.predicted != past.predicted


def test_weights_nobody_can_reckon_by_count_as_none(desk: Desk) -> None:
    learn(desk, questions(desk)[:5], 5)
    dojo = desk.open()
    before = dojo.rooms.ledger.store.learned_rows()
    dojo.rooms.ledger.set("weights", {"weights": [1e300] * 21})
    assert dojo.rooms.ledger.store.learned_rows() == before
    assert dojo.rooms.ledger.engine.weights == Engine().weights


def test_the_eighth_lapse_makes_a_leech_and_its_page_says_what_to_do(desk: Desk) -> None:
    card = questions(desk)[0]
    dojo = desk.open()
    store, day = dojo.rooms.ledger.store, "2026-01-05"
    for number in range(8):
        for rating in (3, 1):
            day = add_days(day, 1)
            body = {"v": 1, "kind": "question", "rating": rating, "correct": rating > 1, "retention": 0.9}
            store.append([Draft("answer", body, "A", card, card)], now=number, day=day)
        past = dojo.look_at_all()
        assert past is not None
        assert bool(past.leeches) == (number == 7)
    assert dojo.question_page(card).slipped == 8
    assert past.leeches[0].card == card


def test_what_was_just_missed_is_not_said_to_be_there(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(Filter(banks=("kms",)), count=6)
    for number in range(6):
        slot = sitting.standing().slot
        wrong = [place for place in range(len(slot.texts)) if place not in slot.right]
        sitting.respond(slot.right if number < 2 else wrong[: len(slot.right)])
        sitting.advance()
    past = dojo.look_at_all()
    assert past is not None
    assert past.learned == 6
    assert past.predicted == pytest.approx(2 / 6)
    assert "100 %" not in retention_words(past)


def test_more_forgotten_than_expected_is_not_called_fine(desk: Desk) -> None:
    learn(desk, questions(desk)[:30], 12)
    dojo = desk.open()
    past = dojo.look_at_all()
    assert past is not None
    told = replace(past, weakest=(), remembered=past.reviews * 3 // 10, expected=0.9)
    assert lead_sentence(dojo.progress(), told) == (
        "No one term stands out, but of 330 reviews, 30 % were remembered, 90 % expected."
    )
    fine = replace(told, remembered=past.reviews * 9 // 10)
    assert lead_sentence(dojo.progress(), fine).startswith("Nothing stands out: ")
