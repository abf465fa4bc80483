"""merge and sync: one learner's log on several computers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keykata.cli.home import dojo, global_options
from keykata.cli.out import Out, stderr, stdout
from keykata.cli.syncing import synced
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.study.merging import Watch
    from keykata.study.taking import Merged

TENTHS = 10
BREATH = 0.01  # seconds between two slices, so that an app on the same home gets its turn
SHORT = 50_000  # entries or bytes: less is done before it is said


@click.command()
@global_options
@click.option("--json", "as_json", is_flag=True, help="What was taken, as JSON.")
@click.argument("other", type=click.Path(path_type=Path))
@click.pass_context
def merge(context: click.Context, other: Path, as_json: bool) -> None:
    """Fold OTHER into this home: another home's folder, its keykata.db, or an exported log.

    Again and in any order it ends the same. It can be broken off: what was taken stays.
    """
    with dojo(context) as opened:
        tell(opened.merge(other, progress(stderr())), as_json=as_json)


@click.command()
@global_options
@click.option("--json", "as_json", is_flag=True, help="What was taken, as JSON.")
@click.pass_context
def sync(context: click.Context, as_json: bool) -> None:
    """Write what is new to the synced folder, and take in what other computers wrote there."""
    with dojo(context) as opened:
        tell(opened.sync(progress(stderr())), as_json=as_json)


@contextmanager
def shared_dojo(context: click.Context, out: Out) -> Iterator[Dojo]:
    """The dojo of a session without a screen: the synced folder is folded in before it, and written after.

    What went wrong meanwhile beside the answers is said last, when the backup of the day is done too.
    """
    from keykata.cli.plain.telling import notice_lines  # merge and sync do without

    with dojo(context) as opened:
        synced(opened, out)
        try:
            yield opened
        finally:
            synced(opened, out)
    out.lines(notice_lines(opened.since_the_start()))


def tell(merged: Merged, *, as_json: bool) -> None:
    """Say what was taken; what could not be taken goes to standard error."""
    import msgspec

    from keykata.study.taking import RENEWED_WORDS, flaw_words, merged_words

    if as_json:
        stdout().json(msgspec.to_builtins(merged))
    else:
        stdout().line(merged_words(merged))
    err = stderr()
    err.lines(safe_line(flaw_words(flaw)) for flaw in merged.flaws)
    if merged.skipped > len(merged.flaws):
        err.line(f"{merged.skipped:,} lines were skipped in all.")
    if merged.renewed:
        err.line(RENEWED_WORDS)


def progress(out: Out) -> Watch:
    """A watch that says each tenth of what takes more than one batch."""
    said = 0

    def watch(done: int, whole: int) -> bool:
        nonlocal said
        tenth = TENTHS * done // whole if whole else TENTHS
        if whole > SHORT and said < tenth < TENTHS:
            said = tenth
            out.line(f"{tenth * 100 // TENTHS} % done")
        time.sleep(BREATH)
        return True

    return watch
