"""Opening the dojo: where things live, which banks are open, the store, and everything tied together."""

from __future__ import annotations

import os
import platform
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import keykata
from keykata.bank.library import BankFolder, Library, open_library
from keykata.bank.manifest import need_name
from keykata.core.clock import Clock
from keykata.core.errors import UnreadableError
from keykata.store.store import open_store
from keykata.study.dojo import Dojo
from keykata.study.ledger import Ledger
from keykata.study.places import Places

BANK_FILE = "bank.yaml"
ENTRY_POINTS = "keykata.banks"
ABOUT_PACKAGES = (".dist-info", ".egg-info")
ARCHIVES = (".egg", ".whl")


def content_folder() -> Path:
    """The shipped content: inside the package when installed, beside `app/` in a checkout.

    Raises:
        UnreadableError: neither is there.
    """
    package = Path(keykata.__file__).resolve().parent
    for folder in (package / "content", package.parent.parent / "content"):
        if folder.is_dir():
            return folder
    raise UnreadableError(
        "The study content is missing from this installation.", where=str(package), hint="Install it again."
    )


def bank_folders(places: Places) -> tuple[BankFolder, ...]:
    """The bank folders the app opens, in loading order: shipped, the home's, packages', then `--bank`.

    Raises:
        UnreadableError: a folder named with `--bank` is not a bank, or has a name that is not UTF-8.
    """
    shipped = [BankFolder(path=path, shipped=True) for path in _banks_in(content_folder())]
    own = [*_banks_in(places.home / "banks"), *_from_packages(), *(_named(path) for path in places.banks)]
    return (*shipped, *(BankFolder(path=path, shipped=False) for path in own))


def library_of(places: Places, first: Path | None = None) -> Library:
    """The library of all the banks the app opens.

    Args:
        first: the folder of one more bank, which goes before another of its id.
    """
    more = (BankFolder(path=first),) if first is not None else ()
    folders = (*more, *bank_folders(places))
    return open_library(folders, exams_folder=content_folder() / "exams", cache=places.cache)


def open_dojo(places: Places, *, clock: Clock, entropy: Callable[[int], bytes]) -> Dojo:
    """Open the dojo on a home.

    Args:
        entropy: gives that many random bytes; the only source of chance there is.

    Raises:
        UnreadableError: the database is damaged, from a newer version, or a named bank is missing.
        UnwritableError: the home cannot be made.
    """
    library = library_of(places)
    store = open_store(places.home, entropy=entropy, machine=platform.node())
    return Dojo(library, Ledger(store, clock), entropy, lambda first=None: library_of(places, first))


def _banks_in(folder: Path) -> list[Path]:
    """The banks in a folder; where nobody may look, the folder itself, which opens as a problem."""
    try:
        found = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        return [folder]
    return [path for path in found if _may_be_bank(path)]


def _may_be_bank(path: Path) -> bool:
    """Whether a folder is a bank, as far as one may look: it is not passed over in silence."""
    try:
        return stat.S_ISREG((path / BANK_FILE).stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def _named(path: Path) -> Path:
    if not (path / BANK_FILE).is_file():
        raise UnreadableError(
            f"{path} is not a bank: it has no {BANK_FILE}.",
            where=str(path),
            hint="Give the folder that holds bank.yaml.",
        )
    need_name(path)
    return path


def _from_packages() -> list[Path]:
    """Banks that installed packages offer: the entry point names a package whose folder is a bank."""
    if not any(_names_banks(Path(entry)) for entry in sys.path):
        return []
    from importlib.metadata import entry_points

    found: list[Path] = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        folders = _folders_of(point.value.partition(":")[0].strip())
        found += [folder for folder in folders if (folder / BANK_FILE).is_file()]
    return found


def _folders_of(package: str) -> list[Path]:
    """Where a package lies; of one in another the other is asked alone, for Python would run its code."""
    from importlib.util import find_spec

    outer, *inner = package.split(".")
    try:
        spec = find_spec(outer)
    except (ImportError, ValueError):  # what is offered may be gone, or never have been there
        return []
    return [Path(place, *inner) for place in (spec.submodule_search_locations or ())] if spec else []


def _names_banks(folder: Path) -> bool:
    """Whether a package installed there may offer a bank; `importlib.metadata` takes ten times as long."""
    wanted = f"[{ENTRY_POINTS}]".encode()
    try:
        about = [entry.path for entry in os.scandir(folder) if entry.name.endswith(ABOUT_PACKAGES)]
    except OSError:
        return folder.suffix in ARCHIVES  # a zipped package: only the library can look into it
    for path in about:
        try:
            if wanted in Path(path, "entry_points.txt").read_bytes():
                return True
        except OSError:
            continue
    return False
