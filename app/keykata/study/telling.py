"""Telling: reports, and the data as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keykata.core.errors import UsageError
from keykata.study.remembering import Remembering
from keykata.study.rooms import Rooms
from keykata.study.views import PastSession, Report

if TYPE_CHECKING:
    from keykata.practice.paper import Paper
    from keykata.store.rows import AttemptRow


class Telling(Remembering):
    """The part of the dojo that reports."""

    rooms: Rooms

    def report(self, attempt: str) -> Report:
        """The report of an attempt."""
        return self.rooms.reports.build(attempt, self.rooms.paper(attempt))

    def past(self) -> tuple[PastSession, ...]:
        """Every ended attempt, newest first; its report opens by `report`, as it was."""
        return self.rooms.reports.past()

    def named_attempt(self, name: str) -> str:
        """The attempt whose id ends with a name (the whole id, or its last letters).

        Raises:
            UsageError: none, or more than one.
        """
        wanted = name.strip().upper()
        found = [row.id for row in self.rooms.ledger.store.attempts() if wanted and row.id.endswith(wanted)]
        if len(found) == 1:
            return found[0]
        what = "More than one session ends" if found else "No session ends"
        raise UsageError(f"{what} with {name!r}.", hint="See: keykata history")

    def report_json(self, attempt: str) -> dict[str, object]:
        """The report as one object, with its answers."""
        from keykata.study import jsonview

        row = self.rooms.row(attempt)
        paper = self._paper(row)
        answers = list(jsonview.log_lines(self.rooms.ledger.store, {attempt: paper}, attempt=attempt))
        return self._past_object(row, paper) | {"answers": answers}

    def history_json(self) -> list[dict[str, object]]:
        """Every attempt, oldest first."""
        return [self._past_object(row, self._paper(row)) for row in self.rooms.ledger.store.attempts()]

    def log_json(self, *, everything: bool = False) -> Iterator[dict[str, object]]:
        """Every answer, oldest first; with `everything` also superseded and undone ones, with their state."""
        from keykata.study import jsonview

        papers = {row.id: self._paper(row) for row in self.rooms.ledger.store.attempts()}
        return jsonview.log_lines(self.rooms.ledger.store, papers, everything=everything)

    def stats_json(self) -> dict[str, object]:
        """Memory and practice in figures."""
        from keykata.study import jsonview
        from keykata.study.progress_json import stats_object

        view = self.rooms.readying.view()
        ready = jsonview.readiness_object(view, self.rooms.readying.history()) if view else None
        needs = jsonview.needs_object(view) if view and not view.ready else None
        return stats_object(self.progress(), self.look_at_all(), ready, needs)

    def bank_json(self, *, items: bool = False) -> dict[str, object]:
        """What the open banks hold."""
        from keykata.study import jsonview

        return jsonview.bank_object(self.rooms.library, items=items)

    def rebuild(self) -> int:
        """Refill everything that is derived from the log; how many cards there are."""
        self.rooms.ledger.store.rebuild()
        counts = self.rooms.ledger.store.counts(self.rooms.ledger.today(), self.rooms.ledger.now())
        return counts.total

    def _paper(self, row: AttemptRow) -> Paper:
        """What an attempt showed; where that can no longer be read, what its answers still tell of it."""
        paper = self.rooms.paper_if_there(row.id)
        if paper is not None:
            return paper
        from keykata.study.lost_paper import stand_in

        return stand_in(row, self.rooms.ledger.store.attempt_events(row.id))

    def _past_object(self, row: AttemptRow, paper: Paper) -> dict[str, object]:
        from keykata.study import jsonview

        return jsonview.history_object(row, paper, self.rooms.reports.attempt(row.id, paper))
