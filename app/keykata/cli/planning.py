"""plan and pack: what each day until the exam should hold, and the page for the night before."""

from __future__ import annotations

from pathlib import Path

import click

from keykata.cli.figures import figure_options
from keykata.cli.home import dojo, global_options
from keykata.cli.out import stdout
from keykata.core.errors import UnwritableError


@click.command()
@figure_options
@click.pass_context
def plan(context: click.Context, as_json: bool) -> None:
    """The days until the exam: what to repeat, what is new, mock exams, and what is left out."""
    with dojo(context) as opened:
        if as_json:
            stdout().json(opened.plan_json())
            return
        from keykata.cli.plain.plan import plan_lines

        stdout().lines(plan_lines(opened.plan()))


@click.command()
@global_options
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page for the browser or the printer instead.",
)
@click.pass_context
def pack(context: click.Context, page: Path | None) -> None:
    """The page for the night before: the facts you may forget, your mix-ups, your habits. In Markdown."""
    from keykata.study import pack_text

    with dojo(context) as opened:
        made = opened.pack()
    if page is None:
        stdout().lines(pack_text.markdown(made))
        return
    try:
        page.write_text(pack_text.html(made), encoding="utf-8")
    except OSError as fault:
        raise UnwritableError(
            "The page cannot be written.", where=str(page), hint="Name another file."
        ) from fault
    stdout().line(f"Written: {page}")
