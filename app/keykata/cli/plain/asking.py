"""Asking for one thing of several, or for words, until there is an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from keykata.cli.plain.ear import Ear

LEAVING = ("quit", "exit")
LONG = 5  # digits of a number that is none of ours
T = TypeVar("T")


def said(ear: Ear, prompt: str) -> str | None:
    """A line that is not blank, in single spaces; None for back, quit or the end of input."""
    words = ""
    while not words:
        line = ear.ask(prompt)
        words = " ".join((line or "").split())
        if line is None or words.casefold() in ("back", *LEAVING):
            return None
    return words


def numbered(things: Sequence[T], words: str) -> T | None:
    """The thing of a number said, counted from 1; None for other words and numbers."""
    number = int(words) if words.isascii() and words.isdecimal() and len(words) < LONG else 0
    return things[number - 1] if 1 <= number <= len(things) else None
