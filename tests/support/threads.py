"""Which threads do a piece of work."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def threads_of(work: Callable[..., Any]) -> Iterator[list[int]]:
    """The ids of the threads that call a function meanwhile, one a call."""
    seen: list[int] = []

    def watch(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call" and frame.f_code is work.__code__:
            seen.append(threading.get_ident())

    threading.setprofile(watch)
    sys.setprofile(watch)
    try:
        yield seen
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
