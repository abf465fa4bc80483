"""A comparison: a table where it fits, blocks where it does not, and the questions that decide."""

from __future__ import annotations

from textual.content import Content

from keykata.study.page_views import ComparisonPage
from keykata.study.phrases import plural, taken_on_phrase
from keykata.tui.action import Action
from keykata.tui.actions import bindings_of
from keykata.tui.screens.item import ItemFrame, enter_says
from keykata.tui.signs import HERE
from keykata.tui.widgets.prose import grid, inline, prose
from keykata.tui.widgets.sheet import ACCENT, DIM, Row, Sheet

TABLE_SUBJECTS = 3
TABLE_FROM = 76
LABEL = 22
NAME_INDENT = 4  # of a subject, where its cell stands beside or under it


class ComparisonScreen(ItemFrame):
    """Subjects side by side; the cursor stands on a row and shows what is behind it."""

    BINDINGS = bindings_of("comparison")

    def __init__(self, page: ComparisonPage) -> None:
        super().__init__()
        self._page = page

    def area(self) -> str:
        """The registry's area."""
        return "comparison"

    def where(self) -> tuple[str, str]:
        """Its title, and how much is known."""
        page = self._page
        return f"Library / {page.comparison.title}", f"{page.known} of {plural(page.total, 'fact')} known"

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        take = ("take-on",) if self._page.to_take_on else ()
        return ("unfold", "sorter", "practise-page", *take, "source", "back")

    def footer(self) -> tuple[Action, ...]:
        """`enter` shows a row's source, or opens a page."""
        return enter_says(super().footer(), "its source" if self.cursor.startswith("row") else "open")

    def targets(self) -> tuple[str, ...]:
        """Its rows, then its subjects."""
        rows = tuple(f"row {aspect.id}" for aspect in self._page.comparison.aspects)
        return (*rows, *(f"page {link}" for link in dict.fromkeys(self._page.links.values())))

    # --- the page ----------------------------------------------------------------------------------------

    def lay(self, sheet: Sheet) -> None:
        """Table or blocks, what decides, and the subjects' pages."""
        page = self._page
        if len(page.comparison.subjects) <= TABLE_SUBJECTS and sheet.width >= TABLE_FROM:
            self._table(sheet)
        else:
            self._blocks(sheet)
        if page.comparison.decide:
            sheet.blank()
            sheet.heading("The question that decides")
            for decision in page.comparison.decide:
                name = page.names[decision.subject]
                words = inline(decision.condition) if decision.condition else Content("Else")
                sheet.text(words, indent=2, right=Content.styled(name, ACCENT))
        sheet.blank()
        sheet.heading("Pages")
        for link in dict.fromkeys(page.links.values()):
            here = HERE if self.cursor == f"page {link}" else " "
            names = ", ".join(page.names[subject] for subject, its in page.links.items() if its == link)
            sheet.text(names, lead=Content.assemble((here, ACCENT), " "), target=f"page {link}")

    def _table(self, sheet: Sheet) -> None:
        page = self._page
        subjects = page.comparison.subjects
        column = (sheet.width - LABEL) // len(subjects)
        widths = [LABEL, *([column] * len(subjects))]
        names = [Content(page.names[subject.id]) for subject in subjects]
        grid(sheet, [[Content(""), *names]], widths)
        sheet.blank(soft="if-fits")
        for aspect in page.comparison.aspects:
            target = f"row {aspect.id}"
            own = Sheet(sheet.width)
            here = HERE if self.cursor == target else " "
            label = Content.assemble((here, ACCENT), f" {aspect.label}")
            cells = [inline(aspect.cells.get(subject.id, "")) for subject in subjects]
            grid(own, [[_hung(label), *cells]], widths, bold_head=False)
            sheet.rows += [Row(row.content, target) for row in own.rows]
            self._why(sheet, target, aspect.why)

    def _why(self, sheet: Sheet, target: str, why: str) -> None:
        if why and self.cursor == target:
            prose(sheet, why, indent=LABEL, style=DIM, target=target)

    def _blocks(self, sheet: Sheet) -> None:
        page = self._page
        for aspect in page.comparison.aspects:
            target = f"row {aspect.id}"
            here = HERE if self.cursor == target else " "
            sheet.text(
                Content.styled(aspect.label, "bold"),
                lead=Content.assemble((here, ACCENT), " "),
                target=target,
            )
            for subject in page.comparison.subjects:
                cell = inline(aspect.cells.get(subject.id, ""))
                _named_cell(sheet, page.names[subject.id], cell, target)
            if aspect.why and self.cursor == target:
                prose(sheet, aspect.why, indent=4, style=DIM, target=target)
            sheet.blank(soft="if-fits")

    # --- the item ----------------------------------------------------------------------------------------

    def item_id(self) -> str:
        """The comparison."""
        return self._page.id

    def item_name(self) -> str:
        """Its title."""
        return self._page.comparison.title

    def addresses(self) -> tuple[str, ...]:
        """Sources of the row under the cursor first."""
        comparison = self._page.comparison
        rows = sorted(comparison.aspects, key=lambda aspect: f"row {aspect.id}" != self.cursor)
        return tuple(dict.fromkeys((*(ref for aspect in rows for ref in aspect.refs), *comparison.refs)))

    def reload(self) -> None:
        """Read it again."""
        page = self.guarded(lambda: self.dojo.comparison_page(self._page.id))
        if page is not None:
            self._page = page
        self.show()

    def on_screen_resume(self) -> None:
        """Practice may have changed what is known."""
        if self.is_mounted:
            self.reload()

    # --- actions -----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """A row shows its source, a subject opens its page."""
        kind, _, rest = target.partition(" ")
        self.cursor = target
        if kind == "page":
            self.keykata.open_page(rest)
        elif kind == "row":
            self.action_source()

    def action_sorter(self) -> None:
        """The sorter of this comparison."""
        self.keykata.sit(lambda: self.dojo.start_sorter(self._page.id))

    def action_practise(self) -> None:
        """Cells and sorter scenarios."""
        self.keykata.sit(lambda: self.dojo.start_comparison(self._page.id))

    def action_take_on(self) -> None:
        """Its facts enter the queue."""
        self.kept(lambda: self.dojo.take_on(self._page.id), self._taken_on)

    def _taken_on(self, entered: int) -> None:
        self.reload()
        self.say(taken_on_phrase(entered))


def _named_cell(sheet: Sheet, name: str, cell: Content, target: str) -> None:
    """A cell after its subject's name; under it where the name would leave a strip of a few letters."""
    lead = Content.styled(f"{' ' * NAME_INDENT}{name}: ", DIM)
    if lead.cell_length <= sheet.width // 2 or lead.cell_length + cell.cell_length <= sheet.width:
        sheet.text(cell, lead=lead, target=target)
    else:
        sheet.text(f"{name}:", indent=NAME_INDENT, style=DIM, target=target)
        sheet.text(cell, indent=NAME_INDENT + 2, target=target)


def _hung(label: Content) -> Content:
    """A label that wraps under its first word, not under the sign."""
    lines = label[2:].wrap(LABEL - 4)
    if len(lines) < 2:
        return label
    rest = [Content.assemble("  ", line.rstrip()) for line in lines[1:]]
    return Content("\n").join([Content.assemble(label[:2], lines[0].rstrip()), *rest])
