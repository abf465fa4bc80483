"""A term's page: what it is, its facts with what is known of them, the questions people ask."""

from __future__ import annotations

from textual.content import Content

from keykata.bank.model import Faq
from keykata.study.page_views import Link, TermPage
from keykata.study.phrases import plural
from keykata.study.prose import concept_plain
from keykata.study.wording import humanise, slipped_phrase
from keykata.tui.action import Action
from keykata.tui.screens.item import enter_says
from keykata.tui.screens.reading import ReadingFrame
from keykata.tui.signs import FOLDED, HERE, NOT_YET, RIGHT, UNFOLDED
from keykata.tui.widgets.fact_faces import inline_keep
from keykata.tui.widgets.prose import inline, prose
from keykata.tui.widgets.sheet import ACCENT, DIM, GOOD, Sheet, cut

LABEL_FROM, LABEL_TO = 8, 18


class TermView(ReadingFrame):
    """A term; as a lesson it reads on with `enter` and ends with five questions."""

    HAS_SIDE = True

    def __init__(
        self, page: TermPage, *, lesson: bool = False, part: str = "", unfolded: bool = False
    ) -> None:
        super().__init__()
        self._part = part
        self._page = page
        self._lesson = lesson
        self._open: frozenset[str] = frozenset({part} if part else ())
        if unfolded:
            self._open = frozenset(faq.id for faq in page.term.faqs)

    def area(self) -> str:
        """The registry's area."""
        return "lesson" if self._lesson else "term"

    def where(self) -> tuple[str, str]:
        """The term, and how much of it is known."""
        page = self._page
        kept = "kept · " if page.kept else ""
        return f"Library / {page.term.name}", f"{kept}{page.known} of {plural(page.total, 'fact')} known"

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        take = ("take-on",) if self._page.to_take_on else ()
        if self._lesson:
            return ("lesson-on", *take, "source", "note", "back")
        compare = ("compare",) if self._page.comparisons else ()
        return ("unfold", "practise-page", *take, *compare, "source", "note")[:5]

    def footer(self) -> tuple[Action, ...]:
        """`enter` reads on, unfolds, opens, or begins the questions."""
        words = {"faq": "unfold", "page": "open", "questions": "begin"}
        at_end = "begin" if self._lesson and not self.body.more_below else "read on"
        return enter_says(super().footer(), words.get(self.cursor.partition(" ")[0], at_end))

    def enters(self) -> bool:
        """A lesson always goes on, to its questions in the end."""
        return self._lesson or super().enters()

    def targets(self) -> tuple[str, ...]:
        """Questions people ask, related pages, and the lesson's end."""
        page = self._page
        links = (*page.comparisons, *page.confused, *page.related, *page.guides)
        found = (*(f"faq {faq.id}" for faq in page.term.faqs), *(f"page {link.id}" for link in links))
        return (*dict.fromkeys(found), "questions") if self._lesson else tuple(dict.fromkeys(found))

    # --- the page ----------------------------------------------------------------------------------------

    def lay(self, sheet: Sheet) -> None:
        """The page from the sentence that says what it is to the links."""
        term = self._page.term
        if self._lesson:
            sheet.text("Read on with enter; five questions follow at the end.", style=DIM)
            sheet.blank()
        prose(sheet, term.short)
        sheet.blank()
        prose(sheet, term.definition)
        if term.retired or term.also:
            sheet.blank(soft="if-fits")
        if term.retired:
            sheet.text(f"You will also meet: {', '.join(term.retired)}.", style=DIM)
        if term.also:
            sheet.text(f"Also called: {', '.join(term.also)}.", style=DIM)
        self._exam(sheet)
        self._concepts(sheet)
        self._faqs(sheet)
        self._links(sheet)
        if self._page.slipped:
            sheet.blank(soft="if-fits")
            sheet.text(slipped_phrase(self._page.slipped), style="$warning")
        for note in self._page.notes:
            sheet.text(note, lead=Content.styled("Your note  ", ACCENT))
        if self._lesson:
            sheet.blank()
            self._target(sheet, "questions", Content("Five questions on it"), "about 6 min")

    def _exam(self, sheet: Sheet) -> None:
        term = self._page.term
        if not term.sensei and not term.on_exam:
            return
        sheet.blank()
        sheet.heading("What the exam wants")
        if term.sensei:
            prose(sheet, term.sensei, indent=2)
        if term.on_exam and term.sensei:
            sheet.blank(soft="if-fits")
        for entry in term.on_exam:
            prose(sheet, entry.text, lead="  • ")

    def _concepts(self, sheet: Sheet) -> None:
        if not self._page.term.concepts:
            return
        sheet.blank()
        sheet.heading("Key concepts")
        labels = [humanise(concept.id) for concept in self._page.term.concepts]
        width = min(LABEL_TO, max(LABEL_FROM, *(len(label) for label in labels)) + 2)
        for concept, label in zip(self._page.term.concepts, labels, strict=True):
            sign = self._state(concept.id)
            name = f"{label:<{width}}" if len(label) < width else f"{label}  "
            lead = Content.assemble("  ", sign, " ", name)
            if lead.cell_length > width + 4:
                sheet.line(lead.rstrip(), target=f"concept {concept.id}")
                lead = Content(" " * (width + 4))
            target = f"concept {concept.id}"
            sheet.text(inline_keep(concept_plain(concept.text)), lead=lead, target=target)
            if concept.why:
                prose(sheet, concept.why, indent=width + 4, style=DIM)
            if concept.loose:
                prose(
                    sheet,
                    concept.loose,
                    lead=Content.styled("  They say  ", DIM),
                    indent=width + 2,
                    style=DIM,
                )

    def _state(self, part: str) -> tuple[str, str]:
        fact = self._page.facts.get(part)
        if fact is None or fact.known is None:
            return " ", ""
        return (RIGHT, GOOD) if fact.known else (NOT_YET, DIM)

    def _faqs(self, sheet: Sheet) -> None:
        if not self._page.term.faqs:
            return
        sheet.blank()
        sheet.heading("Questions people ask")
        for faq in self._page.term.faqs:
            self._faq(sheet, faq)

    def _faq(self, sheet: Sheet, faq: Faq) -> None:
        target = f"faq {faq.id}"
        opened = faq.id in self._open
        here = HERE if self.cursor == target else " "
        sign = UNFOLDED if opened else FOLDED
        sheet.text(inline(faq.q), lead=Content.assemble((here, ACCENT), " ", sign, " "), target=target)
        if opened:
            prose(sheet, faq.a, indent=4, target=target)
            if faq.loose:
                prose(
                    sheet,
                    faq.loose,
                    lead=Content.styled("They say  ", DIM),
                    indent=4,
                    style=DIM,
                    target=target,
                )
            sheet.blank(soft="if-fits")

    def _links(self, sheet: Sheet) -> None:
        page = self._page
        for heading, links in (
            ("Compare", page.comparisons),
            ("Easily confused with", page.confused),
            ("Related", page.related),
            ("To read", page.guides),
        ):
            if links:
                sheet.blank()
                sheet.heading(heading)
                for link in links:
                    self._target(sheet, f"page {link.id}", Content(link.name), "")

    def _target(self, sheet: Sheet, target: str, words: Content, right: str) -> None:
        here = HERE if self.cursor == target else " "
        sheet.pair(Content.assemble((here, ACCENT), " ", words), Content.styled(right, DIM), target=target)

    def lay_side(self, sheet: Sheet) -> None:
        """Where else to look, at hand while reading."""
        page = self._page
        sheet.heading("This page")
        sheet.text(f"{page.known} of {plural(page.total, 'fact')} known")
        if page.to_take_on:
            sheet.text(f"{page.to_take_on} not taken on yet", style=DIM)
        sheet.text(f"{plural(page.questions, 'question')} on it")
        links: tuple[Link, ...] = (*page.comparisons, *page.confused, *page.related, *page.guides)
        if links:
            sheet.blank()
            sheet.heading("Near it")
            for link in dict.fromkeys(links):
                sheet.line(cut(link.name, sheet.width), target=f"page {link.id}")
