"""Progress: where I stand, from indexed counts at once, and from a look at the whole log in a worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

from keykata.bank.library import Library
from keykata.core.days import add_days, days_between
from keykata.memory.engine import Engine
from keykata.memory.leech import is_leech
from keykata.memory.lookback import LookBack, Recall, calibration, log_loss
from keykata.memory.model import Rating
from keykata.memory.weights import SETTING, fitted_weights
from keykata.memory.workload import Cost, Learned, workload
from keykata.store.past import LearnedRow, ToldRow
from keykata.study.fitting import FIT_AFTER, fit_of
from keykata.study.ledger import Ledger
from keykata.study.mastery import mastery
from keykata.study.progress_views import (
    FORECAST_DAYS,
    DayCount,
    ExamPoint,
    Leech,
    Month,
    Pace,
    Past,
    Progress,
    Weak,
)
from keykata.study.reports import Reports
from keykata.study.shelf import Shelf

WEEKS = 53
MONTHS = 6
COST_DAYS = (30, 90)
COST_RETENTIONS = (0.80, 0.85, 0.90, 0.95)
COST_SEED = 1
REVIEW_SECONDS = 15.0  # of a review before there are times of one's own
LEAST_CARDS = 3  # answered cards of a term before anything is said of it
LEAST_LOST = 0.5
PASS_SCORE = 720
Stopped = Callable[[], bool]


def progress_now(ledger: Ledger, *, askable: bool) -> Progress:
    """What indexed counts tell; `askable`: there is a question to practise."""
    store, today = ledger.store, ledger.today()
    counts = store.counts(today, ledger.now())
    first = add_days(today, -7 * WEEKS + 1)
    ahead = days_between(today, ledger.exam_date) if ledger.exam_date else -1
    days = min(FORECAST_DAYS, ahead + 1) if ahead >= 0 else FORECAST_DAYS
    return Progress(
        day=today,
        answers=store.answers(),
        cards=(counts.new, counts.learning, counts.review, counts.due),
        retention=ledger.retention,
        writable=store.writable,
        year=tuple(DayCount(*pair) for pair in store.answers_by_day(first, today).items()),
        forecast=forecast(store.due_until(add_days(today, days - 1)), today, days),
        fit=fit_of(ledger.setting(SETTING)),
        fit_after=FIT_AFTER,
        askable=askable,
    )


def forecast(due: Mapping[str, int], today: str, days: int = FORECAST_DAYS) -> tuple[DayCount, ...]:
    """Cards due on each day to come; what is overdue is due today.

    Args:
        due: cards by study date.
    """
    coming = [add_days(today, number) for number in range(days)]
    late = sum(count for day, count in due.items() if day < today)
    return tuple(DayCount(day, due.get(day, 0) + (late if day == today else 0)) for day in coming)


class LookingAtAll:
    """The look at the whole log of a home, on the thread and the connection of whoever asks."""

    def __init__(self, library: Library, ledger: Ledger, shelf: Shelf, reports: Reports) -> None:
        self._library = library
        self._ledger = ledger
        self._shelf = shelf
        self._reports = reports
        self._today = ledger.today()

    def look(self, stopped: Stopped) -> Past | None:
        """Everything; None when it was stopped meanwhile."""
        found = self._reviews(stopped)
        if found is None:
            return None
        recalls, seconds = found
        rows, engine = self._ledger.store.learned_rows(), self._ledger.engine
        recall_of = {row.card: self._held(row, engine) for row in rows}
        costs = self._costs(rows, seconds, engine, stopped)
        if costs is None or stopped():
            return None
        domains, tasks = mastery(self._library, self._shelf, rows, recall_of)
        exam = next(iter(self._library.exams.values()), None)
        return Past(
            learned=len(rows),
            predicted=sum(recall_of.values()) / len(rows) if rows else None,
            reviews=len(recalls),
            remembered=sum(recall.remembered for recall in recalls),
            expected=sum(recall.expected for recall in recalls) / len(recalls) if recalls else None,
            log_loss=log_loss(recalls),
            months=months(recalls),
            bins=calibration(recalls),
            domains=domains,
            tasks=tasks,
            paces=paces(seconds),
            exams=self._exams(),
            pass_score=exam.pass_score if exam else PASS_SCORE,
            weakest=self._weakest(rows, recall_of),
            leeches=self._leeches(rows),
            costs=costs,
        )

    def _reviews(self, stopped: Stopped) -> tuple[list[Recall], list[ToldRow]] | None:
        """What was expected of each review, and every answer with its time."""
        looking = LookBack(Engine())
        recalls: list[Recall] = []
        answers: list[ToldRow] = []
        for number, row in enumerate(self._ledger.store.told()):
            if not number % 1000 and stopped():
                return None
            if row.kind == "weights":
                looking.weigh(Engine(fitted_weights(row.weights)))
            elif row.kind == "reset":
                looking.restart(row.card)
            else:
                recall = looking.review(row.card, row.day, row.rating)
                if recall is not None:
                    recalls.append(recall)
                answers.append(row)
        return recalls, answers

    def _held(self, row: LearnedRow, engine: Engine) -> float:
        """How likely a card is remembered now; one just missed is not, until it was right again.

        By the curve of forgetting alone every card is remembered on the day it was answered, however it was.
        """
        since = self._since(row)
        if not since and row.last_rating == Rating.AGAIN:
            return 0.0
        return engine.retrievability(row.stability, since)

    def _since(self, row: LearnedRow) -> int:
        return max(0, days_between(row.last_day, self._today))

    def _costs(
        self, rows: Sequence[LearnedRow], answers: Sequence[ToldRow], engine: Engine, stopped: Stopped
    ) -> dict[int, tuple[Cost, ...]] | None:
        cards = [
            Learned(
                row.card,
                row.stability,
                row.difficulty,
                -self._since(row),
                days_between(self._today, row.due_day),
            )
            for row in rows
        ]
        times = [row.seconds for row in answers if row.seconds is not None]
        seconds = median(times) if times else REVIEW_SECONDS
        costs: dict[int, tuple[Cost, ...]] = {}
        for days in COST_DAYS if cards else ():
            if stopped():
                return None
            costs[days] = tuple(
                workload(cards, retention=wanted, days=days, engine=engine, seed=COST_SEED, seconds=seconds)
                for wanted in sorted({*COST_RETENTIONS, self._ledger.retention})
            )
        return costs

    def _exams(self) -> tuple[ExamPoint, ...]:
        rows = [r for r in self._ledger.store.attempts_of("exam") if r.finished_at is not None]
        reports = (self._reports.past_line(row) for row in rows)
        return tuple(
            ExamPoint(past.id, past.title, past.day, past.scaled, row.items >= self._whole())
            for row, past in zip(rows, reports, strict=True)
            if past.scaled is not None
        )

    def _whole(self) -> int:
        exam = next(iter(self._library.exams.values()), None)
        return exam.scored + exam.unscored if exam else 0

    def _weakest(self, rows: Iterable[LearnedRow], recall_of: Mapping[str, float]) -> tuple[Weak, ...]:
        """Terms and comparisons by what is expected to be lost of them today."""
        cards: dict[str, list[LearnedRow]] = defaultdict(list)
        for row in rows:
            entry = self._library.entry(row.item)
            if entry is not None:
                for home in entry.topics if entry.kind == "question" else (row.item,):
                    cards[home].append(row)
        found = []
        for home, own in cards.items():
            entry = self._library.entry(home)
            lost = sum(1 - recall_of[row.card] for row in own)
            if entry is not None and len(own) >= LEAST_CARDS and lost >= LEAST_LOST:
                lapses = sum(row.lapses for row in own)
                found.append(Weak(home, entry.kind, entry.title, len(own), lost, lapses))
        return tuple(sorted(found, key=lambda weak: (-weak.lost, -weak.lapses, weak.item)))

    def _leeches(self, rows: Iterable[LearnedRow]) -> tuple[Leech, ...]:
        found = []
        for row in rows:
            entry = self._library.entry(row.item)
            if entry is not None and is_leech(row.lapses):
                found.append(Leech(row.card, row.item, entry.title, row.kind, row.lapses))
        return tuple(sorted(found, key=lambda leech: (-leech.lapses, leech.card)))


def months(recalls: Iterable[Recall]) -> tuple[Month, ...]:
    """The last months that have reviews, oldest first."""
    found: dict[str, list[Recall]] = defaultdict(list)
    for recall in recalls:
        found[recall.day[:7]].append(recall)
    return tuple(
        Month(month, len(own), sum(r.expected for r in own) / len(own), sum(r.remembered for r in own))
        for month, own in sorted(found.items())[-MONTHS:]
    )


def paces(answers: Iterable[ToldRow]) -> tuple[Pace, ...]:
    """Median seconds by kind: questions, facts (whatever the learner rates), the sorter."""
    found: dict[str, list[tuple[float, bool | None]]] = defaultdict(list)
    for row in answers:
        if row.seconds is not None:
            kind = row.of if row.of in ("question", "sort") else "fact"
            found[kind].append((row.seconds, row.correct))
    return tuple(_pace(kind, found[kind]) for kind in ("question", "fact", "sort") if kind in found)


def _pace(kind: str, times: Sequence[tuple[float, bool | None]]) -> Pace:
    right = [seconds for seconds, correct in times if correct is True]
    wrong = [seconds for seconds, correct in times if correct is False]
    return Pace(
        kind,
        len(times),
        median(seconds for seconds, _ in times),
        median(right) if right else None,
        median(wrong) if wrong else None,
    )
