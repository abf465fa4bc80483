"""Keys and pastes parted: what is pasted is no key, and what is typed after a lost end is."""

from __future__ import annotations

import pytest

from keykata.tui.pasting import END, ESCAPING, LONGEST, PATIENCE, START, TYPING, Part, Sieve


def keys(text: str) -> Part:
    return Part(False, text)


def paste(text: str) -> Part:
    return Part(True, text)


def test_a_paste_is_one_whatever_it_holds() -> None:
    sieve = Sieve()
    text = "see \x1b[31mbad\x1b[0m and\x1b so\x07 on:\ttwo\r\nlines \x9b\x00"
    assert sieve.feed(f"a{START}{text}{END}b") == [
        keys("a"),
        paste("see bad and so on:\ttwo\r\nlines "),
        keys("b"),
    ]


def test_a_paste_brings_nothing_that_reorders_a_field_or_is_not_seen() -> None:
    family = "\U0001f469\u200d\U0001f467"
    text = f"note \u202eevil\u202c \u2066x\u2069 a\u200bb\u200cc {family}\u200d\ufe0f"
    assert Sieve().feed(f"{START}{text}{END}") == [paste(f"note evil x abc {family}")]


def test_a_paste_has_an_end_to_its_length() -> None:
    sieve = Sieve()
    assert sieve.feed(START) == []
    for _ in range(5):
        assert sieve.feed("x" * (LONGEST // 2)) == []
    assert sieve.feed(END + "q") == [paste("x" * LONGEST), keys("q")]
    assert sieve.feed(START + "short" + END) == [paste("short")]


@pytest.mark.parametrize("cut", range(1, len(END)))
def test_an_end_that_comes_in_two_parts_ends_it(cut: int) -> None:
    sieve = Sieve()
    assert sieve.feed(START + "hello" + END[:cut]) == []
    assert sieve.feed(END[cut:], silence=PATIENCE / 2) == [paste("hello")]
    assert sieve.feed("a") == [keys("a")]


@pytest.mark.parametrize("cut", range(1, len(END)))
def test_an_end_whose_second_part_is_very_late_is_no_key(cut: int) -> None:
    sieve = Sieve()
    sieve.feed(START + "hello" + END[:cut])
    assert sieve.rest() == [paste("hello")]
    assert sieve.feed(END[cut:], silence=9) == []
    assert sieve.feed("a") == [keys("a")]


@pytest.mark.parametrize("key", ["a", "\x1b", "\x11", "\x1b[A", "\x1b[97;;97u", "\x1bOP", "\x1bx", "ä"])
def test_the_first_key_after_a_paste_without_an_end_is_a_key(key: str) -> None:
    sieve = Sieve()
    assert sieve.feed(START + "hello") == []
    assert sieve.patience == PATIENCE
    assert sieve.rest() == [paste("hello")]
    assert sieve.patience is None
    assert [*sieve.feed(key), *sieve.rest()] == [keys(key)]


def test_a_paste_that_goes_on_after_a_pause_is_still_no_key() -> None:
    sieve = Sieve()
    sieve.feed(START + "the first half")
    assert sieve.rest() == [paste("the first half")]
    assert sieve.feed("and the second\rqqq", silence=9) == []
    assert sieve.feed("q" + END, silence=9) == [paste("and the second\rqqqq")]


@pytest.mark.parametrize("key", ["\x11", "\x03", "\x1b[113;5u"])
def test_the_keys_that_leave_need_not_wait_for_a_paste(key: str) -> None:
    sieve = Sieve()
    sieve.feed(START + "hello")
    assert sieve.feed(key, silence=ESCAPING) == [paste("hello"), keys(key)]


@pytest.mark.parametrize("key", ["q", "\x1b", "\x1b[B", "\r"])
def test_the_third_key_that_comes_alone_is_one_however_fast_they_are_typed(key: str) -> None:
    sieve = Sieve()
    sieve.feed(START + "hello")
    assert sieve.feed("x", silence=TYPING) == []
    assert sieve.feed("y", silence=TYPING) == []
    assert [*sieve.feed(key, silence=TYPING), *sieve.rest()] == [paste("helloxy"), keys(key)]
    assert sieve.feed("a") == [keys("a")]


def test_a_paste_that_comes_in_crumbs_is_still_no_key() -> None:
    sieve = Sieve()
    for crumb in (START, "h", "e", "l", "lo", "\r", "\r", "and more"):
        assert sieve.feed(crumb, silence=0.0 if crumb == "l" else TYPING) == []
    for sign in END[:-1]:
        assert sieve.feed(sign, silence=TYPING) == []
    assert sieve.feed(END[-1], silence=TYPING) == [paste("hello\r\rand more")]


def test_a_key_that_leaves_is_none_amid_a_paste_that_comes_in_at_once() -> None:
    sieve = Sieve()
    sieve.feed(START + "hello")
    assert sieve.feed("\x11", silence=0.0) == []
    assert sieve.feed(END) == [paste("hello")]


def test_no_key_waits_but_one_that_may_begin_a_paste() -> None:
    sieve = Sieve()
    assert sieve.feed("a\x1b[A\x1b[24~\x1bx") == [keys("a\x1b[A\x1b[24~\x1bx")]
    assert sieve.patience is None
    assert sieve.feed("\x1b") == []
    assert sieve.patience == ESCAPING
    assert sieve.rest() == [keys("\x1b")]
