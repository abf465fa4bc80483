"""Every key that works where help was asked for, from the registry."""

from __future__ import annotations

from textual.content import Content

from keykata.tui.action import EVERYWHERE, Action
from keykata.tui.actions import actions_in, bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.widgets.foot import HELP
from keykata.tui.widgets.sheet import ACCENT, Sheet

KEY_WIDTH = 12

AREA_NAMES = {
    "home": "Home",
    "practice": "Practise",
    "choices": "A list",
    "library": "Library",
    "progress": "Progress",
    "plan": "Plan",
    "pack": "The night before",
    "search": "Search",
    "problems": "Problems",
    "report": "Report",
    "source": "Sources",
    "question": "A question, before answering",
    "answered": "A question, after answering",
    "recall": "A fact, before it is shown",
    "turned": "A fact, shown",
    "sort": "The sorter",
    "stopped": "The sorter, after a miss",
    "term": "A term",
    "lesson": "A lesson",
    "comparison": "A comparison",
    "preview": "The preview of a file",
    "guide": "A guide",
    "item": "A question to read",
    "missed": "Missed and mixed up",
    "mock": "Mock exam",
    "past": "Past sessions",
    "past-open": "A session left open",
    "exam": "A question of a test",
    "exam-list": "All questions of a test",
    "hand-in": "Handing in",
    "exam-report": "The report of a test",
}


class HelpScreen(Frame):
    """A page of keys."""

    BINDINGS = bindings_of("help")

    def __init__(self, area: str) -> None:
        super().__init__()
        self._area = area

    def where(self) -> tuple[str, str]:
        """What it helps with."""
        return "Help", AREA_NAMES.get(self._area, "")

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("back", "page-down")

    def footer(self) -> tuple[Action, ...]:
        """Its keys; it is itself what `? more` leads to."""
        return tuple(entry for entry in super().footer() if entry.name != HELP)

    def lay(self, sheet: Sheet) -> None:
        """Its own keys, then those that work everywhere."""
        found = actions_in(self._area)
        sheet.heading(AREA_NAMES.get(self._area, "Here"))
        for action in found:
            if EVERYWHERE not in action.areas:
                _key(sheet, action)
        sheet.blank()
        sheet.heading("Everywhere")
        for action in found:
            if EVERYWHERE in action.areas:
                _key(sheet, action)
        sheet.blank()
        sheet.text(
            "A click does what its key does. The wheel scrolls. ctrl+p finds every command, page and look."
        )
        sheet.text(
            "Signs: › here, ● chosen, ✓ right, ✗ wrong, * marked. "
            "KEYKATA_ASCII=1 draws them with plain letters."
        )

    def action_enter(self) -> None:
        """Read on."""
        self.body.scroll_page(1)


def _key(sheet: Sheet, action: Action) -> None:
    sheet.text(action.help, lead=Content.assemble("  ", (f"{action.shown:<{KEY_WIDTH}}", ACCENT)))
