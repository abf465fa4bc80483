"""The console script: `keykata` and `python -m keykata`."""

from __future__ import annotations

import os
import sys

PROGRAM = "keykata"
COMPLETING = "_KEYKATA_COMPLETE"
INTERRUPTED = 130


def main() -> None:
    """Run a command and exit with its code; it never returns."""
    code: str | int | None
    try:
        code = _end_well()
    except KeyboardInterrupt:  # while the modules were read that would have told of it
        code = INTERRUPTED
    except SystemExit as end:  # by a signal
        code = end.code
    _close_quietly()
    sys.exit(code)


def _end_well() -> int:
    """Run a command with every end of it told in words; its exit code."""
    _open_closed_streams()
    from keykata.cli.ending import Ending, end_on_signals, keep_signals
    from keykata.cli.out import prepare_streams, quiet_after_a_closed_pipe

    prepare_streams()
    end_on_signals()
    keep_signals()
    ending = Ending()
    with ending, quiet_after_a_closed_pipe():
        ending.code = _run()
    return ending.code


def _close_quietly() -> None:
    """Everything is done: a signal now ends the program without a word, and a lost terminal tells nothing."""
    import signal

    from keykata.cli.out import drop_what_nobody_reads

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # some systems have not all of them
        if number is not None and callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    drop_what_nobody_reads()


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
    from keykata.cli.wishes import places_of, wants_plain, wishes_for_app

    wishes = wishes_for_app(sys.argv[1:])
    if wishes is not None and not wants_plain(wishes, os.environ) and COMPLETING not in os.environ:
        from keykata.cli.drawing import draw

        return draw(places_of(wishes))
    from keykata.cli.root import root

    if COMPLETING in os.environ:
        _as_a_shell_asks()
    stdout = sys.stdout
    try:
        code = root.main(prog_name=PROGRAM, standalone_mode=False)
    except SystemExit:
        if sys.stdout is stdout:
            raise
        code = 0  # click has put it out of use: nobody reads the help it wrote
    return code if isinstance(code, int) else 0


def _as_a_shell_asks() -> None:
    """Let a completion asked for by hand, without what a shell tells along, be that of the first word."""
    os.environ.setdefault("COMP_WORDS", PROGRAM)
    by_number = not os.environ[COMPLETING].startswith("fish")
    if by_number and not os.environ.get("COMP_CWORD", "").isdecimal():
        os.environ["COMP_CWORD"] = "1"
    os.environ.setdefault("COMP_CWORD", "")
