"""Questions to read, never asked from here: one of the library, and those of a finished session."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from keykata.practice.paper import QuestionSlot, RecallSlot, ShownOption, SortSlot
from keykata.study.faces import argument_of
from keykata.study.page_views import QuestionPage
from keykata.study.phrases import plural
from keykata.study.views import Report, Standing
from keykata.study.wording import answer_words, slipped_phrase
from keykata.tui.action import Action
from keykata.tui.actions import bindings_of
from keykata.tui.screens.choices import open_terms
from keykata.tui.screens.item import ItemFrame
from keykata.tui.signs import WRONG
from keykata.tui.widgets.faces import lay_answered, lay_read_only, lay_sorted
from keykata.tui.widgets.fact_faces import lay_recall
from keykata.tui.widgets.sheet import BAD, DIM, Sheet


class QuestionScreen(ItemFrame):
    """A question of the library with its answer."""

    BINDINGS = bindings_of("item")

    def __init__(self, page: QuestionPage) -> None:
        super().__init__()
        self._page = page

    def area(self) -> str:
        """The registry's area."""
        return "item"

    def where(self) -> tuple[str, str]:
        """What it is about, and how it went so far."""
        page = self._page
        tries = (
            f"{page.right} of {plural(page.tries, 'try', 'tries')} right" if page.tries else "not asked yet"
        )
        return f"Library / {self.item_name()}", ("kept · " if page.kept else "") + tries

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("terms", "source", "note", "keep", "back")

    def does(self, action: Action) -> bool:
        """Its terms can be looked at where it names some."""
        return bool(self._page.topics) if action.name == "terms" else super().does(action)

    def lay(self, sheet: Sheet) -> None:
        """The question and its answer, and what I wrote."""
        question = self._page.question
        options = tuple(ShownOption(text=o.text, right=o.right, why=o.why) for o in question.options)
        slot = QuestionSlot(
            card=self._page.id,
            item=self._page.id,
            title=self.item_name(),
            stem=question.stem,
            ask=question.ask,
            options=options,
            explanation=question.explanation,
            disputed=argument_of(question),
        )
        lay_read_only(sheet, slot)
        if self._page.slipped:
            sheet.blank(soft="if-fits")
            sheet.text(slipped_phrase(self._page.slipped), style="$warning")
        for note in self._page.notes:
            sheet.blank(soft="if-fits")
            sheet.text(note, lead="Your note  ")
        sheet.blank(soft="if-fits")
        facts = [
            self._page.id,
            f"task {question.task}" if question.task else "",
            f"checked {question.checked}" if question.checked else "",
        ]
        sheet.text(" · ".join(fact for fact in facts if fact), style=DIM)

    def action_enter(self) -> None:
        """Read on."""
        self.body.scroll_page(1)

    def action_terms(self) -> None:
        """A look at its terms."""
        open_terms(self, tuple((link.id, link.name) for link in self._page.topics))

    def action_jump(self, by: int) -> None:
        """There is nothing beside it."""
        self.say("Nothing comes after it here." if by > 0 else "Nothing comes before it here.")

    def item_id(self) -> str:
        """The question."""
        return self._page.id

    def item_name(self) -> str:
        """Its first term."""
        return self._page.topics[0].name if self._page.topics else "Question"

    def addresses(self) -> tuple[str, ...]:
        """Its sources."""
        return self._page.question.refs

    def is_kept(self) -> bool:
        """Whether it is kept."""
        return self._page.kept

    def reload(self) -> None:
        """Read it again."""
        page = self.guarded(lambda: self.dojo.question_page(self._page.id))
        if page is not None:
            self._page = page
        self.show()


class AnswersScreen(ItemFrame):
    """What a session asked and how it was answered, one after the other."""

    BINDINGS = bindings_of("item")

    def __init__(self, report: Report, positions: Sequence[int], position: int) -> None:
        super().__init__()
        self._report = report
        self._positions = tuple(positions)
        self._place = self._positions.index(position) if position in self._positions else 0

    def area(self) -> str:
        """The registry's area."""
        return "item"

    def where(self) -> tuple[str, str]:
        """The session, and which one."""
        return f"{self._report.title} / answers", f"{self._place + 1} of {len(self._positions)}"

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("jump-next", "jump-before", "terms", "source", "back")

    def does(self, action: Action) -> bool:
        """There is one after all but the last, and one before all but the first."""
        if action.name == "jump-next":
            return self._place + 1 < len(self._positions)
        return self._place > 0 if action.name == "jump-before" else super().does(action)

    def _standing(self) -> Standing:
        position = self._positions[self._place]
        turn = self._report.attempt.turns[position - 1]
        slot = self._report.paper.slots[turn.slot]
        return Standing(position, len(self._report.attempt.turns), slot, turn)

    def lay(self, sheet: Sheet) -> None:
        """As it stood after answering; a question of its own part before."""
        now = self._standing()
        slot = now.slot
        if isinstance(slot, RecallSlot):
            lay_recall(sheet, slot, now, turned=True)
        elif not now.turn.answered and isinstance(slot, QuestionSlot):
            if self._report.paper.feedback == "end":
                sheet.text(
                    f"Left blank. {answer_words(slot)}", lead=Content.styled(f"{WRONG}  ", BAD), style=BAD
                )
                sheet.blank()
            lay_read_only(sheet, slot)
        elif isinstance(slot, SortSlot):
            lay_sorted(sheet, slot, now)
        else:
            lay_answered(sheet, slot, now, whole=True)

    def action_enter(self) -> None:
        """Read on, then the next."""
        if self.body.more_below:
            self.body.scroll_page(1)
        else:
            self.action_jump(1)

    def action_jump(self, by: int) -> None:
        """Another of the session."""
        place = self._place + by
        if not 0 <= place < len(self._positions):
            self.say("That was the last one." if by > 0 else "This is the first one.")
            return
        self._place = place
        self.show(top=True)

    def action_terms(self) -> None:
        """A look at its terms."""
        slot = self._standing().slot
        topics = slot.topics if isinstance(slot, QuestionSlot) else ()
        open_terms(self, tuple((topic.id, topic.name) for topic in topics) or ((slot.item, slot.title),))

    def item_id(self) -> str:
        """The item."""
        return self._standing().slot.item

    def item_name(self) -> str:
        """What it is about."""
        return self._standing().slot.title

    def addresses(self) -> tuple[str, ...]:
        """Its sources."""
        return self._standing().slot.refs

    def is_kept(self) -> bool:
        """Whether it is kept."""
        return self.dojo.is_kept(self.item_id())
