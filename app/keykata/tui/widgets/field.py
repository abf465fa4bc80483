"""The line above a list, into which one types to search or to narrow."""

from __future__ import annotations

from textual.widgets import Input

LONGEST = 120  # letters: more than the longest name and the most words that are searched for


class Field(Input):
    """An input that takes so many letters and drops the rest: every letter is looked for at once, so a whole
    page pasted by mistake would otherwise hold up the keys behind it, also the one that leaves.

    A `?` is never text, and a `/` at the beginning is none: both mean what they mean everywhere.
    """

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is text, so that no action may have it."""
        if key == "slash":  # Textual knows no letter of this one
            return bool(self.value)
        return key != "question_mark" and super().check_consume_key(key, character)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of a stretch of the value, as much of it as there is room for."""
        room = LONGEST - len(self.value) + abs(end - start)
        if room > 0 or start != end:
            super().replace(text[: max(0, room)], start, end)
