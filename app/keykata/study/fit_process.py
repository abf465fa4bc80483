"""The process that fits weights: courses as JSON on standard input, weights as JSON on standard output.

The optimiser holds the interpreter while it works; in a process of its own it stops no screen, and it can
be ended at any moment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from tempfile import TemporaryFile
from time import sleep

import msgspec

from keykata.core.disk import made_for_a_while
from keykata.core.errors import KeyKataError
from keykata.memory.fitting import optimise

STEP = 0.05  # seconds between looks whether it is still wanted
_RUN = "from keykata.study.fit_process import main; main()"


def main() -> None:
    """Fit what comes in."""
    courses = msgspec.json.decode(sys.stdin.buffer.read(), type=list[list[tuple[int, int]]])
    sys.stdout.buffer.write(msgspec.json.encode(optimise(courses)))


def fit_apart(
    courses: Sequence[Sequence[tuple[int, int]]], stopped: Callable[[], bool]
) -> tuple[float, ...] | None:
    """The weights fitted in another process; None when it was stopped.

    Raises:
        KeyKataError: the process could not be started, or it failed.
    """
    paths = os.pathsep.join(path for path in sys.path if path)
    with made_for_a_while(TemporaryFile) as given:  # a pipe would have to be fed while it is waited for
        given.write(msgspec.json.encode(courses))
        given.seek(0)
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", _RUN],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
        except OSError as error:
            raise _failed() from error
    with process:
        while process.poll() is None:
            if stopped():
                process.kill()
                return None
            sleep(STEP)
        found = process.communicate()[0]
    if process.returncode:
        raise _failed()
    return tuple(msgspec.json.decode(found, type=list[float]))


def _failed() -> KeyKataError:
    return KeyKataError("The fit could not be made.", hint="The weights in force stay. Try again later.")
