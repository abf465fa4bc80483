"""What was missed and not yet right on two days, and which terms are taken for each other."""

from __future__ import annotations

from textual.content import Content

from keykata.study.phrases import date_phrase, plural
from keykata.study.views import MissedItem, MixUp
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.signs import HERE
from keykata.tui.ways import practise_hint
from keykata.tui.widgets.prose import inline
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet

COUNT = 10
RIGHT_DAYS = 2


class MissedScreen(Frame):
    """Practise them, drill a mix-up, or read one."""

    BINDINGS = bindings_of("missed")

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._items: tuple[MissedItem, ...] | None = None  # not known yet, as the next
        self._mixups: tuple[MixUp, ...] | None = None

    def on_mount(self) -> None:
        """How many there are; the rest in the background."""
        self._read()

    def on_screen_resume(self) -> None:
        """Practice changes it."""
        if self.is_mounted:
            self._read()
            self.show()

    def _read(self) -> None:
        self._count = self.dojo.missed_count()
        self.begin(self._look, group="missed")

    async def _look(self) -> None:
        """What was missed, then what is mixed up, in a thread: every answer there is tells of it."""
        items = await self.apart(lambda _: self.dojo.look_at_missed())
        if items is not None:
            self._items = items
            self.show()
        found = await self.apart(lambda _: self.dojo.look_at_mixups())
        if found is not None:
            self._mixups = found
            self.show()

    def area(self) -> str:
        """The registry's area."""
        return "missed"

    def where(self) -> tuple[str, str]:
        """How many."""
        return "Missed", plural(self._count, "question")

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", "page-down", "back")

    def targets(self) -> tuple[str, ...]:
        """Practise, mix-ups, items."""
        practise = ("practise",) if self._count else ()
        mixups = (f"mixup {place}" for place in range(len(self._mixups or ())))
        return (*practise, *mixups, *(f"item {item.item}" for item in self._items or ()))

    def lay(self, sheet: Sheet) -> None:
        """What to do, what is mixed up, every missed one."""
        if self._count:
            self._row(sheet, "practise", f"Practise {min(COUNT, self._count)} of them", "longest ago first")
        elif self._mixups == ():
            hint = practise_hint(self.dojo, " esc, then p practises.")
            sheet.text(f"Nothing was missed, or all of it was right on two days since.{hint}")
        self._lay_mixups(sheet)
        if self._items is None or (not self._count and self._mixups is None):
            if self._count:
                sheet.blank()
            sheet.text("Looking through your answers …", style=DIM)
        for item in self._items or ():
            sheet.blank()
            self._item(sheet, item)

    def _lay_mixups(self, sheet: Sheet) -> None:
        if not self._mixups:
            return
        sheet.blank()
        sheet.heading("Mixed up")
        for place, mixup in enumerate(self._mixups):
            words = f"{mixup.chosen_name} for {mixup.right_name}"
            self._row(sheet, f"mixup {place}", words, f"{mixup.times} of {mixup.of}", always=True)
            if mixup.question:
                sheet.text(inline(mixup.question), indent=4, style=DIM, target=f"mixup {place}")
        if self._count:
            sheet.blank()
            sheet.heading("Missed")

    def _item(self, sheet: Sheet, item: MissedItem) -> None:
        target = f"item {item.item}"
        last = f"right last on {date_phrase(item.last_right)}" if item.last_right else "never right yet"
        days = f"right on {item.right_days} of {RIGHT_DAYS} days" if item.right_days else last
        self._row(sheet, target, item.title, f"missed {item.missed} of {item.tries} · {days}")
        sheet.first_line(item.lead, indent=4, style=DIM, target=target)
        for note in item.notes:
            sheet.text(note, lead="    Your note  ", target=target)

    def _row(self, sheet: Sheet, target: str, words: str, right: str, *, always: bool = False) -> None:
        """A line of the list; without room its fact goes, or with `always` ends the words' last line."""
        lead = Content.assemble((HERE if self.cursor == target else " ", ACCENT), " ")
        fact = Content.styled(right, DIM)
        if always:
            sheet.text(words, lead=lead, right=fact, target=target)
        else:
            sheet.pair(words, fact, lead=lead, target=target)

    def activate(self, target: str) -> None:
        """Practise, drill or read."""
        kind, _, rest = target.partition(" ")
        if kind == "practise":
            self.keykata.sit(lambda: self.dojo.start_missed_list(COUNT))
        elif kind == "mixup" and self._mixups:
            mixup = self._mixups[int(rest)]
            self.keykata.sit(lambda: self.dojo.start_mixup(mixup.right, mixup.chosen))
        elif kind == "item":
            self.keykata.open_page(rest)
