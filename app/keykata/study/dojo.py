"""The dojo: the one door through which screens and commands look, start, answer and set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from keykata.bank.library import Library
from keykata.bank.model import Problem
from keykata.bank.search import search
from keykata.core.clock import Clock
from keykata.core.errors import UnreadableError, UsageError
from keykata.core.event import ATTEMPT_STARTED, KEEP, NOTE, REPORT, Draft, Event
from keykata.core.ulid import ulid
from keykata.memory.deck import card_specs
from keykata.memory.engine import Engine
from keykata.practice.attempt import Attempt
from keykata.practice.form import Filter
from keykata.practice.paper import Paper, decode_paper, encode_paper
from keykata.store.rows import AttemptRow
from keykata.study import jsonview
from keykata.study.cards import Cards
from keykata.study.changes import Changes
from keykata.study.exam_sitting import ExamSitting
from keykata.study.examiner import Examiner
from keykata.study.homepage import HomePage
from keykata.study.ledger import Ledger
from keykata.study.missed import missed_items, to_practise
from keykata.study.mixups import MixUps
from keykata.study.pages import Pages
from keykata.study.papers import Papers
from keykata.study.queues import Queues
from keykata.study.repairs import Repairs
from keykata.study.reports import Reports
from keykata.study.shelf import Shelf
from keykata.study.sitting import Sitting
from keykata.study.sorters import Sorters
from keykata.study.views import (
    ComparisonPage,
    ExamOffer,
    GuidePage,
    Hit,
    Home,
    LibraryRow,
    Link,
    MissedItem,
    MixUp,
    Notice,
    OpenSitting,
    QuestionPage,
    QuizPlan,
    Report,
    TermPage,
)

MIN_MINUTES, MAX_MINUTES = 5, 240
SEED_LIMIT = 1_000_000  # short enough to read out over a table


class Dojo:
    """Everything a learner can do, as methods; each returns something to show, or a running sitting."""

    def __init__(self, library: Library, ledger: Ledger, entropy: Callable[[int], bytes]) -> None:
        self.library = library
        self._ledger = ledger
        self._entropy = entropy
        self._engine = Engine()
        self._shelf = Shelf(library, ledger)
        self._cards = Cards(ledger, self._engine)
        self._papers = Papers(library, self._shelf, self._draw_seed)
        self._queues = Queues(library, ledger, self._shelf, self._engine)
        self._reports = Reports(ledger)
        self._pages = Pages(library, ledger, self._cards, self._shelf)
        self._changes = Changes(library, ledger)
        self._sorters = Sorters(library, self._cards, self._papers, self._draw_seed)
        self._mixups = MixUps(library, ledger.store, self._cards, self._papers)
        self._repairs = Repairs(library)
        self._examiner = Examiner(library, ledger, self._shelf, self._papers, self._draw_seed)
        self.notices = self._notices()

    # --- looking -----------------------------------------------------------------------------------------

    @property
    def clock(self) -> Clock:
        """The clock of this program."""
        return self._ledger.clock

    @property
    def writable(self) -> bool:
        """Whether answers can be kept."""
        return self._ledger.store.writable

    def close(self) -> None:
        """Close the store."""
        self._ledger.store.close()

    def home(self) -> Home:
        """Everything Home shows."""
        page = HomePage(self.library, self._ledger, self._shelf, self._queues, self._reports)
        return page.build(self.open_sittings(), self.notices)

    def library_rows(self, kind: str | None = None, words: str = "") -> tuple[LibraryRow, ...]:
        """The library's list, narrowed to a kind and to titles that hold the words."""
        return self._pages.rows(kind, words)

    def term_page(self, item: str) -> TermPage:
        """A term; UsageError for an unknown id, as for every page."""
        return self._pages.term(item)

    def comparison_page(self, item: str) -> ComparisonPage:
        """A comparison."""
        return self._pages.comparison(item)

    def question_page(self, item: str) -> QuestionPage:
        """A question to read, with its answer."""
        return self._pages.question(item)

    def guide_page(self, item: str) -> GuidePage:
        """A guide."""
        return self._pages.guide(item)

    def kind_of(self, item: str) -> str | None:
        """term, comparison, question or guide; None for an unknown id."""
        entry = self.library.entry(item)
        return entry.kind if entry else None

    def find(self, words: str) -> tuple[Hit, ...]:
        """Items by id, name, alias or retired name, best first; everything that holds the words otherwise."""
        found = [Hit(entry.id, entry.kind, entry.title, "") for entry in self.library.find(words)]
        return tuple(found) if found else self.search(words)

    def search(self, words: str, limit: int = 30) -> tuple[Hit, ...]:
        """Search over everything, best first."""
        sealed = self._shelf.sealed
        return tuple(
            Hit(hit.id, hit.kind, hit.title, hit.snippet, hit.part)
            for hit in search(self.library, words, limit)
            if hit.id not in sealed
        )

    def problems(self) -> tuple[Problem, ...]:
        """The problems of the open banks."""
        return self.library.problems

    def mixups(self, limit: int = 5) -> tuple[MixUp, ...]:
        """The terms taken for each other, by the learner's own answers; the most pressing first."""
        return self._mixups.all()[:limit]

    def missed_list(self) -> tuple[MissedItem, ...]:
        """Every missed question, until it is right on two different days; the oftenest missed first."""
        return missed_items(self.library, self._ledger.store)

    def sorters(self) -> tuple[Link, ...]:
        """The comparisons that can be sorted, under the names of their drills."""
        return self._sorters.links()

    # --- starting ----------------------------------------------------------------------------------------

    def start_opening(self) -> Sitting:
        """The ten hand-picked questions."""
        return self._start(self._papers.opening(), {})

    def start_today(self, *, seed: int | None = None) -> Sitting:
        """The mixed session of the day."""
        drawn = self._draw_seed() if seed is None else seed
        items = self._queues.today(drawn)
        return self._start(self._papers.today(items, seed=drawn), {})

    def start_review(self, *, count: int | None = None, seed: int | None = None) -> Sitting:
        """The due queue.

        Raises:
            UsageError: nothing is due.
        """
        cards = [card for card, _ in self._queues.due()][:count]
        if not cards:
            raise UsageError("Nothing is due.", hint="Practise, or read a page and take it on.")
        return self._start(self._papers.cards(cards, mode="review", title="Review", seed=seed), {})

    def start_quiz(
        self, wanted: Filter | None = None, *, count: int = 10, seed: int | None = None, title: str = ""
    ) -> Sitting:
        """A quiz; with a seed it is a function of bank, filter, count and seed only."""
        chosen = wanted or Filter()
        name = title or f"Practice · {self._label(chosen)}"
        return self._start(
            self._papers.quiz(chosen, count=count, seed=seed, title=name), chosen.as_dict() | {"count": count}
        )

    def start_test(
        self,
        wanted: Filter | None = None,
        *,
        count: int = 10,
        minutes: int = 0,
        seed: int | None = None,
        title: str = "",
    ) -> ExamSitting:
        """A quiz with its answers at the end; `minutes` limit the whole, 0 does not."""
        chosen = wanted or Filter()
        name = title or f"Test · {self._label(chosen)}"
        paper = self._papers.quiz(chosen, count=count, seed=seed, title=name)
        timed = msgspec.structs.replace(paper, feedback="end", minutes=minutes)
        return self._exam_sitting(*self._begin(timed, chosen.as_dict() | {"count": count}))

    def exam_offer(self) -> ExamOffer:
        """The mock exam the open banks can give now."""
        return self._examiner.offer()

    def start_exam(
        self, *, extra: bool = False, strict: bool = False, seed: int | None = None, repeat: str | None = None
    ) -> ExamSitting:
        """A mock exam; `repeat` names an attempt whose paper is given again.

        Raises:
            UsageError: the banks cannot give one, or there is no such attempt.
        """
        if repeat is not None:
            paper = msgspec.structs.replace(self._paper(repeat), strict=strict)
            return self._exam_sitting(*self._begin(paper, {"repeat": repeat}))
        return self._exam_sitting(*self._begin(*self._examiner.paper(extra=extra, strict=strict, seed=seed)))

    def start_term(self, item: str, *, count: int = 10) -> Sitting:
        """Practise a term."""
        return self._start(self._papers.term(item, count=count), {"terms": [item], "count": count})

    def start_comparison(self, item: str, *, count: int = 20) -> Sitting:
        """Practise a comparison."""
        return self._start(self._papers.comparison(item, count=count), {"items": [item], "count": count})

    def start_missed(self, attempt: str) -> Sitting:
        """The questions and scenarios missed in an attempt, once more."""
        missed = [missed.card for missed in self.report(attempt).missed]
        return self._start(
            self._papers.cards(missed, mode="quiz", title="Practice · missed"), {"items": missed}
        )

    def start_missed_list(self, count: int = 10) -> Sitting:
        """Questions of the missed list, the longest unseen first.

        Raises:
            UsageError: the list is empty.
        """
        items = to_practise(self.missed_list(), count)
        if not items:
            raise UsageError("Nothing is on the missed list.", hint="Practise something else.")
        paper = self._papers.questions(items, mode="quiz", seed=self._draw_seed(), title="Practice · missed")
        return self._start(paper, {"items": items, "count": count})

    def start_mixup(self, right: str, chosen: str) -> Sitting:
        """The drill of two terms (full ids); `paper.deciding` is to be shown after each answer.

        Raises:
            UsageError: they are not two terms, or nothing asks for the difference.
        """
        paper = self._mixups.paper(right, chosen, seed=self._draw_seed(), shut=self._shelf.sealed)
        return self._start(paper, {"terms": [right, chosen]})

    def start_sorter(self, comparison: str, *, count: int = 20, seed: int | None = None) -> Sitting:
        """The sorter of a comparison: scenarios, then cells; with a seed history plays no part.

        Raises:
            UsageError: no such comparison, or nothing in it to sort.
        """
        paper = self._sorters.paper(comparison, count=count, seed=seed)
        return self._start(paper, {"items": [comparison], "count": count})

    def quiz_plan(self, wanted: Filter, *, count: int) -> QuizPlan:
        """What a quiz would hold."""
        return self._queues.quiz_plan(wanted, count=count, label=self._label(wanted))

    def open_sittings(self) -> tuple[OpenSitting, ...]:
        """Unfinished attempts, newest first."""
        rows = sorted(
            self._ledger.store.attempts(open_only=True), key=lambda row: row.started_at, reverse=True
        )
        return tuple(_open_sitting(row) for row in rows)

    def latest_open(self, mode: str) -> str | None:
        """The newest unfinished attempt of a mode."""
        return next((sitting.id for sitting in self.open_sittings() if sitting.mode == mode), None)

    def resume(self, attempt: str) -> Sitting | ExamSitting:
        """Go on with an unfinished attempt, by the rules it was begun with.

        Raises:
            UsageError: there is none of that id.
            UnreadableError: its paper is damaged.
        """
        paper = self._paper(attempt)
        events = self._ledger.store.attempt_events(attempt)
        if paper.feedback == "end":
            return self._exam_sitting(attempt, paper, events)
        return self._sitting(attempt, paper, events)

    # --- marks on items ----------------------------------------------------------------------------------

    def keep(self, item: str, on: bool) -> None:
        """Keep an item for good, or let it go."""
        self._ledger.append([Draft(kind=KEEP, body={"v": 1, "on": on}, item=item)])

    def is_kept(self, item: str) -> bool:
        """Whether an item is kept for good."""
        return self._cards.kept(item)

    def note(self, item: str, text: str) -> None:
        """Add a note to an item."""
        self._ledger.append([Draft(kind=NOTE, body={"v": 1, "text": text}, item=item)])

    def report_wrong(self, item: str, text: str) -> None:
        """Report an item as wrong, for its author."""
        self._ledger.append([Draft(kind=REPORT, body={"v": 1, "text": text}, item=item)])

    def take_on(self, item: str) -> int:
        """Bring all cards of a term or comparison into the queue; how many entered."""
        content = self.library.item(item)
        if content is None:
            raise UsageError("There is no such page.", hint="Look in the library.")
        specs = card_specs(item.split(":", 1)[0], content)
        drafts = self._cards.enter_drafts([spec.card for spec in specs], why="read")
        if drafts:
            self._ledger.append(drafts)
        return len(drafts)

    # --- settings ----------------------------------------------------------------------------------------

    def set_exam_date(self, day: str | None) -> None:
        """Set or clear the exam's date (`YYYY-MM-DD`)."""
        if day is not None:
            day = self._future_date(day)
        self._ledger.set("exam-date", day)

    def set_minutes(self, minutes: int) -> None:
        """Set the minutes a day."""
        if not MIN_MINUTES <= minutes <= MAX_MINUTES:
            raise UsageError(
                f"{minutes} minutes a day does not fit.", hint=f"Give {MIN_MINUTES} to {MAX_MINUTES}."
            )
        self._ledger.set("minutes", minutes)

    def settings(self) -> dict[str, object]:
        """The settings that live in the log, with their values in force."""
        ledger = self._ledger
        return {"exam-date": ledger.exam_date, "minutes": ledger.minutes}

    # --- reports and data --------------------------------------------------------------------------------

    def report(self, attempt: str) -> Report:
        """The report of an attempt."""
        return self._reports.build(attempt, self._paper(attempt))

    def report_json(self, attempt: str) -> dict[str, object]:
        """The report as one object, with its answers."""
        papers = {attempt: self._paper(attempt)}
        row = self._row(attempt)
        answers = list(jsonview.log_lines(self._ledger.store, papers, attempt=attempt))
        return jsonview.history_object(row, papers[attempt], self._attempt(attempt)) | {"answers": answers}

    def history_json(self) -> list[dict[str, object]]:
        """Every attempt, oldest first."""
        rows = sorted(self._ledger.store.attempts(), key=lambda row: row.started_at)
        return [jsonview.history_object(row, self._paper(row.id), self._attempt(row.id)) for row in rows]

    def log_json(self, *, everything: bool = False) -> Iterator[dict[str, object]]:
        """Every answer, oldest first; with `everything` also superseded and undone ones, with their state."""
        papers = {row.id: self._paper(row.id) for row in self._ledger.store.attempts()}
        return jsonview.log_lines(self._ledger.store, papers, everything=everything)

    def stats_json(self) -> dict[str, object]:
        """The essentials of memory and practice."""
        return jsonview.stats_object(self._ledger)

    def bank_json(self, *, items: bool = False) -> dict[str, object]:
        """What the open banks hold."""
        return jsonview.bank_object(self.library, items=items)

    def rebuild(self) -> int:
        """Refill everything that is derived from the log; how many cards there are."""
        self._ledger.store.rebuild()
        counts = self._ledger.store.counts(self._ledger.today(), self._ledger.now())
        return counts.total

    def check_integrity(self) -> tuple[str, ...]:
        """What is wrong with the database, a line each; nothing when it is sound."""
        return self._ledger.store.integrity()

    # --- inside ------------------------------------------------------------------------------------------

    def _draw_seed(self) -> int:
        return int.from_bytes(self._entropy(8), "big") % SEED_LIMIT

    def _start(self, paper: Paper, wanted: dict[str, object]) -> Sitting:
        return self._sitting(*self._begin(paper, wanted))

    def _begin(self, paper: Paper, wanted: dict[str, object]) -> tuple[str, Paper, Sequence[Event]]:
        self._tell_changes(self._changes.notice())
        attempt = ulid(self._ledger.now(), self._entropy(10))
        snapshot = encode_paper(paper)
        body = {
            "v": 1,
            "mode": paper.mode,
            "title": paper.title,
            "seed": paper.seed,
            "feedback": paper.feedback,
            "items": len(paper.slots),
            "full": paper.full,
            "filter": wanted,
        }
        events = self._ledger.append([Draft(ATTEMPT_STARTED, body, attempt)], snapshot=snapshot)
        return attempt, paper, events

    def _exam_sitting(self, attempt: str, paper: Paper, events: Sequence[Event]) -> ExamSitting:
        return ExamSitting(
            attempt, paper, events, ledger=self._ledger, cards=self._cards, reports=self._reports
        )

    def _sitting(self, attempt: str, paper: Paper, events: Sequence[Event]) -> Sitting:
        return Sitting(
            attempt,
            paper,
            events,
            ledger=self._ledger,
            cards=self._cards,
            reports=self._reports,
            repairs=self._repairs,
        )

    def _tell_changes(self, started_again: tuple[str, ...]) -> None:
        if started_again:
            count = len(started_again)
            what = "1 question has" if count == 1 else f"{count} questions have"
            text = f"{what} another right answer than when you answered."
            self.notices = (*self.notices, Notice("changed", text, "What you knew of it starts again."))

    def _row(self, attempt: str) -> AttemptRow:
        row = self._ledger.store.attempt(attempt)
        if row is None:
            raise UsageError("There is no such attempt.", hint="See: keykata history")
        return row

    def _paper(self, attempt: str) -> Paper:
        row = self._row(attempt)
        try:
            return decode_paper(self._ledger.store.snapshot(row.snapshot))
        except ValueError as error:
            raise UnreadableError(
                "What this attempt showed cannot be read.", hint="Run: keykata doctor", where=attempt
            ) from error

    def _attempt(self, attempt: str) -> Attempt:
        return self._reports.attempt(attempt, self._paper(attempt))

    def _label(self, wanted: Filter) -> str:
        return self._queues.label(wanted)

    def _future_date(self, day: str) -> str:
        try:
            moment = date.fromisoformat(day.strip())
        except ValueError:
            raise UsageError(f"{day!r} is not a date.", hint="Write it as 2026-12-14.") from None
        if moment.isoformat() < self._ledger.today():
            raise UsageError(f"{moment.isoformat()} is past.", hint="Give the day of the exam.")
        return moment.isoformat()

    def _notices(self) -> tuple[Notice, ...]:
        notices: list[Notice] = []
        errors = [problem for problem in self.library.problems if problem.severity == "error"]
        if errors:
            count = len(errors)
            what = "1 problem" if count == 1 else f"{count} problems"
            notices.append(
                Notice(
                    "problem", f"{what} in the banks; the good items are open.", "keykata check names each."
                )
            )
        if not self.writable:
            notices.append(
                Notice("read-only", "Nothing can be saved here, so practice is closed.", "Reading works.")
            )
        return tuple(notices)


def _open_sitting(row: AttemptRow) -> OpenSitting:
    return OpenSitting(
        id=row.id,
        mode=row.mode,
        title=row.title,
        position=min(row.answered + 1, max(1, row.items)),
        total=row.items,
    )
