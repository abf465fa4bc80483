"""What a sitting shows: the face of the position it stands at, header, footer, side column."""

from __future__ import annotations

from msgspec.structs import replace
from textual.content import Content

from keykata.practice.attempt import Turn
from keykata.practice.paper import LETTERS, QuestionSlot, RecallSlot, SortSlot
from keykata.study.pacing import sorter_tally
from keykata.study.phrases import about_minutes
from keykata.study.sitting import Sitting
from keykata.study.views import Standing
from keykata.study.wording import CAUSE_WORDS
from keykata.tui.action import Action
from keykata.tui.screens.choices import open_terms
from keykata.tui.screens.clocked import MARKED, ClockedFrame
from keykata.tui.signs import HERE, MARK, NOT_YET, RIGHT, WRONG
from keykata.tui.widgets.exam_words import clock_words, in_last_minutes
from keykata.tui.widgets.faces import (
    Choosing,
    lay_ahead,
    lay_answered,
    lay_question,
    lay_sort,
    lay_sorted,
    option_target,
)
from keykata.tui.widgets.fact_faces import lay_recall, rating_words
from keykata.tui.widgets.foot import MORE_BELOW
from keykata.tui.widgets.prose import inline
from keykata.tui.widgets.sheet import ACCENT, BAD, DIM, GOOD, INDENT, Sheet, Words, cut

FEW, KEYS = 6, 9  # places of a sorter: whose keys are named one by one, and that have a key
FOOTERS = {
    "question": ("choose", "confirm", "sure", "guess", "cross"),
    "recall": ("show", "undo", "back"),
    "turned": ("knew", "rate", "undo", "terms"),
    "sort": ("sort", "undo", "hide", "later", "back"),
    "answered": ("next", "terms", "source", "undo", "note"),
    "stopped": ("next", "source", "undo", "note"),
}


