"""The preview without a screen: what is wrong in a file, and its items in lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.guide import write_guide_bank
from support.program import run
from support.terminal import Terminal

pytestmark = pytest.mark.terminal
FILE = "questions/rotation.yaml"
SORTED = """id: pair
title: Two keys
subjects:
  first: {term: key-rotation, as: rotated by itself, name: Automatic}
  second: {term: key-rotation, as: rotated by hand, name: Manual}
aspects:
  row: {label: Who, ask: "Who rotates {subject}?", first: AWS, second: You}
sorter:
  title: Who rotates it
  scenarios:
    asymmetric: {say: The key is asymmetric., fits: second, because: Nothing rotates it by itself.}
"""


@pytest.mark.parametrize(
    ("options", "environment"),
    [(["--plain"], {}), ([], {"KEYKATA_PLAIN": "1"}), ([], {"TERM": "dumb"}), ([], {})],
)
def test_the_items_are_printed_with_their_reasons(
    tmp_path: Path, options: list[str], environment: dict[str, str]
) -> None:
    write_guide_bank(tmp_path)
    done = run(tmp_path, "preview", *options, FILE, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No problems found.\n\nQuestion: rotate-every-180-days.\nA bank encrypts")
    assert "\nA: Enable automatic rotation of the key with a period of 180 days.\n" in done.stdout
    assert "\nC, wrong: It rotates every year, and its period cannot be changed.\n" in done.stdout
    assert "\nRight: A and B.\n" in done.stdout
    assert "tried" not in done.stdout
    assert not (tmp_path / "home").exists()


def test_problems_go_first_and_errors_fail(tmp_path: Path) -> None:
    write_guide_bank(tmp_path)
    file = tmp_path / FILE
    file.write_text(file.read_text().replace("key-rotation/period", "key-rotation/perod"))
    done = run(tmp_path, "preview", "--plain", FILE)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{FILE}:8:13 error ref-unknown-concept\n")
    assert "Question: rotate-an-asymmetric-key." in done.stdout
    (tmp_path / "terms" / "bad.yaml").write_text("id: bad\n")
    assert "No item of this file can be shown yet." in run(tmp_path, "preview", "terms/bad.yaml").stdout
    assert run(tmp_path, "preview", "--plain", "nothing.yaml").returncode == 3


def test_terms_and_comparisons_are_printed_without_what_nobody_has_learnt(tmp_path: Path) -> None:
    write_guide_bank(tmp_path)
    told = run(tmp_path, "preview", "--plain", "terms/key-rotation.yaml").stdout
    assert "\nTerm: Key rotation.\n" in told
    assert "known" not in told
    (tmp_path / "comparisons").mkdir()
    (tmp_path / "comparisons" / "pair.yaml").write_text(SORTED)
    told = run(tmp_path, "preview", "--plain", "comparisons/pair.yaml").stdout
    assert "\nCompared: Automatic, Manual.\n" in told
    assert (
        "\nScenario: The key is asymmetric.\nFits: Manual.\nBecause: Nothing rotates it by itself.\n" in told
    )


def test_plain_draws_no_screen_on_a_terminal(tmp_path: Path) -> None:
    write_guide_bank(tmp_path)
    terminal = Terminal(tmp_path / "home", "preview", "--plain", str(tmp_path / FILE), columns=100, rows=60)
    shown = terminal.wait("Right: A and B.")
    assert "Question: rotate-every-180-days." in shown
    assert terminal.wait_end() == 0
