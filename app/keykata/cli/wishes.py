"""Where the program works and how it speaks, by the options and the environment; free of click."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from keykata.core.tilde import in_full, known
from keykata.study.places import Places

APP = "keykata"
OFF = ("", "0", "false", "no")
_NO_HOME = "Set HOME, or both KEYKATA_HOME and KEYKATA_CACHE, to folders of yours."


class Wishes(NamedTuple):
    """What was asked for before or after the command's name."""

    home: Path | None = None
    banks: tuple[Path, ...] = ()
    plain: bool = False


def wishes_for_app(arguments: Sequence[str]) -> Wishes | None:
    """The wishes of a call that only opens the app; None for one that click has to read.

    Args:
        arguments: what follows the program's name. Only `--home DIR` and `--bank PATH` are read here.

    Raises:
        UsageError: the `~` of a path is nobody's.
    """
    wishes = Wishes()
    rest = list(arguments)
    while rest:
        option, *rest = rest
        if option not in ("--home", "--bank") or not rest or rest[0].startswith("-") or not rest[0]:
            return None
        path = in_full(Path(rest.pop(0)))
        if option == "--home":
            wishes = wishes._replace(home=path)
        else:
            wishes = wishes._replace(banks=(*wishes.banks, path))
    return wishes


def places_of(wishes: Wishes) -> Places:
    """Where a call works."""
    return Places(home=home_folder(wishes, os.environ), cache=cache_folder(os.environ), banks=wishes.banks)


def home_folder(wishes: Wishes, environment: Mapping[str, str]) -> Path:
    """The learner's home: the option, KEYKATA_HOME, or where this system keeps data.

    Raises:
        UsageError: it hangs on a home folder that nobody has.
    """
    if wishes.home is not None:
        return wishes.home
    if environment.get("KEYKATA_HOME"):
        return in_full(Path(environment["KEYKATA_HOME"]))
    from platformdirs import user_data_path

    return known(lambda: user_data_path(APP, appauthor=False), hint=_NO_HOME)


def cache_folder(environment: Mapping[str, str]) -> Path:
    """The cache: KEYKATA_CACHE, or where this system keeps caches.

    Raises:
        UsageError: it hangs on a home folder that nobody has.
    """
    if environment.get("KEYKATA_CACHE"):
        return in_full(Path(environment["KEYKATA_CACHE"]))
    from platformdirs import user_cache_path

    return known(lambda: user_cache_path(APP, appauthor=False), hint=_NO_HOME)


def wants_plain(wishes: Wishes, environment: Mapping[str, str]) -> bool:
    """Whether to speak in lines: `--plain`, KEYKATA_PLAIN, or a terminal that draws nothing."""
    asked = environment.get("KEYKATA_PLAIN", "").strip().lower() not in OFF
    return wishes.plain or asked or environment.get("TERM") == "dumb"
