"""Anki packages: `read` takes the new and the legacy form, `write` gives the legacy form all clients read."""

from __future__ import annotations

from keykata.exchange.apkg_read import read
from keykata.exchange.apkg_write import write

__all__ = ["read", "write"]
