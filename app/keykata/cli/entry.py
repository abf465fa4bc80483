"""The console script: `keykata` and `python -m keykata`."""

from __future__ import annotations

import sys
from typing import NoReturn

from keykata.cli.ending import Ending, end_on_signals
from keykata.cli.out import prepare_streams, quiet_after_a_closed_pipe
from keykata.cli.root import root

PROGRAM = "keykata"


def main() -> NoReturn:
    """Run a command and exit with its code."""
    prepare_streams()
    end_on_signals()
    ending = Ending()
    with ending, quiet_after_a_closed_pipe():
        code = root.main(prog_name=PROGRAM, standalone_mode=False)
        ending.code = code if isinstance(code, int) else 0
    sys.exit(ending.code)