class SittingView(ClockedFrame):
    """Shows where a sitting stands.

    View state only: the cursor, the choice not confirmed yet, whether a fact is turned.
    """

    HAS_SIDE = True

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self._now: Standing = sitting.standing()
        self._chosen: tuple[int, ...] = ()
        self._option = 0
        self._turned = False
        self._before = ""
        self._times_hidden = False

    def seat(self) -> Sitting:
        """The session on show."""
        return self.sitting

    # --- what is shown -----------------------------------------------------------------------------------

    def area(self) -> str:
        """The registry's area, by what is on show."""
        slot, answered = self._now.slot, self._now.turn.answered
        if isinstance(slot, RecallSlot):
            return "answered" if answered else "turned" if self._turned else "recall"
        if isinstance(slot, SortSlot):
            return "stopped" if answered else "sort"
        return "answered" if answered else "question"

    def where(self) -> tuple[str, str]:
        """The title, and how far."""
        now = self._now
        ends = now.total > 1 and now.minutes_left and self.sitting.mode in ("today", "review")
        return self.heading(
            self.sitting.title,
            MARKED if now.turn.marked else "",
            f"{now.position} of {now.total}",
            about_minutes(now.minutes_left) if ends else "",
            clock_words(self.left()) if self.left() is not None else "",
        )

    def left(self) -> float | None:
        """Seconds left of a timed quiz."""
        return None if self.sitting.finished else self.sitting.left()

    def tone(self) -> str:
        """Amber in the last five minutes."""
        return "$warning" if in_last_minutes(self.left()) else DIM

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return FOOTERS[self.area()]

    def does(self, action: Action) -> bool:
        """The last answer can be taken back where there is one, and the last one left not be put off."""
        attempt, here = self.sitting.attempt, self._now.position
        if action.name == "later":
            return attempt.next_open(after=here) not in (None, here)
        if action.name == "hide":
            return self._timed_sorter()
        return attempt.answered > 0 if action.name == "undo" else super().does(action)

    def enters(self) -> bool:
        """It always goes on."""
        return True

    def footer(self) -> tuple[Action, ...]:
        """The letters are those of the options there are."""
        count = len(self._now.slot.texts)
        letters = {
            "choose": f"a-{LETTERS[:count][-1].lower()}" if count else "",
            "sort": " ".join("123456"[:count]) if count <= FEW else f"1-{min(count, KEYS)}",
        }
        return tuple(replace(a, shown=letters.get(a.name, a.shown)) for a in super().footer())

    def prompt(self) -> Words:
        """Why it was missed, how much is selected, or the ratings while they are out of view."""
        now, area = self._now, self.area()
        if area in ("answered", "stopped") and now.turn.correct is False:
            if now.turn.cause:
                return Content.styled(f"Noted: {CAUSE_WORDS[now.turn.cause]}.", DIM)
            parts: list[str | tuple[str, str]] = ["Why?"]
            for number, word in enumerate(CAUSE_WORDS.values(), 1):
                parts += ["  ", (str(number), ACCENT), f" {word}"]
            return Content.assemble(*parts)
        if area == "question" and len(now.slot.right) > 1:
            return f"{len(self._chosen)} of {len(now.slot.right)} selected"
        if area == "turned" and not now.turn.answered and self.body.more_below:
            return rating_words(now, self.page_width - len(MORE_BELOW) - 2)
        return ""

    def lay(self, sheet: Sheet) -> None:
        """The face of what is on show."""
        now = self._now
        slot = now.slot
        if isinstance(slot, RecallSlot):
            lay_recall(sheet, slot, now, turned=self._turned or now.turn.answered)
        elif isinstance(slot, SortSlot):
            if now.turn.answered:
                lay_sorted(sheet, slot, now)
            else:
                lay_sort(sheet, slot, self._option, before=self._before)
                self._lay_tally(sheet)
        elif now.turn.answered:
            lay_answered(sheet, slot, now)
            self._lay_deciding(sheet)
        else:
            lay_question(
                sheet, slot, Choosing(self._chosen, self._option, frozenset(now.turn.struck), self._aid)
            )

    def _lay_deciding(self, sheet: Sheet) -> None:
        """In the drill of a mix-up, the question that settles it."""
        if self.sitting.paper.deciding:
            sheet.blank()
            sheet.text(inline(self.sitting.paper.deciding), lead="   What decides:  ", style="bold")

    def _timed_sorter(self) -> bool:
        """Whether times are told at all: they are in a run of the sorter alone."""
        return self.sitting.mode == "drill"

    def _lay_tally(self, sheet: Sheet) -> None:
        """How the run goes; no time on show while times are hidden."""
        tally = sorter_tally(self.sitting.attempt.turns)
        if not self._timed_sorter() or not tally.answered:
            return
        parts = [f"{tally.right} of {tally.answered} right"]
        if tally.median is not None and not self._times_hidden:
            parts.append(f"median {tally.median:.1f} s")
        if tally.best_run is not None and not self._times_hidden:
            parts.append(f"best run {tally.best_run:.1f} s")
        sheet.blank(2, soft="if-fits")
        sheet.text("   ".join(parts), indent=INDENT)

    def lay_side(self, sheet: Sheet) -> None:
        """What is in this session, and after answering the terms of the item."""
        slot = self._now.slot
        if self._now.turn.answered and isinstance(slot, QuestionSlot) and slot.topics:
            sheet.heading("Terms of this question")
            for topic in slot.topics:
                name = cut(topic.name, sheet.width - 2)
                sheet.line(Content.assemble("  ", name), target=f"page {topic.id}")
            sheet.blank()
        sheet.heading("This session")
        for place, turn in self._around(len(sheet.rows)):
            good = turn.correct if turn.correct is not None else turn.rating > 1
            sign = ((RIGHT, GOOD) if good else (WRONG, BAD)) if turn.answered else (NOT_YET, DIM)
            here = HERE if place == self._now.position else " "
            lead = Content.assemble((here, ACCENT), f"{place:>3}  ", sign, "  ")
            mark = f" {MARK}" if turn.marked else ""
            title = self.sitting.paper.slots[turn.slot].title if turn.answered else ""
            name = cut(Content.styled(title, DIM), sheet.width - lead.cell_length - len(mark))
            sheet.line(Content.assemble(lead, name, mark))

    def _around(self, above: int) -> list[tuple[int, Turn]]:
        """The positions (from 1) about the present one that find room below so many lines of the side."""
        turns = self.sitting.attempt.turns
        room = max(1, self.side_height - above)
        first = max(0, min(self._now.position - 1 - room // 2, len(turns) - room))
        return list(enumerate(turns[first : first + room], first + 1))

    def action_move(self, by: int) -> None:
        """Between options; where there are none, scroll."""
        if self.area() not in ("question", "sort"):
            self.body.scroll_lines(by)
            return
        self._option = max(0, min(self._option + by, len(self._now.slot.texts) - 1))
        self.show()
        self.body.show_target(option_target(self._option))

    def action_far(self, way: int) -> None:
        """To the first option and the top of the page, or to the last and the end."""
        if self.area() in ("question", "sort"):
            self.action_move(way * len(self._now.slot.texts))
        self.body.scroll_far(way)

    # --- the item ----------------------------------------------------------------------------------------

    def item_id(self) -> str:
        """The item on show."""
        return self._now.slot.item

    def item_name(self) -> str:
        """What it is about."""
        return self._now.slot.title

    def addresses(self) -> tuple[str, ...]:
        """Its sources."""
        return self._now.slot.refs

    def is_kept(self) -> bool:
        """Whether it is kept."""
        return self._now.kept

    def action_terms(self) -> None:
        """A look at its terms."""
        slot = self._now.slot
        topics = slot.topics if isinstance(slot, QuestionSlot) else ()
        open_terms(self, tuple((topic.id, topic.name) for topic in topics) or ((slot.item, slot.title),))

    def action_hide_times(self) -> None:
        """Hide the sorter's times, or show them again."""
        if not self._timed_sorter():
            self.say("No times are told here.")
            return
        self._times_hidden = not self._times_hidden
        self.show()
        self.say("Times are hidden." if self._times_hidden else "Times are told after each answer.")

    def _lay_ahead(self) -> None:
        """While the question is read."""
        slot = self._now.slot
        if self.up and isinstance(slot, QuestionSlot) and not self._now.turn.answered:
            lay_ahead(Sheet(self.body.text_width), slot)

    def reload(self) -> None:
        """Ask the sitting again."""
        self._now = self.sitting.standing()
        self.show()
