"""backup, restore, doctor, fit and config: the data of the home, its memory model, its settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from keykata.cli.clock import SystemClock
from keykata.cli.home import dojo, global_options, places
from keykata.cli.out import stderr, stdout
from keykata.core.errors import UnreadableError, UsageError
from keykata.core.safe import quoted, safe_line
from keykata.study.wording import share_of

if TYPE_CHECKING:
    from keykata.study.caring import Care

NONE = ("none", "off", "")
SETTINGS = ("exam-date", "minutes", "retention", "sync")
SIGNS = {"ok": "Good:", "note": "Notice:", "wrong": "Wrong:"}


def _care(context: click.Context) -> Care:
    from keykata.study.caring import Care

    return Care(places(context), SystemClock())


@click.command()
@global_options
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_context
def backup(context: click.Context, file: Path | None, as_json: bool) -> None:
    """Write a checked copy of all your answers into FILE, or into the home's backups.

    One is also made by itself on every day of study, and before the database changes its version.
    """
    to, events = _care(context).backup(file)
    if as_json:
        stdout().json({"file": str(to), "events": events})
    else:
        stdout().line(safe_line(f"Backed up and checked: {to}, {events:,} events."))


@click.command()
@global_options
@click.option("--exactly", is_flag=True, help="As the backup is, without what was answered since.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.argument("backup", required=False, type=click.Path(path_type=Path))
@click.pass_context
def restore(context: click.Context, backup: Path | None, exactly: bool, as_json: bool) -> None:
    """Take a BACKUP, or the newest good one, in place of the database of the home.

    What was answered since and can still be read goes with it. The replaced database is kept beside.
    """
    from keykata.study.caring import restored_lines

    done = _care(context).restore(backup, take_over=not exactly)
    if as_json:
        kept = str(done.kept) if done.kept else None
        told = {"backup": str(done.backup), "events": done.events, "saved": done.saved, "kept": kept}
        stdout().json(told)
    else:
        stdout().lines(safe_line(line) for line in restored_lines(done))


@click.command()
@global_options
@click.option("--rebuild", is_flag=True, help="Refill everything that follows from the log.")
@click.option("--repair", is_flag=True, help="Mend what can be mended; nothing is deleted.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def doctor(context: click.Context, rebuild: bool, repair: bool, as_json: bool) -> None:
    """Look whether the data of the home is sound; --repair mends it, --rebuild refills what is computed.

    Exit code 1 when something is wrong, 3 when the database is damaged.
    """
    from dataclasses import replace

    from keykata.study.caring import checkup_json

    care, out = _care(context), stdout()
    found = care.repair() if repair else care.look()
    if rebuild and (mended := care.mend_indices(found)):
        found = replace(care.look(), repaired=(*found.repaired, *mended))
    if as_json:
        out.json(checkup_json(care.home, found))
    else:
        out.lines(safe_line(f"Done: {line}") for line in found.repaired)
        out.lines(safe_line(f"{SIGNS[f.state]} {f.text} {f.hint}".rstrip()) for f in found.findings)
    if found.damaged:
        hint = next(f.hint for f in found.findings if f.state == "wrong")
        raise UnreadableError("The data of the home is not sound.", where=str(care.home), hint=hint)
    if rebuild:
        with dojo(context) as opened:
            cards = opened.rebuild()
        if not as_json:
            out.line(f"Rebuilt from the log: {cards:,} {'card' if cards == 1 else 'cards'}.")
    elif not found.sound:
        context.exit(1)


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
        raise UsageError(f"{quoted(value)} is not a number of minutes.", hint="Give 5 to 240.") from None
