"""Whether an event that came from outside is one: its columns, and what the program reads of its body."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from keykata.core import event as ev
from keykata.core.event import Event
from keykata.core.safe import is_safe
from keykata.exchange.log_model import Damage

MAX_AT = 7_258_118_400_000  # ms UTC: the year 2200
_Id = Annotated[str, Meta(pattern="^[0-9A-HJKMNP-TV-Z]{26}$")]
_Device = Annotated[str, Meta(pattern="^[0-9A-Za-z]{1,64}$")]
_Name = Annotated[str, Meta(min_length=1, max_length=300)]
_Whole = Annotated[int, Meta(ge=0, le=2**53)]
_Seed = Annotated[int, Meta(ge=0, le=2**63 - 1)]
_Places = list[Annotated[int, Meta(ge=0, le=1000)]]
_Seconds = Annotated[float, Meta(ge=0, le=1e12)]


class _Columns(msgspec.Struct):
    """The columns of the log."""

    id: _Id
    at: Annotated[int, Meta(ge=0, lt=MAX_AT)]
    day: Annotated[str, Meta(pattern="^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$")]
    device: _Device
    seq: _Whole
    kind: _Name
    attempt: _Name | None
    item: _Name | None
    card: _Name | None
    body: dict[str, Any]


class _Body(msgspec.Struct, rename={"from_": "from"}):
    """What the known kinds may say, as `keykata.core.event` tells it; anything may be left out."""

    mode: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    seed: _Seed | UnsetType = UNSET
    snapshot: str | UnsetType = UNSET
    feedback: Literal["each", "end"] | UnsetType = UNSET
    items: _Whole | UnsetType = UNSET
    position: _Whole | UnsetType = UNSET
    slot: _Whole | UnsetType = UNSET
    chosen: _Places | UnsetType | None = UNSET
    used: _Seconds | UnsetType = UNSET
    changed_from: _Places | UnsetType | None = UNSET
    late: bool | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    correct: bool | UnsetType | None = UNSET
    rating: Annotated[int, Meta(ge=1, le=4)] | UnsetType = UNSET
    confidence: Literal["sure", "guess"] | UnsetType | None = UNSET
    seconds: _Seconds | UnsetType = UNSET
    retention: float | UnsetType = UNSET
    lucky: bool | UnsetType = UNSET
    within_day: bool | UnsetType = UNSET
    wording: str | UnsetType = UNSET
    target: str | UnsetType = UNSET
    cause: str | UnsetType | None = UNSET
    on: bool | UnsetType = UNSET
    option: _Whole | UnsetType = UNSET
    text: str | UnsetType = UNSET
    why: str | UnsetType = UNSET
    old: str | UnsetType = UNSET
    new: str | UnsetType = UNSET
    from_: str | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    name: str | UnsetType = UNSET


# What a setting must be for the program to work with it; of others anything is kept.
_SETTINGS: dict[str, Any] = {
    "minutes": Annotated[int, Meta(ge=1, le=1440)],
    "retention": Annotated[float, Meta(ge=0, le=1)],
    "rollover": Annotated[int, Meta(ge=0, le=23)],
    "new-per-day": Annotated[int, Meta(ge=0, le=100_000)],
    "exam-date": date | None,
}
_KNOWN = frozenset(
    {
        *(ev.ATTEMPT_STARTED, ev.RESPONSE, ev.ANSWER, ev.VOID, ev.CAUSE, ev.CONFIDENCE, ev.MARK, ev.STRIKE),
        *(ev.NOTE, ev.KEEP, ev.REPORT, ev.TAKEN_ON, ev.RESET, ev.MOVED, ev.ATTEMPT_FINISHED, ev.SETTING),
    }
)


def checked_event(told: dict[str, Any]) -> Event | Damage:
    """The event in an object of the log's columns, or what is wrong with it."""
    try:
        columns = msgspec.convert(told, _Columns)
        date.fromisoformat(columns.day)
        if columns.kind in _KNOWN:
            msgspec.convert(columns.body, _Body)
        if columns.kind == ev.SETTING:
            _check_setting(columns.body)
        event = Event(*(getattr(columns, name) for name in Event.__slots__))
    except (msgspec.ValidationError, ValueError) as error:
        return Damage(f"it is no event of the log: {error}")
    names = (event.kind, event.attempt, event.item, event.card)
    if not all(is_safe(name) for name in names if name):
        return Damage("it is no event of the log: a name holds control characters")
    return event


def _check_setting(body: dict[str, Any]) -> None:
    wanted = _SETTINGS.get(str(body.get("name")))
    if wanted is not None and (body.get("value") is not None):
        msgspec.convert(body["value"], wanted)
