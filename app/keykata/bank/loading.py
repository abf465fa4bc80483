"""What reading a bank gives: the items that are whole, and every problem found on the way."""

from __future__ import annotations

from keykata.bank.model import BankHeader, Exam, Item, Problem, Struct


class LoadedBank(Struct, frozen=True, kw_only=True):
    """A bank as read from its files.

    `items` are those without an error, in the order of files (sorted) and of the text; references are
    resolved to full ids where they could be. `problems` are sorted by file, line and column and include
    those of the items left out. `files` maps each path read, relative to the bank, to SHA-256 of its bytes.
    `near` are pairs of local ids of questions whose stems are nearly the same.
    """

    header: BankHeader
    exam: Exam | None
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    files: dict[str, str]
    near: tuple[tuple[str, str], ...] = ()
