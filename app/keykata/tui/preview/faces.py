"""An item of a file as a learner meets it, without anything that is known of the learner."""

from __future__ import annotations

from keykata.bank.model import Comparison, Item, Question, Term
from keykata.practice.paper import QuestionSlot, ShownOption
from keykata.study.bare_pages import bare_comparison, bare_term
from keykata.tui.screens.comparison import ComparisonScreen
from keykata.tui.screens.term_view import TermView
from keykata.tui.widgets.faces import Choosing, lay_question, lay_read_only
from keykata.tui.widgets.prose import prose
from keykata.tui.widgets.sheet import Sheet


def lay_item(sheet: Sheet, item: Item, *, after: bool) -> None:
    """The item before answering, or after; pages show their folded parts after."""
    if isinstance(item, Question):
        _question(sheet, item, after=after)
    elif isinstance(item, Term):
        TermView(bare_term(item), unfolded=after).lay(sheet)
    elif isinstance(item, Comparison):
        ComparisonScreen(bare_comparison(item)).lay(sheet)
        _sorter(sheet, item, after=after)
    else:
        prose(sheet, item.body)


def _question(sheet: Sheet, question: Question, *, after: bool) -> None:
    slot = QuestionSlot(
        card=question.id,
        item=question.id,
        title=question.id,
        stem=question.stem,
        ask=question.ask,
        options=tuple(ShownOption(text=o.text, right=o.right, why=o.why) for o in question.options),
        explanation=question.explanation,
    )
    if after:
        lay_read_only(sheet, slot)
    else:
        lay_question(sheet, slot, Choosing(cursor=-1))


def _sorter(sheet: Sheet, comparison: Comparison, *, after: bool) -> None:
    if comparison.sorter is None:
        return
    sheet.blank()
    sheet.heading(comparison.sorter.title)
    for scenario in comparison.sorter.scenarios:
        prose(sheet, scenario.say, lead="  • ")
        if after:
            prose(sheet, f"{scenario.fits}: {scenario.because}", indent=4)
