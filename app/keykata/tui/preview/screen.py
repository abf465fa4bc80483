"""The preview: the item that changed, what is wrong in it, and what the save does to learners."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from textual.content import Content

from keykata.bank.model import Item, Problem, Question
from keykata.core.safe import safe_line
from keykata.study.previewing import GONE, NO_ITEM, Preview, Shown
from keykata.tui.action import Action
from keykata.tui.actions import bindings_of
from keykata.tui.editing import edit_at
from keykata.tui.preview.faces import lay_item
from keykata.tui.preview.watching import saves
from keykata.tui.screens.frame import Frame
from keykata.tui.signs import HERE
from keykata.tui.widgets.body import Body
from keykata.tui.widgets.sheet import ACCENT, BAD, DIM, Sheet


class PreviewScreen(Frame):
    """Follows a file on save."""

    BINDINGS = bindings_of("preview")
    HAS_SIDE = True
    CURSOR_AT_FIRST = False

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._preview = Preview(path)  # until the banks are at hand
        self._shown = Shown()
        self._item = ""
        self._after = False
        self._saved = ""
        self._seen = -1  # when the file shown was saved, in nanoseconds

    def on_mount(self) -> None:
        """Read once, then at every save."""
        self._preview = Preview(self._path, self.dojo.library_around(self._path))
        self._read()
        self.run_worker(self._follow(), exclusive=True)

    async def _follow(self) -> None:
        async for _ in saves(self._path):
            self.refresh_file()

    def refresh_file(self) -> None:
        """Read the file again, and go to what changed."""
        before = (self._shown, self._saved, self._item)
        self._read()
        if (self._shown, self._saved, self._item) != before:
            self.show(top=self._item != before[2])

    def _read(self) -> None:
        stamp, seen = self._stamp()
        shown = self._preview.read()
        if seen == self._seen and not shown.changed and shown.problems == self._shown.problems:
            return  # nothing was saved: what the last save did stays on show
        self._saved, self._seen, self._shown = stamp, seen, shown
        ids = [item.id for item in shown.items]
        if shown.changed:
            self._item = shown.changed
        elif self._item not in ids:
            self._item = ids[0] if ids else ""

    def _stamp(self) -> tuple[str, int]:
        try:
            saved = self._path.stat().st_mtime_ns
        except OSError:
            return "", 0
        return f"{datetime.fromtimestamp(saved // 10**9, UTC).astimezone():%H:%M:%S}", saved

    # --- what it says ------------------------------------------------------------------------------------

    def area(self) -> str:
        """The registry's area."""
        return "preview"

    def where(self) -> tuple[str, str]:
        """The file, when it was saved, how much to look at."""
        count = len(self._shown.problems)
        saved = f"saved {self._saved}" if self._saved else "not there"
        name = "/".join(self._path.parts[-3:]) if self._path.is_absolute() else str(self._path)
        return f"Preview · {safe_line(name)}", f"{saved} · {count or 'nothing'} to look at"

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("turn", "item-next", "next-problem", "edit", "quit")

    def does(self, action: Action) -> bool:
        """What needs an item, another one, or a problem."""
        needs = {
            "turn": len(self._shown.items) > 0,
            "item-next": len(self._shown.items) > 1,
            "next-problem": len(self._shown.problems) > 0,
        }
        return needs.get(action.name, True) and super().does(action)

    def targets(self) -> tuple[str, ...]:
        """The problems on show."""
        return tuple(f"problem {place}" for place in range(len(self._problems())))

    def lay(self, sheet: Sheet) -> None:
        """Which item, the save's effect, the item, its problems where there is no side column."""
        item = self._current()
        # an error stands above the item, so that its caret is in view however long the item is
        first = not self.sided and item is not None and item.id in self._shown.stale
        if item is None:
            sheet.text(GONE if self._shown.missing else NO_ITEM, style=DIM)
        else:
            self._line(sheet, item)
        if self._shown.effect:
            sheet.text(self._shown.effect, lead=Content.styled("This save  ", DIM), style=ACCENT)
        if item is not None:
            if item.id in self._shown.stale:
                words = GONE if self._shown.missing else "An error is in the way: this is how it was before."
                sheet.text(words, style=BAD)
            if first:
                sheet.blank()
                self._lay_problems(sheet)
            sheet.blank()
            lay_item(sheet, item, after=self._after)
        if not self.sided and not first:
            sheet.blank()
            self._lay_problems(sheet)

    def lay_side(self, sheet: Sheet) -> None:
        """The problems, beside the item."""
        self._lay_problems(sheet)

    def _line(self, sheet: Sheet, item: Item) -> None:
        place = [one.id for one in self._shown.items].index(item.id) + 1
        facts = [f"{place} of {len(self._shown.items)}"]
        if isinstance(item, Question):
            facts += [f"task {item.task}"] if item.task else []
            facts.append(item.level)
        facts += [f"checked {item.checked}"] if item.checked else []
        left = Content.assemble((item.id, "bold"), "   ", ("   ".join(facts), DIM))
        sheet.text(left, right=Content.styled("after" if self._after else "before", ACCENT))

    def _lay_problems(self, sheet: Sheet) -> None:
        problems = self._problems()
        for number, problem in enumerate(problems):
            self._problem(sheet, problem, f"problem {number}")
        if not problems:
            sheet.text("Nothing to look at in this item.", style=DIM)
        elsewhere = len(self._shown.problems) - len(problems)
        if elsewhere:
            sheet.text(f"{elsewhere} more in other items of the file: ← → shows them.", style=DIM)

    def _problem(self, sheet: Sheet, problem: Problem, target: str) -> None:
        place = f"{problem.place.line}:{problem.place.column}"
        style = BAD if problem.severity == "error" else ACCENT
        deep = 4 if self.sided else 9
        here = HERE if self.cursor == target else " "
        head = Content.assemble(f"{place:<7}", (problem.code, style), f"   {problem.severity}")
        sheet.text(head, lead=Content.assemble((here, ACCENT), " "), target=target)
        sheet.text(safe_line(problem.message), indent=deep, target=target)
        excerpt = safe_line(problem.excerpt)
        if problem.severity == "error" and excerpt.strip():
            start = max(0, problem.place.column - 1 - (sheet.width - deep) // 2)
            sheet.line(
                Content(" " * deep + excerpt[start : start + sheet.width - deep]), target=target, style=DIM
            )
            sheet.line(
                Content(" " * (deep + problem.place.column - 1 - start) + "^"), target=target, style=BAD
            )
        if problem.hint:
            sheet.text(safe_line(problem.hint), indent=deep, style=DIM, target=target)

    def _current(self) -> Item | None:
        return next((item for item in self._shown.items if item.id == self._item), None)

    def _problems(self) -> tuple[Problem, ...]:
        """Those of the item on show and of the file as a whole, and of items that cannot be shown."""
        seen = {item.id for item in self._shown.items} - {self._item}
        return tuple(problem for problem in self._shown.problems if problem.item not in seen)

    # --- what it does ------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """A press on a problem opens the editor at its line."""
        self.cursor = target
        self.action_edit()

    def action_turn(self) -> None:
        """Before or after answering."""
        self._after = not self._after
        self.show(top=True)

    def action_jump(self, by: int) -> None:
        """Another item."""
        ids = [item.id for item in self._shown.items]
        place = ids.index(self._item) + by if self._item in ids else 0
        if not 0 <= place < len(ids):
            self.say("That was the last item of the file." if by > 0 else "This is the first one.")
            return
        self._item, self.cursor = ids[place], ""
        self.show(top=True)

    def action_move(self, by: int) -> None:
        """Arrows scroll; `]` goes through the problems."""
        self.body.scroll_lines(by)

    def action_problem(self) -> None:
        """The next problem of this item, else the next item that has one."""
        names = self.targets()
        place = names.index(self.cursor) + 1 if self.cursor in names else 0
        if place >= len(names):
            place = 0
            self._next_item_with_problems()
        names = self.targets()
        self.cursor = names[place] if names else ""
        if not names:
            self.say("There is no problem in this file.")
            return
        self.show()
        (self.body if not self.sided else self._side()).show_target(self.cursor)

    def _side(self) -> Body:
        return self.query_one("#side", Body)

    def _next_item_with_problems(self) -> None:
        ids = [item.id for item in self._shown.items]
        bad = {problem.item for problem in self._shown.problems}
        at = ids.index(self._item) + 1 if self._item in ids else 0
        self._item = next((one for one in (*ids[at:], *ids[:at]) if one in bad), self._item)

    def action_edit(self) -> None:
        """Open the editor at the problem under the cursor, else at the item."""
        item, names = self._current(), self.targets()
        line = item.place.line if item else 1
        if self.cursor in names:
            line = self._problems()[names.index(self.cursor)].place.line
        said = edit_at(self.keykata, str(self._path), line)
        self.refresh_file()
        if said:
            self.say(said)
