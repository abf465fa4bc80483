"""The gaps of a fact: words of code in them, and in their hints, stand without the marks of Markdown."""

from __future__ import annotations

from keykata.practice.attempt import Turn
from keykata.practice.paper import Gap, RecallSlot
from keykata.study.views import Standing
from keykata.tui.signs import GAP
from keykata.tui.widgets.fact_faces import lay_recall
from keykata.tui.widgets.sheet import Sheet

GAPS = (
    Gap(text="Call "),
    Gap(text="`AssumeRole`", hidden=True, hint="a *call* of `sts`"),
    Gap(text=" first."),
)


def _shown(*, turned: bool) -> str:
    slot = RecallSlot(card="mine:a/b/w1", item="mine:a", recall="concept", title="A", gaps=GAPS)
    sheet = Sheet(80)
    lay_recall(sheet, slot, Standing(1, 1, slot, Turn(slot=0)), turned=turned)
    return "\n".join(row.content.plain for row in sheet.rows)


def test_a_hint_is_shown_in_words() -> None:
    assert f"Call {GAP * 8} (a call of sts) first." in _shown(turned=False)


def test_a_turned_gap_is_shown_in_words() -> None:
    assert "Call ‹AssumeRole› first." in _shown(turned=True)
