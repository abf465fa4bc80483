"""Nothing that was written is lost on the way to the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.bank.markdown import Block, Span, blocks, plain_text, spans

PIECES = st.sampled_from(
    [
        *"*_`[]()<>|#-+=~!\\&:.;1 ",
        *("**", "***", "```", "~~~", "\n", "\n\n", "    ", "1. ", "- ", "> ", "# ", "| a | b |\n|---|---|\n"),
        *("word", "kms:*", "arn:aws", "<account-id>", "__init__", "[x](https://a.b/c)", "![i](x)", "&amp;"),
        *("[ref]: http://y", "<http://z>", "https://w", "==", "---", "é"),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def _letters(text: str) -> Counter[str]:
    return Counter(sign for sign in text if sign.isalnum())


def _shown(found: Iterator[Span]) -> Iterator[str]:
    for span in found:
        yield span.text + span.href


def _of_block(block: Block) -> Iterator[str]:
    yield block.number + block.language + block.text
    yield from _shown(iter(block.spans))
    for row in block.rows:
        for cell in row:
            yield from _shown(iter(cell))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_letters_and_digits_are_never_lost(text: str) -> None:
    found = "".join(piece for block in blocks(text) for piece in _of_block(block))
    assert not _letters(text) - _letters(found)
    assert isinstance(plain_text(text), str)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_spans_lose_nothing_either(text: str) -> None:
    assert not _letters(text) - _letters("".join(_shown(iter(spans(text)))))
