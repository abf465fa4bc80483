"""doctor, fit and config: the data of the home, its memory model, and its settings."""

from __future__ import annotations

import click

from keykata.cli.home import dojo, global_options, places
from keykata.cli.out import stderr, stdout
from keykata.core.errors import UnreadableError, UsageError
from keykata.study.wording import share_of

NONE = ("none", "off", "")
SETTINGS = ("exam-date", "minutes", "retention", "sync")


@click.command()
@global_options
@click.option("--rebuild", is_flag=True, help="Refill everything that follows from the log.")
@click.pass_context
def doctor(context: click.Context, rebuild: bool) -> None:
    """Look whether the data of the home is sound; --rebuild refills what follows from the log."""
    out, where = stdout(), places(context)
    out.line(f"Home: {where.home}")
    out.line(f"Cache: {where.cache}")
    with dojo(context) as opened:
        wrong = opened.check_integrity()
        for line in wrong:
            out.line(f"Wrong: {line}")
        if wrong:
            raise UnreadableError(
                "The database is damaged.",
                where=str(where.home),
                hint="Keep the folder, and restore a backup.",
            )
        out.line("Database: sound.")
        if rebuild:
            cards = opened.rebuild()
            out.line(f"Rebuilt from the log: {cards:,} {'card' if cards == 1 else 'cards'}.")
        out.lines(f"Notice: {notice.text} {notice.hint}".rstrip() for notice in opened.notices)


@click.command()
@global_options
@click.option("--reset", is_flag=True, help="Go back to the published weights.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def fit(context: click.Context, reset: bool, as_json: bool) -> None:
    """Fit the memory model to your answers; kept only when it foretells held-out reviews better."""
    out, told = stdout(), stderr()
    with dojo(context) as opened:
        if reset:
            changed = opened.reset_fit()
            if as_json:
                out.json({"reset": changed})
            else:
                out.line(f"The published weights hold{'' if changed else ' already'}.")
            return
        found = opened.fit(tell=lambda words: told.line(f"{words}."))
    if found is None:
        return
    if as_json:
        shown = {name: getattr(found, name) for name in ("reviews", "held_out", "before", "after")}
        out.json({**shown, "kept": found.better, "weights": list(found.weights)})
        return
    from keykata.study.progress_words import fit_result_words

    out.line(fit_result_words(found.before, found.after, found.held_out, kept=found.better))


@click.command()
@global_options
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.argument("name", required=False, type=click.Choice(SETTINGS))
@click.argument("value", required=False)
@click.pass_context
def config(context: click.Context, name: str | None, value: str | None, as_json: bool) -> None:
    """List the settings, or set one.

    exam-date takes a date as 2026-12-14, or none; minutes takes the minutes a day, 5 to 240; retention takes
    the share you want to remember, 0.70 to 0.97 (keykata stats tells what each costs); sync takes the folder
    that a sync program carries between your computers, or none.
    """
    with dojo(context) as opened:
        if value is not None and name == "exam-date":
            opened.set_exam_date(None if value.strip().lower() in NONE else value)
        elif value is not None and name == "minutes":
            opened.set_minutes(_whole(value))
        elif value is not None and name == "sync":
            opened.set_sync_folder(None if value.strip().lower() in NONE else value)
        elif value is not None and name == "retention":
            opened.set_retention(share_of(value))
        settings = opened.settings()
        shown = {key: settings[key] for key in SETTINGS if name in (None, key)}
        if as_json:
            stdout().json(shown)
        else:
            stdout().lines(f"{key}: {'none' if found is None else found}" for key, found in shown.items())


def _whole(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise UsageError(f"{value!r} is not a number of minutes.", hint="Give 5 to 240.") from None
