"""However a stream is cut on its way, the same is typed and the same is pasted."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from keykata.tui.pasting import END, START, Part, Sieve

TYPED, PASTED = "abc[ü", "xyz~7"  # letters that tell what became of them
SIGNS = st.sampled_from(
    ["\x1b", "[", "20", "\x1b[", "\x1b[2", "\x1b[20", "\x1b[31m", "\x07", "\r", "\x11", START]
)
STREAMS = st.lists(
    st.one_of(
        st.text(st.sampled_from(TYPED + "\x1b"), min_size=1, max_size=8),
        st.lists(st.text(st.sampled_from(PASTED), max_size=4) | SIGNS, max_size=8)
        .map("".join)
        .filter(lambda text: END not in text + END[:-1])
        .map(lambda text: START + text + END),
    ),
    max_size=6,
).map("".join)


def heard(pieces: list[str]) -> list[Part]:
    """What comes of a stream in pieces; keys that touch are one part."""
    sieve = Sieve()
    parts: list[Part] = []
    for part in [*(part for piece in pieces for part in sieve.feed(piece)), *sieve.rest()]:
        if parts and not (part.pasted or parts[-1].pasted):
            parts[-1] = Part(False, parts[-1].text + part.text)
        else:
            parts.append(part)
    return parts


@given(STREAMS, st.lists(st.integers(0, 120)))
def test_the_way_a_stream_is_cut_changes_nothing(stream: str, cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    pieces = [stream[begin:end] for begin, end in pairwise(places)]
    assert heard(pieces) == heard([stream]) == heard(list(stream))


@given(STREAMS)
def test_what_is_pasted_is_never_typed_and_what_is_typed_is_never_pasted(stream: str) -> None:
    for part in heard([stream]):
        if part.pasted:
            assert "\x1b" not in part.text
            assert not set(part.text) & set("abcü")
        else:
            assert not set(part.text) & set(PASTED)
