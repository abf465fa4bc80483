"""What is due, what Today would hold, and what a filter leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING

from msgspec.structs import replace

from keykata.bank.library import Library
from keykata.core.days import MINUTE, days_between
from keykata.core.digest import seeded_order
from keykata.core.errors import UsageError
from keykata.core.ids import item_of
from keykata.memory.deck import card_kind
from keykata.memory.queue import DueRow, apart, first_of_each, on_another_day, order_due, quotas
from keykata.practice.form import Candidate, Filter, matches
from keykata.study.home_views import TodayPlan
from keykata.study.ledger import Ledger
from keykata.study.shelf import Shelf
from keykata.study.siblings import Siblings
from keykata.study.today import DUE_SHARE, SECONDS, TodayItems, plan_today
from keykata.study.views import QuizPlan

ONLY_WORDS = {"weak": "weak ones", "missed": "missed", "kept": "kept", "unseen": "new ones"}
if TYPE_CHECKING:
    from keykata.memory.plan import Plan
    from keykata.study.planner import Planner

FOR_EVER = "9999-12-31"
ENOUGH = 3  # sessions' worth of cards, of which siblings are left for another day


class Queues:
    """The due queue and what is made of it."""

    def __init__(self, library: Library, ledger: Ledger, shelf: Shelf, planner: Planner) -> None:
        self._library = library
        self._ledger = ledger
        self._shelf = shelf
        self._planner = planner
        self._siblings = Siblings(library)

    def due(self) -> list[tuple[str, str]]:
        """(card, kind) of what is due now, in the order of the queue; only what the open banks still have.

        Siblings of what comes first, or was seen today, wait until tomorrow as far as that costs little.
        """
        return _pairs(self._apart(self.due_rows()))

    def due_rows(self) -> list[DueRow]:
        """What is due now in the order of the queue, siblings too.

        In the final window before an exam that is what the plan shows for the last time today, or next where
        today has none; on exam day, whatever is left.
        """
        ledger, store = self._ledger, self._ledger.store
        now, day = ledger.now(), ledger.today()
        exam = self._planner.exam_day()
        plan = self._planner.final_plan() if exam else None
        sealed = self._shelf.sealed

        @cache
        def known(item: str) -> str | None:
            entry = None if item in sealed else self._library.entry(item)
            return entry.id if entry else None

        rows = store.due_rows(FOR_EVER if exam == day else day, now, pressing=plan is not None, known=known)
        if plan is not None:
            looks = self._looks(plan)
            last = (row for row in store.rows_of([*looks]) if self._askable(row.item, sealed))
            rows = (*last, *(row for row in rows if row.card not in looks))
        aim = self._planner.weights.aim(exam) if exam else None
        return order_due(rows, day=day, engine=self._ledger.engine, aim=aim)

    def _apart(self, rows: Sequence[DueRow]) -> list[DueRow]:
        """The rows whose siblings do not come today, neighbours of different topics.

        The plan has parted the last showings before an exam already: they have no other day.
        """
        day, plan = self._ledger.today(), self._planner.final_plan()
        kept = on_another_day(
            rows,
            seen=self._met(),
            kin=lambda row: self._siblings.kin(row.card, row.kind),
            day=day,
            desired=self._ledger.retention,
            engine=self._ledger.engine,
            bound=self._looks(plan) if plan else (),
        )
        topics = {item: self._siblings.topic(item) for item in {row.item for row in kept}}
        return apart(kept, lambda row: topics[row.item])

    def _looks(self, plan: Plan) -> frozenset[str]:
        """The last showings of the plan that are still to give now."""
        done = frozenset(self._ledger.store.answered_on(self._ledger.today()))
        return frozenset(plan.looks(done))

    def _met(self) -> set[str]:
        """The names of all cards seen today."""
        seen = self._ledger.store.answered_on(self._ledger.today())
        return self._siblings.met((card, card_kind(card)) for card in seen)

    def fresh(self) -> list[tuple[str, str]]:
        """(card, kind) of cards that entered and were never answered, oldest first."""
        sealed = self._shelf.sealed
        rows = self._ledger.store.new_rows()
        return [(row.card, row.kind) for row in rows if self._askable(row.item, sealed)]

    def today(self, seed: int) -> TodayItems:
        """The items of a Today session; siblings of what comes back are begun on another day.

        Raises:
            UsageError: there is nothing at all to show.
        """
        minutes = self._ledger.minutes
        most = ENOUGH * minutes * MINUTE // SECONDS["recall"]
        due = _pairs(self._apart(self.due_rows()[:most]))
        plan = self._planner.final_plan()
        busy = {card for card, _ in due}
        met = self._met() | self._siblings.met(due)
        fresh = self.fresh()
        new = self._begin(fresh, met)
        met |= self._siblings.met(new)
        questions = self._first_of_each(
            ((item, "question") for item in self._questions(seed) if item not in busy),
            met,
            most=minutes * MINUTE // SECONDS["question"],
        )
        begun = self._ledger.store.new_today(self._ledger.today())
        items = plan_today(
            due=due,
            new=new,
            questions=[item for item, _ in questions],
            minutes=minutes,
            new_left=0 if plan or self._exam_today() else max(0, self._ledger.new_per_day - begun),
            share=plan.share if plan else DUE_SHARE,
        )
        if not items.cards and not items.questions:
            raise self._nothing()
        begins = frozenset(items.new)
        return replace(items, waiting=sum(card not in begins for card, _ in fresh))

    def _nothing(self) -> UsageError:
        """All that may be asked today was, or only pages to read are open; or the banks are empty."""
        if self._library.entries():
            return UsageError("Nothing is left for today.", hint="Read a page and take it on, or practise.")
        return UsageError("There is nothing to study in the open banks.", hint="Add a bank.")

    def _exam_today(self) -> bool:
        """Whether this is the exam's day: what would be begun now is not learned by then."""
        return self._planner.exam_day() == self._ledger.today()

    def _begin(self, fresh: Sequence[tuple[str, str]], met: set[str]) -> list[tuple[str, str]]:
        """New cards, of each item one that meets no sibling; more where an exam ahead leaves no choice."""
        exam, today = self._planner.exam_day(), self._ledger.today()
        quota = quotas((item_of(card) for card, _ in fresh), days_between(today, exam)) if exam else {}
        free = [
            (card, kind)
            for card, kind in fresh
            if quota.get(item_of(card), 1) > 1 or met.isdisjoint(self._siblings.kin(card, kind).shuns)
        ]
        begun = first_of_each(free, lambda pair: item_of(pair[0]), self._ledger.new_per_day, quota)
        return [*begun, *self._taken_on(met | self._siblings.met(begun), len(begun))]

    def _taken_on(self, met: set[str], begun: int) -> list[tuple[str, str]]:
        """What the plan takes on by itself to fill the day's number; none meets a sibling."""
        return self._planner.intake.picks(
            self._planner.new_left() - begun,
            each=1,
            may=lambda card, kind: met.isdisjoint(self._siblings.kin(card, kind).shuns),
        )

    def _first_of_each(
        self, cards: Iterable[tuple[str, str]], met: set[str], most: int | None = None
    ) -> list[tuple[str, str]]:
        """Cards that meet no sibling, of what was met before or among themselves, at most so many."""
        found: list[tuple[str, str]] = []
        for card, kind in cards:
            if most is not None and len(found) >= most:
                break
            kin = self._siblings.kin(card, kind)
            if met.isdisjoint(kin.shuns):
                met |= kin.names
                found.append((card, kind))
        return found

    def today_plan(self) -> TodayPlan:
        """The counts of the next Today session."""
        try:
            items = self.today(0)
        except UsageError:
            return TodayPlan(0, 0, 0, 0)
        return TodayPlan(
            repeat=len(items.due),
            new=len(items.new),
            questions=len(items.questions),
            minutes=-(-items.seconds // MINUTE),
            waiting=items.waiting,
        )

    def quiz_plans(self, wanted: Sequence[tuple[Filter, int]]) -> tuple[QuizPlan, ...]:
        """What a quiz of each filter would hold, of so many questions; all are counted over one look."""
        candidates = self._shelf.candidates(with_history=True)
        return tuple(self._quiz_plan(candidates, one, count) for one, count in wanted)

    def _quiz_plan(self, candidates: Sequence[Candidate], wanted: Filter, count: int) -> QuizPlan:
        available = sum(map(matches, candidates, repeat(wanted)))
        held = min(available, count)
        minutes = -(-held * SECONDS["question"] // MINUTE)
        return QuizPlan(available=available, count=held, minutes=minutes, label=self.label(wanted))

    def label(self, wanted: Filter) -> str:
        """A filter in a few words."""
        banks = [header.name for bank in wanted.banks if (header := self._library.header(bank))]
        names = [entry.title for term in wanted.terms if (entry := self._library.entry(term))]
        domains = [domain.name for domain in self._shelf.domains() if domain.id in wanted.domains]
        tasks = [f"task {task}" for task in wanted.tasks]
        only = [ONLY_WORDS[wanted.only]] if wanted.only else []
        levels = [f"{level} level" for level in wanted.levels]
        chosen = [f"{len(wanted.items)} chosen"] if wanted.items else []
        return ", ".join([*banks, *names, *domains, *tasks, *levels, *only, *chosen]) or "all questions"

    def _questions(self, seed: int) -> Iterator[str]:
        """Unseen first, then longest unseen; never two of a twin pair."""
        shut: set[str] = set()
        for question in self._longest_unseen(seed):
            if question not in shut:
                yield question
                shut |= self._shelf.apart.get(question, frozenset())

    def _longest_unseen(self, seed: int) -> Iterator[str]:
        """Questions never answered, then those answered longest ago, drawn where it is the same; not today's.

        Whoever takes a few need not have all of them drawn: the answered ones are when their turn comes.
        """
        fresh = self._shelf.unseen()
        yield from seeded_order(fresh, seed, "today", str)
        sealed, last_at = self._shelf.sealed, self._ledger.store.last_answered()
        known = [entry.id for entry in self._library.entries("question") if entry.id not in fresh]
        answered = seeded_order((one for one in known if one not in sealed), seed, "today", str)
        for question in sorted(answered, key=lambda one: last_at.get(one, 0)):
            if not self._answered_today(last_at.get(question, 0)):
                yield question

    def _answered_today(self, last_at: int) -> bool:
        return last_at > 0 and self._ledger.day_of(last_at) == self._ledger.today()

    def _askable(self, item: str, sealed: frozenset[str]) -> bool:
        return item not in sealed and self._library.entry(item) is not None


def _pairs(rows: Iterable[DueRow]) -> list[tuple[str, str]]:
    return [(row.card, row.kind) for row in rows]
