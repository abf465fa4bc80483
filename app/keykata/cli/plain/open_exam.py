"""The mock exam left open, told before another is begun; a person is asked which it shall be."""

from __future__ import annotations

from collections.abc import Sequence

from keykata.cli.out import Out
from keykata.cli.plain.asking import said
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.offers import left_open_line
from keykata.study.home_views import OpenSitting

GO_ON = "To go on: keykata exam --resume --plain."
WAYS = "Say go on{which}, start for another paper, or back."
ANOTHER = ""


def which_exam(left_open: Sequence[OpenSitting], ear: Ear, out: Out) -> str | None:
    """The attempt to go on with, `ANOTHER` to begin what was asked for, None for neither.

    A pipe is only told of the open one: what it sends are answers to what it asked for.
    """
    if not left_open:
        return ANOTHER
    if not ear.patient:
        out.line(f"{left_open_line(left_open[0])} {GO_ON}")
        return ANOTHER
    ways = WAYS.format(which=" for the first of them" if len(left_open) > 1 else "")
    out.lines([*map(left_open_line, left_open), ways])
    while (words := said(ear, "Go on?")) is not None:
        if words.casefold() in ("go on", "start"):
            return left_open[0].id if words.casefold() == "go on" else ANOTHER
        out.line(ways)
    return None
