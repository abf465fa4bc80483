"""Home, from the index of the banks and a few indexed counts; no item is decoded."""

from __future__ import annotations

from keykata.bank.library import Library
from keykata.core.days import MINUTE, days_between
from keykata.study.home_views import Coming, FirstTries, Home, Notice, OpenSitting, Stock
from keykata.study.ledger import Ledger
from keykata.study.queues import Queues
from keykata.study.shelf import Shelf
from keykata.study.today import SECONDS

FLAGSHIP = "customer-managed-key"
ASK_AFTER = 10
COMING_DAYS = 7


class HomePage:
    """Gathers what Home shows."""

    def __init__(self, library: Library, ledger: Ledger, shelf: Shelf, queues: Queues) -> None:
        self._library = library
        self._ledger = ledger
        self._shelf = shelf
        self._queues = queues

    def build(self, sittings: tuple[OpenSitting, ...], notices: tuple[Notice, ...]) -> Home:
        """The page."""
        store = self._ledger.store
        exam = next(iter(self._library.exams.values()), None)
        day, today = self._ledger.exam_date, self._ledger.today()
        flagship = self._library.entry(f"kms:{FLAGSHIP}")
        opening = self._shelf.opening()
        counts = self._library.counts()
        answers = store.answers()
        last = self._last()
        return Home(
            first_start=answers == 0,
            exam_code=exam.code if exam else "",
            exam_name=exam.name if exam else "",
            exam_date=day,
            exam_in_days=days_between(today, day) if day else None,
            ask_exam_date=answers >= ASK_AFTER and day is None,
            minutes=self._ledger.minutes,
            opening=len(opening),
            opening_minutes=-(-len(opening) * SECONDS["question"] // MINUTE),
            flagship=flagship.id if flagship else None,
            flagship_name=flagship.title if flagship else "",
            stock=Stock(
                terms=counts.terms,
                questions=counts.questions,
                comparisons=counts.comparisons,
                guides=counts.guides,
            ),
            today=self._queues.today_plan(),
            open=sittings,
            coming=self._coming(today),
            tries=self._tries(),
            answered_today=store.answers_today(today),
            done_today=store.finished_on(today, "today"),
            last_title=last[0],
            last_summary=last[1],
            notices=notices,
        )

    def _coming(self, today: str) -> tuple[Coming, ...]:
        later = self._ledger.store.due_later(today, self._ledger.now())
        exam = self._ledger.exam_date or ""
        found = self._ledger.store.due_by_day(today, COMING_DAYS)
        rows = tuple(row for row in found if exam <= today or row[0] <= exam)
        days = [(today, later), *rows] if later else rows
        return tuple(Coming(day, count, days_between(today, day)) for day, count in days)

    def _tries(self) -> tuple[FirstTries, ...]:
        tried: dict[str, int] = {}
        right: dict[str, int] = {}
        for item, correct in self._ledger.store.first_tries():
            entry = self._library.entry(item)
            if entry is None or entry.kind != "question":
                continue
            domain = self._shelf.domain(entry)
            tried[domain] = tried.get(domain, 0) + 1
            right[domain] = right.get(domain, 0) + correct
        return tuple(
            FirstTries(d.id, d.name, d.weight, tried.get(d.id, 0), right.get(d.id, 0))
            for d in self._shelf.domains()
        )

    def _last(self) -> tuple[str, str]:
        """Title and straight count of the newest finished attempt."""
        row = self._ledger.store.last_finished()
        if row is None:
            return "", ""
        scored = f"{row.correct} of {row.objective} right" if row.objective else f"{row.answered} facts"
        return row.title, scored
