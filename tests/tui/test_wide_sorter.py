"""A sorter of more places than a question has options: each can be answered, and the log tells it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.cli.out import Out
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.session import Session
from keykata.study.dojo import Dojo
from support.homes import Desk
from support.screens import SMALL, app_of, text

SORTER = "wide:sizes"
NAMES = ("one", "two", "three", "four", "five", "six", "seven")


@pytest.fixture
def wide_sorter(tmp_path: Path) -> Iterator[Dojo]:
    """A dojo with a comparison of seven, of which one scenario fits the last."""
    bank = tmp_path / "wide"
    for kind in ("terms", "comparisons"):
        (bank / kind).mkdir(parents=True)
    (bank / "bank.yaml").write_text("id: wide\nname: Wide\nblueprint: false\n", encoding="utf-8")
    for name in NAMES:
        term = f"id: {name}\nname: {name.title()}\nshort: As many as {name}.\ndefinition: It is {name}.\n"
        (bank / "terms" / f"{name}.yaml").write_text(term, encoding="utf-8")
    subjects = "".join(f"  s-{name}: {{term: {name}, as: a {name}}}\n" for name in NAMES)
    cells = "".join(f"    s-{name}: Always {name}\n" for name in NAMES)
    (bank / "comparisons" / "sizes.yaml").write_text(
        f"id: sizes\ntitle: Sizes\nsubjects:\n{subjects}aspects:\n  size:\n    label: Size\n"
        f"    ask: How large is {{subject}}?\n{cells}sorter:\n  title: Size sorter\n  rule: Count.\n"
        "  scenarios:\n    week: {say: The days of a week., fits: s-seven, because: It is.}\n",
        encoding="utf-8",
    )
    desk = Desk(tmp_path, bank, shipped=False)
    yield desk.open()
    desk.close()


async def test_the_seventh_place_has_a_key_and_is_told_by_the_log(wide_sorter: Dojo) -> None:
    app = app_of(wide_sorter)
    async with app.run_test(size=SMALL) as pilot:
        app.sit(lambda: wide_sorter.start_sorter(SORTER, count=1, seed=1))
        await pilot.pause()
        assert "1-7 answer" in text(app)
        await pilot.press("7")
        (line,) = wide_sorter.log_json()
    assert (line["chosen"], line["right"], line["correct"]) == (["G"], ["G"], True)


def test_the_seventh_place_can_be_said_in_plain_mode(wide_sorter: Dojo) -> None:
    said = io.StringIO()
    sitting = wide_sorter.start_sorter(SORTER, count=1, seed=1)
    Session(wide_sorter, sitting, Ear(io.StringIO("8\n7\n"), Out(said)), Out(said)).run()
    lines = said.getvalue().splitlines()
    assert "There is no option 8. Say 1 to 7, or help. Nothing was saved." in lines
    assert "Right." in lines
