"""Looking back at a session: every answer of it can be seen again, and what was said of a fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from keykata.tui.starts import Start
from support.homes import Desk
from support.screens import SMALL, TINY, app_of, message, text

TERM = "facts:alias"
RATINGS = (2, 4)
WORDS = ("Hard", "Easy")


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[Dojo]:
    """A dojo whose only bank holds a term with facts and no question, practised once."""
    bank = tmp_path / "facts"
    (bank / "terms").mkdir(parents=True)
    (bank / "bank.yaml").write_text("id: facts\nname: Facts\nblueprint: false\n", encoding="utf-8")
    (bank / "terms" / "alias.yaml").write_text(
        "id: alias\nname: Alias\nshort: Another name of a key.\ndefinition: A name that leads to a key.\n"
        "concepts:\n  prefix: Each begins with {{alias/}}.\n  target: It leads to {{one key}} at a time.\n",
        encoding="utf-8",
    )
    desk = Desk(tmp_path, bank, shipped=False)
    dojo = desk.open()
    sitting = dojo.start_term(TERM)
    for rating in RATINGS:
        sitting.rate(rating)
        sitting.advance()
    assert sitting.finish().facts == (0, 1, 0, 1)
    yield dojo
    desk.close()


def flat(app: KeyKataApp) -> str:
    """The words in one line."""
    return " ".join(text(app).split())


@pytest.mark.parametrize("size", [SMALL, TINY])
async def test_the_answers_of_a_session_of_facts_can_be_looked_at(facts: Dojo, size: tuple[int, int]) -> None:
    app = app_of(facts)
    async with app.run_test(size=size) as pilot:
        await pilot.press("h", "enter")
        assert "2 answers" in flat(app)
        assert "a all questions" in flat(app)
        await pilot.press("a")
        assert "1 of 2" in flat(app)
        await pilot.press("right")
        assert "2 of 2" in flat(app)
        await pilot.press("escape")
        assert "2 facts" in flat(app)


@pytest.mark.parametrize("size", [SMALL, TINY])
async def test_a_fact_of_the_past_shows_how_it_was_rated_and_asks_no_more(
    facts: Dojo, size: tuple[int, int]
) -> None:
    app = app_of(facts)
    async with app.run_test(size=size) as pilot:
        await pilot.press("h", "enter", "a")
        for word in WORDS:
            await pilot.press("end")
            assert f"You said: {word}." in flat(app)
            assert "Forgot" not in flat(app)
            await pilot.press("right")


async def test_a_session_left_between_its_last_rating_and_its_end_can_be_ended(facts: Dojo) -> None:
    sitting = facts.start_term(TERM, count=1)
    sitting.rate(3)
    sitting.leave()  # as after a fault in that moment
    app = app_of(facts, Start("resume", attempt=sitting.id))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "You said: Knew it." in flat(app)
        assert "enter next" in flat(app)
        await pilot.press("enter")
        assert "1 fact: 1 known" in flat(app)
    assert facts.open_sittings() == ()


async def test_what_is_kept_while_looking_back_can_be_let_go_there(facts: Dojo) -> None:
    app = app_of(facts)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("h", "enter", "a", "k")
        assert "Kept for good." in message(app)
        assert facts.is_kept(TERM)
        await pilot.press("k")
        assert "No longer kept." in message(app)
        assert not facts.is_kept(TERM)
