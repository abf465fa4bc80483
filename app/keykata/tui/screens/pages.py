"""Which screen shows an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keykata.core.errors import UsageError
from keykata.tui.screens.frame import Frame

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo


def page_of(dojo: Dojo, item: str, part: str = "") -> Frame:
    """The page of an item, at a part of it.

    Raises:
        UsageError: there is no such item.
    """
    match dojo.kind_of(item):
        case "term":
            from keykata.tui.screens.term import TermScreen

            return TermScreen(dojo.term_page(item), part=part)
        case "comparison":
            from keykata.tui.screens.comparison import ComparisonScreen

            return ComparisonScreen(dojo.comparison_page(item))
        case "guide":
            from keykata.tui.screens.guide import GuideScreen

            return GuideScreen(dojo.guide_page(item))
        case "question":
            from keykata.tui.screens.item_page import QuestionScreen

            return QuestionScreen(dojo.question_page(item))
        case _:
            raise UsageError(f"There is no page {item!r}.", hint="Look in the library.")
