"""One cache of compiled banks for a whole run of the tests, so that the shipped banks are read once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_NAMED = "TESTS_CACHE"  # as the workers of a run inherit it


def shared_cache() -> Path:
    """The folder that all processes of this run share."""
    return Path(os.environ[_NAMED])


def make_shared_cache() -> Callable[[], None]:
    """Make it, unless it is there already; what takes it away again."""
    if _NAMED in os.environ:
        return lambda: None
    made = os.environ[_NAMED] = tempfile.mkdtemp(prefix="keykata-tests-")
    return lambda: shutil.rmtree(made, ignore_errors=True)
