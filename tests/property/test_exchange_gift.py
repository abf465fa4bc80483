"""What is written as GIFT comes back, whatever signs stand in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keykata.bank.model import Option, Place, Question
from keykata.exchange.gift import read, write
from keykata.exchange.model import Shipment

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (
    "import resource, sys\n"
    "resource.setrlimit(resource.RLIMIT_AS, (600 << 20,) * 2)\n"
    "resource.setrlimit(resource.RLIMIT_CPU, (20,) * 2)\n"
    "from keykata.exchange.gift import read\n"
    "found = read(eval(sys.argv[1]))\n"
    "print(len(found.questions), *(one.message for one in found.findings))\n"
)
LEFT_OUT = "0 This is no multiple-choice item with a right option; it was left out."
TEXTS = st.text('ab ~=#{}:\\n%1\n"', max_size=30).map(lambda text: f"w{text}w")


@given(TEXTS, st.lists(TEXTS, min_size=5, max_size=5), TEXTS, st.integers(1, 3))
def test_texts_keys_and_reasons_come_back(stem: str, texts: list[str], why: str, right: int) -> None:
    options = tuple(Option(text=text, right=n < right, why=why) for n, text in enumerate(texts))
    place = Place(file="q")
    item = Question(id="q", stem=stem, ask="Which?", options=options, explanation=why, place=place)
    (found,) = read(write(Shipment(name="x", questions={"b:q": item})).data).questions
    assert (found.key, found.text, found.explanation) == ("b:q", f"{stem}\n\nWhich?", why)
    assert [(one.text, one.right, one.why) for one in found.options] == [
        (one.text, one.right, one.why) for one in options
    ]


def test_words_that_look_like_weights_stay_words() -> None:
    options = tuple(Option(text=f"%{n}0% of it", right=n == 2) for n in range(1, 5))
    item = Question(id="q", stem="How much?", ask="Which?", options=options, place=Place(file="q"))
    (found,) = read(write(Shipment(name="x", questions={"b:q": item})).data).questions
    assert [(one.text, one.right) for one in found.options] == [(one.text, one.right) for one in options]


def test_a_text_that_ends_with_a_backslash_keeps_its_reason() -> None:
    item = rb"::one::Which folder? {=C:\\#The root. ~D\#E#Not so.####A \#rule.}"
    (found,) = read(item).questions
    assert [(one.text, one.why) for one in found.options] == [("C:\\", "The root."), ("D#E", "Not so.")]
    assert found.explanation == "A #rule."


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("b'q {=' + b'~%50%' * 1_500_000 + b'}'", LEFT_OUT),
        ("b'q {=r' + b'~' * 8_000_000 + b'}'", LEFT_OUT),
        ("b'q ' + bytes(b'\\\\a') * 3_000_000", LEFT_OUT),
        ("b'::' + b':a' * 3_000_000", LEFT_OUT),
        ("b'q {=r#' + b'##a' * 2_000_000 + b'~w}'", "1"),
        ("b'// ' + b'[id:' * 2_000_000 + b'\\\\\\n\\nq {=r ~w}'", "1"),
    ],
)
def test_a_large_file_costs_no_memory_or_time_out_of_all_proportion(written: str, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, written],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT / "app")},
    )
    assert done.stdout == f"{told}\n", done.stderr


def test_what_a_comment_tells_ends_where_its_bracket_does() -> None:
    text = r"""
// [id:ab] [tag:one][tag:two \
// [tag:three
q {=r ~w}"""
    (found,) = read(text.encode()).questions
    assert (found.key, found.tags) == ("ab", ("one",))
