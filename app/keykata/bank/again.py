"""Reading banks again and again, as at every save: only what changed is read and checked anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from keykata.bank.advising import Advice
from keykata.bank.batch import Leaves
from keykata.bank.loading import LoadedBank
from keykata.bank.manifest import MAX_BYTES
from keykata.bank.model import Exam
from keykata.bank.read_services import FILE as SERVICES
from keykata.bank.reader import HEADER, SUBFOLDERS, load_bank
from keykata.bank.reviews import REVIEWS
from keykata.core.disk import read_at_most

SUFFIXES = frozenset((".yaml", ".yml", ".md", ".markdown"))  # read, or told to have the wrong name


class Readings:
    """Banks as they were read last; `load` gives what `load_bank` would, sooner where nothing changed.

    A bank is what the bytes of its files and the arguments make of it. When both are as they were, it is
    given again; when a file differs, the others are taken over as far as they were read by themselves.
    """

    def __init__(self) -> None:
        self._leaves = Leaves()
        self._banks: dict[tuple[Path, bool], tuple[tuple[object, ...], LoadedBank]] = {}

    def load(
        self,
        folder: Path,
        *,
        exams: Mapping[str, Exam],
        beside: Mapping[str, frozenset[str]] = {},
        shipped: bool = False,
        advice: Advice | None = None,
    ) -> LoadedBank:
        """Read and check a bank; arguments and errors are those of `load_bank`."""
        key = (folder, advice is not None)
        made_of = (prints(folder), dict(exams), list(beside.items()), shipped, advice)
        there = self._banks.get(key)
        if there is None or there[0] != made_of:
            bank = load_bank(
                folder, exams=exams, beside=beside, shipped=shipped, advice=advice, leaves=self._leaves
            )
            self._banks[key] = there = (made_of, bank)
        return there[1]


def prints(folder: Path) -> dict[str, bytes]:
    """What the files of a bank are: the hash of each by its path, b"" where it cannot be read."""
    found = [folder / name for name in (HEADER, SERVICES, REVIEWS)]
    for sub in SUBFOLDERS:
        found += [path for path in (folder / sub).rglob("*") if path.suffix in SUFFIXES]
    return {str(path): _print(path) for path in found if path.is_file()}


def _print(path: Path) -> bytes:
    try:
        return hashlib.sha256(read_at_most(path, MAX_BYTES)).digest()
    except OSError:
        return b""
