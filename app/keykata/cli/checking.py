"""check and schema: for the authors of banks."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from keykata.cli.check_formats import as_object, sarif, workflow_commands
from keykata.cli.check_text import problem_lines, wrapped
from keykata.cli.home import global_options, places
from keykata.cli.out import stdout
from keykata.core.errors import KeyKataError, UsageError
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.bank.model import Problem
    from keykata.study.baseline import Compared
    from keykata.study.checking import BankLoader
    from keykata.study.mending import Change

FILE = click.Path(path_type=Path, dir_okay=False)
Form = Literal["text", "json", "github", "sarif"]
SEVERITIES = ("error", "warning", "note")
PLURALS = (("error", "errors"), ("warning", "warnings"), ("note", "notes"))


@click.command()
@global_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--explain", metavar="CODE", help="Say what a code means, with examples.")
@click.option("--fix", "mends", is_flag=True, help="Mend ids, months and old names of services in PATH.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved.")
@click.option("--baseline", type=FILE, metavar="FILE", help="Leave out the warnings and notes FILE knows.")
@click.option("--write-baseline", type=FILE, metavar="FILE", help="Write today's warnings and notes to FILE.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.pass_context
def check(
    context: click.Context,
    *,
    form: Form,
    as_json: bool,
    strict: bool,
    explain: str | None,
    mends: bool,
    watch: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    paths: tuple[Path, ...],
) -> None:
    """Check files and bank folders; without a PATH, every bank the app would open.

    Exit code 1 on errors, with --strict on warnings too, 3 if a path cannot be opened.
    """
    if explain is not None:
        _explain(explain, as_json=as_json or form == "json")
        return
    asked = Asked(context, paths, "json" if as_json else form, baseline)
    if watch:
        if asked.form != "text" or write_baseline is not None:
            raise UsageError("--watch writes text for people.", hint="Leave the other option out.")
        _watch(asked, mends=mends)
    elif write_baseline is not None:
        _write_baseline(asked, write_baseline)
    else:
        found = asked.found(mends=mends)
        asked.tell(found)
        if spoiled(found.problems, strict=strict):
            context.exit(1)


@dataclass(frozen=True, slots=True)
class Found:
    """The problems that count, what was mended before, and how it compares with the old debt."""

    problems: Sequence[Problem]
    changes: tuple[Change, ...]
    compared: Compared | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is checked, how it is told, and what is known already."""

    context: click.Context
    paths: tuple[Path, ...]
    form: Form
    baseline: Path | None

    def found(self, *, mends: bool = False, load: BankLoader | None = None) -> Found:
        """The problems that count, and what was mended before they were looked for."""
        from keykata.cli.clock import SystemClock
        from keykata.study import baseline as debt
        from keykata.study import checking

        known = debt.read_baseline(self.baseline) if self.baseline else None
        month = checking.this_month(SystemClock())
        load = load or checking.load_bank
        changes: tuple[Change, ...] = ()
        if mends:
            mended = checking.fix(self.paths, places(self.context), month, load)
            problems, changes = mended.problems, mended.changes
        else:
            problems = checking.check(self.paths, places(self.context), month, load)
        if known is None or self.baseline is None:
            return Found(problems, changes, None)
        compared = debt.compare(problems, known, self.baseline)
        return Found(compared.problems, changes, compared)

    def tell(self, found: Found) -> None:
        """Write what was found in the form that is asked for."""
        problems = found.problems
        if self.form == "json":
            stdout().json([as_object(problem) for problem in problems])
        elif self.form == "sarif":
            from keykata import __version__
            from keykata.study.explaining import texts

            stdout().json(sarif(problems, __version__, texts()))
        elif self.form == "github":
            stdout().lines(workflow_commands(problems))
        else:
            width = _room()
            _tell(_mended_lines(found.changes), width)
            stdout().lines(line for problem in problems for line in problem_lines(problem, width))
            _tell((summary(problems), *_advice(found)), width)


