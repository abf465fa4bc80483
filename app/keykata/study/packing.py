"""The pack for the night before: the facts most likely to be forgotten, one's own mix-ups, one's habits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from keykata.bank.markdown import plain_text
from keykata.core.days import add_days, days_between
from keykata.core.errors import UnreadableError
from keykata.core.rounding import percent
from keykata.practice.attempt import Attempt
from keykata.practice.habits import Habits, habits
from keykata.practice.paper import RecallSlot, Slot, SortSlot
from keykata.store.rows import AttemptRow
from keykata.study.phrases import plural
from keykata.study.plan_views import Pack, PackFact
from keykata.study.rooms import Rooms
from keykata.study.views import MixUp
from keykata.study.wording import slot_heading

FACTS = 40
MIXUPS = 5
HABITS = 3
LOOK_BACK = 20  # sessions: older habits are none any more

Ranked = tuple[str, float | None]  # a card, and the chance to recall it; None: it was never shown


class Packing:
    """Makes the pack."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def pack(self) -> Pack:
        """The pack for the day of the exam ahead; without one, for tomorrow."""
        rooms = self._rooms
        exam = next(iter(rooms.library.exams.values()), None)
        day = rooms.planner.exam_day() or add_days(rooms.ledger.today(), 1)
        return Pack(
            exam_code=exam.code if exam else "",
            at=day,
            exam_date=rooms.planner.exam_day(),
            facts=tuple(self._facts(day)),
            mixups=tuple(_unmarked(mixup) for mixup in rooms.mixups.all()[:MIXUPS]),
            habits=tuple(self._habits()),
        )

    def _facts(self, day: str) -> Iterator[PackFact]:
        """The most at stake first, one of each part of a page; facts never shown fill what is left."""
        found: set[str] = set()
        for card, recall in (*self._shown(day), *self._waiting()):
            part = "/".join(card.split("/")[:2])
            part = part.removesuffix("/back").removesuffix("/front")
            slot = None if part in found else self._rooms.papers.faces.of_card(card, seed=0, position=1)
            if slot is not None:
                found.add(part)
                yield _fact(slot, recall)
            if len(found) == FACTS:
                return

    def _shown(self, day: str) -> list[Ranked]:
        """Facts that were answered before, by their share of the exam x the chance to forget them."""
        rooms, weights = self._rooms, self._rooms.planner.weights
        ranked = []
        for card, item, kind, stability, _, last_day, _ in rooms.ledger.store.answered_rows():
            if kind != "question" and rooms.library.entry(item) is not None:
                recall = rooms.ledger.engine.retrievability(stability, days_between(last_day, day))
                ranked.append((weights[item] * (1.0 - recall), card, recall))
        ranked.sort(key=lambda row: (-row[0], row[1]))
        return [(card, recall) for _, card, recall in ranked]

    def _waiting(self) -> list[Ranked]:
        """One of each page in turn, those that weigh most first."""
        weights, ranks = self._rooms.planner.weights, Counter[str]()
        ranked = []
        for row in self._rooms.ledger.store.new_rows():
            if row.kind != "question":
                ranks[row.item] += 1
                ranked.append((ranks[row.item], -weights[row.item], row.card))
        return [(card, None) for _, _, card in sorted(ranked)]

    def _habits(self) -> list[str]:
        """What cost most in the last sessions, each with what helps."""
        rows = [row for row in self._rooms.ledger.store.attempts() if row.finished_at and row.objective]
        told = [pair for row in rows[-LOOK_BACK:] for pair in self._told(row)]
        return habit_lines([found for found, _ in told], [attempt for _, attempt in told])[:HABITS]

    def _told(self, row: AttemptRow) -> Iterator[tuple[Habits, Attempt]]:
        """Nothing of a session whose paper is damaged."""
        try:
            paper = self._rooms.paper(row.id)
        except UnreadableError:
            return
        attempt = self._rooms.reports.attempt(row.id, paper)
        yield habits(paper, attempt), attempt


def habit_lines(found: Sequence[Habits], attempts: Sequence[Attempt]) -> list[str]:
    """Habits in words, the one that cost most answers first."""
    lines: list[tuple[int, str]] = []
    to_right, to_wrong = sum(len(h.to_right) for h in found), sum(len(h.to_wrong) for h in found)
    if to_right + to_wrong:
        changed = f"Answers you changed: {to_right} to right, {to_wrong} to wrong."
        advice = (
            "Changing pays off: do it when you see why."
            if to_right > to_wrong
            else "Trust your first choice."
        )
        lines.append((to_wrong, f"{changed} {advice}"))
    sure = sum(len(h.sure_wrong) for h in found)
    if sure:
        lines.append((sure, f"Sure, but wrong: {plural(sure, 'time')}. Look for what rules yours out."))
    slow, right = sum(len(h.slow) for h in found), sum(len(h.slow_right) for h in found)
    if slow:
        share = f"{plural(slow, 'question')}, {right} of them right ({percent(right, slow)} %)"
        lines.append((slow, f"Over four minutes: {share}. Choose, mark it, and go on."))
    crossed = sum(len(h.crossed_out) for h in found)
    if crossed:
        lines.append((crossed, f"The right one crossed out: {plural(crossed, 'time')}. First say why."))
    causes = Counter(turn.cause for attempt in attempts for turn in attempt.turns if turn.cause)
    misread = causes["misread"]
    if misread:
        line = f"Misread: {misread} of {plural(causes.total(), 'miss', 'misses')}. Read what is asked first."
        lines.append((misread, line))
    return [line for _, line in sorted(lines, key=lambda line: -line[0])]


def _unmarked(mixup: MixUp) -> MixUp:
    return replace(mixup, question=plain_text(mixup.question))


def _fact(slot: Slot, recall: float | None) -> PackFact:
    heading, prompt, answer = slot_heading(slot), "", ""
    if isinstance(slot, SortSlot):
        prompt, answer = slot.say, f"{slot.choices[slot.fits].name}. {slot.because}"
    elif isinstance(slot, RecallSlot) and slot.gaps:
        answer = "".join(f"‹{gap.text}›" if gap.hidden else gap.text for gap in slot.gaps)
    elif isinstance(slot, RecallSlot):
        prompt, answer = slot.prompt, slot.answer
    return PackFact(
        card=slot.card,
        heading=heading,
        prompt=plain_text(prompt),
        answer=plain_text(answer),
        recall=recall,
    )
