"""Names of things that have progress.

An id is `[a-z0-9][a-z0-9-]{0,63}`; a full item id is `bank:item`; a card id starts with a full item id
and goes on with the part it asks for (`kms:key-policy/lockout/c1`).
"""

from __future__ import annotations

import re
from typing import NewType

ItemId = NewType("ItemId", str)  # "bank:item"
CardId = NewType("CardId", str)  # "bank:item" or "bank:item/part[/part]"
AttemptId = NewType("AttemptId", str)  # a ULID
EventId = NewType("EventId", str)  # a ULID

ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")


def is_id(text: str) -> bool:
    """Whether the text can be an id of a bank, an item or a part of one."""
    return ID_PATTERN.match(text) is not None


def item_id(bank: str, item: str) -> ItemId:
    """The full id of an item of a bank."""
    return ItemId(f"{bank}:{item}")


def card_id(item: str, *parts: str) -> CardId:
    """The id of the card that asks for a part of an item (no parts: the item itself)."""
    return CardId("/".join((item, *parts)))


def item_of(card: str) -> ItemId:
    """The full id of the item a card belongs to."""
    return ItemId(card.split("/", 1)[0])
