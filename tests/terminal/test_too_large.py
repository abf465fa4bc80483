"""Files that are larger than any memory are told of, and no more of them is read than the limit."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from support.one_question import imported
from support.program import run

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform != "linux", reason="not every disk can hold files with holes"),
]
MEMORY_AND_MORE = 1 << 40  # bytes, of which the disk holds none


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of one question."""
    return imported(tmp_path)


def enlarge(file: Path) -> None:
    """Make a file that seems to hold very much, where the disk allows it."""
    file.touch()
    try:
        os.truncate(file, MEMORY_AND_MORE)
    except OSError:
        pytest.skip("the disk holds no file so large")


@pytest.mark.parametrize("name", ["questions/more.yaml", "services.yaml", "bank.yaml"])
def test_a_file_of_a_bank_is_read_up_to_the_limit(tmp_path: Path, bank: Path, name: str) -> None:
    enlarge(bank / name)
    done = run(tmp_path, "check", "exam")
    assert done.returncode == 1, done.stderr
    assert "yaml-limit" in done.stdout
    assert "more than 8,000,000 bytes" in done.stdout
    assert run(tmp_path, "bank", "--bank", "exam").returncode == 0


def test_what_is_no_content_of_a_bank_is_hashed_up_to_the_limit(tmp_path: Path, bank: Path) -> None:
    for name in ("notes.md", "review.jsonl"):
        enlarge(bank / name)
    for _ in ("read", "from the cache"):
        done = run(tmp_path, "search", "apples", "--bank", "exam", KEYKATA_CACHE=str(tmp_path / "cache"))
        assert "Which basket holds apples" in done.stdout, done.stderr


def test_no_more_of_a_pipe_is_imported_than_of_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    def feed() -> None:
        with suppress(BrokenPipeError), (tmp_path / "pipe").open("wb") as pipe:
            pipe.write(b"x" * (9 << 20))

    feeding = threading.Thread(target=feed, daemon=True)
    feeding.start()
    done = run(tmp_path, "import", "pipe", "--format", "gift", "--into", "made")
    feeding.join(20)
    assert (done.returncode, "pipe is larger than 8 MB" in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "made").exists()


def test_a_review_log_of_a_shipped_bank_may_hold_any_line(tmp_path: Path) -> None:
    from keykata.bank.reviews import read_reviews

    (tmp_path / "review.jsonl").write_text("[" * 100_000 + "\n", encoding="utf-8")
    found, sheet = read_reviews(tmp_path)
    assert (found, [problem.code for problem in sheet.all()]) == ([], ["schema-bad-value"])
    enlarge(tmp_path / "review.jsonl")
    found, sheet = read_reviews(tmp_path)
    assert (found, [problem.code for problem in sheet.all()]) == ([], ["yaml-limit"])
