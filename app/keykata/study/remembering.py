"""Remembering: progress, the desired retention, and the fit of the memory model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keykata.core.errors import UsageError
from keykata.memory.engine import MAX_RETENTION, MIN_RETENTION
from keykata.study.rooms import Rooms

if TYPE_CHECKING:
    from keykata.study.fitting import FitResult
    from keykata.study.progress_views import Past, Progress
    from keykata.study.ready_views import ReadinessPoint


class Remembering:
    """The part of the dojo that looks after memory."""

    rooms: Rooms

    def progress(self) -> Progress:
        """Where I stand, as far as indexed counts tell."""
        from keykata.study.progress import progress_now

        return progress_now(self.rooms.ledger, askable=self.rooms.shelf.can_practise())

    def look_at_all(self, stopped: Callable[[], bool] = lambda: False) -> Past | None:
        """What the whole log tells; for a worker: it has a connection of its own, and can be stopped.

        Args:
            stopped: asked now and then whether it is still wanted; then the result is None.
        """
        from keykata.study.progress import LookingAtAll

        with self.rooms.beside() as rooms:
            return LookingAtAll(rooms.library, rooms.ledger, rooms.shelf, rooms.reports).look(stopped)

    def look_at_readiness(
        self, stopped: Callable[[], bool] = lambda: False
    ) -> tuple[ReadinessPoint, ...] | None:
        """What was said of being ready at the end of each study day; for a worker, like `look_at_all`.

        Args:
            stopped: asked now and then; then the result is None.
        """
        with self.rooms.beside() as rooms:
            rooms.readying.share_points(self.rooms.readying)
            points = rooms.readying.history(stopped)
        return None if stopped() else points

    def set_retention(self, share: float) -> None:
        """Set the desired retention, a proportion from 0.70 to 0.97; it holds from the next answer on.

        Raises:
            UsageError: another share.
        """
        if not MIN_RETENTION <= share <= MAX_RETENTION:
            raise UsageError(
                f"A desired retention of {share:g} does not fit.",
                hint=f"Give {MIN_RETENTION:.2f} to {MAX_RETENTION:.2f}.",
            )
        self.rooms.ledger.set("retention", round(share, 4))

    def fit(
        self,
        stopped: Callable[[], bool] = lambda: False,
        tell: Callable[[str], None] = lambda _: None,
    ) -> FitResult | None:
        """Fit the memory model to the log; keep the fit if it is better. For a worker, like `look_at_all`.

        Kept, it is an event of the log, and every card is reckoned by it from then on.

        Args:
            stopped: asked now and then; then the result is None, and nothing was kept.
            tell: takes what is being done, in words.

        Raises:
            UsageError: there are too few reviews. UnwritableError: nothing can be kept here.
        """
        from keykata.study.fitting import find_fit, keep_fit

        with self.rooms.beside(writing=True) as rooms:
            found = find_fit(rooms.ledger, stopped, tell)
            if found is not None and found.better:
                tell("Reckoning every card by it")
                keep_fit(rooms.ledger, found)
        return found

    def reset_fit(self) -> bool:
        """Go back to the published weights; whether others were in force. For a worker, like `fit`.

        Raises:
            UnwritableError: nothing can be kept here.
        """
        from keykata.memory.weights import SETTING, fitted_weights

        with self.rooms.beside(writing=True) as rooms:
            fitted = fitted_weights(rooms.ledger.setting(SETTING)) is not None
            if fitted:
                rooms.ledger.set(SETTING, None)
        return fitted
