"""The places of a sorter stand in columns, however wide the letters of their names are."""

from __future__ import annotations

from textual.content import Content

from keykata.practice.paper import SortChoice, SortSlot
from keykata.tui.widgets.faces import lay_sort
from keykata.tui.widgets.sheet import Sheet

NAMES = ("顧客管理のキー", "AWS managed", "所有")


def test_a_name_stands_under_its_number() -> None:
    choices = tuple(SortChoice(id=name, name=name) for name in NAMES)
    slot = SortSlot(
        card="mine:a/1", item="mine:a", title="A", say="Which?", choices=choices, fits=0, because="So."
    )
    sheet = Sheet(88)
    lay_sort(sheet, slot, cursor=1)
    lines = [row.content.plain.rstrip() for row in sheet.rows]
    place = next(at for at, line in enumerate(lines) if NAMES[0] in line)
    numbers, names = lines[place - 1], lines[place]
    for number, name in enumerate(NAMES, 1):
        assert cells(numbers, str(number)) == cells(names, name)


def cells(line: str, wanted: str) -> int:
    """The column at which something begins."""
    return Content(line[: line.index(wanted)]).cell_length
