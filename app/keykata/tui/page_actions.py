"""The actions of pages that are read: terms, lessons, comparisons, guides and questions to read."""

from __future__ import annotations

from keykata.tui.action import Action

PAGE_ACTIONS: tuple[Action, ...] = (
    Action(
        "unfold",
        "enter",
        "enter",
        "unfold or open",
        "Unfold or open what is under the cursor",
        "enter",
        "term comparison guide item",
    ),
    Action(
        "lesson-on", "enter", "enter", "read on", "Read on; at the end, five questions", "enter", "lesson"
    ),
    Action(
        "practise-page",
        "p",
        "p",
        "practise 10",
        "Ten questions and facts of this page",
        "practise",
        "term lesson comparison",
    ),
    Action(
        "take-on",
        "a",
        "a",
        "take on",
        "Bring its facts into what is repeated",
        "take_on",
        "term lesson comparison",
    ),
    Action("sorter", "k", "k", "key sorter", "Sort cases to their places", "sorter", "comparison"),
    Action("compare", "c", "c", "compare", "Open its comparison", "compare", "term lesson"),
    Action("jump-next", "right", "→", "next", "The next question of the session", "jump(1)", "item"),
    Action("jump-before", "left", "←", "before", "The question before", "jump(-1)", "item"),
)
