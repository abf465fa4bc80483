"""check --watch: which files were saved, and what is told of them so that it stands in sight."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from keykata.core.errors import UnreadableError
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.bank.model import Problem
    from keykata.study.checking import Watched

DEBOUNCE_MS = 100
STEP_MS = 30
LOOK_MS = 500  # between looks whether the folders are still those that are watched
CONTENT = (".yaml", ".yml", ".md", ".markdown", ".jsonl", "")  # "": a folder that came or went
_SEVERITIES = ("note", "warning", "error")


def saves(watched: Callable[[], Watched]) -> Iterator[frozenset[Path]]:
    """What changed at each save, without end; nothing when a watch begins, for what was saved before it.

    Args:
        watched: the folders; asked after every change, as a folder may be made anew or be gone.
    """
    from watchfiles import watch

    while True:
        try:
            now = watched()
            there = _identities(now)
            changes = watch(
                *now.folders,
                watch_filter=partial(_is_content, now.folders),
                debounce=DEBOUNCE_MS,
                step=STEP_MS,
                rust_timeout=LOOK_MS,
                yield_on_timeout=True,
                recursive=now.recursive,
            )
            yield frozenset(Path(name) for _, name in next(changes))
            for found in changes:
                if found:
                    yield frozenset(Path(name) for _, name in found)
                if _identities(watched() if found else now) != there:
                    break
        except (OSError, UnreadableError):
            time.sleep(LOOK_MS / 1000)  # a folder is gone; it may come back


def _is_content(roots: Sequence[Path], _: object, name: str) -> bool:
    """Whether a path may hold something a check reads: not the files editors and git keep beside it."""
    path = Path(name)
    root = next((one for one in roots if path.is_relative_to(one)), Path())
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return path.suffix in CONTENT and not hidden


def _identities(watched: Watched) -> list[tuple[Path, int, int]]:
    """Which folders these are; one made anew under an old name is another one.

    Raises:
        OSError: one of them is gone.
    """
    stats = [(folder, folder.stat()) for folder in watched.folders]
    return [(folder, stat.st_dev, stat.st_ino) for folder, stat in stats]


def nearest_last(problems: Sequence[Problem], saved: Collection[Path]) -> list[Problem]:
    """Ordered so that what a person waits for is at the end: errors, and what is in the saved files."""
    ours = {file: Path(file).absolute() in saved for file in {problem.place.file for problem in problems}}

    def weight(problem: Problem) -> tuple[bool, bool, int]:
        mine = ours[problem.place.file]
        return problem.severity == "error", mine, _SEVERITIES.index(problem.severity)

    return sorted(problems, key=weight)


def now_here() -> str:
    """The time of day, as clocks here show it."""
    return time.strftime("%H:%M:%S")


def saved_line(changed: Collection[Path], at: str) -> str:
    """When was checked, after which changes."""
    if not changed:
        return f"{at} checked."
    files = [path for path in changed if path.suffix] or changed  # folders only where nothing else changed
    first, *others = sorted(files)
    more = f" and {len(others)} more" if others else ""
    return f"{at} checked: {safe_line(first.name)}{more} changed."
