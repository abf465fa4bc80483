"""What the events of an attempt add up to."""

from __future__ import annotations

from keykata.practice.attempt import fold_attempt, fold_further
from support.papers import Script, fact, paper, question


def test_an_answer_counts_and_the_next_open_position_follows() -> None:
    script = Script()
    script.answer(1, [1], correct=True)
    attempt = fold_attempt(paper(question("a"), question("b")), script.events)
    assert attempt.turns[0].answered
    assert attempt.turns[0].correct is True
    assert attempt.next_open() == 2


def test_a_void_takes_the_answer_back() -> None:
    script = Script()
    answer = script.answer(1, [2], correct=False, rating=1)
    script.add("void", target=answer.id, position=1)
    attempt = fold_attempt(paper(question("a")), script.events)
    assert not attempt.turns[0].answered
    assert attempt.next_open() == 1


def test_a_void_that_comes_first_withdraws_all_the_same() -> None:
    script = Script()
    script.add("void", target="E0002", position=1)
    script.answer(1, [2], correct=False, rating=1)
    assert fold_attempt(paper(question("a")), script.events).answered == 0


def test_striking_and_marking_toggle() -> None:
    script = Script()
    script.add("strike", position=1, slot=0, option=3, on=True)
    script.add("strike", position=1, slot=0, option=0, on=True)
    script.add("strike", position=1, slot=0, option=3, on=False)
    script.add("mark", position=1, slot=0, on=True)
    turn = fold_attempt(paper(question("a")), script.events).turns[0]
    assert turn.struck == (0,)
    assert turn.marked


def test_a_forgotten_fact_comes_back_at_the_end_of_a_session_that_repeats() -> None:
    script = Script()
    script.answer(1, [], correct=None, rating=1, within_day=True)
    attempt = fold_attempt(paper(fact("a"), question("b"), mode="today"), script.events)
    assert [turn.slot for turn in attempt.turns] == [0, 1, 0]
    assert attempt.next_open(after=2) == 3


def test_a_fact_comes_back_twice_at_most() -> None:
    script = Script()
    for position in (1, 2, 3):
        script.add("answer", position=position, slot=0, chosen=[], correct=None, rating=1, within_day=True)
    assert len(fold_attempt(paper(fact("a"), mode="review"), script.events).turns) == 3


def test_a_quiz_repeats_nothing() -> None:
    script = Script()
    script.answer(1, [], correct=None, rating=1, within_day=True)
    assert len(fold_attempt(paper(fact("a"), mode="quiz"), script.events).turns) == 1


def test_a_cause_belongs_to_the_answer_it_names() -> None:
    script = Script()
    answer = script.answer(1, [2], correct=False, rating=1)
    script.add("cause", target=answer.id, cause="misread")
    assert fold_attempt(paper(question("a")), script.events).turns[0].cause == "misread"


def test_an_event_for_a_position_that_does_not_exist_changes_nothing() -> None:
    script = Script()
    script.answer(9, [1], correct=True)
    assert fold_attempt(paper(question("a")), script.events).answered == 0


def test_finishing_keeps_the_moment() -> None:
    script = Script()
    end = script.add("attempt-finished", reason="ended", used=12.5)
    attempt = fold_attempt(paper(question("a")), script.events)
    assert attempt.finished_at == end.at
    assert attempt.used == 12.5


def test_folding_further_is_folding_it_all() -> None:
    script = Script()
    script.add("response", position=1, slot=0, chosen=[1], changed_from=None, used=3.0)
    script.add("confidence", position=1, slot=0, confidence="sure")
    script.answer(1, [1], correct=False, rating=1)
    script.add("mark", position=2, slot=1, on=True)
    script.add("strike", position=2, slot=1, option=3, on=True)
    script.answer(2, [2], correct=True, rating=3)
    sheet = paper(question("a"), question("b"))
    for cut in range(len(script.events) + 1):
        begun = fold_attempt(sheet, script.events[:cut])
        assert fold_further(sheet, begun, script.events[cut:]) == fold_attempt(sheet, script.events)
    gone = script.add("void", target=script.events[2].id)
    assert fold_further(sheet, fold_attempt(sheet, script.events[:-1]), [gone]) is None


def test_what_a_log_says_in_a_wrong_kind_counts_as_not_said() -> None:
    script = Script()
    script.add("of-a-later-version", position=[], used="soon", option={})
    script.add("response", position=1, slot=0, chosen=[1, 99, -1, "x"], used="soon", seconds=[], late="x")
    script.add("strike", position=1, slot=0, option="b", on=True)
    script.add("mark", position="1", slot=0, on=True)
    script.answer(1, [1], correct=True)
    script.add("answer", position=2, slot=1, chosen=7, correct="yes", rating=None, seconds=10**400)
    first, second = fold_attempt(paper(question("a"), question("b")), script.events).turns
    assert (first.chosen, first.correct, first.struck, first.marked) == ((1,), True, (), False)
    assert (second.chosen, second.correct, second.rating, second.seconds) == ((), None, 0, 0.0)
