"""The dojo: the one door through which screens and commands look, start, answer and set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from keykata.bank.library import Library
from keykata.bank.model import Problem
from keykata.bank.reading import UNREADABLE
from keykata.core.clock import Clock
from keykata.core.errors import UsageError
from keykata.core.event import KEEP, NOTE, REPORT, Draft
from keykata.core.safe import quoted
from keykata.study.home_views import Around, Home, Notice, PlanRow
from keykata.study.homepage import HomePage
from keykata.study.ledger import Ledger
from keykata.study.looking import Looking
from keykata.study.planning import Planning
from keykata.study.rooms import Rooms
from keykata.study.sharing import Sharing
from keykata.study.starting import Starting
from keykata.study.telling import Telling

MIN_MINUTES, MAX_MINUTES = 5, 240
DAY_MS = 86_400_000


class Reopen(Protocol):
    """Opens the banks as they are now, with the bank in one more folder before them."""

    def __call__(self, first: Path | None = None, /) -> Library:
        """The library."""


class Dojo(Looking, Starting, Telling, Sharing, Planning):
    """Everything a learner can do, as methods; each returns something to show, or a running sitting."""

    def __init__(
        self,
        library: Library,
        ledger: Ledger,
        entropy: Callable[[int], bytes],
        reopen: Reopen,
    ) -> None:
        self.rooms = Rooms(library, ledger, entropy)
        self.notices = self._notices()
        self._reopen = reopen

    @property
    def library(self) -> Library:
        """The open banks."""
        return self.rooms.library

    @property
    def clock(self) -> Clock:
        """The clock of this program."""
        return self.rooms.ledger.clock

    @property
    def writable(self) -> bool:
        """Whether answers can be kept."""
        return self.rooms.ledger.store.writable

    @property
    def rollover(self) -> int:
        """The hour (0..23) a study day begins."""
        return self.rooms.ledger.rollover_hour

    def can_write_now(self) -> bool:
        """Whether nobody else holds the database; waits a quarter of a second. For a worker."""
        from keykata.store.upkeep import is_free

        return is_free(self.rooms.ledger.store.path)

    def close(self) -> None:
        """Finish the backup of the day, and close the store."""
        self.rooms.ledger.close()

    def read_banks_again(self, file: str = "") -> Problem | None:
        """Open the banks as they are now; sittings under way keep what they show.

        Args:
            file: the file that was edited.

        Returns:
            The first error of that file; its items that are whole are open all the same.

        Raises:
            KeyKataError: the banks cannot be opened any more; those from before stay.
        """
        library = self._reopen()
        self.rooms = Rooms(library, self.rooms.ledger, self.rooms.entropy)
        self.notices = self._notices()
        wanted = Path(file).absolute()
        return next(
            (
                problem
                for problem in library.problems
                if problem.severity == "error" and Path(problem.place.file).absolute() == wanted
            ),
            None,
        )

    def library_around(self, file: Path) -> Library:
        """The banks the references of a file may lead into: the open ones, and the one it lies in.

        Raises:
            KeyKataError: the banks cannot be opened any more.
        """
        from keykata.bank.checking import bank_above

        folder = bank_above(file.absolute())
        there = {Path(bank.header.folder).resolve() for bank in self.library.banks}
        return self.library if folder is None or folder.resolve() in there else self._reopen(folder)

    def home(self) -> Home:
        """Everything Home shows."""
        rooms = self.rooms
        page = HomePage(rooms.library, rooms.ledger, rooms.shelf, rooms.queues)
        return page.build(self.open_sittings(), (*self.notices, *self.since_the_start()))

    def home_tomorrow(self, home: Home) -> tuple[str, Home]:
        """The study date of tomorrow, and Home as it will be then if nothing happens until then.

        Args:
            home: of today; its open sessions and notices stay.
        """
        with self.rooms.beside(ahead=DAY_MS) as rooms:
            page = HomePage(rooms.library, rooms.ledger, rooms.shelf, rooms.queues)
            return rooms.ledger.today(), page.build(home.open, home.notices)

    def around(self, home: Home) -> Around:
        """What Home shows beside and takes longer: a mock exam, a sorter, the missed list, being ready.

        The days until the exam are left out: they may take half a second (`days_ahead`).
        """
        offer = self.exam_offer()
        return Around(
            offer=offer if offer.items else None,
            sorts=not home.first_start and bool(self.sorters()),
            missed=0 if home.first_start else self.missed_count(),
            shares=self.shares(),
            ready=None if home.first_start else self.readiness(),
        )

    def days_ahead(self, home: Home) -> tuple[PlanRow, ...]:
        """The days until the exam, for Home; worked out beside, so that a worker may ask."""
        if (home.exam_in_days or 0) <= 0 or home.first_start:
            return ()
        return self.plan_beside().days

    # --- marks on items ---------------------------------------------------------------------------------

    def keep(self, item: str, on: bool) -> None:
        """Keep an item for good, or let it go."""
        self.rooms.ledger.append([Draft(kind=KEEP, body={"v": 1, "on": on}, item=item)])

    def is_kept(self, item: str) -> bool:
        """Whether an item is kept for good."""
        return self.rooms.cards.kept(item)

    def note(self, item: str, text: str) -> None:
        """Add a note to an item."""
        self.rooms.ledger.append([Draft(kind=NOTE, body={"v": 1, "text": text}, item=item)])

    def report_wrong(self, item: str, text: str) -> None:
        """Report an item as wrong, for its author."""
        self.rooms.ledger.append([Draft(kind=REPORT, body={"v": 1, "text": text}, item=item)])

    def take_on(self, item: str) -> int:
        """Bring all cards of a term or comparison into the queue; how many entered."""
        content = self.rooms.library.item(item)
        if content is None:
            raise UsageError("There is no such page.", hint="Look in the library.")
        from keykata.memory.deck import card_specs

        specs = card_specs(item.split(":", 1)[0], content)
        drafts = self.rooms.cards.enter_drafts([spec.card for spec in specs], why="read")
        if drafts:
            self.rooms.ledger.append(drafts)
        return len(drafts)

    # --- settings ---------------------------------------------------------------------------------------

    def set_exam_date(self, day: str | None) -> None:
        """Set or clear the exam's date (`YYYY-MM-DD`)."""
        if day is not None:
            day = self._future_date(day)
        self.rooms.ledger.set("exam-date", day)

    def set_minutes(self, minutes: int) -> None:
        """Set the minutes a day."""
        if not MIN_MINUTES <= minutes <= MAX_MINUTES:
            raise UsageError(
                f"{minutes} minutes a day does not fit.", hint=f"Give {MIN_MINUTES} to {MAX_MINUTES}."
            )
        self.rooms.ledger.set("minutes", minutes)

    def settings(self) -> dict[str, object]:
        """The settings, with their values in force; `sync` is this computer's own."""
        ledger = self.rooms.ledger
        return {
            "exam-date": ledger.exam_date,
            "minutes": ledger.minutes,
            "retention": ledger.retention,
            "sync": self.sync_setting(),
        }

    def since_the_start(self) -> tuple[Notice, ...]:
        """What went wrong while the program runs: no backup of the day, a clock that was set back."""
        ledger = self.rooms.ledger
        notices = []
        if ledger.keeper.trouble is not None:
            trouble = ledger.keeper.trouble
            notices.append(Notice("backup", f"There is no backup of today. {trouble.message}", trouble.hint))
        if ledger.store.clock_set_back:
            text = "The clock of this computer was set back by more than a day."
            notices.append(Notice("clock", text, "Nothing is lost; look whether it is right."))
        return tuple(notices)

    # --- inside -----------------------------------------------------------------------------------------

    def _future_date(self, day: str) -> str:
        try:
            moment = date.fromisoformat(day.strip())
        except ValueError:
            raise UsageError(f"{quoted(day)} is not a date.", hint="Write it as 2026-12-14.") from None
        if moment.isoformat() < self.rooms.ledger.today():
            raise UsageError(f"{moment.isoformat()} is past.", hint="Give the day of the exam.")
        if not self.rooms.ledger.within_reach(moment.isoformat()):
            raise UsageError(
                f"{moment.isoformat()} is over ten years away.", hint="Give the day of the exam."
            )
        return moment.isoformat()

    def _notices(self) -> tuple[Notice, ...]:
        notices: list[Notice] = []
        errors = [problem for problem in self.rooms.library.problems if problem.severity == "error"]
        shut = [problem for problem in errors if problem.code == UNREADABLE]
        for problem in shut:
            text = f"{problem.place.file} cannot be opened; the other banks are."
            notices.append(Notice("problem", text, "See to its permissions; keykata check says why."))
        if len(errors) > len(shut):
            count = len(errors) - len(shut)
            what = "1 problem" if count == 1 else f"{count} problems"
            notices.append(
                Notice(
                    "problem", f"{what} in the banks; the good items are open.", "keykata check names each."
                )
            )
        if not self.writable:
            refusal = self.rooms.ledger.store.refusal
            why = refusal.message.rstrip(".") if refusal else "Nothing can be saved here"
            notices.append(Notice("read-only", f"{why}, so practice is closed.", "Reading works."))
        return tuple(notices)
