"""doctor and config: the data of the home and its settings."""

from __future__ import annotations

import click

from keykata.cli.home import dojo, global_options, places
from keykata.cli.out import stdout
from keykata.core.errors import UnreadableError, UsageError

NONE = ("none", "off", "")
SETTINGS = ("exam-date", "minutes", "sync")


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
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.argument("name", required=False, type=click.Choice(SETTINGS))
@click.argument("value", required=False)
@click.pass_context
def config(context: click.Context, name: str | None, value: str | None, as_json: bool) -> None:
    """List the settings, or set one.

    exam-date takes a date as 2026-12-14, or none; minutes takes the minutes a day, 5 to 240; sync
    takes the folder that a sync program carries between your computers, or none.
    """
    with dojo(context) as opened:
        if value is not None and name == "exam-date":
            opened.set_exam_date(None if value.strip().lower() in NONE else value)
        elif value is not None and name == "minutes":
            opened.set_minutes(_whole(value))
        elif value is not None and name == "sync":
            opened.set_sync_folder(None if value.strip().lower() in NONE else value)
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
