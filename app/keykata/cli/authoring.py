"""preview and new: writing banks with the learner's screen beside the editor."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keykata.cli.home import global_options, speaks_plain
from keykata.cli.opening import has_terminal, open_screen
from keykata.cli.out import stdout
from keykata.core.errors import UsageError
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.study.authoring import NewKind
    from keykata.study.dojo import Dojo
    from keykata.tui.starts import Start


@click.command()
@global_options
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def preview(context: click.Context, file: Path) -> None:
    """See the items of FILE as the learner will; every save is on screen at once.

    In plain mode or without a terminal they are printed once, after what a check says of FILE; exit code 1 on
    errors.
    """
    if speaks_plain(context) or not has_terminal():
        _print(context, file)
        return

    def start(_: Dojo) -> Start:
        from keykata.tui.starts import Start

        return Start(what="preview", file=str(file))

    open_screen(context, start)


def _print(context: click.Context, file: Path) -> None:
    """What is wrong in a file, then its items."""
    from keykata.cli.checking import Asked, spoiled
    from keykata.cli.plain.pages import written_lines
    from keykata.study.previewing import NO_ITEM, Preview

    asked = Asked(context, (file,), "text", None)
    found = asked.found()
    asked.tell(found)
    out = stdout()
    items = Preview(file).read().items
    for item in items:
        out.line("")
        out.lines(written_lines(item))
    if not items:
        out.line(NO_ITEM)
    if spoiled(found.problems, strict=False):
        context.exit(1)


@click.command()
@global_options
@click.argument("kind", type=click.Choice(["question", "term", "comparison"]))
@click.option("--into", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file.")
@click.option("--id", "wanted", default="", help="The id; without one it comes from the file's name.")
@click.option("--no-edit", is_flag=True, help="Do not open the editor.")
def new(kind: NewKind, into: Path, wanted: str, no_edit: bool) -> None:
    """Begin a question, term or comparison, and open your editor there."""
    from keykata.study.authoring import begin
    from keykata.study.editors import editor_command

    begun = begin(kind, into, wanted)
    stdout().line(f"{safe_line(str(into))}:{begun.line} {begun.id}")
    if no_edit or not has_terminal():
        return
    command = editor_command(os.environ, str(into), begun.line)
    try:
        subprocess.run(command, check=False)
    except OSError as fault:
        raise UsageError(f"{command[0]} cannot be started.", hint="Set VISUAL or EDITOR.") from fault
