"""Whatever is done to a good file: no exception, and every problem at a place that exists."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keykata.bank.prose import fold_prose
from keykata.core.safe import is_safe
from support.bank_texts import FILES, read_bank

PIECES = [
    "`",
    "@",
    "*",
    "&a ",
    "!x ",
    "{",
    "[",
    "]",
    "}",
    "{{c1::x}}",
    ": ",
    " #",
    "\t",
    "- ",
    "-",
    "? ",
    "~",
    "|",
    ">",
    '"',
    "'",
    "\\e",
    "\n",
    "\n\n",
    "\r\n",
    "\u00a0",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\0",
    "\x1b[31m",
    "---\n",
    "...\n",
    "<<: *a\n",
    "%YAML 1.1\n",
    "  ",
    "é",
    "🔑",
    "[[[[[[[[",
    "#",
    "id: x\n",
    "refs:\n",
    "true",
    "0x1F",
]
EDIT = st.tuples(
    st.sampled_from(["insert", "delete", "swap", "cut"]),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 40),
    st.sampled_from(PIECES),
)


def mutated(text: str, edits: list[tuple[str, float, int, str]]) -> str:
    """The text after some edits."""
    for how, where, size, piece in edits:
        at = int(where * (len(text) + 1))
        if how == "insert":
            text = text[:at] + piece + text[at:]
        elif how == "delete":
            text = text[:at] + text[at + size :]
        elif how == "swap":
            lines = text.split("\n")
            line = int(where * len(lines))
            lines[line : line + 2] = reversed(lines[line : line + 2])
            text = "\n".join(lines)
        else:
            text = text[: max(1, at)]
    return text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(FILES)), st.lists(EDIT, min_size=1, max_size=3))
def test_a_mutated_file_gives_places_never_a_traceback(
    name: str, edits: list[tuple[str, float, int, str]]
) -> None:
    text = mutated(FILES[name], edits)
    with TemporaryDirectory() as folder:
        bank = read_bank(Path(folder), {name: text.encode()})
        for found in bank.problems:
            assert found.place.line >= 1
            assert found.place.column >= 1
            assert found.message.endswith(".")
            assert is_safe(found.message + found.hint + found.excerpt)
            if found.place.file.endswith(name):
                assert found.place.line <= text.count("\n") + text.count("\r") + 1
        kept = {item.place.file for item in bank.items}
        assert all(
            found.item not in {item.id for item in bank.items}
            or found.severity != "error"
            or found.code == "dup-id"
            for found in bank.problems
        )
        assert kept <= {str(Path(folder) / other) for other in FILES}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_problem(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        bank = read_bank(Path(folder), {"terms/noise.yaml": data})
        assert any(found.place.file.endswith("noise.yaml") for found in bank.problems)
        assert len(bank.items) == 6


@given(st.text(alphabet="ab -*\n`#1.>\t", max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_prose(fold_prose(text)) == fold_prose(text)
