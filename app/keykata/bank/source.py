"""Bytes of a file into text that is safe to parse: encoding, size, control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from keykata.bank.findings import LINE_END, MAX_PROBLEMS, Sheet
from keykata.bank.manifest import MAX_BYTES
from keykata.core.safe import hides, unsafe_sign

_PLAIN_BYTES = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F), *range(0x80, 0x100)])
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SIGNS = {
    code: chr(0x2400 + code) if code < 0x20 else "\ufffd"
    for code in (*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF)
    if _REFUSED.match(chr(code))
}
_BREAKS = re.compile("[\x85\u2028\u2029]")


def unseen(text: str) -> tuple[str, str]:
    """What to say of a text with a character that cannot be shown as it is, and what to do."""
    what = f"{unsafe_sign(text)} is a control character or one that is not seen; it is shown as a sign."
    return what, "Delete it, or write its name in words."


class Source(msgspec.Struct, frozen=True):
    """Text ready for the parser. `odd`: it holds characters that must be made visible in what is read."""

    text: str
    sheet: Sheet
    odd: bool = False


def _failed(file: str, code: str, place: tuple[int, int, str], message: str, hint: str) -> Source:
    line, column, excerpt = place
    sheet = Sheet(file, "\n" * line + excerpt)
    sheet.add(code, line, column, message, hint)
    return Source("", sheet)


def _bad_byte(file: str, data: bytes, fault: UnicodeDecodeError) -> Source:
    before = data[: fault.start].decode("utf-8", "replace").removeprefix("\ufeff")
    *above, head = LINE_END.split(before)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        message = "The file is saved as UTF-16."
    else:
        message = f"Byte 0x{data[fault.start]:02X} is not UTF-8 text."
    return _failed(
        file,
        "yaml-encoding",
        (len(above), len(head), head),
        message,
        "Save the file as UTF-8 in your editor.",
    )


def _places(lines: list[str], pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    return (
        (number, match.start(), match.group())
        for number, line in enumerate(lines)
        for match in pattern.finditer(line)
    )


def _tell(sheet: Sheet, refused: bool, text: str) -> None:
    """Tell of refused characters, or of unusual line breaks: as many as are kept, of the rest the number."""
    pattern = _REFUSED if refused else _BREAKS
    for line, column, sign in islice(_places(sheet.lines, pattern), MAX_PROBLEMS):
        if refused:
            what = f"The control character U+{ord(sign):04X} stands in the text."
            sheet.add("yaml-control", line, column, what, "Delete it; most editors can show it.")
        else:
            what = f"An unusual line break (U+{ord(sign):04X}) is taken as a space."
            hint = "Write a usual line break or a space."
            sheet.add("text-control", line, column, what, hint, severity="warning")
    more = len(text) - len(pattern.sub("", text)) - MAX_PROBLEMS
    if more > 0:
        sheet.add_more(more, "error" if refused else "warning")


def open_source(file: str, data: bytes) -> Source:
    """Decode a file. What cannot stand in YAML is replaced by a visible sign, and is a problem at its place.

    The text is "" when nothing can be read (too large, not UTF-8); a byte order mark is dropped.
    """
    if len(data) > MAX_BYTES:
        size = f"The file holds more than {MAX_BYTES:,} bytes, which is the limit."
        return _failed(file, "yaml-limit", (0, 0, ""), size, "Split it into several files.")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        return _bad_byte(file, data, fault)
    refused = bool(data.translate(None, _PLAIN_BYTES))
    if text.isascii():
        odd = breaks = False
    else:
        refused = refused or _REFUSED.search(text) is not None
        breaks = _BREAKS.search(text) is not None
        odd = hides(text)
    sheet = Sheet(file, text)
    if refused:
        _tell(sheet, True, text)
        text = text.translate(_SIGNS)
    if breaks:
        _tell(sheet, False, text)
        text = _BREAKS.sub(" ", text)
    if refused or breaks:
        sheet.text = text
        del sheet.lines  # those of the text as it was
    return Source(text, sheet, odd)
