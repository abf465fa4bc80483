"""The names of files as a person at this prompt would type them."""

from __future__ import annotations

from pathlib import Path


def from_here(file: str) -> str:
    """A file as seen from the working directory; as it was given when it lies elsewhere."""
    path, here = Path(file).absolute(), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file
