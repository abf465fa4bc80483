"""stats, history, log and bank: in lines, or as JSON with stable names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from keykata.cli.home import dojo, global_options
from keykata.cli.out import stderr, stdout

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo

F = TypeVar("F", bound=Callable[..., Any])


def figure_options(command: F) -> F:
    """What every one of these takes."""
    return global_options(click.option("--json", "as_json", is_flag=True, help="As JSON.")(command))


@click.command()
@figure_options
@click.pass_context
def stats(context: click.Context, as_json: bool) -> None:
    """What is known and what is due."""
    with dojo(context) as opened:
        if as_json:
            stdout().json(opened.stats_json())
            return
        from keykata.cli.plain.numbers import stats_lines

        stdout().lines(stats_lines(opened))


@click.command()
@figure_options
@click.argument("attempt", required=False)
@click.pass_context
def history(context: click.Context, attempt: str | None, as_json: bool) -> None:
    """Every session so far, oldest first; with an ATTEMPT (the end of its id is enough) its report again."""
    with dojo(context) as opened:
        if attempt is not None:
            _old_report(opened, opened.named_attempt(attempt), as_json=as_json)
            return
        sessions = opened.history_json()
        if as_json:
            stdout().json(sessions)
            return
        from keykata.cli.plain.numbers import history_line

        told = (history_line(session, opened.clock) for session in sessions)
        stdout().lines(told if sessions else ("Nothing was practised yet.",))


def _old_report(opened: Dojo, attempt: str, *, as_json: bool) -> None:
    """The report of an attempt as it was."""
    if as_json:
        stdout().json(opened.report_json(attempt))
        return
    from keykata.cli.plain.reporting import report_lines

    report = opened.report(attempt)
    stdout().lines(report_lines(report, opened.readiness_after(report)))


@click.command()
@figure_options
@click.option(
    "--all", "everything", is_flag=True, help="Also superseded and undone answers, with their state."
)
@click.pass_context
def log(context: click.Context, everything: bool, as_json: bool) -> None:
    """Every answer so far, oldest first; with --json an object a line."""
    out = stdout()
    with dojo(context) as opened:
        unshown = opened.answers_unshown()
        if unshown:
            from keykata.study.phrases import plural

            stderr().line(
                f"{plural(unshown, 'answer')} left out: what was asked is lost. See: keykata doctor"
            )
        if as_json:
            for answer in opened.log_json(everything=everything):
                out.json(answer, indent=None)
            return
        from keykata.cli.plain.numbers import answer_line

        lines = (answer_line(answer, opened.clock) for answer in opened.log_json(everything=everything))
        first = next(lines, None)
        if first is not None or not unshown:
            out.line("Nothing was answered yet." if first is None else first)
        out.lines(lines)


@click.command()
@figure_options
@click.option("--items", is_flag=True, help="Every item as well.")
@click.pass_context
def bank(context: click.Context, items: bool, as_json: bool) -> None:
    """What the open banks hold."""
    with dojo(context) as opened:
        held = opened.bank_json(items=items)
        if as_json:
            stdout().json(held)
            return
        from keykata.cli.plain.numbers import bank_lines

        stdout().lines(bank_lines(held))
