"""Whether another program still runs."""

from __future__ import annotations

import os


def is_gone(process: int) -> bool:
    """Whether a program surely runs no more; where nobody can ask without ending it, none is."""
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False
