"""drill: the sorter, mix-ups and the missed list, on the screen or line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keykata.cli.practising import COUNT, SEED, PracticeMode, begun, practice_options, practise

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.study.sitting import Sitting

MISSED_COUNT = 10
SORTER_COUNT = 20


@click.command()
@practice_options
@click.option("--count", type=COUNT, help="At most this many: of the sorter 20, of the missed list 10.")
@click.option("--seed", type=SEED, help="The same cards of the sorter again; your history plays no part.")
@click.option("--mixups", is_flag=True, help="The two terms you take for each other most.")
@click.option("--missed", is_flag=True, help="Questions you missed, until right on two days.")
@click.argument("comparison", nargs=-1)
@click.pass_context
def drill(
    context: click.Context,
    *,
    count: int | None,
    seed: int | None,
    mixups: bool,
    missed: bool,
    comparison: tuple[str, ...],
    resume: bool,
    as_json: bool,
) -> None:
    """The sorter: which one fits? Of a COMPARISON, or the first there is."""
    words = " ".join(comparison)
    if sum((mixups, missed, bool(words))) > 1:
        raise click.UsageError("Give one of COMPARISON, --mixups and --missed.", context)

    def begin(opened: Dojo) -> Sitting:
        if missed:
            return opened.start_missed_list(count or MISSED_COUNT)
        if mixups:
            return start_worst_mixup(opened)
        return opened.start_sorter(sorter_called(opened, words), count=count or SORTER_COUNT, seed=seed)

    mode: PracticeMode = "quiz" if missed else "drill"
    practise(context, mode, begin, begun(begin), resume=resume, as_json=as_json)


def start_worst_mixup(opened: Dojo) -> Sitting:
    """Drill the most pressing mix-up.

    Raises:
        UsageError: nothing was mixed up so far.
    """
    from keykata.core.errors import UsageError

    worst = next(iter(opened.mixups(1)), None)
    if worst is None:
        raise UsageError("You have not mixed anything up so far.", hint="Practise, or try the sorter.")
    return opened.start_mixup(worst.right, worst.chosen)


def sorter_called(opened: Dojo, words: str) -> str:
    """The full id of the comparison of a name or of its sorter; the first without one.

    Raises:
        UsageError: no sorter is called that, or there is none at all.
    """
    from keykata.core.errors import UsageError

    sorters = opened.sorters()
    if not sorters:
        raise UsageError("The open banks hold no comparison to sort.", hint="See: keykata bank")
    if not words:
        return sorters[0].id
    called = {sorter.name.casefold(): sorter.id for sorter in sorters}
    hits = {hit.id for hit in opened.find(words) if hit.kind == "comparison"}
    named = called.get(words.casefold()) or next((s.id for s in sorters if s.id in hits), None)
    if named is None:
        names = ", ".join(sorter.name for sorter in sorters)
        raise UsageError(f'No sorter is called "{words}".', hint=f"There are: {names}.")
    return named
