"""The grammar of plain mode: one line in, one intent out; a pure function."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from keykata.core.safe import safe_line

SlotKind = Literal["question", "recall", "sort", "list"]

CONFIDENCE = ("sure", "guess")
CAUSES = ("unknown", "misread", "between", "slip")
WORDS = (
    "mark",
    "clear",
    "back",
    "next",
    "skip",
    "undo",
    "terms",
    "source",
    "keep",
    "list",
    "time",
    "repeat",
    "asked",
    "hand in",
    "quit",
    "help",
)
WITH_TEXT = ("note", "report")
LETTERS = "abcdef"
DIGITS = "123456789"
ECHO = 20  # longer words are not said back

_GO = re.compile(r"go\s+([0-9]{1,4})\Z", re.I)
_NUMBER = re.compile(r"[0-9]{1,4}\Z")
_CROSS = re.compile(r"cross\s+([a-f]|[1-9][0-9]?)\Z", re.I)
_TEXT = re.compile(rf"({'|'.join(WITH_TEXT)})(?:\s+(.*))?\Z", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a prompt is for.

    Attributes:
        kind: what is shown; `list` is what is left of a test, and a number goes there.
        options: how many it offers. select: how many are to be chosen.
        turned: the fact is turned and waits for its rating.
        missed: the answer before was a miss and takes its cause.
        patient: a person is typing, so that too few letters are asked for again; a pipe is taken as given.
    """

    kind: SlotKind
    options: int = 0
    select: int = 1
    turned: bool = False
    missed: bool = False
    patient: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing was said."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Turn the fact."""


@dataclass(frozen=True, slots=True)
class Choose:
    """An answer: places from 0 in shown order, and how sure."""

    places: tuple[int, ...]
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A rating, 1 to 4."""

    rating: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the answer before was a miss."""

    cause: str


@dataclass(frozen=True, slots=True)
class Command:
    """A word; `text` of a note or report, `number` of a position or a place (from 0)."""

    word: str
    text: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is spent: a message, and nothing happens."""

    message: str


Intent = Blank | Reveal | Choose | Rate | Cause | Command | Refused


def parse_line(line: str, ask: Ask) -> Intent:
    """What a line means at a prompt.

    Letters are read in any case and order, spaces and commas ignored, confidence after them. Commands are
    words, so that none can be taken for an option. A fact that is not turned is turned by any other line.
    """
    text = line.strip()
    words = text.casefold().replace(",", " ").split()
    command = _command(text, " ".join(words))
    if command is not None:
        return command
    if len(words) == 1 and words[0] in CAUSES and ask.missed:
        return Cause(words[0])
    if ask.kind == "recall":
        return _rating(words) if ask.turned else Reveal()
    if not words:
        return Blank()
    if ask.kind == "list":
        return _place_in_list(words)
    if len(words) == 1 and words[0] in CAUSES:
        return Refused("A cause is taken right after a miss.")
    return _choice(words, ask)


def _command(text: str, folded: str) -> Intent | None:
    if folded in WORDS:
        return Command(folded)
    if match := _TEXT.match(text):
        word, said = match.group(1).lower(), safe_line(match.group(2) or "").strip()
        return Command(word, text=said) if said else Refused(f"Say {word} and your text on one line.")
    if match := _GO.match(text):
        return Command("go", number=int(match.group(1)))
    if match := _CROSS.match(text):
        return Command("cross", number=_place(match.group(1).lower()))
    return None


def _place(mark: str) -> int:
    return LETTERS.index(mark) if mark in LETTERS else int(mark) - 1


def _rating(words: list[str]) -> Intent:
    if not words:
        return Blank()
    if len(words) == 1 and words[0] in ("1", "2", "3", "4"):
        return Rate(int(words[0]))
    return Refused("Rate it with 1, 2, 3 or 4. Nothing was saved.")


def _place_in_list(words: list[str]) -> Intent:
    if len(words) == 1 and _NUMBER.match(words[0]):
        return Command("go", number=int(words[0]))
    return Refused("No question is on show. Say go and its number, hand in, or help. Nothing was saved.")


def _choice(words: list[str], ask: Ask) -> Intent:
    confidence = words[-1] if words[-1] in CONFIDENCE else None
    said = words[:-1] if confidence else words
    if ask.kind == "sort" and len(said) == 1 and _NUMBER.match(said[0]) and 0 < int(said[0]) <= ask.options:
        return Choose((int(said[0]) - 1,), confidence)
    marks = "".join(said)
    if not marks:
        return Refused(f"Say your answer before {confidence}. {_offer(ask)}")
    known = LETTERS[: ask.options] + (DIGITS[: ask.options] if ask.kind == "sort" else "")
    stranger = next((mark for mark in marks if mark not in known), None)
    if stranger is not None:
        return Refused(_unknown(marks, stranger, ask))
    places = [_place(mark) for mark in marks]
    if len(set(places)) < len(places):
        return Refused("One option is there twice. Nothing was saved.")
    if len(places) > ask.select:
        return Refused(f"Too many: this one takes {ask.select}. Nothing was saved.")
    if len(places) < ask.select and ask.patient:
        return Refused(f"Too few: this one takes {ask.select}, together on one line.")
    return Choose(tuple(sorted(places)), confidence)


def _unknown(marks: str, stranger: str, ask: Ask) -> str:
    said = safe_line(marks if len(marks) <= ECHO else stranger).upper()
    subject = f"There is no option {said}." if len(said) == 1 else f"{said} is not an answer here."
    return f"{subject} {_offer(ask)} Nothing was saved."


def _offer(ask: Ask) -> str:
    if ask.kind == "sort":
        return f"Say 1 to {ask.options}, or help."
    return f"Say A to {LETTERS[ask.options - 1].upper()}, or help."
