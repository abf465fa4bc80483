"""today, review and quiz: on the screen, or line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from keykata.cli.home import global_options, speaks_plain
from keykata.cli.opening import open_screen
from keykata.cli.out import stderr, stdout

if TYPE_CHECKING:
    from keykata.practice.form import Filter, Only
    from keykata.study.dojo import Dojo
    from keykata.study.exam_sitting import ExamSitting
    from keykata.study.sitting import Sitting
    from keykata.study.views import Report
    from keykata.tui.starts import Start

PracticeMode = Literal["today", "review", "quiz", "exam", "drill"]
Begin = Callable[["Dojo"], "Sitting | ExamSitting"]
MOST = 1000
SEED = click.IntRange(0, 2**63 - 1)
COUNT = click.IntRange(1, MOST)
MINUTES = click.IntRange(1, 600)
EACH = click.IntRange(5, 3600)
F = TypeVar("F", bound=Callable[..., Any])


def practice_options(command: F) -> F:
    """What every practice command takes."""
    for option in (
        click.option(
            "--json", "as_json", is_flag=True, help="Plain, with the report as JSON on standard output."
        ),
        click.option("--resume", is_flag=True, help="Go on with the one left open last."),
    ):
        command = option(command)
    return global_options(command)


@click.command()
@practice_options
@click.option("--seed", type=SEED, help="Draw the same order again.")
@click.pass_context
def today(context: click.Context, seed: int | None, resume: bool, as_json: bool) -> None:
    """The mixed session of the day, cut to your minutes."""
    practise(
        context,
        "today",
        lambda opened: opened.start_today(seed=seed),
        lambda _: _start("today", seed=seed),
        resume=resume,
        as_json=as_json,
    )


@click.command()
@practice_options
@click.option("--count", type=COUNT, help="At most this many.")
@click.pass_context
def review(context: click.Context, count: int | None, resume: bool, as_json: bool) -> None:
    """What is due to be repeated, in the order of the queue."""
    practise(
        context,
        "review",
        lambda opened: opened.start_review(count=count),
        lambda _: _start("review", count=count),
        resume=resume,
        as_json=as_json,
    )


@click.command()
@practice_options
@click.option("--count", type=COUNT, default=10, show_default=True, help="How many questions.")
@click.option("--seed", type=SEED, help="The same form again; your history plays no part.")
@click.option("--minutes", type=MINUTES, help="A limit for the whole.")
@click.option("--each", type=EACH, metavar="SECONDS", help="A limit for each question instead.")
@click.option("--at-end", is_flag=True, help="A test: what is right is told at the end.")
@click.option("--term", "terms", multiple=True, metavar="NAME", help="Only on this term. May be given again.")
@click.option("--domain", "domains", multiple=True, metavar="NUMBER", help="Only of this domain.")
@click.option("--task", "tasks", multiple=True, metavar="NUMBER", help="Only of this task statement, as 1.3.")
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(["recall", "apply", "analyse"]),
    help="Only of this level.",
)
@click.option(
    "--only", type=click.Choice(["weak", "missed", "kept", "unseen"]), help="Only those in this state."
)
@click.pass_context
def quiz(
    context: click.Context,
    *,
    count: int,
    seed: int | None,
    minutes: int | None,
    each: int | None,
    at_end: bool,
    terms: tuple[str, ...],
    domains: tuple[str, ...],
    tasks: tuple[str, ...],
    levels: tuple[str, ...],
    only: Only | None,
    resume: bool,
    as_json: bool,
) -> None:
    """Questions you choose, by term, domain, task, level or state."""

    if minutes and each:
        raise click.UsageError("Give --minutes or --each, not both.")

    def wanted(opened: Dojo) -> Filter:
        from keykata.practice.form import Filter

        ids = tuple(term_id(opened, term) for term in terms)
        return Filter(terms=ids, domains=domains, tasks=tasks, levels=levels, only=only)

    def begin(opened: Dojo) -> Sitting | ExamSitting:
        start = opened.start_test if at_end else opened.start_quiz
        return start(wanted(opened), count=count, minutes=minutes or 0, seconds_each=each or 0, seed=seed)

    def screen(opened: Dojo) -> Start:
        return _start("quiz", wanted=wanted(opened), count=count, seed=seed)

    shown = begun(begin) if at_end or minutes or each else screen
    practise(context, "quiz", begin, shown, resume=resume, as_json=as_json)


def term_id(opened: Dojo, words: str) -> str:
    """The full id of the term of a name, alias or id.

    Raises:
        UsageError: no term is called that.
    """
    from keykata.core.errors import UsageError

    found = next((hit.id for hit in opened.named(words) if hit.kind == "term" and not hit.snippet), None)
    if found is None:
        raise UsageError(f'No term is called "{words}".', hint="keykata search finds terms by words.")
    return found


def practise(
    context: click.Context,
    mode: PracticeMode,
    begin: Begin,
    screen: Callable[[Dojo], Start],
    *,
    resume: bool,
    as_json: bool,
) -> Report | None:
    """Begin something, or go on with the latest of its mode, on the screen or line by line.

    Returns:
        the report when it was done line by line and came to its end.
    """
    if as_json or speaks_plain(context):
        return _practise_plain(context, mode, begin, resume=resume, as_json=as_json)
    open_screen(context, lambda opened: (_resumed(opened, mode) if resume else None) or screen(opened))
    return None


def begun(begin: Begin) -> Callable[[Dojo], Start]:
    """What opens the screen on something that was begun before there is one."""

    def start(opened: Dojo) -> Start:
        from keykata.tui.starts import Start

        return Start(what="resume", attempt=begin(opened).id)

    return start


def _start(
    what: Literal["today", "review", "quiz"],
    *,
    wanted: Filter | None = None,
    count: int | None = None,
    seed: int | None = None,
) -> Start:
    from keykata.practice.form import Filter
    from keykata.tui.starts import Start

    return Start(what=what, wanted=wanted or Filter(), count=count, seed=seed)


def _resumed(opened: Dojo, mode: PracticeMode) -> Start | None:
    from keykata.tui.starts import Start

    attempt = opened.latest_open(mode)
    return Start(what="resume", attempt=attempt) if attempt else None


def _practise_plain(
    context: click.Context, mode: PracticeMode, begin: Begin, *, resume: bool, as_json: bool
) -> Report | None:
    from keykata.cli.plain.attending import attend
    from keykata.cli.plain.ear import standard_ear
    from keykata.cli.plain.patience import patiently
    from keykata.cli.plain.speech import sentence
    from keykata.cli.plain.telling import notice_lines
    from keykata.cli.sharing import shared_dojo
    from keykata.study.wording import coming_line

    out = stderr() if as_json else stdout()
    ear = standard_ear(out)
    with shared_dojo(context, out) as opened:
        out.lines(notice_lines(opened.notices))
        attempt = opened.latest_open(mode) if resume else None
        idle = mode == "review" and not attempt and not opened.due_now()
        if idle:
            out.lines(("Nothing is due.", sentence(coming_line(opened.home().coming))))
        elif mode == "exam" and not resume:
            from keykata.cli.plain.open_exam import which_exam

            attempt = which_exam(opened.open_exams(), ear, out)
            idle = attempt is None
        if idle:
            if as_json:
                stdout().json(None)
            return None
        sitting = patiently(lambda: opened.resume(attempt) if attempt else begin(opened), out)
        done = attend(opened, sitting, ear, out)
        if as_json:
            stdout().json(opened.report_json(sitting.id))
        return sitting.report() if done else None
