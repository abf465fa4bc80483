"""exam: the mock exam, on the screen or line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keykata.cli.practising import SEED, begun, practice_options, practise

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.study.exam_sitting import ExamSitting
    from keykata.tui.starts import Start

FAILED = 1


@click.command()
@practice_options
@click.option("--strict", is_flag=True, help="The clock runs on while you are away.")
@click.option("--extra", is_flag=True, help="With the extra minutes that AWS grants on request.")
@click.option("--seed", type=SEED, help="The same form again; your history plays no part.")
@click.option("--repeat", metavar="ATTEMPT", help="The same paper again; history --json tells the id.")
@click.option("--exit-status", is_flag=True, help="End with 1 when the exam was failed.")
@click.pass_context
def exam(
    context: click.Context,
    *,
    strict: bool,
    extra: bool,
    seed: int | None,
    repeat: str | None,
    exit_status: bool,
    resume: bool,
    as_json: bool,
) -> None:
    """The mock exam: 65 questions in 130 minutes, as far as the open banks can fill it."""
    if repeat is not None and (seed is not None or extra):
        raise click.UsageError("A repeated paper has its own seed and minutes.", context)

    def begin(opened: Dojo) -> ExamSitting:
        return opened.start_exam(extra=extra, strict=strict, seed=seed, repeat=repeat)

    def screen(opened: Dojo) -> Start:
        """The page before an exam while another is open: nothing is begun unasked beside it."""
        if not opened.open_exams():
            return begun(begin)(opened)
        from keykata.tui.starts import PaperWish, Start

        return Start(what="exam", paper=PaperWish(extra=extra, strict=strict, seed=seed, repeat=repeat))

    report = practise(context, "exam", begin, screen, resume=resume, as_json=as_json)
    if exit_status and report is not None and report.passed is False:
        context.exit(FAILED)
