"""Text that came from outside, made harmless to show.

Control characters could drive the terminal, and bidirectional controls could show words in another order
than they stand in the file. Both are replaced by what can be seen, never executed.
"""

from __future__ import annotations

import re

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_SIGN = "\ufffd"
_UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}\u2028\u2029\ufeff\ufff9-\ufffb\ud800-\udfff]")


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
    return f"\\u{ord(match.group()):04x}"


def is_safe(text: str) -> bool:
    """Whether the text can be shown as it is."""
    return _UNSAFE.search(text) is None


def safe_text(text: str) -> str:
    """The text with every control character made visible; tabs and line ends stay."""
    if _UNSAFE.search(text) is None:
        return text
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n"))


def safe_in_place(text: str) -> str:
    """The text harmless and as long as before, for what is styled by places: one sign for one character."""
    return text if _UNSAFE.search(text) is None else _UNSAFE.sub(_sign, text)


def safe_json(text: str) -> str:
    """JSON that means the same, with escapes for what a terminal could obey."""
    return text if _UNSAFE.search(text) is None else _UNSAFE.sub(_escape, text)


def safe_line(text: str) -> str:
    """The text on one line, harmless: tabs and line ends become spaces."""
    return safe_text(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))
