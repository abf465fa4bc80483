"""One cache of compiled banks for a whole run of the tests, so that the shipped banks are read once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def shared_cache() -> Path:
    """A folder that all processes of this run share: the workers of a run have one parent."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return Path(tempfile.gettempdir()) / f"keykata-tests-{run}"
