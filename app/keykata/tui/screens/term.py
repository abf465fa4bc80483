"""A term's page, and what its keys do."""

from __future__ import annotations

from keykata.study.phrases import taken_on_phrase
from keykata.tui.actions import bindings_of
from keykata.tui.screens.term_view import TermView

LESSON_QUESTIONS = 5
PRACTISE = 10


class TermScreen(TermView):
    """A term; as a lesson it reads on with `enter` and ends with five questions."""

    BINDINGS = bindings_of("term", "lesson")

    def on_mount(self) -> None:
        """At the part that was looked for."""
        self.call_after_refresh(self._show_part)

    def _show_part(self) -> None:
        if f"faq {self._part}" in self.targets():
            self.cursor = f"faq {self._part}"
            self.show()
        self.body.show_target(self.cursor or f"concept {self._part}")

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
        """What the cursor stands on; without one read on, and at the end of a lesson begin."""
        if self._lesson and not self.cursor and not self.body.more_below:
            self.activate("questions")
        else:
            super().action_enter()
            self.show()

    def action_practise(self) -> None:
        """Practise it."""
        self._practise(PRACTISE)

    def _practise(self, count: int, *, instead: bool = False) -> None:
        self.keykata.sit(lambda: self.dojo.start_term(self._page.id, count=count), instead=instead)

    def action_take_on(self) -> None:
        """Its facts enter the queue."""
        self.kept(lambda: self.dojo.take_on(self._page.id), self._taken_on)

    def _taken_on(self, entered: int) -> None:
        self.reload()
        self.say(taken_on_phrase(entered))

    def action_compare(self) -> None:
        """Open its comparison."""
        if self._page.comparisons:
            self.keykata.open_page(self._page.comparisons[0].id)
        else:
            self.say("No comparison has it.")
