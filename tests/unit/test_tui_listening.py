"""What a terminal sends as the app gets it: nothing ends it, and what is sound goes on."""

from __future__ import annotations

import pytest
from textual.events import Event, Key, MouseDown, Paste, Resize
from textual.message import Message

from keykata.tui.listening import Listener
from keykata.tui.pasting import END, ESCAPING, PATIENCE, START


class Terminal:
    """Sends text at times of its own."""

    def __init__(self) -> None:
        self._now = 0.0
        self._listener = Listener(lambda: self._now)

    def sends(self, text: str) -> list[Message]:
        return list(self._listener.hear(text))

    def is_silent(self, seconds: float) -> list[Message]:
        self._now += seconds
        return list(self._listener.rest())


def named(messages: list[Message]) -> list[str]:
    return [message.key if isinstance(message, Key) else type(message).__name__ for message in messages]


BROKEN = [
    "\x1b[97:65;2u",
    "\x1b[97;1:3u",
    "\x1b[1;1:3A",
    "\x1b[:R",
    "\x1b[9999999;1u",
    "\x1b[48;0;0;0;0t",
    "\x1b[97;;55296u",
    "\ufffd",
]


@pytest.mark.parametrize("sign", BROKEN)
def test_what_makes_no_sense_is_dropped_alone(sign: str) -> None:
    assert named(Terminal().sends(f"a{sign}b\x1b[A")) == ["a", "b", "up"]


def test_a_mouse_works_in_cells_where_a_size_came_without_pixels() -> None:
    resize, click = Terminal().sends("\x1b[48;30;100;0;0t\x1b[<0;5;6M")
    assert isinstance(resize, Resize)
    assert resize.size == (100, 30)
    assert isinstance(click, MouseDown)
    assert (click.x, click.y) == (4, 5)


def test_a_mouse_told_in_pixels_is_still_understood_after_what_made_no_sense() -> None:
    terminal = Terminal()
    terminal.sends("\x1b[48;30;100;600;1000t" + BROKEN[0])
    (click,) = terminal.sends("\x1b[<0;51;61M")
    assert isinstance(click, MouseDown)
    assert (click.x, click.y) == (5, 3)


def test_a_paste_is_one_event_between_the_keys() -> None:
    messages = Terminal().sends(f"a{START}one\x1b[Atwo{END}b")
    assert named(messages) == ["a", "Paste", "b"]
    assert isinstance(messages[1], Paste)
    assert messages[1].text == "onetwo"


def test_what_makes_no_sense_does_not_end_a_paste() -> None:
    terminal = Terminal()
    assert terminal.sends(START + "text " + BROKEN[0] + BROKEN[5]) == []
    assert named(terminal.sends("qqq" + END)) == ["Paste"]


def test_escape_is_a_key_as_soon_as_it_can_be() -> None:
    terminal = Terminal()
    assert terminal.sends("\x1b") == []
    assert named(terminal.is_silent(ESCAPING)) == ["escape"]


def test_escape_comes_before_the_paste_that_follows_it() -> None:
    assert named(Terminal().sends(f"\x1b{START}text{END}a")) == ["escape", "Paste", "a"]


def test_a_paste_without_an_end_comes_after_a_while_and_keys_work_again() -> None:
    terminal = Terminal()
    assert terminal.sends(START + "hello") == []
    assert terminal.is_silent(PATIENCE / 2) == []
    (event,) = terminal.is_silent(PATIENCE / 2)
    assert isinstance(event, Event)
    assert named([event]) == ["Paste"]
    assert terminal.is_silent(PATIENCE) == []
    assert named(terminal.sends("q")) == ["q"]


@pytest.mark.parametrize("told", ["9999;9999;1;1", "24;99999;1;1", "501;80;0;0"])
def test_a_size_no_terminal_has_is_dropped(told: str) -> None:
    assert Terminal().sends(f"\x1b[48;{told}t") == []
