"""The console script: `keykata` and `python -m keykata`."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from keykata.cli.ending import Ending, end_on_signals
from keykata.cli.out import prepare_streams, quiet_after_a_closed_pipe
from keykata.cli.wishes import places_of, wants_plain, wishes_for_app

PROGRAM = "keykata"
COMPLETING = "_KEYKATA_COMPLETE"


def main() -> NoReturn:
    """Run a command and exit with its code."""
    _open_closed_streams()
    prepare_streams()
    end_on_signals()
    ending = Ending()
    with ending, quiet_after_a_closed_pipe():
        ending.code = _run()
    sys.exit(ending.code)


def _open_closed_streams() -> None:
    """Lead closed streams to nowhere; else the next file that is opened would take their numbers."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", encoding="utf-8"))


def _run() -> int:
    """The app straight away when nothing else was asked for; every other call is click's to read."""
    wishes = wishes_for_app(sys.argv[1:])
    if wishes is not None and not wants_plain(wishes, os.environ) and COMPLETING not in os.environ:
        from keykata.cli.drawing import draw

        return draw(places_of(wishes))
    from keykata.cli.root import root

    code = root.main(prog_name=PROGRAM, standalone_mode=False)
    return code if isinstance(code, int) else 0
