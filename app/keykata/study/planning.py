"""Planning: the part of the dojo that looks ahead to the exam."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keykata.core.days import MINUTE, days_between
from keykata.core.ids import item_of
from keykata.memory.queue import at_stake, recall_on
from keykata.study.home_views import PlanRow, TodayPlan
from keykata.study.plan_views import LeftOut, NextCard, PlanPage
from keykata.study.rooms import Rooms
from keykata.study.today import cost

if TYPE_CHECKING:
    from keykata.memory.plan import Plan
    from keykata.study.plan_views import Pack


class Planning:
    """The part of the dojo that plans."""

    rooms: Rooms

    def plan(self) -> PlanPage:
        """The plan to exam day, as of now; without an exam ahead only what Today holds."""
        return _page(self.rooms)

    def plan_beside(self) -> PlanPage:
        """The same for a worker, through a connection of its own: over many cards it takes a while."""
        with self.rooms.beside() as rooms:
            page = _page(rooms)
            self.rooms.planner.adopt(rooms.planner)
        return page

    def plan_pending(self) -> bool:
        """Whether the plan of the day is to be worked out before it can be said what is next."""
        return self.rooms.planner.pending()

    def plan_day(self) -> None:
        """Work it out, for a worker: over many cards it takes a while."""
        with self.rooms.beside() as rooms:
            rooms.planner.final_plan()
            self.rooms.planner.adopt(rooms.planner)

    def changes_pending(self) -> bool:
        """Whether so much was learned that `look_for_changes` should run before a session starts."""
        return self.rooms.changes.pending()

    def look_for_changes(self) -> None:
        """Find what edits of the banks do to progress, for a worker; the next session to start keeps it."""
        with self.rooms.beside() as rooms:
            rooms.changes.look()
            self.rooms.changes.adopt(rooms.changes)

    def plan_json(self) -> dict[str, object]:
        """The plan as one object, with the due cards in the order of the queue."""
        import msgspec

        page: dict[str, object] = msgspec.to_builtins(self.plan())
        return page | {"queue": msgspec.to_builtins(self.queue())}

    def queue(self) -> tuple[NextCard, ...]:
        """What is due now, the most urgent first, siblings of what comes today left out."""
        rooms = self.rooms
        exam = rooms.planner.exam_day()
        aim = rooms.planner.weights.aim(exam) if exam else None
        order = [card for card, _ in rooms.queues.due()]
        rows = {row.card: row for row in rooms.ledger.store.rows_of(order)}
        return tuple(
            NextCard(
                card=row.card,
                item=row.item,
                kind=row.kind,
                at_stake=round(at_stake(row, aim, rooms.ledger.engine), 4) if aim else None,
                recall=round(recall_on(row, aim.day, rooms.ledger.engine), 4) if aim else None,
            )
            for row in map(rows.__getitem__, order)
        )

    def pack(self) -> Pack:
        """The page for the night before: for the exam's day, or for tomorrow when no exam is ahead."""
        from keykata.study.packing import Packing

        return Packing(self.rooms).pack()

    def look_at_pack(self) -> Pack:
        """The same for a worker, through a connection of its own: over many answers it takes a while."""
        from keykata.study.packing import Packing

        with self.rooms.beside() as rooms:
            rooms.mixups.share_papers(self.rooms.mixups)
            return Packing(rooms).pack()


def _page(rooms: Rooms) -> PlanPage:
    ledger = rooms.ledger
    exam = next(iter(rooms.library.exams.values()), None)
    day, today = ledger.exam_date, rooms.queues.today_plan()
    plan = rooms.planner.plan()
    begun = bool(ledger.store.answered_on(ledger.today()))
    page = PlanPage(
        exam_date=day,
        exam_code=exam.code if exam else "",
        in_days=days_between(ledger.today(), day) if day else None,
        minutes=ledger.minutes,
        retention=ledger.retention,
        today=today,
        begun=begun,
        mock_minutes=rooms.planner.mock_minutes(),
    )
    if plan is None:
        return page
    import msgspec

    return msgspec.structs.replace(
        page,
        days=_rows(plan, None if begun else today),
        window_from=plan.window_from,
        mocks_apart=plan.mocks_apart,
        safe=plan.safe,
        left_out=_left_out(rooms, plan),
    )


def _left_out(rooms: Rooms, plan: Plan) -> LeftOut:
    from keykata.memory.deck import card_kind

    seconds = sum(cost(card_kind(card)) for card in plan.left_out)
    study = sum(not day.mock for day in plan.days)
    minutes = rooms.ledger.minutes
    more = -(-seconds // (MINUTE * study)) + 1 if seconds and study else 0
    begun = set(plan.begun)
    met = rooms.ledger.store.items_with_cards() | {item_of(card) for card in begun}
    terms = rooms.library.entries("term")
    return LeftOut(
        cards=plan.left_out,
        minutes=minutes + more if more else 0,
        waiting=sum(card not in begun for card in rooms.planner.waiting()),
        questions=plan.questions_left,
        terms=sum(entry.id not in met for entry in terms),
    )


def _rows(plan: Plan, today: TodayPlan | None) -> tuple[PlanRow, ...]:
    """A row a day; that of today says what the session will hold, as long as it was not begun."""
    rows = [
        PlanRow(
            day=day.day,
            in_days=ahead,
            repeat=day.reviews,
            last=day.last,
            new=day.new,
            questions=day.questions,
            minutes=-(-day.seconds // MINUTE),
            mock=day.mock,
        )
        for ahead, day in enumerate(plan.days)
    ]
    if rows and today is not None and not rows[0].mock:
        last = min(rows[0].last, today.repeat)
        rows[0] = PlanRow(
            day=rows[0].day,
            in_days=0,
            repeat=today.repeat - last,
            last=last,
            new=today.new,
            questions=today.questions,
            minutes=today.minutes,
            mock=0,
        )
    return tuple(rows)
