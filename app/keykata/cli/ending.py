"""How the program ends: every error becomes a few words and an exit code, never a traceback.

Exit codes: 0 done, 1 a check found problems, 2 usage, 3 unreadable data, 4 could not write, 70 our own
fault, 129 and 143 ended by a signal, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from keykata.cli.out import ReaderGoneError, stderr
from keykata.cli.wishes import Wishes, cache_folder, home_folder
from keykata.core.errors import KeyKataError
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    import click

OUR_FAULT = 70
INTERRUPTED = 130
MOMENT = 0.01  # seconds
SIGNAL_BASE = 128
USAGE = 2
UNREADABLE = 3
COULD_NOT_WRITE = 4
_MAY = "See to the permissions of what is named, or choose another place (--home for your answers)."
_UNTIDY = getattr(errno, "EUCLEAN", errno.EIO)  # of a disk whose folders do not fit together, on Linux
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # the disk, a share of it, or a file
REFUSALS = {
    errno.EACCES: _MAY,
    errno.EPERM: _MAY,
    errno.EROFS: "Choose another place.",
    **dict.fromkeys(_FULL, "Make room, then try again. What was acknowledged is kept."),
    _UNTIDY: "Have the disk checked (fsck) while nothing uses it, then try again.",
    errno.EIO: "The disk may be failing. Look after your backups.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "Let it open more files: ulimit -n tells how many it may."),
    errno.ELOOP: "Its links lead in a circle. Name another place.",
    errno.ENOTDIR: "A folder has to be there. Name another place.",
    errno.EBADF: "Lead standard output to where it can be written.",
}


def _end_by_signal(number: int, _: FrameType | None) -> None:
    raise SystemExit(SIGNAL_BASE + number)


def end_on_signals() -> None:
    """Let SIGTERM and SIGHUP end the program through its own exits, with everything closed behind it."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # a program started with nohup is to live on
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end_by_signal)


def keep_signals() -> None:
    """Let a signal that falls where the interpreter lets no error through come again a moment later."""
    before = sys.unraisablehook

    def again(told: sys.UnraisableHookArgs) -> None:
        number = _signal_of(told.exc_value)
        if number is None:
            before(told)
        else:
            from threading import Thread

            Thread(target=_send_again, args=(number,), daemon=True).start()

    sys.unraisablehook = again


def _signal_of(error: BaseException | None) -> int | None:
    """The signal that an error stands for."""
    if isinstance(error, KeyboardInterrupt):
        return signal.SIGINT
    if isinstance(error, SystemExit) and isinstance(error.code, int) and error.code > SIGNAL_BASE:
        return error.code - SIGNAL_BASE
    return None


def _send_again(number: int) -> None:
    from threading import main_thread

    time.sleep(MOMENT)
    main = main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)  # also out of waiting for a line
    else:
        signal.raise_signal(number)


class Ending:
    """A context that swallows whatever ends the program, tells it in words, and keeps the exit code."""

    def __init__(self) -> None:
        self.code = 0

    def __enter__(self) -> Ending:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None or isinstance(error, SystemExit):
            return False
        try:
            self.code = _tell(error)
        except Exception as worse:  # noqa: BLE001 - what is to be told is no text itself
            self.code = _tell_fault(worse)
        return True


def _tell(error: BaseException) -> int:
    if isinstance(error, KeyKataError):
        _say(error.message, error.where, error.hint)
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, OSError) and error.errno in REFUSALS:
        return _tell_refusal(error)
    if isinstance(error, MemoryError):
        _say("There is not enough memory for this.", "", "End other programs, or do it in smaller parts.")
        return UNREADABLE
    if type(error).__module__.startswith("click."):
        return _tell_usage(error)
    return _tell_fault(error)


def _tell_refusal(error: OSError) -> int:
    """What the system does not allow: the same for every file, so it is told in one place."""
    where = "" if error.filename is None else os.fsdecode(error.filename)
    _say(f"The system refuses: {error.strerror}.", where, REFUSALS[error.errno or 0])
    return COULD_NOT_WRITE if error.errno in (*_FULL, errno.EROFS, errno.EBADF) else UNREADABLE


def _tell_usage(error: BaseException) -> int:
    """What click says of the arguments."""
    import click

    if isinstance(error, click.Abort):
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        _say(_click_words(error), "", _click_hint(error))
        return USAGE
    return _tell_fault(error)


def _tell_fault(error: BaseException) -> int:
    _write((f"keykata: a fault of the program itself; what happened is written in {_write_log(error)}",))
    return OUR_FAULT


def _say(what: str, where: str, hint: str) -> None:
    labelled = (("keykata: ", what), ("where: ", where), ("what to do: ", hint))
    _write(label + safe_line(text) for label, text in labelled if text)


def _write(lines: Iterable[str]) -> None:
    """Tell it; where standard error cannot be written either, the exit code says it alone."""
    with suppress(OSError, ReaderGoneError):
        stderr().lines(lines)


def _click_words(error: click.ClickException) -> str:
    words = error.format_message().strip()
    return words if words.endswith((".", "?", "!")) else words + "."


def _click_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"See: {context.command_path} --help" if context else "See: keykata --help"


def _write_log(error: BaseException) -> str:
    """Keep the traceback in a file; returns its path, or says that there is none."""
    import traceback

    text = "".join(traceback.format_exception(error))
    for folder in (cache_folder, partial(home_folder, Wishes())):
        try:
            path = folder(os.environ) / "logs" / f"fault-{time.time_ns()}.log"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except (OSError, KeyKataError):
            continue
        return str(path)
    return "no file: neither the cache nor the home can be written"
