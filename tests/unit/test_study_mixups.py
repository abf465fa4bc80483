"""Mix-ups counted from one's own answers, and what the cause of a miss brings into the queue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from keykata.core.errors import UsageError
from keykata.practice.form import Filter
from keykata.practice.paper import Paper, QuestionSlot, SortSlot, decode_paper, encode_paper
from keykata.study.dojo import Dojo
from keykata.study.mixups import Given, Named, count_mixups
from keykata.study.sitting import Sitting
from support.homes import Desk
from support.mixup_banks import queue_bank

RED, BLUE, GREEN = "mine:red", "mine:blue", "mine:green"


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, queue_bank(tmp_path))
    yield desk
    desk.close()


def asked(dojo: Dojo, *names: str) -> Sitting:
    return dojo.start_quiz(Filter(items=tuple(f"mine:{name}" for name in names)), count=len(names))


def place_of(sitting: Sitting, words: str) -> tuple[int, ...]:
    texts = sitting.standing().slot.texts
    return (next(place for place, text in enumerate(texts) if words in text),)


def miss(sitting: Sitting, words: str = "Blue queue") -> None:
    sitting.respond(place_of(sitting, words))


def queued(dojo: Dojo) -> set[str]:
    return {card for card, _ in dojo.rooms.queues.fresh()}


# --- counting --------------------------------------------------------------------------------------------


def test_options_are_kept_with_the_terms_they_name(mine: Desk) -> None:
    slot = asked(mine.open(), "q1").standing().slot
    assert isinstance(slot, QuestionSlot)
    assert {option.names for option in slot.options if option.right} == {(RED,)}
    assert {names for option in slot.options for names in option.names} == {RED, BLUE}


def test_a_paper_from_before_names_were_kept_still_opens(mine: Desk) -> None:
    paper = asked(mine.open(), "q1").paper
    old = msgspec.json.decode(encode_paper(paper))
    for option in old["slots"][0]["options"]:
        option.pop("names", None)
    opened = decode_paper(msgspec.json.encode(old))
    assert isinstance(opened, Paper)
    assert opened.slots[0].texts == paper.slots[0].texts


def test_what_was_chosen_for_what_was_right_is_a_mix_up(mine: Desk) -> None:
    dojo = mine.open()
    sitting = asked(dojo, "q1", "q2", "q3")
    miss(sitting)
    sitting.advance()
    miss(sitting, "by post")
    sitting.advance()
    sitting.respond(sitting.standing().slot.right)
    (mixup,) = dojo.mixups()
    assert (mixup.right, mixup.chosen) == (RED, BLUE)
    assert (mixup.right_name, mixup.chosen_name) == ("Red queue", "Blue queue")
    assert (mixup.times, mixup.of, mixup.right_since) == (1, 3, 1)
    assert mixup.last_day == "2026-11-23"
    assert (mixup.question, mixup.comparison) == ("Must messages keep their order?", "mine:queues")


def test_an_undone_miss_is_no_mix_up(mine: Desk) -> None:
    dojo = mine.open()
    sitting = asked(dojo, "q1")
    miss(sitting)
    sitting.undo()
    assert dojo.mixups() == ()


def test_what_nobody_handed_in_is_no_mix_up_yet(mine: Desk) -> None:
    dojo = mine.open()
    test = dojo.start_test(Filter(items=("mine:q1",)), count=1)
    texts = test.standing().slot.texts
    test.choose(next(place for place, text in enumerate(texts) if "Blue queue" in text))
    assert dojo.mixups() == ()
    test.hand_in()
    assert [mixup.times for mixup in dojo.mixups()] == [1]


def test_the_sorter_counts_too(mine: Desk) -> None:
    dojo = mine.open()
    sitting = dojo.start_sorter("mine:queues", count=3)
    while not place_of_scenario(sitting, "drop"):
        sitting.skip()
    miss(sitting, "Red queue")
    assert [(mixup.right, mixup.chosen) for mixup in dojo.mixups()] == [(GREEN, RED)]


def place_of_scenario(sitting: Sitting, name: str) -> bool:
    return sitting.standing().slot.card.endswith(f"/{name}")


def test_a_mix_up_put_right_makes_room_for_a_fresh_one() -> None:
    red, blue, green = ((name,) for name in ("red", "blue", "green"))
    first = Named("q1", (red, blue), (0,))
    second = Named("q2", (red, green), (0,))
    answers = [
        Given(first, (1,), False, 1, "2026-11-01"),
        Given(first, (1,), False, 2, "2026-11-01"),
        Given(first, (0,), True, 3, "2026-11-02"),
        Given(second, (1,), False, 4, "2026-11-02"),
    ]
    counts = count_mixups(answers)
    one = counts["red", "blue"]
    assert (one.times, one.of, one.right_since, one.last_day) == (2, 3, 1, "2026-11-01")
    assert counts["red", "green"].times == 1
    assert ("blue", "red") not in counts


def test_only_options_missed_and_wrongly_chosen_stand_against_each_other() -> None:
    offered = Named("q", (("a",), ("b",), ("c",), ("d", "b")), (0, 1))
    assert offered.confused((0, 2)) == {("b", "c")}
    assert offered.confused((0, 3)) == frozenset()
    assert offered.confused((0, 1)) == frozenset()


# --- drilling --------------------------------------------------------------------------------------------


def test_the_drill_holds_scenarios_and_questions_of_just_the_two(mine: Desk) -> None:
    sitting = mine.open().start_mixup(RED, BLUE)
    assert sitting.mode == "drill"
    assert sitting.paper.deciding == "Must messages keep their order?"
    cards = {slot.card for slot in sitting.paper.slots}
    assert cards == {
        "mine:q1", "mine:q2", "mine:q3", "mine:queues/sorter/keep", "mine:queues/sorter/in-turn",
    }  # fmt: skip


def test_a_comparison_does_not_decide_between_terms_of_several_columns(tmp_path: Path) -> None:
    folder = queue_bank(tmp_path)
    file = folder / "comparisons" / "queues.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{term: green,", "{term: red, name: Green kind,"), encoding="utf-8")
    desk = Desk(tmp_path, folder)
    assert desk.open().start_mixup(RED, BLUE).paper.deciding == ""
    desk.close()


def test_a_drill_of_what_never_meets_says_so(mine: Desk) -> None:
    with pytest.raises(UsageError, match="two terms"):
        mine.open().start_mixup(RED, "mine:nothing")
    with pytest.raises(UsageError, match="two terms"):
        mine.open().start_mixup(RED, RED)


# --- the cause of a miss ---------------------------------------------------------------------------------

TESTED = "mine:red/first/"


@pytest.mark.parametrize("cause", ["slip", "misread"])
def test_what_was_known_does_not_enter_the_queue(mine: Desk, cause: str) -> None:
    dojo = mine.open()
    sitting = asked(dojo, "q1")
    miss(sitting)
    assert sitting.standing().entered == 1
    sitting.cause(cause)
    assert sitting.standing().entered == 0
    assert not any(card.startswith(TESTED) for card in queued(dojo))
    assert sitting.standing().turn.cause == cause


def test_what_was_not_known_stays_in_the_queue(mine: Desk) -> None:
    dojo = mine.open()
    sitting = asked(dojo, "q1")
    miss(sitting)
    sitting.cause("unknown")
    assert any(card.startswith(TESTED) for card in queued(dojo))


def test_between_two_terms_brings_in_the_cells_in_which_they_differ(mine: Desk) -> None:
    dojo = mine.open()
    sitting = asked(dojo, "q1")
    miss(sitting)
    sitting.cause("between")
    cells = {card for card in queued(dojo) if card.startswith("mine:queues/")}
    assert cells == {
        f"mine:queues/{aspect}/{kind}" for aspect in ("order", "size") for kind in ("red", "blue")
    }
    assert sitting.standing().entered == 5


def test_between_without_a_second_term_brings_in_no_cells(mine: Desk) -> None:
    dojo = mine.open()
    sitting = asked(dojo, "q1")
    miss(sitting, "by post")
    sitting.cause("between")
    assert {card.rsplit("/", 1)[0] + "/" for card in queued(dojo)} == {TESTED}


def test_a_cause_said_anew_replaces_what_the_first_one_did(mine: Desk) -> None:
    dojo = mine.open()
    sitting = asked(dojo, "q1")
    miss(sitting)
    at_first = queued(dojo)
    sitting.cause("between")
    sitting.cause("slip")
    assert queued(dojo) == set()
    sitting.cause("unknown")
    assert queued(dojo) == at_first


def test_a_slip_leaves_what_another_miss_needs(mine: Desk) -> None:
    dojo = mine.open()
    sitting = asked(dojo, "q1", "q2")
    miss(sitting)
    sitting.advance()
    miss(sitting)
    sitting.cause("slip", position=1)
    assert any(card.startswith(TESTED) for card in queued(dojo))
    sitting.cause("slip", position=2)
    assert sitting.attempt.turns[1].cause == "slip"


def test_undo_takes_back_what_the_cause_brought_in(mine: Desk) -> None:
    dojo = mine.open()
    before = dojo.stats_json()
    sitting = asked(dojo, "q1")
    miss(sitting)
    sitting.cause("between")
    sitting.undo()
    assert dojo.stats_json() == before


def test_a_sorter_slot_names_its_subjects(mine: Desk) -> None:
    slot = mine.open().start_sorter("mine:queues", count=1).standing().slot
    assert isinstance(slot, SortSlot)
    assert [choice.names for choice in slot.choices] == [(RED,), (BLUE,), (GREEN,)]
