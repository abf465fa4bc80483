"""Every card of the shipped banks, asked, answered and told: on screens, in plain mode and in the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from keykata.cli.plain.grammar import Choose, parse_line
from keykata.cli.plain.telling import asked, feedback_lines, item_lines, turned_lines
from keykata.practice.attempt import Turn
from keykata.practice.marking import letters
from keykata.practice.paper import QuestionSlot, RecallSlot, Slot, SortSlot
from keykata.study.dojo import Dojo
from keykata.study.views import Standing
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.widgets.faces import Choosing, lay_answered, lay_question, lay_sort, lay_sorted
from keykata.tui.widgets.fact_faces import lay_recall
from keykata.tui.widgets.sheet import Sheet
from support.cards import MARKS, every_slot
from support.homes import Desk

WIDTHS = (40, 80)
MOST = 1000  # answers of one sitting, so that a test ends whatever is wrong


@pytest.fixture(scope="module")
def slots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Slot, ...]:
    """What asks for each card of the shipped banks."""
    desk = Desk(tmp_path_factory.mktemp("cards"))
    found = tuple(every_slot(desk.open()))
    desk.close()
    return found


def _standing(slot: Slot, *, right: bool = True) -> Standing:
    chosen = slot.right if right else tuple(p for p in range(len(slot.texts)) if p not in slot.right)[:1]
    return Standing(1, 1, slot, Turn(slot=0, chosen=chosen, correct=right, answer_id="x", rating=3))


def _laid(slot: Slot, width: int) -> Iterator[Sheet]:
    """Its faces: as it is asked, and as it is told."""
    asks, tells, now = Sheet(width), Sheet(width), _standing(slot, right=False)
    if isinstance(slot, QuestionSlot):
        lay_question(asks, slot, Choosing())
        lay_answered(tells, slot, now)
    elif isinstance(slot, SortSlot):
        lay_sort(asks, slot, len(slot.choices) - 1, before=slot.because)
        lay_sorted(tells, slot, now)
    else:
        lay_recall(tells, slot, now, turned=True)
    yield from (asks, tells)


def test_every_card_fits_its_screen_asked_and_told(slots: tuple[Slot, ...]) -> None:
    for place, slot in enumerate(slots):
        for width in WIDTHS[place % 2 :][:1] if isinstance(slot, RecallSlot) else WIDTHS:
            shown = [row.content for sheet in _laid(slot, width) for row in sheet.rows]
            assert [row.plain for row in shown if row.cell_length > width] == [], slot.card
            assert [row.plain for row in shown if MARKS.search(row.plain)] == [], slot.card


def test_every_card_is_said_and_takes_its_answer_in_plain_mode(slots: tuple[Slot, ...]) -> None:
    for slot in slots:
        now = _standing(slot)
        said = [*item_lines(now), *turned_lines(now), *feedback_lines(now)]
        said += feedback_lines(_standing(slot, right=False))
        assert [line for line in said if MARKS.search(line)] == [], slot.card
        ask = asked(slot, turned=False, missed=False, patient=True)
        if isinstance(slot, SortSlot):
            for place in range(len(slot.choices)):
                assert parse_line(str(place + 1), ask) == Choose((place,), None), slot.card
        elif isinstance(slot, QuestionSlot):
            assert parse_line(letters(slot.right), ask) == Choose(slot.right, None), slot.card


def test_every_scenario_is_asked_and_logged(dojo: Dojo, slots: tuple[Slot, ...]) -> None:
    scenarios = {slot.card: slot for slot in slots if isinstance(slot, SortSlot)}
    answered = [card for item in sorted({s.item for s in scenarios.values()}) for card in _sorted(dojo, item)]
    assert set(answered) >= set(scenarios)
    log = list(dojo.log_json())
    assert len(log) == len(answered)
    assert [line for line in log if not line["correct"] or line["chosen"] != line["right"]] == []


def _sorted(dojo: Dojo, item: str) -> Iterator[str]:
    """Answer a whole sorter with its right places; the footer names the last place that has a key."""
    sitting = dojo.start_sorter(item, count=MOST, seed=5)
    (keys,) = (action.shown for action in SittingScreen(sitting).footer() if action.name == "sort")
    assert keys.endswith(str(len(sitting.standing().slot.texts)))
    for _ in range(MOST):
        slot = sitting.standing().slot
        sitting.respond(slot.right)
        yield slot.card
        if not sitting.advance():
            break
    sitting.finish()
