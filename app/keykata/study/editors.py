"""The editor of a person, and how it is told the line to open."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import PurePath

from keykata.core.errors import UsageError

SET_ONE = "Set VISUAL or EDITOR, for example: export EDITOR=nano"
_GOTO = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor"})
_COLON = frozenset({"subl", "sublime_text", "zed", "hx", "helix"})
_PLUS = frozenset(
    {"vi", "vim", "nvim", "gvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "ne"}
)


def editor_command(environment: Mapping[str, str], file: str, line: int) -> list[str]:
    """The command that opens a file at a line (from 1); an editor nobody knows gets the file alone.

    Raises:
        UsageError: no editor is set, or what is set cannot be split into words.
    """
    wanted = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    if not wanted:
        raise UsageError("No editor is set.", hint=SET_ONE)
    try:
        words = shlex.split(wanted)
    except ValueError as fault:
        raise UsageError(f"VISUAL or EDITOR cannot be understood: {wanted}", hint=SET_ONE) from fault
    name = PurePath(words[0]).name.lower().removesuffix(".exe")
    if file.startswith(("-", "+")):
        file = f"./{file}"
    if name in _GOTO:
        return [*words, "-g", f"{file}:{line}"]
    if name in _COLON:
        return [*words, f"{file}:{line}"]
    if name in _PLUS:
        return [*words, f"+{line}", file]
    return [*words, file]
