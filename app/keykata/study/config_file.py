"""`config.toml` of the home: what is of this computer and changes no schedule; one line is set at a time."""

from __future__ import annotations

import json
import re
from pathlib import Path

from keykata.core.errors import UnreadableError, UnwritableError
from keykata.core.whole_file import replace_file

CONFIG = "config.toml"
LOOK = "look"
LARGEST = 1 << 20  # bytes: a few lines are usual


def read_config(home: Path) -> dict[str, object]:
    """What the file says; nothing when there is none.

    Raises:
        UnreadableError: it is no TOML.
    """
    return _parsed(_text(home / CONFIG), home / CONFIG)


def write_config(home: Path, name: str, value: str | None) -> None:
    """Set a text of the file's top, or take it out; every other line stays as it is.

    Raises:
        UnreadableError: the file is no TOML. UnwritableError: it cannot be written.
    """
    path = home / CONFIG
    before = _text(path)
    wanted = {key: told for key, told in _parsed(before, path).items() if key != name}
    if value is not None:
        wanted[name] = value
    text = _with_line(before, name, value)
    if not _says(text, wanted):
        hint = f"Set {name} in the file by hand."
        raise UnwritableError("That cannot be put into the configuration.", where=str(path), hint=hint)
    try:
        replace_file(path, text.encode("utf-8"))
    except OSError as error:
        hint = "See to the permissions of the home, and to its room."
        raise UnwritableError("The configuration cannot be written.", where=str(path), hint=hint) from error


def _text(path: Path) -> str:
    """The file's text; "" when there is none."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise _unreadable(path, "it is no file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise _unreadable(path, f"it is larger than {LARGEST >> 20} MB")
        return data.decode("utf-8").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error), "See to its permissions.") from error
    except ValueError as error:
        raise _unreadable(path, str(error)) from error


def _parsed(text: str, path: Path) -> dict[str, object]:
    if not text:
        return {}  # most homes have none, and Home asks: nothing is imported for it
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # what is nested too deep is no TOML of anybody's
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, why: str, hint: str = "Mend it, or delete it.") -> UnreadableError:
    return UnreadableError(f"The configuration cannot be read: {why}.", where=str(path), hint=hint)


def _with_line(text: str, name: str, value: str | None) -> str:
    """The text with a line of its top set or taken out."""
    lines = text.removesuffix("\n").split("\n") if text else []
    top = next((at for at, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    ours = re.compile(rf"\s*{re.escape(name)}\s*=")
    kept = [line for line in lines[:top] if not ours.match(line)]
    if value is not None:
        kept.append(f"{name} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f"))
    return "".join(f"{line}\n" for line in (*kept, *lines[top:]))


def _says(text: str, wanted: dict[str, object]) -> bool:
    """Whether a text can be kept and says exactly that: a line is not always what it looks like."""
    import tomllib

    try:
        text.encode("utf-8")
        return tomllib.loads(text) == wanted
    except (ValueError, RecursionError):
        return False
