"""The only writer: stamps what happens with the moment and the study day, and reads the settings in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from keykata.core.clock import Clock
from keykata.core.days import DEFAULT_ROLLOVER_HOUR, days_between, study_day
from keykata.core.event import SETTING, Draft, Event
from keykata.memory.engine import MAX_RETENTION, MIN_RETENTION, Engine
from keykata.memory.weights import SETTING as WEIGHTS
from keykata.memory.weights import fitted_weights
from keykata.store.store import Store
from keykata.study.keeper import Keeper

DEFAULT_RETENTION = 0.90
DEFAULT_MINUTES = 20
DEFAULT_NEW_PER_DAY = 20
MOST_MINUTES = 1440  # of a day
MOST_NEW = 100_000
MOST_DAYS_AHEAD = 3_653  # ten years: a plan has a page, and costs time, for every day to the exam


class Ledger:
    """The store, the clock and the settings, as the use cases see them."""

    def __init__(self, store: Store, clock: Clock, keeper: Keeper | None = None) -> None:
        """A ledger over a store.

        Args:
            keeper: of another ledger on the same home, which also closes it; None for one of its own.
        """
        self.store = store
        self.clock = clock
        self._weights: tuple[float, ...] | None = None
        self._engine = Engine()
        self._settings: dict[str, object] = {}
        self._settings_of: tuple[int, int] | None = None  # the version of the home they were read from
        self.keeper = keeper or Keeper(store.path, need=store.need_for_more)

    def now(self) -> int:
        """Milliseconds UTC."""
        return self.clock.wall()

    def day_of(self, at: int) -> str:
        """The study date of a moment (ms UTC) in the learner's zone."""
        return study_day(at, self.clock.utc_offset(at), self.rollover_hour)

    def today(self) -> str:
        """The study date of this moment."""
        return self.day_of(self.now())

    def append(
        self,
        drafts: Sequence[Draft],
        *,
        snapshot: bytes | None = None,
        at: int | None = None,
        known: tuple[str, int] | None = None,
    ) -> tuple[Event, ...]:
        """Put events on disk, with all that follows from them; they are committed when this returns.

        Args:
            drafts: in order.
            snapshot: what an attempt that begins with them shows.
            at: the moment they belong to (ms UTC) when it is not now: a deadline that passed meanwhile.
            known: an attempt, and how many events of it they go by; None where they go by none.

        Raises:
            UnwritableError: the home cannot be written; nothing was kept.
            OvertakenError: their attempt has other events by now; nothing was kept.
        """
        moment = self.now() if at is None else at
        day = self.day_of(moment)
        belated = at is not None
        events = self.store.append(
            drafts, now=moment, day=day, snapshot=snapshot, belated=belated, known=known
        )
        self.keeper.wrote(day if at is None else self.today())
        return events

    def close(self) -> None:
        """Finish the backup under way, and close the store.

        Raises:
            UnwritableError: files were deleted under this program, and not all that it
                saved could be brought home.
        """
        self.keeper.close()
        self.store.close()
        if self.store.left is not None:
            from keykata.study.merging import bring_home

            bring_home(self.store, self.store.left)

    def setting(self, name: str) -> Any:
        """The value of a setting that lives in the log, None when it was never set.

        They are read again only when they may have changed, by this program or by another.
        """
        version = self.store.settings_version()
        if version != self._settings_of:
            self._settings, self._settings_of = self.store.settings(), version
        return self._settings.get(name)

    def set(self, name: str, value: Any) -> None:
        """Change a setting; the change is an event like any other."""
        self.append([Draft(kind=SETTING, body={"v": 1, "name": name, "value": value})])

    @property
    def engine(self) -> Engine:
        """The memory model by the weights in force, which another program may set meanwhile."""
        weights = fitted_weights(self.setting(WEIGHTS))
        if weights != self._weights:
            self._weights, self._engine = weights, Engine(weights)
        return self._engine

    @property
    def rollover_hour(self) -> int:
        """The hour (0..23) a study day begins."""
        return int(self._number("rollover", 0, 23, DEFAULT_ROLLOVER_HOUR))

    @property
    def retention(self) -> float:
        """Desired retention, a proportion within the engine's bounds, whatever another program set."""
        told = self._number("retention", 0, 1, DEFAULT_RETENTION)
        return min(MAX_RETENTION, max(MIN_RETENTION, told))

    @property
    def minutes(self) -> int:
        """Minutes a day."""
        return int(self._number("minutes", 1, MOST_MINUTES, DEFAULT_MINUTES))

    @property
    def new_per_day(self) -> int:
        """How many new cards a day may bring."""
        return int(self._number("new-per-day", 0, MOST_NEW, DEFAULT_NEW_PER_DAY))

    @property
    def exam_date(self) -> str | None:
        """The exam's date, `YYYY-MM-DD`; None without one, or where it makes no sense."""
        value = self.setting("exam-date")
        return value if isinstance(value, str) and _is_date(value) and self.within_reach(value) else None

    def within_reach(self, day: str) -> bool:
        """Whether a date (`YYYY-MM-DD`) lies near enough to plan to."""
        return days_between(self.today(), day) <= MOST_DAYS_AHEAD

    def _number(self, name: str, least: int, most: int, usual: float) -> float:
        """The number of a setting; the usual one where what the log says makes no sense."""
        value = self.setting(name)
        fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
        return value if fits else usual


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
