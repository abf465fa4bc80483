"""Handing the terminal to the editor and taking it back."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from keykata.core.errors import UsageError
from keykata.study.editors import editor_command

if TYPE_CHECKING:
    from keykata.tui.app import KeyKataApp


def edit_at(app: KeyKataApp, file: str, line: int) -> str:
    """Open the editor at a line and wait for it; what went wrong, "" when nothing did."""
    try:
        command = editor_command(os.environ, file, max(1, line))
    except UsageError as error:
        return f"{error.message} {error.hint}"
    try:
        with app.suspend(), _keys_are_the_editors(app):
            code = subprocess.run(command, check=False).returncode
    except SuspendNotSupported:
        return f"This terminal cannot be lent to an editor. Open {file} at line {line} yourself."
    except OSError as fault:
        return f"{command[0]} cannot be started: {fault.strerror}. Set VISUAL or EDITOR to your editor."
    return f"{command[0]} ended with code {code}." if code else ""


@contextmanager
def _keys_are_the_editors(app: KeyKataApp) -> Iterator[None]:
    """Keys that interrupt or end a program end the editor alone, though the terminal tells both of them."""
    loop = asyncio.get_running_loop()
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    with suppress(NotImplementedError):  # a system without them
        loop.remove_signal_handler(signal.SIGINT)
    for number in numbers:
        signal.signal(number, lambda *_: None)  # an editor would inherit that they are ignored
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        loop.call_later(0, app.listen)  # when the loop has taken in what came meanwhile
