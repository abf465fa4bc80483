"""Ways to screens that Home and the command palette share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keykata.tui.app import KeyKataApp


def open_mock(app: KeyKataApp) -> None:
    """The mock exam the banks can give, or why there is none."""
    from keykata.tui.screens.mock import MockScreen

    offer = app.dojo.exam_offer()
    if offer.items:
        app.push_screen(MockScreen(offer))
    else:
        app.tell("No open bank can fill a mock exam. p practises.")


def open_progress(app: KeyKataApp) -> None:
    """How it goes."""
    from keykata.tui.screens.progress import ProgressScreen

    app.push_screen(ProgressScreen())


def open_sorter(app: KeyKataApp) -> None:
    """The only sorter there is, or a list of them."""
    from keykata.tui.screens.choices import Choice, ChoicesScreen

    links = app.dojo.sorters()
    if len(links) == 1:
        _sort(app, links[0].id)
    elif links:
        rows = tuple(Choice(link.id, link.name) for link in links)
        app.push_screen(ChoicesScreen("Key sorter", rows, lambda choice: _sort(app, choice.target)))
    else:
        app.tell("No open bank has anything to sort.")


def _sort(app: KeyKataApp, comparison: str) -> None:
    app.sit(lambda: app.dojo.start_sorter(comparison))


def open_missed(app: KeyKataApp) -> None:
    """What was missed and mixed up."""
    from keykata.tui.screens.missed import MissedScreen

    app.push_screen(MissedScreen())


def open_past(app: KeyKataApp) -> None:
    """Every ended session."""
    from keykata.tui.screens.past import PastScreen

    app.push_screen(PastScreen())
