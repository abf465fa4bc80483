"""The event: the one thing that is ever appended to the log.

Kinds and the keys of their bodies (`v` is the body's version, 1 today). Times are seconds unless said.

- `attempt-started`: mode, title, seed, snapshot (hash), feedback (`each` or `end`), items (int), full (bool),
  filter (object).
- `response`: position (from 1), slot (from 0, the place in the paper), chosen (shown places from 0),
  used (seconds of the attempt so far), changed_from (list or null), late (true: its own time was over).
- `answer`: position, slot, kind (question, term, concept, faq, loose, cell, sort), chosen, correct (bool, or
  null for recall), rating (1..4), confidence (sure, guess or null), seconds (spent on the item), retention
  (proportion, the setting in force), used, changed_from, lucky (bool: a guess that was right), within_day
  (bool: a step within the day follows), wording (of a question, as shown).
- `void`: target (event id). Carries the attempt, item and card of its target.
- `cause`: target (answer's event id), cause (unknown, misread, between, slip).
- `confidence`: target, confidence; in an open test or exam position and slot instead of the target, and
  null takes it back.
- `mark`: position, slot, on (bool).            - `strike`: position, slot, option (from 0), on (bool).
- `note`: text.                                 - `keep`: on (bool).            - `report`: text.
- `taken-on`: why (`read`, `missed`, `plan`); one event a card.
- `reset`: old and new wording.                 - `moved`: from (card id); the event's card is the new id.
- `attempt-finished`: reason (`handed-in`, `ended`, `time`), used.
- `setting`: name, value.                       - `import`: source (file), bank, reviews (int).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

ATTEMPT_STARTED = "attempt-started"
RESPONSE = "response"
ANSWER = "answer"
VOID = "void"
CAUSE = "cause"
CONFIDENCE = "confidence"
MARK = "mark"
STRIKE = "strike"
NOTE = "note"
KEEP = "keep"
REPORT = "report"
TAKEN_ON = "taken-on"
RESET = "reset"
MOVED = "moved"
ATTEMPT_FINISHED = "attempt-finished"
SETTING = "setting"
IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event about to be appended: the store adds id, moment, device and number."""

    kind: str
    body: Mapping[str, Any] = field(default_factory=dict)
    attempt: str | None = None
    item: str | None = None
    card: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An appended event. `at` is milliseconds UTC, `day` the study date when it happened (`YYYY-MM-DD`).

    Order everywhere is `(at, device, seq)`.
    """

    id: str
    at: int
    day: str
    device: str
    seq: int
    kind: str
    attempt: str | None
    item: str | None
    card: str | None
    body: Mapping[str, Any]

    @property
    def order(self) -> tuple[int, str, int]:
        """The sort key of the log."""
        return (self.at, self.device, self.seq)


def in_turn(events: Collection[Event]) -> list[Event]:
    """Events as they were written: in log order, but what one device wrote stays in the order of its numbers.

    The two differ where the clock of a device was set back over a day: what it wrote then comes after what
    it wrote before, whatever the moments say.
    """
    latest: dict[str, int] = {}
    reached: dict[str, int] = {}
    for event in sorted(events, key=lambda event: event.seq):
        reached[event.id] = latest[event.device] = max(event.at, latest.get(event.device, event.at))
    return sorted(events, key=lambda event: (reached[event.id], event.device, event.seq, event.id))


def voided(events: list[Event]) -> frozenset[str]:
    """The ids withdrawn by the voids among the events; a void itself cannot be withdrawn."""
    voids = {event.id for event in events if event.kind == VOID}
    targets = (event.body.get("target") for event in events if event.kind == VOID)
    return frozenset(target for target in targets if isinstance(target, str) and target not in voids)


# What a body says may come from anywhere, so of a wrong kind it counts as not said.


def whole(told: object, otherwise: int) -> int:
    """A whole number of a body."""
    return told if isinstance(told, int) else otherwise


def places(told: object, count: int) -> tuple[int, ...]:
    """The places (from 0) in a list of a body, those of `count` that are there."""
    if not isinstance(told, list | tuple):
        return ()
    return tuple(place for place in told if isinstance(place, int) and 0 <= place < count)
