"""show and search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keykata.cli.home import dojo, global_options, speaks_plain
from keykata.cli.opening import has_terminal, open_screen
from keykata.cli.out import stdout
from keykata.core.errors import UsageError

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.tui.starts import Start

SHOWN = 5
MOST_HITS = 1000


@click.command()
@global_options
@click.argument("words", nargs=-1, required=True)
@click.pass_context
def show(context: click.Context, words: tuple[str, ...]) -> None:
    """A page, by name, alias, retired name or id. Without a terminal it is printed."""
    name = " ".join(words)

    def start(opened: Dojo) -> Start:
        from keykata.tui.starts import Start

        return Start(what="page", page=_page_called(opened, name))

    if not speaks_plain(context) and has_terminal():
        open_screen(context, start)
        return
    from keykata.cli.plain.pages import page_lines

    with dojo(context) as opened:
        stdout().lines(page_lines(opened, _page_called(opened, name)))


@click.command()
@global_options
@click.option(
    "--limit", type=click.IntRange(1, MOST_HITS), default=30, show_default=True, help="At most this many."
)
@click.argument("words", nargs=-1, required=True)
@click.pass_context
def search(context: click.Context, limit: int, words: tuple[str, ...]) -> None:
    """Search across everything, best first."""
    from keykata.cli.plain.pages import hit_line
    from keykata.study.wording import found_phrase

    with dojo(context) as opened:
        hits = opened.search(" ".join(words), limit)
        count = opened.search_count(" ".join(words))
    stdout().lines(map(hit_line, hits))
    if not count:
        found = "Only names like it were found." if hits else "Try fewer or other ones."
        stdout().line(f"Nothing holds these words. {found}")
    else:
        more = f" --limit {MOST_HITS} shows more." if len(hits) < min(count, MOST_HITS) else ""
        stdout().line(f"{found_phrase(len(hits), count)}.{more}")


def _page_called(opened: Dojo, name: str) -> str:
    """The full id of the page of a name.

    Raises:
        UsageError: nothing is called that; the hint tells what holds the words.
    """
    hits = opened.find(name)
    if hits and not hits[0].snippet:
        return hits[0].id
    near = ", ".join(dict.fromkeys(hit.title for hit in hits[:SHOWN]))
    hint = f"These hold the words: {near}." if near else "keykata search looks through all the text."
    raise UsageError(f'Nothing is called "{name}".', hint=hint)
