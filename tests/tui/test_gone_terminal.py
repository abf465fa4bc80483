"""A terminal that is gone while the app draws on it."""

from __future__ import annotations

import errno
import io
import threading

from textual.drivers._writer_thread import WriterThread

from keykata.tui.hearing import Lasting


class Gone(io.StringIO):
    """A terminal whose window was closed."""

    def write(self, _: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_what_is_drawn_for_nobody_holds_nothing_up() -> None:
    writer = WriterThread(Lasting(Gone()))  # type: ignore[arg-type]
    writer.start()

    def draw() -> None:
        for _ in range(200):
            writer.write("text")
        writer.stop()

    drawing = threading.Thread(target=draw, daemon=True)
    drawing.start()
    drawing.join(20)
    assert not drawing.is_alive()
