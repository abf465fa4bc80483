"""What can go wrong, in words for people: what is wrong, where, and what to do.

Every error a person may meet is a `KeyKataError`; the command line and the screens show its three texts
and nothing else. Exit codes are those of the command line: 2 usage, 3 unreadable data, 4 could not write.
"""

from __future__ import annotations

HUNG_UP = 129  # the exit code of a program whose terminal went away


class KeyKataError(Exception):
    """The root of the tree.

    Attributes:
        message: what is wrong, one sentence.
        hint: what to do about it, or "".
        where: the file or place it is about, or "".
        exit_code: what the command line exits with.
    """

    exit_code = 70

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where


class UsageError(KeyKataError):
    """Something was asked for that does not exist or does not fit."""

    exit_code = 2


class UnreadableError(KeyKataError):
    """Data that cannot be read: a damaged or too new database, a missing path."""

    exit_code = 3


class DamagedError(UnreadableError):
    """The database of the home is damaged; it is kept as it is, and a backup can be restored."""


class UnwritableError(KeyKataError):
    """Something could not be saved; nothing was acknowledged."""

    exit_code = 4


class OvertakenError(KeyKataError):
    """Another program added to what a write goes by: it is made again, and nobody is told."""


class BusyError(UnwritableError):
    """Another program holds the database; trying again may help."""
