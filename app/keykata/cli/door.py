"""The door to the dojo: opened when it is first asked for, and closed behind whoever came in."""

from __future__ import annotations

import os
from types import TracebackType
from typing import TYPE_CHECKING

from keykata.cli.out import ReaderGoneError
from keykata.core.errors import KeyKataError
from keykata.study.places import Places

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo


class Door:
    """A context in which a dojo can be had. When the program breaks in it, a damaged database is looked for.

    Raises (from a call):
        UnreadableError: the home or a named bank cannot be read.
        UnwritableError: the home cannot be made.
    """

    def __init__(self, where: Places) -> None:
        self._where = where
        self._dojo: Dojo | None = None

    def __call__(self) -> Dojo:
        """The dojo, opened at the first call."""
        if self._dojo is None:
            from keykata.cli.clock import SystemClock
            from keykata.study.opening import open_dojo

            self._dojo = open_dojo(self._where, clock=SystemClock(), entropy=os.urandom)
        return self._dojo

    def __enter__(self) -> Door:
        """Nothing is opened yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the dojo, and ask why the program broke."""
        if self._dojo is not None:
            dojo, self._dojo = self._dojo, None
            dojo.close()
        if isinstance(error, Exception) and not _is_told(error):
            from keykata.study.caring import damage_of

            damage = damage_of(self._where.home)
            if damage is not None:
                raise damage from error


def _is_told(error: Exception) -> bool:
    """Whether it has words of its own; click's errors are known by their module, which may not be loaded."""
    return isinstance(error, (KeyKataError, ReaderGoneError)) or type(error).__module__.startswith("click.")
