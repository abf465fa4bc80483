"""What a terminal sends, as messages for the app: nothing ends the app, or is a key that nobody pressed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from textual._xterm_parser import XTermParser
from textual.events import Key, Paste, Resize
from textual.message import Message

from keykata.core.bounds import HIGHEST, WIDEST
from keykata.tui.pasting import Part, Sieve

_NO_TEXT = re.compile("[\ud800-\udfff\ufffd]")  # halves of characters, and what stands for broken bytes


class _Parser(XTermParser):
    """Textual's, which need not wait for what cannot come any more, and measures only with what was told."""

    def __init__(self, before: XTermParser | None = None) -> None:
        super().__init__()
        if before is not None:
            self.mouse_pixels = before.mouse_pixels
            self.terminal_size, self.terminal_pixel_size = before.terminal_size, before.terminal_pixel_size

    def parse_mouse_code(self, code: str) -> Message | None:
        """A sign of the mouse; in cells where the terminal told a size without pixels."""
        if not all(size is None or all(size) for size in (self.terminal_size, self.terminal_pixel_size)):
            self.mouse_pixels = False
        return super().parse_mouse_code(code)

    def now(self) -> Iterator[Message]:
        """What it holds back, as if the time for more were over."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
        yield from self.tick()


class Listener:
    """Between the text of a terminal and the app; pastes are told by us, all else by Textual's parser.

    What the parser cannot bear is dropped, sign by sign: Textual lets the app end.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._heard = clock()
        self._sieve = Sieve()
        self._parser = _Parser()

    def hear(self, text: str) -> Iterator[Message]:
        """What a piece of text tells."""
        if not text:
            return
        before, self._heard = self._heard, self._clock()
        yield from self._told(self._sieve.feed(text, self._heard - before))

    def rest(self) -> Iterator[Message]:
        """What the silence since then tells: ESC alone was the key, a paste will not be ended any more."""
        wait = self._sieve.patience
        if wait is not None and self._clock() - self._heard >= wait:
            yield from self._told(self._sieve.rest())
            yield from self._guarded(self._parser.now)
        yield from self._guarded(self._parser.tick)

    def _told(self, parts: list[Part]) -> Iterator[Message]:
        for part in parts:
            if part.pasted:
                yield from self._guarded(self._parser.now)
                yield Paste(part.text)
                continue
            for sign in part.text:
                yield from self._guarded(self._parser.feed, sign)

    def _guarded(self, step: Callable[..., Iterable[Message]], *given: str) -> Iterator[Message]:
        try:
            messages = list(step(*given))
        except Exception:  # noqa: BLE001 - a terminal may send anything
            self._parser = _Parser(self._parser)
            return
        yield from filter(_means_something, messages)


def _means_something(message: Message) -> bool:
    """Whether it is a size that can be drawn, a key that is text, or something else."""
    if isinstance(message, Resize):
        return 0 < message.size.width <= WIDEST and 0 < message.size.height <= HIGHEST
    return not (isinstance(message, Key) and message.character and _NO_TEXT.search(message.character))
