"""A terminal as it may be: it sends bytes that are no text, and goes away while it is written to."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver
    from textual.drivers.web_driver import WebDriver

    _Base = LinuxDriver
    _Web = WebDriver
else:
    _Base = _Web = object


class Lasting:
    """A stream to a terminal; what cannot be written any more is dropped."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write, if somebody is there."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Bring it out, if somebody is there."""
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Forgiving(_Base):
    """A driver whose reader goes on after bytes that are no UTF-8; Textual's ends the app.

    Its writer goes on when the terminal is gone: Textual's ends, and the app then waits for it for ever.
    """

    def start_application_mode(self) -> None:
        """Begin to draw."""
        stream = getattr(self, "_file", None)  # none where a browser is drawn for
        if stream is not None:
            self._file: Any = Lasting(stream)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        """Read until the app ends; what came together with broken bytes is dropped."""
        while True:
            try:
                return super().run_input_thread()
            except UnicodeDecodeError:
                continue


class _Orderly(_Web):
    """A driver that is told the size of its page; the last one told stays the last.

    Textual's tells the size it began with by a longer way, so that a page resized in that moment was drawn in
    the size it no longer had. It also listens to interrupts where it was started to ignore them: a ctrl+c for
    the server, which ends its apps itself, then found them amid their last steps.
    """

    def start_application_mode(self) -> None:
        """Begin to draw."""
        self._loop = asyncio.get_running_loop()
        ignores = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        super().start_application_mode()
        if ignores:
            self._loop.remove_signal_handler(signal.SIGINT)
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Take what the page tells, in the thread that reads."""
        if packet_type != "resize":
            super().on_meta(packet_type, payload)
            return
        from textual.events import Resize
        from textual.geometry import Size

        size = Size(int(str(payload["width"])), int(str(payload["height"])))
        self._size = size
        asyncio.run_coroutine_threadsafe(self._app._post_message(Resize(size, size)), self._loop)


def forgiving(driver: type[Driver]) -> type[Driver]:
    """The same driver, not ended by broken bytes; one that reads in another way is left as it is."""
    if not hasattr(driver, "run_input_thread"):
        return driver
    kinds = (_Forgiving, _Orderly) if hasattr(driver, "on_meta") else (_Forgiving,)
    return type(driver.__name__, (*kinds, driver), {})
