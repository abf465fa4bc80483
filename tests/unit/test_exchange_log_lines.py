"""The lines of an exported log."""

from __future__ import annotations

import pytest

from keykata.core.event import Event
from keykata.core.safe import is_safe
from keykata.exchange.log_lines import event_line, read_line

WORDS = (
    "plain",
    "\x1b[31m\x07",
    "\x7f",
    "\x9b31m",
    "a\u202eb\u2066",
    "tag\U000e0041",
    "👩\u200d💻 ist da",
    "\u2028",
)


@pytest.mark.parametrize("words", WORDS)
def test_no_words_of_a_log_drive_a_terminal_and_all_come_back(words: str) -> None:
    body = {"v": 1, "text": words}
    event = Event("01" * 13, 1_700_000_000_000, "2026-11-23", "abc", 1, "note", None, "kms:q", None, body)
    line = event_line(event)
    assert is_safe(line.decode())
    assert line.count(b"\n") == 1
    assert read_line(line) == event
