"""The options every command takes: where the program works and how it speaks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from keykata.cli.door import Door
from keykata.cli.wishes import Wishes, places_of, wants_plain
from keykata.core.tilde import in_full
from keykata.study.places import Places

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo

F = TypeVar("F", bound=Callable[..., Any])


def wishes_of(context: click.Context) -> Wishes:
    """The wishes gathered so far."""
    return context.obj if isinstance(context.obj, Wishes) else Wishes()


def _take_home(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.obj = wishes_of(context)._replace(home=in_full(value))


def _take_banks(context: click.Context, _: click.Parameter, value: tuple[Path, ...]) -> None:
    if value:
        wishes = wishes_of(context)
        context.obj = wishes._replace(banks=(*wishes.banks, *map(in_full, value)))


def _take_plain(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.obj = wishes_of(context)._replace(plain=True)


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


def places(context: click.Context) -> Places:
    """Where this call works."""
    return places_of(wishes_of(context))


@contextmanager
def dojo(context: click.Context) -> Iterator[Dojo]:
    """The dojo of this call, closed afterwards.

    Raises:
        UnreadableError: the home or a named bank cannot be read.
        UnwritableError: the home cannot be made.
    """
    with Door(places(context)) as door:
        yield door()


def speaks_plain(context: click.Context) -> bool:
    """Whether this call speaks in lines."""
    return wants_plain(wishes_of(context), os.environ)
