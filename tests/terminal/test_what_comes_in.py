"""The real program in a terminal that sends what nobody typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.terminal import Terminal

pytestmark = pytest.mark.terminal
START, END = b"\x1b[200~", b"\x1b[201~"
SUPPORTED = b"\x1b[?2048;2$y"  # a terminal that tells its size by itself
SENT_IN_PIXELS, TELLS_ITS_SIZE = 1016 << 5, 2048 << 5  # as pyte keeps the modes of a terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The first question of a first quiz."""
    made = Terminal(tmp_path / "home")
    made.wait("Ten questions")
    made.press("enter")
    made.wait(lambda text: "1 of 10" in text and "enter confirm" in text)
    yield made
    made.close()


def test_signs_that_make_no_sense_do_not_end_the_app(terminal: Terminal) -> None:
    for sign in (b"\x1b[97:65;2u", b"\x1b[97;1:3u", b"\x1b[:R", b"\x1b[9999999;1u"):
        terminal.send(sign)
    terminal.send(b"\x1b[48;24;80;0;0t\x1b[<0;5;5M\x1b[<0;5;5m")
    terminal.press("m")
    terminal.wait("marked")
    terminal.press("ctrl+q")
    assert terminal.wait_end() == 0


PASTES = [
    b"see \x1b[31mbad\x1b[0m and so on, all these many letters",
    b"caf\xe9 " + b"m" * 6000,  # more than is read at once
    b"\x1b[20" * 2500,
]


@pytest.mark.parametrize("pasted", PASTES)
def test_nothing_in_a_paste_presses_a_key(terminal: Terminal, pasted: bytes) -> None:
    before = terminal.text()
    terminal.send(START + pasted + END)
    assert terminal.text() == before
    terminal.press("m")
    terminal.wait("marked")
    terminal.press("ctrl+q")
    assert terminal.wait_end() == 0


def test_a_paste_whose_end_is_torn_or_lost_traps_nobody(terminal: Terminal) -> None:
    terminal.press("/")
    terminal.wait("words, a name, or an id")
    terminal.send(START + b"customer" + END[:4])
    terminal.send(END[4:])
    terminal.wait(lambda text: "customer" in text)
    terminal.send(START + b" managed")
    terminal.wait("customer managed")
    terminal.press("s")
    terminal.wait("customer manageds")
    terminal.send(START + b"never ended")
    terminal.press("ctrl+q")
    assert terminal.wait_end() == 0


def test_a_terminal_is_left_as_it_was(terminal: Terminal) -> None:
    terminal.send(SUPPORTED)
    terminal.wait(lambda _: {SENT_IN_PIXELS, TELLS_ITS_SIZE} <= terminal.screen.mode)
    terminal.press("ctrl+q")
    assert terminal.wait_end() == 0
    left_on = {mode >> 5 for mode in terminal.screen.mode} - {7, 25}  # lines wrap, and the cursor is seen
    assert left_on == set()


def test_keys_of_one_piece_act_one_after_the_other(terminal: Terminal) -> None:
    terminal.press("esc")
    terminal.wait("Go on: First questions")
    terminal.press("ctrl+p")
    terminal.wait("The mixed session of the day")
    terminal.send(b"leave")
    terminal.wait(lambda text: "Close KeyKata" in text and "The mixed session" not in text)
    terminal.send(b"\x15practise")
    terminal.wait(lambda text: "Choose what to practise" in text and "Close KeyKata" not in text)
    terminal.send(b"\r\x1b[A")
    terminal.wait("The daily ten")
    terminal.press("esc")
    terminal.wait("Go on: First questions")
    terminal.press("d")
    terminal.wait("The date of your exam")
    ahead = datetime.now(UTC).date() + timedelta(days=100)
    terminal.send(b"some day\x15" + ahead.isoformat().encode() + b"\r")
    terminal.wait("SAA-C03 on ")


def test_a_command_is_the_one_enter_was_pressed_on(terminal: Terminal) -> None:
    terminal.press("esc")
    terminal.wait("Go on: First questions")
    terminal.press("ctrl+p")
    terminal.wait("The mixed session of the day")
    terminal.send(b"\x1b[B\x1b[B\r\x1b[A\x1b[A\x1b[A")
    terminal.wait("The daily ten")


def test_a_size_that_no_terminal_has_is_not_drawn_for(tmp_path: Path) -> None:
    begin = "import os; os.environ['COLUMNS'] = '9' * 20; from keykata.cli.entry import main; main()"
    terminal = Terminal(tmp_path / "home", code=begin)
    seen = terminal.wait("Ten questions")
    assert "AWS SAA-C03" in seen  # at the right edge of 80 columns
    terminal.press("q")
    assert terminal.wait_end() == 0
