"""Starting: every way to begin a sitting, and to go on with one. Each is on disk when it is returned."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

import msgspec

from keykata.core.days import MINUTE
from keykata.core.errors import UsageError
from keykata.core.event import ATTEMPT_STARTED, Draft, Event
from keykata.core.ulid import ulid
from keykata.practice.attempt import fold_attempt
from keykata.practice.form import Filter
from keykata.practice.paper import Paper, encode_paper
from keykata.store.rows import AttemptRow
from keykata.study.home_views import ExamOffer, Notice, OpenSitting
from keykata.study.quiz_settings import QuizSettings, read_settings
from keykata.study.rooms import Rooms
from keykata.study.views import QuizPlan

if TYPE_CHECKING:
    from keykata.study.exam_sitting import ExamSitting
    from keykata.study.sitting import Sitting

LOOK_BACK = 20  # quizzes: the settings of older ones are no habit any more

Begun = tuple[str, Paper, Sequence[Event]]


class Starting:
    """The part of the dojo that begins sittings."""

    rooms: Rooms
    notices: tuple[Notice, ...]

    def start_opening(self) -> Sitting:
        """The ten hand-picked questions."""
        return self._start(self.rooms.papers.opening(), {})

    def start_today(self, *, seed: int | None = None) -> Sitting:
        """The mixed session of the day."""
        drawn = self.rooms.draw_seed() if seed is None else seed
        items = self.rooms.queues.today(drawn)
        taken = self.rooms.cards.enter_drafts(items.new, why="plan")
        return self._sitting(*self._begin(self.rooms.papers.today(items, seed=drawn), {}, taken))

    def start_review(self, *, count: int | None = None, seed: int | None = None) -> Sitting:
        """The due queue.

        Raises:
            UsageError: nothing is due.
        """
        cards = [card for card, _ in self.rooms.queues.due()][:count]
        if not cards:
            raise UsageError("Nothing is due.", hint="Practise, or read a page and take it on.")
        return self._start(self.rooms.papers.cards(cards, mode="review", title="Review", seed=seed), {})

    def start_quiz(
        self,
        wanted: Filter | None = None,
        *,
        count: int = 10,
        minutes: int = 0,
        seconds_each: int = 0,
        seed: int | None = None,
        title: str = "",
    ) -> Sitting:
        """A quiz; with a seed it is a function of bank, filter, count and seed only.

        Args:
            wanted: what to choose from.
            count: how many, at least 1.
            minutes: a limit for the whole, 0 for none. seconds_each: one for each question.
            seed: None to let history count.
            title: what it is called; by the filter when left out.
        """
        chosen = wanted or Filter()
        name = title or f"Practice · {self.rooms.queues.label(chosen)}"
        paper = self.rooms.papers.quiz(chosen, count=count, seed=seed, title=name)
        timed = msgspec.structs.replace(paper, minutes=minutes, seconds_each=seconds_each)
        return self._start(timed, QuizSettings(chosen, count, False, minutes, seconds_each).as_dict())

    def last_quiz(self) -> QuizSettings:
        """How a quiz or test was chosen last; the defaults before the first."""
        store = self.rooms.ledger.store
        for row in list(reversed(store.attempts_of("quiz")))[:LOOK_BACK]:
            started = next(iter(store.attempt_events(row.id)), None)
            found = read_settings(started.body.get("filter")) if started else None
            if found:
                return found
        return QuizSettings()

    def start_test(
        self,
        wanted: Filter | None = None,
        *,
        count: int = 10,
        minutes: int = 0,
        seconds_each: int = 0,
        seed: int | None = None,
        title: str = "",
    ) -> ExamSitting:
        """A quiz with its answers at the end; `minutes` limit the whole, `seconds_each` each question."""
        chosen = wanted or Filter()
        name = title or f"Test · {self.rooms.queues.label(chosen)}"
        paper = self.rooms.papers.quiz(chosen, count=count, seed=seed, title=name)
        timed = msgspec.structs.replace(paper, feedback="end", minutes=minutes, seconds_each=seconds_each)
        chosen_so = QuizSettings(chosen, count, True, minutes, seconds_each)
        return self._exam_sitting(*self._begin(timed, chosen_so.as_dict()))

    def exam_offer(self) -> ExamOffer:
        """The mock exam the open banks can give now."""
        return self.rooms.examiner.offer()

    def start_exam(
        self, *, extra: bool = False, strict: bool = False, seed: int | None = None, repeat: str | None = None
    ) -> ExamSitting:
        """A mock exam; `repeat` names an attempt whose paper is given again.

        Raises:
            UsageError: the banks cannot give one, or there is no such attempt.
        """
        if repeat is not None:
            paper = msgspec.structs.replace(self.rooms.paper(repeat), strict=strict)
            if paper.mode != "exam":
                raise UsageError("That attempt was no exam.", hint="See: keykata history")
            return self._exam_sitting(*self._begin(paper, {"repeat": repeat}))
        return self._exam_sitting(
            *self._begin(*self.rooms.examiner.paper(extra=extra, strict=strict, seed=seed))
        )

    def start_term(self, item: str, *, count: int = 10) -> Sitting:
        """Practise a term."""
        return self._start(self.rooms.papers.term(item, count=count), {"terms": [item], "count": count})

    def start_comparison(self, item: str, *, count: int = 20) -> Sitting:
        """Practise a comparison."""
        return self._start(self.rooms.papers.comparison(item, count=count), {"items": [item], "count": count})

    def start_missed(self, attempt: str) -> Sitting:
        """The questions and scenarios missed in an attempt, once more."""
        report = self.rooms.reports.build(attempt, self.rooms.paper(attempt))
        missed = [missed.card for missed in report.missed]
        paper = self.rooms.papers.cards(missed, mode="quiz", title="Practice · missed")
        return self._start(paper, {"items": missed})

    def start_missed_list(self, count: int = 10) -> Sitting:
        """Questions of the missed list, the longest unseen first.

        Raises:
            UsageError: the list is empty.
        """
        from keykata.study.missed import to_practise

        items = to_practise(self.rooms.library, self.rooms.ledger.store, count)
        if not items:
            raise UsageError("Nothing is on the missed list.", hint="Practise something else.")
        seed = self.rooms.draw_seed()
        paper = self.rooms.papers.questions(items, mode="quiz", seed=seed, title="Practice · missed")
        return self._start(paper, {"items": items, "count": count})

    def start_mixup(self, right: str, chosen: str) -> Sitting:
        """The drill of two terms (full ids); `paper.deciding` is to be shown after each answer.

        Raises:
            UsageError: they are not two terms, or nothing asks for the difference.
        """
        rooms = self.rooms
        paper = rooms.mixups.paper(right, chosen, seed=rooms.draw_seed(), shut=rooms.shelf.sealed)
        return self._start(paper, {"terms": [right, chosen]})

    def start_sorter(self, comparison: str, *, count: int = 20, seed: int | None = None) -> Sitting:
        """The sorter of a comparison: scenarios, then cells; with a seed history plays no part.

        Raises:
            UsageError: no such comparison, or nothing in it to sort.
        """
        paper = self.rooms.sorters.paper(comparison, count=count, seed=seed)
        return self._start(paper, {"items": [comparison], "count": count})

    def quiz_plan(self, wanted: Filter, *, count: int) -> QuizPlan:
        """What a quiz would hold."""
        return self.quiz_plans([(wanted, count)])[0]

    def quiz_plans(self, wanted: Sequence[tuple[Filter, int]]) -> tuple[QuizPlan, ...]:
        """What a quiz of each filter would hold, of so many questions each."""
        return self.rooms.queues.quiz_plans(wanted)

    def open_sittings(self) -> tuple[OpenSitting, ...]:
        """Unfinished attempts: mock exams and tests first, then the others, each newest first.

        Those whose paper is lost are left out: they cannot go on.
        """
        rows = sorted(self._open_rows(), key=lambda row: row.feedback != "end")
        return tuple(filter(None, map(self._open_sitting, rows)))

    def latest_open(self, mode: str) -> str | None:
        """The newest unfinished attempt of a mode."""
        return next((row.id for row in self._open_rows() if row.mode == mode), None)

    def open_exams(self) -> tuple[OpenSitting, ...]:
        """Mock exams left open, newest first."""
        return tuple(sitting for sitting in self.open_sittings() if sitting.mode == "exam")

    def resume(self, attempt: str) -> Sitting | ExamSitting:
        """Go on with an unfinished attempt, by the rules it was begun with.

        Raises:
            UsageError: there is none of that id.
            UnreadableError: its paper is damaged.
        """
        paper = self.rooms.paper(attempt)
        events = self.rooms.ledger.store.attempt_events(attempt)
        if paper.feedback == "end":
            return self._exam_sitting(attempt, paper, events)
        return self._sitting(attempt, paper, events)

    # --- inside -----------------------------------------------------------------------------------------

    def _open_rows(self) -> list[AttemptRow]:
        """Unfinished attempts that can go on, newest first."""
        rows = self.rooms.ledger.store.open_attempts()
        return sorted(rows, key=lambda row: row.started_at, reverse=True)

    def _open_sitting(self, row: AttemptRow) -> OpenSitting | None:
        position, left = row.answered + 1, None
        if row.feedback == "end":
            paper = self.rooms.paper_if_there(row.id)
            if paper is None:
                return None
            from keykata.study.exam_clock import clock_of

            events = self.rooms.ledger.store.attempt_events(row.id)
            attempt = fold_attempt(paper, events)
            blanks = [place for place, turn in enumerate(attempt.turns, 1) if not turn.chosen]
            position = blanks[0] if blanks else row.items
            seconds = clock_of(self.rooms.ledger, paper, attempt, events).left()
            left = None if seconds is None else ceil(seconds / MINUTE)
        return OpenSitting(
            id=row.id,
            mode=row.mode,
            title=row.title,
            position=min(position, max(1, row.items)),
            total=row.items,
            left=left,
            at_end=row.feedback == "end",
        )

    def _start(self, paper: Paper, wanted: dict[str, object]) -> Sitting:
        return self._sitting(*self._begin(paper, wanted))

    def _begin(self, paper: Paper, wanted: dict[str, object], taken: Sequence[Draft] = ()) -> Begun:
        self._tell_changes(self.rooms.changes.notice())
        attempt = ulid(self.rooms.ledger.now(), self.rooms.entropy(10))
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
        started = Draft(ATTEMPT_STARTED, body, attempt)
        events = self.rooms.ledger.append([started, *taken], snapshot=snapshot)
        return attempt, paper, events[:1]

    def _exam_sitting(self, attempt: str, paper: Paper, events: Sequence[Event]) -> ExamSitting:
        from keykata.study.exam_sitting import ExamSitting

        rooms = self.rooms
        return ExamSitting(
            attempt, paper, events, ledger=rooms.ledger, cards=rooms.cards, reports=rooms.reports
        )

    def _sitting(self, attempt: str, paper: Paper, events: Sequence[Event]) -> Sitting:
        from keykata.study.sitting import Sitting

        return Sitting(
            attempt,
            paper,
            events,
            ledger=self.rooms.ledger,
            cards=self.rooms.cards,
            reports=self.rooms.reports,
            repairs=self.rooms.repairs,
        )

    def _tell_changes(self, started_again: tuple[str, ...]) -> None:
        if started_again:
            count = len(started_again)
            what = "1 question has" if count == 1 else f"{count} questions have"
            text = f"{what} another right answer than when you answered."
            self.notices = (*self.notices, Notice("changed", text, "What you knew of it starts again."))
