"""What an action is: something a key does in some areas."""

from __future__ import annotations

import msgspec

Area = str
EVERYWHERE = "everywhere"


class Action(msgspec.Struct, frozen=True):
    """Something a key does in some areas.

    Attributes:
        name: its id in the registry, unique within an area.
        keys: Textual's names of the keys, with commas between; `shown` is how they are written.
        label: one or two words for the footer; `help` a sentence without full stop.
        run: the Textual action; `{key}` stands for the key that was pressed.
        where: the areas it works in, with blanks between.
    """

    name: str
    keys: str
    shown: str
    label: str
    help: str
    run: str
    where: str

    @property
    def areas(self) -> tuple[Area, ...]:
        """Where it works."""
        return tuple(self.where.split())

    @property
    def first_key(self) -> str:
        """The key a click on its footer entry stands for."""
        return self.keys.split(",")[0]

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key it answers to."""
        return tuple(self.keys.split(","))
