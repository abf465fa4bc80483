"""What a dispute claims and what decides is said without the marks of Markdown, the claim with its links."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from keykata.cli.out import Out
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.pages import page_lines
from keykata.cli.plain.plan import pack_lines
from keykata.cli.plain.session import Session
from keykata.practice.form import Filter
from keykata.practice.marking import letters
from keykata.study import pack_text
from keykata.study.dojo import Dojo
from keykata.tui.screens.item_page import QuestionScreen
from keykata.tui.widgets.sheet import Sheet
from support.homes import Desk
from support.mixup_banks import queue_bank

LINK = "https://docs.aws.amazon.com/queues"
CLAIM = (
    f"    disputed: {{since: 2026-11, claim: The **blue** queue and `FIFO` do it too., links: [{LINK}]}}\n"
)
SAID = "Disputed since 2026-11: The blue queue and FIFO do it too."


@pytest.fixture
def marked(tmp_path: Path) -> Iterator[Dojo]:
    """A dojo whose one question is disputed, and whose queues are told apart by words of code."""
    bank = queue_bank(tmp_path, questions=1)
    with (bank / "questions" / "q.yaml").open("a", encoding="utf-8") as file:
        file.write(CLAIM)
    queues = bank / "comparisons" / "queues.yaml"
    text = queues.read_text(encoding="utf-8").replace("keep their order?", "keep `MessageGroupId` *order*?")
    queues.write_text(text, encoding="utf-8")
    desk = Desk(tmp_path, bank, shipped=False)
    yield desk.open()
    desk.close()


def _missed(dojo: Dojo) -> list[str]:
    """What is said when the blue queue is taken for the red one."""
    sitting = dojo.start_quiz(Filter(items=("mine:q1",)), count=1)
    texts = sitting.standing().slot.texts
    answer = letters(place for place, text in enumerate(texts) if "Blue" in text)
    out = Out(said := io.StringIO())
    Session(dojo, sitting, Ear(io.StringIO(f"{answer}\n"), out), out).run()
    return said.getvalue().splitlines()


def test_a_dispute_is_said_in_words_and_with_its_links(marked: Dojo) -> None:
    for lines in (_missed(marked), list(page_lines(marked, "mine:q1"))):
        assert lines[lines.index(SAID) + 1] == f"Link: {LINK}"


def test_the_library_shows_the_dispute_of_a_question(marked: Dojo) -> None:
    page = marked.question_page("mine:q1")
    bare = replace(page, question=replace(page.question, checked="", task=""))
    QuestionScreen(bare).lay(sheet := Sheet(76))
    shown = [row.content.plain.strip() for row in sheet.rows]
    assert shown[shown.index(SAID) + 1] == LINK
    assert shown[-1] == "mine:q1"


def test_the_night_before_says_what_decides_in_words(marked: Dojo) -> None:
    _missed(marked)
    pack = marked.pack()
    decides = "Must messages keep MessageGroupId order?"
    assert f"What decides: {decides}" in pack_lines(pack)
    assert f"  {decides}" in pack_text.markdown(pack)
    assert f"<br>{decides}</li>" in pack_text.html(pack)
