"""QTI: `read` takes items and packages of 2.1, 2.2 and 3.0, `write` gives a package of 3.0."""

from __future__ import annotations

from keykata.exchange.qti_read import read
from keykata.exchange.qti_write import write

__all__ = ["read", "write"]
