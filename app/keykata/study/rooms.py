"""The rooms behind the dojo's door, each built when something first needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from keykata.bank.library import Library
from keykata.core.clock import Later
from keykata.core.errors import UnreadableError, UsageError
from keykata.store.rows import AttemptRow
from keykata.study.ledger import Ledger
from keykata.study.shelf import Shelf

if TYPE_CHECKING:
    from keykata.practice.paper import Paper
    from keykata.study.cards import Cards
    from keykata.study.changes import Changes
    from keykata.study.examiner import Examiner
    from keykata.study.intake import Intake
    from keykata.study.mixups import MixUps
    from keykata.study.pages import Pages
    from keykata.study.papers import Papers
    from keykata.study.planner import Planner
    from keykata.study.queues import Queues
    from keykata.study.readiness import Readying
    from keykata.study.repairs import Repairs
    from keykata.study.reports import Reports
    from keykata.study.sorters import Sorters

SEED_LIMIT = 1_000_000  # short enough to read out over a table


class Rooms:
    """One home's library, ledger and use cases; imported and made on demand, for a quick start."""

    def __init__(self, library: Library, ledger: Ledger, entropy: Callable[[int], bytes]) -> None:
        self.library = library
        self.ledger = ledger
        self.entropy = entropy
        self.shelf = Shelf(library, ledger)

    @contextmanager
    def beside(self, *, writing: bool = False, ahead: int = 0) -> Iterator[Rooms]:
        """Rooms over a connection of their own, for a worker.

        Args:
            ahead: milliseconds by which their clock is ahead.

        Raises:
            UnreadableError: the database is damaged. BusyError: another program is changing its version.
        """
        store = self.ledger.store.beside(writing=writing)
        try:
            clock = Later(self.ledger.clock, ahead) if ahead else self.ledger.clock
            ledger = Ledger(store, clock, self.ledger.keeper)
            yield Rooms(self.library, ledger, self.entropy)
        finally:
            store.close()

    def draw_seed(self) -> int:
        """A seed by chance."""
        return int.from_bytes(self.entropy(8), "big") % SEED_LIMIT

    def row(self, attempt: str) -> AttemptRow:
        """An attempt's row.

        Raises:
            UsageError: there is no such attempt.
        """
        row = self.ledger.store.attempt(attempt)
        if row is None:
            raise UsageError("There is no such attempt.", hint="See: keykata history")
        return row

    def paper(self, attempt: str) -> Paper:
        """What an attempt shows.

        Raises:
            UsageError: there is no such attempt. UnreadableError: its paper is damaged.
        """
        from keykata.practice.paper import decode_paper
        from keykata.store.reads import LOST_HINT

        row = self.row(attempt)
        try:
            return decode_paper(self.ledger.store.snapshot(row.snapshot))
        except ValueError as error:
            raise UnreadableError(
                "What this attempt showed cannot be read.",
                hint=LOST_HINT,
                where=attempt,
            ) from error

    def paper_if_there(self, attempt: str) -> Paper | None:
        """What an attempt shows, None when that is lost.

        Raises:
            UsageError: there is no such attempt.
        """
        try:
            return self.paper(attempt)
        except UnreadableError:
            return None

    @cached_property
    def cards(self) -> Cards:
        """Cards and their states."""
        from keykata.study.cards import Cards

        return Cards(self.ledger)

    @cached_property
    def papers(self) -> Papers:
        """Papers of practice."""
        from keykata.study.papers import Papers

        return Papers(self.library, self.shelf, self.draw_seed)

    @cached_property
    def queues(self) -> Queues:
        """What is due, and Today."""
        from keykata.study.queues import Queues

        return Queues(self.library, self.ledger, self.shelf, self.planner)

    @cached_property
    def planner(self) -> Planner:
        """The plan to exam day."""
        from keykata.study.planner import Planner

        return Planner(self.library, self.ledger, self.shelf, self.intake)

    @cached_property
    def intake(self) -> Intake:
        """What the plan takes on by itself."""
        from keykata.study.intake import Intake

        return Intake(self.library, self.ledger, self.shelf)

    @cached_property
    def reports(self) -> Reports:
        """Reports of attempts."""
        from keykata.study.reports import Reports

        return Reports(self.ledger)

    @cached_property
    def pages(self) -> Pages:
        """Pages of the library."""
        from keykata.study.pages import Pages

        return Pages(self.library, self.ledger, self.cards, self.shelf)

    @cached_property
    def changes(self) -> Changes:
        """What editing a bank does to progress."""
        from keykata.study.changes import Changes

        return Changes(self.library, self.ledger)

    @cached_property
    def sorters(self) -> Sorters:
        """The sorter."""
        from keykata.study.sorters import Sorters

        return Sorters(self.library, self.cards, self.papers, self.draw_seed)

    @cached_property
    def mixups(self) -> MixUps:
        """Mix-ups."""
        from keykata.study.mixups import MixUps

        return MixUps(self.library, self.ledger.store, self.cards, self.papers)

    @cached_property
    def repairs(self) -> Repairs:
        """What the cause of a miss does."""
        from keykata.study.repairs import Repairs

        return Repairs(self.library)

    @cached_property
    def readying(self) -> Readying:
        """Am I ready?"""
        from keykata.study.readiness import Readying

        return Readying(self.library, self.ledger, self.shelf)

    @cached_property
    def examiner(self) -> Examiner:
        """Mock exams."""
        from keykata.study.examiner import Examiner

        return Examiner(self.library, self.ledger, self.shelf, self.papers, self.draw_seed)
