"""The page for the night before, to read through once."""

from __future__ import annotations

from textual.content import Content

from keykata.core.safe import safe_line, safe_text
from keykata.study import pack_text
from keykata.study.phrases import plural
from keykata.study.plan_views import Pack
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.widgets.sheet import BOLD, DIM, Sheet


class PackScreen(Frame):
    """Facts, mix-ups and habits in one column; it only scrolls."""

    BINDINGS = bindings_of("pack")

    def __init__(self) -> None:
        super().__init__()
        self._pack: Pack | None = None

    def on_mount(self) -> None:
        """The frame first; what stands in it is asked for once."""
        self.begin(self._look, group="pack")

    async def _look(self) -> None:
        """Gather it in a thread: every answer there is tells of it."""
        self._pack = await self.apart(lambda _: self.dojo.look_at_pack())
        if self._pack is not None:
            self.show()

    def area(self) -> str:
        """The registry's area."""
        return "pack"

    def where(self) -> tuple[str, str]:
        """The name, and the day it is for."""
        return "The night before", pack_text.title(self._pack) if self._pack else ""

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("page-down", "page-up", "back")

    def lay(self, sheet: Sheet) -> None:
        """Facts first, then mix-ups and habits; how to print it stands on top."""
        pack = self._pack
        if pack is None:
            sheet.text("Looking through your answers …", style=DIM)
            return
        if pack_text.empty(pack):
            sheet.text(pack_text.NOTHING)
            return
        sheet.text("To print it:  keykata pack --html pack.html", style=DIM)
        if pack.facts:
            sheet.blank()
            sheet.heading(f"{plural(len(pack.facts), 'fact')} you may forget")
        for number, fact in enumerate(pack.facts, 1):
            lead = Content.styled(f"{number:>3}  ", DIM)
            likely = Content.styled(pack_text.recall_words(fact), DIM)
            sheet.text(Content.styled(safe_line(fact.heading), BOLD), lead=lead, right=likely)
            if fact.prompt:
                sheet.text(safe_text(fact.prompt), indent=5, style=DIM)
            sheet.text(safe_text(fact.answer), indent=5)
        if pack.mixups:
            sheet.blank()
            sheet.heading("What you mix up")
        for mixup in pack.mixups:
            sheet.text(pack_text.mixup_words(mixup), indent=2)
            if mixup.question:
                sheet.text(safe_line(mixup.question), indent=4, style=DIM)
        if pack.habits:
            sheet.blank()
            sheet.heading("Habits")
        for habit in pack.habits:
            sheet.text(habit, indent=2)

    def action_enter(self) -> None:
        """Read on."""
        self.body.scroll_page(1)
