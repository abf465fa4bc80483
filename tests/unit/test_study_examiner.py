"""Mock exams over a bank that follows the blueprint."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from keykata.core.errors import UsageError
from keykata.practice.form import Filter
from keykata.practice.paper import QuestionSlot
from keykata.study.exam_sitting import ExamSitting
from keykata.study.opening import content_folder
from support.exam_folder import exam_bank, one_domain_bank
from support.homes import Desk


@pytest.fixture
def whole(tmp_path: Path) -> Desk:
    return Desk(tmp_path, exam_bank(tmp_path, per_task=12))


def counted(sitting: ExamSitting) -> tuple[dict[str, int], dict[str, int]]:
    slots = [slot for slot in sitting.paper.slots if isinstance(slot, QuestionSlot)]
    scored = Counter(slot.domain for slot in slots if slot.scored)
    return dict(scored), dict(Counter(slot.domain for slot in slots if not slot.scored))


def test_a_full_form_follows_the_blueprint(whole: Desk) -> None:
    dojo = whole.open()
    offer = dojo.exam_offer()
    assert (offer.items, offer.minutes, offer.lengthened, offer.full, offer.lacks) == (65, 130, 160, True, ())
    sitting = dojo.start_exam()
    assert counted(sitting) == (
        {"1": 15, "2": 13, "3": 12, "4": 10},
        {"1": 4, "2": 4, "3": 4, "4": 3},
    )
    assert sitting.paper.full
    assert sitting.standing().left == 130 * 60
    multiple = sum(len(slot.right) > 1 for slot in sitting.paper.slots)
    assert 7 <= multiple <= 13


def test_half_an_hour_more_on_request(whole: Desk) -> None:
    assert whole.open().start_exam(extra=True).standing().left == 160 * 60


def test_the_same_seed_gives_the_same_paper_whatever_was_answered(whole: Desk) -> None:
    dojo = whole.open()
    one = dojo.start_exam(seed=11).paper
    dojo.start_quiz(Filter(banks=("whole",))).respond((0,))
    two = dojo.start_exam(seed=11).paper
    assert one.slots == two.slots


def test_repeating_gives_the_very_same_paper(whole: Desk) -> None:
    dojo = whole.open()
    first = dojo.start_exam()
    first.hand_in()
    assert dojo.start_exam(repeat=first.id).paper == first.paper


def test_sealed_papers_stay_out_of_practice_until_they_are_sat(tmp_path: Path) -> None:
    desk = Desk(tmp_path, exam_bank(tmp_path, per_task=18, sealed=2), shipped=False)
    dojo = desk.open()
    assert dojo.exam_offer().sealed == 2
    everything = dojo.start_quiz(Filter(banks=("whole",)), count=500).paper
    assert len(everything.slots) == 14 * 18 - 130
    first = dojo.start_exam()
    assert counted(first)[0] == {"1": 15, "2": 13, "3": 12, "4": 10}
    second_before = {slot.item for slot in dojo.start_quiz(Filter(banks=("whole",)), count=500).paper.slots}
    assert not second_before & {slot.item for slot in first.paper.slots}
    first.hand_in()
    after = {slot.item for slot in dojo.start_quiz(Filter(banks=("whole",)), count=500).paper.slots}
    assert {slot.item for slot in first.paper.slots} <= after
    assert dojo.exam_offer().sealed == 1


@pytest.mark.parametrize("asked", [0, 66])
def test_a_sealed_paper_no_exam_can_be_made_of_stands_in_no_ones_way(tmp_path: Path, asked: int) -> None:
    bank = exam_bank(tmp_path, per_task=18, sealed=1)
    names = re.findall(r"q-\d-\d-\d+", (bank / "bank.yaml").read_text())
    listed = ", ".join([*names, "q-1-1-17"][:asked])
    (bank / "bank.yaml").write_text(
        f"id: whole\nname: Whole\nexam: saa-c03\nblueprint: true\nsealed:\n  - [{listed}]\n"
        f"  - [{', '.join(names[:2])}]\n"
    )
    dojo = Desk(tmp_path, bank, shipped=False).open()
    assert (dojo.exam_offer().items, dojo.exam_offer().sealed, dojo.exam_offer().papers) == (2, 1, 1)
    everything = dojo.start_quiz(Filter(banks=("whole",)), count=500).paper
    assert len(everything.slots) == 14 * 18 - 2
    dojo.start_exam().hand_in()
    assert dojo.exam_offer().full
    assert len(dojo.start_exam().paper.slots) == 65


def test_a_sealed_question_is_none_of_the_first_ones(tmp_path: Path) -> None:
    bank = exam_bank(tmp_path, per_task=18, sealed=1)
    with (bank / "bank.yaml").open("a") as header:
        header.write("opening: [q-1-1-0, q-1-1-17]\n")
    dojo = Desk(tmp_path, bank, shipped=False).open()
    assert dojo.home().opening == 1
    assert [slot.item for slot in dojo.start_opening().paper.slots] == ["whole:q-1-1-17"]


def items_of(sitting: ExamSitting) -> set[str]:
    return {slot.item for slot in sitting.paper.slots}


def test_an_exam_begun_beside_an_open_one_is_another_paper(tmp_path: Path) -> None:
    desk = Desk(tmp_path, exam_bank(tmp_path, per_task=40, sealed=2), shipped=False)
    dojo = desk.open()
    first = dojo.start_exam()
    assert (dojo.exam_offer().sealed, dojo.exam_offer().papers) == (1, 2)
    second = dojo.start_exam()
    assert not items_of(first) & items_of(second)
    assert dojo.exam_offer().sealed == 0
    third = dojo.start_exam()
    assert not items_of(third) & (items_of(first) | items_of(second))
    assert not items_of(third) & items_of(dojo.start_exam())
    assert [sitting.title[-1] for sitting in dojo.open_exams()] == ["4", "3", "2", "1"]
    everything = {slot.item for slot in dojo.start_quiz(Filter(banks=("whole",)), count=500).paper.slots}
    assert not everything & (items_of(first) | items_of(second))
    first.hand_in()
    assert dojo.exam_offer().sealed == 0


def test_a_bank_that_is_too_small_gives_the_largest_honest_form(tmp_path: Path) -> None:
    desk = Desk(tmp_path, exam_bank(tmp_path, per_task=3), shipped=False)
    dojo = desk.open()
    offer = dojo.exam_offer()
    assert not offer.full
    assert 0 < offer.items < 65
    assert {lack.name for lack in offer.lacks} >= {"Resilient"}
    assert offer.minutes == round(130 * offer.items / 65)
    assert not dojo.start_exam().paper.full


def test_without_a_bank_for_the_exam_it_says_so(tmp_path: Path) -> None:
    dojo = Desk(tmp_path, one_domain_bank(tmp_path), shipped=False).open()
    assert dojo.exam_offer().items == 0
    with pytest.raises(UsageError, match=r"cannot fill an exam: Secure has \d+ of 19"):
        dojo.start_exam()
    deep = Desk(tmp_path / "deep", content_folder() / "kms", shipped=False).open()
    with pytest.raises(UsageError, match="No open bank follows an exam's blueprint"):
        deep.start_exam()


def test_the_shipped_banks_hold_two_sealed_papers_and_more(desk: Desk) -> None:
    dojo = desk.open()
    assert (dojo.exam_offer().sealed, dojo.exam_offer().full) == (2, True)
    items = []
    for _ in range(3):
        sitting = dojo.start_exam()
        assert counted(sitting)[0] == {"1": 15, "2": 13, "3": 12, "4": 10}
        items += [slot.item for slot in sitting.paper.slots]
        sitting.hand_in()
    assert len(set(items[:130])) == 130


def test_an_exam_is_scored_on_its_scale_with_the_range_it_proves(whole: Desk) -> None:
    dojo = whole.open()
    sitting = dojo.start_exam()
    for place in range(1, 66):
        sitting.go(place)
        whole.clock.pass_seconds(60)
        right = sitting.standing().slot.right
        sitting.select(right if place % 4 else [(right[0] + 1) % 4])
    report = sitting.hand_in()
    assert report.scaled == round(100 + 900 * report.scored_correct / 50)
    assert report.proven is not None
    assert report.proven[0] < report.scaled < report.proven[1]
    assert report.unscored[1] == 15
    assert report.seconds == 65 * 60
    entry = dojo.history_json()[-1]
    assert (entry["full"], entry["scored"], entry["items"]) == (True, 50, 65)
    assert entry["passed"] == (report.scaled >= 720)
    lines = [line for line in dojo.log_json() if line["attempt"] == sitting.id]
    assert len(lines) == 65
    assert sum(bool(line["correct"]) for line in lines if line["scored"]) == report.scored_correct


def test_a_strict_exam_runs_on_while_the_program_is_away(whole: Desk) -> None:
    dojo = whole.open()
    sitting = dojo.start_exam(strict=True)
    sitting.leave()
    whole.clock.pass_seconds(3600)
    again = whole.open().resume(sitting.id)
    assert isinstance(again, ExamSitting)
    assert again.standing().left == 70 * 60
    again.leave()
    whole.clock.pass_seconds(2 * 3600)
    over = whole.open().resume(sitting.id)
    assert isinstance(over, ExamSitting)
    assert over.finished
    ended = whole.open().history_json()[-1]["finished_at"]
    assert str(ended).startswith("2026-11-23T14:10:00")
