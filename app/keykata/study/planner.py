"""The plan to exam day, from the log, the day and the settings; it is never stored."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from keykata.bank.library import Library
from keykata.core.collector import uncollected
from keykata.core.days import MINUTE, add_days, days_between
from keykata.core.ids import item_of
from keykata.study.ledger import Ledger
from keykata.study.shelf import Shelf
from keykata.study.today import DUE_SHARE, NEW_SHARE, SECONDS, cost
from keykata.study.worth import Weights

if TYPE_CHECKING:
    from keykata.memory.plan import Means, Plan
    from keykata.memory.upkeep import Fact
    from keykata.practice.blueprint import Blueprint
    from keykata.study.intake import Intake

KINDS = ("question", "term", "concept", "faq", "loose", "cell", "sort")
COSTS = {kind: cost(kind) for kind in KINDS}
LONGEST = 300  # seconds: who thinks longer over one answer went for a coffee


class Planner:
    """Makes the plan of one home.

    What is shown of it is as of now: remembered until the log, the day or a setting changes. What the queue
    takes of it is made once a day, and again when a setting changes: answers of the day do not move it.
    """

    def __init__(self, library: Library, ledger: Ledger, shelf: Shelf, intake: Intake) -> None:
        self._library = library
        self._ledger = ledger
        self._shelf = shelf
        self.intake = intake
        self._known: tuple[tuple[int, str], Plan] | None = None
        self._final: tuple[tuple[object, ...], Plan | None] | None = None
        self._shut: frozenset[str] = frozenset()
        self._opened: dict[str, bool] = {}

    @cached_property
    def weights(self) -> Weights:
        """What each item stands for on the exam."""
        return Weights(self._library, self._shelf)

    def exam_day(self) -> str | None:
        """The exam's study date, None when none is set or it is past."""
        day = self._ledger.exam_date
        return day if day is not None and day >= self._ledger.today() else None

    def plan(self) -> Plan | None:
        """The plan from today; None without an exam ahead."""
        exam = self.exam_day()
        if exam is None:
            return None
        key = (self._ledger.store.size(), self._ledger.today())
        if self._known is None or self._known[0] != key:
            self._shut, self._opened = self._shelf.sealed, {}
            self._known = (key, self.make(exam))
        return self._known[1]

    def final_plan(self) -> Plan | None:
        """The plan of this day, if the final window has begun."""
        exam = self.exam_day()
        if exam is None:
            return None
        if self.pending():
            plan = self.plan()
            self._final = (self._terms(exam), plan if plan is not None and plan.in_window else None)
        return self._final[1] if self._final else None

    def pending(self) -> bool:
        """Whether the plan of this day is still to be worked out, which takes long over many cards.

        A count answers on most days that there is no need.
        """
        exam = self.exam_day()
        if exam is None:
            return False
        key = self._terms(exam)
        if self._final is None or self._final[0] != key:
            if self._may_be_final(exam):
                return True
            self._final = (key, None)
        return False

    def adopt(self, other: Planner) -> None:
        """Take over the day's plan that was worked out beside."""
        self._final = other._final or self._final

    def _terms(self, exam: str) -> tuple[object, ...]:
        """What the plan of a day is made for."""
        ledger = self._ledger
        weights = ledger.engine.given
        return ledger.today(), exam, ledger.minutes, ledger.retention, ledger.new_per_day, weights

    def new_left(self) -> int:
        """How many facts the plan still begins today; every one of them keeps its place in the final window.

        0 without an exam ahead, and once the final window may have begun.
        """
        exam = self.exam_day()
        if exam is None:
            return 0
        from keykata.memory.window import LEAST_DAYS

        left = days_between(self._ledger.today(), exam)
        if left <= LEAST_DAYS or self._mock_today(exam, left):
            return 0
        begun = self._ledger.store.new_today(self._ledger.today())
        room = (self._room_until(left) - self._need_until(exam, left)) // SECONDS["recall"]
        return max(0, min(self._rate() - begun, room))

    def _mock_today(self, exam: str, left: int) -> bool:
        """Whether the plan gives today to a mock exam."""
        from keykata.memory.mocks import MOCK_OFFSETS

        return left in MOCK_OFFSETS and 0 in self._means(exam).mock_days()

    def _rate(self) -> int:
        """New facts a day, as the limit and the daily time allow."""
        ledger = self._ledger
        return min(ledger.new_per_day, int(ledger.minutes * MINUTE * NEW_SHARE) // SECONDS["new"])

    def _may_be_final(self, exam: str) -> bool:
        """Whether what falls due by the exam could ask for every day there is, reckoned on the safe side."""
        from keykata.memory.window import LEAST_DAYS

        left = days_between(self._ledger.today(), exam)
        if not left:
            return False
        if left <= LEAST_DAYS:
            return True
        return self._need_until(exam, left) > self._room_until(left)

    def _need_until(self, exam: str, left: int) -> int:
        """Seconds for one showing of each card that falls due by the exam, so many days ahead."""
        # a date lies a little later than retention says: intervals are moved to spread the load
        until = self._ledger.store.due_kinds_until(add_days(exam, 2 + left // 5))
        return sum(COSTS[kind] * count for kind, count in until.items())

    def _room_until(self, left: int) -> int:
        """Seconds for cards on the days after today and before the exam, on the safe side."""
        from keykata.memory.mocks import MOCK_OFFSETS

        day = int(self._ledger.minutes * MINUTE * DUE_SHARE) - max(COSTS.values())
        return day * (left - 1 - sum(offset < left for offset in MOCK_OFFSETS))

    def make(self, exam: str) -> Plan:
        """The plan from today to an exam day, worked out anew."""
        from keykata.memory.plan import Worth, make_plan

        with uncollected():
            rows = self._ledger.store.answered_rows()
            shut = {item for item in {row[1] for row in rows} if not self._open(item)}
            if shut:
                rows = [row for row in rows if row[1] not in shut]
            worth = Worth(COSTS, self.weights)
            return make_plan(rows, self._waiting(exam), worth, self._means(exam), self._ledger.engine)

    def _means(self, exam: str) -> Means:
        from keykata.memory.plan import Means

        ledger, today = self._ledger, self._ledger.today()
        return Means(
            today=today,
            exam_day=exam,
            capacity=ledger.minutes * MINUTE,
            spent=int(ledger.store.seconds_on(today, LONGEST)),
            desired=ledger.retention,
            new_per_day=ledger.new_per_day,
            new_today=ledger.store.new_today(today),
            new_seconds=SECONDS["new"],
            look_seconds=SECONDS["recall"],
            questions=len(self._shelf.unseen()),
            question_seconds=SECONDS["question"],
            card_share=DUE_SHARE,
            new_share=NEW_SHARE,
            mocks=self.mocks(),
            last_mock=max(self._sat(), default=""),
            sat=len(self._sat()),
            mock_seconds=self._mock_questions() * SECONDS["question"],
        )

    def _open(self, item: str) -> bool:
        """Whether an item may be shown: an open bank has it, and it is not sealed."""
        known = self._opened.get(item)
        if known is None:
            known = self._opened[item] = item not in self._shut and self._library.entry(item) is not None
        return known

    def waiting(self) -> list[str]:
        """The facts that were taken on and not begun, oldest first."""
        rows = self._ledger.store.new_rows()
        return [row.card for row in rows if row.kind not in ("question", "sort") and self._open(row.item)]

    def _waiting(self, exam: str) -> list[Fact]:
        """The facts that were taken on, then those the plan will take on, as many as the days can begin."""
        from keykata.memory.upkeep import Fact

        taken = self.waiting()
        days = days_between(self._ledger.today(), exam)
        more = self.intake.picks(self._rate() * days - len(taken), each=max(1, days))
        cards = [*taken, *(card for card, _ in more)]
        return [Fact(card, item_of(card), self.weights[item_of(card)]) for card in cards]

    def mocks(self) -> int:
        """How many mock exams are left: sealed papers not sat, and whole forms of unseen questions."""
        blueprint = self._blueprint()
        sealed = len(self._shelf.unsat())
        if blueprint is None:
            return sealed
        held = self._library.held
        counts = dict.fromkeys((domain.id for domain in blueprint.domains), 0)
        for entry in self._shelf.unseen().values():
            if entry.id.split(":", 1)[0] in held and not entry.disputed:
                domain = self._shelf.domain(entry)
                counts[domain] = counts.get(domain, 0) + 1
        needs = blueprint.needs(blueprint.count)
        return sealed + min((counts[domain] // need for domain, need in needs.items() if need), default=0)

    def mock_minutes(self) -> int:
        """The minutes of a mock exam, 0 when the open banks follow none."""
        blueprint = self._blueprint()
        return blueprint.minutes if blueprint else 0

    def _mock_questions(self) -> int:
        """How many questions a whole mock exam has, 0 when the open banks follow none."""
        blueprint = self._blueprint()
        return blueprint.count if blueprint else 0

    def _blueprint(self) -> Blueprint | None:
        from keykata.study.examiner import blueprint_of

        exam = self._library.held_exam()
        return blueprint_of(exam) if exam else None

    def _sat(self) -> list[str]:
        """The study dates of the mock exams that were handed in."""
        return [row.day for row in self._ledger.store.attempts_of("exam") if row.finished_at]
