"""What a terminal sends, parted into what was typed and what was pasted.

A paste stands between two signs and may hold anything, signs that are keys too, cut anywhere by the way the
bytes took. None of it may press a key, and one whose end got lost may not swallow what is typed later.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from keykata.core.safe import without_hidden

START, END = "\x1b[200~", "\x1b[201~"
LONGEST = 1_000_000  # characters of a paste; what is beyond is dropped
ESCAPING = 0.1  # seconds until ESC was the key and begins nothing; Textual waits as long
PATIENCE = 1.0  # seconds without a sign until a paste counts as whole
TYPING = 0.05  # seconds between two keys at the least; the pieces of a paste come closer, or are longer
ALONE = 3  # keys one by one that nobody pastes
_LEAVING = ("\x11", "\x03", "\x1b[113;5u", "\x1b[99;5u")  # ctrl+q and ctrl+c, in both ways to tell a key
_ONE_KEY = re.compile(r"\x1b?.|(?:\x1b(?:\[[0-?]*[ -/]*[@-~]|O.))+", re.DOTALL)
_COLOUR_OR_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Part(NamedTuple):
    """A piece of what was sent: keys as they came, or a paste without control characters and hidden ones."""

    pasted: bool
    text: str


class Sieve:
    """Takes the text in the pieces it comes in; how it was cut changes nothing."""

    def __init__(self) -> None:
        self._held = ""  # what may be the beginning of a sign
        self._inside = False
        self._paste: list[str] = []
        self._room = LONGEST
        self._told = False  # this paste was given out already: its end may be lost
        self._alone = 0  # of the last pieces of this paste those that were a key alone

    @property
    def patience(self) -> float | None:
        """Seconds of silence after which `rest` is to be called; None where nothing waits."""
        if self._inside:
            return None if self._told else PATIENCE
        if not self._held:
            return None
        return PATIENCE if len(self._held) > len("\x1b[") else ESCAPING  # nobody types more of the sign

    def feed(self, text: str, silence: float = 0.0) -> list[Part]:
        """What a piece brings to light, in order; `silence` are the seconds since the piece before."""
        parts: list[Part] = []
        if self._inside and self._typed(text, silence):  # the end of the paste was lost
            parts += self._whole()
            self._held, self._inside, self._alone = "", False, 0
        text = self._held + text
        while (sign := END if self._inside else START) in text:
            before, _, text = text.partition(sign)
            self._take(before, parts)
            if self._inside:
                parts += self._whole()
            self._inside, self._room, self._alone = not self._inside, LONGEST, 0
        self._told = False
        self._held = _beginning(text, sign)
        self._take(text.removesuffix(self._held), parts)
        return parts

    def rest(self) -> list[Part]:
        """What is there when nothing more came for `patience` seconds."""
        if self._inside:
            self._told = True
            return self._whole()
        held, self._held = self._held, ""
        return [Part(False, held)] if held else []

    def _typed(self, text: str, silence: float) -> bool:
        """Whether somebody types in the middle of a paste: a key alone, where no more of the paste came.

        While it still may come, that is the third of such keys, or one to leave by.
        """
        late = self._held + text
        if late.startswith(END) or (self._held and END.startswith(late)):
            return False
        key = bool(_ONE_KEY.fullmatch(text))
        self._alone = self._alone + 1 if key and silence >= TYPING else 0
        if self._told:
            return key
        return self._alone == ALONE or (silence >= ESCAPING and text in _LEAVING)

    def _take(self, text: str, parts: list[Part]) -> None:
        if not self._inside:
            parts += [Part(False, text)] if text else []
        elif kept := text[: self._room]:
            self._paste.append(kept)
            self._room -= len(kept)

    def _whole(self) -> list[Part]:
        text = without_hidden(_COLOUR_OR_CONTROL.sub("", "".join(self._paste)))
        self._paste = []
        return [Part(True, text)] if text else []


def _beginning(text: str, sign: str) -> str:
    """The end of a text with which a sign may begin."""
    return next((sign[:length] for length in range(len(sign) - 1, 0, -1) if text.endswith(sign[:length])), "")
