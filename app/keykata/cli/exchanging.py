"""import and export: other programs' formats."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keykata.cli.home import dojo, global_options, places
from keykata.cli.out import stderr, stdout
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.exchange.model import Finding
    from keykata.study.importing import Report

LEVEL = click.Choice(["recall", "apply", "analyse"])
NOTHING = 3  # the exit code when a file holds nothing that could be imported
COUNTS = ("added", "changed", "unchanged", "gone", "kept")


@click.command("import")
@global_options
@click.option("--format", "form", metavar="NAME", help="Its format; else its ending tells.")
@click.option("--into", type=click.Path(path_type=Path), metavar="FOLDER", help="The bank's folder.")
@click.option("--bank-id", default="", metavar="ID", help="The id of a new bank.")
@click.option("--as", "kind", type=click.Choice(["terms"]), help="Make terms of cards of two sides.")
@click.option("--no-reviews", is_flag=True, help="Leave the reviews of an Anki package out of your log.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def import_(
    context: click.Context,
    /,
    *,
    file: Path,
    form: str | None,
    into: Path | None,
    bank_id: str,
    kind: str | None,
    no_reviews: bool,
    as_json: bool,
) -> None:
    """Make a bank of another program's FILE (or a folder of them), or bring one up to date with it.

    Formats: markdown, csv (any columns), blackboard, gift, aiken, moodle, qti, anki-text, apkg.
    """
    from keykata.study.import_home import ImportHome
    from keykata.study.importing import import_file

    with dojo(context) as opened:
        home = ImportHome(opened.library, opened.rooms.ledger, keeps_reviews=not no_reviews)
        report = import_file(file, form=form, into=into, bank=bank_id, as_terms=kind == "terms", home=home)
    if as_json:
        import msgspec

        stdout().json(msgspec.to_builtins(report))
    else:
        stdout().lines(line for finding in report.findings for line in finding_lines(finding))
        stdout().lines(_summary(report))
    if not report.found:
        context.exit(NOTHING)


def _summary(report: Report) -> Iterator[str]:
    """What an import did, in a line or three."""
    counts = [f"{len(getattr(report, name)):,} {name}" for name in COUNTS if getattr(report, name)]
    yield f"{', '.join(counts) or 'Nothing imported'}; {report.left_out:,} left out."
    if report.reviews:
        yield f"{report.reviews:,} {'review' if report.reviews == 1 else 'reviews'} taken into your log."
    if report.found:
        yield f"Open it with: keykata --bank {safe_line(shlex.quote(report.folder))}"


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
@click.option("--term", "--topic", "terms", multiple=True, metavar="NAME", help="Only on this term, and it.")
@click.option("--domain", "domains", multiple=True, metavar="NUMBER", help="Only questions of this domain.")
@click.option("--task", "tasks", multiple=True, metavar="NUMBER", help="Only questions of this task, as 1.3.")
@click.option("--level", "levels", multiple=True, type=LEVEL, help="Only questions of this level.")
@click.option(
    "--item", "--id", "items", multiple=True, metavar="ID", help="Only this item. May be given again."
)
@click.option("--kind", type=click.Choice(["question", "term"]), help="Only questions, or only terms.")
@click.argument("what", required=False, type=click.Choice(["log"]))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_context
def export(
    context: click.Context,
    /,
    *,
    form: str | None,
    out: Path | None,
    kind: str | None,
    what: str | None,
    file: Path | None,
    **wishes: tuple[str, ...],
) -> None:
    """Write questions and terms in another program's format; what it cannot carry goes to standard error.

    Formats: markdown, markdown-full, csv, csv-plain, csv-cards, blackboard, gift, aiken, moodle, qti,
    anki-text, apkg, html.

    export log FILE writes your whole log instead, as JSON Lines that keykata merge takes in; without FILE to
    standard output.
    """
    if what == "log":
        if form or any(wishes.values()) or (file and out):
            raise click.UsageError("The log has one format; name one FILE.", context)
        _export_log(context, file or out)
        return
    if form is None:
        raise click.UsageError("Name a format with --format, or write your log: export log FILE.", context)
    from keykata.cli.clock import SystemClock
    from keykata.study import exporting
    from keykata.study.new_file import need_new, save_new

    kinds = (kind,) if kind else exporting.EVERYTHING.kinds
    wanted = exporting.Wanted(kinds=kinds, **wishes)
    if out is not None:
        need_new(out)
    made = exporting.export(form, places(context), wanted=wanted, stamp=SystemClock().wall() // 1000)
    if out is None:
        stdout().bytes(made.data)
    else:
        save_new(out, (made.data,), hint="Make room, or name another file with --out.")
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
