"""What editing a bank does to progress."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from keykata.bank import clozes
from keykata.study.changes import MANY
from support.homes import Desk

BANK = "id: mine\nname: Mine\nblueprint: false\n"
QUESTION = """
questions:
  which-one:
    level: recall
    task: 1.3
    stem: A team has data.
    ask: Which key can the team disable?
    options:
      - {first}: A customer managed key in the account of the team
        why: It is theirs to switch off and on again.
      - {second}: An AWS owned key in the account of the service
        why: Nobody but the service sees it.
      - wrong: An AWS managed key in the account of the team
        why: It can be seen, not changed.
      - wrong: A data key kept beside the data of the team
        why: KMS does not keep track of it.
    explanation: Control is what the kind decides.
    refs: [https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html]
    checked: 2026-11
"""
TERM = """
id: thing
name: Thing
short: What it is.
definition: It is what it is.
concepts:
  wait: It waits =={gap}== before it goes.
refs: [https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html]
checked: 2026-11
"""


AS_NEW = {"new": 1, "learning": 0, "review": 0, "due": 0}


def bank(folder: Path, *, question: str = "", term: str = "", name: str = "thing") -> Path:
    made = folder / "mine"
    (made / "questions").mkdir(parents=True, exist_ok=True)
    (made / "terms").mkdir(exist_ok=True)
    (made / "bank.yaml").write_text(BANK, encoding="utf-8")
    for old in (made / "terms").iterdir():
        old.unlink()
    if question:
        (made / "questions" / "q.yaml").write_text(question, encoding="utf-8")
    if term:
        (made / "terms" / f"{name}.yaml").write_text(term, encoding="utf-8")
    return made


def asked(first: str = "right", second: str = "wrong") -> str:
    return QUESTION.replace("{first}", first).replace("{second}", second)


def answer_it(desk: Desk) -> None:
    sitting = desk.open().start_quiz(count=500)
    while sitting.standing().slot.item != "mine:which-one":
        sitting.skip()
    sitting.respond(sitting.standing().slot.right, "sure")
    sitting.finish()


def starts_again(desk: Desk) -> bool:
    dojo = desk.open()
    dojo.start_quiz(count=1)
    return dojo.stats_json()["cards"] == AS_NEW


def test_a_typo_fix_keeps_progress(tmp_path: Path) -> None:
    desk = Desk(tmp_path, bank(tmp_path, question=asked()))
    answer_it(desk)
    bank(
        tmp_path,
        question=asked().replace(
            "in the account of the team\n        why: It is", "in the team's account\n        why: It is"
        ),
    )
    assert not starts_again(desk)
    desk.close()


def test_another_right_answer_starts_the_card_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, bank(tmp_path, question=asked()))
    answer_it(desk)
    bank(tmp_path, question=asked("wrong", "right"))
    dojo = desk.open()
    dojo.start_quiz(count=1)
    assert dojo.stats_json()["cards"] == AS_NEW
    assert any("another right answer" in notice.text for notice in dojo.home().notices)
    desk.close()


def test_a_reworded_gap_keeps_its_progress(tmp_path: Path) -> None:
    desk = Desk(tmp_path, bank(tmp_path, term=TERM.replace("{gap}", "seven days")))
    dojo = desk.open()
    dojo.take_on("mine:thing")
    before = dojo.term_page("mine:thing").to_take_on
    bank(tmp_path, term=TERM.replace("{gap}", "7 days"))
    again = desk.open()
    assert again.term_page("mine:thing").to_take_on == before + 1
    again.start_quiz(count=1)
    assert again.term_page("mine:thing").to_take_on == before
    desk.close()


def test_was_carries_progress_over_a_rename(tmp_path: Path) -> None:
    desk = Desk(tmp_path, bank(tmp_path, term=TERM.replace("{gap}", "seven days")))
    desk.open().take_on("mine:thing")
    renamed = TERM.replace("{gap}", "seven days").replace("id: thing", "id: new-thing\nwas: thing")
    bank(tmp_path, term=renamed, name="new-thing")
    dojo = desk.open()
    dojo.start_quiz(count=1)
    assert dojo.term_page("mine:new-thing").to_take_on == 0
    desk.close()


def test_a_text_of_many_gaps_is_read_once_not_once_for_each_card(tmp_path: Path) -> None:
    gaps = "==, ==".join(f"gap {number}" for number in range(30))
    desk = Desk(tmp_path, bank(tmp_path, term=TERM.replace("{gap}", gaps)))
    dojo = desk.open()
    assert dojo.take_on("mine:thing") > 30
    reads = 0

    def count(frame: FrameType, event: str, _arg: object) -> None:
        nonlocal reads
        reads += event == "call" and frame.f_code is clozes.identities.__code__

    sys.setprofile(count)
    try:
        dojo.rooms.changes.notice()
    finally:
        sys.setprofile(None)
    assert reads == 1
    desk.close()


def many_gaps(last: str) -> str:
    gaps = " ".join(f"=={number}|gap {number}|which==" for number in range(1, 101))
    more = "".join(f"  more-{part}: It has {gaps}.\n" for part in range(MANY // 100))
    return TERM.replace("{gap}", last).replace("refs:", f"{more}refs:")


def test_of_very_many_facts_it_is_looked_beside_what_changed_and_kept_when_a_session_starts(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, bank(tmp_path, term=many_gaps("seven days")))
    desk.open().take_on("mine:thing")
    bank(tmp_path, term=many_gaps("7 days"))
    dojo = desk.open()
    lacking = dojo.term_page("mine:thing").to_take_on
    assert dojo.changes_pending()
    dojo.look_for_changes()
    assert not dojo.changes_pending()
    assert dojo.term_page("mine:thing").to_take_on == lacking
    dojo.start_quiz(count=1)
    assert dojo.term_page("mine:thing").to_take_on == lacking - 1
    desk.close()


def test_what_was_looked_up_before_the_log_grew_is_looked_up_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, bank(tmp_path, term=many_gaps("seven days")))
    dojo = desk.open()
    dojo.take_on("mine:thing")
    dojo.look_for_changes()
    dojo.set_minutes(30)
    assert dojo.changes_pending()
    desk.close()
