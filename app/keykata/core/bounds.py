"""How large a screen may be that is drawn for: every cell of it is, seen or not."""

from __future__ import annotations

WIDEST, HIGHEST = 1000, 500  # cells; no terminal is larger, whoever tells its size
