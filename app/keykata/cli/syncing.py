"""The exchange with the synced folder around a session."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from keykata.cli.out import Out
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.study.merging import Watch

UNFINISHED = "There is more in the synced folder: the next start goes on. At once: keykata sync"


def within(seconds: float) -> Watch:
    """A watch that breaks off when the time is over."""
    end = time.monotonic() + seconds
    return lambda _done, _whole: time.monotonic() < end


def synced(opened: Dojo, out: Out, watch: Watch | None = None) -> None:
    """Exchange with the synced folder, if there is one; only what matters is said.

    Args:
        watch: may break it off; the next exchange goes on.
    """
    from keykata.core.errors import KeyKataError
    from keykata.study.taking import RENEWED_WORDS, flaw_words, merged_words

    try:
        if opened.sync_setting() is None or not opened.writable:
            return
        merged = opened.sync(watch)
    except KeyKataError as error:
        out.line(safe_line(f"{error.message} {error.hint}".rstrip()))
        return
    if merged.entries:
        words = merged_words(merged)
        out.line(f"From the synced folder: {words[:1].lower()}{words[1:]}.")
    out.lines(safe_line(flaw_words(flaw)) for flaw in merged.flaws)
    if merged.stopped:
        out.line(UNFINISHED)
    if merged.renewed:
        out.line(RENEWED_WORDS)
