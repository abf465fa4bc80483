"""The Markdown check-list with all its relatives can say: paragraphs, code, reasons, an explanation."""

from __future__ import annotations

from keykata.exchange.markdown_read import read
from keykata.exchange.markdown_write import write_full as write

__all__ = ["read", "write"]
