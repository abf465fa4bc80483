"""Reports of attempts, from their paper and their events alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from keykata.core.days import days_between
from keykata.core.errors import UnreadableError, UsageError
from keykata.practice.attempt import Attempt, Turn, fold_attempt
from keykata.practice.paper import Paper, QuestionSlot, RecallSlot, Slot, decode_paper
from keykata.practice.score import covered, score
from keykata.store.rows import AttemptRow
from keykata.study.faces import lead
from keykata.study.home_views import Coming
from keykata.study.ledger import Ledger
from keykata.study.views import DomainLine, Earlier, Missed, PastSession, Report
from keykata.study.wording import slot_heading

EARLIER = 5


class Reports:
    """Builds reports."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def attempt(self, attempt: str, paper: Paper) -> Attempt:
        """The state of an attempt, folded from its events."""
        return fold_attempt(paper, self._ledger.store.attempt_events(attempt))

    def build(self, attempt_id: str, paper: Paper) -> Report:
        """The report of an attempt, finished or not.

        Raises:
            UsageError: there is no such attempt.
        """
        row = self._ledger.store.attempt(attempt_id)
        if row is None:
            raise UsageError("There is no such attempt.", hint="See: keykata history")
        attempt = self.attempt(attempt_id, paper)
        marked = score(paper, attempt)
        turns = [turn for turn in attempt.turns if turn.answered]
        return Report(
            id=attempt_id,
            mode=paper.mode,
            title=paper.title,
            started_at=row.started_at,
            day=row.day,
            finished=attempt.finished,
            seed=paper.seed,
            items=marked.items,
            answered=marked.answered,
            correct=marked.correct,
            scored=marked.scored,
            scored_correct=marked.scored_correct,
            raw=marked.raw,
            scaled=marked.scaled,
            passed=marked.passed,
            seconds=attempt.used,
            facts=_facts(paper, turns),
            sure_wrong=sum(turn.correct is False and turn.confidence == "sure" for turn in turns),
            lucky=sum(turn.lucky for turn in turns),
            domains=tuple(
                DomainLine(d.name, d.weight, d.scored, d.correct, d.meets) for d in covered(marked.domains)
            ),
            missed=_missed(paper, attempt),
            coming=self.coming({paper.slots[turn.slot].card for turn in turns}),
            paper=paper,
            attempt=attempt,
            proven=marked.proven,
            unscored=_unscored(paper, attempt),
            times=tuple(turn.seconds for turn in attempt.turns),
            earlier=self._earlier(row),
        )

    def past(self) -> tuple[PastSession, ...]:
        """Every ended attempt that holds an answer or was handed in, newest first."""
        rows = [row for row in self._ledger.store.attempts() if row.finished_at is not None]
        rows.sort(key=lambda row: (row.finished_at or 0, row.id), reverse=True)
        return tuple(self.past_line(row) for row in rows if row.answered or row.feedback == "end")

    def past_line(self, row: AttemptRow) -> PastSession:
        """Only tests and exams need their paper for it: there a blank is wrong, and some do not count."""
        counted, right, scaled = row.objective, row.correct, None
        if row.feedback == "end":
            counted, right, scaled = self._marked(row)
        return PastSession(
            id=row.id,
            mode=row.mode,
            title=row.title,
            day=row.day,
            at_end=row.feedback == "end",
            answered=row.answered,
            counted=counted,
            right=right,
            scaled=scaled,
        )

    def _earlier(self, row: AttemptRow) -> tuple[Earlier, ...]:
        """Attempts of the same mode and title that ended before this one began, newest first."""
        before = [
            other
            for other in self._ledger.store.attempts()
            if (other.mode, other.title) == (row.mode, row.title)
            and other.finished_at is not None
            and other.finished_at <= row.started_at
        ]
        return tuple(self._earlier_line(other) for other in reversed(before[-EARLIER:]))

    def _earlier_line(self, row: AttemptRow) -> Earlier:
        counted, right, scaled = self._marked(row)
        return Earlier(row.title, row.day, right, counted, scaled)

    def _marked(self, row: AttemptRow) -> tuple[int, int, int | None]:
        """(counted, right, scaled) by its paper; when that cannot be read, by its answers alone."""
        try:
            paper = decode_paper(self._ledger.store.snapshot(row.snapshot))
        except (UnreadableError, ValueError):
            return row.objective, row.correct, None
        marked = score(paper, self.attempt(row.id, paper))
        return marked.scored, marked.scored_correct, marked.scaled

    def coming(self, cards: Iterable[str]) -> tuple[Coming, ...]:
        """When cards come back, a line a day, soonest first; by the day of an exam ahead at the latest."""
        today = self._ledger.today()
        states = self._ledger.store.cards(list(cards))
        exam = self._ledger.exam_date
        last = exam if exam and exam > today else max((s.due_day for s in states.values()), default=today)
        days = Counter(max(min(state.due_day, last), today) for state in states.values())
        return tuple(Coming(day, days[day], days_between(today, day)) for day in sorted(days))


def _unscored(paper: Paper, attempt: Attempt) -> tuple[int, int]:
    """(right, of) of the questions that do not count."""
    turns = attempt.turns[: len(paper.slots)]
    found = [
        turn for turn in turns if isinstance(slot := paper.slots[turn.slot], QuestionSlot) and not slot.scored
    ]
    return sum(turn.correct is True for turn in found), len(found)


def _facts(paper: Paper, turns: Iterable[Turn]) -> tuple[int, int, int, int]:
    """The last rating of each fact, counted: forgot, hard, knew it, easy."""
    last = {turn.slot: turn.rating for turn in turns if isinstance(paper.slots[turn.slot], RecallSlot)}
    counts = Counter(last.values())
    return (counts[1], counts[2], counts[3], counts[4])


def _missed(paper: Paper, attempt: Attempt) -> tuple[Missed, ...]:
    handed_in = paper.feedback == "end" and attempt.finished
    wrong = [
        (place, turn)
        for place, turn in enumerate(attempt.turns, 1)
        if turn.correct is False or turn.late or (handed_in and not turn.answered)
    ]
    return tuple(_missed_line(place, paper.slots[turn.slot]) for place, turn in wrong)


def _missed_line(place: int, slot: Slot) -> Missed:
    return Missed(position=place, item=slot.item, card=slot.card, title=slot_heading(slot), lead=lead(slot))
