"""What is due, what Today would hold, and what a filter leaves."""

from __future__ import annotations

from keykata.bank.library import Library
from keykata.core.digest import seeded_order
from keykata.core.errors import UsageError
from keykata.memory.queue import order_due
from keykata.practice.form import Filter, matches
from keykata.study.ledger import Ledger
from keykata.study.shelf import Shelf
from keykata.study.today import MINUTE, SECONDS, TodayItems, plan_today
from keykata.study.views import QuizPlan, TodayPlan

ONLY_WORDS = {"weak": "weak ones", "missed": "missed", "kept": "kept", "unseen": "new ones"}


class Queues:
    """The due queue and what is made of it."""

    def __init__(self, library: Library, ledger: Ledger, shelf: Shelf) -> None:
        self._library = library
        self._ledger = ledger
        self._shelf = shelf

    def due(self) -> list[tuple[str, str]]:
        """(card, kind) of what is due now, in the order of the queue; only what the open banks still have."""
        now, day = self._ledger.now(), self._ledger.today()
        sealed = self._shelf.sealed
        rows = [row for row in self._ledger.store.due_rows(day, now) if self._askable(row.item, sealed)]
        return [(row.card, row.kind) for row in order_due(rows, day=day, engine=self._ledger.engine)]

    def fresh(self) -> list[tuple[str, str]]:
        """(card, kind) of cards that entered and were never answered, oldest first, siblings apart."""
        sealed = self._shelf.sealed
        rows = self._ledger.store.new_rows()
        return [(row.card, row.kind) for row in rows if self._askable(row.item, sealed)]

    def today(self, seed: int) -> TodayItems:
        """The items of a Today session.

        Raises:
            UsageError: there is nothing at all to show.
        """
        due = self.due()
        busy = {card for card, _ in due}
        questions = [item for item in self._questions(seed) if item not in busy]
        items = plan_today(
            due=due,
            new=self.fresh(),
            questions=questions,
            minutes=self._ledger.minutes,
            new_left=max(0, self._ledger.new_per_day - self._ledger.store.new_today(self._ledger.today())),
        )
        if not items.cards and not items.questions:
            raise UsageError("There is nothing to study in the open banks.", hint="Add a bank.")
        return items

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
        )

    def quiz_plan(self, wanted: Filter, *, count: int, label: str) -> QuizPlan:
        """What a quiz of a filter would hold."""
        available = sum(matches(candidate, wanted) for candidate in self._shelf.candidates(with_history=True))
        held = min(available, count)
        return QuizPlan(
            available=available, count=held, minutes=-(-held * SECONDS["question"] // MINUTE), label=label
        )

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

    def _questions(self, seed: int) -> list[str]:
        """Unseen first, then longest unseen; never two of a twin pair."""
        candidates = seeded_order(
            self._shelf.candidates(with_history=True), seed, "today", lambda candidate: candidate.id
        )
        candidates.sort(key=lambda candidate: candidate.last_at)
        shut: set[str] = set()
        chosen: list[str] = []
        for candidate in candidates:
            if candidate.id not in shut and not self._answered_today(candidate.last_at):
                chosen.append(candidate.id)
                shut |= self._shelf.apart.get(candidate.id, frozenset())
        return chosen

    def _answered_today(self, last_at: int) -> bool:
        return last_at > 0 and self._ledger.day_of(last_at) == self._ledger.today()

    def _askable(self, item: str, sealed: frozenset[str]) -> bool:
        return item not in sealed and self._library.entry(item) is not None
