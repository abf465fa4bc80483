"""Am I ready?: the learner's first showings from the log, and what they say of the exam.

Only questions of banks held to the exam's blueprint count; where no open bank is, those of banks that prepare
for it. What is shown here is a function of the log, the banks and the study day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from keykata.bank.entry import Entry
from keykata.bank.library import Library
from keykata.bank.model import Exam as BankExam
from keykata.practice import readiness as reckoning
from keykata.practice.ready_model import Exam, Outcome, Readiness, Showing
from keykata.study.examiner import blueprint_of
from keykata.study.ledger import Ledger
from keykata.study.ready_views import Gain, ReadinessPoint, ReadinessView, Ready, Tell
from keykata.study.shelf import Shelf

POINTS = 40  # of a history; longer ones are thinned evenly
GAINS = 3


class Readying:
    """Asks the log; what did not change since it was last asked is not reckoned again."""

    def __init__(self, library: Library, ledger: Ledger, shelf: Shelf) -> None:
        self._library = library
        self._ledger = ledger
        self._shelf = shelf
        self._last: tuple[object, ReadinessView] | None = None
        self._asked: tuple[int, str] | None = None  # size of the log and study day it was last asked at
        self._points: dict[int, ReadinessPoint | None] = {}

    def view(self) -> ReadinessView | None:
        """What can be said today; None when no open bank prepares for an exam."""
        exam, banks = self._exam()
        if exam is None:
            return None
        now = (self._ledger.store.size(), self._ledger.today())
        if self._last is not None and self._asked == now:
            return self._last[1]
        showings = self._showings(exam, banks)
        unseen = self._unseen(exam, banks)
        today = date.fromisoformat(self._ledger.today()).toordinal()
        asked = (showings, unseen, today)
        if self._last is None or self._last[0] != asked:
            found = reckoning.readiness(showings, _exam_of(exam), today, unseen)
            count = sum(_counts(entry, exam, banks) for entry in self._library.entries("question"))
            self._last = (asked, _view(found, exam, banks, left=count - len(showings)))
        self._asked = now
        return self._last[1]

    def share_points(self, other: Readying) -> None:
        """Keep what is reckoned of past days together with another one's."""
        self._points = other._points

    def history(self, stopped: Callable[[], bool] = lambda: False) -> tuple[ReadinessPoint, ...]:
        """What is said at the end of each study day with first showings, by the log as it is.

        Days with too few to say are left out; of a long history the days are thinned evenly.
        A day takes about 40 ms the first time it is asked for.

        Args:
            stopped: asked before each day; then what is there so far is given.
        """
        exam, banks = self._exam()
        if exam is None:
            return ()
        told = _exam_of(exam)
        showings = sorted(self._showings(exam, banks), key=lambda showing: showing.day)
        ends, count = [], 0
        for day, group in groupby(showings, key=lambda showing: showing.day):
            count += sum(1 for _ in group)
            ends.append((day, count))
        places = _thinned([end for end in ends if end[1] >= reckoning.LEAST])
        points = []
        for day, count in places:
            if stopped():
                break
            points.append(self._point(tuple(showings[:count]), told, day))
        return tuple(point for point in points if point)

    def _point(self, showings: tuple[Showing, ...], exam: Exam, day: int) -> ReadinessPoint | None:
        asked = hash((showings, day))
        if asked not in self._points:
            found = reckoning.readiness(showings, exam, day)
            self._points[asked] = (
                ReadinessPoint(date.fromordinal(day).isoformat(), found.probability, found.low, found.high)
                if isinstance(found, Readiness)
                else None
            )
        return self._points[asked]

    # --- what counts ------------------------------------------------------------------------------------

    def _exam(self) -> tuple[BankExam | None, tuple[str, ...]]:
        """The exam and the banks whose questions count for it."""
        headers = sorted(
            (bank.header for bank in self._library.banks), key=lambda header: not header.blueprint
        )
        for header in headers:
            exam = self._library.exam_of(header.id)
            if exam is not None:
                own = (h for h in headers if h.exam == header.exam and h.blueprint == header.blueprint)
                return exam, tuple(h.id for h in own)
        return None, ()

    def _showings(self, exam: BankExam, banks: Sequence[str]) -> tuple[Showing, ...]:
        """First showings in log order."""
        days: dict[str, int] = {}
        found = []
        for first in self._ledger.store.first_answers():
            entry = self._library.entry(first.item)
            if entry is not None and _counts(entry, exam, banks):
                if first.day not in days:
                    days[first.day] = date.fromisoformat(first.day).toordinal()
                found.append(Showing(entry.task, days[first.day], first.right, first.guess))
        return tuple(found)

    def _unseen(self, exam: BankExam, banks: Sequence[str]) -> dict[str, int]:
        """How many questions of each domain were never shown and may be asked outside a sealed paper."""
        counting = (entry for entry in self._shelf.unseen().values() if _counts(entry, exam, banks))
        return dict(Counter(map(self._shelf.domain, counting)))


def _counts(entry: Entry, exam: BankExam, banks: Sequence[str]) -> bool:
    """Whether a question counts for the exam."""
    return (
        entry.kind == "question"
        and not entry.disputed
        and entry.id.partition(":")[0] in banks
        and exam.domain_of(entry.task) is not None
    )


def _exam_of(exam: BankExam) -> Exam:
    return Exam(blueprint_of(exam), exam.pass_score, exam.scale_from, exam.scale_to)


def _view(found: Outcome, exam: BankExam, banks: tuple[str, ...], *, left: int) -> ReadinessView:
    domains = {domain.id: domain.short for domain in exam.domains}
    if not isinstance(found, Readiness):
        lacking = tuple(domains[domain] for domain in found.domains)
        return ReadinessView(found.tries, found.more, lacking, None, banks, found.wide, left)
    names = {task: name for domain in exam.domains for task, name in domain.tasks.items()}
    ready = Ready(
        probability=found.probability,
        low=found.low,
        high=found.high,
        share=found.share,
        share_low=found.share_low,
        share_high=found.share_high,
        score=found.score,
        score_low=found.score_low,
        score_high=found.score_high,
        gains=tuple(Gain(g.task, names[g.task], g.tries, g.share, g.gain) for g in found.gains[:GAINS]),
        tells=tuple(Tell(w.domain, domains[w.domain], w.count, w.before, w.after) for w in found.widths),
    )
    return ReadinessView(found.tries, 0, (), ready, banks)


def _thinned(ends: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """At most so many of the days, evenly, the last one among them."""
    if len(ends) <= POINTS:
        return list(ends)
    return [ends[(place + 1) * len(ends) // POINTS - 1] for place in range(POINTS)]
