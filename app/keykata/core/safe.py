"""Text that came from outside, made harmless to show.

Control characters could drive the terminal, bidirectional controls could show words in another order than
they stand in the file, and of characters that are not seen two texts that look alike could differ. All are
replaced by what can be seen, never executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0d\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINERS, _SELECTORS = "\u200c\u200d", "\u180b-\u180d\u180f\ufe0e\ufe0f"
_LATIN = "\x00-\u024f"
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_NO_SIGN = "\ufffd"
_MOST_QUOTED = 40
# what nearly all texts are made of: none of it is unsafe, whatever it stands beside
_CALM = re.compile("[\t\n -~\xa1-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u25ff\u2700-\u27bf]*")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_HIDDEN = (
    f"[{_BIDI}{_UNSEEN}]"
    # joiners belong between the signs of an emoji or of a script that joins, one at a time
    f"|(?<![^{_LATIN}{_JOINERS}])[{_JOINERS}]|[{_JOINERS}](?![^{_LATIN}])"
    # selectors belong behind such a sign, or behind what the signs of keys and rights are made of
    f"|(?<![^{_LATIN}{_JOINERS}{_SELECTORS}]|[0-9#*\u00a9\u00ae])[{_SELECTORS}]"
    f"|(?<=[{_MARKS}]{{4}})[{_MARKS}]"  # more than any writing puts on one letter
)
_UNSAFE = f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|{_HIDDEN}"
_HALVES = re.compile("[\ud800-\udfff]")


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)  # the pictures of the C0 controls: ESC is ␛
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"


def _sign(match: re.Match[str]) -> str:
    shown = _visible(match)
    return shown if len(shown) == 1 else _NO_SIGN


def _escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of many ranges, which take a millisecond to read in: not before one is needed."""
    return re.compile(pattern)


def _unsafe(text: str) -> re.Pattern[str]:
    """What to look for in a text; most are ASCII, where little can be wrong."""
    return _CONTROLS if text.isascii() else _compiled(_UNSAFE)


def hides(text: str) -> bool:
    """Whether a text holds characters that reorder it or are not seen."""
    return not text.isascii() and _compiled(_HIDDEN).search(text) is not None


def without_hidden(text: str) -> str:
    """The text without characters that reorder it or are not seen, for a field that shows it as it is."""
    while hides(text):
        text = _compiled(_HIDDEN).sub("", text)
    return text


def is_safe(text: str) -> bool:
    """Whether the text can be shown as it is."""
    return _CALM.fullmatch(text) is not None or _unsafe(text).search(text) is None


def is_text(name: str) -> bool:
    """Whether a name of a file is UTF-8; bytes that are not stand in it as halves of characters."""
    return name.isascii() or _HALVES.search(name) is None


def unsafe_sign(text: str) -> str:
    """The name of the first character that is made visible, as `U+200B`; "" without one."""
    found = _unsafe(text).search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def _seen(text: str, sign: Callable[[re.Match[str]], str]) -> str:
    """The text with a sign for each unsafe character, also for those that were safe beside another alone."""
    while not is_safe(text):
        text = _compiled(_UNSAFE).sub(sign, text)
    return text


def safe_text(text: str) -> str:
    """The text with every control character made visible; tabs and line ends stay."""
    if is_safe(text):
        return text
    return _seen(text.replace("\r\n", "\n"), _visible)


def safe_in_place(text: str) -> str:
    """The text harmless and as long as before, for what is styled by places: one sign for one character."""
    return _seen(text, _sign)


def safe_json(text: str) -> str:
    """JSON that means the same, with escapes for what a terminal could obey."""
    return _seen(text, _escape)


def safe_line(text: str) -> str:
    """The text on one line, harmless: tabs and line ends become spaces."""
    return safe_text(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def quoted(text: str) -> str:
    """What somebody typed, as a message names it: in quotes, and cut so that what to do stays in sight."""
    return repr(text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 1]}…")
