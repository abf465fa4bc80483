"""Handing the terminal to the editor and taking it back."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from textual.app import App, SuspendNotSupported

from keykata.core.errors import UsageError
from keykata.study.editors import editor_command


def edit_at(app: App[Any], file: str, line: int) -> str:
    """Open the editor at a line and wait for it; what went wrong, "" when nothing did."""
    try:
        command = editor_command(os.environ, file, max(1, line))
    except UsageError as error:
        return f"{error.message} {error.hint}"
    try:
        with app.suspend():
            code = subprocess.run(command, check=False).returncode
    except SuspendNotSupported:
        return f"This terminal cannot be lent to an editor. Open {file} at line {line} yourself."
    except OSError as fault:
        return f"{command[0]} cannot be started: {fault.strerror}. Set VISUAL or EDITOR to your editor."
    return f"{command[0]} ended with code {code}." if code else ""
