"""`config.toml` of the home: what is of this computer and changes no schedule; one line is set at a time."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from keykata.core.errors import UnreadableError, UnwritableError
from keykata.core.whole_file import replace_file

CONFIG = "config.toml"


def read_config(home: Path) -> dict[str, object]:
    """What the file says; nothing when there is none.

    Raises:
        UnreadableError: it is no TOML.
    """
    path = home / CONFIG
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        hint = "Mend it, or delete it."
        raise UnreadableError("The configuration cannot be read.", where=str(path), hint=hint) from error


def write_config(home: Path, name: str, value: str | None) -> None:
    """Set a text of the file's top, or take it out; every other line stays as it is.

    Raises:
        UnreadableError: the file is no TOML. UnwritableError: it cannot be written.
    """
    read_config(home)
    path = home / CONFIG
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        top = next((at for at, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
        ours = re.compile(rf"\s*{re.escape(name)}\s*=")
        kept = [line for line in lines[:top] if not ours.match(line)]
        if value is not None:
            kept.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
        text = "".join(f"{line}\n" for line in (*kept, *lines[top:]))
        replace_file(path, text.encode("utf-8"))
    except OSError as error:
        raise UnwritableError("The configuration cannot be written.", where=str(path)) from error
