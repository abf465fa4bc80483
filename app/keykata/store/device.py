"""The device id: random, of this home on this computer, never copied to another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

DEVICE = "device"
ID_BYTES = 8


def device_id(home: Path, entropy: Callable[[int], bytes], machine: str) -> str:
    """The id in the home's `device` file, made fresh when it is missing, damaged or from another machine.

    Raises:
        OSError: the home cannot be written.
    """
    path = home / DEVICE
    try:
        found, _, where = path.read_text(encoding="utf-8").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        found, where = "", ""
    if len(found) == 2 * ID_BYTES and found.isalnum() and where == machine:
        return found
    fresh = entropy(ID_BYTES).hex()
    path.write_text(f"{fresh} {machine}\n".replace(" \n", "\n"), encoding="utf-8")
    return fresh
