"""import and export: other programs' formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keykata.cli.home import dojo, global_options, places
from keykata.cli.out import stderr, stdout
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.exchange.model import Finding

COUNTS = ("added", "changed", "unchanged", "gone", "kept")


@click.command("import")
@global_options
@click.option("--format", "form", metavar="NAME", help="Its format; else its ending tells.")
@click.option("--into", type=click.Path(path_type=Path), metavar="FOLDER", help="The bank's folder.")
@click.option("--bank-id", default="", metavar="ID", help="The id of a new bank.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path, form: str | None, into: Path | None, bank_id: str, as_json: bool) -> None:
    """Make a bank of another program's FILE, or bring one up to date with it."""
    import msgspec

    from keykata.study.importing import import_file

    report = import_file(file, form=form, into=into, bank=bank_id)
    if as_json:
        stdout().json(msgspec.to_builtins(report))
        return
    stdout().lines(line for finding in report.findings for line in finding_lines(finding))
    counts = [f"{len(getattr(report, name))} {name}" for name in COUNTS if getattr(report, name)]
    stdout().line(f"{', '.join(counts) or 'Nothing imported'}; {report.left_out} left out.")
    stdout().line(f"Open it with: keykata --bank {safe_line(report.folder)}")


def finding_lines(finding: Finding) -> Iterator[str]:
    """A finding for people: `line 12: warning: ...`, and what to do under it."""
    place = f"line {finding.line}: " if finding.line else ""
    whom = f"{safe_line(finding.where)}: " if finding.where else ""
    yield f"{place}{finding.severity}: {whom}{safe_line(finding.message)}"
    if finding.hint:
        yield f"    {safe_line(finding.hint)}"


@click.command()
@global_options
@click.option("--format", "form", metavar="NAME", help="The format to write.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to; it must be new.")
@click.option("--from", "banks", multiple=True, metavar="ID", help="Only this bank. May be given again.")
@click.argument("what", required=False, type=click.Choice(["log"]))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_context
def export(
    context: click.Context,
    *,
    form: str | None,
    out: Path | None,
    banks: tuple[str, ...],
    what: str | None,
    file: Path | None,
) -> None:
    """Write questions and terms in another program's format; what it cannot carry goes to standard error.

    export log FILE writes your whole log instead, as JSON Lines that keykata merge takes in; without FILE to
    standard output.
    """
    if what == "log":
        if form or banks or (file and out):
            raise click.UsageError("The log has one format; name one FILE.", context)
        _export_log(context, file or out)
        return
    if form is None:
        raise click.UsageError("Name a format with --format, or write your log: export log FILE.", context)
    from keykata.cli.clock import SystemClock
    from keykata.study import exporting

    made = exporting.export(form, places(context), banks=banks, stamp=SystemClock().wall() // 1000)
    if out is None:
        stdout().bytes(made.data)
    else:
        exporting.save(out, made.data)
    stderr().lines(line for finding in made.findings for line in finding_lines(finding))


def _export_log(context: click.Context, file: Path | None) -> None:
    with dojo(context) as opened:
        if file is None:
            for chunk in opened.log_chunks():
                stdout().bytes(chunk)
        else:
            entries = opened.save_log(file)
            noun = "entry" if entries == 1 else "entries"
            stdout().line(f"{entries:,} {noun} written. On another computer: keykata merge FILE")
