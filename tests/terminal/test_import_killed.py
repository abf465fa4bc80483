"""The real program ended in the middle of an import: the same command once more makes it whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.program import LIMIT, environment, run

pytestmark = pytest.mark.terminal
ITEM = "### Which of {0} fits? (Select ONE)\n\n- [x] {1} {0}\n- [ ] b {0}\n- [ ] c {0}\n- [ ] d {0}\n"
COUNT = 120  # three files
SIGNALLED = """
import os, sys
from keykata.cli.entry import main
sync, count = os.fsync, 0
def counted(handle):
    global count
    if sys._getframe(1).f_globals["__name__"] == "keykata.core.whole_file":
        count += 1
        if count == {0}:
            os.kill(os.getpid(), {1})
    sync(handle)
os.fsync = counted
main()
"""  # the manifest is the first write, then the header and the files, and the manifest again


def source(folder: Path, verb: str) -> None:
    items = (ITEM.format(f"the {number * 7919} ways", verb) for number in range(COUNT))
    (folder / "exam.md").write_text("\n".join(items), encoding="utf-8")


def import_signalled(folder: Path, write: int, number: int) -> int:
    return subprocess.run(
        [sys.executable, "-c", SIGNALLED.format(write, number), "import", "exam.md"],
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        timeout=LIMIT,
        check=False,
    ).returncode


def scraps(folder: Path) -> Iterator[Path]:
    return (path for path in (folder / "exam").rglob("*") if path.name.startswith("."))


@pytest.mark.parametrize("write", [1, 2, 4, 6])
def test_a_killed_import_is_made_whole_by_the_same_command(tmp_path: Path, write: int) -> None:
    source(tmp_path, "take")
    assert import_signalled(tmp_path, write, signal.SIGKILL) == -signal.SIGKILL
    assert list(scraps(tmp_path))
    if write > 2:
        assert run(tmp_path, "check", "exam").returncode == 0
        assert run(tmp_path, "bank", "--bank", "exam").returncode == 0
    again = run(tmp_path, "import", "exam.md")
    assert (again.returncode, again.stderr) == (0, "")
    assert not list(scraps(tmp_path))
    assert "120 unchanged; 0 left out." in run(tmp_path, "import", "exam.md").stdout


@pytest.mark.parametrize("write", [1, 3, 5])
def test_what_a_killed_import_changed_is_not_taken_for_edited_by_hand(tmp_path: Path, write: int) -> None:
    source(tmp_path, "take")
    assert run(tmp_path, "import", "exam.md").returncode == 0
    source(tmp_path, "give")
    assert import_signalled(tmp_path, write, signal.SIGKILL) == -signal.SIGKILL
    again = run(tmp_path, "import", "exam.md").stdout
    assert "edited by hand" not in again
    texts = [path.read_text("utf-8") for path in (tmp_path / "exam" / "questions").iterdir()]
    assert (len(texts), sum(text.count("give the") for text in texts)) == (3, COUNT)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_an_interrupted_import_leaves_no_scraps(tmp_path: Path, number: int, code: int) -> None:
    source(tmp_path, "take")
    assert import_signalled(tmp_path, 4, number) == code
    assert not list(scraps(tmp_path))
    assert "50 unchanged" in run(tmp_path, "import", "exam.md").stdout