def _room() -> int:
    """The width of the terminal, 0 when nobody reads along."""
    if not stdout().is_terminal:
        return 0
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 0  # it is no terminal that knows its size: it folds lines itself


def _tell(lines: Iterable[str], width: int) -> None:
    for line in lines:
        text = line.lstrip(" ")
        stdout().lines(wrapped(text, width, line[: len(line) - len(text)]))


def spoiled(problems: Sequence[Problem], *, strict: bool) -> bool:
    """Whether a check failed."""
    spoils = ("error", "warning") if strict else ("error",)
    return any(problem.severity in spoils for problem in problems)


def _explain(code: str, *, as_json: bool) -> None:
    from keykata.study import explaining

    if as_json:
        stdout().json(explaining.as_object(code))
    else:
        _tell(explaining.explain(code), _room())


def _write_baseline(asked: Asked, path: Path) -> None:
    from keykata.study.baseline import write_baseline

    problems = asked.found().problems
    count = write_baseline(problems, path)
    what = f"{count} {'warning or note is' if count == 1 else 'warnings and notes are'} known from now on."
    stdout().line(f"{what} Check with --baseline {safe_line(str(path))}.")
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        stdout().line(f"{errors} {'error is' if errors == 1 else 'errors are'} not among them: mend errors.")


def _watch(asked: Asked, *, mends: bool) -> None:
    """Check at every save until it is interrupted; what cannot be read for a moment ends nothing."""
    from keykata.cli.watching import nearest_last, now_here, saved_line, saves
    from keykata.study import checking

    def watched() -> checking.Watched:
        return checking.watched(asked.paths, places(asked.context))

    load = checking.again()
    saved: frozenset[Path] = frozenset()
    shown: Found | KeyKataError | None = None
    rounds = saves(watched)
    while True:
        try:
            found: Found | KeyKataError = asked.found(mends=mends, load=load)
        except KeyKataError as error:
            if shown is None:
                raise  # a path that is nowhere at the start is a mistake
            found = error
        if saved or not _same(found, shown):
            shown = found
            if stdout().is_terminal:
                click.clear()
            if isinstance(found, KeyKataError):
                _tell(filter(None, (safe_line(found.message), safe_line(found.hint))), _room())
            else:
                asked.tell(replace(found, problems=nearest_last(found.problems, saved)))
            stdout().line(saved_line(saved, now_here()))
            stdout().line("Waiting for the next save; ctrl+c ends.")
        saved = next(rounds)


def _same(one: Found | KeyKataError, other: Found | KeyKataError | None) -> bool:
    return one == other or (isinstance(one, KeyKataError) and str(one) == str(other))


def _mended_lines(changes: Sequence[Change]) -> Iterator[str]:
    for one in changes:
        yield f"{safe_line(one.file)}:{one.line} mended: {safe_line(one.old)} → {safe_line(one.new)}"
    if changes:
        yield ""


def _advice(found: Found) -> Iterator[str]:
    """What to do next, in a line each."""
    problems, compared = found.problems, found.compared
    if compared and compared.known:
        yield f"{compared.known} known from the baseline {'is' if compared.known == 1 else 'are'} left out."
    if compared and compared.gone:
        yield "Some entries of the baseline fit nothing any more: write it anew."
    fixable = sum(problem.fix is not None for problem in problems)
    if fixable:
        yield f"keykata check --fix can mend {fixable} of them."
    if problems:
        worst = min(problems, key=lambda one: SEVERITIES.index(one.severity))
        yield f"More on a code: keykata check --explain {worst.code}"


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


def summary(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning in 2 files.`, or that nothing was found."""
    counts: Counter[str] = Counter(problem.severity for problem in problems)
    if not counts:
        return "No problems found."
    found = [f"{counts[one]} {one if counts[one] == 1 else many}" for one, many in PLURALS if counts[one]]
    files = len({problem.place.file for problem in problems})
    return f"{', '.join(found)} in {files} {'file' if files == 1 else 'files'}."
