"""coverage: what the banks hold against the blueprint, and what the answers tell of their questions."""

from __future__ import annotations

import click

from keykata.cli.figures import figure_options
from keykata.cli.home import dojo
from keykata.cli.out import stdout


@click.command()
@figure_options
@click.option("--from", "banks", multiple=True, metavar="ID", help="Only this bank. May be given again.")
@click.option(
    "--notes", is_flag=True, help="Notes and reports of what is wrong, with file and line, instead."
)
@click.pass_context
def coverage(context: click.Context, banks: tuple[str, ...], notes: bool, as_json: bool) -> None:
    """What the banks lack for an exam, and which questions the answers cast doubt on."""
    import msgspec

    with dojo(context) as opened:
        covering = opened.covering(banks)
        found = covering.remarks() if notes else covering.coverage()
    if as_json:
        stdout().json(msgspec.to_builtins(found))
        return
    from keykata.cli.plain.coverage import coverage_lines, remark_lines

    stdout().lines(remark_lines(found) if isinstance(found, tuple) else coverage_lines(found))
