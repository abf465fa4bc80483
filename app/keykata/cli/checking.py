"""check and schema: for the authors of banks."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keykata.cli.home import global_options, places
from keykata.cli.out import stdout
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.bank.model import Problem

INDENT = "    "
WIDE = ("W", "F")
PLURALS = (("error", "errors"), ("warning", "warnings"), ("note", "notes"))


@click.command()
@global_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.pass_context
def check(context: click.Context, form: str, as_json: bool, strict: bool, paths: tuple[Path, ...]) -> None:
    """Check files and bank folders; without a PATH, every bank the app would open.

    Exit code 1 on errors, with --strict on warnings too, 3 if a path cannot be opened.
    """
    from keykata.study import checking

    problems = checking.check(paths, places(context))
    if as_json or form == "json":
        stdout().json([_as_object(problem) for problem in problems])
    else:
        stdout().lines(line for problem in problems for line in problem_lines(problem))
        stdout().line(summary(problems))
    spoils = ("error", "warning") if strict else ("error",)
    if any(problem.severity in spoils for problem in problems):
        context.exit(1)


@click.command()
@global_options
@click.argument("kind", required=False)
@click.pass_context
def schema(_: click.Context, kind: str | None) -> None:
    """The JSON Schema of a KIND of file; without one, the kinds there are."""
    from keykata.study import checking

    if kind is None:
        stdout().lines(checking.schema_kinds())
    else:
        stdout().json(checking.schema(kind))


def problem_lines(problem: Problem) -> Iterator[str]:
    """A problem for people: its place, what is wrong, the line with a caret under the place, what to do."""
    place = problem.place
    yield f"{safe_line(place.file)}:{place.line}:{place.column} {problem.severity} {problem.code}"
    yield f"{INDENT}{safe_line(problem.message)}"
    if problem.excerpt.strip():
        yield f"{INDENT}{safe_line(problem.excerpt)}"
        yield f"{INDENT}{' ' * _width(safe_line(problem.excerpt[: place.column - 1]))}^"
    if problem.hint:
        yield f"{INDENT}{safe_line(problem.hint)}"
    yield ""


def _width(text: str) -> int:
    """Cells a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in WIDE else 1 for char in text)


def summary(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning in 2 files.`, or that nothing was found."""
    counts: Counter[str] = Counter(problem.severity for problem in problems)
    if not counts:
        return "No problems found."
    found = [f"{counts[one]} {one if counts[one] == 1 else many}" for one, many in PLURALS if counts[one]]
    files = len({problem.place.file for problem in problems})
    return f"{', '.join(found)} in {files} {'file' if files == 1 else 'files'}."


def _as_object(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }
