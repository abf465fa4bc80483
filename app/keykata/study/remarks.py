"""What learners wrote to authors: notes and reports of what is wrong, each with where its item stands."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from keykata.bank.library import Library
from keykata.core.days import iso_utc
from keykata.core.event import NOTE, REPORT, VOID, voided
from keykata.store.store import Store
from keykata.study.files import from_here


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """A note or a report; `file` and `line` are None when no open bank has the item any more.

    `day` is the study date (`YYYY-MM-DD`) it was written on, `at` the moment in UTC.
    """

    item: str
    kind: str
    at: str
    day: str
    text: str
    file: str | None
    line: int | None


def remarks(library: Library, store: Store, banks: Collection[str]) -> tuple[Remark, ...]:
    """The notes and reports on items of these banks, oldest first; withdrawn ones are left out."""
    events = [event for event in store.events() if event.kind in (NOTE, REPORT, VOID)]
    gone = voided(events)
    renamed = library.renamed()
    found = []
    for event in events:
        item = renamed.get(str(event.item), str(event.item))
        if event.kind == VOID or event.id in gone or item.split(":", 1)[0] not in banks:
            continue
        entry = library.entry(item)
        found.append(
            Remark(
                item=item,
                kind=event.kind,
                at=iso_utc(event.at),
                day=event.day,
                text=str(event.body.get("text", "")),
                file=from_here(entry.file) if entry else None,
                line=max(1, entry.line) if entry else None,
            )
        )
    return tuple(found)
