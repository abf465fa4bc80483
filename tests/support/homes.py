"""A dojo on a home of its own, with the clock and the chance in the test's hands."""

from __future__ import annotations

from pathlib import Path

from keykata.bank.library import BankFolder, Library, open_library
from keykata.store.store import open_store
from keykata.study.dojo import Dojo
from keykata.study.ledger import Ledger
from keykata.study.opening import content_folder, open_dojo
from keykata.study.places import Places
from support.caches import shared_cache
from support.clocks import CountingEntropy, HandClock


class Desk:
    """One learner's computer: a home, a clock, and banks that may be edited between openings.

    `shipped=False` opens the given banks alone, for what depends on all that is open.
    """

    def __init__(self, folder: Path, *banks: Path, shipped: bool = True) -> None:
        self._shipped = shipped
        self.folder = folder
        self.clock = HandClock()
        self.entropy = CountingEntropy(folder.name)
        self.places = Places(home=folder / "home", cache=shared_cache(), banks=banks)
        self._open: list[Dojo] = []

    def open(self) -> Dojo:
        """Open the dojo, as a new start of the program would."""
        dojo = (
            open_dojo(self.places, clock=self.clock, entropy=self.entropy) if self._shipped else self._alone()
        )
        self._open.append(dojo)
        return dojo

    def _alone(self) -> Dojo:
        store = open_store(self.places.home, entropy=self.entropy, machine="desk")
        return Dojo(self._library(), Ledger(store, self.clock), self.entropy, self._library)

    def _library(self, first: Path | None = None) -> Library:
        more = (first,) if first is not None else ()
        folders = [BankFolder(path=path, shipped=False) for path in (*more, *self.places.banks)]
        return open_library(folders, exams_folder=content_folder() / "exams", cache=self.places.cache)

    def close(self) -> None:
        """Close whatever was opened."""
        while self._open:
            self._open.pop().close()
