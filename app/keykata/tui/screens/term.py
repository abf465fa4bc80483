"""A term's page: what it is, its facts with what is known of them, the questions people ask."""

from __future__ import annotations

from textual.content import Content

from keykata.bank.model import Faq
from keykata.study.prose import concept_plain
from keykata.study.views import Link, TermPage
from keykata.study.wording import humanise, plural
from keykata.tui.actions import bindings_of
from keykata.tui.screens.item import ItemFrame
from keykata.tui.signs import FOLDED, HERE, NOT_YET, RIGHT, UNFOLDED
from keykata.tui.widgets.faces import inline_keep
from keykata.tui.widgets.prose import prose
from keykata.tui.widgets.sheet import ACCENT, DIM, GOOD, Sheet

LESSON_QUESTIONS = 5
PRACTISE = 10
LABEL_FROM, LABEL_TO = 8, 18


class TermScreen(ItemFrame):
    """A term; as a lesson it reads on with `enter` and ends with five questions."""

    BINDINGS = bindings_of("term", "lesson")
    HAS_SIDE = True

    def __init__(self, page: TermPage, *, lesson: bool = False) -> None:
        super().__init__()
        self._page = page
        self._lesson = lesson
        self._open: frozenset[str] = frozenset()

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

    def targets(self) -> tuple[str, ...]:
        """Questions people ask, related pages, and the lesson's end."""
        page = self._page
        links = (*page.comparisons, *page.confused, *page.related, *page.guides)
        found = (*(f"faq {faq.id}" for faq in page.term.faqs), *(f"page {link.id}" for link in links))
        return (*dict.fromkeys(found), "questions") if self._lesson else tuple(dict.fromkeys(found))

    # --- the page ----------------------------------------------------------------------------------------

    def lay(self, sheet: Sheet) -> None:
        """The page from the definition to the links."""
        term = self._page.term
        if self._lesson:
            sheet.text("Read on with enter; five questions follow at the end.", style=DIM)
            sheet.blank()
        prose(sheet, term.definition)
        if term.retired:
            sheet.text(f"You will also meet: {', '.join(term.retired)}.", style=DIM)
        if term.also:
            sheet.text(f"Also called: {', '.join(term.also)}.", style=DIM)
        self._exam(sheet)
        self._concepts(sheet)
        self._faqs(sheet)
        self._links(sheet)
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
            sheet.blank(soft=True)
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
                sheet.line(lead.rstrip())
                lead = Content(" " * (width + 4))
            sheet.text(inline_keep(concept_plain(concept.text)), lead=lead)
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
        sheet.text(faq.q, lead=Content.assemble((here, ACCENT), " ", sign, " "), target=target)
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
            sheet.blank(soft=True)

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
                sheet.text(link.name, target=f"page {link.id}")

    # --- the item ----------------------------------------------------------------------------------------

    def item_id(self) -> str:
        """The term."""
        return self._page.id

    def item_name(self) -> str:
        """Its name."""
        return self._page.term.name

    def addresses(self) -> tuple[str, ...]:
        """Its sources, then those of its facts."""
        term = self._page.term
        concepts = (ref for concept in term.concepts for ref in concept.refs)
        faqs = (ref for faq in term.faqs for ref in faq.refs)
        return tuple(dict.fromkeys((*term.refs, *concepts, *faqs)))

    def is_kept(self) -> bool:
        """Whether it is kept."""
        return self._page.kept

    def reload(self) -> None:
        """Read it again."""
        page = self.guarded(lambda: self.dojo.term_page(self._page.id))
        if page is not None:
            self._page = page
        self.show()

    def on_screen_resume(self) -> None:
        """Practice may have changed what is known."""
        if self.is_mounted:
            self.reload()

    # --- actions -----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """Unfold a question, open a page, begin the five questions."""
        kind, _, rest = target.partition(" ")
        if kind == "faq":
            self._open = self._open ^ {rest}
            self.show()
            self.body.show_target(target)
        elif kind == "page":
            self.keykata.open_page(rest)
        elif kind == "questions":
            self._practise(LESSON_QUESTIONS, instead=True)

    def action_enter(self) -> None:
        """In a lesson: read on, and at the end begin; else what the cursor stands on."""
        if self._lesson and self.cursor == next(iter(self.targets())):
            if self.body.more_below:
                self.body.scroll_page(1)
            else:
                self._practise(LESSON_QUESTIONS, instead=True)
        else:
            super().action_enter()

    def action_practise(self) -> None:
        """Practise it."""
        self._practise(PRACTISE)

    def _practise(self, count: int, *, instead: bool = False) -> None:
        self.keykata.sit(lambda: self.dojo.start_term(self._page.id, count=count), instead=instead)

    def action_take_on(self) -> None:
        """Its facts enter the queue."""
        entered = self.guarded(lambda: self.dojo.take_on(self._page.id))
        if entered is not None:
            self.reload()
            self.say(
                f"{plural(entered, 'fact')} taken on." if entered else "All its facts are taken on already."
            )

    def action_compare(self) -> None:
        """Open its comparison."""
        if self._page.comparisons:
            self.keykata.open_page(self._page.comparisons[0].id)
        else:
            self.say("No comparison has it.")
