"""The missed list: what was wrong, until it is right on two different days."""

from __future__ import annotations

from keykata.bank.entry import Entry
from keykata.bank.library import Library
from keykata.core.event import ANSWER, voided
from keykata.store.rows import ItemRow
from keykata.store.store import Store
from keykata.study.views import MissedItem


def missed_items(library: Library, store: Store) -> tuple[MissedItem, ...]:
    """The missed questions the open banks still hold: the oftenest missed first, then the longest ago."""
    found = [_item(library, store, entry, row) for entry, row in _missed(library, store)]
    return tuple(sorted(found, key=lambda item: (-item.missed, item.last_at, item.item)))


def to_practise(library: Library, store: Store, count: int) -> list[str]:
    """Which of them to ask: the longest unseen first, so that what was right today waits for another day."""
    ordered = sorted((row.last_at, row.item) for _, row in _missed(library, store))
    return [item for _, item in ordered[:count]]


def _missed(library: Library, store: Store) -> list[tuple[Entry, ItemRow]]:
    rows = (row for row in store.item_rows().values() if row.missed)
    return [(entry, row) for row in rows if (entry := library.entry(row.item))]


def _item(library: Library, store: Store, entry: Entry, row: ItemRow) -> MissedItem:
    last_right, right_days = _days_right(store, row.item)
    return MissedItem(
        item=row.item,
        title=_about(library, entry),
        lead=entry.title,
        notes=store.notes(row.item),
        missed=row.tries - row.right,
        tries=row.tries,
        last_right=last_right,
        right_days=right_days,
        last_at=row.last_at,
    )


def _about(library: Library, entry: Entry) -> str:
    """The name of its first topic, else of its bank."""
    topics = (library.entry(topic) for topic in entry.topics)
    bank = entry.id.split(":", 1)[0]
    header = library.header(bank)
    return next((topic.title for topic in topics if topic), header.name if header else bank)


def _days_right(store: Store, item: str) -> tuple[str | None, int]:
    """The study date it was last right, and the number of days it was right since the last miss."""
    events = store.card_events(item)
    gone = voided(events)
    last_right: str | None = None
    since: set[str] = set()
    for event in events:
        if event.kind == ANSWER and event.id not in gone:
            if event.body.get("correct"):
                last_right = event.day
                since.add(event.day)
            else:
                since.clear()
    return last_right, len(since)
