"""Whose answers are which, from one pass over the log.

There may be a hundred thousand answers, and nearly all are plain: they count, say what they should, and were
written in the order they were given. Those are read by columns, and what folds need of most is a day, a
rating, a kind and a mark, which thousands have in common. Of a card or item of which more is told, only its
name is noted.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from keykata.core import event as ev
from keykata.core.days import day_number
from keykata.memory.told import Said, Sound, Told
from keykata.store.derived import KINDS, listed
from keykata.store.log import LOG_ORDER, RARE, read_all_sound, read_said, read_sound
from keykata.store.tallies import AttemptTally

_PART = 1000  # rows of the log that are gone through at once
_FIRST_ROW = -1 << 63
_GONE = (
    "SELECT json_extract(body, '$.target') FROM event"
    " WHERE kind = 'void' AND json_extract(body, '$.target') IS NOT NULL"
)
_ROW = f"SELECT kind, at, day, attempt, item, card, body, id NOT IN ({_GONE})"
_WITHDRAWN = f"{_ROW}, rowid FROM event WHERE id IN ({_GONE}) AND kind = '{ev.ANSWER}' ORDER BY rowid"
_THESE = f"FROM event NOT INDEXED WHERE rowid BETWEEN ? AND ? AND kind = '{ev.ANSWER}'"
_OF_THESE = f"AND id NOT IN ({_GONE})"
# A column that comes as one text takes a third of the time of its values one by one.
_COLUMNS = (
    "SELECT count(*), group_concat(at), group_concat(day), group_concat(coalesce(attempt, '')),"
    f" group_concat(coalesce(card, '')), group_concat(coalesce(item, '')), group_concat(body) {_THESE}"
)
_ROWS = f"{_ROW} {_THESE} {_OF_THESE} ORDER BY rowid DESC"
_OTHER = sorted({kind for kinds in KINDS.values() for kind in kinds} - {ev.ANSWER})
_OTHERS = f"{_ROW} FROM event WHERE {RARE} AND kind IN ({listed(_OTHER)}) ORDER BY {LOG_ORDER}"
_moments = msgspec.json.Decoder(list[int]).decode

# Kind, moment (ms UTC), study date, attempt, item, card, body, and whether it counts.
_Row = tuple[str, int, str, str | None, str | None, str | None, str, int]
# Number of the study date, rating, kind, and whether it was right.
Step = tuple[int, int, str | None, bool | None]


class History:
    """The plain answers of a card.

    Attributes:
        steps: what most folds need of each, the last one first.
        entered: the moment (ms UTC) of the first.
        at, attempt, said: what else is to be known of the last: its moment, attempt and body.
    """

    __slots__ = ("at", "attempt", "entered", "said", "steps")

    def __init__(self, at: int, attempt: str | None, said: Said) -> None:
        self.steps: list[Step] = []
        self.entered = self.at = at
        self.attempt = attempt
        self.said = said


class _Part(NamedTuple):
    """Plain answers in the order they were written, by columns."""

    moments: list[int]
    days: list[int]
    attempts: list[str]
    names: list[str]
    saids: list[Sound]


class Gathered:
    """What the log tells of cards, items and attempts, under their present names.

    Attributes:
        histories: the plain answers of each card.
        taken: the event that took a card on.
        odd: the cards and items of which more is told; what the others say of them is not to be used.
        attempts: what their answers come to.
    """

    def __init__(self, moved: Mapping[str, str]) -> None:
        self.histories: dict[str, History] = {}
        self.taken: dict[str, Told] = {}
        self.odd: set[str] = set()
        self.attempts: dict[str, AttemptTally] = {}
        self._moved = moved
        self._known: dict[Step, Step] = {}

    def add(self, part: _Part) -> None:
        """Take in plain answers written before all so far, by columns.

        The last ones come first: of any but the last of a card nothing is kept then but a step shared with
        others, and most of the time would go to freeing more.
        """
        moments, days, attempts, names, saids = part
        kinds, marks = [said.kind for said in saids], [said.correct for said in saids]
        for (attempt, mark), times in Counter(zip(attempts, marks, strict=True)).items():
            self._attempt(attempt).mark(mark, times)
        if self._moved:
            names = [self._present(name) for name in names]
        told = list(zip(days, [said.rating for said in saids], kinds, marks, strict=True))
        steps = map(self._known.setdefault, told, told)
        rows = list(zip(names, moments, steps, attempts, saids, strict=True))
        histories = self.histories
        for name, at, step, attempt, said in reversed(rows):
            history = histories.get(name)
            if history is None:
                history = histories[name] = History(at, attempt, said)
            elif at >= history.entered:
                self.odd.add(name)
            history.steps.append(step)
            history.entered = at

    def add_one(self, row: _Row) -> None:
        """Take in any answer that counts, written before all so far."""
        _, at, day, attempt, item, card, body, _ = row
        said, sound = _read(body)
        self._attempt(attempt).mark(said.correct)
        name = self._present(card)
        if said.kind == "question" and item != card:
            self.odd |= {name, self._present(item)}
        elif sound is None:
            self.odd.add(name)
        else:
            history = self.histories.setdefault(name, History(at, attempt, said))
            if history.steps and at >= history.entered:
                self.odd.add(name)
            history.steps.append((day_number(day), sound.rating, sound.kind, sound.correct))
            history.entered = at

    def add_withdrawn(self, row: _Row) -> None:
        """Take in a withdrawn answer when all that count are known: only a first one leaves a trace."""
        _, at, _, _, item, card, body, _ = row
        name = self._present(card)
        history = self.histories.get(name)
        kind = read_said(body).kind
        if kind == "question" and item != card:
            self.odd |= {name, self._present(item)}
        elif history is None or at <= history.entered or kind != history.said.kind:
            self.odd.add(name)

    def add_other(self, row: _Row) -> None:
        """Take in what is no answer; these come in log order."""
        kind, at, day, attempt, item, card, body, counts = row
        if kind == ev.TAKEN_ON:
            if counts:
                told = (kind, at, day_number(day), attempt, read_said(body), counts)
                self.taken.setdefault(self._present(card), told)
        elif kind in (ev.RESET, ev.KEEP):
            self.odd |= {self._present(item), self._present(card)}
        elif counts:
            self._attempt(attempt).take(kind, at, day, body)

    def named(self) -> list[str]:
        """Every card and item there is something to say of, in order."""
        return sorted({*self.histories, *self.taken, *self.odd} - {""})

    def _present(self, name: str | None) -> str:
        return self._moved.get(name, name) if name else ""

    def _attempt(self, attempt: str | None) -> AttemptTally:
        """The tally of an attempt; one that nobody asks for when there is none."""
        if not attempt:
            return AttemptTally("")
        tally = self.attempts.get(attempt)
        if tally is None:
            tally = self.attempts[attempt] = AttemptTally(attempt)
        return tally


def gather(db: sqlite3.Connection, moved: Mapping[str, str]) -> Gathered:
    """Go through the log.

    Args:
        moved: the present id of every id whose progress goes on under another.
    """
    found = Gathered(moved)
    withdrawn = db.execute(_WITHDRAWN).fetchall()
    gone = [number for *_, number in withdrawn]
    for first, until in _stretches(db):
        part = _read_part(db, first, until, _OF_THESE if _holds(gone, first, until) else "")
        if part is not None:
            found.add(part)
        else:
            for row in db.execute(_ROWS, (first, until)):
                found.add_one(row)
    for *row, _ in withdrawn:
        found.add_withdrawn(tuple(row))
    for row in db.execute(_OTHERS):
        found.add_other(row)
    return found


def _stretches(db: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """The first and last number of rows that are read at once, the last ones first; there may be gaps."""
    until = db.execute("SELECT max(rowid) FROM event").fetchone()[0]
    while until is not None:
        first = max(until - _PART + 1, _FIRST_ROW)
        yield first, until
        until = db.execute("SELECT max(rowid) FROM event WHERE rowid < ?", (first,)).fetchone()[0]


def _holds(numbers: list[int], first: int, last: int) -> bool:
    """Whether one of the sorted numbers lies in between."""
    place = bisect_left(numbers, first)
    return place < len(numbers) and numbers[place] <= last


def _read_part(db: sqlite3.Connection, first: int, until: int, which: str) -> _Part | None:
    """The answers of a stretch that count; None when there are none or not all are plain."""
    try:
        count, *texts = db.execute(f"{_COLUMNS} {which}", (first, until)).fetchone()
        if not count:
            return None
        moments, days, attempts, names, items, bodies = texts
        saids = read_all_sound(f"[{bodies}]")
    except (msgspec.DecodeError, sqlite3.DataError):  # the latter: more than one text can hold
        return None
    part = _Part(
        _moments(f"[{moments}]"),
        list(map(day_number, days.split(","))),
        attempts.split(","),
        names.split(","),
        saids,
    )
    if any(len(column) != count for column in part):  # a name with a comma
        return None
    if items != names and _asked_apart(items.split(","), part):
        return None
    return part


def _asked_apart(items: list[str], part: _Part) -> bool:
    """Whether the item of a question may not be its card."""
    return len(items) != len(part.names) or any(
        said.kind == "question" and item != name
        for item, name, said in zip(items, part.names, part.saids, strict=True)
    )


def _read(body: str) -> tuple[Said, Sound | None]:
    """What a body says, and the same if it is as it should be."""
    try:
        sound = read_sound(body)
    except msgspec.ValidationError:
        return read_said(body), None
    return sound, sound
