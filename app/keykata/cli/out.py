"""The one place that prints: lines of text, prompts and JSON, each flushed as it is written.

Whatever a text came from, no control character of it gets through; a file's bytes do, but not to a terminal.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from keykata.core.errors import HUNG_UP
from keykata.core.safe import safe_json, safe_text


class ReaderGoneError(Exception):
    """Whoever read our output has closed it; there is nobody left to tell."""


class Out:
    """Writes to one stream.

    Raises (from every method):
        ReaderGoneError: the other end of the pipe was closed.
        SystemExit: the terminal is gone.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def is_terminal(self) -> bool:
        """Whether a person may be reading along."""
        return self._stream.isatty()

    def line(self, text: str = "") -> None:
        """One line, at once."""
        self._write(safe_text(text) + "\n")

    def lines(self, texts: Iterable[str]) -> None:
        """Several lines."""
        for text in texts:
            self.line(text)

    def prompt(self, text: str) -> None:
        """A prompt that the answer is typed behind."""
        self._write(safe_text(text))

    def json(self, value: object, *, indent: int | None = 2) -> None:
        """A value as JSON; without an indent on one line."""
        import json

        utf8 = (self._stream.encoding or "").lower().replace("-", "") == "utf8"
        self._write(safe_json(json.dumps(value, ensure_ascii=not utf8, indent=indent)) + "\n")

    def bytes(self, data: bytes) -> None:
        """A file's bytes as they are; a terminal is shown them as text."""
        if self.is_terminal:
            self._write(safe_text(data.decode("utf-8", "backslashreplace")))
            return
        try:
            self._stream.flush()
            self._stream.buffer.write(data)
            self._stream.buffer.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        except OSError as error:
            end_if_hung_up(self._stream.fileno(), error)
            raise


def stdout() -> Out:
    """Standard output as it is now."""
    return Out(sys.stdout)


def stderr() -> Out:
    """Standard error as it is now."""
    return Out(sys.stderr)


def end_if_hung_up(number: int, error: OSError) -> None:
    """End as if told by a signal where an error of a stream means that its terminal is gone.

    A disk that fails says the same of its files.
    """
    if error.errno == errno.EIO and stat.S_ISCHR(os.fstat(number).st_mode):
        raise SystemExit(HUNG_UP) from error


def prepare_streams() -> None:
    """Let a character the terminal cannot show, or a byte that is no text, never end the program."""
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)


@contextmanager
def quiet_after_a_closed_pipe() -> Iterator[None]:
    """End silently when the reader is gone; without this the interpreter complains on its way out."""
    try:
        yield
    except ReaderGoneError:
        _lead_to_nowhere(sys.stdout)


def drop_what_nobody_reads() -> None:
    """Write out what is left; the interpreter's own last attempt would end in an exit code of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _lead_to_nowhere(stream)


def _lead_to_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
