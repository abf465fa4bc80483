"""Where plain mode listens: prompts, and lines from a person or from a pipe."""

from __future__ import annotations

import codecs
import os
import select
import sys
from collections.abc import Callable
from typing import Protocol, TextIO

from keykata.cli.out import Out, end_if_hung_up

LONGEST = 20_000  # characters of a line that are heard; the rest of it is passed over
CHUNK = 65_536  # bytes
WINDOWS = "win32"  # its select knows sockets only

Patience = Callable[[], float]  # seconds to wait for at most until it is asked again; 0: no longer


class Source(Protocol):
    """Lines, one after another."""

    def readline(self) -> str:
        """The next line with its end, cut at `LONGEST`; "" at the end of input."""

    def arrives(self, seconds: float, /) -> bool:
        """Whether a line or the end of input is there, after waiting at most so long."""


class Stream:
    """Lines of a stream that cannot be waited for: whoever reads waits until there is one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def readline(self) -> str:
        """The next line."""
        line = rest = self._stream.readline(LONGEST)
        while len(rest) == LONGEST and not rest.endswith("\n"):
            rest = self._stream.readline(LONGEST)
        return line

    def arrives(self, _: float, /) -> bool:
        """Nothing is known before it is read."""
        return True


class Descriptor:
    """Lines of a terminal, pipe or file, read without a buffer of Python's own, which no wait could see."""

    def __init__(self, number: int, encoding: str) -> None:
        self._number = number
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._held = ""
        self._ended = False

    def readline(self) -> str:
        """The next line."""
        while not self._whole():
            self._read()
        line, end, self._held = self._held.partition("\n")
        return line[:LONGEST] + end

    def arrives(self, seconds: float, /) -> bool:
        """Wait for a whole line; a part of one may use the wait up."""
        if not self._whole() and select.select([self._number], [], [], seconds)[0]:
            self._read()
        return self._whole()

    def _whole(self) -> bool:
        return self._ended or "\n" in self._held

    def _read(self) -> None:
        try:
            data = os.read(self._number, CHUNK)
        except OSError as error:
            end_if_hung_up(self._number, error)
            raise
        try:
            said = self._decoder.decode(data, final=not data)
        except UnicodeError:  # nothing can be replaced either, as in UTF-16 that does not say its order
            self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
            said = self._decoder.decode(data, final=not data)
        said = said.replace("\r\n", "\n")
        # an endless line is not kept: its end is looked for, its beginning is heard
        self._held = self._held + said if "\n" in said else (self._held + said)[: LONGEST + 1]
        self._ended = not data


def source_of(stream: TextIO) -> Source:
    """How a stream is read."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return Stream(stream)
    return Stream(stream) if sys.platform == WINDOWS else Descriptor(number, stream.encoding or "utf-8")


class Ear:
    """Asks and reads one line at a time.

    A person's answer stands behind the prompt; where nothing is echoed, the prompt is a line of its own, so
    that what follows begins its own line. `patient`: a person is typing. `over`: the input has ended.
    """

    def __init__(self, source: TextIO, out: Out) -> None:
        self._source = source_of(source)
        self._out = out
        self.patient = source.isatty()
        self.over = False

    def ask(self, prompt: str, patience: Patience | None = None) -> str | None:
        """The line said at a prompt, without its end; None at the end of input or of patience.

        Args:
            patience: asked again and again how much longer to wait; without it there is no end to waiting.
        """
        echoed = self.patient and self._out.is_terminal
        if echoed:
            self._out.prompt(f"{prompt} ")
        else:
            self._out.line(prompt)
        line = self._source.readline() if self._heard(patience) else None
        if line:
            return line.rstrip("\r\n")
        self.over = line is not None
        self._out.lines([""] if echoed else [])
        return None

    def _heard(self, patience: Patience | None) -> bool:
        """Wait for a line; False once patience is at its end."""
        while patience is not None:
            seconds = patience()
            if seconds <= 0:
                return False
            if self._source.arrives(seconds):
                break
        return True


def standard_ear(out: Out) -> Ear:
    """The ear at standard input."""
    return Ear(sys.stdin, out)
