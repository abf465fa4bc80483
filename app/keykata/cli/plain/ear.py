"""Where plain mode listens: prompts, and lines from a person or from a pipe."""

from __future__ import annotations

import sys
from typing import TextIO

from keykata.cli.out import Out

LONGEST = 20_000  # characters of a line that are heard; the rest of it is passed over


class Ear:
    """Asks and reads one line at a time.

    A person's answer stands behind the prompt; where nothing is echoed, the prompt is a line of its own, so
    that what follows begins its own line. `patient`: a person is typing. `over`: the input has ended.
    """

    def __init__(self, source: TextIO, out: Out) -> None:
        self._source = source
        self._out = out
        self.patient = source.isatty()
        self.over = False

    def ask(self, prompt: str) -> str | None:
        """The line said at a prompt, without its end; None at the end of input."""
        echoed = self.patient and self._out.is_terminal
        if echoed:
            self._out.prompt(f"{prompt} ")
        else:
            self._out.line(prompt)
        line = self._source.readline(LONGEST)
        if not line:
            self.over = True
            self._out.lines([""] if echoed else [])
            return None
        rest = line
        while len(rest) == LONGEST and not rest.endswith("\n"):
            rest = self._source.readline(LONGEST)
        return line.rstrip("\r\n")


def standard_ear(out: Out) -> Ear:
    """The ear at standard input."""
    return Ear(sys.stdin, out)
