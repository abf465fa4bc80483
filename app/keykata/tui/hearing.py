"""A terminal as it may be: it sends bytes that are no text, and goes away while it is written to."""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, TextIO

from keykata.core.bounds import HIGHEST, WIDEST
from keykata.core.errors import HUNG_UP

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver
    from textual.drivers.web_driver import WebDriver

    _Base = LinuxDriver
    _Web = WebDriver
else:
    _Base = _Web = object

LOOK_EVERY = 0.1  # seconds between two looks whether the app has ended
AT_ONCE = 4096  # bytes
SIGNAL_CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": HUNG_UP}


class Lasting:
    """A stream to a terminal; what cannot be written any more is dropped.

    Attributes:
        writes: whether the terminal has yet to take what is being written.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.writes = False

    def write(self, text: str) -> None:
        """Write, if somebody is there."""
        self.writes = True
        with suppress(OSError):
            self._stream.write(text)
        self.writes = False

    def flush(self) -> None:
        """Bring it out, if somebody is there."""
        self.writes = True
        with suppress(OSError):
            self._stream.flush()
        self.writes = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Forgiving(_Base):
    """A driver that outlives what its terminal sends, and leaves when the terminal is gone.

    Its writer goes on when the terminal is gone: Textual's ends, and the app then waits for it for ever.
    Told to stop, it first ends what is under way: Textual's stops in the middle of it, and then may wait for
    itself for ever. Told to go on where it was not stopped, Textual's draws and reads twice over, and leaves
    the terminal as no shell can use it.
    """

    _halt: Callable[[int], None]  # stops the program by a signal
    _given = False  # whether another program has the terminal
    _to_stop = False

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._size = self._size or self._get_terminal_size()  # else the app asks for it in its own way

    @property
    def behind(self) -> bool:
        """Whether something waits to be drawn while the terminal takes what was drawn before."""
        waits = self._writer_thread is not None and self._writer_thread._queue.qsize() > 0
        return waits and isinstance(self._file, Lasting) and self._file.writes

    def start_application_mode(self) -> None:
        """Begin to draw."""
        if not isinstance(self._file, Lasting):
            self._file: Any = Lasting(self._file)
        for stream in (self.fileno, self._file):
            _wait_for(stream)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """End drawing, and switch off what Textual leaves on, or switched on while it was ending."""
        super().stop_application_mode()
        if self._in_band_window_resize or self._mouse_pixels:
            self.write("\x1b[?1016l\x1b[?2048l")
            self._in_band_window_resize = self._mouse_pixels = False

    def _get_terminal_size(self) -> tuple[int, int]:
        """As COLUMNS and LINES say, else as the terminal does, and no more cells than any has."""
        width, height = super()._get_terminal_size()
        if width > WIDEST or height > HIGHEST:
            with suppress(OSError):
                width, height = os.get_terminal_size(self.fileno)
        return min(width, WIDEST) or 80, min(height, HIGHEST) or 24

    def suspend_application_mode(self) -> None:
        """Give the terminal to another program, if this one has it."""
        self._given = self._reads
        if self._given:
            super().suspend_application_mode()

    def resume_application_mode(self) -> None:
        """Take the terminal back, if another program had it; in the background it is not to be had."""
        if self._given:
            super().resume_application_mode()
            self._given = not self._reads

    @property
    def _reads(self) -> bool:
        return self._key_thread is not None and self._key_thread.is_alive()

    def _sigtstp_application(self, *_: object) -> None:
        self._to_stop = True
        if not (self._auto_restart and self._in_turn(self._stop)):
            self._halt(signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        self._to_stop = False
        if self._auto_restart:
            self._in_turn(self.resume_application_mode)

    def _in_turn(self, call: Callable[[], None]) -> bool:
        """Call it when what is under way is done; False where there is no turn to wait for."""
        if self._loop.is_running():
            self._loop.call_soon_threadsafe(call)
        return self._loop.is_running()

    def _stop(self) -> None:
        if not self._to_stop:  # it was told to go on meanwhile
            return
        self.suspend_application_mode()
        self._must_signal_resume = True
        if self._to_stop:  # giving the terminal away takes a while, in which that may change
            self._halt(signal.SIGSTOP)

    def run_input_thread(self) -> None:
        """Read until the app ends, or the terminal goes away."""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.select(
                LOOK_EVERY
            )  # what hears is read in for the first bytes, not beside the first paint
            hear, rest = _hearing(self)
            while not self.exit_event.is_set():
                if selector.select(LOOK_EVERY):
                    data = _read(self.fileno)
                    if not data:
                        self._hang_up()
                        return
                    hear(data)
                rest()

    def _hang_up(self) -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        self._app.call_later(self._app.exit, None, HUNG_UP)  # where hanging up is not listened to


class _Orderly(_Web):
    """A driver that outlives what its page sends, and is told its size; the last one told stays the last.

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

    def run_input_thread(self) -> None:
        """Read until the app ends, or the server goes away."""
        from textual.drivers._byte_stream import ByteStream
        from textual.drivers.web_driver import _ExitInput

        hear, rest = _hearing(self)
        stream = ByteStream()
        with suppress(_ExitInput), closing(self._input_reader):
            for data in self._input_reader:
                for kind, payload in stream.feed(data) if data else ():
                    if kind == "D":
                        hear(payload)
                    else:
                        self._on_meta(kind, payload)
                rest()

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


def _halt(number: int) -> None:
    os.kill(os.getpid(), number)


def forgiving(driver: type[Driver], halt: Callable[[int], None] = _halt) -> type[Driver]:
    """The same driver, not ended by what comes in; one that reads in another way is left as it is.

    Args:
        halt: stops the program by a signal, until it is told to go on.
    """
    if not hasattr(driver, "run_input_thread"):
        return driver
    if hasattr(driver, "on_meta"):
        return type(driver.__name__, (_Orderly, driver), {})
    return type(driver.__name__, (_Forgiving, driver), {"_halt": staticmethod(halt)})


def heed_signals(leave: Callable[[int], None]) -> None:
    """Leave with its code when a signal says so, from the loop that runs now on."""
    loop = asyncio.get_running_loop()
    for name, code in SIGNAL_CODES.items():
        with suppress(AttributeError, NotImplementedError):  # a system without them
            number = getattr(signal, name)
            if name != "SIGINT" or signal.getsignal(number) is not signal.SIG_IGN:  # as under `serve`
                loop.add_signal_handler(number, leave, code)


def _hearing(driver: Driver) -> tuple[Callable[[bytes], None], Callable[[], None]]:
    """What to do with bytes that came, and from time to time."""
    from keykata.tui.listening import Listener

    listener = Listener()
    decoder = getincrementaldecoder("utf-8")("replace")

    def hear(data: bytes) -> None:
        for message in listener.hear(decoder.decode(data)):
            driver.process_message(message)

    def rest() -> None:
        for message in listener.rest():
            driver.process_message(message)

    return hear, rest


def _wait_for(terminal: Any) -> None:
    """Let writes wait for the terminal; a program before may have left it otherwise, and screens got lost."""
    with suppress(OSError, ValueError):  # what is no file need not be waited for
        os.set_blocking(terminal if isinstance(terminal, int) else terminal.fileno(), True)


def _read(terminal: int) -> bytes:
    """What waits to be read; nothing where the terminal is gone."""
    try:
        return os.read(terminal, AT_ONCE)
    except OSError:
        return b""
