"""Which sealed papers are left, whatever banks are opened beside, and on whichever computer they were sat."""

from __future__ import annotations

from pathlib import Path

from keykata.core.event import ATTEMPT_FINISHED, ATTEMPT_STARTED, Draft
from keykata.practice.paper import Paper, encode_paper
from keykata.store.store import open_store
from keykata.study.dojo import Dojo
from keykata.study.exam_sitting import ExamSitting
from keykata.study.ledger import Ledger
from support.exam_folder import exam_bank
from support.homes import Desk

OLD = "01HZZZZZZZZZZZZZZZZZZZZZZZ"


def bank(folder: Path, name: str) -> Path:
    """A bank of that id with two sealed papers."""
    made = exam_bank(folder / name, per_task=18, sealed=2)
    header = (made / "bank.yaml").read_text()
    (made / "bank.yaml").write_text(header.replace("id: whole", f"id: {name}"))
    return made


def items(paper: Paper) -> set[str]:
    return {slot.item for slot in paper.slots}


def beside(desk: Desk, *banks: Path) -> Dojo:
    """The same home with other banks."""
    desk.close()
    again = Desk(desk.folder, *banks, shipped=False)
    again.clock = desk.clock
    return again.open()


def sat_by_an_older_version(desk: Desk, paper: Paper, number: int) -> None:
    """An exam handed in, of which one number over all banks is kept."""
    desk.close()
    store = open_store(desk.places.home, entropy=desk.entropy, machine="desk")
    body = {
        "v": 1,
        "mode": "exam",
        "title": paper.title,
        "seed": paper.seed,
        "feedback": "end",
        "items": len(paper.slots),
        "full": True,
        "filter": {"sealed": number},
    }
    drafts = [Draft(ATTEMPT_STARTED, body, OLD), Draft(ATTEMPT_FINISHED, {"v": 1, "used": 60.0}, OLD)]
    Ledger(store, desk.clock).append(drafts, snapshot=encode_paper(paper))
    store.close()


def test_a_bank_that_comes_before_takes_no_paper_for_another(tmp_path: Path) -> None:
    first, later = bank(tmp_path, "alps"), bank(tmp_path, "mine")
    desk = Desk(tmp_path, later, shipped=False)
    sat = desk.open().start_exam()
    sat.hand_in()
    dojo = beside(desk, first, later)
    assert dojo.exam_offer().sealed == 3
    rest = [dojo.start_exam().paper for _ in range(3)]
    shown = set().union(*map(items, rest))
    assert len(shown) == 3 * 65
    assert not shown & items(sat.paper)
    assert dojo.exam_offer().sealed == 0


def test_what_an_older_version_sat_is_told_by_its_questions(tmp_path: Path) -> None:
    first, later = bank(tmp_path, "alps"), bank(tmp_path, "mine")
    desk = Desk(tmp_path, later, shipped=False)
    probe = Desk(tmp_path / "probe", later, shipped=False)
    one, two = (probe.open().start_exam().paper for _ in range(2))
    probe.close()
    sat_by_an_older_version(desk, two, 2)
    alone = desk.open()
    assert items(alone.start_exam().paper) == items(one)
    dojo = beside(desk, first, later)
    assert dojo.exam_offer().sealed == 2
    again = [dojo.start_exam().paper for _ in range(2)]
    assert not set().union(*map(items, again)) & (items(one) | items(two))


def test_an_exam_ended_by_a_computer_whose_clock_is_behind_is_sat(tmp_path: Path) -> None:
    made = bank(tmp_path, "mine")
    here, there = (Desk(tmp_path / name, made, shipped=False) for name in ("here", "there"))
    there.clock.pass_seconds(-7200)
    begun = here.open().start_exam()
    begun.leave()
    here.close()
    dojo = there.open()
    dojo.merge(here.places.home)
    sitting = dojo.resume(begun.id)
    assert isinstance(sitting, ExamSitting)
    sitting.select([0])
    sitting.hand_in()
    assert dojo.exam_offer().sealed == 1
    assert not items(dojo.start_exam().paper) & items(begun.paper)
