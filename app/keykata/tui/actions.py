"""The one registry of actions, looked up: bindings, footer, help page and docs come from it."""

from __future__ import annotations

from functools import cache

from textual.binding import Binding, BindingType

from keykata.tui.action import EVERYWHERE, Action, Area
from keykata.tui.exam_actions import SHUT_AREAS
from keykata.tui.registry import ACTIONS, TYPING

TYPING_AREAS = TYPING.split()


@cache
def actions_in(area: Area) -> tuple[Action, ...]:
    """What works in an area, its own actions first; where text is typed, letters are text.

    In the search and in a test there is no search, and a test's own `back` stands for the common one.
    """
    own = [action for action in ACTIONS if area in action.areas]
    taken = {key for action in own for key in action.all_keys}
    common = [a for a in ACTIONS if EVERYWHERE in a.areas and not taken.intersection(a.all_keys)]
    found = (*own, *common)
    if area == "search" or area in SHUT_AREAS:
        return tuple(action for action in found if action.name != "search")
    return found


@cache
def find_action(area: Area, key: str) -> Action | None:
    """What a key does in an area; a capital stands for its letter unless it has a meaning of its own."""
    found = actions_in(area)
    for wanted in (key, key.lower() if len(key) == 1 else key):
        for action in found:
            if wanted in action.all_keys:
                return action
    return None


@cache
def footer_entries(area: Area, names: tuple[str, ...]) -> tuple[Action, ...]:
    """The named actions of an area in that order, at most five, then `? more` when there are others."""
    by_name = {action.name: action for action in actions_in(area)}
    chosen = [by_name[name] for name in names if name in by_name][:5]
    return (*chosen, by_name["help"]) if "help" in by_name and "help" not in names else tuple(chosen)


def bindings_of(*areas: Area) -> list[BindingType]:
    """The bindings of a screen that has these areas: each key once, looked up again when it is pressed.

    Where text is typed the keys go first, so that the field does not swallow them.
    """
    typing = any(area in TYPING_AREAS for area in areas)
    keys = dict.fromkeys(
        key for area in areas for action in actions_in(area) for key in (*action.all_keys, *_capitals(action))
    )
    return [Binding(key, f"press({key!r})", show=False, priority=typing or key == "tab") for key in keys]


def _capitals(action: Action) -> tuple[str, ...]:
    return tuple(key.upper() for key in action.all_keys if len(key) == 1 and key.isalpha() and key.islower())
