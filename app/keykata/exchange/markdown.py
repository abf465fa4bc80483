"""The Markdown check-list in its plainest grammar; its relatives are read."""

from __future__ import annotations

from keykata.exchange.markdown_read import read
from keykata.exchange.markdown_write import write

__all__ = ["read", "write"]
