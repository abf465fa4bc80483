"""What the columns of a sheet hold: by the names in its first row, else by what stands in the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

LETTERS = "abcdefghij"
WIDEST = len(LETTERS) + 2  # cells of a row without a header: a question, its options, the answer
_WORDS = re.compile(r"[^a-z0-9]+")
_NAMES = {
    "text": ("question", "question text", "stem", "prompt", "text", "item", "problem"),
    "answer": (
        "answer", "answers", "correct", "correct answer", "correct answers", "correct option",
        "correct options", "correct choice", "right answer", "right", "key", "solution",
    ),
    "options": ("options", "choices", "answer options", "alternatives"),
    "explanation": ("explanation", "overall explanation", "rationale", "feedback", "comment", "why"),
    "key": ("id", "identifier", "guid", "uid"),
    "task": ("task", "task statement", "objective"),
    "level": ("level",),
    "tags": ("tags", "tag", "topics", "topic", "domain", "category", "section"),
    "refs": ("refs", "references", "reference", "source", "sources", "link", "links", "url"),
    "front": ("front", "term", "word", "name"),
    "back": ("back", "definition", "meaning", "description"),
}  # fmt: skip
_MEANS = {name: field for field, names in _NAMES.items() for name in names}
_OPTION = re.compile(r"(?:answer option|option|choice|answer|alternative)?\s*(?:(\d{1,2})|([a-j]))\Z")
_PLACES = re.compile(r"(?:[a-j]|\d{1,2})(?:,(?:[a-j]|\d{1,2}))*")
_REASON = re.compile(r"(?:explanation|reason|rationale|feedback|why)\s*(?:(\d{1,2})|([a-j]))\Z")


class Columns(NamedTuple):
    """The places of fields by name, and of options and their reasons by number from 1; all from 0."""

    fields: dict[str, int]
    options: dict[int, int]
    reasons: dict[int, int]
    header: bool

    @property
    def asks(self) -> bool:
        """Whether rows are questions: there is a stem, and options of some kind with an answer."""
        options = len(self.options) > 1 or "options" in self.fields
        return options and {"text", "answer"} <= self.fields.keys()

    @property
    def sides(self) -> tuple[int, int] | None:
        """The two sides of a card, when rows are cards."""
        for front, back in (
            ("front", "back"),
            ("text", "answer"),
            ("text", "back"),
            ("front", "explanation"),
        ):
            if front in self.fields and back in self.fields:
                return self.fields[front], self.fields[back]
        return None


def _number(match: re.Match[str]) -> int:
    return int(match.group(1)) if match.group(1) else LETTERS.index(match.group(2)) + 1


def columns_of(rows: Sequence[tuple[str, ...]]) -> Columns | None:
    """The columns of a sheet, None when nothing tells them."""
    if not rows:
        return None
    fields: dict[str, int] = {}
    options: dict[int, int] = {}
    reasons: dict[int, int] = {}
    for at, cell in enumerate(rows[0]):
        name = _WORDS.sub(" ", cell.casefold()).strip()
        if name in _MEANS:
            fields.setdefault(_MEANS[name], at)
        elif match := _OPTION.match(name):
            options.setdefault(_number(match), at)
        elif match := _REASON.match(name):
            reasons.setdefault(_number(match), at)
    named = Columns(fields, options, reasons, header=True)
    if named.asks or named.sides:
        return named
    return _unnamed(rows)


def _unnamed(rows: Sequence[tuple[str, ...]]) -> Columns | None:
    """Rows without a header: two cells are a card; more, the last naming options, a question."""
    width = len(rows[0])
    same = [row for row in rows if len(row) == width]
    if 2 * len(same) < len(rows):
        return None
    if width == 2:
        return Columns({"front": 0, "back": 1}, {}, {}, header=False)
    options = {at: at for at in range(1, width - 1)}
    fits = sum(bool(right_of(row[-1], [cell.strip() for cell in row[1:-1]])) for row in same)
    if 3 < width <= WIDEST and 2 * fits > len(same):
        return Columns({"text": 0, "answer": width - 1}, options, {}, header=False)
    return None


def right_of(answer: str, options: Sequence[str]) -> frozenset[int]:
    """Which options are right, from 0: by letters, by numbers from 1, or by their text; empty if unclear."""
    answer = answer.strip()
    texts = [" ".join(option.casefold().split()) for option in options]
    whole = " ".join(answer.casefold().split())
    if not whole:
        return frozenset()
    if whole in texts and not _PLACES.fullmatch(whole):
        return frozenset({texts.index(whole)})
    parts = [part.strip("().: ") for part in re.split(r"[,;|/&\s]+|\band\b", whole) if part.strip("().: ")]
    if len(parts) == 1 and re.fullmatch(r"[a-j]{2,}", parts[0]) and answer.isupper():
        parts = list(parts[0])
    places = {_place(part, len(options)) for part in parts}
    if places and -1 not in places:
        return frozenset(places)
    listed = [" ".join(part.split()) for part in re.split(r"[;|\n]", answer.casefold()) if part.strip()]
    if listed and all(part in texts for part in listed):
        return frozenset(texts.index(part) for part in listed)
    return frozenset({texts.index(whole)}) if whole in texts else frozenset()


def says_another(answer: str, options: Sequence[str], right: frozenset[int]) -> bool:
    """Whether an answer taken as letters or numbers is also, word for word, an option that is not right."""
    whole = " ".join(answer.casefold().split())
    return any(" ".join(one.casefold().split()) == whole for at, one in enumerate(options) if at not in right)


def _place(part: str, count: int) -> int:
    """The place of an option named by a letter or a number, -1 if it names none."""
    if part.isdecimal() and part.isascii() and len(part) < 3:
        place = int(part) - 1
    else:
        place = LETTERS.find(part) if len(part) == 1 else -1
    return place if 0 <= place < count else -1
