"""A dojo on a home of its own, with the clock and the chance in the test's hands."""

from __future__ import annotations

from pathlib import Path

from keykata.study.dojo import Dojo
from keykata.study.opening import Places, open_dojo
from support.clocks import CountingEntropy, HandClock


class Desk:
    """One learner's computer: a home, a clock, and banks that may be edited between openings."""

    def __init__(self, folder: Path, *banks: Path) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.entropy = CountingEntropy(folder.name)
        self.places = Places(home=folder / "home", cache=folder / "cache", banks=banks)
        self._open: list[Dojo] = []

    def open(self) -> Dojo:
        """Open the dojo, as a new start of the program would."""
        dojo = open_dojo(self.places, clock=self.clock, entropy=self.entropy)
        self._open.append(dojo)
        return dojo

    def close(self) -> None:
        """Close whatever was opened."""
        while self._open:
            self._open.pop().close()
