"""The sorter over any comparison, and the tally of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keykata.core.errors import UsageError
from keykata.practice.attempt import Turn
from keykata.practice.paper import SortSlot
from keykata.practice.sorter import SorterTally, sorter_tally
from keykata.study.dojo import Dojo
from keykata.study.sitting import Sitting
from support.homes import Desk
from support.mixup_banks import queue_bank

QUEUES = "mine:queues"
UNIQUE = {"order/blue", "kept/green", "size/red", "size/blue", "size/green", "replay/blue", "replay/green"}
UNIQUE |= {"cost/red", "cost/blue", "cost/green"}


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, queue_bank(tmp_path))
    yield desk
    desk.close()


def cards(sitting: Sitting) -> list[str]:
    return [slot.card.removeprefix(f"{QUEUES}/") for slot in sitting.paper.slots]


def answer(sitting: Sitting, name: str, *, right: bool = True) -> None:
    while not sitting.standing().slot.card.endswith(name):
        sitting.skip()
    fits = sitting.standing().slot.right
    sitting.respond(fits if right else ((fits[0] + 1) % 3,))


def cells_in_queue(dojo: Dojo) -> set[str]:
    return set(dojo.rooms.ledger.store.cards_of_kind("cell"))


def test_scenarios_come_first_and_no_cell_is_ambiguous(mine: Desk) -> None:
    sitting = mine.open().start_sorter(QUEUES, count=50)
    asked = cards(sitting)
    assert set(asked[:3]) == {"sorter/keep", "sorter/in-turn", "sorter/drop"}
    assert set(asked[3:]) == UNIQUE
    assert (sitting.mode, sitting.title) == ("drill", "Queue sorter")
    assert sitting.paper.feedback == "each"


def test_a_cell_asks_which_one_it_fits(mine: Desk) -> None:
    sitting = mine.open().start_sorter(QUEUES, count=50)
    slot = next(slot for slot in sitting.paper.slots if slot.card.endswith("size/blue"))
    assert isinstance(slot, SortSlot)
    assert slot.say == "Which one fits? **Size**: 1 MB."
    assert [choice.name for choice in slot.choices] == ["Red queue", "Blue queue", "Green queue"]
    assert slot.right == (1,)
    assert slot.because == "How large may a message of a blue queue be? 1 MB."
    assert slot.choices[0].why == "Size: 256 KB"


def test_columns_of_one_term_are_called_by_their_own_names(tmp_path: Path) -> None:
    folder = queue_bank(tmp_path)
    file = folder / "comparisons" / "queues.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("{term: green, as: a green queue}", "{term: red, as: a green queue, name: Green kind}"),
        encoding="utf-8",
    )
    desk = Desk(tmp_path, folder)
    dojo = desk.open()
    page = dojo.comparison_page(QUEUES)
    assert list(page.names.values()) == ["Red queue", "Blue queue", "Green kind"]
    sitting = dojo.start_sorter(QUEUES, count=50)
    for slot in sitting.paper.slots:
        assert isinstance(slot, SortSlot)
        assert [choice.name for choice in slot.choices] == ["Red queue", "Blue queue", "Green kind"]
    desk.close()


def test_unseen_then_missed_then_the_longest_unseen(mine: Desk) -> None:
    dojo = mine.open()
    sitting = dojo.start_sorter(QUEUES, count=3)
    answer(sitting, "keep")
    mine.clock.pass_seconds(60)
    answer(sitting, "in-turn", right=False)
    sitting.finish()
    assert cards(dojo.start_sorter(QUEUES, count=3)) == ["sorter/drop", "sorter/in-turn", "sorter/keep"]
    again = dojo.start_sorter(QUEUES, count=3)
    mine.clock.pass_seconds(60)
    answer(again, "drop")
    mine.clock.pass_seconds(60)
    answer(again, "in-turn")
    assert cards(dojo.start_sorter(QUEUES, count=3)) == ["sorter/keep", "sorter/drop", "sorter/in-turn"]


def test_with_a_seed_history_plays_no_part(mine: Desk) -> None:
    dojo = mine.open()
    first = dojo.start_sorter(QUEUES, count=50, seed=7)
    first.respond(first.standing().slot.right)
    assert dojo.start_sorter(QUEUES, count=50, seed=7).paper == first.paper
    assert cards(dojo.start_sorter(QUEUES, count=50, seed=8)) != cards(first)


def test_a_comparison_without_scenarios_is_sorted_by_its_cells(tmp_path: Path) -> None:
    desk = Desk(tmp_path, queue_bank(tmp_path, sorter=False))
    dojo = desk.open()
    assert "Three queues" in {link.name for link in dojo.sorters()}
    sitting = dojo.start_sorter(QUEUES)
    assert (sitting.title, set(cards(sitting))) == ("Three queues", UNIQUE)
    desk.close()


def test_the_drills_are_listed_under_their_own_names(mine: Desk) -> None:
    links = {link.id: (link.kind, link.name) for link in mine.open().sorters()}
    assert links[QUEUES] == ("comparison", "Queue sorter")
    assert links["kms:kms-key-kinds"] == ("comparison", "Key sorter")


def test_what_is_no_comparison_cannot_be_sorted(mine: Desk) -> None:
    dojo = mine.open()
    with pytest.raises(UsageError, match="no such comparison"):
        dojo.start_sorter("mine:red")
    with pytest.raises(UsageError, match="at least one"):
        dojo.start_sorter(QUEUES, count=0)


def test_a_sorted_cell_moves_its_own_card_and_rebuilds_the_same(mine: Desk) -> None:
    dojo = mine.open()
    sitting = dojo.start_sorter(QUEUES, count=50)
    answer(sitting, "size/red")
    answer(sitting, "size/blue", right=False)
    red, blue = f"{QUEUES}/size/red", f"{QUEUES}/size/blue"
    assert cells_in_queue(dojo) == {red, blue}
    before = dojo.rooms.cards.states([red, blue])
    assert (before[red].last_rating, before[blue].last_rating) == (3, 1)
    assert before[red].interval >= 1
    assert before[blue].interval == 0
    dojo.rebuild()
    assert dojo.rooms.cards.states([red, blue]) == before
    lines = list(dojo.log_json())
    assert [(line["kind"], line["card"], line["correct"]) for line in lines] == [
        ("sort", red, True),
        ("sort", blue, False),
    ]
    assert cells_in_queue(dojo) == {red, blue}


def test_a_sorted_cell_is_recalled_as_a_fact_when_it_is_due(mine: Desk) -> None:
    dojo = mine.open()
    sitting = dojo.start_sorter(QUEUES, count=50)
    answer(sitting, "size/blue", right=False)
    sitting.finish()
    mine.clock.pass_days(1)
    standing = dojo.start_review().standing()
    assert (standing.slot.card, standing.slot.kind) == (f"{QUEUES}/size/blue", "cell")


# --- the tally -------------------------------------------------------------------------------------------


def turn(number: int, seconds: float, *, correct: bool = True) -> Turn:
    return Turn(slot=number, answer_id=f"E{number:03d}", correct=correct, seconds=seconds)


def test_nothing_answered_gives_no_times() -> None:
    assert sorter_tally([Turn(slot=0)]) == SorterTally(0, 0, None, None, 0)


def test_the_best_run_is_ten_right_answers_in_a_row() -> None:
    slow = [turn(number, 5.0) for number in range(4)]
    fast = [turn(number, 2.0) for number in range(4, 12)]
    tally = sorter_tally([*slow, *fast])
    assert (tally.answered, tally.right, tally.median, tally.best_run) == (12, 12, 2.0, 2.0)
    assert tally.in_a_row == 12


def test_a_wrong_answer_breaks_the_run() -> None:
    turns = [turn(number, 1.0, correct=number != 9) for number in range(12)]
    tally = sorter_tally(turns)
    assert (tally.right, tally.best_run, tally.in_a_row) == (11, None, 9)


def test_the_run_follows_the_order_of_answering() -> None:
    turns = [turn(number, float(number), correct=number != 0) for number in range(11)]
    assert sorter_tally(turns) == sorter_tally(reversed(turns))
    assert sorter_tally(turns).best_run == 5.5


@given(st.lists(st.tuples(st.floats(0, 60), st.booleans()), max_size=40))
def test_a_run_is_never_better_than_its_fastest_answer(rows: list[tuple[float, bool]]) -> None:
    tally = sorter_tally(turn(n, seconds, correct=right) for n, (seconds, right) in enumerate(rows))
    assert tally.right == sum(right for _, right in rows)
    assert tally.in_a_row <= tally.right
    assert (tally.best_run is None) == (tally.in_a_row < 10)
    if tally.best_run is not None:
        assert tally.best_run >= min(seconds for seconds, right in rows if right)
