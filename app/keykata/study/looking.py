"""Looking: pages, lists and searches; nothing is started or kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keykata.bank.model import Place, Problem
from keykata.study.page_views import ComparisonPage, GuidePage, Hit, LibraryRow, Link, QuestionPage, TermPage
from keykata.study.rooms import Rooms
from keykata.study.views import MissedItem, MixUp, Report

if TYPE_CHECKING:
    from keykata.study.coverage import Covering
    from keykata.study.ready_views import ReadinessView


class Looking:
    """The part of the dojo that shows."""

    rooms: Rooms

    def library_rows(self, kind: str | None = None, words: str = "") -> tuple[LibraryRow, ...]:
        """The library's list, narrowed to a kind and to titles that hold the words."""
        return self.rooms.pages.rows(kind, words)

    def term_page(self, item: str) -> TermPage:
        """A term; UsageError for an unknown id, as for every page."""
        return self.rooms.pages.term(item)

    def comparison_page(self, item: str) -> ComparisonPage:
        """A comparison."""
        return self.rooms.pages.comparison(item)

    def question_page(self, item: str) -> QuestionPage:
        """A question to read, with its answer."""
        return self.rooms.pages.question(item)

    def guide_page(self, item: str) -> GuidePage:
        """A guide."""
        return self.rooms.pages.guide(item)

    def kind_of(self, item: str) -> str | None:
        """term, comparison, question or guide; None for an unknown id."""
        entry = self.rooms.library.entry(item)
        return entry.kind if entry else None

    def place_of(self, item: str) -> Place | None:
        """The file and line an item was read from; None when it is not known."""
        found = self.rooms.library.item(item)
        return found.place if found is not None and found.place.file else None

    def named(self, words: str) -> tuple[Hit, ...]:
        """Items by id, name, alias or retired name, best first."""
        return tuple(Hit(entry.id, entry.kind, entry.title, "") for entry in self.rooms.library.find(words))

    def find(self, words: str) -> tuple[Hit, ...]:
        """Items by id, name, alias or retired name, best first; everything that holds the words otherwise."""
        return self.named(words) or self.search(words)

    def search(self, words: str, limit: int = 30) -> tuple[Hit, ...]:
        """Search over everything, best first."""
        from keykata.bank.search import search

        sealed = self.rooms.shelf.sealed
        return tuple(
            Hit(hit.id, hit.kind, hit.title, hit.snippet, hit.part)
            for hit in search(self.rooms.library, words, limit)
            if hit.id not in sealed
        )

    def search_count(self, words: str) -> int:
        """How many things hold the words, however few of them a search is asked for."""
        from keykata.bank.search import count

        return count(self.rooms.library, words, self.rooms.shelf.sealed)

    def today(self) -> str:
        """The study date of this moment."""
        return self.rooms.ledger.today()

    def due_now(self) -> int:
        """How many cards are due."""
        return len(self.rooms.queues.due())

    def can_practise(self) -> bool:
        """Whether there is a question to practise: one that no mock exam keeps back."""
        return self.rooms.shelf.can_practise()

    def problems(self) -> tuple[Problem, ...]:
        """The problems of the open banks."""
        return self.rooms.library.problems

    def mixups(self, limit: int = 5) -> tuple[MixUp, ...]:
        """The terms taken for each other, by the learner's own answers; the most pressing first."""
        return self.rooms.mixups.all()[:limit]

    def look_at_mixups(self, limit: int = 5) -> tuple[MixUp, ...]:
        """The same for a worker, through a connection of its own: over many answers it takes a while."""
        with self.rooms.beside() as rooms:
            rooms.mixups.share_papers(self.rooms.mixups)
            return rooms.mixups.all()[:limit]

    def readiness(self) -> ReadinessView | None:
        """How likely passing is today, or that there are too few to say; None without an exam."""
        return self.rooms.readying.view()

    def readiness_after(self, report: Report) -> ReadinessView | None:
        """The same after a mock exam of today; None for all else: an old report opens as it was."""
        told = report.mode == "exam" and report.finished and report.day == self.rooms.ledger.today()
        return self.readiness() if told else None

    def missed_list(self) -> tuple[MissedItem, ...]:
        """Every missed question, until it is right on two different days; the oftenest missed first."""
        from keykata.study.missed import missed_items

        return missed_items(self.rooms.library, self.rooms.ledger.store)

    def look_at_missed(self) -> tuple[MissedItem, ...]:
        """The same for a worker, through a connection of its own: all answers to each of them tell of it."""
        from keykata.study.missed import missed_items

        with self.rooms.beside() as rooms:
            return missed_items(rooms.library, rooms.ledger.store)

    def missed_count(self) -> int:
        """How many questions the missed list holds."""
        library = self.rooms.library
        return sum(library.entry(item) is not None for item in self.rooms.ledger.store.missed())

    def covering(self, banks: Sequence[str] = ()) -> Covering:
        """The counts for authors, over the open banks of these ids or all.

        Raises:
            UsageError: no open bank has such an id.
        """
        from keykata.study.coverage import Covering

        return Covering(self.rooms.library, self.rooms.ledger.store, self.rooms.shelf, banks)

    def sorters(self) -> tuple[Link, ...]:
        """The comparisons that can be sorted, under the names of their drills."""
        return self.rooms.sorters.links()
