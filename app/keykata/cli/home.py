"""Where the program works and how it speaks: the options every command takes, and the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec
from msgspec.structs import replace

from keykata.cli.out import ReaderGoneError
from keykata.core.errors import KeyKataError

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.study.opening import Places

APP = "keykata"
OFF = ("", "0", "false", "no")
F = TypeVar("F", bound=Callable[..., Any])


class Wishes(msgspec.Struct, frozen=True):
    """What was asked for before or after the command's name."""

    home: Path | None = None
    banks: tuple[Path, ...] = ()
    plain: bool = False


def wishes_of(context: click.Context) -> Wishes:
    """The wishes gathered so far."""
    return context.obj if isinstance(context.obj, Wishes) else Wishes()


def _take_home(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.obj = replace(wishes_of(context), home=value.expanduser())


def _take_banks(context: click.Context, _: click.Parameter, value: tuple[Path, ...]) -> None:
    if value:
        wishes = wishes_of(context)
        context.obj = replace(wishes, banks=(*wishes.banks, *(path.expanduser() for path in value)))


def _take_plain(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.obj = replace(wishes_of(context), plain=True)


def global_options(command: F) -> F:
    """`--home`, `--bank` and `--plain`, which work before and after the command's name."""
    path = click.Path(path_type=Path)
    for option in (
        click.option(
            "--plain",
            is_flag=True,
            expose_value=False,
            callback=_take_plain,
            help="Lines of words, no screen.",
        ),
        click.option(
            "--bank",
            type=path,
            multiple=True,
            metavar="PATH",
            expose_value=False,
            callback=_take_banks,
            help="Also open the bank in this folder. May be given again.",
        ),
        click.option(
            "--home",
            type=path,
            metavar="DIR",
            expose_value=False,
            callback=_take_home,
            help="Where your answers live (or KEYKATA_HOME).",
        ),
    ):
        command = option(command)
    return command


def home_folder(wishes: Wishes, environment: Mapping[str, str]) -> Path:
    """The learner's home: the option, KEYKATA_HOME, or where this system keeps data."""
    if wishes.home is not None:
        return wishes.home
    if environment.get("KEYKATA_HOME"):
        return Path(environment["KEYKATA_HOME"]).expanduser()
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def cache_folder(environment: Mapping[str, str]) -> Path:
    """The cache: KEYKATA_CACHE, or where this system keeps caches."""
    if environment.get("KEYKATA_CACHE"):
        return Path(environment["KEYKATA_CACHE"]).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path(APP, appauthor=False)


def wants_plain(wishes: Wishes, environment: Mapping[str, str]) -> bool:
    """Whether to speak in lines: `--plain`, KEYKATA_PLAIN, or a terminal that draws nothing."""
    asked = environment.get("KEYKATA_PLAIN", "").strip().lower() not in OFF
    return wishes.plain or asked or environment.get("TERM") == "dumb"


def places(context: click.Context) -> Places:
    """Where this call works."""
    from keykata.study.opening import Places

    wishes = wishes_of(context)
    return Places(home=home_folder(wishes, os.environ), cache=cache_folder(os.environ), banks=wishes.banks)


@contextmanager
def dojo(context: click.Context) -> Iterator[Dojo]:
    """The dojo of this call, closed afterwards.

    Raises:
        UnreadableError: the home or a named bank cannot be read.
        UnwritableError: the home cannot be made.
    """
    from keykata.cli.clock import SystemClock
    from keykata.study.opening import open_dojo

    where = places(context)
    with _Doubt(where.home):
        opened = open_dojo(where, clock=SystemClock(), entropy=os.urandom)
        try:
            yield opened
        finally:
            opened.close()


class _Doubt:
    """Asks, when the program breaks, whether a damaged database is the reason."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def __enter__(self) -> None:
        """Nothing is asked yet."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        told = (KeyKataError, ReaderGoneError, click.ClickException, click.Abort, click.exceptions.Exit)
        if isinstance(error, Exception) and not isinstance(error, told):
            from keykata.study.caring import damage_of

            damage = damage_of(self._home)
            if damage is not None:
                raise damage from error


def speaks_plain(context: click.Context) -> bool:
    """Whether this call speaks in lines."""
    return wants_plain(wishes_of(context), os.environ)
