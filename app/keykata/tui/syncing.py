"""Exchanging with the synced folder while the app runs: in a thread, with a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerError, get_current_worker

from keykata.core.errors import KeyKataError
from keykata.core.safe import safe_line
from keykata.study.taking import RENEWED_WORDS, Merged, flaw_words, merged_words
from keykata.tui.screens.saying import error_words

if TYPE_CHECKING:
    from keykata.tui.app import KeyKataApp

GROUP = "sync"
NEXT = "sync-next"
BREATH = 0.03  # seconds between two batches, so that an answer given meanwhile gets its turn


def exchange(app: KeyKataApp, *, asked: bool) -> None:
    """Begin an exchange; its outcome is told on the screen in front.

    Args:
        asked: by a key; then it is also said that nothing was new, or that no folder is set, and where an
            exchange is under way another one follows it, which takes what came meanwhile.
    """
    try:
        folder = app.dojo.sync_setting() if app.dojo.writable else None
    except KeyKataError as error:
        app.tell(error_words(error))
        return
    if folder is None:
        if asked:
            app.tell("No folder is set. On the command line: keykata config sync FOLDER")
        return
    running = [worker for worker in app.workers if worker.group == GROUP and not worker.is_finished]
    if running:
        if asked:
            app.tell("Syncing.")
            app.run_worker(_follow(app, running), group=NEXT, exclusive=True)
        return
    app.run_worker(lambda: _work(app, asked=asked), group=GROUP, thread=True, exit_on_error=True)


async def _follow(app: KeyKataApp, running: Sequence[Worker[object]]) -> None:
    for worker in running:
        with suppress(WorkerError):
            await worker.wait()
    exchange(app, asked=True)


def _work(app: KeyKataApp, *, asked: bool) -> None:
    worker = get_current_worker()

    def watch(done: int, whole: int) -> bool:
        if done < whole and asked:
            app.call_from_thread(app.tell, f"Syncing: {100 * done // whole} %")
        time.sleep(BREATH)
        return not worker.is_cancelled

    try:
        merged = app.dojo.sync(watch)
    except KeyKataError as error:
        said, fresh = error_words(error), False
    else:
        said, fresh = _words(merged, asked=asked), bool(merged.entries)
    if not worker.is_cancelled:
        app.call_from_thread(_tell, app, said, fresh)


def _tell(app: KeyKataApp, said: str, fresh: bool) -> None:
    from keykata.tui.screens.home import HomeScreen

    if fresh and isinstance(app.screen, HomeScreen):
        app.screen.ask_again()
    if said:
        app.tell(said)


def _words(merged: Merged, *, asked: bool) -> str:
    """What to say; nothing when nobody asked and nothing happened."""
    if merged.renewed:
        return RENEWED_WORDS
    if merged.flaws:
        more = f" (and {merged.skipped - 1} more)" if merged.skipped > 1 else ""
        return safe_line(f"Synced folder: {flaw_words(merged.flaws[0])}{more}.")
    words = merged_words(merged)
    return f"Synced: {words[:1].lower()}{words[1:]}." if merged.entries or asked else ""
