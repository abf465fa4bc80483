"""Home folders of people: what `~` in a path stands for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keykata.core.errors import UsageError


def in_full(path: Path) -> Path:
    """A path with the home folder that its `~` stands for.

    Raises:
        UsageError: nobody has that home folder.
    """
    return known(path.expanduser, hint=f"Write {path} in full, from its root.")


def known(find: Callable[[], Path], *, hint: str) -> Path:
    """A folder that is found by somebody's home folder.

    Args:
        hint: what to do where the system knows none, as for an account that only has a number.

    Raises:
        UsageError: the system knows none.
    """
    try:
        return find()
    except RuntimeError as error:
        raise UsageError("The system knows no such home folder.", hint=hint) from error
